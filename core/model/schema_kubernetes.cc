// The fields of Kubernetes kinds that look-ups need. Everything else in these kinds is no concern of ours.
#include "model/schema_tables.h"

namespace wicket::model {
namespace {

constexpr FieldInfo kObjectMetaFields[] = {
    field<&ObjectMeta::name>("name").describe("Name of the object, unique for its kind in its namespace."),
    field<&ObjectMeta::generate_name>("generateName").describe("Prefix of a name that the API server completes."),
    field<&ObjectMeta::ns>("namespace").describe("Namespace of the object."),
    field<&ObjectMeta::labels>("labels").describe("Labels, by which other objects select this one."),
    field<&ObjectMeta::annotations>("annotations").describe("Annotations for tools."),
    field<&ObjectMeta::creation_timestamp>("creationTimestamp").nullable().describe("Set by the API server."),
};
constexpr FieldInfo kServicePortFields[] = {
    field<&K8sServicePort::name>("name"),
    field<&K8sServicePort::protocol>("protocol"),
    field<&K8sServicePort::app_protocol>("appProtocol"),
    field<&K8sServicePort::port>("port"),
    field<&K8sServicePort::target_port>("targetPort"),
    field<&K8sServicePort::node_port>("nodePort"),
};
constexpr FieldInfo kServiceFields[] = {
    field<&Service::type>("type"),
    field<&Service::cluster_ip>("clusterIP"),
    field<&Service::external_name>("externalName"),
    field<&Service::selector>("selector"),
    field<&Service::ports>("ports"),
};
constexpr FieldInfo kContainerPortFields[] = {
    field<&ContainerPort::name>("name"),
    field<&ContainerPort::protocol>("protocol"),
    field<&ContainerPort::container_port>("containerPort"),
};
constexpr FieldInfo kContainerFields[] = {
    field<&Container::name>("name"),
    field<&Container::image>("image"),
    field<&Container::ports>("ports"),
};
constexpr FieldInfo kPodSpecFields[] = {field<&PodSpec::containers>("containers")};
constexpr FieldInfo kPodMetadataFields[] = {field<&PodMetadata::labels>("labels")};
constexpr FieldInfo kPodTemplateFields[] = {
    field<&PodTemplate::metadata>("metadata"),
    field<&PodTemplate::spec>("spec"),
};
constexpr FieldInfo kWorkloadSpecFields[] = {field<&WorkloadSpec::pod_template>("template")};
constexpr FieldInfo kSecretFields[] = {
    field<&Secret::type>("type"),
    field<&Secret::data>("data"),
    field<&Secret::string_data>("stringData"),
};
constexpr FieldInfo kK8sListenerFields[] = {field<&K8sListener::hostname>("hostname")};
constexpr FieldInfo kKubernetesGatewayFields[] = {field<&KubernetesGateway::listeners>("listeners")};
constexpr FieldInfo kPodSelectorFields[] = {field<&PodSelector::match_labels>("matchLabels")};
constexpr FieldInfo kRequestAuthenticationFields[] = {field<&RequestAuthentication::selector>("selector")};

}  // namespace

constinit const TypeInfo kObjectMetaType{.name = "ObjectMeta", .doc = {}, .fields = kObjectMetaFields, .strict = false};
constinit const TypeInfo kK8sServicePortType{
    .name = "ServicePort", .doc = {}, .fields = kServicePortFields, .strict = false};
constinit const TypeInfo kServiceType{.name = "Service", .doc = {}, .fields = kServiceFields, .strict = false};
constinit const TypeInfo kContainerPortType{
    .name = "ContainerPort", .doc = {}, .fields = kContainerPortFields, .strict = false};
constinit const TypeInfo kContainerType{.name = "Container", .doc = {}, .fields = kContainerFields, .strict = false};
constinit const TypeInfo kPodSpecType{.name = "PodSpec", .doc = {}, .fields = kPodSpecFields, .strict = false};
constinit const TypeInfo kPodMetadataType{
    .name = "ObjectMeta", .doc = {}, .fields = kPodMetadataFields, .strict = false};
constinit const TypeInfo kPodTemplateType{
    .name = "PodTemplate", .doc = {}, .fields = kPodTemplateFields, .strict = false};
constinit const TypeInfo kWorkloadSpecType{
    .name = "WorkloadSpec", .doc = {}, .fields = kWorkloadSpecFields, .strict = false};
constinit const TypeInfo kSecretType{.name = "Secret", .doc = {}, .fields = kSecretFields, .strict = false};
constinit const TypeInfo kK8sListenerType{.name = "Listener", .doc = {}, .fields = kK8sListenerFields, .strict = false};
constinit const TypeInfo kKubernetesGatewayType{
    .name = "Gateway", .doc = {}, .fields = kKubernetesGatewayFields, .strict = false};
constinit const TypeInfo kPodSelectorType{
    .name = "WorkloadSelector", .doc = {}, .fields = kPodSelectorFields, .strict = false};
constinit const TypeInfo kRequestAuthenticationType{
    .name = "RequestAuthentication", .doc = {}, .fields = kRequestAuthenticationFields, .strict = false};

const TypeInfo& metadata_type() { return kObjectMetaType; }
const TypeInfo& service_type() { return kServiceType; }
const TypeInfo& workload_spec_type() { return kWorkloadSpecType; }
const TypeInfo& pod_spec_type() { return kPodSpecType; }
const TypeInfo& secret_type() { return kSecretType; }
const TypeInfo& kubernetes_gateway_type() { return kKubernetesGatewayType; }
const TypeInfo& request_authentication_type() { return kRequestAuthenticationType; }

}  // namespace wicket::model
