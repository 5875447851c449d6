#include "check/estate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/edit_distance.h"

namespace wicket::check {

using model::Kind;

bool Known::has_service(std::string_view host) const {
  return std::ranges::any_of(services, [&](std::string_view known) {
    return known == host ||
           (known.starts_with("*.") && host.size() > known.size() - 1 && host.ends_with(known.substr(1)));
  });
}

const ServiceIndex& Estate::services() const {
  if (!services_) services_.emplace(workspace_);
  return *services_;
}

const PodIndex& Estate::pods() const {
  if (!pods_) pods_.emplace(workspace_);
  return *pods_;
}

const Estate::Directory& Estate::directory(Kind kind) const {
  const auto [entry, is_new] = directories_.try_emplace(kind);
  Directory& directory = entry->second;
  if (!is_new) return directory;
  for (const model::Resource* resource : workspace_.all(kind)) {
    if (resource->name().empty()) continue;
    const std::string_view ns = workspace_.ns_of(*resource);
    directory.by_namespace[ns].push_back(resource->name());
    directory.by_name[resource->name()].push_back(ns);
  }
  return directory;
}

Reference Estate::object(Kind kind, std::string_view ns, std::string_view name) const {
  Reference reference{.found = workspace_.find(kind, ns, name)};
  if (reference.found != nullptr) {
    reference.answer = Answer::kFound;
    return reference;
  }
  const Directory& all = directory(kind);
  const auto meant = [&](std::string_view near_ns, std::string_view near_name) {
    reference.answer = Answer::kMissing;
    reference.near = workspace_.find(kind, near_ns, near_name);
    reference.help = near_ns.empty() ? fmt::format("did you mean {}?", near_name)
                                     : fmt::format("did you mean {}/{}?", near_ns, near_name);
  };
  if (closed_world_) reference.answer = Answer::kMissing;
  const auto here = all.by_namespace.find(ns);
  if (here != all.by_namespace.end()) {
    reference.answer = Answer::kMissing;
    if (const auto near = nearest(name, here->second)) {
      meant(ns, *near);
      return reference;
    }
  }
  if (const auto elsewhere = all.by_name.find(name); elsewhere != all.by_name.end())
    meant(elsewhere->second.front(), name);
  return reference;
}

Reference Estate::gateway(std::string_view full_name) const {
  const std::size_t slash = full_name.find('/');
  Reference reference = object(Kind::kGateway, full_name.substr(0, slash), full_name.substr(slash + 1));
  const bool is_known = std::ranges::find(known_.gateways, full_name) != known_.gateways.end();
  return is_known && reference.answer != Answer::kFound ? Reference{.answer = Answer::kFound} : reference;
}

Reference Estate::service(std::string_view host, std::string_view ns) const {
  const ServiceIndex& all = services();
  Reference reference{.found = all.service(host)};
  if (reference.found == nullptr) reference.found = all.entry(host);
  if (reference.found != nullptr || known_.has_service(host)) {
    reference.answer = Answer::kFound;
    return reference;
  }
  const std::string& domain = workspace_.options().cluster_domain;
  const auto meant = [&](std::string_view name) {
    reference.answer = Answer::kMissing;
    reference.near = all.service(name);
    if (reference.near == nullptr) reference.near = all.entry(name);
    reference.help = fmt::format("did you mean {}?", name);
  };
  const auto full = [&domain](std::string_view name, std::string_view of) {
    return fmt::format("{}.{}.svc.{}", name, of, domain);
  };
  if (closed_world_) reference.answer = Answer::kMissing;
  if (const auto [name, service_ns] = all.in_cluster(host); !name.empty()) {
    const auto& others = all.services_of(service_ns);
    if (!others.empty()) reference.answer = Answer::kMissing;
    if (const auto near = nearest(name, others)) {
      meant(full(*near, service_ns));
      if (service_ns == ns) reference.help = fmt::format("did you mean {}?", *near);
    } else if (const auto& elsewhere = all.namespaces_with(name); !elsewhere.empty()) {
      meant(full(name, elsewhere.front()));
    }
    return reference;
  }
  // name.namespace is no short form: it is taken as it is.
  const std::size_t dot = host.find('.');
  const std::string_view first = host.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? std::string_view() : host.substr(dot + 1);
  const std::string_view wanted = rest.substr(0, rest.find('.'));
  if ((rest == wanted || rest == fmt::format("{}.svc", wanted)) &&
      std::ranges::count(all.namespaces_with(first), wanted) > 0) {
    meant(full(first, wanted));
    return reference;
  }
  const auto& hosts = all.entry_hosts_of(ns);
  if (!hosts.empty()) reference.answer = Answer::kMissing;
  if (const auto near = nearest(host, hosts)) meant(*near);
  return reference;
}

}  // namespace wicket::check
