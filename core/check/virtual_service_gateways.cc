// References to gateways, in spec.gateways and in matches; and JWT claims, which only gateways know.
#include <algorithm>

#include "check/http_text.h"
#include "check/registry.h"
#include "check/virtual_service.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check::virtual_service {
namespace {

using model::Text;

void check_claims(const Subject& subject, const model::Map<model::StringMatch>& headers) {
  for (const auto& entry : headers) {
    if (claim_key(entry.key) != ClaimKey::kClaim) continue;
    auto finding =
        subject.is_delegate
            ? subject.report(wk("WK304"), subject.places.key(entry.value.node),
                             "Istio refuses JWT claims in a delegate, whatever gateway its root is bound to")
            : subject.report(wk("WK304"), subject.places.key(entry.value.node),
                             "JWT claims match on gateways only; this VirtualService also applies to the mesh");
    if (subject.is_delegate) {
      finding.help("match the claim in the root");
    } else if (subject.names_mesh) {
      finding.help("take mesh from the gateways");
    } else {
      finding.help("bind it to a gateway");
    }
  }
}

/// Whether Istio takes the two sides of namespace/name.
bool are_sides(const Subject& subject, std::string_view ns, std::string_view name, bool is_match) {
  if (!model::is_istio_label(ns) || name.empty()) return false;
  return model::is_istio_label(name) || (subject.has_gateway_semantics && !is_match);
}

/// A Gateway that Istio generated from one of the Kubernetes Gateway API: WK405 has better words for it.
bool is_told_as_generated(const Subject& subject, std::string_view gateway) {
  return is_generated_gateway(gateway) && subject.out.is_heard(*find_rule("WK405"));
}

void check_short_name(const Subject& subject, const Text& gateway, bool is_own) {
  const std::string_view name = *gateway;
  if (!model::is_fqdn(name)) {
    auto finding =
        subject.report(wk("WK314"), subject.places.value(gateway.node), "{} is not a gateway reference", quoted(name));
    finding.help("write the name of a Gateway, namespace/name, or mesh");
    if (is_own) finding.origin(Origin::kOwn);
    return;
  }
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return;
  const std::string_view first = name.substr(0, dot);
  const std::string_view rest = name.substr(dot + 1);
  const std::string_view second = rest.substr(0, rest.find('.'));
  auto finding = subject.report(wk("WK313"), subject.places.value(gateway.node),
                                "{} is the old form of a gateway reference", quoted(name));
  if (is_own) finding.origin(Origin::kOwn);
  if (second.empty()) {
    finding.help("write namespace/name");
    return;
  }
  finding.help(fmt::format("write {}/{}", second, first));
  if (subject.is_written_here(gateway.node))
    finding.fix("write namespace/name", {{subject.resource.span(gateway.node), fmt::format("{}/{}", second, first)}});
}

}  // namespace

void check_gateway_names(const Subject& subject, const model::List<Text>& gateways, bool is_match) {
  // The webhook stops at the first entry without a slash; what is wrong behind it only shows in what does not work.
  bool is_behind = false;
  for (const Text& gateway : gateways) {
    if (!gateway || is_told_as_generated(subject, *gateway)) continue;
    const std::size_t slash = gateway->find('/');
    if (slash == std::string_view::npos) {
      // Of a match the webhook drops its warnings.
      const bool is_old_form = gateway->find('.') != std::string_view::npos;
      check_short_name(subject, gateway, is_behind || (is_match && is_old_form && model::is_fqdn(*gateway)));
      is_behind = true;
      continue;
    }
    const std::string_view ns = gateway->substr(0, slash);
    const std::string_view name = gateway->substr(slash + 1);
    if (!are_sides(subject, ns, name, is_match)) {
      auto finding = subject.report(wk("WK314"), subject.places.value(gateway.node), "{} is not a gateway reference",
                                    quoted(*gateway));
      if (ns == ".") {
        finding.help(fmt::format("`.` is not taken here: write {}/{}, or {} alone", subject.ns, name, name));
      } else {
        finding.help("write name or namespace/name, both of letters, digits and `-`, at most 63");
      }
      if (is_behind) finding.origin(Origin::kOwn);
    } else if (name == "mesh") {
      subject
          .report(wk("WK314"), subject.places.value(gateway.node), "{} means a Gateway called mesh, not the sidecars",
                  quoted(*gateway))
          .level(Severity::kWarning)
          .origin(Origin::kOwn)
          .help("write mesh alone for the sidecars");
    }
  }
}

void check_gateways(const Subject& subject) {
  check_gateway_names(subject, subject.spec.gateways, false);
  if (!subject.applies_to_mesh) return;
  for (const model::HTTPRoute& route : subject.spec.http)
    for (const model::HTTPMatchRequest& match : route.match) {
      check_claims(subject, match.headers);
      check_claims(subject, match.without_headers);
    }
}

}  // namespace wicket::check::virtual_service
