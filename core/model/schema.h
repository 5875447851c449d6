// The shape of the resource kinds, as tables: one row a field.
//
// The rows decode manifests, are the names that unknown fields are compared with, and are printed as JSON Schemas. A
// row is made from a pointer to the member that it fills, which settles its type; flags are added to it:
//
//     field<&ServerPort::number>("number").required()
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "yaml/node.h"

namespace wicket::model {

class Decoder;
struct TypeInfo;

enum class FieldType : std::uint8_t {
  kString,
  kUint32,
  kInt32,
  kUint64,
  kDouble,
  kBool,
  kDuration,
  kBytes,
  kEnum,
  kIntOrString,
  kMessage,
};

enum class Shape : std::uint8_t { kSingle, kList, kMap };

/// What a string means, for checks that need no other knowledge than that.
enum class Format : std::uint8_t {
  kFree,         // any text
  kHost,         // hosts, SNI, gateways: names of the network
  kName,         // names of objects, subsets, ports
  kHeaderName,   // keys of header maps, list of names to remove
  kPath,         // literal paths
  kPattern,      // regexes and StringMatch values
  kHeaderValue,  // free, and `${…}` is legal in it
  kBody,         // free, and so is anything that looks like a template
};

/// Lower limit of a duration.
enum class DurationLimit : std::uint8_t {
  kNone,
  kMillisecond,      // at least 1ms, whole milliseconds
  kAtLeastOneMs,     // at least 1ms, as fine as one likes: what only the schema looks at (warmupDurationSecs)
  kNoneOrFromOneMs,  // as kMillisecond, or off: less than 1ms to either side of zero (tcp.idleTimeout)
};

/// The names of an enum; the position is the value.
struct EnumInfo {
  std::string_view name;
  std::span<const std::string_view> values;
};

/// One field of a message.
struct FieldInfo {
  std::string_view name;  // JSON name; the proto name is its snake_case form
  FieldType type{};
  Shape shape{};
  const TypeInfo* message = nullptr;  // kMessage
  const EnumInfo* enumeration = nullptr;
  void (*store)(Decoder&, const FieldInfo&, yaml::NodeId, void* object) = nullptr;

  std::string_view doc;  // one line, for editors
  std::string_view oneof;
  bool is_required = false;
  bool is_nullable = false;
  bool is_deprecated = false;
  Format format = Format::kFree;
  Format key_format = Format::kFree;  // of a map's keys
  DurationLimit duration = DurationLimit::kNone;
  bool has_range = false;
  double min = 0;
  double max = 0;
  std::uint32_t min_items = 0;
  std::uint32_t max_items = 0;   // 0: no limit; lists and maps
  std::uint32_t max_length = 0;  // 0: no limit; strings, items and map values, in characters

  [[nodiscard]] constexpr FieldInfo describe(std::string_view text) const {
    FieldInfo copy = *this;
    copy.doc = text;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo required() const {
    FieldInfo copy = *this;
    copy.is_required = true;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo nullable() const {
    FieldInfo copy = *this;
    copy.is_nullable = true;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo deprecated() const {
    FieldInfo copy = *this;
    copy.is_deprecated = true;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo one_of(std::string_view group) const {
    FieldInfo copy = *this;
    copy.oneof = group;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo is(Format value) const {
    FieldInfo copy = *this;
    copy.format = value;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo keys_are(Format value) const {
    FieldInfo copy = *this;
    copy.key_format = value;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo lasts(DurationLimit limit) const {
    FieldInfo copy = *this;
    copy.duration = limit;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo range(double from, double to) const {
    FieldInfo copy = *this;
    copy.has_range = true;
    copy.min = from;
    copy.max = to;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo items(std::uint32_t least, std::uint32_t most) const {
    FieldInfo copy = *this;
    copy.min_items = least;
    copy.max_items = most;
    return copy;
  }
  [[nodiscard]] constexpr FieldInfo length(std::uint32_t most) const {
    FieldInfo copy = *this;
    copy.max_length = most;
    return copy;
  }
};

/// One message type.
struct TypeInfo {
  std::string_view name;  // upstream's name
  std::string_view doc;
  std::span<const FieldInfo> fields;
  bool strict = true;  // false: fields that are not listed are no concern of ours

  /// The field with this JSON name; nullptr when there is none.
  [[nodiscard]] const FieldInfo* find(std::string_view json_name) const;
};

/// Whether `proto` is the snake_case form of `json`, and not the same.
[[nodiscard]] bool is_snake_case_of(std::string_view proto, std::string_view json);

/// The types of the specs of the four Istio kinds, and of metadata.
[[nodiscard]] const TypeInfo& gateway_type();
[[nodiscard]] const TypeInfo& virtual_service_type();
[[nodiscard]] const TypeInfo& destination_rule_type();
[[nodiscard]] const TypeInfo& service_entry_type();
[[nodiscard]] const TypeInfo& metadata_type();
[[nodiscard]] const TypeInfo& service_type();
[[nodiscard]] const TypeInfo& workload_spec_type();
[[nodiscard]] const TypeInfo& pod_spec_type();
[[nodiscard]] const TypeInfo& secret_type();
[[nodiscard]] const TypeInfo& kubernetes_gateway_type();
[[nodiscard]] const TypeInfo& request_authentication_type();

}  // namespace wicket::model
