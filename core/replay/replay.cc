#include "replay/replay.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "replay/changes.h"
#include "replay/fidelity.h"
#include "route/decide.h"

namespace wicket::replay {
namespace {

constexpr std::size_t kClasses = 5000;         // remembered in each of two generations
constexpr std::size_t kRecordedPerClass = 64;  // different outcomes of one class that are remembered

// Where a request is asked at.
struct Connection {
  std::uint32_t port = 0;
  bool tls = false;
  bool is_guessed = false;
};

bool takes(const route::Listener& listener, bool tls) {
  return tls ? listener.tls_default != nullptr || !listener.by_sni.empty() : listener.plaintext != nullptr;
}

std::uint32_t port_of(const route::Listener& listener) {
  return listener.source->server_ports.empty() ? listener.source->port : listener.source->server_ports.front();
}

// A port that such a connection would be made to: the usual one where it is served.
std::uint32_t usual_port(const route::RouteTable& table, bool tls) {
  const std::uint32_t usual = tls ? 443 : 80;
  if (const route::Listener* listener = table.find(usual, ""); listener != nullptr && takes(*listener, tls))
    return usual;
  for (const route::Listener& listener : table.listeners())
    if (takes(listener, tls)) return port_of(listener);
  return usual;
}

constexpr std::uint32_t kUnprivileged = 8000;  // added to a port below 1024 that pods without root listen on

// A port that the gateway does not have is that of something in front of it, or one that it was moved to.
Connection connection_of(const Record& record, const route::RouteTable& table) {
  const route::Request& request = record.request;
  Connection connection{.port = request.port, .tls = request.tls || request.scheme == "https", .is_guessed = false};
  const route::Listener* listener = request.port == 0 ? nullptr : table.find(request.port, record.local_address);
  if (listener == nullptr && request.port > kUnprivileged) {
    // Source: Istio's gateway charts, in which a Service leads 80 to 8080 and 443 to 8443 (R-GW-5).
    listener = table.find(request.port - kUnprivileged, record.local_address);
    if (listener != nullptr) connection.port = request.port - kUnprivileged;
  }
  if (listener == nullptr) {
    connection.is_guessed = table.listeners().size() > 1;
    connection.port = usual_port(table, connection.tls);
    listener = table.find(connection.port, record.local_address);
  }
  // Who got in without a server name, where nothing but TLS gets in, spoke TLS.
  if (listener != nullptr && !takes(*listener, connection.tls) && takes(*listener, true)) connection.tls = true;
  return connection;
}

// What judgements depend on beside the class.
void recorded_key(const Record& record, std::string& key) {
  const Recorded& recorded = record.recorded;
  key.clear();
  for (const Told* told :
       {&recorded.cluster, &recorded.route, &recorded.flags, &recorded.details, &recorded.location}) {
    key.push_back(told->known ? '+' : '-');
    key.append(told->text).push_back('\0');
  }
  key.push_back(record.is_path_cut ? '+' : '-');
  if (record.expected != nullptr) key.append(std::to_string(reinterpret_cast<std::uintptr_t>(record.expected.get())));
  if (recorded.cluster.text.empty() && recorded.knows_status) key.append(std::to_string(recorded.status));
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUntold:
      return "untold";
    case Verdict::kAgrees:
      return "agrees";
    case Verdict::kConsistent:
      return "consistent";
    case Verdict::kContradicts:
      return "contradicts";
  }
  return "";
}

struct Replay::Class {
  struct Outcome {
    std::string key;
    Judgement judgement;
  };
  route::Decision decision;
  std::string signature;
  Connection connection;
  Outcome outcome;                                 // the first one: most classes have no other
  std::vector<std::unique_ptr<Outcome>> outcomes;  // the others
  bool is_judged = false;
};

struct Replay::Rewritten {
  RewritesByHost by_host;
};

Replay::Replay(const route::RouteTable& table)
    : table_(table),
      interests_(table),
      rewritten_(std::make_unique<Rewritten>(Rewritten{rewrites_of(table.rules())})) {}

Replay::~Replay() = default;

namespace {

route::RequestView view_at(const Record& record, const Connection& connection, std::vector<route::HeaderView>& lines) {
  route::RequestView view = record.view(lines);
  view.port = connection.port;
  view.tls = connection.tls;
  if (view.tls && view.sni.empty() && record.request.port == 0) {
    // A client names the host that it asks for.
    const std::string_view host = record.request.authority;
    view.sni = host.substr(0, host.find(':'));
  }
  return view;
}

route::Decision ask(const Record& record, const Connection& connection, const route::RouteTable& table) {
  std::vector<route::HeaderView> lines;
  const route::Draw draw =
      record.draw ? route::Draw{.route = record.draw, .delay = {}, .abort = {}, .mirror = {}} : route::Draw{};
  route::Decision decision = route::decide(table, view_at(record, connection, lines), draw);
  decision.forwarded_proto = {};  // views the record
  return decision;
}

// Whether nothing tells how the request came in.
bool is_unsettled(const Record& record) {
  return record.kind == RecordKind::kHttp && record.request.port == 0 && !record.request.tls &&
         record.request.scheme.empty() && record.telling != nullptr && !record.telling->server_name;
}

// Of the ways in the first one by which the request gets anywhere. What was sent to HTTPS, by the status, had come in
// without TLS.
Connection settled(const Record& record, const Connection& first, const route::RouteTable& table) {
  const bool may_be_sent_to_https = record.recorded.knows_status && record.recorded.status == 301;
  const auto gets_on = [&](const Connection& connection) {
    const route::Decision decision = ask(record, connection, table);
    return decision.outcome != route::Outcome::kRefused && decision.stage != route::Stage::kVirtualHost;
  };
  const bool stays = first.tls || gets_on(first) ||
                     (may_be_sent_to_https && ask(record, first, table).outcome == route::Outcome::kHttpsRedirect);
  if (stays) return first;
  for (const route::Listener& listener : table.listeners()) {
    for (const std::uint32_t port : listener.source->server_ports) {
      for (const bool tls : {true, false}) {
        // Over TLS the name is asked for, too.
        Connection other{.port = port, .tls = tls, .is_guessed = true};
        if (takes(listener, tls) && gets_on(other)) return other;
      }
    }
  }
  return first;
}

}  // namespace

Replay::Class& Replay::class_of(const Record& record, bool& is_new) {
  interests_.key_of(record, key_);
  is_new = false;
  if (classes_.size() >= kClasses) older_ = std::exchange(classes_, {});
  const auto [place_of, is_unknown] = classes_.try_emplace(key_);
  std::unique_ptr<Class>& place = place_of->second;
  if (!is_unknown) return *place;
  if (const auto found = older_.find(key_); found != older_.end()) {
    place = std::move(found->second);
    older_.erase(found);
    return *place;
  }
  is_new = true;
  ++decided_;
  place = std::make_unique<Class>();
  place->connection = connection_of(record, table_);
  if (is_unsettled(record)) place->connection = settled(record, place->connection, table_);
  place->decision = ask(record, place->connection, table_);
  return *place;
}

const Judgement& Replay::judgement_of(const Record& record, Class& known) {
  recorded_key(record, key_);
  if (known.is_judged && known.outcome.key == key_) return known.outcome.judgement;
  for (const auto& outcome : known.outcomes)
    if (outcome->key == key_) return outcome->judgement;
  if (known.outcomes.size() >= kRecordedPerClass) known.outcomes.clear();
  Class::Outcome& outcome =
      known.is_judged ? *known.outcomes.emplace_back(std::make_unique<Class::Outcome>()) : known.outcome;
  known.is_judged = true;
  outcome.key = key_;
  Judgement& judgement = outcome.judgement;
  std::vector<route::HeaderView> lines;
  const route::RequestView request = view_at(record, known.connection, lines);
  if (record.expected != nullptr) {
    judgement.difference = mismatch(*record.expected, request, known.decision);
    judgement.verdict = judgement.difference.empty() ? Verdict::kAgrees : Verdict::kContradicts;
    return judgement;
  }
  const Comparison comparison = compare(record.recorded, known.decision);
  if (!comparison.is_told) return judgement;
  judgement.verdict = Verdict::kAgrees;
  if (!comparison.difference) return judgement;
  judgement.difference = *comparison.difference;
  const std::optional<std::string> why = explanation(record, request, known.decision, table_, rewritten_->by_host);
  judgement.verdict = why ? Verdict::kConsistent : Verdict::kContradicts;
  judgement.explanation = why.value_or("");
  return judgement;
}

const std::string& Replay::signature_of(const Record& record) {
  bool is_new = false;
  Class& known = class_of(record, is_new);
  if (known.signature.empty()) known.signature = signature(known.decision);
  return known.signature;
}

Answer Replay::take(const Record& record) {
  Answer answer;
  Class& known = class_of(record, answer.is_new);
  answer.decision = &known.decision;
  answer.judgement = &judgement_of(record, known);
  answer.port = known.connection.port;
  answer.tls = known.connection.tls;
  answer.is_guessed_port = known.connection.is_guessed;
  return answer;
}

}  // namespace wicket::replay
