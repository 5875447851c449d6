"""All threads of `wicket serve` at work at once: SOURCE WICKET [SECONDS].

For a binary with the thread sanitizer. wrk loads three loops, plain and with TLS, while the manifests change every half
second (destinations, ports and certificates with them), the admin port is asked for all it knows, a mirror and the echo
answer, and connections are torn down in the middle. Fails when the sanitizer has something to say, or a request of wrk's fails.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

from serve_support import TIMEOUT, Checks, Upstream, Wicket, answering

WICKET = sys.argv[2]
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 60
PAUSE = 0.5  # between reloads
FOLDER = tempfile.TemporaryDirectory()
REPORTS = pathlib.Path(FOLDER.name) / "report"
os.environ["XDG_DATA_HOME"] = FOLDER.name
os.environ["TSAN_OPTIONS"] = f"log_path={REPORTS} halt_on_error=0 history_size=4 second_deadlock_stack=1"
check = Checks()


def manifests(table):
    more = '\n  - {port: {number: 8081, name: more, protocol: HTTP}, hosts: ["*"]}' if table % 3 == 0 else ""
    return f"""
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  selector: {{istio: ingressgateway}}
  servers:
  - {{port: {{number: 80, name: http, protocol: HTTP}}, hosts: ["*"]}}
  - {{port: {{number: 443, name: https, protocol: HTTPS}}, hosts: ["*"], tls: {{mode: SIMPLE, credentialName: c{table % 2}}}}}{more}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: vs}}
spec:
  hosts: ["*"]
  gateways: [gw]
  http:
  - match: [{{uri: {{prefix: /direct}}}}]
    directResponse: {{status: 200, body: {{string: "{table}"}}}}
  - match: [{{uri: {{prefix: /echo}}}}]
    route: [{{destination: {{host: nobody, port: {{number: 80}}}}}}]
  - match: [{{uri: {{prefix: /}}}}]
    headers: {{response: {{set: {{x-table: "{table}"}}}}}}
    mirror: {{host: b, port: {{number: 80}}}}
    retries: {{attempts: 2, perTryTimeout: 5s}}
    timeout: 9s
    route:
    - {{destination: {{host: a, port: {{number: 80}}}}, weight: 60}}
    - {{destination: {{host: b, port: {{number: 80}}}}, weight: 40}}
"""


def ask_admin(w, ended, counts):
    paths = [("/stats/prometheus", "GET", None), ("/config_dump", "GET", None), ("/ready", "GET", None),
             ("/api/decide", "POST", json.dumps({"url": "http://a.io/x"}))]
    while not ended.is_set():
        for path, method, body in paths:
            status, _, _ = w.admin(path, method, body)
            counts["asked"] += 1
            if status != 200:
                counts["refused"] += 1


def tear(w, ended, counts):
    """Requests whose clients leave: before the head is complete, in a body, before the answer, with a reset."""
    pieces = (b"GET /x HTT", b"POST /x HTTP/1.1\r\nHost: a.io\r\nContent-Length: 100000\r\n\r\nabc",
              b"GET /x HTTP/1.1\r\nHost: a.io\r\n\r\n", b"GET /echo HTTP/1.1\r\nHost: a.io\r\n\r\n" * 20)
    while not ended.is_set():
        for piece in pieces:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", w.ports[80]), TIMEOUT) as client:
                client.sendall(piece)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            counts["torn"] += 1
        ended.wait(0.01)


def wrk(url):
    return subprocess.Popen(["wrk", "-t1", "-c12", f"-d{max(1, round(SECONDS))}s", "--timeout", "20s", "-H", "Host: a.io", url],
                            stdout=subprocess.PIPE, text=True)


def everything_at_once():
    ok = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "x" * 20000
    counts, ended = {"asked": 0, "refused": 0, "torn": 0}, threading.Event()
    with Upstream(answering(ok)) as a, Upstream(answering(ok)) as b:
        options = ("-j", "3", "--no-watch", "--access-log", str(pathlib.Path(FOLDER.name) / "log"), "-b", f"a={a.port}", "-b", f"b={b.port}")
        with Wicket(WICKET, manifests(1), *options, ports=(80, 443), admin=True) as w:
            threading.Thread(target=lambda: w.process.stderr.read(), daemon=True).start()
            others = [threading.Thread(target=work, args=(w, ended, counts)) for work in (ask_admin, tear)]
            loads = [wrk(url) for url in (f"http://127.0.0.1:{w.ports[80]}/x", f"http://127.0.0.1:{w.ports[80]}/echo",
                                          f"https://127.0.0.1:{w.ports[443]}/x", f"http://127.0.0.1:{w.ports[80]}/direct")]
            for thread in others:
                thread.start()
            table, end = 1, time.monotonic() + SECONDS
            while time.monotonic() < end and w.process.poll() is None:
                time.sleep(PAUSE)
                table += 1
                w.path.write_text(manifests(table))
                w.process.send_signal(signal.SIGHUP)
            texts = [load.communicate(timeout=SECONDS + 60)[0] for load in loads]
            ended.set()
            for thread in others:
                thread.join(TIMEOUT)
            served = int(json.loads(w.admin("/config_dump")[2])["generation"])
            w.stop()
            w.process.wait(40)
    requests = sum(int(re.search(r"(\d+) requests in", text)[1]) for text in texts)
    complaints = re.findall(r"Non-2xx.*|Socket errors.*", "".join(texts))
    reports = [path.read_text() for path in sorted(REPORTS.parent.glob("report.*"))]
    check.equal("complaints of wrk", complaints, [])
    check.equal("refused by the admin port", counts["refused"], 0)
    check.true("answers", requests > 0 and counts["asked"] > 0)
    check.true("a table was served that was not the first", served > 1, str(served))
    check.equal("exit code", w.process.returncode, 0)
    check.equal("reports", "".join(reports)[:6000], "")
    print(f"{requests} requests, {table} tables written, {served} served, {counts['asked']} answers of the admin port, "
          f"{counts['torn']} connections torn")


if not shutil.which("wrk"):
    sys.exit("serve_race: wrk is not installed")
sys.exit(check.run([everything_at_once]))
