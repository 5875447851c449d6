// What decoding can object to: a kind and a place, no rule id. Checks turn Problems into findings.
#pragma once

#include <cstdint>
#include <string>

#include "base/span.h"
#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::model {

struct TypeInfo;
struct FieldInfo;
struct Resource;

enum class ProblemKind : std::uint8_t {
  kYaml,  // see Problem::yaml

  // values
  kBooleanForString,  // on, yes: a boolean where a string is needed
  kNumberForString,
  kBooleanKey,  // key of a map<string, …>
  kNumberKey,
  kWrongScalar,    // a string or a boolean where a number is needed, a string or a number where a boolean is
  kNull,           // the field counts as not set
  kNullCondition,  // the same for a condition on a header or a parameter
  kNullItem,
  kWrongType,  // list, mapping, scalar mixed up
  kFraction,   // in an integer field
  kOutOfRange,
  kBadEnum,
  kBadDuration,
  kDurationTooShort,
  kDurationTooFine,
  kTooMany,
  kTooFew,
  kTooLong,
  kNotBase64,
  kSurprisingNumber,  // 0443, 0x50, 1_000, 1e3
  kTemplate,          // {{ }} in a scalar
  kInvisible,         // a character that one does not see, or takes for another

  // keys
  kUnknownField,
  kSnakeCase,
  kMisplaced,
  kOneof,
  kRequired,
  kOtherGatewayApi,  // a field of the other Gateway kind

  // objects
  kUnknownTopLevel,
  kNoApiVersion,
  kNoKind,
  kUnknownVersion,
  kUnknownGroup,  // a group that is nearly an Istio one
  kRemovedApi,
  kUnknownKind,
  kNoName,
  kGeneratedName,
  kBadName,
  kBadNamespace,
  kNamespaceOnClusterScoped,
  kBadLabelKey,
  kBadLabelValue,
  kBadAnnotationKey,
  kAnnotationsTooLarge,
  kRejectedAnnotation,
  kSemanticsAnnotation,
  kNoSpec,
  kStatus,
  kNoNamespace,
  kOldVersion,
  kListWithoutItems,
  kListItemWithoutKind,
  kNestedList,
  kNothing,  // no object in the file
};

/// One objection. Most fields are empty for most kinds.
struct Problem {
  ProblemKind kind{};
  yaml::ProblemKind yaml{};                  // kind == kYaml
  const yaml::Document* document = nullptr;  // null for kNothing
  Span span;                                 // where the caret goes
  yaml::NodeId node{};                       // gives the path; kNone: the document as a whole
  Span other;                                // the other place; empty when there is none
  const TypeInfo* type = nullptr;            // the message that the field belongs to
  const FieldInfo* field = nullptr;
  std::string text;            // the value or key concerned
  std::string hint;            // the suggestion, limit, list of names …
  std::int32_t resource = -1;  // index into ParsedFile::resources; -1: none
};

}  // namespace wicket::model
