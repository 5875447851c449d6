#include "cli/common_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace wicket::cli {
namespace {

constexpr std::size_t kMaxJobs = 1024;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool is_namespace(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

bool is_object_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-' || c == '.'; });
}

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || kMarks.find(c) != std::string_view::npos;
  });
}

CommonOptions common(ValueReader& in) {
  CommonOptions options;
  options.directory = in.text(OptionId::kDirectory);
  options.jobs = in.number(OptionId::kJobs, 1, kMaxJobs).value_or(0);
  options.color = in.choice(OptionId::kColor, ColorChoice::kAuto);
  options.config = in.text(OptionId::kConfig);
  options.no_config = in.has(OptionId::kNoConfig);
  if (options.no_config && in.has(OptionId::kConfig)) in.fail("--config and --no-config contradict each other");
  options.names_namespace = in.has(OptionId::kNamespace);
  options.names_cluster_domain = in.has(OptionId::kClusterDomain);
  if (in.has(OptionId::kQuiet) && in.has(OptionId::kVerbose)) in.fail("--quiet and --verbose contradict each other");
  if (in.has(OptionId::kQuiet)) options.verbosity = Verbosity::kQuiet;
  if (in.has(OptionId::kVerbose)) options.verbosity = Verbosity::kVerbose;
  return options;
}

std::string namespace_of(ValueReader& in) {
  std::string ns = in.text(OptionId::kNamespace, "default");
  if (!is_namespace(ns))
    in.fail(fmt::format("--namespace '{}' is no namespace: lower-case letters, digits and '-', at most 63", ns));
  return ns;
}

std::string cluster_domain(ValueReader& in) {
  std::string domain = in.text(OptionId::kClusterDomain, "cluster.local");
  if (!is_object_name(domain)) in.fail(fmt::format("--cluster-domain '{}' is no domain name", domain));
  return domain;
}

std::vector<std::string> paths(ValueReader& in, std::size_t first) {
  const std::vector<std::string>& arguments = in.given().arguments;
  std::vector<std::string> paths(arguments.begin() + static_cast<std::ptrdiff_t>(first), arguments.end());
  if (std::ranges::find(paths, "") != paths.end()) in.fail("a PATH is empty");
  if (std::ranges::count(paths, "-") > 1) in.fail("standard input (-) is named twice");
  return paths;
}

std::optional<double> percentage(ValueReader& in, OptionId id) {
  if (!in.has(id)) return std::nullopt;
  std::string text = in.text(id);
  if (text.ends_with('%')) text.pop_back();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0 && number <= 100) return number;
  in.fail(fmt::format("{} takes a percentage from 0 to 100, not '{}'", in.name(id), in.text(id)));
  return std::nullopt;
}

}  // namespace wicket::cli
