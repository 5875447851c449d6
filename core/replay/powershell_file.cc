// Statements are taken in order: what variables hold, and what sessions gather, is known when a request uses it.
// Browsers write a session with an agent and cookies in front of each request; tools such as Postman a dictionary of
// headers.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "replay/document.h"
#include "replay/invoke_request.h"
#include "replay/powershell.h"
#include "rules/host_names.h"

namespace wicket::replay {
namespace {

using Tokens = std::span<const PowerShellToken>;

struct Variable {
  std::optional<std::string> text;
  std::vector<route::Header> table;
  PowerShellSession session;
};

enum class Parameter : std::uint8_t {
  kIgnored,
  kSwitch,
  kUri,
  kMethod,
  kHeaders,
  kBody,
  kContentType,
  kUserAgent,
  kSession,
  kVersion,
  kUpload,
  kCredential,
};

struct ParameterName {
  std::string_view name;
  Parameter parameter;
};

// Source: Microsoft.PowerShell.Utility, Invoke-WebRequest and Invoke-RestMethod (7.4).
constexpr ParameterName kParameters[] = {
    {"uri", Parameter::kUri},
    {"method", Parameter::kMethod},
    {"custommethod", Parameter::kMethod},
    {"headers", Parameter::kHeaders},
    {"body", Parameter::kBody},
    {"form", Parameter::kBody},
    {"infile", Parameter::kUpload},
    {"contenttype", Parameter::kContentType},
    {"useragent", Parameter::kUserAgent},
    {"websession", Parameter::kSession},
    {"httpversion", Parameter::kVersion},
    {"credential", Parameter::kCredential},
    {"authentication", Parameter::kCredential},
    {"token", Parameter::kCredential},
    {"usedefaultcredentials", Parameter::kSwitch},
    {"usebasicparsing", Parameter::kSwitch},
    {"skipcertificatecheck", Parameter::kSwitch},
    {"skipheadervalidation", Parameter::kSwitch},
    {"skiphttperrorcheck", Parameter::kSwitch},
    {"allowunencryptedauthentication", Parameter::kSwitch},
    {"allowinsecureredirect", Parameter::kSwitch},
    {"preserveauthorizationonredirect", Parameter::kSwitch},
    {"preservehttpmethodonredirect", Parameter::kSwitch},
    {"disablekeepalive", Parameter::kSwitch},
    {"noproxy", Parameter::kSwitch},
    {"proxyusedefaultcredentials", Parameter::kSwitch},
    {"passthru", Parameter::kSwitch},
    {"resume", Parameter::kSwitch},
    {"followrellink", Parameter::kSwitch},
    {"verbose", Parameter::kSwitch},
    {"debug", Parameter::kSwitch},
};

// A beginning that fits one name alone is enough; what is not known has a value.
Parameter parameter_named(std::string_view name) {
  const auto exact = std::ranges::find(kParameters, name, &ParameterName::name);
  if (exact != std::end(kParameters)) return exact->parameter;
  const auto fits = [name](const ParameterName& one) { return one.name.starts_with(name); };
  const auto first = std::ranges::find_if(kParameters, fits);
  return first == std::end(kParameters) ? Parameter::kIgnored : first->parameter;
}

bool is_request(std::string_view word) {
  const std::string lower = rules::lower_case(word);
  return lower == "invoke-webrequest" || lower == "invoke-restmethod" || lower == "iwr" || lower == "irm";
}

bool is_operator(const PowerShellToken& token, char sign) {
  return token.kind == PowerShellKind::kOperator && token.text.front() == sign;
}

class Script {
 public:
  Result<Requests> run(std::string_view text) {
    PowerShellText statements(text, [this](std::string_view name) { return text_of_variable(name); });
    while (true) {
      const Result<std::vector<PowerShellToken>> tokens = statements.next();
      if (!tokens) return tl::unexpected<Error>(tokens.error());
      if (tokens->empty()) break;
      statement(*tokens);
    }
    return std::move(out_);
  }

 private:
  // ---- variables ----

  Variable& variable(std::string_view name) { return variables_[rules::lower_case(name)]; }

  std::optional<std::string> text_of_variable(std::string_view name) {
    const auto found = variables_.find(rules::lower_case(name));
    return found == variables_.end() ? std::nullopt : found->second.text;
  }

  // A text, a word, or a variable that holds one.
  std::optional<std::string> text_of(const PowerShellToken& token, std::vector<std::string>* substitutions = nullptr) {
    switch (token.kind) {
      case PowerShellKind::kText:
        if (substitutions != nullptr)
          substitutions->insert(substitutions->end(), token.substitutions.begin(), token.substitutions.end());
        return token.text;
      case PowerShellKind::kWord:
        return token.text;
      case PowerShellKind::kVariable:
        return text_of_variable(token.text);
      case PowerShellKind::kGroup:  // ("…"), or something that is made of it
        return token.inner.size() == 1 ? text_of(token.inner.front(), substitutions) : std::nullopt;
      case PowerShellKind::kOperator:
      case PowerShellKind::kTable:
        break;
    }
    return std::nullopt;
  }

  std::optional<std::vector<route::Header>> table_of(const PowerShellToken& token, std::vector<std::string>& open) {
    if (token.kind == PowerShellKind::kVariable) return variable(token.text).table;
    if (token.kind != PowerShellKind::kTable) return std::nullopt;
    std::vector<route::Header> table;
    const Tokens inner = token.inner;
    for (std::size_t i = 0; i + 2 < inner.size(); ++i) {
      if (!is_operator(inner[i + 1], '=')) continue;
      const std::optional<std::string> name = text_of(inner[i]), value = text_of(inner[i + 2], &open);
      if (!value) open.push_back("$" + inner[i + 2].text);
      if (name) table.emplace_back(*name, value.value_or("$" + inner[i + 2].text));
      i += 2;
    }
    return table;
  }

  // ("a", "b", …), perhaps inside other brackets: (New-Object System.Net.Cookie("a", "b")).
  std::vector<std::string> arguments(const PowerShellToken& group) {
    if (group.inner.size() >= 2 && group.inner.front().kind == PowerShellKind::kText) {
      std::vector<std::string> values;
      for (const PowerShellToken& token : group.inner)
        if (token.kind != PowerShellKind::kOperator) values.push_back(text_of(token).value_or("$" + token.text));
      return values;
    }
    for (const PowerShellToken& token : group.inner)
      if (token.kind == PowerShellKind::kGroup)
        if (std::vector<std::string> values = arguments(token); !values.empty()) return values;
    return {};
  }

  // ---- statements ----

  void statement(Tokens tokens) {
    if (tokens.front().kind == PowerShellKind::kGroup) return statement_in(tokens.front());
    if (tokens.front().kind == PowerShellKind::kVariable) {
      if (tokens.size() >= 3 && is_operator(tokens[1], '=')) return assign(tokens.front().text, tokens.subspan(2));
      if (tokens.size() >= 2 && tokens[1].kind == PowerShellKind::kGroup) return method(tokens.front().text, tokens[1]);
      return;
    }
    if (tokens.front().kind == PowerShellKind::kWord && is_request(tokens.front().text)) request(tokens);
  }

  // (Invoke-WebRequest …).Content
  void statement_in(const PowerShellToken& group) {
    if (!group.inner.empty()) statement(group.inner);
  }

  void assign(const std::string& name, Tokens value) {
    if (value.front().kind == PowerShellKind::kWord && is_request(value.front().text)) return request(value);
    if (value.front().kind == PowerShellKind::kGroup) statement_in(value.front());
    const std::string lower = rules::lower_case(name);
    if (const std::size_t dot = lower.rfind('.'); dot != std::string::npos) {
      if (lower.substr(dot) == ".useragent")
        variable(name.substr(0, dot)).session.user_agent = text_of(value.front()).value_or("");
      return;
    }
    Variable fresh;
    if (value.size() == 1) fresh.text = text_of(value.front());
    std::vector<std::string> open;
    if (auto table = table_of(value.front(), open)) fresh.table = *std::move(table);
    variable(name) = std::move(fresh);
  }

  // $session.Cookies.Add(…), $session.Headers.Add(…), $headers.Add(…)
  void method(const std::string& name, const PowerShellToken& group) {
    const std::string lower = rules::lower_case(name);
    if (!lower.ends_with(".add")) return;
    const std::vector<std::string> values = arguments(group);
    if (values.size() < 2) return;
    std::string_view owner = std::string_view(lower).substr(0, lower.size() - 4);
    const auto takes_off = [&owner](std::string_view end) {
      if (!owner.ends_with(end)) return false;
      owner.remove_suffix(end.size());
      return true;
    };
    if (takes_off(".cookies")) {
      variable(owner).session.cookies.push_back({.name = values[0],
                                                 .value = values[1],
                                                 .path = values.size() > 2 ? values[2] : "/",
                                                 .domain = values.size() > 3 ? values[3] : ""});
    } else if (takes_off(".headers")) {
      variable(owner).session.headers.emplace_back(values[0], values[1]);
    } else {
      variable(owner).table.emplace_back(values[0], values[1]);
    }
  }

  // ---- requests ----

  void request(Tokens tokens) {
    PowerShellCall call;
    std::string why;
    for (std::size_t i = 1; i < tokens.size() && why.empty(); ++i) {
      const PowerShellToken& token = tokens[i];
      if (token.kind != PowerShellKind::kWord || !token.text.starts_with('-')) {
        if (call.uri.empty()) why = set(call, Parameter::kUri, token);
        continue;
      }
      const std::string name = rules::lower_case(token.text.substr(1, token.text.find(':') - 1));
      const Parameter parameter = parameter_named(name);
      if (parameter == Parameter::kSwitch) continue;
      if (const std::size_t colon = token.text.find(':'); colon + 1 < token.text.size() && colon != std::string::npos) {
        why = set(call, parameter, {.text = token.text.substr(colon + 1), .line = token.line});
      } else if (i + 1 < tokens.size()) {
        why = set(call, parameter, tokens[++i]);
      }
    }
    const std::size_t line = tokens.front().line;
    Record record;
    if (why.empty()) why = make_record(call, record);
    if (!why.empty()) {
      out_.unread.push_back({line, std::move(why), tokens.front().text + (call.uri.empty() ? "" : " " + call.uri)});
      return;
    }
    record.line = line;
    out_.records.push_back(std::move(record));
  }

  // Returns why it cannot be.
  std::string set(PowerShellCall& call, Parameter parameter, const PowerShellToken& value) {
    const std::optional<std::string> text = text_of(value, &call.substitutions);
    const auto unknown = [&](std::string_view what) {
      return fmt::format("takes {} from {}, which the text does not say", what,
                         value.kind == PowerShellKind::kVariable ? "$" + value.text : "an expression");
    };
    switch (parameter) {
      case Parameter::kIgnored:
      case Parameter::kSwitch:
        return {};
      case Parameter::kUri:
        if (!text) return unknown("its URL");
        call.uri = *text;
        return {};
      case Parameter::kMethod:
        if (!text) return unknown("its method");
        call.method = *text;
        for (char& c : call.method)
          if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);
        return {};
      case Parameter::kHeaders: {
        auto table = table_of(value, call.substitutions);
        if (!table) return unknown("its headers");
        call.headers = *std::move(table);
        return {};
      }
      case Parameter::kBody:
        call.has_body = true;
        if (auto table = table_of(value, call.substitutions)) call.form = *std::move(table);
        return {};
      case Parameter::kUpload:
        call.has_body = true;
        return {};
      case Parameter::kContentType:
        call.content_type = text.value_or("");
        return {};
      case Parameter::kUserAgent:
        call.user_agent = text.value_or("");
        return {};
      case Parameter::kSession:
        call.session = &variable(value.text).session;
        return {};
      case Parameter::kVersion:
        if (text && text->starts_with('2')) call.version = route::HttpVersion::kHttp2;
        return {};
      case Parameter::kCredential:
        call.has_credential = true;
        return {};
    }
    return {};
  }

  Requests out_;
  std::map<std::string, Variable, std::less<>> variables_;
};

}  // namespace

Result<Requests> read_powershell(std::string_view text) {
  Result<Requests> requests = Script().run(text);
  if (requests && requests->records.empty() && requests->unread.empty())
    return failure(ErrorCode::kInvalid, "has no Invoke-WebRequest in it");
  return requests;
}

}  // namespace wicket::replay
