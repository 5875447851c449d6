"""What `wicket serve` writes as access log is what `wicket replay` decides, and its JSON keeps to its schema."""
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

import jsonschema

from serve_support import TIMEOUT, Wicket, gateway, routes

ROOT, BINARY = pathlib.Path(sys.argv[1]), sys.argv[2]

MANIFESTS = gateway() + routes("""
  - name: stop
    match: [{uri: {exact: /stop}}]
    fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
    route: [{destination: {host: web, port: {number: 80}}}]
  - name: old
    match: [{uri: {prefix: /old}}]
    redirect: {uri: /new, redirectCode: 308}
  - name: said
    match: [{uri: {exact: /said}}]
    directResponse: {status: 201, body: {string: "here"}}
  - name: search
    match: [{uri: {prefix: /search}, queryParams: {page: {regex: "[0-9]+"}}}]
    rewrite: {uri: /find}
    route: [{destination: {host: search, port: {number: 8080}, subset: v2}}]
  - name: mobile
    match: [{uri: {prefix: /shop}, headers: {user-agent: {regex: ".*Mobile.*"}}}]
    route: [{destination: {host: mobile, port: {number: 80}}}]
  - name: shop
    match: [{uri: {prefix: /shop}, method: {regex: GET|POST}}]
    route:
    - {destination: {host: web, port: {number: 80}, subset: a}, weight: 1}
    - {destination: {host: web, port: {number: 80}, subset: b}, weight: 1}
    corsPolicy: {allowOrigins: [{exact: "https://a.example"}], allowMethods: [GET]}
""", hosts="[a.example]")

REQUESTS = [
    ("GET", "/stop", {}), ("GET", "/old/x?y=1", {}), ("GET", "/said", {}), ("GET", "/search?page=7", {}),
    ("GET", "/search?page=x", {}), ("GET", "/shop", {}), ("POST", "/shop/cart?id=1", {}), ("PUT", "/shop", {}),
    ("GET", "/shop", {"user-agent": 'A "quoted" Mobile, agent'}), ("GET", "/nothing", {}),
    ("GET", "/shop", {"host": "b.example"}), ("GET", "/shop/../old", {}), ("GET", "/%73hop/%2e%2e", {}),
    ("OPTIONS", "/shop", {"origin": "https://a.example", "access-control-request-method": "GET"}),
    ("GET", "/shop", {"x-forwarded-for": "203.0.113.9, 198.51.100.1"}),
] + [("GET", f"/shop/{i}", {}) for i in range(20)]


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    for method, path, headers in REQUESTS:
        connection.request(method, path, headers={"host": "a.example", "user-agent": "e2e", **headers})
        connection.getresponse().read()
    connection.close()


def replay(log, manifests, *options):
    done = subprocess.run([BINARY, "replay", "-o", "json", str(log), "-f", str(manifests), *options],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout), done.stderr


def check(form, log, manifests):
    code, report, errors = replay(log, manifests, "--coverage")
    summary = report["summary"]
    assert (code, errors) == (0, ""), (form, code, errors, report["contradictions"])
    assert report["logs"][0]["unread"] == 0, report["logs"]
    assert summary["requests"] == summary["agrees"] == len(REQUESTS), (form, summary, report["consistent"])
    units = [unit for service in report["coverage"]["virtualServices"] for unit in service["units"]]
    # What is aborted every time has no destination.
    assert [unit["title"] for unit in units if unit["hits"] == 0] == ["http[0] -> web.default.svc.cluster.local:80"], units
    return report


def check_interrupt(manifests, log):
    """What was read is told when somebody says Ctrl-C, and a reader that waits for more ends all the same."""
    for is_closed in True, False:
        process = subprocess.Popen([BINARY, "replay", "-o", "json", "-", "-f", str(manifests)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = log.read_bytes()
        # A pipe holds less than this: when all of it is written, most of it is read.
        process.stdin.write(lines * (1 + (4 << 20) // len(lines)))
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        if is_closed:
            out, errors = process.communicate(timeout=TIMEOUT)
            assert errors == b"wicket: interrupted; this is what was read until then\n", errors
            assert json.loads(out)["summary"]["requests"] > 0, out
        assert process.wait(TIMEOUT) == 130, process.returncode
        for pipe in process.stdin, process.stdout, process.stderr:
            pipe.close()


def main():
    schema = json.loads((ROOT / "schemas" / "replay.schema.json").read_text())
    jsonschema.validators.validator_for(schema).check_schema(schema)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        manifests = folder / "m.yaml"
        manifests.write_text(MANIFESTS)
        for form in "text", "json":
            log = folder / f"{form}.log"
            with Wicket(BINARY, MANIFESTS, "--access-log", form) as wicket:
                ask(wicket.ports[80])
                wicket.process.terminate()
                log.write_text(wicket.process.stdout.read())
                wicket.process.wait(TIMEOUT)
            jsonschema.validate(check(form, log, manifests), schema)

        check_interrupt(manifests, folder / "text.log")

        # Another destination in the manifests is seen in the log.
        manifests.write_text(MANIFESTS.replace("host: search", "host: lookup"))
        code, report, _ = replay(log, manifests)
        assert code == 1 and report["summary"]["contradicts"] == 1, report["summary"]
        assert report["contradictions"][0]["request"].endswith("/search?page=7"), report["contradictions"]
    for name in "istio.log", "istio.json", "nginx.log", "envoy.log":
        _, report, _ = replay(ROOT / "testdata" / "replay" / name, ROOT / "testdata" / "test" / "routes.yaml", "--host", "garden.example")
        jsonschema.validate(report, schema)
    print(f"{len(REQUESTS)} requests of both logs are decided as they were served")


if __name__ == "__main__":
    main()
