"""The gateway's edge: who the client is, how long gRPC clients wait, what depends on the release of Istio."""
import pathlib
import sys
import tempfile

from serve_support import Checks, Upstream, Wicket, answering, gateway, routes, unused_port

WICKET = sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def to_a(more=""):
    return gateway() + routes(f"[{{{more} route: [{{destination: {{host: a, port: {{number: 80}}}}}}]}}]")


def settings(text):
    path = pathlib.Path(FOLDER.name) / "settings.yaml"
    path.write_text(text)
    return ["--config", str(path)]


def get(more=""):
    return f"GET / HTTP/1.1\r\nHost: a.io\r\n{more}\r\n"


def the_client_behind_trusted_proxies():
    upstream = answering(OK)
    with Upstream(upstream) as a:
        for proxies, sent, address, forwarded, remote in (
                (0, "", "127.0.0.1", "127.0.0.1", None), (0, "192.0.2.1", "127.0.0.1", "192.0.2.1,127.0.0.1", None),
                (1, "192.0.2.1, 192.0.2.2", "192.0.2.2", "192.0.2.1, 192.0.2.2,127.0.0.1", "192.0.2.2:0"),
                (2, "192.0.2.1, 192.0.2.2", "192.0.2.1", "192.0.2.1, 192.0.2.2,127.0.0.1", "192.0.2.1:0"),
                (1, "2001:db8::1", "2001:db8::1", "2001:db8::1,127.0.0.1", "[2001:db8::1]:0"),
                (1, "unknown", "127.0.0.1", "unknown,127.0.0.1", None)):
            with Wicket(WICKET, to_a(), "-b", f"a={a.port}", "--access-log", "text",
                        *settings(f"mesh: {{trusted-proxies: {proxies}}}")) as w, w.connect() as client:
                client.send(get(f"x-forwarded-for: {sent}\r\n" if sent else ""))
                check.equal("answer", client.answer().status, 200)
                headers, own = dict(upstream.asked[-1][1]), "{}:{}".format(*client.socket.getsockname())
                case = f"of {sent!r} behind {proxies}"
                check.equal(f"external address {case}", headers["x-envoy-external-address"], address)
                check.equal(f"x-forwarded-for {case}", headers["x-forwarded-for"], forwarded)
                line = w.log()
                check.true(f"logged x-forwarded-for {case}", f'"{forwarded}"' in line, line)
                check.equal(f"logged client {case}", line.split(" ")[-3], remote or own)


def grpc_clients_say_how_long_they_wait():
    asked = []

    def silent(client, _number):
        while (head := client.head()) is not None:
            asked.append(dict(head[1]))
            client.body(head[1])

    grpc = "content-type: application/grpc\r\ngrpc-timeout: {}\r\n"
    with Upstream(silent) as a:
        with Wicket(WICKET, to_a(), "-b", f"a={a.port}", "--access-log", "text") as w:
            answer = w.ask(get(grpc.format("50m")))
            check.equal("grpc answer", (answer.status, answer.header("grpc-status")), (200, ["14"]))
            check.equal("told", (asked[-1]["grpc-timeout"], asked[-1]["x-envoy-expected-rq-timeout-ms"]), ("50m", "50"))
            line = w.log()
            check.true("UT", " UT response_timeout " in line, line)
        with Wicket(WICKET, to_a("timeout: 0.06s,"), "-b", f"a={a.port}") as w:
            check.equal("capped", w.ask(get(grpc.format("1H"))).header("grpc-message"), ["upstream request timeout"])
            check.equal("told", asked[-1]["grpc-timeout"], "60m")
            check.equal("not gRPC", w.ask(get("grpc-timeout: 1H\r\n")).status, 504)
            check.equal("left alone", asked[-1]["grpc-timeout"], "1H")


def later_tries_have_what_is_left():
    asked = []

    def silent(client, _number):
        while (head := client.head()) is not None:
            asked.append(int(dict(head[1])["x-envoy-expected-rq-timeout-ms"]))

    with Upstream(silent) as a:
        rule = "timeout: 0.15s, retries: {attempts: 2, perTryTimeout: 0.1s, retryOn: reset},"
        with Wicket(WICKET, to_a(rule), "-b", f"a={a.port}") as w:
            check.equal("status", w.ask(get()).status, 504)
        check.equal("first try", asked[0], 100)
        check.true("second try", len(asked) == 2 and 1 <= asked[1] <= 50, str(asked))


def what_depends_on_the_release():
    failure = "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure"
    reason = ", transport failure reason: delayed connect error: Connection refused"
    for release, flags, body in (("1.31", "URX,UF", failure), ("1.30", "URX,UF", failure + reason), ("1.21", "UF,URX", failure + reason)):
        with Wicket(WICKET, to_a(), "-b", f"a={unused_port()}", "--access-log", "text", "--istio-version", release) as w:
            check.equal(f"body of {release}", w.ask(get()).body.decode(), body)
            line = w.log()
            check.true(f"flags of {release}", f" 503 {flags} " in line, line)


def logs_have_the_path_that_routes_saw():
    """Source: R-LOG-2: x-envoy-original-path where a rule rewrites, else :path; both are normalised by then."""
    rules = gateway() + routes("[{match: [{uri: {prefix: /old}}], rewrite: {uri: /new}, route: [{destination: {host: a, port: {number: 80}}}]},"
                               " {match: [{uri: {prefix: /a}}], route: [{destination: {host: a, port: {number: 80}}}]}]")
    with Upstream(answering(OK)) as a, Wicket(WICKET, rules, "-b", f"a={a.port}", "--access-log", "text") as w:
        for line, status, logged, authority in (
                ("GET /a/./b?x=../y HTTP/1.1", 200, "GET /a/b?x=../y HTTP/1.1", "a.io"), ("GET /a#here HTTP/1.1", 200, "GET /a HTTP/1.1", "a.io"),
                ("GET /x/../old/1 HTTP/1.1", 200, "GET /old/1 HTTP/1.1", "a.io"), ("GET /x/../none HTTP/1.1", 404, "GET /none HTTP/1.1", "a.io"),
                ("GET http://b.io/a HTTP/1.1", 200, "GET /a HTTP/1.1", "b.io"), ("CONNECT b.io:443 HTTP/1.1", 404, "CONNECT - HTTP/1.1", "b.io:443")):
            check.equal(f"status of {line}", w.ask(f"{line}\r\nHost: a.io\r\n\r\n").status, status)
            text = w.log()
            check.true(f"logged of {line}", f'"{logged}"' in text and f'"{authority}"' in text, text)


sys.exit(check.run([the_client_behind_trusted_proxies, grpc_clients_say_how_long_they_wait, later_tries_have_what_is_left,
                    what_depends_on_the_release, logs_have_the_path_that_routes_saw]))
