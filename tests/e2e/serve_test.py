"""`wicket serve` on real sockets: HTTP/1 done right, everything that a route says, the answers of the gateway itself."""
import json
import sys
import threading

from serve_support import Checks, Upstream, Wicket, answering, gateway, routes, unused_port

WICKET = sys.argv[2]
check = Checks()
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SVC = "a.default.svc.cluster.local"


def serve(manifests, *options):
    return Wicket(WICKET, manifests, *options)


def to_a(upstream, more=""):
    """Manifests that send everything to a, and the option that says where it is."""
    return [gateway() + routes(f"[{{{more} route: [{{destination: {{host: a, port: {{number: 80}}}}}}]}}]"),
            "-b", f"a:80={upstream.port}"]


def get(path="/", host="a.io", more=""):
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"


# ---- the built-in echo, ports and names ----


def echo_shows_decision_and_request():
    with serve(gateway('["a.io"]') + routes('[{name: r, rewrite: {uri: /new}, match: [{uri: {prefix: /old}}], '
                                            'route: [{destination: {host: a, port: {number: 80}}}]}]', '["a.io"]')) as w:
        answer = w.ask("POST /old/x?q=1 HTTP/1.1\r\nHost: a.io\r\nX-Own: 1\r\nContent-Length: 5\r\n\r\nhello")
        shown = json.loads(answer.body)
        check.equal("status", answer.status, 200)
        check.equal("server", answer.header("server"), ["istio-envoy"])
        check.equal("cluster", shown["decision"]["cluster"], f"outbound|80||{SVC}")
        check.equal("path", shown["request"]["path"], "/new/x?q=1")
        check.equal("body", (shown["request"]["body"], shown["request"]["bodyBytes"]), ("hello", 5))
        headers = dict(shown["request"]["headers"])
        check.equal("original path", headers.get("x-envoy-original-path"), "/old/x?q=1")
        check.equal("own header", headers.get("x-own"), "1")
        check.equal("client address", headers.get("x-forwarded-for"), "127.0.0.1")
        check.true("request id", len(headers.get("x-request-id", "")) == 36)
        check.true("log names the cluster", "a.default:80" in w.log())


def moved_ports_and_localhost_names():
    manifests = gateway('["a.io"]') + routes(
        '[{match: [{uri: {exact: /go}}], redirect: {uri: /there}}, '
        '{route: [{destination: {host: a, port: {number: 80}}}]}]', '["a.io"]')
    with serve(manifests) as w:
        port = w.ports[80]
        for host, want in (("a.io", "a.io"), (f"a.io:{port}", "a.io"), (f"a.io.localhost:{port}", "a.io"),
                           ("a.io:80", "a.io:80"), (f"A.IO.LOCALHOST:{port}", "A.IO")):
            shown = json.loads(w.ask(get(host=host)).body)
            check.equal(f"authority of {host}", shown["request"]["authority"], want)
        check.equal("unknown host", w.ask(get(host=f"b.io.localhost:{port}")).status, 404)
        for host, want in ((f"a.io.localhost:{port}", f"http://a.io.localhost:{port}/there"),
                           (f"a.io:{port}", f"http://a.io:{port}/there")):
            check.equal("location", w.ask(get("/go", host)).header("location"), [want])
    with serve(manifests, "--no-port-mapping-in-headers") as w:
        answer = w.ask(get("/go", f"a.io:{w.ports[80]}"))
        check.equal("location as it is", answer.header("location"), [f"http://a.io:{w.ports[80]}/there"])
        check.equal("no .localhost", w.ask(get(host="a.io.localhost")).status, 404)


def unmapped_destinations():
    with serve(gateway() + routes('[{route: [{destination: {host: a, port: {number: 80}}}]}]'), "--unmapped", "503",
               "--access-log", "text") as w:
        answer = w.ask(get())
        check.equal("UH", (answer.status, answer.body), (503, b"no healthy upstream"))
        check.true("flag", " 503 UH no_healthy_upstream " in w.log())


# ---- HTTP/1 ----


def keep_alive_and_pipelining():
    upstream = Upstream(answering(OK))
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send(get("/1") + get("/2") + get("/3"))
        for _ in range(3):
            check.equal("pipelined", client.answer().status, 200)
        client.send(get("/4", more="Connection: close\r\n"))
        answer = client.answer()
        check.equal("told to close", answer.header("connection"), ["close"])
        check.true("closed", client.at_end())
        check.equal("order", [line.split()[1] for line, _, _ in upstream.serve.asked], ["/1", "/2", "/3", "/4"])
        check.equal("one upstream connection", upstream.connections, 1)


def bodies_both_ways():
    big = b"x" * 3_000_000

    def serve_big(client, _number):
        while (head := client.head()) is not None:
            body = client.body(head[1])
            client.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for begin in range(0, len(body), 70_000):
                piece = body[begin:begin + 70_000]
                client.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            client.send(b"0\r\nX-Trailer: t\r\n\r\n")

    upstream = Upstream(serve_big)
    with upstream, serve(*to_a(upstream)) as w:
        with w.connect() as client:
            client.send(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {len(big)}\r\n\r\n")
            sender = threading.Thread(target=client.send, args=(big,))
            sender.start()
            check.true("with length", client.answer().body == big)
            sender.join()
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "3;e=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer-Field: x\r\n\r\n")
            check.equal("in chunks", client.answer().body, b"abcde")
        check.equal("upstream", upstream.failures, [])


def slow_reader_stops_the_upstream():
    """With a client that does not read, the upstream can send only what the buffers and the sockets hold."""
    sent = []
    blocked = threading.Event()

    def serve_endless(client, _number):
        client.head()
        client.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        client.socket.settimeout(0.5)
        try:
            for _ in range(1000):
                client.socket.sendall(b"y" * 1_000_000)
                sent.append(1)
        except TimeoutError:
            blocked.set()

    upstream = Upstream(serve_endless)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send(get())
        check.true("back-pressure", blocked.wait(30))
        check.true("bounded", len(sent) < 100, len(sent))


def head_and_empty_answers():
    upstream = Upstream(answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
                                  "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", OK))
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        check.equal("HEAD", client.answer("HEAD").header("content-length"), ["100"])
        for status in (204, 304):
            client.send(get())
            answer = client.answer()
            check.equal("no body", (answer.status, answer.header("content-length")), (status, []))
        client.send(get())
        check.equal("goes on", client.answer().body, b"ok")


def body_until_close():
    def serve_until_close(client, _number):
        client.head()
        client.send("HTTP/1.0 200 OK\r\n\r\nall of it")

    upstream = Upstream(serve_until_close)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        for _ in range(2):
            client.send(get())
            answer = client.answer()
            check.equal("body", (answer.body, answer.header("transfer-encoding")), (b"all of it", ["chunked"]))


def continue_is_passed_on():
    def serve_continue(client, _number):
        head = client.head()
        client.send("HTTP/1.1 100 Continue\r\n\r\n")
        client.send(f"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{client.body(head[1]).decode()}")

    upstream = Upstream(serve_continue)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        check.equal("100", client.head()[0], "HTTP/1.1 100 Continue")
        client.send("abc")
        check.equal("200", client.answer().body, b"abc")


def websocket_becomes_a_tunnel():
    def serve_upgrade(client, _number):
        head = dict(client.head()[1])
        if head.get("upgrade") != "websocket":
            return
        client.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello")
        while data := client.socket.recv(100):
            client.send(data.upper())
        client.send("bye")

    upstream = Upstream(serve_upgrade)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send(get(more="Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n"))
        first, headers = client.head()
        check.equal("101", first, "HTTP/1.1 101 Switching Protocols")
        check.equal("upgrade", dict(headers).get("upgrade"), "websocket")
        check.equal("from upstream", client.file.read(5), b"hello")
        client.send("abc\0")
        check.equal("to upstream and back", client.file.read(4), b"ABC\0")
        client.socket.shutdown(1)
        check.equal("half-closed", client.file.read(), b"bye")
    with upstream, serve(*to_a(upstream)) as w:
        check.equal("other upgrades", w.ask(get(more="Connection: Upgrade\r\nUpgrade: foo\r\n")).status, 403)


def half_closed_client_gets_its_answer():
    upstream = Upstream(answering(OK))
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send(get())
        client.socket.shutdown(1)
        check.equal("answer", client.answer().body, b"ok")
        check.true("then the end", client.at_end())


def what_is_refused():
    cases = (
        ("no host", "GET / HTTP/1.1\r\n\r\n", 400, "missing_host_header"),
        ("1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 426, "low_version"),
        ("not a request", "\x16\x03\x01\x02\x00", 400, "http1.codec_error"),
        ("both framings", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400, "http1.content_length_and_chunked_not_allowed"),
        ("folded", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400, "http1.folded_line"),
        ("too many", "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n" * 100 + "\r\n", 431, "http1.too_many_headers"),
        ("too large", "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y" * 70_000 + "\r\n\r\n", 431, "http1.headers_too_large"),
        ("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 404, "absolute_path_rejected"),
        ("bad path", get("/%00"), 400, "path_normalization_failed"),
    )
    with serve(gateway() + routes('[{route: [{destination: {host: a}}]}]'), "--access-log", "json") as w:
        for name, raw, status, details in cases:
            with w.connect() as client:
                client.send(raw)
                check.equal(name, client.answer().status, status)
            line = json.loads(w.log())
            check.equal(name, (line["response_code"], line["response_code_details"]), (status, details))
        bad_chunk = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
        check.equal("bad chunk", w.ask(bad_chunk).status, 400)


# ---- what routes say ----


def weights_share_requests():
    ups = [Upstream(answering(OK)) for _ in range(2)]
    manifests = gateway() + routes('[{route: [{destination: {host: a, port: {number: 80}}, weight: 75}, '
                                   '{destination: {host: b, port: {number: 80}}, weight: 25}]}]')
    with ups[0], ups[1], serve(manifests, "-b", f"a={ups[0].port}", "-b", f"b={ups[1].port}") as w:
        with w.connect() as client:
            for _ in range(400):
                client.send(get())
                client.answer()
        share = len(ups[0].serve.asked)
        check.true("about three quarters", 250 <= share <= 350, share)
        check.equal("all", share + len(ups[1].serve.asked), 400)


def header_edits():
    upstream = Upstream(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Up: 1\r\nServer: nginx\r\n\r\n"))
    edits = ("headers: {request: {set: {x-a: '1', host: b.io}, remove: [x-b]}, "
             "response: {set: {x-r: '2'}, remove: [x-up]}},")
    with upstream, serve(*to_a(upstream, edits)) as w:
        answer = w.ask(get(more="X-B: 1\r\nX-Hop: 1\r\nConnection: x-hop\r\nx-envoy-max-retries: 9\r\n"))
        sent = dict(upstream.serve.asked[0][1])
        check.equal("set", (sent.get("x-a"), sent.get("host")), ("1", "b.io"))
        check.equal("removed", [name for name in ("x-b", "x-hop", "connection", "x-envoy-max-retries") if name in sent], [])
        check.equal("original host", sent.get("x-envoy-original-host"), "a.io")
        check.equal("answer", (answer.header("x-r"), answer.header("x-up")), (["2"], []))
        check.equal("server", answer.header("server"), ["istio-envoy"])
        check.equal("service time", len(answer.header("x-envoy-upstream-service-time")), 1)
        check.equal("date", len(answer.header("date")), 1)


def answers_of_the_gateway():
    manifests = gateway() + routes("""[
      {match: [{uri: {exact: /direct}}], directResponse: {status: 418, body: {string: tea}}},
      {match: [{uri: {exact: /empty}}], directResponse: {status: 200}},
      {match: [{uri: {exact: /redirect}}], redirect: {uri: /x, redirectCode: 308}},
      {match: [{uri: {exact: /abort}}], fault: {abort: {httpStatus: 555, percentage: {value: 100}}}, route: [{destination: {host: a}}]},
      {match: [{uri: {exact: /slow}}], fault: {delay: {fixedDelay: 0.2s, percentage: {value: 100}}}, route: [{destination: {host: a}}]},
      {match: [{uri: {exact: /cors}}], corsPolicy: {allowOrigins: [{exact: 'http://o'}], allowMethods: [GET]}, route: [{destination: {host: a}}]}]""")
    with serve(manifests, "--access-log", "json") as w, w.connect() as client:
        def ask(raw):
            client.send(raw)
            return client.answer(), json.loads(w.log())

        answer, line = ask(get("/direct"))
        check.equal("direct", (answer.status, answer.body, answer.header("content-type")), (418, b"tea", ["text/plain"]))
        check.equal("direct", line["response_code_details"], "direct_response")
        answer, _ = ask(get("/empty"))
        check.equal("empty", (answer.status, answer.header("content-length")), (200, ["0"]))
        answer, _ = ask(get("/redirect"))
        check.equal("redirect", (answer.status, len(answer.header("location"))), (308, 1))
        answer, line = ask(get("/abort"))
        check.equal("abort", (answer.status, answer.body, line["response_flags"]), (555, b"fault filter abort", "FI"))
        answer, line = ask(get("/slow"))
        check.equal("delay", (answer.status, line["response_flags"]), (200, "DI"))
        check.true("delay", line["duration"] >= 200, line["duration"])
        answer, line = ask(get("/none"))
        check.equal("404", (answer.status, answer.body, line["response_flags"]), (404, b"", "NR"))
        answer, _ = ask("OPTIONS /cors HTTP/1.1\r\nHost: a\r\nOrigin: http://o\r\nAccess-Control-Request-Method: GET\r\n\r\n")
        check.equal("preflight", (answer.status, answer.header("access-control-allow-origin")), (200, ["http://o"]))
        answer, _ = ask(get("/cors", more="Origin: http://o\r\n"))
        check.equal("cors", answer.header("access-control-allow-origin"), ["http://o"])


def failing_upstreams():
    with serve(gateway() + routes('[{route: [{destination: {host: a, port: {number: 80}}}]}]'),
               "-b", f"a={unused_port()}", "--access-log", "json") as w:
        answer, line = w.ask(get()), json.loads(w.log())
        check.equal("refused", (answer.status, line["response_flags"]), (503, "URX,UF"))
        check.equal("refused", answer.body.decode(), "upstream connect error or disconnect/reset before headers. "
                    "retried and the latest reset reason: remote connection failure")
        check.true("refused", "Connection refused" in line["upstream_transport_failure_reason"])

    cases = (("closes at once", "", 503, "UC", "connection termination"),
             ("is no answer", "SSH-2.0\r\n\r\n", 502, "UPE", "protocol error"))
    for name, raw, status, flag, reason in cases:
        def serve_once(client, _number, raw=raw):
            client.head()
            client.send(raw)

        upstream = Upstream(serve_once)
        manifests, *options = to_a(upstream)
        with upstream, serve(manifests, *options, "--access-log", "json") as w:
            answer, line = w.ask(get()), json.loads(w.log())
            check.equal(name, (answer.status, line["response_flags"]), (status, flag))
            check.true(name, answer.body.decode().endswith("reset reason: " + reason), answer.body)

    def serve_half(client, _number):
        client.head()
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")

    upstream = Upstream(serve_half)
    manifests, *options = to_a(upstream)
    with upstream, serve(manifests, *options, "--access-log", "json") as w, w.connect() as client:
        client.send(get())
        client.head()
        check.equal("what there was", client.file.read(), b"abc")
        check.equal("broken off", json.loads(w.log())["response_flags"], "UC")


def timeouts():
    release = threading.Event()

    def serve_never(client, _number):
        client.head()
        release.wait(10)

    upstream = Upstream(serve_never)
    for more, details in (("timeout: 0.2s,", "response_timeout"),
                          ("retries: {attempts: 1, retryOn: connect-failure, perTryTimeout: 0.2s},", "upstream_per_try_timeout")):
        manifests, *options = to_a(upstream, more)
        with serve(manifests, *options, "--access-log", "json") as w:
            answer, line = w.ask(get()), json.loads(w.log())
            check.equal(more, (answer.status, answer.body), (504, b"upstream request timeout"))
            check.equal(more, (line["response_flags"], line["response_code_details"]), ("UT", details))
    release.set()
    upstream.listener.close()


def retries():
    def serve_third_time(client, number):
        head = client.head()
        client.body(head[1])
        counts.append(dict(head[1])["x-envoy-attempt-count"])
        client.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx" if number < 3 else OK)

    counts = []
    upstream = Upstream(serve_third_time)
    with upstream, serve(*to_a(upstream, "retries: {attempts: 3, retryOn: 5xx, backoff: 1ms},")) as w:
        answer = w.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
        check.equal("third try", (answer.status, counts), (200, ["1", "2", "3"]))

    upstream = Upstream(answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy"))
    manifests, *options = to_a(upstream, "retries: {attempts: 1, retryOn: '503', backoff: 1ms},")
    with upstream, serve(manifests, *options, "--access-log", "json") as w:
        answer, line = w.ask(get()), json.loads(w.log())
        check.equal("exhausted", (answer.status, answer.body, line["response_flags"]), (503, b"busy", "URX"))
        check.equal("tries", len(upstream.serve.asked), 2)

    with Upstream(answering(OK)) as good:
        manifests = gateway() + routes('[{retries: {attempts: 1, retryOn: connect-failure}, route: [{destination: {host: a}}]}]')
        with serve(manifests, "-b", f"a={unused_port()}", "-b", f"a={good.port}") as w:
            check.equal("another endpoint", [w.ask(get()).status for _ in range(4)], [200] * 4)


def mirrors_are_sent_and_forgotten():
    seen = threading.Event()

    def serve_mirror(client, _number):
        head = client.head()
        mirrored.append((head[0], client.body(head[1])))
        seen.set()

    mirrored = []
    upstream, mirror = Upstream(answering(OK)), Upstream(serve_mirror)
    manifests = gateway() + routes('[{mirror: {host: m, port: {number: 80}}, route: [{destination: {host: a, port: {number: 80}}}]}]')
    with upstream, mirror, serve(manifests, "-b", f"a={upstream.port}", "-b", f"m={mirror.port}") as w:
        check.equal("answer", w.ask("POST /m HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").status, 200)
        check.true("mirrored", seen.wait(10))
        check.equal("the copy", mirrored, [("POST /m HTTP/1.1", b"abc")])


# ---- beginning and end ----


def drains_on_sigterm():
    arrived, release = threading.Event(), threading.Event()

    def serve_slowly(client, _number):
        client.head()
        arrived.set()
        release.wait(10)
        client.send(OK)

    upstream = Upstream(serve_slowly)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as idle, w.connect() as client:
        client.send(get())
        check.true("under way", arrived.wait(10))
        w.stop()
        check.true("idle connections are closed", idle.at_end())
        release.set()
        answer = client.answer()
        check.equal("answered", (answer.status, answer.header("connection")), (200, ["close"]))
        check.true("closed", client.at_end())
        client.socket.close()
        check.equal("exit code", w.process.wait(10), 0)


def second_signal_does_not_wait():
    arrived = threading.Event()

    def serve_never(client, _number):
        client.head()
        arrived.set()
        client.socket.recv(1)

    upstream = Upstream(serve_never)
    with upstream, serve(*to_a(upstream)) as w, w.connect() as client:
        client.send(get())
        check.true("under way", arrived.wait(10))
        w.stop()
        check.true("says so", "ending" in next(line for line in w.process.stderr if "ending" in line))
        w.stop()
        check.equal("exit code", w.process.wait(10), 0)


def errors_are_clear():
    import subprocess

    def run(*options, manifests=gateway()):
        done = subprocess.run([WICKET, "serve", *options, "-"], input=manifests, capture_output=True, text=True, timeout=20)
        return done.returncode, done.stderr

    with Upstream(answering(OK)) as taken:
        code, text = run("--port", f"80={taken.port}")
        check.equal("port taken", code, 3)
        check.true("port taken", f"127.0.0.1:{taken.port}" in text and "in use" in text, text)
    with serve(gateway()) as w:
        code, text = run("--port", f"80={w.ports[80]}")
        check.equal("taken by another wicket", code, 3)
    code, text = run(manifests="")
    check.true("nothing to serve", code == 3 and "nothing to serve" in text, text)
    code, text = run("--port", "81=0")
    check.true("unknown port", code == 2 and "port 81" in text, text)
    code, text = run("--port", "80")
    check.true("usage", code == 2 and "NUMBER=PORT" in text, text)
    code, text = run("-b", "a:80")
    check.true("usage", code == 2 and "--backend" in text, text)


sys.exit(check.run([value for value in list(globals().values())
                    if callable(value) and getattr(value, "__module__", "") == "__main__"
                    and value.__code__.co_argcount == 0]))
