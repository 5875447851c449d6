#include "model/api_group.h"

#include "support/catch.h"

namespace wicket::model {
namespace {

TEST_CASE("apiVersion and kind are looked up together") {
  using enum Served;
  struct Case {
    const char* api_version;
    const char* kind;
    Served served;
    const char* suggestion;
  };
  const Case cases[] = {
      {"networking.istio.io/v1", "Gateway", kRead, ""},
      {"networking.istio.io/v1alpha3", "ServiceEntry", kRead, ""},
      {"networking.istio.io/v1", "Sidecar", kUnreadIstio, ""},
      {"networking.istio.io/v1", "EnvoyFilter", kUnknownVersion, "networking.istio.io"},
      {"networking.istio.io/v2", "Gateway", kUnknownVersion, "networking.istio.io"},
      {"security.istio.io/v1", "Gateway", kUnknownVersion, "networking.istio.io"},
      {"networking.istio.io/v1", "gateway", kUnknownKind, "Gateway"},
      {"networking.istio.io/v1", "Gateways", kUnknownKind, "Gateway"},
      {"networking.istio.io/v1", "ServiceEntries", kUnknownKind, "ServiceEntry"},
      {"networking.istio.io/v1", "Banana", kUnknownKind, ""},
      {"networking.istio.io/v1", "VirtualServiceList", kList, ""},
      {"networking.istio.io/v1", "SidecarList", kForeignList, ""},
      {"network.istio.io/v1", "Gateway", kUnknownGroup, "networking.istio.io"},
      {"v1", "VirtualService", kUnknownGroup, "networking.istio.io"},
      {"config.istio.io/v1alpha2", "rule", kRemovedApi, ""},
      {"gateway.networking.k8s.io/v1", "Gateway", kOtherGateway, ""},
      {"gateway.networking.k8s.io/v1", "HTTPRoute", kForeign, ""},
      {"security.istio.io/v1", "RequestAuthentication", kRead, ""},
      {"security.istio.io/v1", "PeerAuthentication", kUnreadIstio, ""},
      {"cert-manager.io/v1", "Certificate", kRead, ""},
      {"networking.internal.knative.dev/v1alpha1", "Certificate", kForeign, ""},
      {"v1", "Service", kRead, ""},
      {"v1", "ConfigMap", kForeign, ""},
      {"apps/v1", "Deployment", kRead, ""},
      {"serving.knative.dev/v1", "Service", kForeign, ""},
      {"v1", "List", kList, ""},
      {"v1", "ServiceList", kList, ""},
      {"example.com/v1", "Gateway", kForeign, ""},
  };
  for (const Case& c : cases) {
    INFO(c.api_version << " " << c.kind);
    const Lookup found = look_up(c.api_version, c.kind);
    CHECK(static_cast<int>(found.served) == static_cast<int>(c.served));
    CHECK(found.suggestion == c.suggestion);
  }
}

}  // namespace
}  // namespace wicket::model
