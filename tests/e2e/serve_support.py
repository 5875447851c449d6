"""A running `wicket serve`, scripted upstreams and raw clients. Ports are 0 and read back; nothing waits for a time to pass."""
import contextlib
import http.client
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading

TIMEOUT = 10  # seconds; reached only when something is broken


def gateway(hosts='["*"]', extra=""):
    return f"""
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  selector: {{istio: ingressgateway}}
  servers:
  - port: {{number: 80, name: http, protocol: HTTP}}
    hosts: {hosts}
{extra}"""


def routes(http, hosts='["*"]'):
    """A VirtualService with these http rules, a list in flow style."""
    return f"""---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: vs}}
spec:
  hosts: {hosts}
  gateways: [gw]
  http: {http}
"""


class Wicket:
    """The proxy on a free port, with manifests as text or at a path; stopped at the end of a `with`."""

    def __init__(self, binary, manifests, *options, ports=(80,), admin=False):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / "m.yaml"
        if isinstance(manifests, pathlib.Path):
            self.path = manifests
        else:
            self.path.write_text(manifests)
        command = [binary, "serve", "-j", "2", "--admin-port", "0" if admin else "off"]
        for port in ports:
            command += ["--port", f"{port}=0"]
        self.process = subprocess.Popen([*command, *options, str(self.path)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, cwd=self.folder.name)
        self.ports, self.errors, self.admin_port = {}, [], None
        for line in self.process.stderr:
            self.errors.append(line)
            if found := re.match(r"port (\d+) is served at [^ ]*:(\d+)$", line):
                self.ports[int(found[1])] = int(found[2])
            if found := re.match(r"admin at http://127.0.0.1:(\d+)/$", line):
                self.admin_port = int(found[1])
            if line.startswith("  curl ") or line.startswith("  no host"):
                break
        if len(self.ports) < len(ports):
            raise AssertionError("not started: " + "".join(self.errors) + self.process.stderr.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        self.process.stdout.close()
        self.process.stderr.close()
        self.folder.cleanup()

    def connect(self, port=80):
        return Client(self.ports[port])

    def ask(self, raw, port=80):
        with self.connect(port) as client:
            client.send(raw)
            return client.answer("HEAD" if raw.startswith("HEAD") else "GET")

    def log(self):
        """The next line of standard output."""
        return self.process.stdout.readline()

    def says(self, text):
        """Waits for a line with this text on standard error; all lines up to it."""
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if text in line:
                return "".join(lines)
        raise AssertionError(f"ended without {text!r}: " + "".join(lines))

    def admin(self, path, method="GET", body=None, headers=()):
        """Status, headers and text of an answer of the admin port."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=TIMEOUT)
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return [value for key, value in self.headers if key == name]

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body!r}"


class Client:
    """A connection that speaks bytes."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data.encode("latin-1") if isinstance(data, str) else data)

    def head(self):
        """The next head, as (first line, [(name, value)]); nothing at the end."""
        first = self.file.readline().decode("latin-1")
        if not first:
            return None
        headers = []
        while (line := self.file.readline().decode("latin-1")) not in ("\r\n", ""):
            name, _, value = line.rstrip("\r\n").partition(": ")
            headers.append((name, value))
        return first.rstrip("\r\n"), headers

    def body(self, headers):
        fields = dict(headers)
        if fields.get("transfer-encoding") == "chunked":
            whole = b""
            while size := int(self.file.readline().split(b";")[0], 16):
                whole += self.file.read(size)
                self.file.readline()
            while self.file.readline() not in (b"\r\n", b""):
                pass
            return whole
        if "content-length" in fields:
            return self.file.read(int(fields["content-length"]))
        return b""

    def answer(self, method="GET"):
        head = self.head()
        if head is None:
            return None
        first, headers = head
        status = int(first.split(" ")[1])
        has_body = method != "HEAD" and status >= 200 and status not in (204, 304)
        return Answer(status, headers, self.body(headers) if has_body else b"")

    def at_end(self):
        try:
            return self.file.read(1) == b""
        except ConnectionResetError:
            return True


class Upstream:
    """Accepts connections and hands each, as a Client, to `serve(connection, number)` in a thread of its own."""

    def __init__(self, serve):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.serve = serve
        self.connections = 0
        self.failures = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self.run, args=(accepted, self.connections), daemon=True).start()

    def run(self, accepted, number):
        client = Client.__new__(Client)
        accepted.settimeout(TIMEOUT)
        client.socket, client.file = accepted, accepted.makefile("rb")
        try:
            with client:
                self.serve(client, number)
        except Exception as error:  # told to the test
            self.failures.append(error)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


def answering(*answers):
    """Serves these raw answers one after the other, the last one again and again; keeps what was asked in `.asked`."""
    asked = []

    def serve(client, _number):
        while (head := client.head()) is not None:
            asked.append((head[0], head[1], client.body(head[1])))
            client.send(answers[min(len(asked), len(answers)) - 1])

    serve.asked = asked
    return serve


def unused_port():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Checks:
    """Counts, and goes on after a failure."""

    def __init__(self):
        self.count, self.failed = 0, 0

    def equal(self, what, actual, want):
        self.count += 1
        if actual != want:
            self.failed += 1
            print(f"FAILED {what}: {actual!r}, wanted {want!r}")

    def true(self, what, value, context=""):
        self.equal(f"{what} {context}", bool(value), True)

    def run(self, cases):
        for case in cases:
            try:
                case()
            except Exception as error:  # one broken case does not hide the others
                self.failed += 1
                print(f"FAILED {case.__name__}: {type(error).__name__}: {error}")
        print(f"{self.count} checks, {self.failed} failed")
        return 1 if self.failed or not self.count else 0
