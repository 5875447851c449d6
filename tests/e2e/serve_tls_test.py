"""`wicket serve` under TLS: where certificates come from, which one is shown, what is asked of clients and upstreams."""
import base64
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile

from serve_support import Checks, Client, Upstream, Wicket, answering, routes

WICKET = sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = FOLDER.name
CA = pathlib.Path(FOLDER.name) / "wicket" / "ca.pem"
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def certificate(name):
    """A certificate of its own issuer, as (certificate, key) files."""
    files = [pathlib.Path(FOLDER.name) / f"{name}.{kind}" for kind in ("crt", "key")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-out", files[0], "-keyout", files[1]],
                   check=True, capture_output=True)
    return files


def secret(name, **data):
    lines = "".join(f"  {key.replace('_', '.')}: {base64.b64encode(pathlib.Path(file).read_bytes()).decode()}\n"
                    for key, file in data.items())
    return f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: istio-system}}\ndata:\n{lines}"


def server(name, host, tls):
    return f"""
  - port: {{number: 443, name: {name}, protocol: HTTPS}}
    hosts: [{host}]
    tls: {tls}"""


def gateway(*servers):
    return ("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gw}\n"
            "spec:\n  selector: {istio: ingressgateway}\n  servers:" + "".join(servers) + "\n")


TO_A = routes("[{route: [{destination: {host: a, port: {number: 80}}}]}]")


def connect(wicket, name, ca, **options):
    """A Client under TLS; raises ssl.SSLError or OSError when the handshake fails."""
    context = ssl.create_default_context(cafile=ca)
    for key, value in options.items():
        if key == "certificate":
            context.load_cert_chain(*value)
        elif key == "ciphers":
            context.set_ciphers(value)
        else:
            setattr(context, key, value)
    raw = socket.create_connection(("127.0.0.1", wicket.ports[443]), 10)
    client = Client.__new__(Client)
    client.socket = context.wrap_socket(raw, server_hostname=name)
    client.file = client.socket.makefile("rb")
    return client


def get(client, host, path="/"):
    client.send(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    return client.answer()


def refused(wicket, name, ca, **options):
    try:
        with connect(wicket, name, ca, **options) as client:
            return get(client, name) is None
    except OSError:
        return True


def local_ca():
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: missing}"),
                        server("b", "'*.b.io'", "{mode: SIMPLE, credentialName: missing}")) + TO_A
    with Wicket(WICKET, manifests, ports=(443,)) as w:
        check.true("says so", any("wicket's own CA" in line for line in w.errors), w.errors)
        port = w.ports[443]
        for name in ("a.io", "a.io.localhost", "x.b.io"):
            with connect(w, name, CA) as client:
                answer = get(client, f"{name}:{port}")
                check.equal(name, answer.status, 200)
                shown = json.loads(answer.body)["request"]
                check.equal(name, shown["authority"], name.removesuffix(".localhost"))
                check.equal("scheme", dict(shown["headers"])["x-forwarded-proto"], "https")
        check.true("unknown name", refused(w, "c.io", CA))
        with connect(w, "a.io", CA) as client:
            check.equal("another server's host", get(client, "x.b.io").status, 404)
    with Wicket(WICKET, manifests, ports=(443,)) as w, connect(w, "a.io", CA) as client:
        check.equal("the same CA the next time", get(client, "a.io").status, 200)
    check.equal("key is the user's alone", (CA.parent / "ca-key.pem").stat().st_mode & 0o777, 0o600)
    done = subprocess.run([WICKET, "serve", "--trust"], capture_output=True, text=True, timeout=20)
    check.true("--trust", done.returncode == 0 and str(CA) in done.stdout, done)


def secrets_and_files():
    a, b, c = certificate("a.io"), certificate("b.io"), certificate("c.io")
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: a-tls}"),
                        server("b", "b.io", "{mode: SIMPLE, credentialName: b-tls}"),
                        server("c", "c.io", f"{{mode: SIMPLE, serverCertificate: {c[0]}, privateKey: {c[1]}}}"),
                        server("d", "d.io", "{mode: SIMPLE, credentialName: broken}")) + TO_A + secret(
        "a-tls", tls_crt=a[0], tls_key=a[1]) + secret("b-tls", cert=b[0], key=b[1]) + secret("broken", tls_crt=a[0], tls_key=b[1])
    with Wicket(WICKET, manifests, ports=(443,)) as w:
        for name, files in (("a.io", a), ("b.io", b), ("c.io", c)):
            with connect(w, name, files[0]) as client:
                check.equal(name, get(client, name).status, 200)
        check.true("key of another certificate", refused(w, "d.io", CA))
        check.true("says so", any("every handshake will fail" in line for line in w.errors), w.errors)


def client_certificates():
    a, good, bad = certificate("a.io"), certificate("good"), certificate("bad")
    for mode, without in (("MUTUAL", True), ("OPTIONAL_MUTUAL", False)):
        manifests = gateway(server("a", "a.io", f"{{mode: {mode}, credentialName: a}}")) + TO_A + secret(
            "a", tls_crt=a[0], tls_key=a[1]) + secret("a-cacert", cacert=good[0])
        with Wicket(WICKET, manifests, ports=(443,)) as w:
            check.equal(f"{mode} without", refused(w, "a.io", a[0]), without)
            check.equal(f"{mode} with one", refused(w, "a.io", a[0], certificate=good), False)
            check.equal(f"{mode} with another", refused(w, "a.io", a[0], certificate=bad), True)


def versions_and_ciphers():
    a = certificate("a.io")
    v12, v13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
    for more, options, want in (("", {"maximum_version": v12}, False),
                                (", minProtocolVersion: TLSV1_3", {"maximum_version": v12}, True),
                                (", minProtocolVersion: TLSV1_3", {}, False),
                                (", maxProtocolVersion: TLSV1_2", {"minimum_version": v13}, True)):
        manifests = gateway(server("a", "a.io", f"{{mode: SIMPLE, credentialName: a{more}}}")) + TO_A + secret(
            "a", tls_crt=a[0], tls_key=a[1])
        with Wicket(WICKET, manifests, ports=(443,)) as w:
            check.equal(f"version {more} {options}", refused(w, "a.io", a[0], **options), want)
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: a, maxProtocolVersion: TLSV1_2, "
                               "cipherSuites: [ECDHE-ECDSA-AES256-GCM-SHA384, NO-SUCH]}")) + TO_A + secret("a", tls_crt=a[0], tls_key=a[1])
    with Wicket(WICKET, manifests, ports=(443,)) as w, connect(w, "a.io", a[0]) as client:
        check.equal("cipher", client.socket.cipher()[0], "ECDHE-ECDSA-AES256-GCM-SHA384")


def plaintext_is_refused():
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: missing}")) + TO_A
    with Wicket(WICKET, manifests, ports=(443,)) as w, w.connect(443) as client:
        client.send("GET / HTTP/1.1\r\nHost: a.io\r\n\r\n")
        head = client.file.readline()
        check.true("no answer", not head.startswith(b"HTTP/"), head)


def tls_to_the_service():
    name = certificate("svc.io")

    def serve_tls(client, number):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*name)
        client.socket = context.wrap_socket(client.socket, server_side=True)
        client.file = client.socket.makefile("rb")
        answer(client, number)

    answer = answering(OK)
    rule = """---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: a}
spec: {host: a, trafficPolicy: {tls: {mode: SIMPLE, sni: svc.io, caCertificates: %s, subjectAltNames: [svc.io]}}}
"""
    http = ("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {selector: {istio: ingressgateway}, "
            "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n")
    upstream = Upstream(serve_tls)
    with upstream:
        with Wicket(WICKET, http + TO_A + rule % name[0], "-b", f"a={upstream.port}") as w:
            check.equal("verified", w.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200)
        other = certificate("other.io")
        with Wicket(WICKET, http + TO_A + rule % other[0], "-b", f"a={upstream.port}") as w:
            check.equal("not verified", w.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 503)


def several_certificates_for_one_server():
    """R-TLS-4 A server with two kinds of key shows the one that the client can use."""
    elliptic, rsa = certificate("a.io"), [pathlib.Path(FOLDER.name) / f"rsa.{kind}" for kind in ("crt", "key")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a.io", "-addext",
                    "subjectAltName=DNS:a.io", "-out", rsa[0], "-keyout", rsa[1]], check=True, capture_output=True)
    secrets = secret("ec", tls_crt=elliptic[0], tls_key=elliptic[1]) + secret("rsa", tls_crt=rsa[0], tls_key=rsa[1])
    files = (f"{{mode: SIMPLE, tlsCertificates: [{{serverCertificate: {elliptic[0]}, privateKey: {elliptic[1]}}}, "
             f"{{serverCertificate: {rsa[0]}, privateKey: {rsa[1]}}}]}}")
    for tls in ("{mode: SIMPLE, credentialNames: [ec, rsa]}", files):
        with Wicket(WICKET, gateway(server("a", "a.io", tls)) + TO_A + secrets, ports=(443,)) as w:
            for ca, ciphers in ((elliptic[0], "ECDHE-ECDSA-AES128-GCM-SHA256"), (rsa[0], "ECDHE-RSA-AES128-GCM-SHA256")):
                with connect(w, "a.io", ca, maximum_version=ssl.TLSVersion.TLSv1_2, ciphers=ciphers) as client:
                    check.equal(f"{tls} with {ciphers}", (get(client, "a.io").status, client.socket.cipher()[0]), (200, ciphers))


def tls_and_plaintext_on_one_port():
    """R-MERGE-4 A plaintext server that comes after one with TLS takes what is no TLS."""
    plain = "\n  - port: {number: 443, name: plain, protocol: HTTP}\n    hosts: [b.io]"
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: missing}"), plain) + TO_A
    with Wicket(WICKET, manifests, "--access-log", "text", ports=(443,)) as w:
        for _ in range(2):
            with connect(w, "a.io", CA) as client:
                check.equal("TLS", (get(client, "a.io").status, get(client, "b.io").status), (200, 404))
            with w.connect(443) as client:
                check.equal("plaintext", (get(client, "b.io").status, get(client, "a.io").status), (200, 404))
        schemes = [json.loads(w.ask("GET / HTTP/1.1\r\nHost: b.io\r\n\r\n", 443).body)["request"]["headers"]]
        check.equal("scheme", dict(schemes[0])["x-forwarded-proto"], "http")
        check.true("a name that only TLS has", refused(w, "b.io", CA))


def connections_without_a_chain_are_logged():
    """R-LOG-4 R-LR-16 A server name that no chain is for leaves a line, a handshake that fails otherwise does not."""
    manifests = gateway(server("a", "a.io", "{mode: SIMPLE, credentialName: missing}")) + TO_A
    other = certificate("other.io")
    with Wicket(WICKET, manifests, "--access-log", "text", ports=(443,)) as w:
        check.true("unknown issuer", refused(w, "a.io", other[0]))
        check.true("no chain", refused(w, "b.io", CA))
        line = w.log()
        check.true("text", line.endswith("Z] \"- - -\" 0 NR filter_chain_not_found - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"-\" \"-\" - - "
                                         + " ".join(line.split(" ")[-4:-2]) + " b.io -\n"), line)
        with connect(w, "a.io", CA) as client:
            check.equal("goes on", get(client, "a.io").status, 200)
        line = w.log()
        check.true("one line alone", '"GET / HTTP/1.1" 200 ' in line, line)
    with Wicket(WICKET, manifests, "--access-log", "json", ports=(443,)) as w:
        check.true("no chain", refused(w, "b.io.localhost", CA))
        line = json.loads(w.log())
        check.equal("json", (line["response_code"], line["response_flags"], line["response_code_details"], line["requested_server_name"],
                             line["method"], line["upstream_cluster"]), (0, "NR", "filter_chain_not_found", "b.io", None, None))


sys.exit(check.run([local_ca, secrets_and_files, client_certificates, versions_and_ciphers, plaintext_is_refused,
                    tls_to_the_service, several_certificates_for_one_server, tls_and_plaintext_on_one_port,
                    connections_without_a_chain_are_logged]))
