#include "load/load.h"

#include <algorithm>
#include <optional>

#include "base/parallel.h"
#include "load/discover.h"
#include "load/read.h"
#include "model/decode.h"
#include "yaml/parse.h"

namespace wicket::load {
namespace {

constexpr std::size_t kChunkBytes = 1 << 17;  // enough documents that a thread does not come back all the time

/// Documents of one file that one thread parses.
struct Chunk {
  std::size_t file = 0;
  std::size_t first = 0;
  std::size_t count = 0;
};

/// What came out of one document.
struct ParsedDocument {
  std::unique_ptr<yaml::Document> document;
  std::vector<model::Resource> resources;
  std::vector<model::Problem> problems;
  bool foreign = false;
  bool is_object = true;
};

Result<ReadFile> read_one(const FoundFile& found, const LoadOptions& options, FileReader& reader,
                          std::istream& standard_input) {
  if (found.path == "-") {
    return read_documents(options.stdin_name, [&](char* buffer, std::size_t size) -> Result<std::size_t> {
      standard_input.read(buffer, static_cast<std::streamsize>(size));
      return static_cast<std::size_t>(standard_input.gcount());
    });
  }
  auto file = reader.open(found.path);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  return read_documents(found.path, [&](char* buffer, std::size_t size) { return (*file)->read(buffer, size); });
}

model::Problem from_yaml(const yaml::Problem& problem, const yaml::Document& document) {
  model::Problem made;
  made.kind = model::ProblemKind::kYaml;
  made.yaml = problem.kind;
  made.document = &document;
  made.span = problem.span;
  made.node = problem.node;
  made.other = problem.other;
  made.text = problem.message;
  made.hint = problem.help;
  return made;
}

ParsedDocument parse_one(const SourceFile& source, const DocumentSlice& slice) {
  const Segment& segment = source.segments[slice.segment];
  const std::string_view bytes = std::string_view(segment.bytes).substr(slice.begin, slice.size);
  ParsedDocument out;
  yaml::Parsed parsed = yaml::parse(bytes, {.file = source.id,
                                            .offset = segment.offset + slice.begin,
                                            .index = slice.index,
                                            .json_file = source.name.ends_with(".json")});
  out.document = std::move(parsed.document);
  for (const yaml::Problem& problem : parsed.problems) out.problems.push_back(from_yaml(problem, *out.document));
  if (out.document->root == yaml::NodeId::kNone) return out;
  model::Decoded decoded = model::decode(*out.document);
  out.resources = std::move(decoded.resources);
  out.foreign = decoded.foreign && out.resources.empty() && out.problems.empty();
  out.is_object = decoded.is_object;
  out.problems.insert(out.problems.end(), std::make_move_iterator(decoded.problems.begin()),
                      std::make_move_iterator(decoded.problems.end()));
  return out;
}

/// Cuts the documents of all files into chunks of about equal size.
std::vector<Chunk> cut(const std::vector<ReadFile>& files) {
  std::vector<Chunk> chunks;
  for (std::size_t file = 0; file < files.size(); ++file) {
    std::size_t bytes = kChunkBytes;
    for (std::size_t i = 0; i < files[file].documents.size(); ++i) {
      if (bytes >= kChunkBytes) {
        chunks.push_back({.file = file, .first = i, .count = 0});
        bytes = 0;
      }
      ++chunks.back().count;
      bytes += files[file].documents[i].size;
    }
  }
  return chunks;
}

/// Puts the documents of a file together, in its order.
std::shared_ptr<model::ParsedFile> assemble(ReadFile& read, std::vector<ParsedDocument>& documents, bool explicitly) {
  auto file = std::make_shared<model::ParsedFile>();
  file->source = read.source;
  file->skipped = read.skipped;
  file->named_explicitly = explicitly;
  file->documents.reserve(documents.size());
  bool nothing = read.skipped == 0;
  std::size_t resources = 0;
  for (const ParsedDocument& parsed : documents) resources += parsed.resources.size();
  file->resources.reserve(resources);
  for (ParsedDocument& parsed : documents) {
    const auto first = static_cast<std::int32_t>(file->resources.size());
    for (model::Resource& resource : parsed.resources) file->resources.push_back(std::move(resource));
    for (model::Problem& problem : parsed.problems) {
      if (problem.resource >= 0) problem.resource += first;
      file->problems.push_back(std::move(problem));
    }
    nothing = nothing && parsed.foreign && !parsed.is_object;
    if (parsed.foreign) {
      ++file->skipped;
    } else {
      file->documents.push_back(std::move(parsed.document));
    }
    parsed = {};
  }
  if (nothing && explicitly) {
    model::Problem problem;
    problem.kind = model::ProblemKind::kNothing;
    problem.span = {read.source->id, 0, 0};
    file->problems.push_back(problem);
  }
  return file;
}

}  // namespace

Loaded load(const LoadOptions& options, FileReader& reader, std::istream& standard_input) {
  Loaded loaded;
  Discovered found = discover(options.paths, options.honour_ignore_files, reader, options.is_excluded);
  loaded.failures = std::move(found.failures);
  const std::size_t threads = thread_count(options.threads);

  std::vector<std::optional<Result<ReadFile>>> results(found.files.size());
  parallel_for(found.files.size(), threads,
               [&](std::size_t i) { results[i] = read_one(found.files[i], options, reader, standard_input); });
  std::vector<ReadFile> files;
  std::vector<bool> explicitly;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i]->has_value()) {
      loaded.failures.push_back(
          {found.files[i].path == "-" ? options.stdin_name : found.files[i].path, std::move(results[i]->error())});
      continue;
    }
    ReadFile& read = files.emplace_back(std::move(**results[i]));
    explicitly.push_back(found.files[i].named_explicitly);
    read.source->id = static_cast<FileId>(files.size() - 1);
    loaded.sources.add(read.source);
  }

  std::vector<std::vector<ParsedDocument>> documents(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) documents[i].resize(files[i].documents.size());
  const std::vector<Chunk> chunks = cut(files);
  parallel_for(chunks.size(), threads, [&](std::size_t c) {
    const Chunk& chunk = chunks[c];
    for (std::size_t i = chunk.first; i < chunk.first + chunk.count; ++i)
      documents[chunk.file][i] = parse_one(*files[chunk.file].source, files[chunk.file].documents[i]);
  });

  std::vector<std::shared_ptr<const model::ParsedFile>> parsed(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    parsed[i] = assemble(files[i], documents[i], explicitly[i]);
    loaded.documents += parsed[i]->documents.size();
    loaded.skipped += parsed[i]->skipped;
  }
  std::ranges::stable_sort(loaded.failures, {}, &Failure::file);
  loaded.workspace = std::make_shared<model::Workspace>(std::move(parsed), options.workspace);
  return loaded;
}

}  // namespace wicket::load
