// curl command lines → the requests that curl would send.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "replay/shell_words.h"
#include "route/request.h"

namespace wicket::replay {

/// One request of a curl command line.
struct CurlRequest {
  std::string url;                 // as written, braces unescaped
  route::Request request;          // with the headers that curl adds by itself
  std::size_t line = 1;            // of the text, on which its command begins
  std::vector<std::string> notes;  // what the answer should be taken with: a shell variable, a redirect to follow …
};

/// Reads every curl command of a text, as copied from a browser, a terminal or a script. Other commands are passed
/// over; a command with several URLs, or with --next, is several requests.
/// Errors: kInvalid when no curl command is there, or one that curl would refuse or that names a file with parts of the
///         request; in words that follow the text's name.
/// Source: curl(1), 8.x: default headers, methods implied by options, dot segments, globbing. A range or list in a URL
///         ({a,b}, [1-9]) is refused.
[[nodiscard]] Result<std::vector<CurlRequest>> read_curl(std::string_view text, Shell shell);

/// The same with the shell guessed.
[[nodiscard]] Result<std::vector<CurlRequest>> read_curl(std::string_view text);

/// A command that is no request.
struct CurlMistake {
  std::size_t line = 1;
  std::string why;   // in words that follow "the line"
  std::string text;  // its beginning
};

/// The same of a file of commands: those that cannot be read are passed over, and put into `mistakes`.
/// Errors: kInvalid when no curl command is there, or a quote is not closed.
[[nodiscard]] Result<std::vector<CurlRequest>> read_curl(std::string_view text, std::vector<CurlMistake>& mistakes);

}  // namespace wicket::replay
