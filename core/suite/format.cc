#include "suite/format.h"

namespace wicket::suite {
namespace {

constexpr FormatKey kFile[] = {
    {"description", "TEXT", "What the tests are about, for readers"},
    {"manifests", "PATH or list",
     "Manifests to load, from the folder of this file; without it that folder and all below"},
    {"namespace", "NS", "Namespace of objects that name none, and of destinations without a dot (default)"},
    {"cluster-domain", "DOMAIN", "Domain of the cluster's services (cluster.local)"},
    {"gateway", "NS/NAME or mesh", "Ask this Gateway alone; mesh: the sidecar of a calling pod"},
    {"workload-labels", "{KEY: VALUE}", "Labels of the gateway's pods"},
    {"workload-namespace", "NS", "Namespace of the gateway's pods"},
    {"source-labels", "{KEY: VALUE}", "Labels of the calling pod, with gateway: mesh"},
    {"source-namespace", "NS", "Namespace of the calling pod, with gateway: mesh"},
    {"istio-version", "\"MAJOR.MINOR\"", "Release whose behaviour counts"},
    {"closed-world", "true or false", "The manifests are all there is: a service that they do not hold does not exist"},
    {"variables", "{NAME: VALUE}", "Variables of all tests; see VARIABLES"},
    {"tests", "list", "The tests"},
};

constexpr FormatKey kTest[] = {
    {"name", "TEXT", "What is tested, for one test of a file; without it method and URL. --filter looks here"},
    {"description", "TEXT", "For readers"},
    {"request", "URL or mapping", "What is asked"},
    {"expect", "mapping", "What is expected. For short: a destination, a status, or no-route"},
    {"draw", "N or mapping",
     "Pins what is left to chance. Without it nothing is drawn, and all destinations count at once"},
    {"variables", "{NAME: VALUE}", "Variables of this test"},
    {"table", "list of rows",
     "The test once for each row. A row is a mapping of variables; or a list of values, behind a first row of names"},
};

constexpr FormatKey kRequest[] = {
    {"url", "URL", "http:// or https://, with port, path and query; what else is given replaces its part"},
    {"method", "METHOD", "GET, unless it is named"},
    {"scheme", "http or https", "Without a url: http"},
    {"host", "HOST[:PORT]", "Without a url: where to; beside one: the Host header"},
    {"path", "PATH", "As in the request line, the query may stand behind it"},
    {"query", "TEXT or {NAME: VALUE}", "Query parameters, as they are written; ~ leaves one out"},
    {"headers", "{NAME: VALUE}", "Headers; ~ leaves one out, {lines: [a, b]} sends several lines"},
    {"port", "N", "Port of the gateway, where it is not the URL's"},
    {"sni", "NAME", "Server name in the TLS handshake, where it is not the URL's host"},
    {"http-version", "1.0, 1.1 or 2", "1.1, unless it is named"},
    {"client-address", "IP", "Address of the client"},
};

constexpr FormatKey kDraw[] = {
    {"route", "N", "Picks the destination that N, modulo the sum of the weights, falls into"},
    {"delay", "N", "Whether an injected delay happens"},
    {"abort", "N", "Whether an injected abort happens"},
    {"mirror", "N", "Whether the request is mirrored"},
};

constexpr FormatKey kExpect[] = {
    {"destination", "HOST[:PORT[:SUBSET]]",
     "Where the request goes, as text, as {host, port, subset}, or as the name of a cluster. cart.shop stands for "
     "cart.shop.svc.cluster.local, cart for the one in the namespace. While nothing is drawn, all destinations have to "
     "be this one"},
    {"weights", "{DESTINATION: WEIGHT}",
     "All destinations with their shares, as a mapping or a list; 9 to 1 is 90 to 10"},
    {"outcome", "WORD",
     "forward, redirect, direct_response, not_found, https_redirect, cors_preflight, fault_abort, tcp_forward, refused "
     "or reset"},
    {"stage", "WORD", "Where it was decided: listener, filter_chain, codec, virtual_host, route or filter"},
    {"no-route", "true or false", "Whether nothing takes the request: a 404, no listener, or no filter chain"},
    {"status", "N", "Status of an answer that the gateway makes itself"},
    {"grpc-status", "N", "The same of an answer to gRPC"},
    {"response-flag", "TEXT", "As in access logs: NR, NC, UH, FI"},
    {"redirect", "URL or mapping", "The Location of a redirect"},
    {"location", "TEXT", "The Location of any answer"},
    {"direct-response", "N or mapping", "The status of an answer that a route holds"},
    {"body", "TEXT", "The body of an answer that the gateway makes itself"},
    {"path", "TEXT", "The path as the upstream sees it; with a ? in it, path and query"},
    {"query", "TEXT", "The query as the upstream sees it"},
    {"host", "TEXT", "The Host that the upstream sees"},
    {"request-headers", "{NAME: TEXT}", "Headers as the upstream sees them; ~: not there; a list: these lines"},
    {"response-headers", "{NAME: TEXT}",
     "Headers of the answer: of one made here all, of an upstream's those that the routes put there"},
    {"response-edits", "mapping", "What is done to the headers of an upstream's answer"},
    {"timeout", "DURATION or none", "Timeout of the route"},
    {"retries", "N, none or mapping", "Attempts beside the first one"},
    {"mirror", "DESTINATION, list or none", "Where copies go; {host, port, subset, percent}"},
    {"fault", "none or mapping", "What faults the route injects, whether they happen or not"},
    {"cors", "allowed, denied or none", "What becomes of the origin"},
    {"route", "TEXT", "Name of the route, as Istio makes it: route.match"},
    {"virtual-service", "NS/NAME", "Whose route it is; of a delegate the delegate"},
    {"gateway", "NS/NAME", "Whose server took the request"},
    {"virtual-host", "HOST", "The virtual host that the request was looked up in"},
    {"not", "mapping", "The same keys: each has to be otherwise"},
};

constexpr FormatKey kText[] = {
    {"exact", "TEXT", "The same as the text itself"},
    {"prefix", "TEXT", "Begins with it"},
    {"contains", "TEXT", "Has it in it"},
    {"regex", "REGEX", "RE2, for the whole text"},
    {"present", "true or false", "Is there, whatever it is, or is not there"},
};

constexpr FormatKey kRedirect[] = {
    {"location", "TEXT", "Where to"},
    {"status", "N", "301, 302 …"},
};
constexpr FormatKey kDirectResponse[] = {
    {"status", "N", "Its status"},
    {"body", "TEXT", "Its body"},
};
constexpr FormatKey kEdits[] = {
    {"set", "{NAME: TEXT}", "Headers that are set"},
    {"add", "{NAME: TEXT}", "Headers that are added"},
    {"remove", "[NAME]", "Headers that are taken out"},
};
constexpr FormatKey kRetries[] = {
    {"attempts", "N", "Attempts beside the first one"},
    {"per-try-timeout", "DURATION or none", "Timeout of each"},
    {"retry-on", "list or TEXT", "Conditions, in any order"},
    {"status-codes", "list", "Status codes that are tried again, in any order"},
};
constexpr FormatKey kFault[] = {
    {"delay", "DURATION, none or mapping", "An injected delay"},
    {"abort", "N or mapping", "An injected answer"},
};
constexpr FormatKey kDelay[] = {
    {"duration", "DURATION", "How long"},
    {"percent", "N", "Of requests"},
};
constexpr FormatKey kAbort[] = {
    {"status", "N", "HTTP status"},
    {"grpc-status", "N", "gRPC status"},
    {"percent", "N", "Of requests"},
};

constexpr FormatSection kSections[] = {
    {"a test file", "THE FILE", "", kFile},
    {"a test", "A TEST", "", kTest},
    {"request", "REQUEST",
     "A URL, a mapping, or a list of them. A list in place of any value below makes the test run once for each item, "
     "and "
     "several lists for every combination; ~ in a list is the request without that value.",
     kRequest},
    {"draw", "DRAW", "One number for everything, or a mapping.", kDraw},
    {"expect", "EXPECT", "Only what is named is compared. TEXT is a text, ~ for nothing, or one of the tests below.",
     kExpect},
    {"location", "A TEST OF A TEXT", "", kText},
    {"redirect", "REDIRECT", "", kRedirect},
    {"direct-response", "DIRECT RESPONSE", "", kDirectResponse},
    {"response-edits", "RESPONSE EDITS", "Other edits may be there as well.", kEdits},
    {"retries", "RETRIES", "", kRetries},
    {"fault", "FAULT", "", kFault},
    {"fault.delay", "DELAY", "", kDelay},
    {"fault.abort", "ABORT", "", kAbort},
};

}  // namespace

std::span<const FormatSection> format_sections() { return kSections; }

std::string_view short_example() {
  return R"(tests:
- name: the front page is served
  request: http://hello.com/
  expect: hello.default.svc.cluster.local:80
- name: other hosts are not
  request: http://other.com/
  expect: no-route
)";
}

std::string_view long_example() {
  return R"(description: What hello.com promises.
manifests: [gateway.yaml, virtual-service.yaml]
variables:
  site: http://hello.com
tests:
- name: every method and page goes to the same service
  request:
    url: ${site}/
    method: [GET, POST]
    path: [/, "/index.html?from=mail"]
    headers: {x-user: [~, beta]}
  expect:
    destination: {host: hello, port: 80}
    virtual-service: default/frontend-ingress
    host: hello.com
    timeout: none
    retries: {attempts: 2}
    fault: none
- name: ${host} is answered with ${status}
  request: {url: "${site}/", host: "${host}"}
  expect: {status: "${status}", response-flag: NR, stage: virtual_host}
  table:
  - [host, status]
  - [hello.org, 404]
  - [www.hello.com, 404]
- name: paths stay as they are
  request: ${site}/a/b?c=d
  expect:
    path: /a/b
    query: {prefix: "c="}
    request-headers: {x-envoy-original-path: ~, x-forwarded-proto: http}
    not: {path: {regex: "/[0-9]+"}}
)";
}

}  // namespace wicket::suite
