// WK426: the namespaces in exportTo.
#include <variant>

#include "check/references.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check::references {

using model::Resource;
using model::Text;

void check_namespaces(const CheckInput& in, Reporter& out) {
  const auto check = [&](const Resource& resource, const model::List<Text>& export_to) {
    for (const Text& entry : export_to) {
      if (!entry || !model::is_istio_label(*entry)) continue;  // also ".", "*" and "~"
      const Reference reference = in.estate->ns(*entry);
      if (reference.answer == Answer::kFound) continue;
      if (reference.answer == Answer::kUnknown) {
        out.leave_unknown();
        continue;
      }
      auto finding =
          out.report(wk("WK426"), Places(resource).value(entry.node), "namespace {} not found", quoted(*entry));
      if (!reference.help.empty()) finding.help(reference.help);
      if (reference.near != nullptr)
        finding.note(reference.near->span(reference.near->metadata.name.node), "this one is there");
    }
  };
  for (const model::Kind kind :
       {model::Kind::kVirtualService, model::Kind::kDestinationRule, model::Kind::kServiceEntry}) {
    for (const Resource* resource : in.workspace.all(kind)) {
      if (const auto* service = std::get_if<model::VirtualService>(&resource->spec))
        check(*resource, service->export_to);
      if (const auto* rule = std::get_if<model::DestinationRule>(&resource->spec)) check(*resource, rule->export_to);
      if (const auto* entry = std::get_if<model::ServiceEntry>(&resource->spec)) check(*resource, entry->export_to);
    }
  }
}

}  // namespace wicket::check::references
