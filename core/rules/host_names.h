// Host names as Istio compares, combines and completes them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wicket::rules {

/// A host of a Gateway server after its namespace was taken off: "ns/host", "./host", "*/host" or "host".
struct ServerHost {
  std::string ns;    // only VirtualServices of this namespace; empty: of any
  std::string name;  // a host name, perhaps with a leading '*'

  /// Whether it is for VirtualServices of a namespace.
  [[nodiscard]] bool is_for(std::string_view service_ns) const { return ns.empty() || ns == service_ns; }

  friend bool operator==(const ServerHost&, const ServerHost&) = default;
};

/// Whether all names that `name` stands for are names that `other` stands for. Bytes are compared as they are.
/// Source: Istio pkg/config/host, Name.SubsetOf (R-HOST-1).
[[nodiscard]] bool is_subset_of(std::string_view name, std::string_view other);

/// Whether some name is one that both stand for. Source: Istio pkg/config/host, Name.Matches (R-HOST-1).
[[nodiscard]] bool have_common_name(std::string_view a, std::string_view b);

/// The narrower of the two names for each pair of which one holds the other, in the order of `server_hosts`, without
/// duplicates. Source: Istio pkg/config/host, Names.Intersection (R-HOST-2).
[[nodiscard]] std::vector<std::string_view> intersection(std::span<const std::string_view> server_hosts,
                                                         std::span<const std::string_view> service_hosts);

/// The hosts of one server, to be intersected with those of many VirtualServices. Refers to the hosts.
class ServerNames {
 public:
  explicit ServerNames(std::span<const ServerHost> hosts);

  /// As intersection() of the hosts that are for VirtualServices of the namespace with the hosts of one there.
  /// Cost: a look-up and the wildcards of the server for each host; all hosts of the server where one is a wildcard.
  [[nodiscard]] std::vector<std::string_view> common(std::span<const std::string> service_hosts,
                                                     std::string_view ns) const;

 private:
  [[nodiscard]] std::vector<std::string_view> common_with_wildcards(std::span<const std::string> service_hosts,
                                                                    std::string_view ns) const;
  [[nodiscard]] std::optional<std::size_t> first_around(std::string_view host, std::string_view ns) const;

  std::span<const ServerHost> hosts_;
  std::unordered_multimap<std::string_view, std::size_t> exact_;  // name ▸ hosts_
  std::vector<std::size_t> wildcards_;
};

/// A name without a dot becomes <name>.<ns>.svc.<domain>; dotted names, wildcards and addresses stay as they are.
/// Source: Istio pilot/pkg/model, ResolveShortnameToFQDN (R-HOST-4).
[[nodiscard]] std::string fully_qualified(std::string_view name, std::string_view ns, std::string_view domain);
/// The same for those who only look at it: `name` itself where that is all, else what `room` then holds.
[[nodiscard]] std::string_view fully_qualified(std::string_view name, std::string_view ns, std::string_view domain,
                                               std::string& room);

/// A host of a server of a Gateway in namespace `gateway_ns`. Source: Istio pilot/pkg/model,
/// sanitizeServerHostNamespace (R-BIND-7).
[[nodiscard]] ServerHost server_host(std::string_view written, std::string_view gateway_ns);

/// All hosts of a server; "*/*" among them stands for the whole list (R-BIND-7).
[[nodiscard]] std::vector<ServerHost> server_hosts(std::span<const std::string_view> written,
                                                   std::string_view gateway_ns);

/// The Gateway ("namespace/name") that a VirtualService of namespace `ns` means by `written`; nothing for "mesh".
/// Source: Istio pilot/pkg/model, resolveGatewayName (R-BIND-2, R-BIND-3).
[[nodiscard]] std::optional<std::string> gateway_name(std::string_view written, std::string_view ns);
/// The same for those who only look at it: `written` itself where that is all, else what `room` then holds.
[[nodiscard]] std::optional<std::string_view> gateway_name(std::string_view written, std::string_view ns,
                                                           std::string& room);

/// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace wicket::rules
