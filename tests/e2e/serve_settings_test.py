"""`serve` in wicket.yaml: what the options say, once for a repository; options win."""
import pathlib
import sys
import tempfile

from serve_support import Checks, Upstream, Wicket, answering, gateway, routes

WICKET = sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
MANIFESTS = gateway() + routes("[{match: [{uri: {prefix: /a}}], route: [{destination: {host: a, port: {number: 80}}}]},"
                               " {match: [{uri: {prefix: /b}}], route: [{destination: {host: b, port: {number: 80}}}]}]")
ONE, TWO = (f"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{name}" for name in ("one", "two"))


def settings(text):
    path = pathlib.Path(FOLDER.name) / "settings.yaml"
    path.write_text(text)
    return ["--config", str(path)]


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: a.io\r\n\r\n"


def settings_say_what_options_say():
    log = pathlib.Path(FOLDER.name) / "log"
    with Upstream(answering(ONE)) as one:
        choice = settings(f'serve: {{backends: {{"a:80": {one.port}}}, unmapped: 503, access-log: log, ports: {{"80": 1}}, '
                          'admin-port: off, watch: true, address: 127.0.0.1}')
        with Wicket(WICKET, MANIFESTS, *choice) as w:
            check.equal("backend", w.ask(get("/a")).body, b"one")
            answer = w.ask(get("/b"))
            check.equal("unmapped", (answer.status, answer.body), (503, b"no healthy upstream"))
        check.equal("log beside the settings", len(log.read_text().splitlines()), 2)


def options_win():
    with Upstream(answering(ONE)) as one, Upstream(answering(TWO)) as two:
        choice = settings(f'serve: {{backends: {{"a:80": {one.port}, b: ["127.0.0.1:{one.port}"]}}, unmapped: 503, access-log: off}}')
        full = f"a.default.svc.cluster.local:80={two.port}"
        with Wicket(WICKET, MANIFESTS, *choice, "-b", full, "--access-log", "brief") as w:
            check.equal("named by an option", [w.ask(get("/a")).body for _ in range(4)], [b"two"] * 4)
            check.equal("named by settings alone", w.ask(get("/b")).body, b"one")
            check.true("log", "/a" in w.log())


def what_does_not_fit():
    with Wicket(WICKET, MANIFESTS, *settings('serve: {backends: {"c:80": 9000}, ports: {"81": 0}}')) as w:
        said = "".join(w.errors)
        check.true("a backend of no route", "serve.backends, c:80: 9000: no route leads to it" in said, said)
        check.true("a port of other Gateways", "port 81" not in said, said)


sys.exit(check.run([settings_say_what_options_say, options_win, what_does_not_fit]))
