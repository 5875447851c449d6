#include "model/protocol.h"

#include "support/catch.h"

namespace wicket::model {
namespace {

TEST_CASE("protocols have names in any letter case, and classes") {
  struct Case {
    const char* name;
    Protocol protocol;
    bool http;
    bool tls;
    bool tcp;
  };
  for (const Case& c : {
           Case{"HTTP", Protocol::kHttp, true, false, false},
           {"http", Protocol::kHttp, true, false, false},
           {"Http2", Protocol::kHttp2, true, false, false},
           {"HTTP_PROXY", Protocol::kHttpProxy, true, false, false},
           {"GRPC", Protocol::kGrpc, true, false, false},
           {"gRPC-Web", Protocol::kGrpcWeb, true, false, false},
           {"HTTPS", Protocol::kHttps, false, true, true},
           {"TLS", Protocol::kTls, false, true, true},
           {"TCP", Protocol::kTcp, false, false, true},
           {"Mongo", Protocol::kMongo, false, false, true},
           {"REDIS", Protocol::kRedis, false, false, true},
           {"MySQL", Protocol::kMySql, false, false, true},
           {"UDP", Protocol::kUdp, false, false, false},
           {"", Protocol::kUnsupported, false, false, false},
           {"HTTP1", Protocol::kUnsupported, false, false, false},
           {"grpc_web", Protocol::kUnsupported, false, false, false},
           {"HTTP/2", Protocol::kUnsupported, false, false, false},
           {" HTTP", Protocol::kUnsupported, false, false, false},
           {"mongodb", Protocol::kUnsupported, false, false, false},
       }) {
    INFO(c.name);
    CHECK(protocol_of(c.name) == c.protocol);
    CHECK(is_http(c.protocol) == c.http);
    CHECK(is_tls(c.protocol) == c.tls);
    CHECK(is_tcp(c.protocol) == c.tcp);
  }
}

}  // namespace
}  // namespace wicket::model
