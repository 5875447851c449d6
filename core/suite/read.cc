#include "suite/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/edit_distance.h"
#include "load/settings_reader.h"
#include "suite/read_expect.h"
#include "suite/read_request.h"
#include "suite/scope.h"
#include "suite/values.h"
#include "yaml/parse.h"
#include "yaml/split.h"

namespace wicket::suite {
namespace {

constexpr std::size_t kMaxCases = 100'000;  // of one file
constexpr std::size_t kMaxErrors = 100;     // of one file: the same mistake may stand in every row

class Reading {
 public:
  Reading(const yaml::Document& document, const ReadOptions& options, Suite& out)
      : document_(document), out_(out), names_{.ns = options.default_namespace, .domain = options.cluster_domain} {}

  void run() {
    Choices none;
    Scope scope = scope_of(none);
    NodeId tests = NodeId::kNone;
    read_mapping(
        scope, document_.root, "a test file",
        {"description", "manifests", "namespace", "cluster-domain", "gateway", "workload-labels", "workload-namespace",
         "source-labels", "source-namespace", "istio-version", "closed-world", "variables", "tests"},
        [&](std::string_view key, NodeId value) {
          if (key == "tests") {
            tests = value;
          } else if (key == "variables") {
            variables_ = variables(scope, value, "variables");
          } else {
            head(scope, key, value);
          }
        });
    if (out_.target.default_namespace) names_.ns = *out_.target.default_namespace;
    if (out_.target.cluster_domain) names_.domain = *out_.target.cluster_domain;
    if (tests == NodeId::kNone) return fail(document_.root, "the file has no tests");
    if (document_[tests].kind != yaml::NodeKind::kSequence || document_[tests].first() == NodeId::kNone)
      return fail(tests, "tests needs a list of tests");
    for (NodeId test = document_[tests].first(); test != NodeId::kNone; test = document_[test].next()) {
      ++out_.tests;
      one_test(test);
    }
  }

 private:
  /// What one test says, before combinations.
  struct Test {
    NodeId node{};
    NodeId name{};
    NodeId request{};
    NodeId expect{};
    NodeId draw{};
    Scope::Variables variables;
    std::vector<std::pair<NodeId, Scope::Variables>> rows;  // where each stands, and its values
  };

  void fail(NodeId node, std::string message) {
    is_broken_ = true;
    // A mistake is told once, and not for every combination that has it.
    const Span span = document_.span(node);
    if (out_.errors.size() < kMaxErrors && told_.emplace(span.begin, message).second)
      out_.errors.push_back({span, std::move(message)});
  }
  Scope scope_of(Choices& choices) {
    return {document_, choices, [this](NodeId node, std::string message) { fail(node, std::move(message)); }};
  }

  // ---- the head of the file ----

  void head(Scope& scope, std::string_view key, NodeId value) {
    Target& target = out_.target;
    if (key == "description" || document_.is_null(value)) return;
    if (key == "manifests") {
      target.manifests = texts(scope, value, key);
    } else if (key == "workload-labels") {
      target.workload_labels = labels(scope, value, key);
    } else if (key == "source-labels") {
      target.source_labels = labels(scope, value, key);
    } else if (key == "closed-world") {
      target.closed_world = boolean_value(scope, value, key);
    } else if (key == "istio-version") {
      version(scope, value);
    } else {
      std::optional<std::string> text = scope.text(value, key);
      if (key == "namespace") target.default_namespace = std::move(text);
      if (key == "cluster-domain") target.cluster_domain = std::move(text);
      if (key == "gateway") target.gateway = std::move(text);
      if (key == "workload-namespace") target.workload_namespace = std::move(text);
      if (key == "source-namespace") target.source_namespace = std::move(text);
    }
  }

  // One text, or a list of them.
  std::vector<std::string> texts(Scope& scope, NodeId node, std::string_view where) {
    std::vector<std::string> all;
    const bool is_list = document_[node].kind == yaml::NodeKind::kSequence;
    for (NodeId item = is_list ? document_[node].first() : node; item != NodeId::kNone;
         item = is_list ? document_[item].next() : NodeId::kNone)
      if (std::optional<std::string> text = scope.text(item, where)) all.push_back(*std::move(text));
    return all;
  }

  Labels labels(Scope& scope, NodeId node, std::string_view where) {
    Labels all;
    for (const auto& [key, value] : variables(scope, node, where))
      if (std::optional<std::string> text = scope.text(value, where)) all.emplace_back(key, *std::move(text));
    return all;
  }

  void version(Scope& scope, NodeId node) {
    const std::optional<std::string> text = scope.text(node, "istio-version");
    if (!text) return;
    std::uint32_t major = 0, minor = 0;
    const char* const end = text->data() + text->size();
    const auto first = std::from_chars(text->data(), end, major);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '.') {
      const auto second = std::from_chars(first.ptr + 1, end, minor);
      if (second.ec == std::errc() && (second.ptr == end || *second.ptr == '.')) {
        out_.target.istio_version = {major, minor};
        return;
      }
    }
    fail(node, fmt::format("istio-version \"{}\" is not MAJOR.MINOR, such as \"1.30\"", *text));
  }

  // ---- variables and tables ----

  Scope::Variables variables(Scope& scope, NodeId node, std::string_view where) {
    Scope::Variables all;
    if (document_.is_null(node)) return all;
    if (document_[node].kind != yaml::NodeKind::kMapping) {
      scope.fail(node, fmt::format("{} needs names and values", where));
      return all;
    }
    for (NodeId key = document_[node].first(); key != NodeId::kNone; key = document_[document_[key].next()].next())
      all.emplace_back(document_.text(key), document_[key].next());
    return all;
  }

  // Rows of names and values; or rows of values, of which the first one has the names.
  void table(Scope& scope, NodeId node, Test& test) {
    if (document_[node].kind != yaml::NodeKind::kSequence || document_[node].first() == NodeId::kNone)
      return fail(node, "table needs a list of rows");
    std::vector<std::string_view> columns;
    for (NodeId row = document_[node].first(); row != NodeId::kNone; row = document_[row].next()) {
      if (document_[row].kind == yaml::NodeKind::kMapping) {
        test.rows.emplace_back(row, variables(scope, row, "a row"));
        continue;
      }
      if (document_[row].kind != yaml::NodeKind::kSequence)
        return fail(row, "a row needs names and values, or, behind a row of names, a list of values");
      std::vector<NodeId> values;
      for (NodeId item = document_[row].first(); item != NodeId::kNone; item = document_[item].next())
        values.push_back(item);
      if (columns.empty()) {
        for (const NodeId item : values) columns.push_back(document_.text(item));
        if (columns.empty()) return fail(row, "the first row of a table needs the names of its columns");
        continue;
      }
      if (values.size() != columns.size())
        return fail(row, fmt::format("the row has {} values, the table has {} columns", values.size(), columns.size()));
      Scope::Variables named;
      for (std::size_t i = 0; i < values.size(); ++i) named.emplace_back(columns[i], values[i]);
      test.rows.emplace_back(row, std::move(named));
    }
    if (test.rows.empty()) fail(node, "the table has no row behind the names of its columns");
  }

  // ---- one test ----

  void one_test(NodeId node) {
    is_broken_ = false;
    Choices none;
    Scope scope = scope_of(none);
    Test test{.node = node, .name = {}, .request = {}, .expect = {}, .draw = {}, .variables = {}, .rows = {}};
    read_mapping(scope, node, "a test", {"name", "description", "request", "expect", "draw", "variables", "table"},
                 [&](std::string_view key, NodeId value) {
                   if (key == "name") test.name = value;
                   if (key == "request") test.request = value;
                   if (key == "expect") test.expect = value;
                   if (key == "draw") test.draw = value;
                   if (key == "variables") test.variables = variables(scope, value, "variables");
                   if (key == "table") table(scope, value, test);
                 });
    if (is_broken_) return;
    if (test.name != NodeId::kNone && !is_name_free(test.name)) return;
    if (test.request == NodeId::kNone) return fail(node, "the test has no request");
    if (test.expect == NodeId::kNone) return fail(node, "the test has no expect, so it could not fail");
    if (test.rows.empty()) return combinations(test, nullptr);
    for (const auto& row : test.rows) combinations(test, &row);
  }

  // Reports and --filter know a test by its name.
  bool is_name_free(NodeId name) {
    const auto [first, is_free] = named_.try_emplace(document_.text(name), name);
    if (is_free) return true;
    const std::uint32_t at = document_.span(first->second).begin;
    fail(name, fmt::format("the test on line {} is called \"{}\" already: give each one a name of its own",
                           out_.sources.position(FileId{}, at).line, first->first));
    return false;
  }

  void combinations(const Test& test, const std::pair<NodeId, Scope::Variables>* row) {
    Choices choices;
    do {
      is_broken_ = false;
      Scope scope = scope_of(choices);
      scope.add(variables_);
      scope.add(test.variables);
      if (row != nullptr) {
        scope.add(row->second);
        for (const auto& [name, value] : row->second) tell_cell(scope, name, value);
      }
      Case made;
      made.span = document_.span(row != nullptr ? row->first : test.node);
      const bool has_request = read_request(scope, test.request, made);
      if (test.draw != NodeId::kNone && !read_draw(scope, test.draw, made.draw)) is_broken_ = true;
      made.checks = read_expect(scope, test.expect, names_);
      made.name = name(scope, test, made);
      if (const double more = choices.combinations(); static_cast<double>(out_.cases.size()) + more > kMaxCases)
        return fail(test.node,
                    fmt::format("too many combinations: {}; a file may have {} requests", choices.sizes(), kMaxCases));
      if (has_request && !is_broken_) out_.cases.push_back(std::move(made));
    } while (choices.advance() && out_.errors.size() < kMaxErrors);
  }

  // A row is known by its plain values; lists in it are told when an item is taken.
  void tell_cell(Scope& scope, std::string_view name, NodeId value) {
    if (document_[value].kind == yaml::NodeKind::kScalar && !document_.is_null(value))
      scope.tell(name, std::string(document_.text(value)));
  }

  // The name as written, and behind it what else tells this combination from the others.
  std::string name(Scope& scope, const Test& test, const Case& made) {
    std::string name;
    if (test.name != NodeId::kNone) {
      name = scope.text(test.name, "name").value_or("");
      const std::string_view written = document_.text(test.name);
      for (std::size_t open = written.find("${"); open != std::string_view::npos; open = written.find("${", open + 2))
        scope.untell(written.substr(open + 2, written.find('}', open) - open - 2));
    } else {
      name = fmt::format("{} {}", made.request.method, made.url);
      return name;
    }
    const std::string label = scope.label();
    return label.empty() ? name : fmt::format("{} [{}]", name, label);
  }

  const yaml::Document& document_;
  Suite& out_;
  NamesOfServices names_;
  Scope::Variables variables_;
  std::set<std::pair<std::uint32_t, std::string>> told_;
  std::map<std::string_view, NodeId> named_;  // texts of the document
  bool is_broken_ = false;
};

bool has_content(std::string_view text) { return yaml::first_document(text).sniff != yaml::Sniff::kEmpty; }

}  // namespace

bool is_test_file(std::string_view path) {
  return path.ends_with("_test.yaml") || path.ends_with("_test.yml") || path.ends_with("_test.json");
}

Suite read_suite(std::string path, std::string bytes, const ReadOptions& options) {
  Suite suite;
  suite.file = path;
  auto source = std::make_shared<SourceFile>();
  source->name = std::move(path);
  source->size = bytes.size();
  source->segments.push_back({.offset = 0, .first_line = 1, .bytes = std::move(bytes)});
  suite.sources.add(source);

  const std::string_view text = source->segments.front().bytes;
  const yaml::Slice slice = yaml::first_document(text);
  if (slice.sniff == yaml::Sniff::kForeign) {  // an object of a kind that nobody reads here
    suite.is_manifest = true;
    return suite;
  }
  const yaml::Parsed parsed = yaml::parse(text.substr(0, slice.size), {});
  const yaml::Document& document = *parsed.document;
  const bool is_object = document.root != NodeId::kNone && document.find(document.root, "kind") != NodeId::kNone;
  if (is_object && document.find(document.root, "tests") == NodeId::kNone) {
    suite.is_manifest = true;
    return suite;
  }
  for (const yaml::Problem& problem : parsed.problems)
    if (problem.kind != yaml::ProblemKind::kMergeUsed)
      suite.errors.push_back({problem.span, load::words_of(problem, "tests")});
  if (slice.size < text.size() && has_content(text.substr(slice.size))) {
    const auto at = static_cast<std::uint32_t>(slice.size);
    suite.errors.push_back({{FileId{}, at, at + 3}, "a second document: one file holds one list of tests"});
  }
  if (!suite.errors.empty()) return suite;
  if (document.root == NodeId::kNone) {
    suite.errors.push_back({{FileId{}, 0, 0}, "the file is empty"});
    return suite;
  }
  Reading(document, options, suite).run();
  return suite;
}

}  // namespace wicket::suite
