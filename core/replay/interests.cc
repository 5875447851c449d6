#include "replay/interests.h"

#include <algorithm>
#include <variant>

#include "route/matcher.h"
#include "rules/host_names.h"
#include "rules/rule_set.h"

namespace wicket::replay {
Interests::Interests(const route::RouteTable& table) {
  const rules::RuleSet& rules = table.rules();
  // What is looked at whatever the rules are: gRPC, upgrades, CORS.
  headers_ = {"access-control-request-method", "content-type", "origin", "upgrade"};
  every_header_ = rules.mesh.reject_underscored_headers;
  query_ = rules.mesh.escaped_slashes.has_value();
  if (rules.mesh.trusted_proxies > 0) {
    headers_.insert(headers_.end(), {"x-forwarded-for", "x-forwarded-proto"});
    peer_ = true;
  }
  for (const rules::Listener& listener : rules.listeners) local_address_ = local_address_ || !listener.bind.empty();
  for (const rules::HostTable& hosts : rules.tables) {
    for (const rules::VirtualHost& host : hosts.hosts) {
      for (const rules::RuleRef& rule : host.rules) {
        query_ = query_ || !rule->match.query_params.empty();
        for (const rules::NamedPredicate& header : rule->match.headers) {
          std::string name = rules::lower_case(header.name);
          const route::Source source = route::source_of(name);
          query_ = query_ || source == route::Source::kPath;
          request_id_ = request_id_ || source == route::Source::kRequestId;
          peer_ = peer_ || source == route::Source::kForwardedFor || source == route::Source::kClientAddress;
          if (std::ranges::find(headers_, name) == headers_.end()) headers_.push_back(std::move(name));
        }
      }
    }
  }
  std::ranges::sort(headers_);
}

void Interests::key_of(const Record& record, std::string& key) const {
  const route::Request& request = record.request;
  key.clear();
  const auto add = [&key](std::string_view text) { key.append(text).push_back('\0'); };
  const std::string_view target = request.target;
  // Where the answer is compared with what the log says of it, the query is a part of the answer.
  const bool keeps_query = query_ || record.recorded.location.known;
  add(request.method);
  add(request.authority);
  add(keeps_query ? target : target.substr(0, target.find('?')));
  add(request.sni);
  add(request.scheme);
  key.push_back(static_cast<char>('0' + static_cast<int>(request.version) * 2 + (request.tls ? 1 : 0)));
  key.append(std::to_string(request.port));
  key.push_back(static_cast<char>('a' + static_cast<int>(record.kind)));
  if (record.draw) add(std::to_string(*record.draw));
  if (local_address_) add(record.local_address);
  if (peer_) add(record.peer_address);
  if (request_id_) add(record.request_id);
  std::string lower;
  for (const auto& [name, value] : request.headers) {
    // Readers of logs have them in lower case already.
    const bool is_lower = std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_lower) lower = rules::lower_case(name);
    const std::string& known = is_lower ? name : lower;
    if (!every_header_ && !std::ranges::binary_search(headers_, known)) continue;
    add(known);
    add(value);
  }
}

void Interests::reduce(Record& record) const {
  std::erase_if(record.request.headers, [this](const route::Header& header) {
    return !every_header_ && !std::ranges::binary_search(headers_, rules::lower_case(header.first));
  });
  if (!peer_) record.peer_address.clear();
  if (!request_id_) record.request_id.clear();
}

}  // namespace wicket::replay
