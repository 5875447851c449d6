// What Invoke-WebRequest is called with ▸ the request that it sends.
#pragma once

#include <string>
#include <vector>

#include "replay/record.h"
#include "route/request.h"

namespace wicket::replay {

/// One that a session sends where it belongs.
struct PowerShellCookie {
  std::string name, value, path, domain;
};

/// What a WebRequestSession holds.
struct PowerShellSession {
  std::string user_agent;
  std::vector<PowerShellCookie> cookies;
  std::vector<route::Header> headers;
};

/// One request, as far as its parameters were read.
struct PowerShellCall {
  std::string uri;
  std::string method;
  std::vector<route::Header> headers;
  std::string content_type;
  std::string user_agent;
  std::vector<route::Header> form;  // a body that is a table
  const PowerShellSession* session = nullptr;
  route::HttpVersion version = route::HttpVersion::kHttp11;
  bool has_body = false;
  bool has_credential = false;
  std::vector<std::string> substitutions;
};

/// Makes a record of a call. Returns why it cannot be, in words that follow "the line"; empty when it could.
/// Source: Microsoft.PowerShell.Utility, Invoke-WebRequest (7.4); .NET CookieContainer.
[[nodiscard]] std::string make_record(const PowerShellCall& call, Record& record);

}  // namespace wicket::replay
