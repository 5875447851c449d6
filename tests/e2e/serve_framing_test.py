"""`wicket serve` never sends a message that two recipients could read in two ways, whatever peers and routes ask for."""
import json
import sys
import threading

from serve_support import Checks, Upstream, Wicket, answering, gateway, routes

WICKET = sys.argv[2]
check = Checks()
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def to_a(upstream, more=""):
    return [gateway() + routes(f"[{{{more} route: [{{destination: {{host: a, port: {{number: 80}}}}}}]}}]"),
            "-b", f"a:80={upstream.port}"]


def get(path="/", more=""):
    return f"GET {path} HTTP/1.1\r\nHost: a.io\r\n{more}\r\n"


def framing_that_routes_take_away():
    """A route may name any header; the body that goes upstream has an end all the same, and so has the answer."""
    edits = ("headers: {request: {remove: [content-length, transfer-encoding], set: {x-a: '1'}}, "
             "response: {remove: [content-length]}},")
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream, edits)) as w, w.connect() as client:
        for _ in range(2):
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
            answer = client.answer()
            check.equal("answer in chunks", (answer.body, answer.header("transfer-encoding")), (b"ok", ["chunked"]))
        check.equal("request in chunks", [(body, dict(head).get("transfer-encoding")) for _, head, body in
                                          upstream.serve.asked], [(b"hello", "chunked")] * 2)


def framing_that_routes_add():
    for name, value in (("transfer-encoding", "chunked"), ("transfer-encoding", "gzip"), ("content-length", "3"),
                        ("connection", "close"), ("upgrade", "foo"), ("keep-alive", "5")):
        edits = f"headers: {{request: {{add: {{{name}: '{value}'}}}}, response: {{add: {{{name}: '{value}'}}}}}},"
        upstream = Upstream(answering(OK))
        with upstream, Wicket(WICKET, *to_a(upstream, edits)) as w, w.connect() as client:
            for raw in ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"):
                client.send(raw)
                head = client.head()
                framing = [line for line in head[1] if line[0] in ("content-length", "transfer-encoding", "connection",
                                                                   "upgrade", "keep-alive")]
                check.equal(f"{name}: {value}: one framing of the answer", framing, [("content-length", "2")])
                check.equal(f"{name}: {value}: body", client.file.read(2), b"ok")
            for _, head, body in upstream.serve.asked:
                framing = [line for line in head if line[0] in ("content-length", "transfer-encoding", "connection",
                                                                "upgrade", "keep-alive")]
                check.equal(f"{name}: {value}: one framing of the request", len(framing), 1)
                check.equal(f"{name}: {value}: request", body, b"hello")
            check.equal(f"{name}: {value}: requests", len(upstream.serve.asked), 2)


def requests_without_a_body_say_so():
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        for method, want in (("POST", "0"), ("PUT", "0"), ("PATCH", "0"), ("GET", None), ("DELETE", None)):
            client.send(f"{method} / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.answer()
            check.equal(method, dict(upstream.serve.asked[-1][1]).get("content-length"), want)


def provisional_answers():
    def serve(client, _number):
        client.head()
        client.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 199 Odd\r\n\r\n"
                    "HTTP/1.1 102 Processing\r\n\r\n" + OK)

    upstream = Upstream(serve)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        client.send(get())
        first, headers = client.head()
        check.equal("103", (first, dict(headers).get("link")), ("HTTP/1.1 103 Early Hints", "</a.css>"))
        check.equal("102, and 199 is dropped", client.head()[0], "HTTP/1.1 102 Processing")
        check.equal("200", client.answer().body, b"ok")


def upgrade_that_nobody_asked_for():
    upstream = Upstream(answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n" + OK))
    with upstream, Wicket(WICKET, *to_a(upstream), "--access-log", "json") as w:
        answer, line = w.ask(get()), json.loads(w.log())
        check.equal("refused", (answer.status, line["response_flags"]), (502, "UPE"))


def upgrade_that_the_service_refuses():
    """The request of an upgrade has no end, so the connection has one behind the answer.

    Source: Envoy conn_manager_impl.cc, encodeHeaders: an answer in front of the end of an HTTP/1 request drains."""
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        client.send(get(more="Connection: upgrade\r\nUpgrade: websocket\r\n"))
        answer = client.answer()
        check.equal("answer", (answer.body, answer.header("connection")), (b"ok", ["close"]))
        check.true("the end", client.at_end())
        check.equal("another connection", w.ask(get("/next")).body, b"ok")
        check.equal("asked", [line.split()[1] for line, _, _ in upstream.serve.asked], ["/", "/next"])


def nominated_headers():
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream), "--access-log", "json") as w:
        for value in ("x-forwarded-for", "close, X-Forwarded-Proto", "x-forwarded-host", ":path",
                      "a,b,c,d,e,f,g,h,i,j"):
            answer, line = w.ask(get(more=f"Connection: {value}\r\n")), json.loads(w.log())
            check.equal(value, (answer.status, line["response_code_details"]), (400, "http1.connection_header_rejected"))
        w.ask(get(more="Connection: a,b,c,d,e,f,g,h,x-secret\r\nX-Secret: 1\r\nTE: trailers\r\n"))
        sent = dict(upstream.serve.asked[-1][1])
        check.equal("nine are taken", ("x-secret" in sent, sent.get("te")), (False, "trailers"))
        w.ask(get(more="Connection: te, close\r\nTE: gzip, trailers\r\n"))
        check.equal("trailers stay", dict(upstream.serve.asked[-1][1]).get("te"), "trailers")


def upstreams_that_lie():
    cases = (
        ("less than it says, then the end", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"abc", "UC"),
        ("a chunk without end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", b"3\r\nabc\r\n", "UC"),
        ("a chunk size that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz\r\n", b"1\r\na\r\n", "UPE"),
    )
    for name, raw, body, flag in cases:
        def serve(client, _number, raw=raw):
            client.head()
            client.send(raw)

        upstream = Upstream(serve)
        with upstream, Wicket(WICKET, *to_a(upstream), "--access-log", "json") as w, w.connect() as client:
            client.send(get())
            client.head()
            check.equal(name, client.file.read(), body)  # and the connection ends: the client sees that something is missing
            check.equal(name, json.loads(w.log())["response_flags"], flag)

    heads = ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na", "HTTP/1.1 200 OK\r\nX-A: 1\r\n folded\r\n\r\n",
             "HTTP/1.1 200 OK\nContent-Length: 1\n\na", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX: " + "y" * 70_000 + "\r\n\r\n",
             "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 101 + "\r\n")
    for raw in heads:
        upstream = Upstream(answering(raw))
        with upstream, Wicket(WICKET, *to_a(upstream), "--access-log", "json") as w:
            answer, line = w.ask(get()), json.loads(w.log())
            check.equal(raw[:60], (answer.status, line["response_flags"]), (502, "UPE"))


def more_than_it_says():
    """What an upstream sends behind its answer is nobody's answer."""
    extra = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    upstream = Upstream(answering(OK + extra))
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        for _ in range(5):
            client.send(get())
            check.equal("own answer", client.answer().body, b"ok")
    late, gone = threading.Event(), threading.Event()

    def serve_late(client, number):
        while client.head() is not None:
            client.send(OK)
            if number > 1:
                continue
            late.wait(5)
            client.send(extra)
            check.equal("the connection is not used again", client.head(), None)
            gone.set()

    upstream = Upstream(serve_late)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        client.send(get())
        check.equal("first", client.answer().body, b"ok")
        late.set()
        check.true("it is closed", gone.wait(5))
        for _ in range(3):
            client.send(get())
            check.equal("later", client.answer().body, b"ok")


def answer_before_the_request_is_complete():
    def serve(client, _number):
        client.head()
        client.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig")

    upstream = Upstream(serve)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nsome")
        answer = client.answer()
        check.equal("answer", (answer.status, answer.body, answer.header("connection")), (413, b"big", ["close"]))
        check.true("the end", client.at_end())


def bytes_behind_a_change_of_protocol():
    """What follows CONNECT or an upgrade is of another protocol, or of none when that is refused: never a request.

    Source: Envoy http1/codec_impl.cc, onHeadersCompleteBase (h2c is passed over); conn_manager_impl.cc, decodeHeaders."""
    upstream = answering(OK)
    upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: {}\r\n"
    with Upstream(upstream) as a, Wicket(WICKET, *to_a(a, "match: [{uri: {prefix: /a}}],")) as w:
        for line, more, status in (("CONNECT b.io:443", "", 404), ("GET /a", upgrade.format("foo"), 403), ("GET /a", upgrade.format("websocket"), 200),
                                   ("GET /b", upgrade.format("websocket"), 404), ("GET /b", upgrade.format("foo"), 404)):
            asked = len(upstream.asked)
            with w.connect() as client:
                client.send(f"{line} HTTP/1.1\r\nHost: a.io\r\n{more}\r\n" + get("/a/smuggled"))
                answer, case = client.answer(), f"{line} {more}"
                check.equal(f"answer to {case}", (answer.status, answer.header("connection")), (status, ["close"]))
                check.true(f"the end of {case}", client.at_end())
            check.equal(f"asked by {case}", [head for head, _, _ in upstream.asked[asked:] if "smuggled" in head], [])
        with w.connect() as client:
            client.send(get("/a", upgrade.format("h2c")) + get("/a"))
            check.equal("h2c", [client.answer().status, client.answer().status], [200, 200])


def an_authority_that_is_none():
    """Source: Envoy header_utility.cc, requestHeadersValid, and sendProtocolError (R-PRE-3, R-PRE-4)."""
    with Upstream(answering(OK)) as a, Wicket(WICKET, *to_a(a), "--access-log", "json") as w:
        for head in ("GET / HTTP/1.1\r\nHost: a io\r\n", "GET http://u:p@a.io/ HTTP/1.1\r\nHost: a.io\r\n"):
            with w.connect() as client:
                client.send(head + "\r\n" + get())
                answer = client.answer()
                check.equal(f"answer to {head!r}", (answer.status, answer.body, answer.header("connection")), (400, b"Bad Request", ["close"]))
                check.true("the end", client.at_end())
                check.equal("flag", json.loads(w.log())["response_flags"], "DPE")


def resets():
    """A reset of the connection, in front of an answer and in its middle."""
    import socket
    import struct

    def reset(client):
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.file.close()
        client.socket.close()

    def serve_reset(client, number):
        client.head()
        if number % 2 == 0:
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            seen.wait(5)
        reset(client)

    seen = threading.Event()
    upstream = Upstream(serve_reset)
    with upstream, Wicket(WICKET, *to_a(upstream), "--access-log", "json") as w:
        answer, line = w.ask(get()), json.loads(w.log())
        check.equal("in front", (answer.status, line["response_flags"]), (503, "UC"))
        with w.connect() as client:
            client.send(get())
            check.equal("status", client.head()[0], "HTTP/1.1 200 OK")
            check.equal("begin", client.file.read(3), b"abc")
            seen.set()
            check.true("broken off", client.at_end())
            check.equal("flag", json.loads(w.log())["response_flags"], "UC")


sys.exit(check.run([value for value in list(globals().values())
                    if callable(value) and getattr(value, "__module__", "") == "__main__"
                    and value.__code__.co_argcount == 0]))
