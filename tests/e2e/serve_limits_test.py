"""`wicket serve` under slow, greedy, silent and vanishing peers: nothing grows without bound, the others are served."""
import contextlib
import os
import pathlib
import resource
import socket
import sys
import threading
import time

from serve_support import Checks, Client, Upstream, Wicket, answering, gateway, routes

WICKET = sys.argv[2]
check = Checks()
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
BIG = 2 << 30  # bytes that go through in constant memory
BLOCK = b"z" * (1 << 20)


def to_a(upstream, more=""):
    return [gateway() + routes(f"[{{{more} route: [{{destination: {{host: a, port: {{number: 80}}}}}}]}}]"),
            "-b", f"a:80={upstream.port}"]


def get(path="/", more=""):
    return f"GET {path} HTTP/1.1\r\nHost: a.io\r\n{more}\r\n"


def resident_kb(wicket, peak=False):
    status = pathlib.Path(f"/proc/{wicket.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM" if peak else "VmRSS")))


def drained(client, size):
    """Reads exactly so many bytes, and says whether they came."""
    buffer = bytearray(1 << 20)
    while size:
        count = client.socket.recv_into(buffer, min(size, len(buffer)))
        if count == 0:
            return False
        size -= count
    return True


def two_gigabytes_both_ways():
    def serve(client, _number):
        received.append(drained(client, 0))
        head = dict(client.head()[1])
        size = int(head["content-length"])
        rest = client.file.peek()  # what came with the head
        size -= len(client.file.read(len(rest)))
        received[0] = drained(client, size)
        client.send(f"HTTP/1.1 200 OK\r\nContent-Length: {BIG}\r\n\r\n")
        for _ in range(BIG // len(BLOCK)):
            client.socket.sendall(BLOCK)

    received = []
    upstream = Upstream(serve)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        before = resident_kb(w)
        client.send(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {BIG}\r\n\r\n")
        for _ in range(BIG // len(BLOCK)):
            client.socket.sendall(BLOCK)
        headers = dict(client.head()[1])
        check.equal("length", headers["content-length"], str(BIG))
        rest = client.file.peek()
        left = BIG - len(client.file.read(len(rest)))
        check.true("answer", drained(client, left))
        check.equal("request", received, [True])
        check.true("memory stays", resident_kb(w, peak=True) - before < 16 * 1024, (before, resident_kb(w, peak=True)))
        check.equal("upstream", upstream.failures, [])


def provisional_answers_without_end():
    """A service that sends 103 for ever to a client that does not read is stopped."""
    blocked = threading.Event()

    def serve(client, _number):
        client.head()
        client.socket.settimeout(0.5)
        try:
            for _ in range(300):
                client.socket.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 25_000)
        except TimeoutError:
            blocked.set()

    upstream = Upstream(serve)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, w.connect() as client:
        before = resident_kb(w)
        client.send(get())
        check.true("back-pressure", blocked.wait(30))
        check.true("memory stays", resident_kb(w, peak=True) - before < 16 * 1024, resident_kb(w, peak=True))


def slow_clients_get_all_of_their_last_answer():
    """The end of a connection waits for a client that takes its answer late. How much the system queues is not known: of
    many sizes some have their end in the proxy."""
    def serve(client, _number):
        size = int(client.head()[0].split()[1][1:])
        client.send(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n")
        for begin in range(0, size, len(BLOCK)):
            client.socket.sendall(BLOCK[:size - begin])

    sizes = range(1_500_000, 4_900_000, 60_000)
    upstream = Upstream(serve)
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, contextlib.ExitStack() as stack:
        clients = []
        for size in sizes:
            raw = socket.socket()
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.connect(("127.0.0.1", w.ports[80]))
            raw.settimeout(20)
            client = Client.__new__(Client)
            client.socket, client.file = raw, raw.makefile("rb")
            clients.append(stack.enter_context(client))
            client.send(get(f"/{size}", more="Connection: close\r\n"))
        time.sleep(5)  # longer than a client gets to take the end of a connection
        for size, client in zip(sizes, clients):
            client.head()
            with contextlib.suppress(TimeoutError):
                check.equal("all of it", len(client.file.read(size)), size)


def delayed_request_with_a_long_body():
    """The body of a delayed request waits, and goes on when the delay is over: to the echo as well."""
    fault = "fault: {delay: {fixedDelay: 0.3s, percentage: {value: 100}}},"
    body = b"d" * 500_000
    upstream = Upstream(answering(OK))
    with upstream:
        for options in ([], ["-b", f"a:80={upstream.port}"]):
            with Wicket(WICKET, to_a(upstream, fault)[0], *options) as w, w.connect() as client:
                client.send(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n")
                sender = threading.Thread(target=client.send, args=(body,), daemon=True)
                sender.start()
                check.equal(f"answered {options}", client.answer().status, 200)
                sender.join(5)
        check.equal("all of it", len(upstream.serve.asked[0][2]), len(body))


def clients_that_send_slowly_or_nothing():
    """Half a head, half a body, nothing at all: the others are served meanwhile."""
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream)) as w, contextlib.ExitStack() as stack:
        for i in range(300):
            client = stack.enter_context(w.connect())
            client.send(("", "GET / HT", get()[:-2], "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")[i % 4])
        for _ in range(50):
            check.equal("served", w.ask(get()).status, 200)
        slow = stack.enter_context(w.connect())
        for byte in "GET /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab":
            slow.send(byte)
        check.equal("byte by byte", slow.answer().body, b"ok")


def floods_of_headers():
    with Wicket(WICKET, gateway() + routes("[{route: [{destination: {host: a}}]}]")) as w:
        before = resident_kb(w)
        for _ in range(30):
            with w.connect() as client:
                with contextlib.suppress(OSError):
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n")
                    for _ in range(200):
                        client.send("X-Flood: " + "f" * 20_000 + "\r\n")
                with contextlib.suppress(OSError):
                    answer = client.answer()
                    check.true("431, or the end", answer is None or answer.status == 431, answer)
        check.equal("served", w.ask(get()).status, 200)
        check.true("memory stays", resident_kb(w, peak=True) - before < 32 * 1024, resident_kb(w, peak=True))


def many_requests_that_nobody_reads_the_answers_of():
    """Pipelined requests without an end: answers wait up to a bound, then requests are not read any more."""
    with Wicket(WICKET, gateway() + routes("[{directResponse: {status: 200, body: {string: '" + "r" * 1000 + "'}}}]"), "--access-log", "off") as w:
        before = resident_kb(w)
        with w.connect() as client:
            client.socket.settimeout(1)
            with contextlib.suppress(TimeoutError):
                for _ in range(2000):
                    client.send(get() * 1000)
                check.true("back-pressure", False)
            check.true("memory stays", resident_kb(w, peak=True) - before < 16 * 1024, resident_kb(w, peak=True))
            check.equal("others", w.ask(get()).status, 200)


def peers_that_vanish():
    """Clients that go away before, in the middle of, and behind a request leave nothing."""
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, *to_a(upstream)) as w:
        def descriptors():
            return len(os.listdir(f"/proc/{w.process.pid}/fd"))

        def come_and_go():
            for i in range(200):
                with w.connect() as client:
                    client.send((get(), "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", "")[i % 4])
            for _ in range(20):  # behind those that are still being read
                check.equal("served", w.ask(get()).status, 200)

        come_and_go()
        before = descriptors()
        for _ in range(3):
            come_and_go()
        deadline = time.monotonic() + 10  # connections to the service may be more than before: they wait for the next one
        while descriptors() > before + 30 and time.monotonic() < deadline:
            time.sleep(0.02)
        check.true("nothing stays open", descriptors() <= before + 30, (before, descriptors()))


def without_descriptors():
    """With all descriptors taken new clients wait; those that are there are served, and everybody afterwards."""
    limit = 64
    upstream = Upstream(answering(OK))
    with upstream:
        old = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, old[1]))
        try:
            w = Wicket(WICKET, *to_a(upstream))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, old)
        with w, contextlib.ExitStack() as stack:
            first = stack.enter_context(w.connect())
            first.send(get())
            check.equal("before", first.answer().status, 200)
            crowd = [stack.enter_context(w.connect()) for _ in range(2 * limit)]
            for _ in range(20):
                first.send(get())
                check.true("the one that is there", first.answer().status in (200, 503))
            before = cpu_of(w)
            time.sleep(0.5)
            check.true("does not spin", cpu_of(w) - before < 0.25, cpu_of(w) - before)
            for client in crowd:
                client.__exit__()
            check.equal("afterwards", w.ask(get()).status, 200)


def cpu_of(wicket):
    fields = pathlib.Path(f"/proc/{wicket.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def more_clients_than_answers():
    """A thousand connections at a time are all answered."""
    upstream = Upstream(answering(OK))
    with upstream, Wicket(WICKET, gateway() + routes("[{directResponse: {status: 200}}]")) as w, contextlib.ExitStack() as stack:
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        clients = [stack.enter_context(w.connect()) for _ in range(1000)]
        for client in clients:
            client.send(get())
        check.equal("all", sum(client.answer().status == 200 for client in clients), 1000)


sys.exit(check.run([two_gigabytes_both_ways, provisional_answers_without_end, slow_clients_get_all_of_their_last_answer,
                    delayed_request_with_a_long_body, clients_that_send_slowly_or_nothing, floods_of_headers,
                    many_requests_that_nobody_reads_the_answers_of, peers_that_vanish, without_descriptors,
                    more_clients_than_answers]))
