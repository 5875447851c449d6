#include "rules/order.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace wicket::rules {
namespace {

// Takes `digits` decimal digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// The part behind the seconds' point, as nanoseconds. More than nine digits are cut.
std::int64_t take_fraction(std::string_view& text) {
  std::int64_t nanos = 0;
  std::int64_t unit = 100'000'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    nanos += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return nanos;
}

struct Zone {
  std::chrono::minutes offset{};
};

std::optional<Zone> take_zone(std::string_view& text) {
  if (take(text, 'Z')) return Zone{};
  const bool west = take(text, '-');
  if (!west && !take(text, '+')) return std::nullopt;
  const std::optional<int> hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const std::optional<int> minutes = take_number(text, 2);
  if (!minutes) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return Zone{west ? -offset : offset};
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
  using namespace std::chrono;
  const std::optional<int> year_number = take_number(text, 4);
  if (!year_number || !take(text, '-')) return std::nullopt;
  const std::optional<int> month_number = take_number(text, 2);
  if (!month_number || !take(text, '-')) return std::nullopt;
  const std::optional<int> day_number = take_number(text, 2);
  if (!day_number || !take(text, 'T')) return std::nullopt;
  const std::optional<int> hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const std::optional<int> minute = take_number(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const std::optional<int> second = take_number(text, 2);
  if (!second) return std::nullopt;
  const std::int64_t fraction = take(text, '.') ? take_fraction(text) : 0;
  const std::optional<Zone> zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;

  const year_month_day date{year(*year_number), month(static_cast<unsigned>(*month_number)),
                            day(static_cast<unsigned>(*day_number))};
  if (!date.ok()) return std::nullopt;
  const auto moment = sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) - zone->offset;
  return Time{.seconds = duration_cast<seconds>(moment.time_since_epoch()).count(), .nanoseconds = fraction};
}

std::vector<const model::Resource*> in_creation_order(const model::Workspace& workspace, model::Kind kind) {
  struct Keyed {
    const model::Resource* resource;
    std::optional<Time> created;  // an empty optional sorts before any time
    std::string_view name;
    std::string_view ns;
  };
  std::vector<Keyed> keyed;
  for (const model::Resource* resource : workspace.all(kind)) {
    const std::string_view ns = workspace.ns_of(*resource);
    if (resource->name().empty() || workspace.find(kind, ns, resource->name()) != resource) continue;
    const model::Text& created = resource->metadata.creation_timestamp;
    keyed.push_back({resource, created ? parse_time(*created) : std::nullopt, resource->name(), ns});
  }
  std::ranges::stable_sort(keyed, {}, [](const Keyed& k) { return std::tie(k.created, k.name, k.ns); });

  std::vector<const model::Resource*> ordered;
  ordered.reserve(keyed.size());
  for (const Keyed& k : keyed) ordered.push_back(k.resource);
  return ordered;
}

std::string full_name(const model::Workspace& workspace, const model::Resource& resource) {
  return std::string(workspace.ns_of(resource)).append("/").append(resource.name());
}

}  // namespace wicket::rules
