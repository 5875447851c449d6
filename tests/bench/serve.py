#!/usr/bin/env python3
"""serve.py BUILD [SECONDS [ROUNDS]]: wicket, nginx and HAProxy as reverse proxies in one run.

Each has one worker, pinned to one processor; load (wrk) and the service (nginx) have the others. They take turns, round
after round, so that what else the machine does falls on all of them. Measured are processor time per request of the
proxy's processes, requests a second, p50 and p99; of the rounds the one with the least processor time counts. In
front of that, the memory of idle kept-alive connections. Prints ratios; asserts nothing.
"""
import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1]).resolve()
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 3
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
CONNECTIONS = 64
IDLE = 2000
TICK = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
PROXY_CORE, OTHER_CORES = str(CORES[0]), ",".join(map(str, CORES[1:] or CORES))

MANIFESTS = """
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, serverCertificate: CERT, privateKey: KEY}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs}
spec:
  hosts: ["*"]
  gateways: [gw]
  http:
  - {match: [{uri: {prefix: /api/}, headers: {x-user: {exact: beta}}}], route: [{destination: {host: other, port: {number: 80}}}]}
  - {match: [{uri: {exact: /health}}], directResponse: {status: 200}}
  - {match: [{uri: {prefix: /}}], route: [{destination: {host: a, port: {number: 80}}}]}
"""

NGINX = """
daemon off; worker_processes 1; pid DIR/NAME.pid; error_log DIR/NAME.log crit;
events { worker_connections 8192; }
http { access_log off; keepalive_requests 100000000; keepalive_timeout 600s; client_body_temp_path DIR/b; proxy_temp_path DIR/p;
  fastcgi_temp_path DIR/f; uwsgi_temp_path DIR/u; scgi_temp_path DIR/s; sendfile on; tcp_nodelay on; INSIDE }
"""
SERVICE = """server { listen 127.0.0.1:PORT backlog=4096; root DIR/www; location = /small { default_type text/plain; return 200 "hello, world\\n"; } }"""
PROXY = """upstream up { server 127.0.0.1:SERVICE; keepalive 128; keepalive_requests 100000000; keepalive_timeout 600s; }
  server { listen 127.0.0.1:PORT backlog=4096; listen 127.0.0.1:TLS ssl backlog=4096; ssl_certificate CERT; ssl_certificate_key KEY;
    location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_buffers 16 16k; proxy_set_header X-Forwarded-For $remote_addr; } }"""
HAPROXY = """
global
  nbthread 1
  maxconn 8000
defaults
  mode http
  timeout client 600s
  timeout server 600s
  timeout connect 5s
  option forwardfor
  http-reuse aggressive
frontend f
  bind 127.0.0.1:PORT
  bind 127.0.0.1:TLS ssl crt PEM
  use_backend b if { path_beg / }
backend b
  server s 127.0.0.1:SERVICE pool-max-conn 128
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Proxy:
    """A program in a session of its own, pinned, with its ports."""

    def __init__(self, name, command, plain, tls, cores=PROXY_CORE):
        self.name, self.plain, self.tls = name, plain, tls
        self.process = subprocess.Popen(["taskset", "-c", cores, *map(str, command)], start_new_session=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def wait(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.plain), 1).close()
                return
            time.sleep(0.02)
        raise SystemExit(f"{self.name} does not listen")

    def processes(self):
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[3]) == self.process.pid:  # session
                    yield folder, fields

    def cpu(self):
        return sum(int(fields[11]) + int(fields[12]) for _, fields in self.processes()) / TICK

    def memory(self):
        """Bytes that are these processes' own."""
        total = 0
        for folder, _ in self.processes():
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith(("Private_Clean", "Private_Dirty")):
                    total += int(line.split()[1]) * 1024
        return total

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start_all(folder, started):
    (folder / "www").mkdir()
    (folder / "www" / "large").write_bytes(os.urandom(64 * 1024))
    folder.chmod(0o755)
    crt, key, pem = folder / "crt", folder / "key", folder / "pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-out", crt, "-keyout", key], check=True, capture_output=True)
    pem.write_text(crt.read_text() + key.read_text())
    service = free_port()

    def write(name, text, **values):
        values |= {"DIR": folder, "NAME": name, "CERT": crt, "KEY": key, "PEM": pem, "SERVICE": service}
        for word, value in values.items():
            text = re.sub(rf"\b{word}\b", str(value), text)
        (folder / name).write_text(text)
        return folder / name

    def nginx(name, inside, plain, tls, cores=PROXY_CORE):
        file = write(name, NGINX.replace("INSIDE", inside), PORT=plain, TLS=tls)
        started.append(Proxy(name, ["/usr/sbin/nginx", "-p", folder, "-c", file, "-e", folder / f"{name}.log"], plain, tls, cores))
        started[-1].wait()

    nginx("service", SERVICE, service, 0, OTHER_CORES)
    plain, tls = free_port(), free_port()
    command = [BUILD / "wicket", "serve", "-j", "1", "--access-log", "off", "-p", f"80={plain}", "-p", f"443={tls}",
               "-b", f"a={service}", write("m.yaml", MANIFESTS)]
    started.append(Proxy("wicket", command, plain, tls))
    started[-1].wait()
    nginx("nginx", PROXY, free_port(), free_port())
    plain, tls = free_port(), free_port()
    command = ["/usr/sbin/haproxy", "-f", write("haproxy", HAPROXY, PORT=plain, TLS=tls)]
    started.append(Proxy("haproxy", command, plain, tls))
    started[-1].wait()


def in_us(text):
    number, unit = (re.match(r"([\d.]+)(us|ms|s)", text) or re.match("(.*)(s)", "nans")).groups()  # without an answer
    return float(number) * {"us": 1, "ms": 1000, "s": 1e6}[unit]


def load(proxy, scheme, path, seconds):
    port = proxy.tls if scheme == "https" else proxy.plain
    before = proxy.cpu()
    out = subprocess.run(["taskset", "-c", OTHER_CORES, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency",
                          "-H", "Host: shop.example.com", "-H", "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
                          "-H", "Accept: text/html,application/json", "-H", "Cookie: session=0123456789abcdef",
                          f"{scheme}://127.0.0.1:{port}{path}"], capture_output=True, text=True, timeout=seconds + 30).stdout
    used = proxy.cpu() - before
    requests = int(re.search(r"(\d+) requests in", out)[1])
    failed = re.search(r"Non-2xx.*: (\d+)|Socket errors: (.*)", out)
    return {"cpu": used / max(requests, 1) * 1e6, "rps": requests / seconds,
            "p50": in_us(re.search(r"50%\s+(\S+)", out)[1]), "p99": in_us(re.search(r"99%\s+(\S+)", out)[1]),
            "failed": failed[0] if failed else ""}


def idle_memory(proxy):
    """Bytes a connection that has had an answer and waits for the next request."""
    before, held = proxy.memory(), []
    try:
        for _ in range(IDLE):
            connection = socket.create_connection(("127.0.0.1", proxy.plain))
            connection.sendall(b"GET /small HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
            connection.recv(4096)
            held.append(connection)
        time.sleep(0.2)
        return (proxy.memory() - before) / IDLE
    finally:
        for connection in held:
            connection.close()


def main():
    seconds = int(SECONDS)
    with tempfile.TemporaryDirectory() as name:
        started = []
        try:
            start_all(pathlib.Path(name), started)
            proxies = started[1:]
            print(f"memory of an idle connection, of {IDLE}")  # first: memory that load leaves behind would be used again
            for proxy in proxies:
                print(f"  {proxy.name:8} {idle_memory(proxy):7.0f} bytes")
            for title, scheme, path in (("HTTP/1.1 keep-alive, 13 bytes", "http", "/small"), ("TLS 1.3, 13 bytes", "https", "/small"),
                                        ("HTTP/1.1 keep-alive, 64 KB", "http", "/large")):
                best = {}
                for round_number in range(ROUNDS + 1):
                    for proxy in proxies:
                        result = load(proxy, scheme, path, 1 if round_number == 0 else seconds)
                        if round_number and (proxy.name not in best or result["cpu"] < best[proxy.name]["cpu"]):
                            best[proxy.name] = result
                print(f"{title}, {CONNECTIONS} connections")
                for proxy in proxies:
                    r = best[proxy.name]
                    ratio = r["cpu"] / best["wicket"]["cpu"]
                    print(f"  {proxy.name:8} {r['cpu']:7.1f} us CPU/request ({ratio:4.2f} x wicket's)  {r['rps']:8.0f} requests/s"
                          f"  p50 {r['p50']:6.0f} us  p99 {r['p99']:6.0f} us  {r['failed']}")
        finally:
            for proxy in reversed(started):
                proxy.stop()


main()
