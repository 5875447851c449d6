#include "route/compile.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "rules/host_names.h"

namespace wicket::route {
namespace {

constexpr rules::IstioVersion kFirstWithSingleLines{.major = 1, .minor = 31};  // R-HDR-2
constexpr int kMaxProgramSize = 32768;  // Istio's bootstrap: re2.max_program_size.error_level (R-MATCH-3)

// Source: Istio core/listener_builder.go, buildHTTPConnectionManager; connection_settings.go (R-PATH-1, R-PATH-2).
NormalizeOptions normalization(const rules::MeshSettings& mesh) {
  using rules::EscapedSlashes;
  using rules::PathNormalization;
  const PathNormalization mode = mesh.path_normalization;
  const bool decodes = mode == PathNormalization::kDecodeAndMergeSlashes;
  const EscapedSlashes escaped =
      mesh.escaped_slashes.value_or(decodes ? EscapedSlashes::kDecode : EscapedSlashes::kKeep);
  NormalizeOptions options;
  options.resolve_dots = mode != PathNormalization::kNone;
  options.merge_slashes = mesh.merge_slashes.value_or(decodes || mode == PathNormalization::kMergeSlashes);
  options.decode_slashes = escaped == EscapedSlashes::kDecode || escaped == EscapedSlashes::kRedirect;
  return options;
}

}  // namespace

class Compiler {
 public:
  explicit Compiler(std::shared_ptr<const rules::RuleSet> rules) {
    table_.rules_ = std::move(rules);
    table_.header_lines_ =
        source().mesh.version >= kFirstWithSingleLines ? HeaderLines::kEachAlone : HeaderLines::kJoined;
    table_.normalization_ = normalization(source().mesh);
  }

  RouteTable run() && {
    for (const rules::HostTable& hosts : source().tables) table_.tables_.push_back(host_table(hosts));
    for (const rules::Listener& written : source().listeners) table_.listeners_.push_back(listener(written));
    make_indexes();
    return std::move(table_);
  }

 private:
  [[nodiscard]] const rules::RuleSet& source() const { return *table_.rules_; }

  // ---- patterns ----

  struct Pattern {
    std::optional<Regex> regex;
    std::string why;  // RE2 refuses it
  };

  const Pattern& pattern(const std::string& text) {
    const auto [entry, is_new] = patterns_.try_emplace(text);
    if (is_new) entry->second.regex = Regex::compile(text, &entry->second.why);
    if (is_new && entry->second.regex && entry->second.regex->program_size() > kMaxProgramSize)
      entry->second.why = "its program is larger than Envoy allows";
    return entry->second;
  }

  std::optional<Regex> regex(const std::string& text, const Span& span, const rules::Rule& rule) {
    const Pattern& compiled = pattern(text);
    if (!compiled.why.empty()) {
      refused_.push_back(&rule);
      table_.problems_.push_back({.kind = rules::ProblemKind::kBadRegex,
                                  .span = span,
                                  .resource = rule.from.virtual_service,
                                  .detail = compiled.why});
    }
    return compiled.regex;
  }

  StringMatcher matcher(const rules::StringPredicate& predicate, const rules::Rule& rule) {
    StringMatcher matcher{.type = predicate.type, .ignore_case = predicate.ignore_case, .text = predicate.text};
    if (predicate.type != rules::MatchType::kRegex) return matcher;
    matcher.regex = regex(predicate.text, predicate.span, rule);
    matcher.never = !matcher.regex;
    return matcher;
  }

  // ---- rules ----

  void add_pseudo(const Boxed<rules::StringPredicate>& predicate, Field field, Source value, Route& route) {
    if (!predicate) return;
    HeaderMatcher header;
    header.field = field;
    header.source = value;
    header.value = matcher(*predicate, *route.rule);
    header.wanted = &*predicate;
    route.headers.push_back(std::move(header));
  }

  void add_header(const rules::NamedPredicate& predicate, Route& route) {
    HeaderMatcher header;
    header.name = rules::lower_case(predicate.name);
    header.source = predicate.is_claim ? Source::kClaim : source_of(header.name);
    if (source().viewpoint == rules::Viewpoint::kMesh && is_of_edge(header.source)) header.source = Source::kHeader;
    header.inverted = predicate.inverted;
    header.value = matcher(predicate.value, *route.rule);
    header.wanted = &predicate.value;
    header.named = &predicate;
    route.headers.push_back(std::move(header));
  }

  // Headers that a gateway makes and a sidecar leaves as they are.
  static bool is_of_edge(Source value) {
    return value == Source::kForwardedFor || value == Source::kClientAddress || value == Source::kRequestId;
  }

  static bool only_forwards(const rules::Forward& forward) {
    const rules::Rewrite& rewrite = forward.rewrite;
    return !rewrite.uri && !rewrite.regex && !rewrite.authority && !forward.fault.delay && !forward.fault.abort &&
           !forward.cors && std::ranges::none_of(forward.destinations, [](const rules::WeightedDestination& d) {
             return d.authority || d.cluster->existence == rules::Existence::kMissing;
           });
  }

  void add_action(Route& route) {
    const auto* forward = std::get_if<rules::Forward>(&route.rule->action);
    if (forward == nullptr) return;
    route.destinations = forward->destinations;
    for (const rules::WeightedDestination& destination : forward->destinations)
      route.total_weight += destination.weight;
    route.only_forwards = only_forwards(*forward);
    if (const auto& rewrite = forward->rewrite.regex)
      route.rewrite = regex(rewrite->pattern, rewrite->span, *route.rule);
    if (!forward->cors) return;
    for (const rules::StringPredicate& origin : forward->cors->allow_origins)
      route.allow_origins.push_back(matcher(origin, *route.rule));
  }

  std::shared_ptr<const Route> compile_rule(const rules::RuleRef& rule) {
    Route route;
    route.rule = rule;
    const rules::Match& match = rule->match;
    if (match.path) {
      route.path = matcher(*match.path, *rule);
      route.path_wanted = &*match.path;
    }
    add_pseudo(match.method, Field::kMethod, Source::kMethod, route);
    add_pseudo(match.authority, Field::kAuthority, Source::kAuthority, route);
    add_pseudo(match.scheme, Field::kScheme, Source::kScheme, route);
    for (const rules::NamedPredicate& header : match.headers) add_header(header, route);
    for (const rules::NamedPredicate& parameter : match.query_params) {
      QueryMatcher& query = route.query_params.emplace_back();
      query.value = matcher(parameter.value, *rule);
      query.named = &parameter;
    }
    add_action(route);
    return std::make_shared<const Route>(std::move(route));
  }

  const std::shared_ptr<const Route>& route_of(const rules::RuleRef& rule) {
    std::shared_ptr<const Route>& route = routes_[rule.get()];
    if (!route) route = compile_rule(rule);
    return route;
  }

  // ---- tables and listeners ----

  HostTable host_table(const rules::HostTable& written) {
    HostTable table{.source = &written, .refused = written.refused, .index = {}, .hosts = {}};
    table.hosts.reserve(written.hosts.size());
    for (const rules::VirtualHost& host : written.hosts) {
      VirtualHost compiled{.source = &host, .require_tls = host.require_tls, .index = {}, .routes = {}};
      compiled.routes.reserve(host.rules.size());
      for (const rules::RuleRef& rule : host.rules) {
        compiled.routes.push_back(route_of(rule));
        table.refused |= std::ranges::find(refused_, rule.get()) != refused_.end();
      }
      table.hosts.push_back(std::move(compiled));
    }
    return table;
  }

  void make_indexes() {
    PathIndexes indexes;
    std::vector<PathIndexes::Place> places;  // of all hosts, table by table
    for (const HostTable& hosts : table_.tables_)
      for (const VirtualHost& host : hosts.hosts) places.push_back(indexes.add(host.source->domain, host.routes));
    table_.index_memory_ = indexes.finish();
    auto place = places.begin();
    for (HostTable& hosts : table_.tables_) {
      for (std::size_t i = 0; i < hosts.hosts.size(); ++i, ++place) {
        hosts.hosts[i].index = PathIndexes::index(table_.index_memory_, *place);
        hosts.index.add({.begin = table_.index_memory_.data() + place->name, .words = place->end - place->name}, i);
      }
    }
  }

  static bool is_plaintext(rules::ChainKind kind) {
    return kind == rules::ChainKind::kHttp || kind == rules::ChainKind::kTcp;
  }

  static void keep(const rules::FilterChain*& slot, const rules::FilterChain& chain) {
    if (slot == nullptr) slot = &chain;
  }

  static Listener listener(const rules::Listener& written) {
    Listener compiled;
    compiled.source = &written;
    for (const rules::FilterChain& chain : written.chains) {
      for (const std::string& sni : chain.sni_hosts) compiled.by_sni.try_emplace(sni, &chain);
      if (!chain.sni_hosts.empty()) continue;
      const bool plaintext = is_plaintext(chain.kind);
      // Where TLS goes on unread nothing tells it from other bytes, so that a chain without SNI hosts takes those too.
      if (plaintext || chain.kind == rules::ChainKind::kPassthrough) keep(compiled.plaintext, chain);
      if (!plaintext) keep(compiled.tls_default, chain);
    }
    return compiled;
  }

  RouteTable table_;
  std::unordered_map<std::string, Pattern> patterns_;
  std::unordered_map<const rules::Rule*, std::shared_ptr<const Route>> routes_;
  std::vector<const rules::Rule*> refused_;  // few, or none
};

RouteTable compile(std::shared_ptr<const rules::RuleSet> rules) { return Compiler(std::move(rules)).run(); }

}  // namespace wicket::route
