// Every path condition has a literal beginning: all of an exact path and of a prefix, and as much of a pattern as RE2
// can tell. A trie of these beginnings leads to all routes that a path can meet: those of the nodes that it comes by.
// Where the beginning says it all, and the route has no other conditions, it is taken without being looked at.

#include "route/path_index.h"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "route/table.h"
#include "rules/host_names.h"

namespace wicket::route {
// The tries of one virtual host. A block without words: there is nothing in it.
class PathIndexBuilder {
 public:
  using Block = std::vector<std::uint32_t>;

  void add(const Route& route, std::uint32_t position) {
    const bool has_more = !route.headers.empty() || !route.query_params.empty();
    Key key{
        .text = {}, .list = PathIndex::kPrefixList, .entry = position << 1U | (has_more ? 1U : 0U), .route = &route};
    bool folds = false;
    if (route.path_wanted != nullptr) {
      if (route.path.never) return;
      folds = route.path.ignore_case;
      switch (route.path.type) {
        case rules::MatchType::kPresent:
          folds = false;
          break;
        case rules::MatchType::kExact:
          key.list = PathIndex::kExactList;
          key.text = route.path.text;
          break;
        case rules::MatchType::kPrefix:
          key.text = route.path.text;
          break;
        case rules::MatchType::kPathSegment:
          key.text = route.path.text.substr(0, route.path.text.size() - (route.path.text.ends_with('/') ? 1 : 0));
          key.entry |= 1U;
          folds = false;
          break;
        case rules::MatchType::kRegex:
          key.list = PathIndex::kRegexList;
          key.text = route.path.regex->literal_prefix();
          key.entry |= 1U;
          folds = false;
          break;
      }
    }
    if (folds) key.text = rules::lower_case(key.text);
    (folds ? folded_ : plain_).push_back(std::move(key));
  }

  [[nodiscard]] Block plain() && { return block_of(plain_); }
  [[nodiscard]] Block folded() && { return block_of(folded_); }

 private:
  struct Key {
    std::string text;
    std::uint32_t list = 0;
    std::uint32_t entry = 0;
    const Route* route = nullptr;
  };
  using Keys = std::span<const Key>;

  /// Keys that share their first `depth` bytes, and the word where the place of their node belongs.
  struct Pending {
    Keys keys;
    std::size_t depth = 0;
    std::size_t place = 0;
  };

  static void put_bytes(Block& block, std::string_view bytes) {
    const std::size_t at = block.size();
    block.resize(at + PathIndex::words_for(bytes.size()));
    if (!bytes.empty()) std::memcpy(block.data() + at, bytes.data(), bytes.size());
  }

  static void put_pointer(Block& block, const void* place) {
    const std::size_t at = block.size();
    block.resize(at + 2);
    static_assert(sizeof place <= 2 * sizeof block[0]);
    std::memcpy(&block[at], &place, sizeof place);
  }

  static void put_list(Block& block, Keys keys, std::uint32_t list, std::size_t head) {
    const auto count = static_cast<std::uint32_t>(std::ranges::count(keys, list, &Key::list));
    if (count == 0) return;
    block[head] |= list << 28U;
    block.push_back(count);
    for (const Key& key : keys) {
      if (key.list != list) continue;
      const std::span destinations = key.route->destinations;
      const bool only_forwards = key.route->only_forwards;
      block.push_back(key.entry);
      block.push_back(only_forwards ? static_cast<std::uint32_t>(destinations.size()) << 1U | 1U : 0U);
      put_pointer(block, key.route);
      put_pointer(block, destinations.data());
    }
  }

  static std::size_t shared_bytes(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  }

  // The keys are sorted: what the first and the last share, all share, and those that end here come first.
  static void put_node(const Pending& pending, std::deque<Pending>& queue, Block& block) {
    const Keys keys = pending.keys;
    const std::string_view front = std::string_view(keys.front().text).substr(pending.depth);
    const std::string_view back = std::string_view(keys.back().text).substr(pending.depth);
    const std::string_view label = front.substr(0, std::min(shared_bytes(front, back), PathIndex::kMaxLabel));
    const std::size_t depth = pending.depth + label.size();

    const std::size_t head = block.size();
    if (pending.place != 0) block[pending.place] = static_cast<std::uint32_t>(head);
    block.push_back(static_cast<std::uint32_t>(label.size()));
    put_bytes(block, label);

    const auto longer = std::ranges::find_if(keys, [depth](const Key& key) { return key.text.size() > depth; });
    const Keys ends_here(keys.begin(), longer);
    std::string bytes;
    std::vector<Pending> children;
    for (auto from = longer; from != keys.end();) {
      const char byte = from->text[depth];
      const auto to = std::find_if(from, keys.end(), [&](const Key& key) { return key.text[depth] != byte; });
      bytes += byte;
      children.push_back({.keys = Keys(from, to), .depth = depth + 1});
      from = to;
    }
    block[head] |= static_cast<std::uint32_t>(children.size()) << 16U;
    put_bytes(block, bytes);
    for (Pending& child : children) {
      child.place = block.size();
      block.push_back(0);
      queue.push_back(child);
    }
    for (const std::uint32_t list : {PathIndex::kPrefixList, PathIndex::kExactList, PathIndex::kRegexList})
      put_list(block, ends_here, list, head);
  }

  static Block block_of(std::vector<Key>& keys) {
    Block block;
    if (keys.empty()) return block;
    std::ranges::stable_sort(keys, {}, &Key::text);  // keeps the order of the routes
    std::deque<Pending> queue = {{.keys = keys}};
    while (!queue.empty()) {
      const Pending next = queue.front();
      queue.pop_front();
      put_node(next, queue, block);
    }
    return block;
  }

  std::vector<Key> plain_;
  std::vector<Key> folded_;
};

PathIndexes::Place PathIndexes::add(std::string_view domain, std::span<const std::shared_ptr<const Route>> routes) {
  PathIndexBuilder builder;
  for (std::size_t i = 0; i < routes.size(); ++i) builder.add(*routes[i], static_cast<std::uint32_t>(i));
  constexpr std::size_t kLineWords = IndexMemory::kCacheLine / sizeof(std::uint32_t);
  words_.resize((words_.size() + kLineWords - 1) / kLineWords * kLineWords);

  Place place{.name = words_.size(), .plain = {}, .end = 0, .folded = {}};
  words_.resize(words_.size() + 1 + PathIndex::words_for(domain.size()));
  words_[place.name] = static_cast<std::uint32_t>(domain.size());
  if (!domain.empty()) std::memcpy(&words_[place.name + 1], domain.data(), domain.size());
  const auto append = [this](const PathIndexBuilder::Block& block) -> std::optional<std::size_t> {
    if (block.empty()) return std::nullopt;
    const std::size_t at = words_.size();
    words_.insert(words_.end(), block.begin(), block.end());
    return at;
  };
  place.plain = append(std::move(builder).plain());
  place.end = words_.size();
  place.folded = append(std::move(builder).folded());
  return place;
}

PathIndex PathIndexes::index(const IndexMemory& memory, const Place& place) {
  PathIndex index;
  if (place.plain) index.plain_ = memory.data() + *place.plain;
  if (place.folded) index.folded_ = memory.data() + *place.folded;
  return index;
}

}  // namespace wicket::route
