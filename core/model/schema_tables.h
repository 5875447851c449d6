// How a table of fields is written: the row maker, and which table describes which struct.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "model/decoder.h"
#include "model/destination_rule.h"
#include "model/gateway.h"
#include "model/kubernetes.h"
#include "model/resource.h"
#include "model/schema.h"
#include "model/service_entry.h"
#include "model/virtual_service.h"

namespace wicket::model {

/// The table of a message struct, and the names of an enum.
template <class Message>
inline constexpr const TypeInfo* kTypeOf = nullptr;
template <class Enum>
inline constexpr const EnumInfo* kEnumOf = nullptr;

#define WICKET_MODEL_TYPE(Message)        \
  extern const TypeInfo k##Message##Type; \
  template <>                             \
  inline constexpr const TypeInfo* kTypeOf<Message> = &k##Message##Type
#define WICKET_MODEL_ENUM(Name)        \
  extern const EnumInfo k##Name##Enum; \
  template <>                          \
  inline constexpr const EnumInfo* kEnumOf<Name> = &k##Name##Enum

WICKET_MODEL_TYPE(Gateway);
WICKET_MODEL_TYPE(Server);
WICKET_MODEL_TYPE(Port);
WICKET_MODEL_TYPE(ServerTLSSettings);
WICKET_MODEL_TYPE(TLSCertificate);
WICKET_MODEL_ENUM(ServerTlsMode);
WICKET_MODEL_ENUM(TlsProtocol);
WICKET_MODEL_TYPE(VirtualService);
WICKET_MODEL_TYPE(HTTPRoute);
WICKET_MODEL_TYPE(HTTPMatchRequest);
WICKET_MODEL_TYPE(StringMatch);
WICKET_MODEL_TYPE(HTTPRouteDestination);
WICKET_MODEL_TYPE(Destination);
WICKET_MODEL_TYPE(PortSelector);
WICKET_MODEL_TYPE(HTTPRedirect);
WICKET_MODEL_TYPE(HTTPDirectResponse);
WICKET_MODEL_TYPE(HTTPBody);
WICKET_MODEL_TYPE(Delegate);
WICKET_MODEL_TYPE(HTTPRewrite);
WICKET_MODEL_TYPE(RegexRewrite);
WICKET_MODEL_TYPE(HTTPRetry);
WICKET_MODEL_TYPE(HTTPFaultInjection);
WICKET_MODEL_TYPE(FaultDelay);
WICKET_MODEL_TYPE(FaultAbort);
WICKET_MODEL_TYPE(HTTPMirrorPolicy);
WICKET_MODEL_TYPE(Percent);
WICKET_MODEL_TYPE(CorsPolicy);
WICKET_MODEL_TYPE(Headers);
WICKET_MODEL_TYPE(HeaderOperations);
WICKET_MODEL_TYPE(TLSRoute);
WICKET_MODEL_TYPE(TLSMatchAttributes);
WICKET_MODEL_TYPE(TCPRoute);
WICKET_MODEL_TYPE(L4MatchAttributes);
WICKET_MODEL_TYPE(RouteDestination);
WICKET_MODEL_ENUM(RedirectPortSelection);
WICKET_MODEL_ENUM(UnmatchedPreflights);
WICKET_MODEL_TYPE(DestinationRule);
WICKET_MODEL_TYPE(Subset);
WICKET_MODEL_TYPE(TrafficPolicy);
WICKET_MODEL_TYPE(PortTrafficPolicy);
WICKET_MODEL_TYPE(TunnelSettings);
WICKET_MODEL_TYPE(ProxyProtocol);
WICKET_MODEL_TYPE(RetryBudget);
WICKET_MODEL_TYPE(LoadBalancerSettings);
WICKET_MODEL_TYPE(ConsistentHashLB);
WICKET_MODEL_TYPE(RingHash);
WICKET_MODEL_TYPE(MagLev);
WICKET_MODEL_TYPE(HTTPCookie);
WICKET_MODEL_TYPE(CookieAttribute);
WICKET_MODEL_TYPE(BackendUtilization);
WICKET_MODEL_TYPE(WarmupConfiguration);
WICKET_MODEL_TYPE(LocalityLoadBalancerSetting);
WICKET_MODEL_TYPE(LocalityDistribute);
WICKET_MODEL_TYPE(LocalityFailover);
WICKET_MODEL_TYPE(ZoneAwareLoadBalancerSetting);
WICKET_MODEL_TYPE(ZoneFailover);
WICKET_MODEL_TYPE(ConnectionPoolSettings);
WICKET_MODEL_TYPE(TCPSettings);
WICKET_MODEL_TYPE(TcpKeepalive);
WICKET_MODEL_TYPE(HTTPSettings);
WICKET_MODEL_TYPE(ConnectionKeepalive);
WICKET_MODEL_TYPE(OutlierDetection);
WICKET_MODEL_TYPE(ClientTLSSettings);
WICKET_MODEL_TYPE(LabelSelector);
WICKET_MODEL_ENUM(ProxyProtocolVersion);
WICKET_MODEL_ENUM(SimpleLB);
WICKET_MODEL_ENUM(H2UpgradePolicy);
WICKET_MODEL_ENUM(ClientTlsMode);
WICKET_MODEL_TYPE(ServiceEntry);
WICKET_MODEL_TYPE(ServicePort);
WICKET_MODEL_TYPE(WorkloadEntry);
WICKET_MODEL_TYPE(WorkloadSelector);
WICKET_MODEL_ENUM(Location);
WICKET_MODEL_ENUM(Resolution);
WICKET_MODEL_TYPE(ObjectMeta);
WICKET_MODEL_TYPE(Service);
WICKET_MODEL_TYPE(K8sServicePort);
WICKET_MODEL_TYPE(ContainerPort);
WICKET_MODEL_TYPE(Container);
WICKET_MODEL_TYPE(PodSpec);
WICKET_MODEL_TYPE(PodMetadata);
WICKET_MODEL_TYPE(PodTemplate);
WICKET_MODEL_TYPE(WorkloadSpec);
WICKET_MODEL_TYPE(Secret);
WICKET_MODEL_TYPE(K8sListener);
WICKET_MODEL_TYPE(KubernetesGateway);
WICKET_MODEL_TYPE(PodSelector);
WICKET_MODEL_TYPE(RequestAuthentication);

#undef WICKET_MODEL_TYPE
#undef WICKET_MODEL_ENUM

namespace detail {

template <class T>
struct LeafType;  // the FieldType of a Spanned's value
template <>
struct LeafType<std::string_view> {
  static constexpr FieldType value = FieldType::kString;
};
template <>
struct LeafType<std::uint32_t> {
  static constexpr FieldType value = FieldType::kUint32;
};
template <>
struct LeafType<std::int32_t> {
  static constexpr FieldType value = FieldType::kInt32;
};
template <>
struct LeafType<std::uint64_t> {
  static constexpr FieldType value = FieldType::kUint64;
};
template <>
struct LeafType<double> {
  static constexpr FieldType value = FieldType::kDouble;
};
template <>
struct LeafType<bool> {
  static constexpr FieldType value = FieldType::kBool;
};
template <>
struct LeafType<Duration> {
  static constexpr FieldType value = FieldType::kDuration;
};
template <>
struct LeafType<std::string> {
  static constexpr FieldType value = FieldType::kBytes;
};
template <>
struct LeafType<IntOrName> {
  static constexpr FieldType value = FieldType::kIntOrString;
};

/// Fills in what the type of a member says about its field.
template <class T>
constexpr void describe_element(FieldInfo& info, const T* /*tag*/) {
  info.type = FieldType::kMessage;
  info.message = kTypeOf<T>;
}
template <class T>
constexpr void describe_element(FieldInfo& info, const Spanned<T>* /*tag*/) {
  if constexpr (std::is_enum_v<T>) {
    info.type = FieldType::kEnum;
    info.enumeration = kEnumOf<T>;
  } else {
    info.type = LeafType<T>::value;
  }
}
template <class T>
constexpr void describe_member(FieldInfo& info, const Spanned<T>* tag) {
  describe_element(info, tag);
}
template <class T>
constexpr void describe_member(FieldInfo& info, const Box<T>* /*tag*/) {
  describe_element(info, static_cast<const T*>(nullptr));
}
template <class T>
constexpr void describe_member(FieldInfo& info, const List<T>* /*tag*/) {
  info.shape = Shape::kList;
  describe_element(info, static_cast<const T*>(nullptr));
}
template <class T>
constexpr void describe_member(FieldInfo& info, const Map<T>* /*tag*/) {
  info.shape = Shape::kMap;
  describe_element(info, static_cast<const T*>(nullptr));
}

template <class Member>
struct MemberOf;
template <class Class, class Type>
struct MemberOf<Type Class::*> {
  using Object = Class;
  using Value = Type;
};

template <auto Member>
void store(Decoder& decoder, const FieldInfo& info, yaml::NodeId node, void* object) {
  using Object = typename MemberOf<decltype(Member)>::Object;
  decoder.read(info, node, static_cast<Object*>(object)->*Member);
}

}  // namespace detail

/// The row of a field, from the member that holds it.
template <auto Member>
constexpr FieldInfo field(std::string_view name) {
  FieldInfo info;
  info.name = name;
  detail::describe_member(info, static_cast<const typename detail::MemberOf<decltype(Member)>::Value*>(nullptr));
  info.store = &detail::store<Member>;
  return info;
}

}  // namespace wicket::model
