// WK421 to WK425: roots and the VirtualServices that they delegate to.
//
// The control plane drops what does not fit together and writes it to its log at most.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "check/references.h"
#include "rules/bindings.h"
#include "rules/delegates.h"
#include "rules/visibility.h"

namespace wicket::check::references {
namespace {

using model::HTTPRoute;
using model::Kind;
using model::Resource;

/// A rule that delegates.
struct Call {
  const BoundService* root = nullptr;
  const HTTPRoute* route = nullptr;
};

class DelegateReferences {
 public:
  DelegateReferences(const CheckInput& in, const BoundServices& all, Reporter& out) : in_(in), all_(all), out_(out) {}

  void run() {
    for (const BoundService& service : all_.services) {
      if (service.is_delegate) continue;
      for (const HTTPRoute& route : service.spec->http)
        if (route.delegate && route.delegate->name && !route.delegate->name->empty()) check_call(service, route);
    }
    for (const BoundService& service : all_.services) {
      if (!service.is_delegate) continue;
      const auto calls = calls_.find(service.resource);
      if (calls != calls_.end()) {
        check_conflicts(service, calls->second);
      } else if (in_.closed_world && !service.resource->name().empty()) {
        out_.report(wk("WK425"), Places(*service.resource).value(service.resource->metadata.name.node),
                    "no VirtualService delegates to this one");
      }
    }
  }

 private:
  void check_call(const BoundService& root, const HTTPRoute& route) {
    const model::Delegate& named = *route.delegate;
    if (named.ns.present() && !named.ns.valid) return;
    const std::string_view ns = named.ns->empty() ? root.ns : *named.ns;
    const Place place = Places(*root.resource).value(named.name.node);
    const Resource* found = in_.workspace.find(Kind::kVirtualService, ns, *named.name);
    if (found == nullptr) return check_missing(place, ns, *named.name);
    const auto* spec = std::get_if<model::VirtualService>(&found->spec);
    if (spec == nullptr) return;
    if (spec->hosts.present() && found->document->size(spec->hosts.node) > 0) {
      out_.report(wk("WK423"), place, "{} has hosts, so it cannot be a delegate; the rule is dropped",
                  name_of(in_, *found))
          .note(found->span(spec->hosts.node), "the hosts");
      return;
    }
    calls_[found].push_back({.root = &root, .route = &route});
    if (rules::visibility(rules::export_to_of(*spec, in_.estate->mesh()), ns, root.ns) != rules::Visibility::kHidden)
      return;
    out_.report(wk("WK422"), place, "delegate {} is not exported to namespace {}; the rule is dropped",
                name_of(in_, *found), root.ns)
        .note(found->span(spec->export_to.present() ? spec->export_to.node : found->metadata.name.node), "who sees it")
        .help(fmt::format("add {} to its exportTo", root.ns));
  }

  void check_missing(const Place& place, std::string_view ns, std::string_view name) {
    const Reference reference = in_.estate->delegate(ns, name);
    if (reference.answer == Answer::kUnknown) return out_.leave_unknown();
    auto finding =
        out_.report(wk("WK421"), place, "delegate VirtualService {}/{} not found; the rule is dropped", ns, name);
    if (!reference.help.empty()) finding.help(reference.help);
    if (reference.near != nullptr)
      finding.note(reference.near->span(reference.near->metadata.name.node), "this one is there");
  }

  /// Rules that go with none of the rules which delegate to them.
  void check_conflicts(const BoundService& service, const std::vector<Call>& calls) {
    struct Dropped {
      const HTTPRoute* route = nullptr;
      std::size_t block = 0;
    };
    std::vector<Dropped> dropped;
    for (const HTTPRoute& route : service.spec->http) {
      std::optional<std::size_t> block;
      const bool all = std::ranges::all_of(calls, [&](const Call& call) {
        const auto conflict =
            rules::conflicting_block({.route = *call.route, .ns = call.root->ns}, {.route = route, .ns = service.ns});
        if (conflict && !block) block = conflict;
        return conflict.has_value();
      });
      const bool is_whole =
          !route.match.present() || service.resource->document->size(route.match.node) == route.match.size();
      if (all && block && is_whole) dropped.push_back({.route = &route, .block = *block});
    }
    const bool is_useless = dropped.size() == service.spec->http.size();
    for (const Dropped& one : dropped) {
      const Call& call = calls.front();
      const model::HTTPMatchRequest& match = one.route->match[one.block];
      auto finding =
          out_.report(wk("WK424"), Places(*service.resource).value(match.node),
                      "the match conflicts with root {}; this rule never applies", name_of(in_, *call.root->resource));
      finding.note(call.root->resource->span(call.route->match.node),
                   calls.size() == 1 ? "what the root matches" : "what the first of its roots matches");
      if (is_useless) finding.level(Severity::kError);
    }
  }

  const CheckInput& in_;
  const BoundServices& all_;
  Reporter& out_;
  std::unordered_map<const Resource*, std::vector<Call>> calls_;  // of a delegate
};

}  // namespace

void check_delegates(const CheckInput& in, const BoundServices& all, Reporter& out) {
  DelegateReferences(in, all, out).run();
}

}  // namespace wicket::check::references
