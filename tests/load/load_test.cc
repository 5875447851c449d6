#include "load/load.h"

#include <algorithm>
#include <sstream>

#include "load/read.h"
#include "support/catch.h"

namespace wicket::load {
namespace {

constexpr const char* kGateway =
    "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  servers:\n"
    "  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [a.example.com]\n";
constexpr const char* kConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: b\n";

Loaded load_files(std::map<std::string, std::string> files, std::vector<std::string> paths = {},
                  std::string input = {}) {
  MemoryReader reader(std::move(files));
  std::istringstream stream(input);
  return load({.paths = std::move(paths)}, reader, stream);
}

TEST_CASE("foreign documents are skipped and counted, and keep their lines") {
  const Loaded loaded = load_files({{"a.yaml", std::string(kConfigMap) + "---\n" + kGateway + "---\n" + kConfigMap}});
  CHECK(loaded.skipped == 2);
  const auto gateways = loaded.workspace->all(model::Kind::kGateway);
  REQUIRE(gateways.size() == 1);
  const Span name = gateways[0]->span(gateways[0]->metadata.name.node);
  CHECK(loaded.sources.position(name.file, name.begin).line == 9);
  CHECK(loaded.sources.text(name) == "g");
  CHECK(gateways[0]->document->index == 1);
}

TEST_CASE("the document of a list stays while one of its objects does") {
  // A foreign item beside ours: what our objects view must not go with it.
  const Loaded loaded = load_files(
      {{"a.yaml",
        "apiVersion: v1\nkind: List\nitems:\n"
        "- {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e}, spec: {hosts: [a.example.com],"
        " ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}\n"
        "- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n"}});
  const auto entries = loaded.workspace->all(model::Kind::kServiceEntry);
  REQUIRE(entries.size() == 1);
  REQUIRE(loaded.workspace->files()[0]->documents.size() == 1);
  CHECK(entries[0]->document == loaded.workspace->files()[0]->documents[0].get());
}

TEST_CASE("one broken document does not hide the others") {
  const Loaded loaded = load_files({{"a.yaml", "a: [\n---\n" + std::string(kGateway) + "---\nb: \"\n"}});
  CHECK(loaded.workspace->all(model::Kind::kGateway).size() == 1);
  const auto& problems = loaded.workspace->files()[0]->problems;
  CHECK(std::ranges::count(problems, model::ProblemKind::kYaml, &model::Problem::kind) == 2);
}

TEST_CASE("standard input is a file") {
  const Loaded loaded = load_files({}, {"-"}, kGateway);
  CHECK(loaded.workspace->files()[0]->source->name == "<stdin>");
  CHECK(loaded.workspace->all(model::Kind::kGateway).size() == 1);
}

TEST_CASE("objects are found by kind, namespace and name") {
  const Loaded loaded = load_files({{"a.yaml", kGateway}});
  CHECK(loaded.workspace->find(model::Kind::kGateway, "default", "g") != nullptr);
  CHECK(loaded.workspace->find(model::Kind::kGateway, "other", "g") == nullptr);
  CHECK(loaded.workspace->find(model::Kind::kService, "default", "g") == nullptr);
}

TEST_CASE("the blocks in which a file arrives do not matter") {
  const std::string text =
      std::string(kConfigMap) + "---\n" + kGateway + "---\n# c\n---\n" + kGateway + "--- # d\n" + kConfigMap;
  std::vector<std::string> results;
  for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{100}, text.size()}) {
    std::size_t at = 0;
    const auto read = read_documents("a", [&](char* buffer, std::size_t size) -> Result<std::size_t> {
      const std::size_t count = std::min({block, size, text.size() - at});
      text.copy(buffer, count, at);
      at += count;
      return count;
    });
    REQUIRE(read);
    std::string result = std::to_string(read->skipped);
    for (const DocumentSlice& slice : read->documents) {
      const Segment& segment = read->source->segments[slice.segment];
      result += "|" + std::to_string(slice.index) + "@" + std::to_string(segment.offset + slice.begin) + ":" +
                segment.bytes.substr(slice.begin, slice.size);
    }
    results.push_back(result);
  }
  for (const std::string& result : results) CHECK(result == results[0]);
}

TEST_CASE("the number of threads does not change the result") {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 40; ++i) files["f" + std::to_string(i) + ".yaml"] = std::string(kGateway) + "---\nkind: [\n";
  std::vector<std::string> results;
  for (const std::size_t threads : {std::size_t{1}, std::size_t{8}}) {
    MemoryReader reader(files);
    std::istringstream input;
    const Loaded loaded = load({.threads = threads}, reader, input);
    std::string result;
    for (const auto& file : loaded.workspace->files()) {
      result += file->source->name;
      for (const auto& problem : file->problems) result += " " + std::to_string(problem.span.begin) + problem.text;
    }
    results.push_back(result);
  }
  CHECK(results[0] == results[1]);
}

}  // namespace
}  // namespace wicket::load
