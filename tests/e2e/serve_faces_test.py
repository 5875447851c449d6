"""Two faces, one answer: what `wicket route` says of a request is what `wicket serve` does with it; and chance is fair.

The requests come from the routes themselves: each host with each path that a route names, as it is and bent a little,
with the headers, query and method that the route asks for and without them.
"""
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile

from serve_support import Checks, Client, Wicket, gateway, routes

ROOT, WICKET = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = FOLDER.name
ESTATES = ("testdata/estates/shop", "testdata/estates/teams", "testdata/route/shop.yaml", "testdata/routes/hosts.yaml",
           "testdata/hello")
MOST = 600  # requests for one estate
OWN_HEADERS = ("x-request-id", "x-forwarded-for", "x-envoy-external-address")  # of the moment, or of the connection


def run(*arguments, text=None):
    done = subprocess.run([WICKET, *arguments], input=text, capture_output=True, text=True, timeout=60)
    return done.stdout


def satisfying(condition):
    """A value that an exact or a prefix condition takes; nothing for others."""
    if condition["type"] in ("exact", "prefix"):
        return condition["value"] + ("7" if condition["type"] == "prefix" else "")
    return "1" if condition["type"] == "present" else None


def bent(path):
    yield path
    yield path + "?a=1&b=%2F"
    yield path + "x/y"
    yield path.upper()
    yield "/." + path
    yield path.replace("/", "//", 1)
    yield "/%61" + path


def without_secrets(estate):
    """A copy in which nobody finds a Secret: those of the estates hold no keys, and wicket makes certificates instead."""
    source, copy = ROOT / estate, pathlib.Path(FOLDER.name) / estate
    for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
        if file.is_file():
            target = copy / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(re.sub(r'(kind"?: "?)Secret\b', r"\1NoSecret", file.read_text()))
    return copy


def requests_of(estate):
    """[(port, is TLS, sni, request of `wicket route --requests`)]"""
    found = []
    for listener in json.loads(run("routes", "-o", "json", str(estate)))["listeners"]:
        for chain in listener["chains"]:
            if chain["kind"] not in ("http", "https"):
                continue
            port = chain["servers"][0]["port"]
            for host in chain.get("hosts", []):
                domain = host["domains"][0].split("/")[-1]
                name = "any.example" if domain == "*" else domain.replace("*", "www", 1)
                behind_redirect = host["httpsRedirect"] or not host["routes"]
                for route in [{"conditions": []}] if behind_redirect else host["routes"]:
                    wanted = {"path": "/", "method": "GET", "headers": [], "query": ""}
                    for condition in route["conditions"]:
                        value = satisfying(condition)
                        if value is None:
                            continue
                        if condition["field"] == "path" and value.startswith("/"):
                            wanted["path"] = value
                        elif condition["field"] == "method":
                            wanted["method"] = value
                        elif condition["field"] == "header" and condition["name"] not in ("upgrade", "connection"):
                            wanted["headers"].append([condition["name"], value])
                        elif condition["field"] == "query":
                            wanted["query"] += f"&{condition['name']}={value}"
                    query = "?" + wanted["query"][1:] if wanted["query"] else ""
                    scheme = "https" if chain["kind"] == "https" else "http"

                    def add(target, method="GET", headers=(), host=name):
                        found.append((port, scheme == "https", name, {
                            "url": f"{scheme}://{host}{target}", "method": method, "headers": list(headers), "port": port,
                            **({"sni": name} if scheme == "https" else {})}))

                    add(wanted["path"] + query, wanted["method"], wanted["headers"])
                    add(wanted["path"] + query, "POST" if wanted["method"] == "GET" else "GET", wanted["headers"])
                    for target in bent(wanted["path"]):
                        add(target)
                    add(wanted["path"], "OPTIONS", [["origin", "https://fernhill.example"],
                                                    ["access-control-request-method", "GET"]])
                    add(wanted["path"], "GET", [["x-user", "beta"], ["cookie", "user=jason"]], host=name.upper())
                add("/nowhere/at/all", host="unknown." + name)
    step = max(1, len(found) // MOST)
    return found[::step][:MOST]


def connect(wicket, port, name):
    client = Client.__new__(Client)
    client.socket = socket.create_connection(("127.0.0.1", wicket.ports[port]), 10)
    if name is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # whose certificate it is plays no part here
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client.socket = context.wrap_socket(client.socket, server_hostname=name)
    client.file = client.socket.makefile("rb")
    return client


def said(decision):
    """What both faces have in common: a destination is drawn by one of them only."""
    same = {key: decision.get(key) for key in ("outcome", "stage", "status", "virtualHost", "gateway", "route",
                                               "listener", "destinations", "timeoutMs", "retries", "mirrors", "location")}
    same["destinations"] = sorted(d["cluster"] for d in same["destinations"] or [])
    return same


def compare(said_by_route, request, answer, echo):
    name = f"{request['method']} {request['url']} {request['headers']}"
    if said_by_route["outcome"] != "forward" or said_by_route.get("status"):
        check.equal(f"status of {name}", answer.status, said_by_route["status"])
        check.equal(f"location of {name}", answer.header("location"),
                    [said_by_route["location"]] if said_by_route.get("location") else [])
        return
    check.equal(f"status of {name}", answer.status, 200)
    check.equal(name, said(echo["decision"]), said(said_by_route))
    clusters = [d["cluster"] for d in said_by_route["destinations"]]
    check.true(f"cluster of {name}", echo["decision"]["cluster"] in clusters, echo["decision"]["cluster"])
    effective, seen = said_by_route["effective"], echo["request"]
    check.equal(f"path of {name}", seen["path"], effective["path"])
    check.equal(f"authority of {name}", seen["authority"], effective["authority"])
    if len(clusters) == 1:  # else each destination may have edits of its own
        want = sorted([key, value] for key, value in effective["headers"] if key not in OWN_HEADERS)
        sent = sorted([key, value] for key, value in seen["headers"] if key not in OWN_HEADERS)
        check.equal(f"headers of {name}", sent, want)


def the_same_decision():
    total, forwarded = 0, 0
    for name in ESTATES:
        estate = without_secrets(name)
        asked = requests_of(estate)
        lines = run("route", "--requests", "-", "-o", "json", str(estate),
                    text="".join(json.dumps(request) + "\n" for _, _, _, request in asked)).splitlines()
        check.equal(f"{name}: answers", len(lines), len(asked))
        ports = sorted({port for port, _, _, _ in asked})
        with Wicket(WICKET, estate, "--no-port-mapping-in-headers", "--access-log", "off", ports=ports) as w:
            connections = {}
            for (port, is_tls, sni, request), line in zip(asked, lines):
                decision = json.loads(line)
                if decision["outcome"] == "reset" or decision.get("stage") == "filter_chain":
                    continue
                key = (port, sni if is_tls else None)
                if key not in connections:
                    try:
                        connections[key] = connect(w, *key)
                    except ssl.SSLError:
                        connections[key] = None  # asks for a certificate that is not here
                client = connections[key]
                if client is None:
                    continue
                target = request["url"].split("://", 1)[1]
                authority, slash, path = target.partition("/")
                head = f"{request['method']} /{path} HTTP/1.1\r\nHost: {authority}\r\n"
                head += "".join(f"{key}: {value}\r\n" for key, value in request["headers"])
                try:
                    client.send(head + "\r\n")
                    answer = client.answer(request["method"])
                except OSError:
                    answer = None
                if answer is None:  # a handshake under TLS 1.3 fails with the first answer
                    check.true(f"answer to {head!r}", is_tls)
                    connections[key] = None
                    continue
                total += 1
                echo = json.loads(answer.body) if answer.body.startswith(b'{\n  "decision"') else None
                forwarded += echo is not None
                if "close" in answer.header("connection"):
                    del connections[key]
                compare(decision, request, answer, echo)
            for client in connections.values():
                if client is not None:
                    client.__exit__()
    print(f"{total} requests, {forwarded} of them forwarded")
    check.true("requests", total >= 900, total)
    check.true("forwarded", forwarded >= 500, forwarded)


def nine_to_one():
    """Of 10,000 requests with probability 0.1 the count is within five standard deviations (30 each) of 1,000: a fair
    draw fails once in two million runs."""
    with Wicket(WICKET, gateway() + routes('[{route: [{destination: {host: a}, weight: 90}, {destination: {host: b}, weight: 10}]}]'),
                "--access-log", "off") as w, w.connect() as client:
        count, clusters = 10_000, {}
        for _ in range(count // 100):
            client.send("GET / HTTP/1.1\r\nHost: a.io\r\n\r\n" * 100)
            for _ in range(100):
                cluster = json.loads(client.answer().body)["decision"]["cluster"]
                clusters[cluster] = clusters.get(cluster, 0) + 1
        few = clusters.get("outbound|80||b.default.svc.cluster.local", 0)
        check.equal("all", sum(clusters.values()), count)
        check.true("a tenth", 850 <= few <= 1150, few)


sys.exit(check.run([the_same_decision, nine_to_one]))
