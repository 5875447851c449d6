// Most of what can be expected is a text that is there or not: one function says what it is, one compares. Destinations
// are compared one by one.

#include "suite/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>

#include "model/duration.h"
#include "route/headers.h"
#include "route/matcher.h"
#include "route/normalize.h"

namespace wicket::suite {
namespace {

using route::Outcome;

constexpr double kTolerance = 1e-9;

/// What a check compares: a text, nothing, or nothing for a reason.
struct Actual {
  std::optional<std::string> text{};
  std::string_view why{};  // there is nothing to compare at all; then every expectation fails
};

bool goes_upstream(const route::Decision& decision) {
  return decision.outcome == Outcome::kForward && decision.status == 0;
}

std::string duration_text(const std::optional<std::chrono::milliseconds>& duration) {
  return duration ? model::format_duration(*duration) : "none";
}

/// All lines of a header, joined as Envoy joins them.
template <class Lines>
std::optional<std::string> header_text(const Lines& lines, std::string_view name) {
  std::optional<std::string> joined;
  for (const auto& [header, value] : lines) {
    if (!route::same_name(header, name)) continue;
    if (joined) {
      joined->append(",").append(value);
    } else {
      joined.emplace(value);
    }
  }
  return joined;
}

class Judge {
 public:
  Judge(const Case& test, const route::RequestView& request, const route::Decision& decision)
      : test_(test), request_(request), decision_(decision) {}

  Verdict run() {
    Verdict verdict;
    for (const Check& check : test_.checks)
      if (std::optional<Mismatch> mismatch = one(check)) verdict.mismatches.push_back(*std::move(mismatch));
    return verdict;
  }

 private:
  std::optional<Mismatch> one(const Check& check) {
    switch (check.subject) {
      case Subject::kDestination:
        return destination(check);
      case Subject::kWeights:
        return weights(check);
      case Subject::kMirrors:
        return mirrors(check);
      default:
        return text(check);
    }
  }

  // ---- texts ----

  static bool holds(const Check& check, const std::optional<std::string>& actual) {
    const TextTest& want = check.want;
    switch (want.kind) {
      case TextTest::Kind::kAbsent:
        return !actual;
      case TextTest::Kind::kPresent:
        return actual.has_value();
      case TextTest::Kind::kExact:
        return actual && *actual == want.text;
      case TextTest::Kind::kPrefix:
        return actual && actual->starts_with(want.text);
      case TextTest::Kind::kContains:
        return actual && actual->find(want.text) != std::string::npos;
      case TextTest::Kind::kRegex:
        return actual && want.regex->full_match(*actual);
    }
    return false;
  }

  static bool is_free_text(Subject subject) {
    switch (subject) {
      case Subject::kLocation:
      case Subject::kBody:
      case Subject::kPath:
      case Subject::kQuery:
      case Subject::kHost:
      case Subject::kRequestHeader:
      case Subject::kResponseHeader:
      case Subject::kResponseSet:
      case Subject::kResponseAdd:
      case Subject::kRouteName:
        return true;
      default:
        return false;
    }
  }

  static std::string expected_text(const Check& check) {
    const TextTest& want = check.want;
    const std::string_view negation = check.negated ? "not " : "";
    const std::string shown = is_free_text(check.subject) ? fmt::format("\"{}\"", want.text) : want.text;
    switch (want.kind) {
      case TextTest::Kind::kAbsent:
        return fmt::format("{}none", negation);
      case TextTest::Kind::kPresent:
        if (check.subject == Subject::kResponseRemove) return fmt::format("{}{}", negation, check.name);
        return fmt::format("{}there", negation);
      case TextTest::Kind::kExact:
        return fmt::format("{}{}", negation, shown);
      case TextTest::Kind::kPrefix:
        return fmt::format("{}starting with {}", negation, shown);
      case TextTest::Kind::kContains:
        return check.subject == Subject::kOutcome ? fmt::format("{}{}", negation, want.text)
                                                  : fmt::format("{}containing {}", negation, shown);
      case TextTest::Kind::kRegex:
        return fmt::format("{}matching the regex \"{}\"", negation, want.text);
    }
    return "";
  }

  std::optional<Mismatch> text(const Check& check) {
    const Actual actual = actual_of(check);
    const bool is_there = actual.why.empty();
    if (is_there && holds(check, actual.text) != check.negated) return std::nullopt;
    // What is not there at all is otherwise than any value.
    if (!is_there && check.negated && check.want.kind != TextTest::Kind::kAbsent) return std::nullopt;
    std::string told =
        actual.text ? (is_free_text(check.subject) ? fmt::format("\"{}\"", *actual.text) : *actual.text) : "none";
    if (!is_there) told = fmt::format("{}: {}", actual.why, brief());
    return Mismatch{.check = &check, .expected = expected_text(check), .actual = std::move(told)};
  }

  [[nodiscard]] std::string brief() const {
    if (decision_.status == 0) {
      if (!decision_.destinations.empty()) return destinations_text(decision_);
      return fmt::format("{} at {}", route::outcome_name(decision_.outcome), route::stage_name(decision_.stage));
    }
    return fmt::format("{}{}{}, {} at {}", decision_.status, decision_.response_flag.empty() ? "" : " ",
                       decision_.response_flag, route::outcome_name(decision_.outcome),
                       route::stage_name(decision_.stage));
  }

  [[nodiscard]] Actual upstream(std::optional<std::string> text) const {
    if (goes_upstream(decision_)) return {.text = std::move(text), .why = {}};
    return {.text = std::nullopt, .why = "nothing goes upstream"};
  }
  // Policies belong to the route, whatever came of the request.
  [[nodiscard]] Actual policy(std::optional<std::string> text) const {
    if (decision_.forward() != nullptr) return {.text = std::move(text), .why = {}};
    return {.text = std::nullopt, .why = "no route that forwards takes the request"};
  }

  [[nodiscard]] std::optional<std::string> own_status() const {
    return decision_.status == 0 ? std::nullopt : std::optional(std::to_string(decision_.status));
  }

  [[nodiscard]] bool finds_no_route() const {
    return decision_.outcome == Outcome::kNotFound ||
           (decision_.outcome == Outcome::kRefused && decision_.stage <= route::Stage::kFilterChain);
  }

  Actual actual_of(const Check& check) {
    switch (check.subject) {
      case Subject::kOutcome:
        return {.text = std::string(route::outcome_name(decision_.outcome)), .why = {}};
      case Subject::kStage:
        return {.text = std::string(route::stage_name(decision_.stage)), .why = {}};
      case Subject::kNoRoute:
        return {.text = finds_no_route() ? "true" : "false", .why = {}};
      case Subject::kStatus:
        if (decision_.status == 0 && goes_upstream(decision_))
          return {.text = std::nullopt, .why = "the status comes from upstream"};
        return {.text = own_status(), .why = {}};
      case Subject::kGrpcStatus:
        return {.text = decision_.grpc_status ? std::optional(std::to_string(*decision_.grpc_status)) : std::nullopt,
                .why = {}};
      case Subject::kResponseFlag:
        return {.text = optional_text(decision_.response_flag), .why = {}};
      case Subject::kLocation:
        return {.text = optional_text(decision_.location), .why = {}};
      case Subject::kBody:
        return body();
      case Subject::kPath:
      case Subject::kQuery:
      case Subject::kHost:
      case Subject::kRequestHeader:
        return effective(check);
      case Subject::kResponseHeader:
      case Subject::kResponseSet:
      case Subject::kResponseAdd:
      case Subject::kResponseRemove:
        return response(check);
      case Subject::kTimeout:
      case Subject::kAttempts:
      case Subject::kPerTryTimeout:
      case Subject::kRetryOn:
      case Subject::kRetryCodes:
        return policy_of(check.subject);
      case Subject::kDelay:
      case Subject::kDelayPercent:
      case Subject::kAbortStatus:
      case Subject::kAbortGrpcStatus:
      case Subject::kAbortPercent:
        return fault(check.subject);
      case Subject::kCors:
        return {.text = cors(), .why = {}};
      case Subject::kRouteName:
      case Subject::kVirtualService:
      case Subject::kGateway:
      case Subject::kVirtualHost:
        return {.text = optional_text(place(check.subject)), .why = {}};
      case Subject::kDestination:
      case Subject::kWeights:
      case Subject::kMirrors:
        break;  // see one()
    }
    return {};
  }

  static std::optional<std::string> optional_text(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
  }

  [[nodiscard]] Actual body() const {
    if (goes_upstream(decision_)) return {.text = std::nullopt, .why = "the body comes from upstream"};
    return {.text = std::string(decision_.body), .why = {}};
  }

  [[nodiscard]] Actual effective(const Check& check) const {
    const std::string_view target = decision_.target ? std::string_view(*decision_.target) : request_.target;
    switch (check.subject) {
      case Subject::kPath: {
        const bool with_query =
            check.want.text.find('?') != std::string::npos && check.want.kind != TextTest::Kind::kRegex;
        return upstream(std::string(with_query ? target : route::path_of(target)));
      }
      case Subject::kQuery:
        return upstream(target.find('?') == std::string_view::npos
                            ? std::nullopt
                            : std::optional<std::string>(route::query_of(target)));
      case Subject::kHost:
        return upstream(std::string(decision_.authority.value_or(request_.authority)));
      default:
        return upstream(header_text(route::upstream_headers(request_, decision_), check.name));
    }
  }

  [[nodiscard]] Actual response(const Check& check) const {
    if (check.subject == Subject::kResponseHeader) {
      if (decision_.status != 0)
        return {.text = header_text(route::local_headers(request_, decision_), check.name), .why = {}};
      if (!goes_upstream(decision_)) return {.text = std::nullopt, .why = "there is no answer"};
      route::HeaderList lines;
      route::edit_response(request_, decision_, lines);
      return {.text = header_text(lines, check.name), .why = {}};
    }
    if (!goes_upstream(decision_)) return {.text = std::nullopt, .why = "no answer of an upstream is edited"};
    const rules::HeaderOpType type = check.subject == Subject::kResponseSet   ? rules::HeaderOpType::kSet
                                     : check.subject == Subject::kResponseAdd ? rules::HeaderOpType::kAdd
                                                                              : rules::HeaderOpType::kRemove;
    std::optional<std::string> found;
    for (const rules::HeaderOp& op : route::response_edits(request_, decision_))
      if (op.type == type && route::same_name(op.name, check.name)) found = op.value;
    return {.text = std::move(found), .why = {}};
  }

  [[nodiscard]] Actual policy_of(Subject subject) const {
    const rules::Forward* forward = decision_.forward();
    if (forward == nullptr) return policy(std::nullopt);
    if (subject == Subject::kTimeout) return policy(duration_text(forward->timeout));
    const rules::Retries* retries = forward->retries.get();
    if (subject == Subject::kAttempts) return policy(std::to_string(retries != nullptr ? retries->attempts : 0));
    if (retries == nullptr) return policy(std::nullopt);
    if (subject == Subject::kPerTryTimeout) return policy(duration_text(retries->per_try_timeout));
    std::vector<std::string> words;
    if (subject == Subject::kRetryCodes) {
      for (const std::uint32_t code : retries->status_codes) words.push_back(std::to_string(code));
    } else {
      for (std::size_t begin = 0; begin < retries->retry_on.size();) {
        const std::size_t end = std::min(retries->retry_on.find(',', begin), retries->retry_on.size());
        words.push_back(retries->retry_on.substr(begin, end - begin));
        begin = end + 1;
      }
    }
    std::ranges::sort(words);
    return policy(fmt::format("{}", fmt::join(words, ",")));
  }

  [[nodiscard]] Actual fault(Subject subject) const {
    const rules::Forward* forward = decision_.forward();
    if (forward == nullptr) return policy(std::nullopt);
    const Boxed<rules::Delay>& delay = forward->fault.delay;
    const Boxed<rules::Abort>& abort = forward->fault.abort;
    switch (subject) {
      case Subject::kDelay:
        return policy(delay ? duration_text(delay->duration) : "none");
      case Subject::kDelayPercent:
        return policy(delay ? std::optional(fmt::format("{:g}", delay->percent)) : std::nullopt);
      case Subject::kAbortStatus:
        return policy(abort && !abort->grpc_status ? std::optional(std::to_string(abort->http_status)) : std::nullopt);
      case Subject::kAbortGrpcStatus:
        return policy(abort && abort->grpc_status ? std::optional(std::to_string(*abort->grpc_status)) : std::nullopt);
      default:
        return policy(abort ? std::optional(fmt::format("{:g}", abort->percent)) : std::nullopt);
    }
  }

  [[nodiscard]] std::string cors() const {
    switch (decision_.cors) {
      case route::CorsVerdict::kAllowed:
        return "allowed";
      case route::CorsVerdict::kOther:
        return "denied";
      case route::CorsVerdict::kNone:
        break;
    }
    return "none";
  }

  [[nodiscard]] std::string_view place(Subject subject) const {
    const rules::Rule* rule = decision_.rule();
    const rules::VirtualHost* host = decision_.virtual_host;
    const bool is_bytes = decision_.outcome == Outcome::kTcpForward || decision_.outcome == Outcome::kReset;
    switch (subject) {
      case Subject::kRouteName:
        return rule != nullptr ? rule->name : std::string_view();
      case Subject::kVirtualService:
        if (rule == nullptr && is_bytes) return decision_.chain->tcp.from.virtual_service;
        return rule != nullptr ? rule->from.virtual_service.view() : std::string_view();
      case Subject::kGateway:
        if (rule != nullptr) return rule->gateway;
        if (host != nullptr && !host->gateway.empty()) return host->gateway;
        return decision_.chain != nullptr ? decision_.chain->servers.front().gateway.view() : std::string_view();
      default:
        return host != nullptr && !host->blackhole ? host->domain : std::string_view();
    }
  }

  // ---- destinations ----

  [[nodiscard]] bool expects_status() const {
    return std::ranges::any_of(test_.checks, [](const Check& c) { return c.subject == Subject::kStatus; });
  }

  // All that may be picked; none where the request does not get there.
  [[nodiscard]] std::vector<const rules::WeightedDestination*> possible() const {
    std::vector<const rules::WeightedDestination*> all;
    if (decision_.picked != nullptr) return {decision_.picked};
    for (const rules::WeightedDestination& destination : decision_.destinations) all.push_back(&destination);
    return all;
  }

  std::optional<Mismatch> destination(const Check& check) {
    const WantedDestination& wanted = check.destinations.front();
    const auto all = possible();
    // A destination without cluster or endpoints is not reached; who knows says so with the status.
    const bool arrives = !all.empty() && (decision_.status == 0 || expects_status());
    const auto is_it = [&](const auto* each) { return is_wanted(wanted, *each->cluster); };
    const bool is_as_expected =
        check.negated ? std::ranges::none_of(all, is_it) : arrives && std::ranges::all_of(all, is_it);
    if (is_as_expected) return std::nullopt;
    return Mismatch{.check = &check,
                    .expected = fmt::format("{}{}", check.negated ? "not " : "", wanted.text),
                    .actual = told_destinations(!all.empty() && decision_.status == 0)};
  }

  [[nodiscard]] std::string told_destinations(bool arrives) const {
    if (arrives || decision_.destinations.empty()) return brief();
    return fmt::format("{} instead of {}", brief(), destinations_text(decision_));
  }

  std::optional<Mismatch> weights(const Check& check) {
    double wanted_total = 0, actual_total = 0;
    for (const WantedDestination& wanted : check.destinations) wanted_total += *wanted.share;
    for (const rules::WeightedDestination& destination : decision_.destinations) actual_total += destination.weight;
    bool is_same = decision_.outcome == Outcome::kForward || decision_.outcome == Outcome::kTcpForward;
    double found_total = 0;
    for (const WantedDestination& wanted : check.destinations) {
      double found = 0;
      for (const rules::WeightedDestination& destination : decision_.destinations)
        if (is_wanted(wanted, *destination.cluster)) found += destination.weight;
      found_total += found;
      is_same = is_same && std::abs(found * wanted_total - *wanted.share * actual_total) <=
                               kTolerance * (1 + wanted_total * actual_total);
    }
    is_same = is_same && found_total == actual_total;
    if (is_same != check.negated) return std::nullopt;
    std::string expected;
    for (const WantedDestination& wanted : check.destinations)
      expected += fmt::format("{}{:.4g}% {}", expected.empty() ? "" : ", ",
                              wanted_total == 0 ? 0 : 100 * *wanted.share / wanted_total, wanted.text);
    return Mismatch{.check = &check,
                    .expected = fmt::format("{}{}", check.negated ? "not " : "", expected),
                    .actual = told_destinations(decision_.status == 0)};
  }

  std::optional<Mismatch> mirrors(const Check& check) {
    const rules::Forward* forward = decision_.forward();
    using Mirrors = std::span<const rules::Mirror>;
    const Mirrors mirrors = forward != nullptr ? Mirrors(forward->mirrors) : Mirrors();
    const auto fits = [](const WantedDestination& wanted, const rules::Mirror& mirror) {
      return is_wanted(wanted, *mirror.cluster) &&
             (!wanted.share || std::abs(*wanted.share - mirror.percent) <= kTolerance * 100);
    };
    bool is_same = mirrors.size() == check.destinations.size();
    for (const WantedDestination& wanted : check.destinations)
      is_same = is_same && std::ranges::any_of(mirrors, [&](const auto& mirror) { return fits(wanted, mirror); });
    if (is_same != check.negated) return std::nullopt;
    std::string expected, actual;
    for (const WantedDestination& wanted : check.destinations)
      expected += fmt::format("{}{}{}", expected.empty() ? "" : ", ",
                              wanted.share ? fmt::format("{:g}% ", *wanted.share) : "", wanted.text);
    for (const rules::Mirror& mirror : mirrors)
      actual += fmt::format("{}{:g}% {}:{}{}{}", actual.empty() ? "" : ", ", mirror.percent, mirror.cluster->host,
                            mirror.cluster->port, mirror.cluster->subset.empty() ? "" : ":", mirror.cluster->subset);
    return Mismatch{.check = &check,
                    .expected = fmt::format("{}{}", check.negated ? "not " : "", expected.empty() ? "none" : expected),
                    .actual = actual.empty() ? "none" : actual};
  }

  const Case& test_;
  const route::RequestView& request_;
  const route::Decision& decision_;
};

}  // namespace

Verdict judge(const Case& test, const route::RequestView& request, const route::Decision& decision) {
  return Judge(test, request, decision).run();
}

bool looks_at_destinations(const Case& test) {
  return std::ranges::any_of(test.checks, [](const Check& check) {
    return !check.negated && (check.subject == Subject::kDestination || check.subject == Subject::kWeights);
  });
}

bool is_wanted(const WantedDestination& wanted, const rules::Cluster& cluster) {
  if (!wanted.cluster.empty()) return wanted.cluster == cluster.name;
  return std::ranges::find(wanted.hosts, cluster.host) != wanted.hosts.end() &&
         (!wanted.port || *wanted.port == cluster.port) && (!wanted.subset || *wanted.subset == cluster.subset);
}

std::string destinations_text(const route::Decision& decision) {
  const auto name = [](const rules::Cluster& cluster) {
    return fmt::format("{}:{}{}{}", cluster.host, cluster.port, cluster.subset.empty() ? "" : ":", cluster.subset);
  };
  if (decision.picked != nullptr) return name(*decision.picked->cluster);
  double total = 0;
  for (const rules::WeightedDestination& destination : decision.destinations) total += destination.weight;
  std::string text;
  for (const rules::WeightedDestination& destination : decision.destinations)
    text += fmt::format("{}{:.4g}% {}", text.empty() ? "" : ", ", total == 0 ? 0 : 100 * destination.weight / total,
                        name(*destination.cluster));
  return text;
}

}  // namespace wicket::suite
