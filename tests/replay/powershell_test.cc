// PowerShell as browsers and API tools copy it.
#include <fmt/format.h>

#include <string>

#include "replay/document.h"
#include "support/catch.h"

namespace wicket::replay {
namespace {

// "GET http a.io:80 / [name: value]", "! line: why", "(note)".
std::string told(std::string_view text) {
  const Result<Requests> read = read_powershell(text);
  if (!read) return "!! " + read.error().message;
  std::string all;
  const auto next = [&all](const std::string& one) { all += (all.empty() ? "" : " | ") + one; };
  for (const Record& record : read->records) {
    const route::Request& request = record.request;
    std::string one = fmt::format("{} {} {}:{} {}", request.method, request.tls ? "https" : "http", request.authority,
                                  request.port, request.target);
    for (const auto& [name, value] : request.headers) one += fmt::format(" [{}: {}]", name, value);
    for (const std::string& note : record.notes) one += fmt::format(" ({})", note);
    next(one);
  }
  for (const Unread& unread : read->unread) next(fmt::format("! {}: {}", unread.line, unread.why));
  return all;
}

TEST_CASE("calls of Invoke-WebRequest are requests") {
  struct Case {
    std::string_view text;
    std::string_view want;
  };
  const Case cases[] = {
      {"Invoke-WebRequest http://a.io/x", "GET http a.io:80 /x"},
      {"iwr a.io", "GET http a.io:80 /"},
      {"irm -Uri https://a.io/?a=1,2 -Method post", "POST https a.io:443 /?a=1,2"},
      {"irm -Uri 'https://a.io/?a=1&b=3' -Method post", "POST https a.io:443 /?a=1&b=3"},
      {"INVOKE-RESTMETHOD -uri \"http://a.io:8080/a/../b\"", "GET http a.io:8080:8080 /b"},
      {"$r = Invoke-WebRequest -Method:PUT a.io -Body x",
       "PUT http a.io:80 / [Content-Type: application/x-www-form-urlencoded]"},
      {"(Invoke-WebRequest a.io).Content | Out-File x", "GET http a.io:80 /"},
      {"$r = (iwr a.io).StatusCode", "GET http a.io:80 /"},
      {"iwr a.io -Head @{a = 'b'; \"c\"=\"d`\"`n`$`u{e9}\"}", "GET http a.io:80 / [a: b] [c: d\"\n$\xc3\xa9]"},
      {"iwr a.io -Headers @{\"a\"=\"$([char]233)$([char]55357)$([char]56832)\"}",
       "GET http a.io:80 / [a: \xc3\xa9\xf0\x9f\x98\x80]"},
      {"iwr a.io -Body @{q='a b'; n=1}", "GET http a.io:80 /?q=a%20b&n=1"},
      {"iwr a.io -CustomMethod purge -UserAgent me -HttpVersion 2.0 -TimeoutSec 5 -OutFile x",
       "PURGE http a.io:80 / [User-Agent: me]"},
      {"iwr a.io -Headers @{'Host'='b.io'}", "GET http b.io:80 /"},
      {"$h = @{'a'='b'}\n$u = 'a.io'\niwr $u -Headers $h", "GET http a.io:80 / [a: b]"},
      {"$id = 7\niwr \"http://a.io/$id/${id}/$other\"",
       "GET http a.io:80 /7/7/$other ($other is sent as it stands: no shell has put a value in its place)"},
      {"# iwr b.io\n<# iwr c.io\n#> iwr a.io # iwr d.io", "GET http a.io:80 /"},
      {"Write-Host hello; iwr a.io; iwr b.io", "GET http a.io:80 / | GET http b.io:80 /"},
      {"iwr $url\niwr a.io", "GET http a.io:80 / | ! 1: takes its URL from $url, which the text does not say"},
      {"iwr a.io -Headers $(Get-Headers)", "! 1: takes its headers from an expression, which the text does not say"},
      {"\niwr ftp://a.io", "! 2: has a URL 'ftp://a.io' that is neither http:// nor https://"},
      {"iwr -UseBasicParsing", "! 1: has no URL"},
      {"Get-Date", "!! has no Invoke-WebRequest in it"},
      {"iwr \"a.io", "!! has a quote on line 1 that is not closed"},
      {"iwr a.io -Headers @{\n\"a\"=\"b\"", "!! has a @{ on line 1 that is not closed"},
  };
  for (const Case& c : cases) CHECK(told(c.text) == c.want);
}

TEST_CASE("calls as browsers copy them") {
  CHECK(told("$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n"
             "$session.UserAgent = \"Mozilla/5.0 (X11)\"\r\n"
             "$session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"a=b\", \"/\", \".a.io\")))\r\n"
             "$session.Cookies.Add((New-Object System.Net.Cookie(\"other\", \"1\", \"/\", \"b.io\")))\r\n"
             "$session.Cookies.Add((New-Object System.Net.Cookie(\"two\", \"2\", \"/\", \"shop.a.io\")))\r\n"
             "Invoke-WebRequest -UseBasicParsing -Uri \"https://shop.a.io/api?x=1\" `\r\n"
             "-Method \"POST\" `\r\n"
             "-WebSession $session `\r\n"
             "-Headers @{\r\n"
             "\"authority\"=\"shop.a.io\"\r\n"
             "  \"method\"=\"POST\"\r\n"
             "  \"path\"=\"/api?x=1\"\r\n"
             "  \"scheme\"=\"https\"\r\n"
             "  \"sec-ch-ua\"=\"`\"Chromium`\";v=`\"126`\"\"\r\n"
             "} `\r\n"
             "-ContentType \"application/json\" `\r\n"
             "-Body ([System.Text.Encoding]::UTF8.GetBytes(\"{`\"a`\":`\"$([char]228)`\"}\"));\r\n") ==
        "POST https shop.a.io:443 /api?x=1 [sec-ch-ua: \"Chromium\";v=\"126\"] [Cookie: sid=a=b; two=2] "
        "[User-Agent: Mozilla/5.0 (X11)] [Content-Type: application/json]");
}

TEST_CASE("calls as API tools write them") {
  CHECK(told("$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n"
             "$headers.Add(\"Content-Type\", \"application/json\")\n"
             "$headers.Add('X-A', 'b')\n\n"
             "$body = @\"\n{\n  `\"a`\": `\"b`\"\n}\n\"@\n\n"
             "$response = Invoke-RestMethod 'https://a.io/orders' -Method 'POST' -Headers $headers -Body $body\n"
             "$response | ConvertTo-Json") == "POST https a.io:443 /orders [Content-Type: application/json] [X-A: b]");
}

TEST_CASE("what a client adds of its own accord is not told") {
  const Requests read = read_powershell("iwr a.io -Credential $c\niwr a.io -UserAgent me").value();
  REQUIRE(read.records.size() == 2);
  CHECK_FALSE(read.records[0].telling->header("user-agent"));
  CHECK_FALSE(read.records[0].telling->header("authorization"));
  CHECK(read.records[0].telling->header("x-other"));
  CHECK(read.records[1].telling->header("user-agent"));
  CHECK(read.records[1].telling->header("authorization"));
}

TEST_CASE("no bytes break the reader of PowerShell") {
  const std::string seed =
      "$s.Cookies.Add((New-Object C(\"a\",'b')))\niwr \"http://a.io/$(x)`u{1f600}${y}\" `\n-Headers "
      "@{\"a\"=\"$([char]55357)\"} -Body @'\nx\n'@";
  for (std::size_t cut = 0; cut <= seed.size(); ++cut) {
    const auto read = read_powershell(seed.substr(0, cut));
    CHECK((read || !read.error().message.empty()));
  }
  std::string deep = "iwr a.io ";
  deep.append(1000, '(');
  CHECK(told(deep) == "!! has more than 32 brackets in each other on line 1");
}

}  // namespace
}  // namespace wicket::replay
