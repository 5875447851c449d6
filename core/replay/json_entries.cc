#include <nlohmann/json.hpp>

#include "replay/document.h"
#include "replay/reader.h"

namespace wicket::replay {
namespace {

using Json = nlohmann::json;

void take(const std::string& line, std::size_t number, const LineReader& reader, Requests& out) {
  Record record;
  std::string why = reader.read(line, record);
  record.line = number;
  if (why.empty()) {
    out.records.push_back(std::move(record));
  } else {
    out.unread.push_back({number, std::move(why), line.substr(0, 120)});
  }
}

// Source: Loki HTTP API, query_range: data.result[].values[] are pairs of a time and a line.
void take_streams(const Json& streams, std::size_t& number, const LineReader& reader, Requests& out) {
  for (const Json& stream : streams) {
    const auto values = stream.is_object() ? stream.find("values") : stream.end();
    if (values == stream.end() || !values->is_array()) continue;
    for (const Json& value : *values)
      if (value.is_array() && value.size() >= 2 && value[1].is_string())
        take(value[1].get<std::string>(), ++number, reader, out);
  }
}

const Json* list_in(const Json& json, const char* key) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(key);
  return found != json.end() && found->is_array() ? &*found : nullptr;
}

}  // namespace

Result<Requests> read_json_entries(std::string_view text, const LineReader& reader) {
  const Json json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return failure(ErrorCode::kInvalid, "is no JSON, or is cut off");
  Requests out;
  std::size_t number = 0;
  if (json.is_array()) {
    for (const Json& entry : json)
      take(entry.is_string() ? entry.get<std::string>() : entry.dump(-1, ' ', false, Json::error_handler_t::replace),
           ++number, reader, out);
    return out;
  }
  const Json* streams = list_in(json, "streams");
  if (streams == nullptr && json.is_object() && json.contains("data")) streams = list_in(json["data"], "result");
  if (streams == nullptr) return failure(ErrorCode::kInvalid, "is JSON, but no list of log entries");
  take_streams(*streams, number, reader, out);
  return out;
}

}  // namespace wicket::replay
