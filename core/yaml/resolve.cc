#include "yaml/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace wicket::yaml {
namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMaxCopies = 10'000;  // nodes; or 100 times the document, where that is more

/// Equality that decides most cases without a call.
bool is_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

struct Pair {
  NodeId key{};
  NodeId value{};
  NodeId merge{};  // the `<<` that brought it; kNone for a pair written in the mapping
};

class Resolver {
 public:
  Resolver(Document& document, std::vector<Problem>& problems)
      : document_(document),
        problems_(problems),
        written_(document.nodes.size()),
        limit_(std::max(kMaxCopies, 100 * written_)) {}

  void run() {
    bool aliases = false;
    for (std::size_t i = 1; i < written_; ++i) aliases = aliases || document_.nodes[i].kind == NodeKind::kAlias;
    if (aliases && !expand_aliases()) return;
    // Children have higher numbers than their parents, so that a merged mapping is settled before it is merged.
    for (std::size_t i = document_.nodes.size(); i-- > 1;) {
      if (document_.nodes[i].kind == NodeKind::kMapping) settle(static_cast<NodeId>(i));
    }
    for (std::size_t i = 1; i < written_; ++i) check_scalar(static_cast<NodeId>(i));
    document_.originals.assign(originals_.begin(), originals_.end());
    std::ranges::sort(document_.originals);
    for (std::size_t i = 1; i + Document::kWide < document_.nodes.size(); ++i) note_wide(static_cast<NodeId>(i));
    std::ranges::sort(document_.wide_children, {}, &WideChild::child);
  }

 private:
  void report(ProblemKind kind, NodeId at, std::string message, Span other = {}) {
    problems_.push_back({.kind = kind,
                         .span = document_.span(at),
                         .node = at,
                         .other = other,
                         .message = std::move(message),
                         .help = {}});
  }

  bool expand_aliases() {
    find_merged();
    for (std::size_t i = 1; i < written_; ++i) {
      const auto id = static_cast<NodeId>(i);
      if (document_[id].kind != NodeKind::kAlias) continue;
      const NodeId target = document_[id].first();
      const Node alias = document_[id];
      if (!merged_[i]) {
        report(ProblemKind::kMergeUsed, id,
               std::string(document_.source.substr(alias.begin - document_.base, alias.end - alias.begin)));
      }
      const Span place = document_.span(id);
      document_[id].kind = document_[target].kind;
      document_[id].style = document_[target].style;
      document_[id].tag = document_[target].tag;
      document_[id].set_link(text_of_copy(target));
      lead_back(id, target);
      if (!copy_children(target, id, &place, limit_)) {
        problems_.clear();
        document_.root = NodeId::kNone;
        problems_.push_back({.kind = ProblemKind::kAliasBomb,
                             .span = place,
                             .node = id,
                             .other = {},
                             .message = std::string(document_.source.substr(alias.begin + 1 - document_.base,
                                                                            alias.end - alias.begin - 1)),
                             .help = {}});
        drop_copies();
        return false;
      }
    }
    return true;
  }

  void drop_copies() {
    document_.nodes.resize(written_);
    for (Node& node : document_.nodes)
      if (node.kind != NodeKind::kScalar && node.link >= written_) node.set_link(0);
    originals_.clear();
  }

  void lead_back(NodeId copy, NodeId source) {
    const auto found = originals_.find(source);  // copies of copies lead to what is written
    originals_.emplace(copy, found == originals_.end() ? source : found->second);
  }

  /// Of a copied scalar: its text must not depend on the place, which is that of the alias.
  std::size_t text_of_copy(NodeId source) {
    const Node& node = document_[source];
    if (node.kind != NodeKind::kScalar) return 0;
    if (node.link != 0 || node.style == Style::kAbsent) return node.link;
    std::string text(document_.text(source));
    document_.decoded.push_back(std::move(text));
    return document_.decoded.size();
  }

  /// Which nodes stand behind a `<<`, alone or in a list.
  void find_merged() {
    merged_.assign(written_, false);
    for (std::size_t i = 1; i < written_; ++i) {
      if (document_.nodes[i].kind != NodeKind::kMapping) continue;
      for (NodeId key = document_.nodes[i].first(); key != NodeId::kNone;
           key = document_[document_[key].next()].next()) {
        if (!is_merge(key)) continue;
        const NodeId value = document_[key].next();
        merged_[static_cast<std::size_t>(value)] = true;
        if (document_[value].kind != NodeKind::kSequence) continue;
        for (NodeId item = document_[value].first(); item != NodeId::kNone; item = document_[item].next())
          merged_[static_cast<std::size_t>(item)] = true;
      }
    }
  }

  NodeId copy(NodeId source, const Span* place) {
    const auto id = static_cast<NodeId>(document_.nodes.size());
    Node node = document_[source];
    node.set_link(text_of_copy(source));
    if (place != nullptr) {
      node.begin = place->begin;
      node.end = place->end;
    }
    document_.nodes.push_back(node);
    lead_back(id, source);
    return id;
  }

  /// Copies the subtree below `source` under `target`; false when there would be too many copies.
  bool copy_children(NodeId source, NodeId target, const Span* place, std::size_t limit) {
    NodeId last = NodeId::kNone;
    for (NodeId child = document_[source].first(); child != NodeId::kNone; child = document_[child].next()) {
      if (document_.nodes.size() - written_ > limit || document_.nodes.size() >= kMostNodes) return false;
      const NodeId made = copy(child, place);
      document_.append(target, last, made);
      last = made;
      if (document_[child].kind != NodeKind::kScalar && !copy_children(child, made, place, limit)) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_copy(NodeId id) const { return static_cast<std::size_t>(id) >= written_; }

  [[nodiscard]] bool is_merge(NodeId key) const {
    const Node& node = document_[key];
    return node.kind == NodeKind::kScalar && node.style == Style::kPlain && node.tag == Tag::kNone &&
           document_.text(key) == "<<";
  }

  /// The text that decides whether two keys are one. Views into the document or into `made_keys_`.
  std::string_view comparable(NodeId key) {
    const Node& node = document_[key];
    if (node.kind != NodeKind::kScalar) return {};
    const std::string_view text = document_.text(key);
    if (node.style != Style::kPlain || text.size() > 24) return text;
    switch (text.empty() ? '\0' : text[0]) {
      case 'y':
      case 'Y':
      case 'n':
      case 'N':
      case 't':
      case 'T':
      case 'f':
      case 'F':
      case 'o':
      case 'O':
        if (text.size() > 5) return text;
        break;
      case '+':
      case '-':
      case '.':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9':
        break;
      default:
        return text;
    }
    made_keys_.push_back(canonical_key(document_, key));
    return made_keys_.back();
  }

  void settle(NodeId mapping) {
    bool special = false;
    std::size_t count = 0;
    keys_.clear();
    made_keys_.clear();
    for (NodeId key = document_[mapping].first(); key != NodeId::kNone; key = document_[document_[key].next()].next()) {
      if (!is_copy(key)) check_key(key);
      special = special || is_merge(key);
      keys_.push_back(comparable(key));
      ++count;
    }
    if (!special && !has_repeated(count)) return;
    relink(mapping);
  }

  bool has_repeated(std::size_t count) {
    if (count < 2) return false;
    if (count <= 16) {
      for (std::size_t i = 1; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (is_equal(keys_[i], keys_[j])) return true;
      return false;
    }
    std::vector<std::string_view> sorted = keys_;
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) != sorted.end();
  }

  void check_key(NodeId key) {
    const Node& node = document_[key];
    if (node.kind != NodeKind::kScalar) {
      const std::size_t at = node.begin - document_.base;
      const bool braces = at > 0 && document_.source.substr(at - 1, 2) == "{{";
      const std::size_t end = document_.source.find("}}", at);
      if (braces && end != std::string_view::npos) {
        const NodeId outer = document_.parent(key);
        problems_.push_back(
            {.kind = ProblemKind::kTemplate,
             .span = {document_.file, node.begin - 1, document_.base + static_cast<std::uint32_t>(end) + 2},
             .node = outer,
             .other = {},
             .message = std::string(document_.source.substr(at - 1, end + 3 - at)),
             .help = {}});
        return;
      }
      report(ProblemKind::kCollectionKey, key,
             node.kind == NodeKind::kMapping ? "a mapping is used as a key" : "a list is used as a key");
    } else if (document_.is_null(key)) {
      report(ProblemKind::kNullKey, key, std::string(document_.text(key)));
    }
  }

  void check_scalar(NodeId id) {
    const Node& node = document_[id];
    if (node.kind != NodeKind::kScalar || node.style != Style::kPlain || node.is_key || node.end <= node.begin) return;
    const char c = document_.source[node.begin - document_.base];
    if (c != '.' && c != '-' && c != '+') return;
    if (document_.scalar(id).type == ScalarType::kInfinity)
      report(ProblemKind::kNotJson, id, fmt::format("{} has no form in JSON", document_.text(id)));
  }

  void relink(NodeId mapping) {
    std::vector<Pair> pairs;
    std::unordered_map<std::string, std::size_t> index;
    std::vector<Pair> written;
    for (NodeId key = document_[mapping].first(); key != NodeId::kNone; key = document_[document_[key].next()].next())
      written.push_back({.key = key, .value = document_[key].next(), .merge = {}});
    for (const Pair& pair : written) {
      if (is_merge(pair.key)) {
        spread(mapping, pair, pairs, index);
      } else {
        put(pair, pairs, index);
      }
    }
    for (const Pair& pair : written) document_.append(mapping, pair.key, pair.value);  // also those that are replaced
    document_[mapping].set_link(0);
    NodeId last = NodeId::kNone;
    for (const Pair& pair : pairs) {
      if (pair.key == NodeId::kNone) continue;  // replaced
      document_.append(mapping, last, pair.key);
      document_.append(mapping, pair.key, pair.value);
      last = pair.value;
    }
  }

  void note_wide(NodeId collection) {
    if (document_[collection].first() == NodeId::kNone || document_.size(collection) <= Document::kWide) return;
    WideChild made{.collection = collection};
    for (NodeId at = document_[collection].first(); at != NodeId::kNone; at = document_[at].next()) {
      made.child = at;
      document_.wide_children.push_back(made);
      made.previous = at;
      ++made.position;
    }
  }

  void put(const Pair& pair, std::vector<Pair>& pairs, std::unordered_map<std::string, std::size_t>& index) {
    const std::string key = canonical_key(document_, pair.key);
    const auto [found, added] = index.try_emplace(key, pairs.size());
    if (!added) {
      const Pair earlier = pairs[found->second];
      pairs[found->second].key = NodeId::kNone;
      found->second = pairs.size();
      if (!is_copy(pair.key) || pair.merge != NodeId::kNone) collide(key, earlier, pair);
    }
    pairs.push_back(pair);
  }

  void collide(const std::string& key, const Pair& earlier, const Pair& later) {
    const bool was_merged = earlier.merge != NodeId::kNone;
    const bool is_merged = later.merge != NodeId::kNone;
    if (is_copy(is_merged ? later.merge : later.key)) return;  // told where it is written
    if (!was_merged && !is_merged) {
      report(ProblemKind::kDuplicateKey, later.key, key, document_.span(earlier.key));
    } else if (!is_merged) {
      report(ProblemKind::kMergeCollision, later.key, key, document_.span(earlier.merge));
    } else if (!was_merged) {
      report(ProblemKind::kMergeOverwrites, earlier.key, key, document_.span(later.merge));
    } else {
      report(ProblemKind::kMergeCollision, later.merge, key, document_.span(earlier.merge));
    }
  }

  /// Spreads the mappings behind a `<<`. Of a list of mappings the first one that has a key wins.
  void spread(NodeId mapping, const Pair& merge, std::vector<Pair>& pairs,
              std::unordered_map<std::string, std::size_t>& index) {
    if (!is_copy(merge.key)) report(ProblemKind::kMergeUsed, merge.key, "<<");
    std::vector<NodeId> sources;
    if (document_[merge.value].kind == NodeKind::kMapping) {
      sources.push_back(merge.value);
    } else if (document_[merge.value].kind == NodeKind::kSequence) {
      for (NodeId item = document_[merge.value].first(); item != NodeId::kNone; item = document_[item].next())
        sources.push_back(item);
    }
    const bool sound = !sources.empty() && std::ranges::all_of(sources, [&](NodeId source) {
      return document_[source].kind == NodeKind::kMapping;
    });
    if (!sound) {
      if (!is_copy(merge.key)) report(ProblemKind::kBadMerge, merge.key, "`<<` needs a mapping or a list of mappings");
      return;
    }
    for (const NodeId source : sources) {
      std::vector<std::pair<NodeId, NodeId>> children;
      for (NodeId key = document_[source].first(); key != NodeId::kNone; key = document_[document_[key].next()].next())
        children.emplace_back(key, document_[key].next());
      for (const auto& [key, value] : children) {
        if (const auto found = index.find(canonical_key(document_, key));
            found != index.end() && pairs[found->second].merge == merge.key) {
          if (!is_copy(merge.key))
            report(ProblemKind::kMergeCollision, merge.key, found->first, document_.span(merge.key));
          continue;
        }
        const NodeId new_key = copy(key, nullptr);
        const NodeId new_value = copy(value, nullptr);
        document_.append(mapping, new_key, new_value);
        static_cast<void>(copy_children(value, new_value, nullptr, kNoLimit));
        put({.key = new_key, .value = new_value, .merge = merge.key}, pairs, index);
      }
    }
  }

  Document& document_;
  std::vector<Problem>& problems_;
  const std::size_t written_;
  const std::size_t limit_;
  std::vector<std::string_view> keys_;
  std::deque<std::string> made_keys_;
  std::vector<bool> merged_;  // by node
  std::unordered_map<NodeId, NodeId> originals_;
};

}  // namespace

std::string canonical_key(const Document& document, NodeId key) {
  const Scalar scalar = document.scalar(key);
  switch (scalar.type) {
    case ScalarType::kBoolean:
      return scalar.boolean ? "true" : "false";
    case ScalarType::kInteger:
      return scalar.unsigned_integer != 0 ? fmt::format("{}", scalar.unsigned_integer)
                                          : fmt::format("{}", scalar.integer);
    case ScalarType::kFloat:
      return fmt::format("{}", scalar.number);
    case ScalarType::kNull:
    case ScalarType::kInfinity:
    case ScalarType::kTimestamp:
    case ScalarType::kMerge:
    case ScalarType::kString:
      break;
  }
  return std::string(document.text(key));
}

void resolve(Document& document, std::vector<Problem>& problems) { Resolver(document, problems).run(); }

}  // namespace wicket::yaml
