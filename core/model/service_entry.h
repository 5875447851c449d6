// ServiceEntry of networking.istio.io: hosts added to the registry.
// Names, order and meaning of the fields are those of the Istio API reference.
#pragma once

#include <cstdint>

#include "model/spanned.h"

namespace wicket::model {

enum class Location : std::uint8_t { kMeshExternal, kMeshInternal };
enum class Resolution : std::uint8_t { kNone, kStatic, kDns, kDnsRoundRobin, kDynamicDns };

struct ServicePort {
  NodeId node{};
  Spanned<std::uint32_t> number;
  Text protocol;
  Text name;
  Spanned<std::uint32_t> target_port;
};

struct WorkloadEntry {
  NodeId node{};
  Text address;
  Map<Spanned<std::uint32_t>> ports;
  TextMap labels;
  Text network;
  Text locality;
  Spanned<std::uint32_t> weight;
  Text service_account;
};

struct WorkloadSelector {
  NodeId node{};
  TextMap labels;
};

struct ServiceEntry {
  NodeId node{};
  List<Text> hosts;
  List<Text> addresses;
  List<ServicePort> ports;
  Spanned<Location> location;
  Spanned<Resolution> resolution;
  List<WorkloadEntry> endpoints;
  Box<WorkloadSelector> workload_selector;
  List<Text> export_to;
  List<Text> subject_alt_names;
};

}  // namespace wicket::model
