#include "check/export_to.h"

#include <algorithm>
#include <unordered_map>
#include <variant>

#include "check/places.h"
#include "check/virtual_service_rules.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check {
namespace {

using model::Text;
using virtual_service::wk;

const model::List<Text>* export_to_of(const model::Resource& resource) {
  if (const auto* service = std::get_if<model::VirtualService>(&resource.spec)) return &service->export_to;
  if (const auto* rule = std::get_if<model::DestinationRule>(&resource.spec)) return &rule->export_to;
  if (const auto* entry = std::get_if<model::ServiceEntry>(&resource.spec)) return &entry->export_to;
  return nullptr;
}

}  // namespace

void check_export_to(const model::Resource& resource, Reporter& out) {
  const model::List<Text>* export_to = export_to_of(resource);
  if (export_to == nullptr || export_to->empty()) return;
  const bool takes_none = std::holds_alternative<model::ServiceEntry>(resource.spec);
  // `.` stands for the object's own namespace; which that is, is known only where it is written.
  const std::string_view own = *resource.metadata.ns;
  const Places places(resource);
  std::unordered_map<std::string_view, const Text*> seen;
  for (const Text& entry : *export_to) {
    if (!entry) continue;
    const std::string_view key = *entry == "." && !own.empty() ? own : *entry;
    if (const auto found = seen.find(key); found != seen.end()) {
      auto finding =
          *entry == **found->second
              ? out.report(wk("WK310"), places.value(entry.node), "{} is listed twice in exportTo", quoted(*entry))
              : out.report(wk("WK310"), places.value(entry.node),
                           "{} is listed twice in exportTo: `.` is the namespace of this object", own);
      finding.note(resource.span(found->second->node), "listed first here").help("remove one of the two");
      continue;
    }
    const bool sound = *entry == "." || *entry == "*" || (takes_none && *entry == "~") || model::is_istio_label(*entry);
    if (sound) {
      seen.emplace(key, &entry);
      continue;
    }
    auto finding =
        out.report(wk("WK311"), places.value(entry.node), "{} is not a namespace, `.` or `*`", quoted(*entry));
    if (*entry == "~") {
      finding.help("only a ServiceEntry can be hidden from everybody; `.` shows it to its own namespace");
    } else if (entry->find('*') != std::string_view::npos) {
      finding.help("patterns are not possible: list the namespaces, or write `*` alone for all");
    } else {
      finding.help("name one namespace an entry: letters, digits and `-`, at most 63");
    }
  }
  for (const std::string_view alone : {"*", "~"}) {
    const auto found = seen.find(alone);
    const bool is_alone = std::ranges::all_of(*export_to, [&](const Text& entry) { return *entry == alone; });
    if (found == seen.end() || is_alone) continue;
    out.report(wk("WK312"), places.value(found->second->node), "{} must be the only exportTo entry", quoted(alone))
        .help(alone == "*" ? "`*` already stands for every namespace: keep it alone, or list the namespaces"
                           : "`~` hides the object from everybody: keep it alone, or remove it");
  }
}

}  // namespace wicket::check
