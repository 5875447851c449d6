"""Load on `wicket serve` while its manifests change and its upstreams die: SOURCE WICKET [RELOADS].

Each table has a number, which its only route puts into the path of the request and into a header of the answer, and
sends odd and even ones to different upstreams. An answer is right when all of these agree, and when the number is of a
table that was served at some moment between the request and the answer. With wrk installed it makes more load beside the
clients that know all that; there path and header have to agree.
"""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time

from serve_support import TIMEOUT, Checks, Upstream, Wicket

WICKET = sys.argv[2]
RELOADS = int(sys.argv[3]) if len(sys.argv) > 3 else 12
FOLDER = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = FOLDER.name
check = Checks()
NAMES = "ab"
CLIENTS = 3  # on each port
PER_CONNECTION = 50


def manifests(table):
    """Every fourth table has a port more, so that ports come and go as well."""
    more = '\n  - {port: {number: 8081, name: more, protocol: HTTP}, hosts: ["*"]}' if table % 4 == 0 else ""
    return f"""
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  selector: {{istio: ingressgateway}}
  servers:
  - {{port: {{number: 80, name: http, protocol: HTTP}}, hosts: ["*"]}}
  - {{port: {{number: 443, name: https, protocol: HTTPS}}, hosts: ["*"], tls: {{mode: SIMPLE, credentialName: none}}}}{more}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: vs}}
spec:
  hosts: ["*"]
  gateways: [gw]
  http:
  - match: [{{uri: {{prefix: /}}}}]
    rewrite: {{uri: /{table}/}}
    headers: {{response: {{set: {{x-table: "{table}"}}}}}}
    route: [{{destination: {{host: {NAMES[table % 2]}, port: {{number: 80}}}}}}]
"""


class Mortal(Upstream):
    """Answers with the path that it was asked for and its own name; dies with all its connections, and comes back."""

    def __init__(self, name):
        self.name, self.alive = name, set()
        super().__init__(self.answer)

    def answer(self, client, _number):
        self.alive.add(client.socket)
        with contextlib.suppress(OSError):
            while (head := client.head()) is not None:
                client.body(head[1])
                path = head[0].split(" ")[1]
                client.send(f"HTTP/1.1 200 OK\r\nx-name: {self.name}\r\nContent-Length: {len(path)}\r\n\r\n{path}")
        self.alive.discard(client.socket)

    def kill(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for victim in list(self.alive):
            with contextlib.suppress(OSError):
                victim.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                victim.shutdown(socket.SHUT_RDWR)

    def revive(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()


def connect(w, port):
    client = w.connect(port)
    if port == 443:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client.file.close()
        client.socket = context.wrap_socket(client.socket, server_hostname="a.io")
        client.file = client.socket.makefile("rb")
    return client


class Load:
    """Clients that send one request after the other, on connections that are used for a while, and judge each answer."""

    def __init__(self, w, judge, ports=(80, 443)):
        self.w, self.judge = w, judge
        self.ended, self.count, self.wrong, self.lock = threading.Event(), 0, [], threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(port,)) for port in ports for _ in range(CLIENTS)]

    def run(self, port):
        while not self.ended.is_set():
            try:
                with connect(self.w, port) as client:
                    for _ in range(PER_CONNECTION):
                        self.ask(client)
                        if self.ended.is_set():
                            break
            except Exception as error:  # judged like an answer
                with self.lock:
                    self.wrong.append(f"port {port}: {type(error).__name__}: {error}")

    def ask(self, client):
        before = self.judge.before()
        client.send("GET /x HTTP/1.1\r\nHost: a.io\r\n\r\n")
        answer = client.answer()
        complaint = "no answer" if answer is None else self.judge.complaint(before, answer)
        with self.lock:
            self.count += 1
            if complaint:
                self.wrong.append(complaint)
        if answer is None:
            raise ConnectionError("closed")

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(TIMEOUT)


def wait_for(load, requests):
    enough, deadline = load.count + requests, time.monotonic() + TIMEOUT
    while load.count < enough and time.monotonic() < deadline:
        time.sleep(0.001)


class Tables:
    """Which tables may answer: at least `served` has been, and none after `written` can be."""

    def __init__(self):
        self.served = self.written = 1

    def before(self):
        return self.served

    def complaint(self, served, answer):
        number = dict(answer.headers).get("x-table", "")
        if answer.status != 200 or not number.isdigit() or not served <= int(number) <= self.written:
            return f"{answer} while tables {served} to {self.written} are served"
        if answer.body.decode() != f"/{number}/x" or answer.header("x-name") != [NAMES[int(number) % 2]]:
            return f"{answer} mixes tables"
        return None


class Wrk:
    """wrk until the end of the `with`; nothing when it is not installed."""

    SCRIPT = """
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init(_) mixed = 0 end
function response(_, headers, body) if body ~= '/' .. (headers['x-table'] or '') .. '/x' then mixed = mixed + 1 end end
function done(summary)
  local all, errors = 0, summary.errors
  for _, thread in ipairs(threads) do all = all + thread:get('mixed') end
  print(string.format('requests=%d mixed=%d failed=%d', summary.requests, all,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""

    def __init__(self, url):
        self.url, self.process, self.requests = url, None, 0
        self.file = pathlib.Path(FOLDER.name) / "check.lua"
        self.file.write_text(self.SCRIPT)

    def __enter__(self):
        if shutil.which("wrk"):
            self.process = subprocess.Popen(["wrk", "-t1", "-c8", "-d3600s", "-s", str(self.file), "-H", "Host: a.io", self.url],
                                            stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        text = self.process.communicate(timeout=TIMEOUT)[0]
        found = re.search(r"requests=(\d+) mixed=(\d+) failed=(\d+)", text)
        check.true("wrk tells", found, text)
        self.requests = int(found[1])
        check.equal(f"wrk at {self.url}: mixed and failed", (int(found[2]), int(found[3])), (0, 0))


def reload_again_and_again():
    tables = Tables()
    with Mortal("a") as a, Mortal("b") as b:
        options = ("--no-watch", "--access-log", "off", "-b", f"a={a.port}", "-b", f"b={b.port}")
        with Wicket(WICKET, manifests(1), *options, ports=(80, 443)) as w, Load(w, tables) as load, \
                Wrk(f"http://127.0.0.1:{w.ports[80]}/x") as plain, Wrk(f"https://127.0.0.1:{w.ports[443]}/x") as tls:
            for table in range(2, 2 + RELOADS):
                tables.written = table
                w.path.write_text(manifests(table))
                w.process.send_signal(signal.SIGHUP)
                w.says(f"(table {table})")
                tables.served = table
                wait_for(load, 20)  # that see this table
        check.equal("wrong answers", load.wrong[:5], [])
        check.true("requests", load.count >= 20 * RELOADS, str(load.count))
        print(f"{RELOADS} reloads: {load.count} requests judged, {len(load.wrong)} wrong; wrk: {plain.requests} plain, {tls.requests} TLS")


# What Envoy says of an upstream that is gone; Source: R-LR-4 to R-LR-6.
REASONS = ("remote connection failure", "connection termination")
GONE = re.compile(r"upstream connect error or disconnect/reset before headers\. (retried and the latest reset reason|reset reason): "
                  r"(remote connection failure(, transport failure reason: delayed connect error: Connection refused)?|connection termination)")


class Fates:
    """200, or one of the failures that a dying upstream makes; how often each was seen."""

    def __init__(self):
        self.seen, self.all_live = {}, True

    def before(self):
        return self.all_live

    def complaint(self, all_live, answer):
        text = answer.body.decode()
        found = None if answer.status == 200 else GONE.fullmatch(text)
        key = (answer.status, found and found[2].split(",")[0])
        self.seen[key] = self.seen.get(key, 0) + 1
        if answer.status == 200:
            return None if text == "/1/x" and answer.header("x-name") == ["b"] else f"wrong answer {answer}"
        if answer.status != 503 or not found:
            return f"not a failure of Envoy's: {answer}"
        return f"nobody was dead: {answer}" if all_live and self.all_live else None


def upstreams_die_and_come_back():
    fates = Fates()
    log = pathlib.Path(FOLDER.name) / "log"
    with Mortal("b") as b:
        with Wicket(WICKET, manifests(1), "--access-log", str(log), "-b", f"b={b.port}", ports=(80, 443)) as w, Load(w, fates) as load:
            for _ in range(max(3, RELOADS // 10)):
                wait_for(load, 50)
                fates.all_live = False
                b.kill()
                wait_for(load, 50)
                b.revive()
                while w.ask("GET /x HTTP/1.1\r\nHost: a.io\r\n\r\n").status != 200:
                    pass
                wait_for(load, 2 * 2 * CLIENTS)  # those that were under way have their answer
                fates.all_live = True
        check.equal("wrong answers", load.wrong[:5], [])
        check.true("live and dead", (200, None) in fates.seen and (503, REASONS[0]) in fates.seen, str(fates.seen))
        flags = {}
        for line in log.read_text().splitlines():
            status, flag = line.split('" ', 1)[1].split(" ")[:2]
            flags[status, flag] = flags.get((status, flag), 0) + 1
        allowed = {("200", "-"), ("503", "URX,UF"), ("503", "UF"), ("503", "UC")}
        check.equal("flags", {key: n for key, n in flags.items() if key not in allowed and key[1] != "DC"}, {})
        print(f"upstream killed: {dict(sorted(fates.seen.items(), key=str))}, logged {dict(sorted(flags.items()))}")


sys.exit(check.run([reload_again_and_again, upstreams_die_and_come_back]))
