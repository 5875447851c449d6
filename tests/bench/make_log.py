"""Writes manifests of HOSTS hosts with twenty routes each, and LINES lines of Istio's access log for them.

make_log.py [--json] HOSTS LINES FOLDER: FOLDER/routes.yaml and FOLDER/access.log. One line in a hundred contradicts the manifests, one in fifty
asks for what is not there; paths, agents and clients vary as they do in life."""
import json
import pathlib
import random
import sys

KEYS = ("method path protocol response_code response_flags response_code_details connection_termination_details "
        "upstream_transport_failure_reason bytes_received bytes_sent duration upstream_service_time x_forwarded_for user_agent request_id authority "
        "upstream_host upstream_cluster upstream_local_address downstream_local_address downstream_remote_address requested_server_name route_name").split()
AGENTS = ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "curl/8.5.0", "okhttp/4.12.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"]
ROUTES = 20


def manifests(hosts):
    yield """apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
"""
    for host in range(hosts):
        yield f"""---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: h{host}, namespace: apps}}
spec:
  hosts: [h{host}.example]
  gateways: [istio-system/edge]
  http:
"""
        for route in range(ROUTES):
            yield (f"  - {{name: r{route}, match: [{{uri: {{prefix: /r{route}/}}}}], "
                   f"route: [{{destination: {{host: s{host}-{route % 5}, port: {{number: 80}}}}}}]}}\n")


def record(chance, number, hosts):
    host, route = chance.randrange(hosts), chance.randrange(ROUTES)
    cluster = f"outbound|80||s{host}-{route % 5}.apps.svc.cluster.local"
    path = f"/r{route}/items/{chance.randrange(5000)}?session={number:x}"
    values = ["GET", path, "HTTP/2", "200", "-", "via_upstream", "-", "-", "0", "5120", "14", "12", "", chance.choice(AGENTS),
              f"{number:08x}-0a53-4a0e-8f0c-6c7e1d2a3b4c", f"h{host}.example", "10.1.2.3:8080", cluster, "10.0.0.9:40022", "10.0.0.9:8080", "", "-",
              f"r{route}"]
    client = f"203.0.113.{chance.randrange(256)}"
    values[12], values[20] = client, f"{client}:{1024 + number % 60000}"
    if number % 100 == 99:
        values[17] = "outbound|80||other.apps.svc.cluster.local"
    if number % 50 == 24:
        values[1], values[3:6], values[11], values[16:18], values[22] = "/lost/" + path, ["404", "NR", "route_not_found"], "-", ["-", "-"], "-"
    return values


def text(values):
    v = values
    return (f'[2026-03-01T08:00:00.123Z] "{v[0]} {v[1]} {v[2]}" {v[3]} {v[4]} {v[5]} {v[6]} "{v[7]}" {v[8]} {v[9]} {v[10]} {v[11]} '
            f'"{v[12]}" "{v[13]}" "{v[14]}" "{v[15]}" "{v[16]}" {v[17]} {v[18]} {v[19]} {v[20]} {v[21]} {v[22]}\n')


def as_json(values):
    numbers = {"response_code", "bytes_received", "bytes_sent", "duration"}
    fields = {key: int(value) if key in numbers else None if value == "-" and key != "response_flags" else value
              for key, value in zip(KEYS, values)}
    return json.dumps({"start_time": "2026-03-01T08:00:00.123Z", **fields}) + "\n"


def main():
    args = [a for a in sys.argv[1:] if a != "--json"]
    write = as_json if len(args) < len(sys.argv) - 1 else text
    hosts, lines, folder = int(args[0]), int(args[1]), pathlib.Path(args[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "routes.yaml").write_text("".join(manifests(hosts)))
    chance = random.Random(7)
    with open(folder / "access.log", "w") as log:
        for number in range(lines):
            log.write(write(record(chance, number, hosts)))


if __name__ == "__main__":
    main()
