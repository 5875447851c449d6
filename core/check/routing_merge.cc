// WK507, WK511, WK512, WK550, and WK516 between VirtualServices.
#include "check/routing_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

#include "check/words.h"
#include "rules/host_names.h"
#include "rules/order.h"

namespace wicket::check::routing {
namespace {

using model::HTTPRoute;
using rules::MatchType;
using rules::Rule;
using rules::StringPredicate;

constexpr std::string_view kGeneratedSemantics = "internal.istio.io/route-semantics";

const HTTPRoute* http_entry(const WrittenService& service, const rules::Provenance& from) {
  return from.section == rules::Section::kHttp && from.index < service.spec->http.size()
             ? &service.spec->http[from.index]
             : nullptr;
}

}  // namespace

std::optional<WrittenService> find_service(const Meeting& meeting, std::string_view full_name) {
  const model::Resource* resource = meeting.proxies.virtual_service(full_name);
  if (resource == nullptr) return std::nullopt;
  const auto* spec = std::get_if<model::VirtualService>(&resource->spec);
  if (spec == nullptr || resource->metadata.annotations.find(kGeneratedSemantics) != nullptr) return std::nullopt;
  return WrittenService{resource, spec};
}

std::optional<Place> place_of_match(const Meeting& meeting, const Rule& rule) {
  const auto service = find_service(meeting, rule.from.virtual_service);
  const HTTPRoute* entry = service ? http_entry(*service, rule.from) : nullptr;
  if (entry == nullptr) return std::nullopt;
  const auto match = static_cast<std::size_t>(rule.from.match);
  const bool has_match = rule.from.match >= 0 && match < entry->match.size();
  return Places(*service->resource).value(has_match ? entry->match[match].node : entry->node);
}

std::optional<Place> place_of_rule(const Meeting& meeting, const Rule& rule) {
  const auto service = find_service(meeting, rule.from.virtual_service);
  const HTTPRoute* entry = service ? http_entry(*service, rule.from) : nullptr;
  if (entry == nullptr) return std::nullopt;
  return Places(*service->resource).value(entry->node);
}

// ---- WK507 ----

namespace {

using SpanKey = std::tuple<FileId, std::uint32_t, std::uint32_t>;
SpanKey key_of(const Span& span) { return {span.file, span.begin, span.end}; }

/// Which match blocks are sent to some proxy, and which ones are cut off at one.
struct Emission {
  std::set<SpanKey> sent;
  std::map<SpanKey, Span> cut;  // block ▸ what takes everything in front of it
  std::set<std::string, std::less<>> concerned;

  void add(std::span<const rules::Problem> problems) {
    for (const rules::Problem& problem : problems) {
      if (problem.kind != rules::ProblemKind::kRuleBehindCatchAll) continue;
      cut.emplace(key_of(problem.span), problem.other);
      concerned.emplace(problem.resource);
    }
  }
  void add(const rules::RuleRef& rule) {
    if (concerned.contains(rule->from.virtual_service.view())) sent.insert(key_of(rule->from.span));
  }
  /// What is in front of a block that no proxy gets; null for others.
  [[nodiscard]] const Span* lost(const Span& block) const {
    const auto found = cut.find(key_of(block));
    return found == cut.end() || sent.contains(found->first) ? nullptr : &found->second;
  }
};

/// Whether what is in front is a rule of the same VirtualService without match: WK501 and WK502 speak of those.
bool is_open_rule(const WrittenService& service, const Span& other) {
  return std::ranges::any_of(service.spec->http,
                             [&](const HTTPRoute& route) { return service.resource->span(route.node) == other; });
}

bool is_same(const model::Text& a, const model::Text& b) { return a.present() == b.present() && *a == *b; }

bool is_same(const model::Box<model::StringMatch>& a, const model::Box<model::StringMatch>& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return is_same(a->exact, b->exact) && is_same(a->prefix, b->prefix) && is_same(a->regex, b->regex);
}

/// Whether a block repeats one that takes everything at some port or for some callers: it is the same match twice,
/// which is another matter.
bool repeats(const model::HTTPMatchRequest& block, const model::HTTPMatchRequest& open) {
  if (block.method || block.scheme || block.authority || !block.headers.empty() || !block.without_headers.empty() ||
      !block.query_params.empty())
    return false;
  const auto same_labels = [](const model::TextMap& a, const model::TextMap& b) {
    return std::ranges::all_of(a, [&b](const auto& label) {
      const auto* other = b.find(label.key);
      return other != nullptr && *other->value == *label.value;
    });
  };
  const auto text = [](const model::Text& name) { return *name; };
  return is_same(block.uri, open.uri) && *block.port == *open.port &&
         *block.source_namespace == *open.source_namespace && block.source_labels.size() == open.source_labels.size() &&
         same_labels(block.source_labels, open.source_labels) &&
         std::ranges::equal(block.gateways, open.gateways, {}, text, text);
}

bool repeats(const WrittenService& service, const model::HTTPMatchRequest& block, const Span& open) {
  return std::ranges::any_of(service.spec->http, [&](const HTTPRoute& route) {
    return std::ranges::any_of(route.match, [&](const model::HTTPMatchRequest& other) {
      return service.resource->span(other.node) == open && repeats(block, other);
    });
  });
}

void tell_lost_blocks(const Meeting& meeting, const Emission& emission, const WrittenService& service) {
  const Places places(*service.resource);
  const auto tell = [&](yaml::NodeId node, const Span& other, std::string_view what) {
    if (is_open_rule(service, other)) return;
    meeting
        .report(wk("WK507"), places.value(node),
                "this {} is never sent to the proxy: one in front of it takes everything", what)
        .note(other, "this match takes everything")
        .help("move what takes everything to the end");
  };
  for (const HTTPRoute& route : service.spec->http) {
    if (const Span* other = emission.lost(service.resource->span(route.node))) tell(route.node, *other, "rule");
    std::vector<std::pair<yaml::NodeId, const Span*>> lost;
    std::vector<std::pair<yaml::NodeId, const Span*>> lost_anew;
    for (const auto& match : route.match) {
      const Span* other = emission.lost(service.resource->span(match.node));
      if (other == nullptr) continue;
      lost.emplace_back(match.node, other);
      if (!repeats(service, match, *other)) lost_anew.emplace_back(match.node, other);
    }
    if (!lost_anew.empty() && lost.size() == route.match.size()) {
      tell(route.node, *lost_anew.front().second, "rule");
    } else {
      for (const auto& [node, other] : lost_anew) tell(node, *other, "match");
    }
  }
}

}  // namespace

void check_catch_alls(const Meeting& meeting) {
  Emission emission;
  const rules::SidecarRules& sidecars = meeting.proxies.sidecars();
  emission.add(sidecars.problems);
  for (const Proxy& proxy : meeting.proxies.gateways()) emission.add(proxy.rules().problems);
  if (emission.cut.empty()) return;
  for (const rules::VirtualHost& host : sidecars.usual.tables.front().hosts)
    for (const rules::RuleRef& rule : host.rules) emission.add(rule);
  for (const rules::RuleRef& rule : sidecars.elsewhere) emission.add(rule);
  for (const Proxy& proxy : meeting.proxies.gateways())
    for (const rules::HostTable& table : proxy.rules().tables)
      for (const rules::VirtualHost& host : table.hosts)
        for (const rules::RuleRef& rule : host.rules) emission.add(rule);
  for (const std::string& name : emission.concerned)
    if (const auto service = find_service(meeting, name)) tell_lost_blocks(meeting, emission, *service);
}

// ---- WK511, WK512, WK516 ----

namespace {

void put(std::string& key, const StringPredicate& predicate) {
  key += fmt::format("{}{}:", static_cast<int>(predicate.type), predicate.ignore_case ? "i" : "");
  key += std::to_string(predicate.text.size());
  key += predicate.text;
}

/// Equal for conditions that take the same requests because they are the same.
std::string key_of(const rules::Match& match) {
  std::string key;
  put(key, match.path.value_or(StringPredicate{.type = MatchType::kPrefix, .text = "/"}));
  for (const auto* predicate : {&match.method, &match.scheme, &match.authority}) {
    key += '|';
    if (*predicate) put(key, **predicate);
  }
  for (const auto* list : {&match.headers, &match.query_params}) {
    std::set<std::string> parts;
    for (const rules::NamedPredicate& named : *list) {
      std::string part = list == &match.headers ? rules::lower_case(named.name) : named.name;
      part += named.inverted ? '-' : named.is_claim ? '@' : '+';
      put(part, named.value);
      parts.insert(std::move(part));
    }
    key += fmt::format("|{}", fmt::join(parts, "&"));
  }
  return key;
}

// What is done, as text: equal actions have equal text.
void put(std::string& key, const rules::HeaderEdits& edits) {
  for (const auto* ops : {&edits.request, &edits.response}) {
    key += '[';
    for (const rules::HeaderOp& op : *ops)
      key += fmt::format("{} {}={};", static_cast<int>(op.type), op.name, op.value);
    key += ']';
  }
}

void put(std::string& key, const rules::Forward& forward) {
  for (const rules::WeightedDestination& destination : forward.destinations) {
    key += fmt::format(">{}*{} {}", destination.cluster->name, destination.weight, destination.authority.value_or(""));
    put(key, destination.headers);
  }
  const rules::Rewrite& rewrite = forward.rewrite;
  key += fmt::format("rw {} {} {} {}", rewrite.uri.value_or("-"), rewrite.authority.value_or("-"),
                     rewrite.regex ? rewrite.regex->pattern : "-", rewrite.regex ? rewrite.regex->substitution : "");
  if (forward.timeout) key += fmt::format(" t{}", forward.timeout->count());
  if (forward.retries) {
    key += fmt::format(" r{} {} {}", forward.retries->attempts, forward.retries->retry_on,
                       fmt::join(forward.retries->status_codes, ","));
    if (forward.retries->per_try_timeout) key += fmt::format(" p{}", forward.retries->per_try_timeout->count());
  }
  for (const rules::Mirror& mirror : forward.mirrors)
    key += fmt::format(" m{} {}", mirror.cluster->name, mirror.percent);
  if (const auto& delay = forward.fault.delay) key += fmt::format(" d{} {}", delay->duration.count(), delay->percent);
  if (const auto& abort = forward.fault.abort)
    key += fmt::format(" a{} {} {}", abort->http_status, abort->grpc_status.value_or(0), abort->percent);
  if (forward.cors) {
    key += " cors";
    for (const StringPredicate& origin : forward.cors->allow_origins) put(key, origin);
    key += fmt::format("{}|{}|{}|{}", fmt::join(forward.cors->allow_methods, ","),
                       fmt::join(forward.cors->allow_headers, ","), fmt::join(forward.cors->expose_headers, ","),
                       forward.cors->allow_credentials);
  }
}

std::string action_of(const Rule& rule) {
  std::string key;
  put(key, rule.headers);
  if (const auto* forward = std::get_if<rules::Forward>(&rule.action)) put(key, *forward);
  if (const auto* redirect = std::get_if<rules::Redirect>(&rule.action))
    key += fmt::format("redirect {} {} {} {} {} {}", redirect->status, redirect->scheme.value_or("-"),
                       redirect->authority.value_or("-"), redirect->port.value_or(0), redirect->uri.value_or("-"),
                       redirect->prefix_rewrite.value_or("-"));
  if (const auto* response = std::get_if<rules::DirectResponse>(&rule.action))
    key += fmt::format("answer {} {}", response->status, response->body);
  return key;
}

/// Whether the files say which of two objects is older: both have a time, and not the same.
bool is_order_known(const model::Resource& a, const model::Resource& b) {
  const auto time_of = [](const model::Resource& resource) {
    const model::Text& created = resource.metadata.creation_timestamp;
    return created ? rules::parse_time(*created) : std::nullopt;
  };
  const auto first = time_of(a);
  const auto second = time_of(b);
  return first && second && *first != *second;
}

/// The virtual hosts of one proxy that rules of several VirtualServices come to.
class SharedHost {
 public:
  SharedHost(const Meeting& meeting, const Proxy& proxy, const rules::VirtualHost& host, const Entrance& entrance)
      : meeting_(meeting), proxy_(proxy), host_(host), entrance_(entrance) {}

  void check() {
    std::unordered_map<std::string, const Rule*> first;
    const Rule* open = nullptr;
    for (const rules::RuleRef& rule : host_.rules) {
      if (rule->catch_all) {
        if (open == nullptr) open = rule.get();
        if (owner_of(*open) != owner_of(*rule)) tell_second_catch_all(*open, *rule);
        continue;
      }
      const auto [known, is_new] = first.try_emplace(key_of(rule->match), rule.get());
      const Rule& earlier = *known->second;
      if (!is_new && owner_of(earlier) != owner_of(*rule) && action_of(earlier) != action_of(*rule))
        tell_same_match(earlier, *rule);
    }
    check_siblings();
  }

 private:
  [[nodiscard]] bool is_order_known(const Rule& a, const Rule& b) const {
    const model::Resource* first = meeting_.proxies.virtual_service(owner_of(a));
    const model::Resource* second = meeting_.proxies.virtual_service(owner_of(b));
    return first != nullptr && second != nullptr && routing::is_order_known(*first, *second);
  }

  void tell_second_catch_all(const Rule& open, const Rule& rule) const {
    const auto place = place_of_rule(meeting_, rule);
    if (!place) return;
    auto finding = is_order_known(open, rule)
                       ? meeting_.report(wk("WK512"), *place,
                                         "VirtualService {} takes everything of {} too, and is older: this rule is "
                                         "never used",
                                         owner_of(open), host_.domain)
                       : meeting_.report(wk("WK512"), *place,
                                         "VirtualService {} takes everything of {} too: only the older of the two is "
                                         "used",
                                         owner_of(open), host_.domain);
    finding.note(open.from.span, "the other rule that takes everything").help("leave it to one of the two");
    show_first(open, finding);
  }

  void tell_same_match(const Rule& earlier, const Rule& rule) const {
    const auto place = place_of_match(meeting_, rule);
    if (!place) return;
    auto finding = is_order_known(earlier, rule)
                       ? meeting_.report(wk("WK511"), *place,
                                         "VirtualService {} has the same match for {}, and is older: this one is never "
                                         "used",
                                         owner_of(earlier), host_.domain)
                       : meeting_.report(wk("WK511"), *place,
                                         "VirtualService {} has the same match for {}: which of the two is used, the "
                                         "files do not tell",
                                         owner_of(earlier), host_.domain);
    finding.note(earlier.from.span, "the same match").help("keep the match in one VirtualService: the older one wins");
    show_first(earlier, finding);
  }

  void show_first(const Rule& rule, Finding& finding) const {
    show_request(
        proxy_, sample_request(rule, entrance_),
        [&](const route::Decision& decision) { return decision.rule() == &rule; }, finding);
  }

  // A prefix takes what another VirtualService matches below it without a slash between: /foo and /foobar.
  void check_siblings() const {
    std::vector<std::pair<std::string_view, const Rule*>> paths;
    for (const rules::RuleRef& rule : host_.rules)
      if (const auto& path = rule->match.path)
        if (path->type == MatchType::kExact || path->type == MatchType::kPrefix)
          paths.emplace_back(path->text, rule.get());
    std::ranges::sort(paths);
    for (const rules::RuleRef& rule : host_.rules) {
      if (!takes_siblings(*rule)) continue;
      const std::string_view prefix = rule->match.path->text;
      constexpr std::ptrdiff_t kMostLooks = 64;  // a prefix with more below it is told about anyway
      auto at = std::ranges::upper_bound(paths, prefix, {}, [](const auto& entry) { return entry.first; });
      for (std::ptrdiff_t looks = 0; looks < kMostLooks && at != paths.end() && at->first.starts_with(prefix);
           ++at, ++looks) {
        if (at->first[prefix.size()] == '/' || owner_of(*at->second) == owner_of(*rule)) continue;
        if (tell_sibling(*rule, *at->second)) break;
      }
    }
  }

  static bool takes_siblings(const Rule& rule) {
    const rules::Match& match = rule.match;
    return match.path && match.path->type == MatchType::kPrefix && match.path->text.size() > 1 &&
           !match.path->text.ends_with('/') && !match.path->ignore_case && !match.method && !match.scheme &&
           !match.authority && match.headers.empty() && match.query_params.empty() &&
           !std::holds_alternative<rules::Redirect>(rule.action);
  }

  [[nodiscard]] bool tell_sibling(const Rule& rule, const Rule& sibling) const {
    const bool known = is_order_known(rule, sibling);
    const auto place_in = [&](const Rule& wanted) {
      return std::ranges::find(host_.rules, &wanted, [](const rules::RuleRef& ref) { return ref.get(); });
    };
    if (known && place_in(sibling) < place_in(rule)) return false;
    const auto service = find_service(meeting_, rule.from.virtual_service);
    if (!service) return false;
    const yaml::NodeId node = prefix_node(*service, rule);
    if (node == yaml::NodeId::kNone) return false;
    auto finding = meeting_.report(wk("WK516"), Places(*service->resource).value(node),
                                   "prefix {} also takes {}, which VirtualService {} matches", rule.match.path->text,
                                   sibling.match.path->text, owner_of(sibling));
    finding.level(Severity::kWarning)
        .note(sibling.match.path->span, known ? "behind this one: never reached" : "reached only where it is older")
        .help(fmt::format("match exact {0} and prefix {0}/", rule.match.path->text));
    return true;
  }

  static yaml::NodeId prefix_node(const WrittenService& service, const Rule& rule) {
    const HTTPRoute* entry = http_entry(service, rule.from);
    const auto match = static_cast<std::size_t>(rule.from.match);
    if (entry == nullptr || rule.from.match < 0 || match >= entry->match.size()) return {};
    const auto& uri = entry->match[match].uri;
    return uri && uri->prefix ? uri->prefix.node : yaml::NodeId::kNone;
  }

  const Meeting& meeting_;
  const Proxy& proxy_;
  const rules::VirtualHost& host_;
  const Entrance& entrance_;
};

bool is_shared(const rules::VirtualHost& host) {
  return std::ranges::any_of(
      host.rules, [&](const rules::RuleRef& rule) { return owner_of(*rule) != owner_of(*host.rules.front()); });
}

}  // namespace

void check_shared_hosts(const Meeting& meeting) {
  for (const Proxy& proxy : meeting.proxies.gateways())
    for_each_host(proxy.rules(),
                  [&](const rules::HostTable&, const rules::VirtualHost& host, const Entrance& entrance) {
                    if (is_shared(host)) SharedHost(meeting, proxy, host, entrance).check();
                  });
}

// ---- WK550 ----

namespace {

yaml::NodeId sni_node(const WrittenService& service, const Span& span) {
  for (const model::TLSRoute& route : service.spec->tls)
    for (const model::TLSMatchAttributes& match : route.match)
      for (const model::Text& sni : match.sni_hosts)
        if (service.resource->span(sni.node) == span) return sni.node;
  return {};
}

}  // namespace

void check_taken_sni(const Meeting& meeting) {
  for (const Proxy& proxy : meeting.proxies.gateways()) {
    for (const rules::Problem& problem : proxy.rules().problems) {
      // Several servers of a port make one chain of the same match: the second is no loss.
      if (problem.kind != rules::ProblemKind::kSniTaken || problem.span == problem.other) continue;
      const auto service = find_service(meeting, problem.resource);
      const yaml::NodeId node = service ? sni_node(*service, problem.span) : yaml::NodeId::kNone;
      if (node == yaml::NodeId::kNone) continue;
      meeting
          .report(wk("WK550"), Places(*service->resource).value(node),
                  "SNI host {} is routed by an earlier match already; this match is dropped", quoted(problem.detail))
          .note(problem.other, "the earlier one")
          .help("name the host in one match");
    }
  }
}

}  // namespace wicket::check::routing
