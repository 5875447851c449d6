#include "check/reporter.h"

#include <filesystem>
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

Finding& Finding::secret() {
  if (diagnostic_ != nullptr) diagnostic_->is_secret = true;
  return *this;
}

Finding& Finding::witness(Witness witness) {
  if (diagnostic_ != nullptr) diagnostic_->witness = std::move(witness);
  return *this;
}

Finding& Finding::fix(std::string message, std::vector<Edit> edits, Safety safety) {
  if (diagnostic_ != nullptr)
    diagnostic_->fix = {.message = std::move(message), .edits = std::move(edits), .safety = safety};
  return *this;
}

std::string Reporter::fingerprint(const Diagnostic& diagnostic, const Place& place) const {
  const ResourceName& name = diagnostic.resource;
  std::string text = fmt::format("{}\n{}\n{}\n{}\n", diagnostic.rule->id, name.kind, name.ns, name.name);
  if (place.document != nullptr) text += yaml::stable_path(*place.document, place.node);
  if (name.kind.empty()) {
    // No object tells two files apart: the file's name does, however it was spelt.
    const std::filesystem::path file = std::filesystem::path(folder_) / sources_.name(place.span.file);
    text += "\n" + file.lexically_normal().generic_string();
  }
  return fmt::format("{:016x}", yaml::hash_bytes(text));
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
    diagnostic.object = place.resource;
    diagnostic.resource = {
        .kind = std::string(resource.kind_text.present() ? *resource.kind_text : model::kind_name(resource.kind)),
        .ns = std::string(*resource.metadata.ns),
        .name = std::string(*resource.metadata.name)};
  }
  diagnostic.fingerprint = fingerprint(diagnostic, place);
  return Finding(&diagnostic);
}

std::vector<Diagnostic> Reporter::take() && {
  return {std::make_move_iterator(diagnostics_.begin()), std::make_move_iterator(diagnostics_.end())};
}

}  // namespace wicket::check
