#include "cli/serve_reload.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "check/run.h"
#include "cli/lint_policy.h"
#include "cli/route_input.h"
#include "cli/version.h"
#include "report/findings.h"

namespace wicket::cli {
namespace {

/// What waits for a change that the server makes on threads of its own.
class Waiting {
 public:
  void tell(proxy::Change change) {
    const std::scoped_lock lock(mutex_);
    change_ = std::move(change);
    told_.notify_all();
  }
  // Nothing when it is told to stop before.
  std::optional<proxy::Change> wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    told_.wait(lock, stop, [this] { return change_.has_value(); });
    return std::move(change_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any told_;
  std::optional<proxy::Change> change_;
};

// ---- is it sound? ----

// The errors that `wicket lint` finds, with the settings that hold for it.
std::vector<check::Diagnostic> errors_in(const SourceSet& sources, const model::Workspace& workspace,
                                         const ServeOptions& options) {
  LintOptions lint;
  lint.common = options.common;
  Result<LintPolicy> policy = lint_policy(lint);
  if (!policy) return {};  // no code comes from this command line
  check::CheckResult result = check::run({.sources = sources,
                                          .workspace = workspace,
                                          .closed_world = options.closed_world,
                                          .known = known_objects(options.common)},
                                         {.selection = policy->selection, .policy = &policy->policy});
  std::erase_if(result.diagnostics, [](const auto& finding) { return finding.severity != check::Severity::kError; });
  return std::move(result.diagnostics);
}

// The errors that what is served now does not have already.
std::vector<check::Diagnostic> new_errors(const load::Loaded& loaded, const Served& served,
                                          const ServeOptions& options) {
  std::vector<check::Diagnostic> errors = errors_in(loaded.sources, *loaded.workspace, options);
  if (errors.empty()) return errors;
  std::multiset<std::string> known;
  for (const check::Diagnostic& error : errors_in(*served.set->sources, *served.workspace, options))
    known.insert(error.fingerprint);
  std::erase_if(errors, [&known](const check::Diagnostic& error) {
    const auto found = known.find(error.fingerprint);
    if (found == known.end()) return false;
    known.erase(found);
    return true;
  });
  return errors;
}

// Empty: it is.
std::string why_unsound(const load::Loaded& loaded, const std::string& complaints, const Served& served,
                        const ReloadSubject& subject) {
  std::ostringstream err;
  if (!loaded.failures.empty() || check_input(subject.options, loaded, err) != ExitCode::kClean)
    return complaints + err.str();
  const std::vector<check::Diagnostic> errors = new_errors(loaded, served, subject.options);
  if (errors.empty()) return {};
  return report::findings_text(
      {.sources = loaded.sources, .diagnostics = errors, .failures = {}, .counts = {}, .tool_version = version()},
      {.color = subject.color, .summary = false});
}

void refuse(const ReloadSubject& subject, std::string why) {
  const std::string text =
      why + "wicket: the manifests have changed and are not served; what was served before goes on\n";
  Served served = *subject.now.load();
  ++served.refused_reloads;
  served.refusal = std::move(why);
  subject.now.publish(std::move(served));
  subject.voice.say(text);  // last: who reads it finds the admin port saying the same
}

// ---- what is new ----

std::string told(const proxy::Change& change, const std::vector<std::string>& notes, const Served& before,
                 const ServeOptions& options, std::uint64_t generation) {
  std::string text;
  for (const std::string& note : notes)
    if (std::ranges::find(before.notes, note) == before.notes.end()) text += fmt::format("wicket: {}\n", note);
  for (const std::string& failure : change.failures) text += fmt::format("wicket: {}\n", failure);
  text += fmt::format("wicket: serving the changed manifests (table {})\n", generation);
  for (const proxy::ServedPort& port : change.closed)
    text += fmt::format("wicket: port {} is no longer served\n", port.gateway_port);
  for (const proxy::ServedPort& port : change.opened)
    text += fmt::format("wicket: port {} is served at {}\n", port.gateway_port,
                        proxy::Endpoint{options.address, port.bound_port}.text());
  return text;
}

}  // namespace

void reload(const ReloadSubject& subject, const std::stop_token& stop) {
  const ServeOptions& options = subject.options;
  const std::shared_ptr<const Served> before = subject.now.load();
  std::istringstream no_input;
  std::ostringstream complaints;
  load::Loaded loaded = load_routes(options, options.common.jobs, no_input, complaints);
  if (std::string why = why_unsound(loaded, complaints.str(), *before, subject); !why.empty())
    return refuse(subject, std::move(why));

  const std::shared_ptr<const model::Workspace> workspace = loaded.workspace;
  ServingSet made = make_serving_set(std::move(loaded), options, subject.inputs);
  std::vector<proxy::WantedPort> wanted = wanted_ports(*made.set.table, options);
  if (wanted.empty()) {
    --subject.inputs.generation;
    return refuse(subject, "wicket: no Gateway opens a port for HTTP any more\n");
  }
  const auto set = std::make_shared<const proxy::ServingSet>(std::move(made.set));
  const auto waiting = std::make_shared<Waiting>();
  subject.server.change(set, std::move(wanted), [waiting](proxy::Change change) { waiting->tell(std::move(change)); });
  std::optional<proxy::Change> change = waiting->wait(stop);
  if (!change) return;
  const std::string text = complaints.str() + told(*change, made.notes, *before, options, set->generation);
  std::vector<std::string> notes = std::move(made.notes);
  notes.insert(notes.end(), change->failures.begin(), change->failures.end());
  subject.now.publish({.set = set,
                       .workspace = workspace,
                       .ports = std::move(change->ports),
                       .notes = std::move(notes),
                       .refused_reloads = before->refused_reloads,
                       .refusal = {}});
  subject.voice.say(text);
}

}  // namespace wicket::cli
