#include "model/schema.h"

namespace wicket::model {

const FieldInfo* TypeInfo::find(std::string_view json_name) const {
  // Asked for every key of every manifest: the first letter tells most names apart without a call.
  if (json_name.empty()) return nullptr;
  for (const FieldInfo& info : fields)
    if (info.name.size() == json_name.size() && info.name.front() == json_name.front() && info.name == json_name)
      return &info;
  return nullptr;
}

bool is_snake_case_of(std::string_view proto, std::string_view json) {
  if (proto == json || proto.find('_') == std::string_view::npos) return false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < proto.size(); ++i) {
    char expected = proto[i];
    if (expected == '_') {
      if (++i >= proto.size()) return false;
      expected = proto[i] >= 'a' && proto[i] <= 'z' ? static_cast<char>(proto[i] - 'a' + 'A') : proto[i];
    }
    if (at >= json.size() || json[at++] != expected) return false;
  }
  return at == json.size();
}

}  // namespace wicket::model
