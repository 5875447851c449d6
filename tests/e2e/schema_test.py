"""The schemas of the Istio kinds: sound manifests pass, broken ones fail at their place, the program prints them."""
import json
import pathlib
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]

FILES = {
    "Gateway": "gateway",
    "VirtualService": "virtual-service",
    "DestinationRule": "destination-rule",
    "ServiceEntry": "service-entry",
}

# Parts of specs, and a place.
TLS = "{servers: [{port: {number: 443, protocol: HTTPS, name: a}, hosts: [a], tls: %s}]}"
POLICY = "{host: a, trafficPolicy: %s}"
HASH = POLICY % "{loadBalancer: {consistentHash: %s}}"
HASH_PLACE = "trafficPolicy.loadBalancer.consistentHash"

# Sound, if not usual: kind, spec.
GOOD = [
    ("Gateway", "{}"),
    ("Gateway", "{servers: [{port: {number: 80.0, protocol: HTTP, name: a}, hosts: []}], selector: {}}"),
    ("Gateway", TLS % "{insecureSkipVerify: null}"),
    ("VirtualService", "{}"),
    ("VirtualService", "{http: [{match: [{headers: {x-any: {}}, uri: {prefix: ''}}], timeout: 1h30m}]}"),
    ("VirtualService", "{http: [{mirrorPercent: 5, corsPolicy: {allowOrigin: [a]}}, {mirror_percent: null}]}"),
    ("VirtualService", "{http: [{timeout: +.5s, retries: {perTryTimeout: 0h0.50m, retryRemoteLocalities: null}}]}"),
    ("VirtualService", "{http: [{directResponse: {status: 200, body: {bytes: aGVsbG8=}}}]}"),
    ("DestinationRule", POLICY % "{connectionPool: {tcp: {idleTimeout: 0s}}}"),
    ("DestinationRule", HASH % "{httpCookie: {name: a, ttl: '0'}, maglev: {}}"),
    ("DestinationRule", POLICY % "{retryBudget: {percent: 12.5}, outlierDetection: {consecutive5xxErrors: null}}"),
    ("ServiceEntry", "{hosts: [a.com], endpoints: [{address: 1.2.3.4, ports: {http: 80}}], exportTo: ['~']}"),
]

# Broken in one place: kind, spec, the place of the error below spec.
BAD = [
    ("Gateway", "{server: []}", ""),
    ("Gateway", "[]", ""),
    ("Gateway", "null", ""),
    ("Gateway", "{selector: {app: 1}}", "selector.app"),
    ("Gateway", "{selector: istio}", "selector"),
    ("Gateway", "{servers: [{hosts: [a]}]}", "servers.0"),
    ("Gateway", "{servers: [{port: {number: 80, protocol: HTTP, name: a}, hosts: a}]}", "servers.0.hosts"),
    ("Gateway", "{servers: [{port: {number: '80', protocol: HTTP, name: a}, hosts: [a]}]}", "servers.0.port.number"),
    ("Gateway", "{servers: [{port: {number: 80.5, protocol: HTTP, name: a}, hosts: [a]}]}", "servers.0.port.number"),
    ("Gateway", "{servers: [{port: {number: -1, protocol: HTTP, name: a}, hosts: [a]}]}", "servers.0.port.number"),
    ("Gateway", "{servers: [{port: {number: 80, name: a}, hosts: [a]}]}", "servers.0.port"),
    ("Gateway", TLS % "{mode: simple}", "servers.0.tls.mode"),
    ("Gateway", TLS % "{credentialNames: []}", "servers.0.tls.credentialNames"),
    ("Gateway", TLS % "{credentialNames: [a, b, c]}", "servers.0.tls.credentialNames"),
    ("Gateway", TLS % "{httpsRedirect: 'true'}", "servers.0.tls.httpsRedirect"),
    ("VirtualService", "{hosts: a.com}", "hosts"),
    ("VirtualService", "{hosts: [a.com, null]}", "hosts.1"),
    ("VirtualService", "{gateways: null}", "gateways"),
    ("VirtualService", "{http: {route: []}}", "http"),
    ("VirtualService", "{http: [{export_to: a}]}", "http.0"),
    ("VirtualService", "{http: [{route: [{weight: 1}]}]}", "http.0.route.0"),
    ("VirtualService", "{http: [{route: [{destination: {host: a, port: 80}}]}]}", "http.0.route.0.destination.port"),
    ("VirtualService", "{http: [{route: [{destination: {host: a}, weight: 2147483648}]}]}", "http.0.route.0.weight"),
    ("VirtualService", "{http: [{match: [{uri: /a}]}]}", "http.0.match.0.uri"),
    ("VirtualService", "{http: [{match: [{uri: {exact: a, regex: b}}]}]}", "http.0.match.0.uri"),
    ("VirtualService", "{http: [{match: [{headers: {x-a: b}}]}]}", "http.0.match.0.headers.x-a"),
    ("VirtualService", "{http: [{match: [{queryParams: {a: {exact: 1}}}]}]}", "http.0.match.0.queryParams.a.exact"),
    ("VirtualService", "{http: [{match: [{port: 4294967296}]}]}", "http.0.match.0.port"),
    ("VirtualService", "{http: [{timeout: 5}]}", "http.0.timeout"),
    ("VirtualService", "{http: [{timeout: 0s}]}", "http.0.timeout"),
    ("VirtualService", "{http: [{timeout: -1s}]}", "http.0.timeout"),
    ("VirtualService", "{http: [{timeout: 1d}]}", "http.0.timeout"),
    ("VirtualService", "{http: [{timeout: 1 s}]}", "http.0.timeout"),
    ("VirtualService", "{http: [{mirrorPercentage: 50}]}", "http.0.mirrorPercentage"),
    ("VirtualService", "{http: [{mirrorPercentage: {value: 50%}}]}", "http.0.mirrorPercentage.value"),
    ("VirtualService", "{http: [{redirect: {port: 80, derivePort: FROM_REQUEST_PORT}}]}", "http.0.redirect"),
    ("VirtualService", "{http: [{directResponse: {body: {string: a}}}]}", "http.0.directResponse"),
    ("VirtualService", "{http: [{directResponse: {status: 200, body: {bytes: a}}}]}", "http.0.directResponse.body.bytes"),
    ("VirtualService", "{http: [{fault: {abort: {httpStatus: 500, grpcStatus: OK}}}]}", "http.0.fault.abort"),
    ("VirtualService", "{http: [{headers: {request: {set: {x-a: true}}}}]}", "http.0.headers.request.set.x-a"),
    ("VirtualService", "{tls: [{route: []}]}", "tls.0"),
    ("VirtualService", "{tls: [{match: [{port: 443}]}]}", "tls.0.match.0"),
    ("DestinationRule", "{trafficPolicy: {}}", ""),
    ("DestinationRule", POLICY % "{loadBalancer: {simple: LEAST_REQUESTS}}", "trafficPolicy.loadBalancer.simple"),
    ("DestinationRule", POLICY % "{loadBalancer: {simple: RANDOM, consistentHash: {}}}", "trafficPolicy.loadBalancer"),
    ("DestinationRule", HASH % "{httpCookie: {name: a, ttl: 0}}", HASH_PLACE + ".httpCookie.ttl"),
    ("DestinationRule", HASH % "{maglev: {tableSize: -1}}", HASH_PLACE + ".maglev.tableSize"),
    (
        "DestinationRule",
        POLICY % "{connectionPool: {tcp: {maxConnections: 10000000000}}}",
        "trafficPolicy.connectionPool.tcp.maxConnections",
    ),
    (
        "DestinationRule",
        POLICY % "{outlierDetection: {outlierDetectionHttpErrorCodes: [600]}}",
        "trafficPolicy.outlierDetection.outlierDetectionHttpErrorCodes.0",
    ),
    ("DestinationRule", POLICY % "{retryBudget: {percent: 101}}", "trafficPolicy.retryBudget.percent"),
    ("DestinationRule", "{host: a, subsets: [{labels: {version: v1}}]}", "subsets.0"),
    ("ServiceEntry", "{ports: []}", ""),
    ("ServiceEntry", "{hosts: [a], resolution: dns}", "resolution"),
    ("ServiceEntry", "{hosts: [a], ports: [{number: 80}]}", "ports.0"),
    ("ServiceEntry", "{hosts: [a], endpoints: [{ports: {http: '80'}}]}", "endpoints.0.ports.http"),
    ("ServiceEntry", "{hosts: [a], addresses: [%s]}" % ("1" * 65), "addresses.0"),
    ("ServiceEntry", "{hosts: %s}" % (["a"] * 257), "hosts"),
    ("ServiceEntry", "{hosts: [a], workloadSelector: {labels: {a: %s}}}" % ("b" * 64), "workloadSelector.labels.a"),
]

# The object around a sound spec, changed in one place: key, value in YAML, the place of the error.
BAD_OBJECTS = [
    ("apiVersion", "networking.istio.io/v2", "apiVersion"),
    ("kind", "virtualservice", "kind"),
    ("metadata", "null", "metadata"),
    ("metadata", "{namespace: a}", "metadata"),
    ("metadata", "{name: A_b}", "metadata.name"),
    ("metadata", "{name: a.}", "metadata.name"),
    ("metadata", "{name: a, namespace: a.b}", "metadata.namespace"),
    ("metadata", "{name: a, labels: {a: 1}}", "metadata.labels.a"),
    ("metadata", "{name: a, annotations: [a]}", "metadata.annotations"),
    ("status", "ready", "status"),
    ("hosts", "[a]", ""),
]

PRINTED_AS = {
    "Gateway": ["gateway", "gateways", "gw", "GW"],
    "VirtualService": ["virtualservice", "VirtualServices", "vs"],
    "DestinationRule": ["DESTINATIONRULE", "destinationrules", "dr"],
    "ServiceEntry": ["serviceentry", "serviceentries", "se"],
    "diagnostics": ["Diagnostics"],
    "decision": ["DECISION"],
}

failures = 0


def expect(name, condition, what=""):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED {name}: {what}")


class Loader(yaml.SafeLoader):
    """Reads timestamps as the text that they are."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def documents(text):
    """All objects, keys turned into strings as on the way to the API server."""
    for document in yaml.load_all(text, Loader):
        document = json.loads(json.dumps(document))
        if isinstance(document, dict) and document.get("kind", "").endswith("List"):
            yield from document["items"]
        elif isinstance(document, dict):
            yield document


def is_ours(document):
    return document.get("kind") in FILES and document.get("apiVersion", "").startswith("networking.istio.io/")


def place(error):
    path = list(error.absolute_path)
    # Releases of jsonschema differ in whether a key that is forbidden belongs to the place: here it does not.
    if error.schema is False and error.absolute_schema_path[-1] != "properties":
        path.pop()
    return ".".join(map(str, path))


def places(validator, document):
    return sorted({place(error) for error in validator.iter_errors(document)})


def whole(kind, spec):
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": kind,
        "metadata": {"name": "a"},
        "spec": yaml.load(spec, Loader),
    }


def check_schema_files():
    validators = {}
    for kind, file in FILES.items():
        schema = json.loads((ROOT / "schemas" / f"{file}.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        validators[kind] = jsonschema.Draft7Validator(schema)
    return validators


def check_testdata(validators):
    count = 0
    for folder in ["estates", "hello"]:
        for path in sorted((ROOT / "testdata" / folder).rglob("*")):
            if path.suffix not in [".yaml", ".yml", ".json"]:
                continue
            for document in filter(is_ours, documents(path.read_text())):
                count += 1
                found = places(validators[document["kind"]], document)
                name = f"{path.relative_to(ROOT)} {document['kind']} {document['metadata'].get('name')}"
                expect(name, not found, found)
    expect("testdata", count >= 2, "too few documents to prove anything")
    return count


def check_tables(validators):
    for kind, spec in GOOD:
        found = places(validators[kind], whole(kind, spec))
        expect(f"{kind} {spec}", not found, found)
    for kind, spec, place in BAD:
        found = places(validators[kind], whole(kind, spec))
        expect(f"{kind} {spec}", found == ["spec" + ("." if place else "") + place], found)
    for key, value, place in BAD_OBJECTS:
        document = whole("VirtualService", "{hosts: [a]}")
        document[key] = yaml.load(value, Loader)
        found = places(validators["VirtualService"], document)
        expect(f"{key}: {value}", found == [place], found)
    for key in ["apiVersion", "kind", "metadata", "spec"]:
        document = whole("VirtualService", "{hosts: [a]}")
        del document[key]
        found = places(validators["VirtualService"], document)
        expect(f"without {key}", found == [""], found)


def check_program():
    for kind, words in PRINTED_AS.items():
        want = (ROOT / "schemas" / f"{FILES.get(kind, kind)}.schema.json").read_text()
        for word in [kind, *words]:
            done = subprocess.run([WICKET, "schema", word], capture_output=True, text=True, timeout=60)
            expect(f"schema {word}", done.returncode == 0 and done.stdout == want, done.stderr)
    for word in ["VirtualServise", "virtual-services", "vrtualservice"]:
        done = subprocess.run([WICKET, "schema", word], capture_output=True, text=True, timeout=60)
        good = done.returncode == 2 and done.stdout == "" and "did you mean VirtualService?" in done.stderr
        expect(f"schema {word}", good, done.stderr)


def main():
    validators = check_schema_files()
    count = check_testdata(validators)
    check_tables(validators)
    check_program()
    print(f"{count} documents keep to the schemas, {failures} failures")
    sys.exit(1 if failures else 0)


main()
