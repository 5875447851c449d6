#include "check/reporter.h"

#include <iterator>

#include "yaml/fingerprint.h"
#include "yaml/path.h"

namespace wicket::check {

Finding& Finding::note(const Span& span, std::string message) {
  if (diagnostic_ != nullptr) diagnostic_->notes.push_back({span, std::move(message)});
  return *this;
}

Finding& Finding::help(std::string text) {
  if (diagnostic_ != nullptr) diagnostic_->help = std::move(text);
  return *this;
}

Finding& Finding::level(Severity severity) {
  if (diagnostic_ != nullptr) diagnostic_->severity = severity;
  return *this;
}

Finding& Finding::origin(Origin origin) {
  if (diagnostic_ != nullptr) diagnostic_->origin = origin;
  return *this;
}

Finding& Finding::fix(std::string message, std::vector<Edit> edits) {
  if (diagnostic_ != nullptr) diagnostic_->fix = {.message = std::move(message), .edits = std::move(edits)};
  return *this;
}

Finding Reporter::add(const RuleInfo& rule, const Place& place, std::string message) {
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.rule = &rule;
  diagnostic.severity = rule.severity;
  diagnostic.origin = rule.origin;
  diagnostic.span = place.span;
  diagnostic.message = std::move(message);
  if (place.document != nullptr) {
    diagnostic.path = yaml::path_of(*place.document, place.node);
    diagnostic.document = place.document->index;
    const yaml::NodeId written = place.document->original_of(place.node);
    if (written != yaml::NodeId::kNone)
      diagnostic.notes.push_back({place.document->span(written), "the value comes from here, through an alias"});
  }
  if (place.resource != nullptr) {
    const model::Resource& resource = *place.resource;
    diagnostic.resource = {
        .kind = std::string(resource.kind_text.present() ? *resource.kind_text : model::kind_name(resource.kind)),
        .ns = std::string(*resource.metadata.ns),
        .name = std::string(*resource.metadata.name)};
  }
  const std::string where = place.document == nullptr ? "" : yaml::stable_path(*place.document, place.node);
  const ResourceName& name = diagnostic.resource;
  diagnostic.fingerprint = fmt::format(
      "{:016x}", yaml::hash_bytes(fmt::format("{}\n{}\n{}\n{}\n{}", rule.id, name.kind, name.ns, name.name, where)));
  return Finding(&diagnostic);
}

std::vector<Diagnostic> Reporter::take() && {
  return {std::make_move_iterator(diagnostics_.begin()), std::make_move_iterator(diagnostics_.end())};
}

}  // namespace wicket::check
