// An expectation is a list of checks, one for each thing that is named. Lists mean something here and are no
// combinations: a header in several lines, several destinations.

#include "suite/read_expect.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "suite/values.h"

namespace wicket::suite {
namespace {

constexpr std::string_view kNoRoute = "no-route";
constexpr std::string_view kOutcomes[] = {"forward",        "redirect",       "direct_response", "not_found",
                                          "https_redirect", "cors_preflight", "fault_abort",     "tcp_forward",
                                          "refused",        "reset"};
constexpr std::string_view kStages[] = {"listener", "filter_chain", "codec", "virtual_host", "route", "filter"};
constexpr std::string_view kCorsWords[] = {"allowed", "denied", "none"};

/// A key whose value is a text, or a test of one.
struct TextKey {
  std::string_view key;
  Subject subject;
};
constexpr TextKey kTextKeys[] = {
    {"response-flag", Subject::kResponseFlag},
    {"location", Subject::kLocation},
    {"body", Subject::kBody},
    {"path", Subject::kPath},
    {"query", Subject::kQuery},
    {"host", Subject::kHost},
    {"route", Subject::kRouteName},
    {"virtual-service", Subject::kVirtualService},
    {"gateway", Subject::kGateway},
    {"virtual-host", Subject::kVirtualHost},
};

std::optional<std::uint32_t> port_number(std::string_view text) {
  std::uint32_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0 || port > 65535) return std::nullopt;
  return port;
}

std::string sorted_list(std::vector<std::string> words) {
  std::ranges::sort(words);
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ",").append(word);
  return text;
}

class Reading {
 public:
  Reading(Scope& scope, const NamesOfServices& names) : scope_(scope), names_(names) {}

  std::vector<Check> run(NodeId node) {
    if (is_null(node)) {
      fail(node, "expect names nothing, so the test could not fail");
      return {};
    }
    if (is_scalar(node)) {
      shorthand(node);
    } else {
      mapping(node, "expect");
      if (checks_.empty() && document()[node].first() == NodeId::kNone)
        fail(node, "expect names nothing, so the test could not fail");
    }
    return std::move(checks_);
  }

 private:
  [[nodiscard]] const yaml::Document& document() const { return scope_.document(); }
  [[nodiscard]] bool is_null(NodeId node) const { return is_scalar(node) && document().is_null(node); }
  [[nodiscard]] bool is_scalar(NodeId node) const { return document()[node].kind == yaml::NodeKind::kScalar; }
  [[nodiscard]] bool is_list(NodeId node) const { return document()[node].kind == yaml::NodeKind::kSequence; }
  void fail(NodeId node, std::string message) { scope_.fail(node, std::move(message)); }

  Check& add(Subject subject, std::string_view key, NodeId node) {
    Check& check = checks_.emplace_back();
    check.subject = subject;
    check.key = negated_ ? fmt::format("not.{}", key) : std::string(key);
    check.negated = negated_;
    check.span = document().span(node);
    return check;
  }
  void add_exact(Subject subject, std::string_view key, NodeId node, std::optional<std::string> text) {
    if (text) add(subject, key, node).want.text = *std::move(text);
  }

  // expect: no-route, a status, or a destination.
  void shorthand(NodeId node) {
    const std::optional<std::string> text = scope_.text(node, "expect");
    if (!text) return;
    if (*text == kNoRoute) {
      add(Subject::kNoRoute, kNoRoute, node).want.text = "true";
    } else if (text->size() == 3 && port_number(*text)) {
      add(Subject::kStatus, "status", node).want.text = *text;
    } else {
      destination(node, "destination", Subject::kDestination);
    }
  }

  void mapping(NodeId node, std::string_view where) {
    read_mapping(scope_, node, where,
                 {"destination",
                  "weights",
                  "outcome",
                  "stage",
                  "no-route",
                  "status",
                  "grpc-status",
                  "response-flag",
                  "location",
                  "body",
                  "redirect",
                  "direct-response",
                  "path",
                  "query",
                  "host",
                  "request-headers",
                  "response-headers",
                  "response-edits",
                  "timeout",
                  "retries",
                  "mirror",
                  "fault",
                  "cors",
                  "route",
                  "virtual-service",
                  "gateway",
                  "virtual-host",
                  "not"},
                 [&](std::string_view key, NodeId value) { one(key, value); });
  }

  void one(std::string_view key, NodeId value) {
    const auto text_key = std::ranges::find(kTextKeys, key, &TextKey::key);
    if (text_key != std::end(kTextKeys)) return text(text_key->subject, key, value);
    if (key == "destination") return destination(value, key, Subject::kDestination);
    if (key == "weights") return weights(value);
    if (key == "outcome") return add_exact(Subject::kOutcome, key, value, word_value(scope_, value, key, kOutcomes));
    if (key == "stage") return add_exact(Subject::kStage, key, value, word_value(scope_, value, key, kStages));
    if (key == "cors") return add_exact(Subject::kCors, key, value, word_value(scope_, value, key, kCorsWords));
    if (key == "status") return number(Subject::kStatus, key, value, 100, 599);
    if (key == "grpc-status") return number(Subject::kGrpcStatus, key, value, 0, 16);
    if (key == "timeout") return add_exact(Subject::kTimeout, key, value, duration_value(scope_, value, key));
    if (key == "redirect") return redirect(value);
    if (key == "direct-response") return direct_response(value);
    if (key == "request-headers") return headers(Subject::kRequestHeader, key, value);
    if (key == "response-headers") return headers(Subject::kResponseHeader, key, value);
    if (key == "response-edits") return edits(value);
    if (key == "retries") return retries(value);
    if (key == "mirror") return mirrors(value);
    if (key == "fault") return fault(value);
    if (key == "no-route") {
      if (const std::optional<bool> wanted = boolean_value(scope_, value, key))
        add(Subject::kNoRoute, key, value).want.text = *wanted ? "true" : "false";
      return;
    }
    // not: each thing that it names must be otherwise.
    if (negated_) return fail(value, "not inside of not");
    negated_ = true;
    mapping(value, "not");
    negated_ = false;
  }

  void number(Subject subject, std::string_view key, NodeId node, std::uint64_t min, std::uint64_t max) {
    if (const std::optional<std::uint64_t> value = number_value(scope_, node, key, min, max))
      add(subject, key, node).want.text = std::to_string(*value);
  }

  // ---- texts ----

  void text(Subject subject, std::string_view key, NodeId node, std::string_view name = {}) {
    TextTest want;
    if (!text_test(node, key, want)) return;
    Check& check = add(subject, key, node);
    check.want = std::move(want);
    check.name = name;
  }

  bool text_test(NodeId node, std::string_view where, TextTest& want) {
    node = scope_.resolved(node);
    if (node == NodeId::kNone) return false;
    if (is_null(node)) {
      want.kind = TextTest::Kind::kAbsent;
      return true;
    }
    if (is_scalar(node)) {
      std::optional<std::string> value = scope_.text(node, where);
      if (value) want.text = *std::move(value);
      return value.has_value();
    }
    bool is_sound = document()[node].kind == yaml::NodeKind::kMapping && document().size(node) == 2;  // key and value
    if (!is_sound) {
      fail(node,
           fmt::format("{} needs a text, ~ for none, or one of exact, prefix, contains, regex and present", where));
      return false;
    }
    is_sound = false;
    read_mapping(scope_, node, where, {"exact", "prefix", "contains", "regex", "present"},
                 [&](std::string_view key, NodeId value) { is_sound = one_test(key, value, where, want); });
    return is_sound;
  }

  bool one_test(std::string_view key, NodeId value, std::string_view where, TextTest& want) {
    if (key == "present") {
      const std::optional<bool> present = boolean_value(scope_, value, key);
      if (present) want.kind = *present ? TextTest::Kind::kPresent : TextTest::Kind::kAbsent;
      return present.has_value();
    }
    std::optional<std::string> text = scope_.text(value, fmt::format("{} of {}", key, where));
    if (!text) return false;
    want.text = *std::move(text);
    if (key == "prefix") want.kind = TextTest::Kind::kPrefix;
    if (key == "contains") want.kind = TextTest::Kind::kContains;
    if (key != "regex") return true;
    want.kind = TextTest::Kind::kRegex;
    std::string why;
    want.regex = route::Regex::compile(want.text, &why);
    if (!want.regex) fail(value, fmt::format("RE2 refuses the regex \"{}\": {}", want.text, why));
    return want.regex.has_value();
  }

  // ---- headers ----

  void headers(Subject subject, std::string_view key, NodeId node) {
    if (document()[node].kind != yaml::NodeKind::kMapping)
      return fail(node, fmt::format("{} needs names and values", key));
    for (NodeId name = document()[node].first(); name != NodeId::kNone;
         name = document()[document()[name].next()].next())
      header(subject, key, name, document()[name].next());
  }

  void header(Subject subject, std::string_view key, NodeId name_node, NodeId value) {
    const std::string name(document().text(name_node));
    if (!is_token(name)) return fail(name_node, fmt::format("\"{}\" is no name of a header", name));
    const std::string full = fmt::format("{}.{}", key, name);
    if (!is_list(value)) return text(subject, full, value, name);
    // Several lines stand joined, as Envoy joins them too.
    std::string joined;
    for (NodeId line = document()[value].first(); line != NodeId::kNone; line = document()[line].next()) {
      const std::optional<std::string> one_line = scope_.text(line, full);
      if (!one_line) return;
      joined.append(joined.empty() ? "" : ",").append(*one_line);
    }
    Check& check = add(subject, full, value);
    check.name = name;
    check.want.text = joined;
  }

  // set, add and remove, as a VirtualService has them.
  void edits(NodeId node) {
    read_mapping(scope_, node, "response-edits", {"set", "add", "remove"}, [&](std::string_view key, NodeId value) {
      const std::string full = fmt::format("response-edits.{}", key);
      if (key == "set") return headers(Subject::kResponseSet, full, value);
      if (key == "add") return headers(Subject::kResponseAdd, full, value);
      if (!is_list(value)) return fail(value, "remove needs a list of names");
      for (NodeId item = document()[value].first(); item != NodeId::kNone; item = document()[item].next()) {
        const std::optional<std::string> name = scope_.text(item, full);
        if (!name) continue;
        Check& check = add(Subject::kResponseRemove, full, item);
        check.name = *name;
        check.want.kind = TextTest::Kind::kPresent;
      }
    });
  }

  // ---- answers made here ----

  void redirect(NodeId node) {
    add(Subject::kOutcome, "redirect", node).want = either_redirect();
    if (is_scalar(node)) return text(Subject::kLocation, "redirect", node);
    read_mapping(scope_, node, "redirect", {"location", "status"}, [&](std::string_view key, NodeId value) {
      if (key == "location") return text(Subject::kLocation, "redirect.location", value);
      number(Subject::kStatus, "redirect.status", value, 100, 599);
    });
  }

  // By a rule, or by httpsRedirect of a server.
  static TextTest either_redirect() {
    return {.kind = TextTest::Kind::kContains, .text = "redirect", .regex = std::nullopt};
  }

  void direct_response(NodeId node) {
    add(Subject::kOutcome, "direct-response", node).want.text = "direct_response";
    if (is_scalar(node)) return number(Subject::kStatus, "direct-response", node, 100, 599);
    read_mapping(scope_, node, "direct-response", {"status", "body"}, [&](std::string_view key, NodeId value) {
      if (key == "body") return text(Subject::kBody, "direct-response.body", value);
      number(Subject::kStatus, "direct-response.status", value, 100, 599);
    });
  }

  // ---- destinations ----

  // HOST, HOST:PORT, HOST:PORT:SUBSET or the name of a cluster.
  bool parse_destination(const std::string& text, NodeId node, WantedDestination& out) {
    out.text = text;
    if (text.find('|') != std::string::npos) {
      out.cluster = text;
      return true;
    }
    const std::size_t colon = text.find(':');
    set_host(text.substr(0, colon), out);
    if (colon != std::string::npos) {
      const std::size_t second = text.find(':', colon + 1);
      const std::string digits = text.substr(colon + 1, second == std::string::npos ? second : second - colon - 1);
      if (!digits.empty() || second == std::string::npos) out.port = port_number(digits);
      if (!out.port && !(digits.empty() && second != std::string::npos)) {
        fail(node, fmt::format("\"{}\" is not HOST, HOST:PORT or HOST:PORT:SUBSET", text));
        return false;
      }
      if (second != std::string::npos) out.subset = text.substr(second + 1);
    }
    if (!out.hosts.front().empty() && out.hosts.front().find_first_of(" /") == std::string::npos) return true;
    fail(node, fmt::format("\"{}\" is not HOST, HOST:PORT or HOST:PORT:SUBSET", text));
    return false;
  }

  // A name as it is, or completed as Kubernetes' DNS does it: cart, cart.shop, cart.shop.svc.
  void set_host(const std::string& host, WantedDestination& out) const {
    out.hosts = {host};
    if (host.find('.') == std::string::npos) {
      out.hosts.push_back(fmt::format("{}.{}.svc.{}", host, names_.ns, names_.domain));
    } else if (std::ranges::count(host, '.') == 1) {
      out.hosts.push_back(fmt::format("{}.svc.{}", host, names_.domain));
    } else if (host.ends_with(".svc")) {
      out.hosts.push_back(fmt::format("{}.{}", host, names_.domain));
    }
  }

  // `share_key`: the key of what stands beside a destination; empty: nothing does.
  bool read_destination(NodeId node, std::string_view where, std::string_view share_key, WantedDestination& out) {
    if (is_scalar(node)) {
      const std::optional<std::string> text = scope_.text(node, where);
      return text && parse_destination(*text, node, out);
    }
    bool is_sound = true;
    const auto part = [&](std::string_view key, NodeId value) {
      if (key == share_key) {
        out.share = share_value(scope_, value, key);
        is_sound = is_sound && out.share;
      } else if (key == "port") {
        const std::optional<std::uint64_t> port = number_value(scope_, value, key, 1, 65535);
        if (port) out.port = static_cast<std::uint32_t>(*port);
        is_sound = is_sound && port;
      } else if (const std::optional<std::string> text = is_null(value) ? "" : scope_.text(value, key)) {
        if (key == "host") set_host(*text, out);
        if (key == "subset") out.subset = *text;
      } else {
        is_sound = false;
      }
    };
    if (share_key.empty()) {
      read_mapping(scope_, node, where, {"host", "port", "subset"}, part);
    } else {
      read_mapping(scope_, node, where, {"host", "port", "subset", share_key}, part);
    }
    if (is_sound && out.hosts.empty()) fail(node, fmt::format("{} needs a host", where));
    if (out.hosts.empty()) return false;
    out.text = out.hosts.front();
    if (out.port || out.subset) out.text += fmt::format(":{}", out.port ? std::to_string(*out.port) : "");
    if (out.subset) out.text += ":" + *out.subset;
    return is_sound;
  }

  void destination(NodeId node, std::string_view key, Subject subject) {
    WantedDestination wanted;
    if (!read_destination(node, key, {}, wanted)) return;
    add(subject, key, node).destinations.push_back(std::move(wanted));
  }

  // {HOST:PORT:SUBSET: WEIGHT, …}, or a list of destinations with their weights.
  void weights(NodeId node) {
    std::vector<WantedDestination> all;
    if (is_list(node)) {
      for (NodeId item = document()[node].first(); item != NodeId::kNone; item = document()[item].next()) {
        WantedDestination wanted;
        if (!read_destination(item, "weights", "weight", wanted)) return;
        if (!wanted.share) return fail(item, "an item of weights needs a weight");
        all.push_back(std::move(wanted));
      }
    } else if (document()[node].kind == yaml::NodeKind::kMapping) {
      for (NodeId key = document()[node].first(); key != NodeId::kNone;
           key = document()[document()[key].next()].next()) {
        WantedDestination wanted;
        const std::optional<std::string> text = scope_.text(key, "weights");
        if (!text || !parse_destination(*text, key, wanted)) return;
        wanted.share = share_value(scope_, document()[key].next(), fmt::format("the weight of {}", *text));
        if (!wanted.share) return;
        all.push_back(std::move(wanted));
      }
    }
    if (all.empty())
      return fail(node, "weights needs destinations and their weights: {reviews:9080:v1: 90, reviews:9080:v2: 10}");
    add(Subject::kWeights, "weights", node).destinations = std::move(all);
  }

  void mirrors(NodeId node) {
    std::vector<WantedDestination> all;
    const auto take = [&](NodeId item) {
      WantedDestination wanted;
      if (!read_destination(item, "mirror", "percent", wanted)) return false;
      all.push_back(std::move(wanted));
      return true;
    };
    if (is_list(node)) {
      for (NodeId item = document()[node].first(); item != NodeId::kNone; item = document()[item].next())
        if (!take(item)) return;
    } else if (const bool none = is_scalar(node) && (is_null(node) || document().text(node) == "none"); !none) {
      if (!take(node)) return;
    }
    add(Subject::kMirrors, "mirror", node).destinations = std::move(all);
  }

  // ---- policies ----

  // A list, or a text with commas, without order.
  std::optional<std::string> word_list(NodeId node, std::string_view where) {
    std::vector<std::string> words;
    if (is_list(node)) {
      for (NodeId item = document()[node].first(); item != NodeId::kNone; item = document()[item].next()) {
        std::optional<std::string> word = scope_.text(item, where);
        if (!word) return std::nullopt;
        words.push_back(*std::move(word));
      }
      return sorted_list(std::move(words));
    }
    const std::optional<std::string> text = scope_.text(node, where);
    if (!text) return std::nullopt;
    for (std::size_t begin = 0; begin <= text->size();) {
      const std::size_t end = std::min(text->find(',', begin), text->size());
      const std::size_t first = text->find_first_not_of(' ', begin);
      if (first < end) words.push_back(text->substr(first, text->find_last_not_of(' ', end - 1) - first + 1));
      begin = end + 1;
    }
    return sorted_list(std::move(words));
  }

  void retries(NodeId node) {
    if (is_scalar(node)) {
      if (document().text(node) == "none") {
        add(Subject::kAttempts, "retries", node).want.text = "0";
      } else {
        number(Subject::kAttempts, "retries", node, 0, 1000000);
      }
      return;
    }
    read_mapping(scope_, node, "retries", {"attempts", "per-try-timeout", "retry-on", "status-codes"},
                 [&](std::string_view key, NodeId value) {
                   const std::string full = fmt::format("retries.{}", key);
                   if (key == "attempts") return number(Subject::kAttempts, full, value, 0, 1000000);
                   if (key == "per-try-timeout")
                     return add_exact(Subject::kPerTryTimeout, full, value, duration_value(scope_, value, full));
                   add_exact(key == "retry-on" ? Subject::kRetryOn : Subject::kRetryCodes, full, value,
                             word_list(value, full));
                 });
  }

  void percent(Subject subject, const std::string& key, NodeId node) {
    if (const std::optional<double> share = share_value(scope_, node, key))
      add(subject, key, node).want.text = fmt::format("{:g}", *share);
  }

  void fault(NodeId node) {
    if (is_null(node) || (is_scalar(node) && document().text(node) == "none")) {
      add(Subject::kDelay, "fault", node).want.text = "none";
      add(Subject::kAbortStatus, "fault", node).want.kind = TextTest::Kind::kAbsent;
      add(Subject::kAbortGrpcStatus, "fault", node).want.kind = TextTest::Kind::kAbsent;
      return;
    }
    read_mapping(scope_, node, "fault", {"delay", "abort"}, [&](std::string_view key, NodeId value) {
      if (key == "delay") return delay(value);
      abort(value);
    });
  }

  void delay(NodeId node) {
    if (is_scalar(node))
      return add_exact(Subject::kDelay, "fault.delay", node, duration_value(scope_, node, "fault.delay"));
    read_mapping(scope_, node, "fault.delay", {"duration", "percent"}, [&](std::string_view key, NodeId value) {
      const std::string full = fmt::format("fault.delay.{}", key);
      if (key == "percent") return percent(Subject::kDelayPercent, full, value);
      add_exact(Subject::kDelay, full, value, duration_value(scope_, value, full));
    });
  }

  void abort(NodeId node) {
    if (is_scalar(node)) return number(Subject::kAbortStatus, "fault.abort", node, 100, 599);
    read_mapping(scope_, node, "fault.abort", {"status", "grpc-status", "percent"},
                 [&](std::string_view key, NodeId value) {
                   const std::string full = fmt::format("fault.abort.{}", key);
                   if (key == "percent") return percent(Subject::kAbortPercent, full, value);
                   if (key == "status") return number(Subject::kAbortStatus, full, value, 100, 599);
                   number(Subject::kAbortGrpcStatus, full, value, 0, 16);
                 });
  }

  Scope& scope_;
  const NamesOfServices& names_;
  std::vector<Check> checks_;
  bool negated_ = false;
};

}  // namespace

std::vector<Check> read_expect(Scope& scope, NodeId node, const NamesOfServices& names) {
  return Reading(scope, names).run(node);
}

}  // namespace wicket::suite
