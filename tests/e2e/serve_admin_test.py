"""The admin port of `wicket serve`: readiness, metrics, what is served, and where a request would go."""
import json
import pathlib
import re
import socket
import subprocess
import sys

import jsonschema

from serve_support import TIMEOUT, Checks, Upstream, Wicket, answering, gateway, routes, unused_port

ROOT, WICKET = pathlib.Path(sys.argv[1]), sys.argv[2]
check = Checks()
TO_A = routes("[{match: [{uri: {prefix: /a}}], route: [{destination: {host: a, port: {number: 80}}}]}, "
              "{match: [{uri: {exact: /go}}], redirect: {uri: /a}}, "
              "{match: [{uri: {exact: /broken}}], fault: {abort: {percentage: {value: 100}, httpStatus: 418}}, "
              "route: [{destination: {host: ext.example.com, port: {number: 80}}}]}]")
EXTERNAL = """---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ext, namespace: far}
spec: {hosts: [ext.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}
"""


def get(path="/a", more=""):
    return f"GET {path} HTTP/1.1\r\nHost: a.io\r\n{more}\r\n"


def samples(text, name):
    """Labels and value of each sample of a metric."""
    return [(dict(re.findall(r'(\w+)="([^"]*)"', line)), float(line.rsplit(" ", 1)[1]))
            for line in text.splitlines() if line.startswith(name + "{")]


def pages_and_methods():
    with Wicket(WICKET, gateway() + TO_A, admin=True) as w:
        check.equal("ready", (w.admin("/ready")[0], w.admin("/ready")[2]), (200, "LIVE\n"))
        check.equal("HEAD", (w.admin("/ready", "HEAD")[0], w.admin("/ready", "HEAD")[2]), (200, ""))
        check.equal("query", w.admin("/ready?x=1")[0], 200)
        check.equal("unknown", w.admin("/nothing")[0], 404)
        check.true("index", all(page in w.admin("/")[2] for page in ("/ready", "/stats/prometheus", "/config_dump")))
        for path, method, allowed in (("/ready", "POST", "GET, HEAD"), ("/config_dump", "DELETE", "GET, HEAD"),
                                      ("/api/decide", "GET", "POST"), ("/", "PUT", "GET, HEAD")):
            status, headers, _ = w.admin(path, method)
            check.equal(f"{method} {path}", (status, headers.get("allow")), (405, allowed))
        for headers, want in (({"Host": "evil.example"}, 403), ({"Host": "1.2.3.4.evil.example:15000"}, 403),
                              ({"Host": "localhost"}, 200), ({"Host": "LOCALHOST:1"}, 200), ({"Host": "[::1]:15000"}, 200),
                              ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403),
                              ({"Host": "localhost:1", "Origin": "http://localhost:1"}, 200)):
            check.equal(f"{headers}", w.admin("/ready", headers=headers.items())[0], want)


def metrics_of_requests():
    upstream = Upstream(answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    with upstream, Wicket(WICKET, gateway() + TO_A + EXTERNAL, "-b", f"a:80={upstream.port}", admin=True) as w:
        before = w.admin("/stats/prometheus")[2]
        check.equal("nothing yet", samples(before, "istio_requests_total"), [])
        with w.connect() as client:
            for path in ("/a", "/a", "/none", "/go", "/broken"):
                client.send(get(path))
                client.answer()
        with w.connect() as client:
            client.send("rubbish\r\n\r\n")
            check.equal("refused", client.answer().status, 400)
        with w.connect() as client:
            client.send("POST /a HTTP/1.1\r\nHost: a.io\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
            check.equal("bad chunk", client.answer().status, 400)
        status, headers, text = w.admin("/stats/prometheus")
        check.equal("status", status, 200)
        check.equal("type", headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        told = sorted((labels["destination_service"], labels["destination_service_name"],
                       labels["destination_service_namespace"], labels["response_code"], labels["response_flags"], count)
                      for labels, count in samples(text, "istio_requests_total"))
        a = ("a.default.svc.cluster.local", "a", "default")
        nobody = ("unknown",) * 3
        check.equal("requests", told, sorted([
            (*a, "200", "-", 2.0), (*a, "400", "DPE", 1.0), (*nobody, "404", "NR", 1.0), (*nobody, "301", "-", 1.0),
            ("ext.example.com", "ext.example.com", "far", "418", "FI", 1.0), (*nobody, "400", "DPE", 1.0)]))
        for name in ("istio_request_duration_milliseconds", "istio_request_bytes", "istio_response_bytes"):
            of_404 = [(labels["le"], count) for labels, count in samples(text, name + "_bucket")
                      if labels["response_code"] == "404"]
            check.equal(f"buckets of {name}", (len(of_404), of_404[0][0], of_404[-1]), (20, "0.5", ("+Inf", 1.0)))
        sums = {labels["response_code"]: count for labels, count in samples(text, "istio_request_bytes_sum")
                if labels["response_code"] in ("200", "404")}
        check.equal("bytes of requests", sums, {"200": 2.0 * len(get()), "404": float(len(get("/none")))})


def what_is_served():
    with Wicket(WICKET, gateway() + TO_A + EXTERNAL, "-b", "a:80=127.0.0.1:9", "--unmapped", "503", admin=True) as w:
        status, headers, text = w.admin("/config_dump")
        check.equal("status and type", (status, headers["content-type"]), (200, "application/json"))
        dump = json.loads(text)
        for name, part in (("config-dump", dump), ("routes", dump["routes"])):
            schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text())
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            check.equal(f"{name} keeps to its schema", [error.message for error in validator(schema).iter_errors(part)], [])
        check.equal("version", (dump["schemaVersion"], dump["generation"], dump["refusal"]), (1, 1, None))
        check.equal("port", dump["ports"], [{"gatewayPort": 80, "bind": "", "address": f"127.0.0.1:{w.ports[80]}",
                                             "tls": False, "plaintext": True}])
        check.equal("clusters", [(c["name"], c["backend"], c["endpoints"]) for c in dump["clusters"]],
                    [("outbound|80||a.default.svc.cluster.local", "endpoints", ["127.0.0.1:9"]),
                     ("outbound|80||ext.example.com", "none", [])])
        check.equal("objects", [(o["kind"], o["namespace"], o["name"]) for o in dump["objects"]],
                    [("Gateway", "default", "gw"), ("VirtualService", "default", "vs"), ("ServiceEntry", "far", "ext")])
        lines = w.path.read_text().splitlines()
        check.true("places", all("apiVersion" in lines[o["line"] - 1] for o in dump["objects"]))
        printed = subprocess.run([WICKET, "routes", "-o", "json", str(w.path)], capture_output=True, text=True)
        check.equal("routes", dump["routes"], json.loads(printed.stdout))


def where_a_request_would_go():
    with Wicket(WICKET, gateway() + TO_A, admin=True) as w:
        for request in ({"url": "http://a.io/a?x=1"}, {"url": "http://a.io/none"}, {"url": "https://a.io/a"},
                        {"url": "http://a.io/a", "method": "POST", "headers": [["X-A", "1"], ["Host", "b.io"]]}):
            status, headers, text = w.admin("/api/decide", "POST", json.dumps(request))
            check.equal("status and type", (status, headers["content-type"]), (200, "application/json"))
            command = [WICKET, "route", "-o", "json", "-X", request.get("method", "GET"), request["url"]]
            for name, value in request.get("headers", []):
                command += ["-H", f"{name}: {value}"]
            printed = subprocess.run([*command, str(w.path)], capture_output=True, text=True)
            check.equal(f"as wicket route, {request}", text, printed.stdout)
        for body, why in (("", "is not a JSON object"), ("{", "is not a JSON object"), ("[]", "is not a JSON object"),
                          ('{"url": 1}', 'no "url"'), ('{"url": "a b"}', "'a b'"), ('{"uri": "http://a"}', 'did you mean "url"'),
                          ('{"url": "http://a", "port": 0}', "port"), ("[" * 100_000, "is not a JSON object"),
                          ('{"url": "http://a", "headers": {}}', "headers"), ("\xff\xfe", "is not a JSON object")):
            status, _, text = w.admin("/api/decide", "POST", body.encode("latin-1"))
            check.equal(f"refused: {body[:20]!r}", (status, why in json.loads(text)["error"]), (400, True))
        check.equal("too large", w.admin("/api/decide", "POST", " " * 1_100_000)[0], 413)
        with socket.create_connection(("127.0.0.1", w.admin_port), TIMEOUT) as client:
            client.sendall(b"\x16\x03\x01 rubbish\r\n\r\n")
            check.true("rubbish", client.recv(100).startswith(b"HTTP/1.1 400"))
        check.equal("goes on", w.admin("/ready")[0], 200)


def draining_is_told():
    with Wicket(WICKET, gateway() + TO_A, admin=True) as w, w.connect() as client:
        client.send("POST /a HTTP/1.1\r\nHost: a.io\r\nContent-Length: 2\r\n\r\nx")
        while "istio_build" not in w.admin("/stats/prometheus")[2] or not json.loads(
                w.admin("/config_dump")[2])["clusters"][0]["activeRequests"]:
            pass
        w.stop()
        w.says("ending when")
        check.equal("draining", (w.admin("/ready")[0], w.admin("/ready")[2]), (503, "DRAINING\n"))
        client.send("y")
        check.equal("under way", client.answer().status, 200)
        check.equal("ended", w.process.wait(TIMEOUT), 0)


def ports_that_are_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken, Wicket(WICKET, gateway() + TO_A) as w:
        port = str(taken.getsockname()[1])
        run = subprocess.run([WICKET, "serve", "-p", "80=0", "--admin-port", port, str(w.path)], capture_output=True,
                             text=True, timeout=TIMEOUT)
        check.equal("code", run.returncode, 3)
        check.true("message", f"no admin port: cannot listen on 127.0.0.1:{port}: Address already in use" in run.stderr,
                   run.stderr)
        for text in ("70000", "on", "-1", ""):
            run = subprocess.run([WICKET, "serve", "--admin-port", text, str(w.path)], capture_output=True, text=True,
                                 timeout=TIMEOUT)
            check.equal(f"usage {text!r}", run.returncode, 2)


def a_chosen_port():
    port = unused_port()
    with Wicket(WICKET, gateway() + TO_A, "--admin-port", str(port)) as w:
        check.equal("there", (w.admin_port, w.admin("/ready")[0]), (port, 200))


sys.exit(check.run([pages_and_methods, metrics_of_requests, what_is_served, where_a_request_would_go, draining_is_told,
                    ports_that_are_taken, a_chosen_port]))
