"""TLS towards services, which nginx plays: who is trusted, which names are asked for and looked for."""
import base64
import os
import pathlib
import subprocess
import sys
import tempfile

from serve_nginx import Nginx
from serve_support import Checks, Wicket, gateway, routes

WICKET = sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
SVC = "a.default.svc.cluster.local"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def file(name):
    return pathlib.Path(FOLDER.name) / name


def authority(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}",
            "-out", file(f"{name}.pem"), "-keyout", file(f"{name}.key"))


def issue(name, ca, names):
    """A certificate for alternative names, as in "DNS:a.io,IP:127.0.0.1"."""
    file("ext").write_text(f"subjectAltName={names}\n")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}", "-out", file("csr"),
            "-keyout", file(f"{name}.key"))
    openssl("x509", "-req", "-in", file("csr"), "-CA", file(f"{ca}.pem"), "-CAkey", file(f"{ca}.key"), "-CAcreateserial", "-days", "2",
            "-extfile", file("ext"), "-out", file(f"{name}.pem"))


def service(name, more=""):
    """Answers with the server name that it was asked for and the subject of the client's certificate."""
    return Nginx(f'ssl_certificate {file(name)}.pem; ssl_certificate_key {file(name)}.key; {more}'
                 'location / { default_type text/plain; return 200 "$ssl_server_name|$ssl_client_s_dn"; }', " ssl")


def rule(tls):
    return ("---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\n"
            f"spec: {{host: a, trafficPolicy: {{tls: {tls}}}}}\n")


def secret(name, **files):
    lines = "".join(f"  {key.replace('_', '.')}: {base64.b64encode(file(path).read_bytes()).decode()}\n" for key, path in files.items())
    return f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: istio-system}}\ndata:\n{lines}"


TO_A = gateway() + routes("[{route: [{destination: {host: a, port: {number: 443}}}]}]")


def ask(backend, tls, *options, host="a.io", more="", manifests=TO_A):
    """The answer's body, "-" in place of an answer of the gateway's own; what was said before."""
    with Wicket(WICKET, manifests + rule(tls) + more, "-b", f"a={backend.port}", "--access-log", "text", *options) as w:
        answer = w.ask(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
        line = w.log()
        if answer.status == 503:
            check.true(f"failed to connect with {tls}", " 503 URX,UF " in line and "TLS" in line, line)
        return answer.body.decode() if answer.status == 200 else "-", "".join(w.errors)


def who_is_trusted():
    with service("a.io") as a:
        for tls, roots, release, want in (
                (f"{{mode: SIMPLE, caCertificates: {file('ca')}.pem}}", "other", "1.31", "a.io|"),
                (f"{{mode: SIMPLE, caCertificates: {file('other')}.pem}}", "ca", "1.31", "-"),
                ("{mode: SIMPLE}", "ca", "1.31", "a.io|"),
                ("{mode: SIMPLE}", "other", "1.31", "-"),
                ("{mode: SIMPLE, insecureSkipVerify: true}", "other", "1.31", "a.io|"),
                ("{mode: SIMPLE}", "other", "1.20", "|"),  # no server name of the request's before 1.21
                ("{mode: SIMPLE, sni: x.io}", "ca", "1.20", "x.io|")):
            os.environ["SSL_CERT_FILE"] = f"{file(roots)}.pem"
            check.equal(f"{tls} trusting {roots} in {release}", ask(a, tls, "--istio-version", release)[0], want)
        body, said = ask(a, "{mode: SIMPLE, caCertificates: /none.pem}")
        check.true("a file that is not there", body == "-" and "cannot read /none.pem; every connection will fail" in said, said)


def which_names():
    ca = f"caCertificates: {file('ca')}.pem"
    with service("a.io") as a:
        for tls, host, want in ((f"{{mode: SIMPLE, {ca}}}", "A.io:8080", "A.io|"),
                                (f"{{mode: SIMPLE, {ca}}}", "b.wild.io", "b.wild.io|"),
                                (f"{{mode: SIMPLE, {ca}}}", "c.b.wild.io", "-"),
                                (f"{{mode: SIMPLE, {ca}}}", "other.io", "-"),
                                (f"{{mode: SIMPLE, {ca}}}", "127.0.0.1", "|"),  # an address is no server name, yet one of the certificate
                                (f"{{mode: SIMPLE, {ca}}}", "127.0.0.2", "-"),
                                (f"{{mode: SIMPLE, {ca}, sni: other.io}}", "x.io", "other.io|"),
                                (f"{{mode: SIMPLE, {ca}, subjectAltNames: [a.io]}}", "x.io", "x.io|"),
                                (f"{{mode: SIMPLE, {ca}, subjectAltNames: [x.io, 'spiffe://td/ns/x/sa/y']}}", "x.io", "x.io|"),
                                (f"{{mode: SIMPLE, {ca}, subjectAltNames: [x.io]}}", "a.io", "-"),
                                (f"{{mode: SIMPLE, {ca}, subjectAltNames: [x.io], insecureSkipVerify: true}}", "a.io", "a.io|")):
            check.equal(f"{tls} for {host}", ask(a, tls, host=host)[0], want)
        rewritten = gateway() + routes("[{rewrite: {authority: a.io}, route: [{destination: {host: a, port: {number: 443}}}]}]")
        check.equal("the host that goes upstream", ask(a, f"{{mode: SIMPLE, {ca}}}", host="x.io", manifests=rewritten)[0], "a.io|")
        entry = ("---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {hosts: [%s], ports: [{number: 443, "
                 "name: https, protocol: HTTPS}], resolution: STATIC, endpoints: [{address: 192.0.2.1}], subjectAltNames: [%s]}\n")
        for name, want in (("a.io", "any.io|"), ("x.io", "-")):
            tls = f"{{mode: SIMPLE, {ca}, sni: any.io}}"
            check.equal(f"of the ServiceEntry, {name}", ask(a, tls, more=entry % (SVC, name))[0], want)


def one_connection_for_each_name():
    with service("a.io") as a, Wicket(WICKET, TO_A + rule("{mode: SIMPLE, insecureSkipVerify: true}"), "-b", f"a={a.port}") as w:
        with w.connect() as client:
            for host in ("a.io", "b.io", "a.io", "b.io:80"):
                client.send(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
                check.equal(host, client.answer().body.decode(), host.split(":")[0] + "|")


def certificates_of_ours():
    ca = f"caCertificates: {file('ca')}.pem"
    with service("a.io", f"ssl_client_certificate {file('ca')}.pem; ssl_verify_client on;") as a:
        for tls, more, want in (
                (f"{{mode: MUTUAL, {ca}, clientCertificate: {file('me')}.pem, privateKey: {file('me')}.key}}", "", "a.io|CN=me"),
                ("{mode: MUTUAL, credentialName: c}", secret("c", tls_crt="me.pem", tls_key="me.key", ca_crt="ca.pem"), "a.io|CN=me"),
                ("{mode: MUTUAL, credentialName: c}", secret("c", tls_crt="me.pem", tls_key="me.key", ca_crt="other.pem"), "-"),
                ("{mode: MUTUAL, credentialName: c}", secret("c", tls_crt="me.pem", tls_key="me.key"), "-"),
                ("{mode: MUTUAL, credentialName: c, insecureSkipVerify: true}", secret("c", tls_crt="me.pem", tls_key="me.key"), "a.io|CN=me"),
                ("{mode: MUTUAL, credentialName: c}", "", "-")):
            check.equal(f"{tls}", ask(a, tls, more=more)[0], want)
    with service("a.io") as a:
        check.equal("SIMPLE with a credential", ask(a, "{mode: SIMPLE, credentialName: c}", more=secret("c", ca_crt="ca.pem"))[0], "a.io|")


def revoked():
    with open(file("index"), "w"):
        pass
    file("ca.cnf").write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={file('index')}\ndefault_md=sha256\ndefault_crl_days=2\n"
                              f"certificate={file('ca.pem')}\nprivate_key={file('ca.key')}\n")
    for name in ("a.io", "me"):  # the list holds nothing, then a.io
        openssl("ca", "-config", file("ca.cnf"), "-gencrl", "-out", file(f"{name}.crl"))
        if name == "a.io":
            openssl("ca", "-config", file("ca.cnf"), "-revoke", file("a.io.pem"))
    with service("a.io") as a:
        for crl, want in (("a.io", "a.io|"), ("me", "-")):
            tls = f"{{mode: SIMPLE, caCertificates: {file('ca')}.pem, caCrl: {file(crl)}.crl}}"
            check.equal(f"list {crl}", ask(a, tls)[0], want)


authority("ca")
authority("other")
issue("a.io", "ca", "DNS:a.io,DNS:*.wild.io,IP:127.0.0.1,URI:spiffe://td/ns/x/sa/y")
issue("me", "ca", "DNS:me")
sys.exit(check.run([who_is_trusted, which_names, one_connection_for_each_name, certificates_of_ours, revoked]))
