"""Manifests that change while `wicket serve` serves them."""
import signal
import sys

from serve_support import Checks, Wicket, gateway, routes

WICKET = sys.argv[2]
check = Checks()
TO_A = routes("[{match: [{uri: {prefix: /a}}], route: [{destination: {host: a, port: {number: 80}}}]}]")
SECOND = """  - port: {number: 8081, name: other, protocol: HTTP}
    hosts: ["*"]
"""
SERVED = "serving the changed manifests"
REFUSED = "what was served before goes on"


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: a.io\r\n\r\n"


def status(client, path):
    client.send(get(path))
    return client.answer().status


def changed_manifests_are_served():
    with Wicket(WICKET, gateway() + TO_A, admin=True) as w, w.connect() as client:
        check.equal("before", status(client, "/b"), 404)
        w.path.write_text(gateway() + TO_A.replace("/a", "/b"))
        check.true("says so", "(table 2)" in w.says(SERVED))
        check.equal("after, on the same connection", status(client, "/b"), 200)

        w.path.write_text((gateway() + TO_A).replace("uri: {prefix: /a}", "uri: {prefiks: /a}"))
        text = w.says(REFUSED)
        check.true("finding", "prefiks" in text and "error:" in text, text)
        check.equal("still served", status(client, "/b"), 200)
        check.true("counted", "wicket_refused_reloads_total 1\n" in w.admin("/stats/prometheus")[2])

        w.path.write_text("kind: [")
        w.says(REFUSED)
        w.path.write_text("")
        check.true("nothing left", "no Gateway opens a port" in w.says(REFUSED))
        w.path.unlink()
        w.says(REFUSED)
        check.equal("still served after all", status(client, "/b"), 200)

        w.path.write_text(gateway() + TO_A)
        w.says(SERVED)
        check.equal("repaired", status(client, "/a"), 200)


def ports_come_and_go():
    with Wicket(WICKET, gateway() + TO_A) as w, w.connect() as client:
        check.equal("before", status(client, "/a"), 200)
        w.path.write_text(gateway(extra=SECOND) + TO_A)
        w.says(SERVED)
        line = w.says("port 8081 is served at 127.0.0.1:")
        w.ports[8081] = int(line.rsplit(":", 1)[1])
        with w.connect(8081) as other:
            check.equal("new port", status(other, "/a"), 200)
            w.path.write_text(gateway() + TO_A)
            w.says("port 8081 is no longer served")
            check.true("its connection is closed", other.at_end())
        try:
            w.connect(8081)
            check.true("closed", False)
        except ConnectionRefusedError:
            check.true("closed", True)
        check.equal("the other goes on", status(client, "/a"), 200)


def only_when_asked():
    with Wicket(WICKET, gateway() + TO_A, "--no-watch") as w, w.connect() as client:
        w.path.write_text(gateway() + TO_A.replace("/a", "/b"))
        check.equal("not looked at", status(client, "/b"), 404)
        w.process.send_signal(signal.SIGHUP)
        w.says(SERVED)
        check.equal("asked for", status(client, "/b"), 200)


def asked_for_at_once():
    """As soon as the ports are told."""
    for _ in range(20):
        with Wicket(WICKET, gateway() + TO_A, "--no-watch") as w:
            pass
        check.equal("ended as it was told to", w.process.returncode, 0)


sys.exit(check.run([changed_manifests_are_served, ports_come_and_go, only_when_asked, asked_for_at_once]))
