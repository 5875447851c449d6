// WK3xx: what Istio's webhook, and the control plane after it, object to in a VirtualService. The shape of the object
// as a whole; the rest is in virtual_service_*.cc.
#include "check/virtual_service.h"

#include <algorithm>
#include <memory>

#include "check/export_to.h"
#include "check/registry.h"
#include "check/run.h"
#include "check/words.h"

namespace wicket::check {
namespace {

using model::Resource;
using model::VirtualService;
using virtual_service::Subject;
using virtual_service::wk;

void check_delegate(const Subject& subject) {
  const VirtualService& spec = subject.spec;
  if (!spec.gateways.empty())
    subject
        .report(wk("WK301"), subject.places.key(spec.gateways.node),
                "a VirtualService without hosts is a delegate and cannot have gateways")
        .help("remove gateways, or add the hosts that it is for");
  if (!spec.tls.empty())
    subject.report(wk("WK302"), subject.places.key(spec.tls.node), "a delegate VirtualService cannot have tls routes")
        .help("only http routes can be delegated; add hosts if it is no delegate");
  if (!spec.tcp.empty())
    subject.report(wk("WK303"), subject.places.key(spec.tcp.node), "a delegate VirtualService cannot have tcp routes")
        .help("only http routes can be delegated; add hosts if it is no delegate");
}

void check_sections(const Subject& subject) {
  const VirtualService& spec = subject.spec;
  if (!subject.surely_empty(spec.http, spec.node, "http") || !subject.surely_empty(spec.tls, spec.node, "tls") ||
      !subject.surely_empty(spec.tcp, spec.node, "tcp"))
    return;
  subject.report(wk("WK308"), subject.places.key(spec.node), "a VirtualService needs http, tls or tcp routes")
      .help("add http with at least one route");
}

void check_routes(const Subject& subject) {
  using namespace virtual_service;
  const VirtualService& spec = subject.spec;
  for (std::size_t i = 0; i < spec.http.size(); ++i) {
    const model::HTTPRoute& route = spec.http[i];
    check_actions(subject, route, i);
    check_matches(subject, route);
    check_header_operations(subject, route);
    if (route.cors_policy) check_cors(subject, *route.cors_policy);
    if (route.fault) check_faults(subject, *route.fault);
    check_mirrors(subject, route);
    if (route.retries) check_retries(subject, *route.retries);
    check_route_destinations(subject, route);
  }
  for (const model::TLSRoute& route : spec.tls) check_tls(subject, route);
  for (const model::TCPRoute& route : spec.tcp) check_tcp(subject, route);
}

void check_virtual_service(const Subject& subject) {
  if (subject.is_delegate) check_delegate(subject);
  check_gateways(subject);
  check_hosts(subject);
  check_sections(subject);
  check_routes(subject);
}

/// Conditions on headers and parameters whose value is null, which decoding passed over.
void check_null_conditions(const model::ParsedFile& file, Reporter& out) {
  for (const model::Problem& problem : file.problems) {
    if (problem.kind != model::ProblemKind::kNullCondition) continue;
    const Resource* resource =
        problem.resource < 0 ? nullptr : &file.resources[static_cast<std::size_t>(problem.resource)];
    const Place place{.span = problem.document->span(problem.node),
                      .document = problem.document,
                      .node = problem.node,
                      .resource = resource};
    out.report(wk("WK322"), place, "the condition on {} is null; use {{}} to ask only that it is present",
               quoted(problem.text))
        .help("the API server drops the key, and the condition with it: write {} or a condition");
  }
}

class VirtualServices : public Visitor {
 public:
  VirtualServices(const CheckInput& in, Reporter& out) : in_(in), out_(out) {}

  void visit(const Visit& visit) override {
    check_export_to(visit.resource, out_);
    check_virtual_service(virtual_service::subject_of(in_, visit, patterns_, out_));
  }

  void finish() override {
    for (const model::Kind kind : {model::Kind::kDestinationRule, model::Kind::kServiceEntry})
      for (const Resource* resource : in_.workspace.all(kind)) check_export_to(*resource, out_);
    for (const auto& file : in_.workspace.files()) check_null_conditions(*file, out_);
  }

 private:
  const CheckInput& in_;
  Reporter& out_;
  Patterns patterns_;
};

std::unique_ptr<Visitor> make_visitor(const CheckInput& in, Reporter& out) {
  return std::make_unique<VirtualServices>(in, out);
}

}  // namespace

namespace virtual_service {

namespace {

/// Fills in what kind of VirtualService it is: the members from `is_delegate` on.
void classify(Subject& subject) {
  const VirtualService& spec = subject.spec;
  subject.is_delegate = subject.surely_empty(spec.hosts, spec.node, "hosts");
  subject.names_mesh =
      std::ranges::any_of(spec.gateways, [](const model::Text& gateway) { return *gateway == "mesh"; });
  subject.applies_to_mesh = subject.names_mesh || subject.surely_empty(spec.gateways, spec.node, "gateways");
  const auto* annotation = subject.resource.metadata.annotations.find("internal.istio.io/route-semantics");
  subject.has_gateway_semantics = annotation != nullptr && *annotation->value == "gateway";
}

}  // namespace

Subject subject_of(const CheckInput& in, const Visit& visit, Patterns& patterns, Reporter& out) {
  Subject subject{.resource = visit.resource,
                  .spec = visit.spec,
                  .places = Places(visit.resource),
                  .out = out,
                  .unknown_fields = visit.unknown_fields,
                  .patterns = patterns,
                  .ns = in.workspace.ns_of(visit.resource),
                  .cluster_domain = in.workspace.options().cluster_domain};
  classify(subject);
  return subject;
}

}  // namespace virtual_service

extern const Family kVirtualServices;
constinit const Family kVirtualServices{.prefix = "WK3",
                                        .title = "VirtualService",
                                        .rules = virtual_service::kVirtualServiceRules,
                                        .visitor = make_visitor};

}  // namespace wicket::check
