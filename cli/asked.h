// Requests that somebody asks about, in whatever words.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "route/request.h"

namespace wicket::cli {

/// One request and how it was spelled.
struct Asked {
  std::string url;
  route::Request request;
  std::vector<std::string> notes;  // what the answer is to be taken with
};

/// By URL and options. Errors: kInvalid.
[[nodiscard]] Result<std::vector<Asked>> asked_by_options(const RouteOptions& options);

/// By a pasted curl command line, which may hold several requests. Errors: kInvalid.
[[nodiscard]] Result<std::vector<Asked>> asked_by_curl(const std::string& line);

/// By a JSON object: url, and method, headers, sni, port, target, httpVersion where they are not what a URL implies.
/// Errors: kInvalid, worded as something that the object "has" or "is".
[[nodiscard]] Result<Asked> asked_by_json(const std::string& text);

}  // namespace wicket::cli
