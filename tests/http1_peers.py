#!/usr/bin/env python3
"""http1_peers.py WICKET [FILE]: what wicket, nginx and HAProxy do with each case of testdata/http1/requests.txt.

Every case is sent as it is, to each of them, in front of one service that answers 200; what comes back is written down
as a table, to FILE (docs/http1-corpus.md) or standard output. A number is the status of an answer; "waits": nothing
comes, and the connection stays open; "closes": it is closed without an answer; "+ closes": behind the last answer.
"""
import concurrent.futures
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from serve_support import Upstream, Wicket, gateway, routes, unused_port  # noqa: E402

SILENCE = 1.0  # seconds without a byte after which nothing more is expected

NGINX = """
daemon off; worker_processes 1; pid DIR/pid; error_log DIR/log crit; events { worker_connections 1024; }
http { access_log off; client_body_temp_path DIR/b; proxy_temp_path DIR/p; fastcgi_temp_path DIR/f; uwsgi_temp_path DIR/u;
  scgi_temp_path DIR/s;
  server { listen 127.0.0.1:PORT; location / { proxy_pass http://127.0.0.1:SERVICE; proxy_http_version 1.1; } } }
"""
HAPROXY = """
defaults
  mode http
  timeout client 60s
  timeout server 60s
  timeout connect 5s
frontend f
  bind 127.0.0.1:PORT
  default_backend b
backend b
  server s 127.0.0.1:SERVICE
"""


# Why wicket takes what another one refuses.
WHY = {
    "method of token characters": "a method is a token (RFC 9110 section 9.1).",
    "method in lower case stays": "methods are case-sensitive, and any token is one (RFC 9110 section 9.1).",
    "a fragment": "the codec leaves it to routing, which deals with it as the gateway does.",
    "an absolute target": "a server must accept the absolute form, and its host is what counts (RFC 9112 section 3.2.2).",
    "an absolute target without path": "a server must accept the absolute form, and its host is what counts (RFC 9112 section 3.2.2).",
    "an upgrade": "an upgrade to websocket without its other fields is for the service to judge (RFC 6455 section 4.2).",
    "version 1.0 that stays open": "the answer says that this version is not served.",
}


def unescaped(text):
    return re.sub(rb"\\(x[0-9a-f]{2}|.)",
                  lambda m: bytes([int(m[1][1:], 16)]) if len(m[1]) == 3 else {b"r": b"\r", b"n": b"\n", b"t": b"\t"}.get(m[1], m[1]),
                  text.encode("latin-1"))


def corpus():
    cases = []
    for line in (ROOT / "testdata/http1/requests.txt").read_text("latin-1").split("\n"):
        if line.startswith("# "):
            cases.append([line[2:], b""])
        elif line.startswith("> "):
            cases[-1][1] += unescaped(line[2:])
    return cases


def serve(client, _number):
    """Takes what the proxies send on; they write it well, so this need not be strict."""
    while (head := client.head()) is not None:
        fields = {name.lower(): value for name, value in head[1]}
        if len(fields.get("content-length", "")) > 9:  # more than anybody sends
            client.socket.settimeout(None)
            while client.file.read(1):
                pass
            return
        client.body(fields.items())
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def answers(port, raw):
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.settimeout(SILENCE)
        got, closed = b"", False
        try:
            connection.sendall(raw)
            while data := connection.recv(65536):
                got += data
            closed = True
        except TimeoutError:
            pass
        except OSError:
            closed = True
    statuses = re.findall(rb"(?:^|\n|>)HTTP/1\.[01] (\d{3}) ", got)
    if not statuses:
        return "closes" if closed else "waits"
    return " ".join(s.decode() for s in statuses) + (" + closes" if closed else "")


def start(command, folder, text, service):
    port = unused_port()
    file = pathlib.Path(folder) / f"config{port}"
    file.write_text(text.replace("DIR", folder).replace("PORT", str(port)).replace("SERVICE", str(service)))
    process = subprocess.Popen([*command, str(file)], start_new_session=True, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            threading.Event().wait(0.02)
    return process, port


def version(command, pattern):
    done = subprocess.run(command, capture_output=True, text=True)
    return re.search(pattern, done.stdout + done.stderr)[1]


def main():
    cases = corpus()
    rule = routes("[{route: [{destination: {host: a}}]}]")
    with tempfile.TemporaryDirectory() as folder, Upstream(serve) as service, Wicket(
            sys.argv[1], gateway() + rule, "-b", f"a={service.port}", "--access-log", "off") as wicket:
        os.chmod(folder, 0o755)
        nginx, nginx_port = start(["/usr/sbin/nginx", "-p", folder, "-e", f"{folder}/log", "-c"], folder, NGINX, service.port)
        haproxy, haproxy_port = start(["/usr/sbin/haproxy", "-f"], folder, HAPROXY, service.port)
        try:
            with concurrent.futures.ThreadPoolExecutor(32) as pool:
                rows = list(pool.map(lambda case: [answers(port, case[1]) for port in (wicket.ports[80], nginx_port, haproxy_port)],
                                     cases))
        finally:
            for process in (nginx, haproxy):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    names = ["wicket", "nginx " + version(["/usr/sbin/nginx", "-v"], r"nginx/([\d.]+)"),
             "HAProxy " + version(["/usr/sbin/haproxy", "-v"], r"version ([\d.]+)")]
    lines = ["# What three proxies do with the same bytes", "",
             "Written by `tests/http1_peers.py`; the bytes of each case are in `testdata/http1/requests.txt`. Each proxy stands",
             "alone in front of a service that answers 200. A number is the status of an answer, several are answers to several",
             'requests; "waits": nothing comes and the connection stays open; "closes": it ends, without an answer when none is',
             "named.", "", f"| Case | {' | '.join(names)} |", "| --- | --- | --- | --- |"]
    for (name, _), row in zip(cases, rows):
        lines.append(f"| {name} | {' | '.join(row)} |")
    refuses = [lambda row: not row[1].startswith(("200", "100")), lambda row: not row[2].startswith("200")]
    taken = [(name, row) for (name, _), row in zip(cases, rows) if row[0].startswith("200") and any(r(row) for r in refuses)]
    lines += ["", f"wicket refuses {sum(row[0][0] in '45' for row in rows)} of the {len(rows)}. It takes "
              f"{sum(all(r(row) for r in refuses) for _, row in taken)} that both others refuse, and these that one of them does:", ""]
    lines += [f"- {name}: {WHY[name]}" for name, _ in taken]
    text = "\n".join(lines) + "\n"
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(text)
    else:
        sys.stdout.write(text)


main()
