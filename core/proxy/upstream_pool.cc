#include "proxy/upstream_pool.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "proxy/limits.h"
#include "proxy/upstream_side.h"

namespace wicket::proxy {
namespace {

// The host of an authority: without its port, and of an address without brackets.
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  const std::size_t colon = authority.rfind(':');
  return colon == std::string_view::npos ? authority : authority.substr(0, colon);
}

}  // namespace

UpstreamPool::~UpstreamPool() = default;

std::size_t UpstreamPool::Hash::operator()(const Asked& asked) const {
  constexpr std::size_t kFactor = 31;
  const std::hash<std::string_view> of_text;
  std::size_t hash = of_text(asked.endpoint.address) + asked.endpoint.port;
  if (asked.tls != nullptr)
    hash = (hash * kFactor + std::hash<const void*>()(asked.tls)) * kFactor + of_text(asked.host);
  return hash;
}

bool UpstreamPool::Same::operator()(const Asked& a, const Asked& b) const {
  return a.endpoint == b.endpoint && a.tls == b.tls && a.host == b.host;
}

std::shared_ptr<UpstreamStream> UpstreamPool::open(const UpstreamQuery& query, UpstreamEvents& events) {
  const bool has_host = query.tls != nullptr && (query.tls->sni_is_authority || query.tls->name_is_authority);
  const Asked wanted{.endpoint = query.endpoint,
                     .tls = query.tls.get(),
                     .host = has_host ? host_of(query.authority) : std::string_view()};
  auto group = groups_.find(wanted);
  std::shared_ptr<UpstreamSide> connection;
  if (group != groups_.end() && !group->second.idle.empty()) {
    connection = std::move(group->second.idle.back());
    group->second.idle.pop_back();
  } else {
    if (group == groups_.end())
      group = groups_.try_emplace({query.endpoint, query.tls, std::string(wanted.host)}).first;
    connection = std::make_shared<UpstreamSide>(loop_, *this, group->first, group->second);
    ++group->second.connections;
    connection->set_index(all_.size());
    all_.push_back(connection);
    connection->connect();
  }
  connection->begin(events);
  return connection;
}

void UpstreamPool::give_back(const std::shared_ptr<UpstreamSide>& connection) {
  std::vector<std::shared_ptr<UpstreamSide>>& idle = connection->group().idle;
  idle.push_back(connection);
  if (idle.size() <= limits::kMaxIdle) return;
  const std::shared_ptr<UpstreamSide> oldest = idle.front();
  oldest->cancel();
}

void UpstreamPool::remove(const std::shared_ptr<UpstreamSide>& connection) {
  const std::size_t index = connection->index();
  if (index >= all_.size() || all_[index] != connection) return;  // it has been
  loop_.bury(connection);
  std::erase(connection->group().idle, connection);
  if (--connection->group().connections == 0) groups_.erase(groups_.find(connection->place()));
  all_[index] = std::move(all_.back());
  all_[index]->set_index(index);
  all_.pop_back();
}

void UpstreamPool::check_deadlines(std::chrono::steady_clock::time_point now) {
  const std::vector<std::shared_ptr<UpstreamSide>> all = all_;
  for (const std::shared_ptr<UpstreamSide>& connection : all) connection->check_deadline(now);
}

}  // namespace wicket::proxy
