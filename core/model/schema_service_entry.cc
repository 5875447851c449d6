// The fields of ServiceEntry, one row each. Limits, defaults and meaning: Istio API reference and CRD schema.
#include "model/service_entry.h"

#include "model/schema_tables.h"

namespace wicket::model {
namespace {

constexpr std::string_view kLocationNames[] = {"MESH_EXTERNAL", "MESH_INTERNAL"};
constexpr std::string_view kResolutionNames[] = {"NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"};

constexpr FieldInfo kServiceEntryFields[] = {
    field<&ServiceEntry::hosts>("hosts")
        .required()
        .is(Format::kHost)
        .items(0, 256)
        .describe("Names of the service, *.example.com allowed, * alone not; 1 to 256."),
    field<&ServiceEntry::addresses>("addresses")
        .is(Format::kHost)
        .items(0, 256)
        .length(64)
        .describe("IP addresses or CIDR blocks of the service; at most 256."),
    field<&ServiceEntry::ports>("ports").items(0, 256).describe("Ports of the service; at most 256."),
    field<&ServiceEntry::location>("location").describe("Outside or inside of the mesh; default: MESH_EXTERNAL."),
    field<&ServiceEntry::resolution>("resolution")
        .describe("How endpoints are found; default: NONE, the address that the client asked for."),
    field<&ServiceEntry::endpoints>("endpoints")
        .items(0, 4096)
        .describe("Where the service runs; at most 4096. Not with workloadSelector."),
    field<&ServiceEntry::workload_selector>("workloadSelector")
        .describe("Pods and WorkloadEntries that are the endpoints. Not with endpoints."),
    field<&ServiceEntry::export_to>("exportTo")
        .is(Format::kName)
        .describe("Namespaces that see this: . (its own), * (all), ~ (none) or names."),
    field<&ServiceEntry::subject_alt_names>("subjectAltNames")
        .describe("Names of which the service's certificate must carry one."),
};
constexpr FieldInfo kServicePortFields[] = {
    field<&ServicePort::number>("number").required().describe("1 to 65535."),
    field<&ServicePort::protocol>("protocol")
        .is(Format::kName)
        .length(256)
        .describe("HTTP, HTTPS, HTTP2, GRPC, TLS, TCP and so on, in any letter case. Default: found out."),
    field<&ServicePort::name>("name")
        .required()
        .is(Format::kName)
        .length(256)
        .describe("A DNS label, unique in this object."),
    field<&ServicePort::target_port>("targetPort").describe("Port of the endpoints, 1 to 65535; default: number."),
};
constexpr FieldInfo kWorkloadEntryFields[] = {
    field<&WorkloadEntry::address>("address")
        .is(Format::kHost)
        .length(256)
        .describe("IP, unix:///path with STATIC, or FQDN with DNS; at most 256 characters."),
    field<&WorkloadEntry::ports>("ports").items(0, 128).describe(
        "Port numbers by name of the service's port, where they differ; at most 128."),
    field<&WorkloadEntry::labels>("labels").items(0, 256).describe("Labels of the endpoint, for subsets."),
    field<&WorkloadEntry::network>("network").length(2048).describe(
        "Network of the endpoint; endpoints of one network reach each other directly."),
    field<&WorkloadEntry::locality>("locality").length(2048).describe("Where it runs: region/zone/subzone."),
    field<&WorkloadEntry::weight>("weight").describe("Share relative to the other endpoints; default: 1."),
    field<&WorkloadEntry::service_account>("serviceAccount")
        .length(253)
        .describe("Service account that it runs as, in the same namespace."),
};
constexpr FieldInfo kWorkloadSelectorFields[] = {
    field<&WorkloadSelector::labels>("labels").items(0, 256).length(63).describe(
        "Labels that they must have; at most 256, values of at most 63 characters, without *."),
};

}  // namespace

constinit const EnumInfo kLocationEnum{.name = "Location", .values = kLocationNames};
constinit const EnumInfo kResolutionEnum{.name = "Resolution", .values = kResolutionNames};
constinit const TypeInfo kServiceEntryType{.name = "ServiceEntry",
                                           .doc = "A service that Kubernetes does not know, or one run by hand.",
                                           .fields = kServiceEntryFields};
constinit const TypeInfo kServicePortType{
    .name = "ServicePort", .doc = "A port of the service.", .fields = kServicePortFields};
constinit const TypeInfo kWorkloadEntryType{
    .name = "WorkloadEntry", .doc = "An endpoint.", .fields = kWorkloadEntryFields};
constinit const TypeInfo kWorkloadSelectorType{
    .name = "WorkloadSelector", .doc = "Pods and WorkloadEntries by their labels.", .fields = kWorkloadSelectorFields};

const TypeInfo& service_entry_type() { return kServiceEntryType; }

}  // namespace wicket::model
