#include "model/protocol.h"

#include <algorithm>
#include <utility>

namespace wicket::model {
namespace {

constexpr std::pair<std::string_view, Protocol> kNames[] = {
    {"tcp", Protocol::kTcp},          {"udp", Protocol::kUdp},     {"grpc", Protocol::kGrpc},
    {"grpc-web", Protocol::kGrpcWeb}, {"http", Protocol::kHttp},   {"http_proxy", Protocol::kHttpProxy},
    {"http2", Protocol::kHttp2},      {"https", Protocol::kHttps}, {"tls", Protocol::kTls},
    {"mongo", Protocol::kMongo},      {"redis", Protocol::kRedis}, {"mysql", Protocol::kMySql},
};

bool equal_ignoring_case(std::string_view lower, std::string_view text) {
  return std::ranges::equal(lower, text, [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

}  // namespace

Protocol protocol_of(std::string_view name) {
  for (const auto& [lower, protocol] : kNames)
    if (equal_ignoring_case(lower, name)) return protocol;
  return Protocol::kUnsupported;
}

bool is_http(Protocol protocol) {
  return protocol == Protocol::kHttp || protocol == Protocol::kHttp2 || protocol == Protocol::kHttpProxy ||
         protocol == Protocol::kGrpc || protocol == Protocol::kGrpcWeb;
}

bool is_tls(Protocol protocol) { return protocol == Protocol::kHttps || protocol == Protocol::kTls; }

bool is_tcp(Protocol protocol) {
  return is_tls(protocol) || protocol == Protocol::kTcp || protocol == Protocol::kMongo ||
         protocol == Protocol::kRedis || protocol == Protocol::kMySql;
}

}  // namespace wicket::model
