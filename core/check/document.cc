// WK1xx: what the YAML layer and the decoder objected to, in words; and objects that are there twice.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text_hash.h"
#include "check/document_rules.h"
#include "check/registry.h"
#include "check/reporter.h"
#include "check/run.h"
#include "check/run_together.h"
#include "check/words.h"
#include "model/problem.h"
#include "model/schema.h"

namespace wicket::check {
namespace {

using model::Problem;
using model::ProblemKind;

consteval const RuleInfo& wk(std::string_view id) { return rule(kDocumentRules, id); }

/// One file's problems, told one by one.
class Teller {
 public:
  Teller(const CheckInput& in, const model::ParsedFile& file, Reporter& out) : in_(in), file_(file), out_(out) {}

  void run() {
    for (const Problem& problem : file_.problems) {
      if (is_second_kind(problem)) two_objects_.insert(problem.document);
    }
    for (const Problem& problem : file_.problems) {
      const bool follows = problem.kind != ProblemKind::kYaml && two_objects_.contains(problem.document);
      if (!follows && !follows_template(problem)) tell(problem);
    }
  }

 private:
  [[nodiscard]] Place place_of(const Problem& problem) const {
    const model::Resource* resource =
        problem.resource < 0 ? nullptr : &file_.resources[static_cast<std::size_t>(problem.resource)];
    return {.span = problem.span, .document = problem.document, .node = problem.node, .resource = resource};
  }

  template <class... Args>
  Finding say(const RuleInfo& rule, const Problem& problem, fmt::format_string<Args...> format, Args&&... args) {
    return out_.report(rule, place_of(problem), format, std::forward<Args>(args)...);
  }

  /// Of the markers of one template only the first is told, and nothing about the values they stand in.
  bool follows_template(const Problem& problem) {
    const bool marker = problem.kind == ProblemKind::kTemplate ||
                        (problem.kind == ProblemKind::kYaml && problem.yaml == yaml::ProblemKind::kTemplate);
    if (marker) return !templates_.emplace(problem.document, problem.span).second;
    const auto found = templates_.find(problem.document);
    if (found == templates_.end()) return false;
    return problem.span.begin <= found->second.end && found->second.begin <= problem.span.end;
  }

  [[nodiscard]] std::uint32_t line_of(const Span& span) const {
    return in_.sources.position(span.file, span.begin).line;
  }
  [[nodiscard]] static std::string_view field_name(const Problem& problem) {
    return problem.field == nullptr || problem.field->name.empty() ? std::string_view("this") : problem.field->name;
  }
  /// Puts quotes around a plain scalar or key that is written where it stands.
  static void offer_quotes(Finding finding, const Problem& problem) {
    finding.help(fmt::format("write \"{}\"", problem.text));
    if (!is_written_here(problem)) return;
    // A key that turns into another one when it is quoted was another one for whoever took it.
    const bool is_key = problem.kind == ProblemKind::kBooleanKey || problem.kind == ProblemKind::kNumberKey;
    const Safety safety = is_key && problem.text != problem.hint ? Safety::kSuggested : Safety::kSafe;
    finding.fix("put it in quotes", {{problem.span, fmt::format("\"{}\"", problem.text)}}, safety);
  }
  /// Puts another word in place of a key or a value.
  static void offer_word(Finding finding, const Problem& problem, std::string_view word) {
    if (is_written_here(problem)) finding.fix(fmt::format("write {}", word), {{problem.span, std::string(word)}});
  }
  /// Not a copy of something that an alias or a merge key brought: an edit at its place would hit that instead.
  [[nodiscard]] static bool is_written_here(const Problem& problem) {
    return problem.document->original_of(problem.node) == yaml::NodeId::kNone;
  }

  void tell_yaml(const Problem& problem) {
    using enum yaml::ProblemKind;
    switch (problem.yaml) {
      case kSyntax: {
        auto finding = say(wk("WK100"), problem, "cannot parse this document: {}", problem.text);
        if (!problem.hint.empty()) finding.help(problem.hint);
        return;
      }
      case kNotStrictJson:
        say(wk("WK100"), problem, "this is no strict JSON; YAML readers take it all the same")
            .level(Severity::kWarning)
            .help("remove trailing commas and comments, use double quotes, or name the file .yaml");
        return;
      case kTab:
        say(wk("WK101"), problem, "a tab in the indentation; YAML allows blanks only")
            .help("replace the tab by blanks");
        return;
      case kUnknownAlias:
        say(wk("WK104"), problem, "alias {} has no anchor above it in this document", quoted(problem.text))
            .help(fmt::format("define it with &{}, or quote the value if it is meant to start with `*`", problem.text));
        return;
      case kRecursiveAlias:
        say(wk("WK104"), problem, "alias {} stands inside its own anchor", quoted(problem.text));
        return;
      case kAliasBomb:
        say(wk("WK104"), problem, "alias {} makes the document grow beyond all measure", quoted(problem.text));
        return;
      case kDirective:
        say(wk("WK145"), problem, "valid YAML, but kubectl and istioctl cannot read it: a directive")
            .help("remove the line");
        return;
      case kTextAfterMarker:
        say(wk("WK145"), problem, "valid YAML, but kubectl and istioctl cannot read it: text behind `---` on its line")
            .help("start the text on the next line");
        return;
      case kNotJson:
      case kCollectionKey:
      case kBadMerge:
        say(wk("WK145"), problem, "valid YAML, but kubectl and istioctl cannot read it: {}", problem.text);
        return;
      case kNullKey:
        say(wk("WK106"), problem, "key `{}` is null, which stops kubectl and istioctl", problem.text)
            .help(fmt::format("write \"{}\"", problem.text));
        return;
      case kDuplicateKey:
        say(wk("WK102"), problem, "key {} is already set at line {}; the later value wins without a word",
            quoted(problem.text), line_of(problem.other))
            .note(problem.other, "first set here")
            .help(is_top_level(problem) ? "is a `---` line missing between two objects?" : "remove one of the two");
        return;
      case kMergeUsed:
        say(wk("WK103"), problem, "`{}` expands here; the API server stores the expanded form", problem.text);
        return;
      case kMergeCollision:
        say(wk("WK144"), problem,
            "{} is also set by the merge key; the value here wins, istioctl validate rejects the file", problem.text)
            .note(problem.other, "the merge key");
        return;
      case kMergeOverwrites:
        say(wk("WK144"), problem,
            "{} is overwritten by the merge key below it for kubectl and istiod; istioctl validate rejects the file",
            problem.text)
            .level(Severity::kError)
            .note(problem.other, "the merge key")
            .help("move `<<` to the top of the mapping");
        return;
      case kTemplate:
        say(wk("WK141"), problem, "this looks like a template that was never rendered: {}", quoted(problem.text))
            .help("lint the rendered output: helm template ... | wicket lint -");
        return;
    }
  }

  [[nodiscard]] static bool is_top_level(const Problem& problem) {
    return problem.document->parent(problem.node) == problem.document->root;
  }

  void tell(const Problem& problem) {
    using enum ProblemKind;
    const std::string_view field = field_name(problem);
    const std::string_view type = problem.type == nullptr ? std::string_view() : problem.type->name;
    switch (problem.kind) {
      case kYaml:
        return tell_yaml(problem);
      case kBooleanForString:
        return offer_quotes(say(wk("WK105"), problem, "{} is the boolean {} for kubectl and istioctl; {} needs text",
                                problem.text, problem.hint, field),
                            problem);
      case kNumberForString:
        return number_for_string(problem, field);
      case kBooleanKey:
        return offer_quotes(
            say(wk("WK106"), problem, "key {} is a boolean and becomes \"{}\"", problem.text, problem.hint), problem);
      case kNumberKey: {
        auto finding = say(wk("WK106"), problem, "key {} is a number and becomes \"{}\"", problem.text, problem.hint);
        finding.level(Severity::kWarning);
        return offer_quotes(finding, problem);
      }
      case kWrongScalar:
        return wrong_scalar(problem, field);
      case kNull:
        return null_field(problem, field);
      case kNullCondition:
        return;  // WK322 speaks about conditions
      case kNullItem:
        say(wk("WK110"), problem, "entry {} of {} is null", problem.text, field)
            .help("remove the dash, or indent what belongs to it");
        return;
      case kWrongType:
        return wrong_type(problem, field, type);
      case kFraction:
        say(wk("WK115"), problem, "{} is a fraction; {} needs a whole number", problem.text, field);
        return;
      case kOutOfRange:
        say(wk("WK115"), problem, "{} does not fit {} ({})", problem.text, field, problem.hint);
        return;
      case kBadEnum:
        return bad_enum(problem, field);
      case kBadDuration:
        say(wk("WK117"), problem, "{} is not a duration; use for example 5s, 500ms or 1h30m", quoted(problem.text));
        return;
      case kDurationTooShort:
        say(wk("WK118"), problem, "{} is below the minimum of 1ms", problem.text)
            .help(fmt::format("leave {} out, or give it at least 1ms", field));
        return;
      case kDurationTooFine:
        say(wk("WK119"), problem, "{} is finer than a millisecond", problem.text).help("use whole milliseconds");
        return;
      case kTooMany:
        say(wk("WK122"), problem, "{} has {} entries; at most {} are allowed", field, problem.text, problem.hint);
        return;
      case kTooFew:
        say(wk("WK122"), problem, "{} is empty; it needs at least {}", field, problem.hint)
            .help(fmt::format("add an entry, or leave {} out", field));
        return;
      case kTooLong:
        say(wk("WK122"), problem, "{} has {} characters; at most {} are allowed", field, problem.text, problem.hint);
        return;
      case kNotBase64:
        say(wk("WK123"), problem, "{} is not valid base64", field).help("encode it, or put plain text into `string`");
        return;
      case kSurprisingNumber:
        say(wk("WK140"), problem, "{} may be read as {}", problem.text, problem.hint)
            .help("write it in decimal digits");
        return;
      case kTemplate:
        say(wk("WK141"), problem, "this looks like a template that was never rendered: {}", quoted(problem.text))
            .help("lint the rendered output: helm template ... | wicket lint -");
        return;
      case kInvisible:
        say(wk("WK143"), problem, "{} contains {}", field, problem.text).help("remove or retype the character");
        return;
      case kUnknownField:
        return unknown_field(problem, type);
      case kSnakeCase:
        return offer_word(
            say(wk("WK112"), problem, "write {} instead of {}; the API server does not know the snake_case form",
                problem.hint, problem.text),
            problem, problem.hint);
      case kMisplaced:
        say(wk("WK113"), problem, "{} is not a field of {}; it belongs to {}", problem.text, type, problem.hint)
            .help("check the indentation of this line");
        return;
      case kOneof:
        say(wk("WK120"), problem, "{} and {} exclude each other", problem.hint, problem.text)
            .note(problem.other, fmt::format("{} is set here", problem.hint))
            .help("remove one of the two");
        return;
      case kRequired:
        say(wk("WK121"), problem, "{} needs {}", type, problem.text);
        return;
      case kOtherGatewayApi:
        say(wk("WK127"), problem, "{} belongs to {}, not to this kind of Gateway", problem.text, problem.hint);
        return;
      default:
        return tell_object(problem);
    }
  }

  void unknown_field(const Problem& problem, std::string_view type) {
    if (problem.hint.empty()) {
      say(wk("WK111"), problem, "unknown field {} in {}", quoted(problem.text), type)
          .help(fmt::format("fields of {}: {}", type, all_fields(*problem.type)));
    } else if (problem.type->find(problem.hint) != nullptr) {
      offer_word(say(wk("WK111"), problem, "unknown field {} in {}; did you mean {}?", quoted(problem.text), type,
                     problem.hint),
                 problem, problem.hint);
    } else {
      say(wk("WK111"), problem, "unknown field {} in {}; Istio removed it long ago", quoted(problem.text), type)
          .help(fmt::format("use {}", problem.hint));
    }
  }

  static std::string all_fields(const model::TypeInfo& type) {
    std::string text;
    for (const model::FieldInfo& info : type.fields) {
      if (!text.empty()) text += ", ";
      text += info.name;
    }
    return text;
  }

  void number_for_string(const Problem& problem, std::string_view field) {
    const bool duration = problem.field != nullptr && problem.field->type == model::FieldType::kDuration;
    if (duration) {
      say(wk("WK107"), problem, "{} is not a duration; use for example {}s", problem.text, problem.text);
      return;
    }
    auto finding = problem.text == problem.hint
                       ? say(wk("WK107"), problem, "{} is a number; {} needs text", problem.text, field)
                       : say(wk("WK107"), problem, "{} is a number, which becomes {}; {} needs text", problem.text,
                             problem.hint, field);
    offer_quotes(finding, problem);
  }

  void wrong_scalar(const Problem& problem, std::string_view field) {
    const bool boolean = problem.field != nullptr && problem.field->type == model::FieldType::kBool;
    auto finding = say(wk("WK108"), problem, "{} needs {}, found {}", field, boolean ? "true or false" : "a number",
                       quoted(problem.text));
    const std::string_view text = problem.text;
    const bool bare = boolean ? text == "true" || text == "false"
                              : !text.empty() && text.size() < 10 &&
                                    text.find_first_not_of("0123456789") == std::string_view::npos &&
                                    (text.size() == 1 || text[0] != '0');
    if (!bare) return;
    finding.help("remove the quotes");
    if (is_written_here(problem)) finding.fix("remove the quotes", {{problem.span, problem.text}}, Safety::kSafe);
  }

  void null_field(const Problem& problem, std::string_view field) {
    const std::string_view type = problem.type == nullptr ? std::string_view() : problem.type->name;
    if (field == "servers" && type == "Gateway") return;  // WK202 speaks
    auto finding = say(wk("WK109"), problem, "{} is empty and counts as not set", field);
    std::string_view effect;
    if (field == "gateways" && type == "VirtualService") effect = "without gateways it applies to the mesh only";
    if (field == "hosts" && type == "VirtualService") effect = "without hosts this VirtualService is a delegate";
    if (field == "match" && type == "HTTPRoute") effect = "without match it takes every request";
    if (field == "mode" && type == "ServerTLSSettings") effect = "without mode it is PASSTHROUGH";
    if (field == "selector" && type == "Gateway") effect = "without selector it applies to every gateway pod";
    const std::string_view stray = stray_neighbour(problem);
    if (!stray.empty()) {
      finding.help(fmt::format("`{}` below it belongs into it: indent it further", stray));
    } else if (!effect.empty()) {
      finding.help(std::string(effect));
    } else {
      finding.help("give it a value, or remove the line");
    }
  }

  /// The key behind an empty field that is a field of the empty one's type, and not of the mapping it stands in.
  [[nodiscard]] static std::string_view stray_neighbour(const Problem& problem) {
    const yaml::Document& document = *problem.document;
    if (problem.field == nullptr || problem.field->message == nullptr || problem.type == nullptr) return {};
    const yaml::NodeId next = document[problem.node].next();
    const std::string_view name = document.text(next);
    if (next == yaml::NodeId::kNone || name.empty()) return {};
    return problem.field->message->find(name) != nullptr && problem.type->find(name) == nullptr ? name
                                                                                                : std::string_view();
  }

  void wrong_type(const Problem& problem, std::string_view field, std::string_view type) {
    const std::string what =
        problem.field == nullptr || problem.field->name.empty() ? std::string(type) : std::string(field);
    auto finding = say(wk("WK114"), problem, "{} needs {}, found {}", what, problem.text, problem.hint);
    if (problem.text == "a list") finding.help("add `- ` in front, or write it in [ ]");
  }

  void bad_enum(const Problem& problem, std::string_view field) {
    std::string names;
    for (const std::string_view name : problem.field->enumeration->values) {
      if (!names.empty()) names += ", ";
      names += name;
    }
    auto finding = say(wk("WK116"), problem, "{} is not a valid {}; use one of {}", quoted(problem.text), field, names);
    if (problem.hint.empty()) return;
    finding.help(fmt::format("did you mean {}?", problem.hint));
    offer_word(finding, problem, problem.hint);
  }

  /// Problems of whole objects.
  void tell_object(const Problem& problem) {
    using enum ProblemKind;
    switch (problem.kind) {
      case kUnknownTopLevel: {
        auto finding = say(wk("WK133"), problem, "unknown top-level field {}", quoted(problem.text));
        if (problem.hint.starts_with("spec.")) {
          finding.help("move it below spec");
        } else if (!problem.hint.empty()) {
          finding.help(fmt::format("did you mean {}?", problem.hint));
        }
        return;
      }
      case kNoApiVersion:
      case kNoKind:
        say(wk("WK128"), problem, "the document has no {}", problem.text);
        return;
      case kUnknownVersion:
        say(wk("WK124"), problem, "{} does not serve this kind", problem.text)
            .help(fmt::format("use {}/v1", problem.hint));
        return;
      case kUnknownGroup:
        say(wk("WK124"), problem, "{} does not serve this kind; did you mean {}/v1?", problem.text, problem.hint);
        return;
      case kRemovedApi:
        say(wk("WK124"), problem, "{} was removed from Istio years ago", problem.text)
            .help("its work is done by networking.istio.io, security.istio.io and telemetry.istio.io");
        return;
      case kOldVersion:
        say(wk("WK125"), problem, "networking.istio.io/v1 is available since Istio 1.22");
        return;
      case kUnknownKind: {
        if (problem.hint.empty()) {
          say(wk("WK126"), problem, "this API group has no kind {}", problem.text);
        } else {
          offer_word(
              say(wk("WK126"), problem, "this API group has no kind {}; did you mean {}?", problem.text, problem.hint),
              problem, problem.hint);
        }
        return;
      }
      case kNoName:
        say(wk("WK129"), problem, "the object has no metadata.name");
        return;
      case kGeneratedName:
        say(wk("WK129"), problem, "generateName works with kubectl create, not with apply").level(Severity::kInfo);
        return;
      case kBadName:
        say(wk("WK130"), problem, "{} is not a valid object name", quoted(problem.text))
            .help("allowed: " + problem.hint);
        return;
      case kBadNamespace:
        say(wk("WK131"), problem, "{} is not a valid namespace", quoted(problem.text))
            .help("allowed: lower-case letters, digits and `-`, at most 63");
        return;
      case kNamespaceOnClusterScoped:
        say(wk("WK131"), problem, "a Namespace is in no namespace").level(Severity::kWarning).help("remove the line");
        return;
      case kBadLabelKey:
        say(wk("WK137"), problem, "{} is not a valid label key", quoted(problem.text));
        return;
      case kBadLabelValue:
        say(wk("WK137"), problem, "{} is not a valid label value", quoted(problem.text));
        return;
      case kBadAnnotationKey:
        say(wk("WK137"), problem, "{} is not a valid annotation key", quoted(problem.text));
        return;
      case kAnnotationsTooLarge:
        say(wk("WK137"), problem, "the annotations have {} bytes; at most 262144 are allowed", problem.text);
        return;
      case kRejectedAnnotation:
        say(wk("WK134"), problem, "annotation {} is not allowed here", problem.text).help("remove it");
        return;
      case kSemanticsAnnotation:
        say(wk("WK134"), problem, "annotation {} changes the rules that this object follows", problem.text)
            .level(Severity::kWarning)
            .help("remove it: it is meant for objects that Istio generates");
        return;
      case kNoSpec:
        say(wk("WK135"), problem, "the object has no spec");
        return;
      case kStatus:
        say(wk("WK136"), problem, "status is written by the control plane; remove it");
        return;
      case kNoNamespace:
        say(wk("WK138"), problem, "no namespace set; {} is assumed", in_.workspace.options().default_namespace);
        return;
      case kListWithoutItems:
        say(wk("WK142"), problem, "this list {}", problem.text);
        return;
      case kListItemWithoutKind:
        say(wk("WK142"), problem, "this item of the list has no apiVersion and kind");
        return;
      case kNestedList:
        say(wk("WK142"), problem, "a List inside a List inside a List");
        return;
      case kNothing:
        say(wk("WK139"), problem, "nothing to check in this file");
        return;
      default:
        return;
    }
  }

  const CheckInput& in_;
  const model::ParsedFile& file_;
  Reporter& out_;
  std::unordered_map<const yaml::Document*, Span> templates_;
  std::unordered_set<const yaml::Document*> two_objects_;
};

/// The group of an apiVersion: "networking.istio.io" of networking.istio.io/v1, "" of v1.
std::string_view group_of(const model::Resource& resource) {
  const std::string_view version = *resource.api_version;
  const std::size_t slash = version.find('/');
  return slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
}

/// What tells two objects of a cluster apart.
struct Identity {
  std::string_view kind;
  std::string_view group;
  std::string_view ns;
  std::string_view name;

  friend bool operator==(const Identity&, const Identity&) = default;
};
struct HashOfIdentity {
  std::size_t operator()(const Identity& one) const { return hash_of(one.name, one.ns, one.group, one.kind); }
};

/// Resources by their identities, which are not kept: of tens of thousands they would be a burden.
class Objects {
 public:
  explicit Objects(const model::Workspace& workspace) : first_(0, Hash{workspace}, Equal{workspace}) {
    std::size_t count = 0;
    for (const auto& file : workspace.files()) count += file->resources.size();
    first_.reserve(count);
  }

  /// The first one with the identity of this; itself where it is that.
  const model::Resource& add(const model::Resource& resource) { return **first_.insert(&resource).first; }

 private:
  static Identity identity_of(const model::Workspace& workspace, const model::Resource& resource) {
    return {.kind = model::kind_name(resource.kind),
            .group = resource.api_version.present() ? group_of(resource) : std::string_view(),
            .ns = workspace.ns_of(resource),
            .name = resource.name()};
  }
  struct Hash {
    const model::Workspace& workspace;
    std::size_t operator()(const model::Resource* one) const { return HashOfIdentity{}(identity_of(workspace, *one)); }
  };
  struct Equal {
    const model::Workspace& workspace;
    bool operator()(const model::Resource* a, const model::Resource* b) const {
      return identity_of(workspace, *a) == identity_of(workspace, *b);
    }
  };

  std::unordered_set<const model::Resource*, Hash, Equal> first_;
};

void check_duplicates(const CheckInput& in, Reporter& out) {
  if (!out.wants(wk("WK132"))) return;
  Objects objects(in.workspace);
  for (const auto& file : in.workspace.files()) {
    for (const model::Resource& resource : file->resources) {
      if (resource.kind == model::Kind::kUnknown || !resource.metadata.name.valid) continue;
      const model::Resource& first = objects.add(resource);
      if (&first == &resource) continue;
      const std::string_view ns = in.workspace.ns_of(resource);
      const Span here = resource.span(resource.metadata.name.node);
      const Span there = first.span(first.metadata.name.node);
      const Place place{
          .span = here, .document = resource.document, .node = resource.metadata.name.node, .resource = &resource};
      out.report(wk("WK132"), place, "{} {}{}{} is already defined at {}:{}", model::kind_name(resource.kind), ns,
                 ns.empty() ? "" : "/", resource.name(), in.sources.name(there.file),
                 in.sources.position(there.file, there.begin).line)
          .note(there, "first defined here; a cluster keeps the one that is applied last");
    }
  }
}

void run_documents(const CheckInput& in, Reporter& out) {
  for (const auto& file : in.workspace.files()) Teller(in, *file, out).run();
  check_duplicates(in, out);
}

}  // namespace

extern const Family kDocuments;
constinit const Family kDocuments{
    .prefix = "WK1", .title = "Documents, YAML and schema", .rules = kDocumentRules, .run = run_documents};

}  // namespace wicket::check
