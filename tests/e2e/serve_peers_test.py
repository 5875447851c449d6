"""`wicket serve` between programs that others have written: curl, nginx, python3-websockets, openssl, a browser."""
import asyncio
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import websockets
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from serve_nginx import Nginx
from serve_support import TIMEOUT, Checks, Upstream, Wicket, answering, gateway, routes, unused_port

ROOT, WICKET = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
check = Checks()
FOLDER = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = FOLDER.name
OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def curl(*arguments):
    done = subprocess.run(["curl", "-sS", "--max-time", str(TIMEOUT), *arguments], capture_output=True, timeout=2 * TIMEOUT)
    return done.returncode, done.stdout, done.stderr.decode()


def hello_with_curl_and_nginx():
    """The example of the manual: through the echo, then with a server of one's own."""
    hello = ROOT / "testdata" / "hello"
    began = time.monotonic()
    with Wicket(WICKET, hello) as w:
        answer = w.ask("GET / HTTP/1.1\r\nHost: hello.com\r\n\r\n")
        print(f"started to first answer: {(time.monotonic() - began) * 1000:.0f} ms")
        check.equal("first answer", answer.status, 200)
        url = f"http://hello.com:{w.ports[80]}/x?y=1"
        code, out, err = curl("--resolve", f"hello.com:{w.ports[80]}:127.0.0.1", url)
        check.equal("curl", (code, err), (0, ""))
        check.equal("cluster", json.loads(out)["decision"]["cluster"], "outbound|80||hello.default.svc.cluster.local")
        line = next(line for line in w.errors if line.startswith("  curl "))
        done = subprocess.run(line.replace("curl ", "curl -sS --max-time 10 ", 1), shell=True, capture_output=True, timeout=20)
        check.equal("the line of the banner", json.loads(done.stdout)["request"]["authority"], "hello.com")
    inside = """
location = /big { alias big; } location = /echo { return 200 "$request_method $request_uri $http_host $http_x_forwarded_proto"; }
location = /chunks { gzip on; gzip_types *; gzip_min_length 1; alias big; }
location /upload { client_body_in_file_only clean; proxy_pass http://127.0.0.1:$server_port/echo; }"""
    with Nginx(inside.replace("alias big", "root www; try_files /big =404")) as nginx:
        (nginx.root / "index.html").write_text("<h1>hello from nginx</h1>")
        big = os.urandom(1 << 20) * 3
        (nginx.root / "big").write_bytes(big)
        with Wicket(WICKET, hello, "-b", f"hello={nginx.port}") as w:
            base, resolve = f"http://hello.com:{w.ports[80]}", ("--resolve", f"hello.com:{w.ports[80]}:127.0.0.1")
            check.equal("index", curl(*resolve, base + "/")[1], b"<h1>hello from nginx</h1>")
            check.equal("what nginx saw", curl(*resolve, base + "/echo?a=b")[1], b"GET /echo?a=b hello.com http")
            check.equal("404 of nginx", curl(*resolve, "-o", "/dev/null", "-w", "%{http_code}", base + "/none")[1], b"404")
            check.true("large", curl(*resolve, base + "/big")[1] == big)
            check.true("in chunks", curl(*resolve, "--compressed", "-H", "Accept-Encoding: gzip", base + "/chunks")[1] == big)
            check.equal("range", len(curl(*resolve, "-r", "10-19", base + "/big")[1]), 10)
            head = curl(*resolve, "-I", base + "/big")[1].decode()
            check.true("HEAD", f"content-length: {len(big)}" in head, head)
            file = pathlib.Path(FOLDER.name) / "upload"
            file.write_bytes(big)
            for more in ([], ["-H", "Transfer-Encoding: chunked"], ["-H", "Expect: 100-continue"]):
                out = curl(*resolve, *more, "--data-binary", f"@{file}", base + "/upload")
                check.equal(f"upload {more}", out[:2], (0, b"POST /echo 127.0.0.1:%d http" % nginx.port))
            many = curl(*resolve, "-w", "%{http_code} %{num_connects}\n", *sum((["-o", "/dev/null", base + f"/echo?{i}"] for i in range(20)), []))
            check.equal("one connection for all", sorted(many[1].split()).count(b"1"), 1)
            again = curl("-o", "/dev/null", "-w", "%{http_code}", "-H", f"Host: hello.com.localhost:{w.ports[80]}",
                         f"http://127.0.0.1:{w.ports[80]}/")
            check.equal(".localhost", again[1], b"200")


def websocket_echo():
    async def talk():
        async def echo(socket):
            async for message in socket:
                await socket.send(message)

        async with websockets.serve(echo, "127.0.0.1", 0, max_size=None) as service:
            port = service.sockets[0].getsockname()[1]
            rule = routes('[{timeout: 1s, match: [{uri: {prefix: /ws}}], rewrite: {uri: /socket}, route: [{destination: {host: a}}]}]')
            with Wicket(WICKET, gateway() + rule, "-b", f"a={port}") as w:
                async with websockets.connect(f"ws://127.0.0.1:{w.ports[80]}/ws", max_size=None) as socket:
                    for message in ("hello", "ä" * 1000, os.urandom(200_000), ""):
                        await socket.send(message)
                        check.true("echo", await asyncio.wait_for(socket.recv(), TIMEOUT) == message)
                    await asyncio.sleep(1.2)  # the route's timeout is for answers, not for what follows an upgrade
                    await socket.send("still there")
                    check.equal("after the timeout", await asyncio.wait_for(socket.recv(), TIMEOUT), "still there")
                    await asyncio.wait_for(await socket.ping(), TIMEOUT)
                check.equal("closed as usual", socket.close_code, 1000)
                several = [await websockets.connect(f"ws://127.0.0.1:{w.ports[80]}/ws/{i}") for i in range(50)]
                for i, socket in enumerate(several):
                    await socket.send(str(i))
                check.equal("many at a time", [await asyncio.wait_for(s.recv(), TIMEOUT) for s in several],
                            [str(i) for i in range(50)])
                for socket in several:
                    await socket.close()

    asyncio.run(talk())


def pem(name, issuer=None):
    """Certificate and key, of its own or signed by another one."""
    crt, key = (f"{FOLDER.name}/{name}.{kind}" for kind in ("crt", "key"))
    signing = ["-CA", issuer[0], "-CAkey", issuer[1]] if issuer else []
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-out", crt, "-keyout", key, *signing],
                   check=True, capture_output=True)
    return crt, key


def mutual_tls_with_openssl_and_curl():
    ca = pem("ca")
    server, client = pem("a.io", ca), pem("client", ca)
    stranger = pem("stranger")
    encoded = {kind: base64.b64encode(pathlib.Path(file).read_bytes()).decode()
               for kind, file in (("crt", server[0]), ("key", server[1]), ("ca", ca[0]))}
    manifests = f"""
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {{name: gw}}
spec:
  selector: {{istio: ingressgateway}}
  servers:
  - {{port: {{number: 443, name: s, protocol: HTTPS}}, hosts: [a.io], tls: {{mode: MUTUAL, credentialName: a}}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: a, namespace: istio-system}}
data: {{tls.crt: {encoded["crt"]}, tls.key: {encoded["key"]}, ca.crt: {encoded["ca"]}}}
""" + routes("[{route: [{destination: {host: a}}]}]")
    with Wicket(WICKET, manifests, "--access-log", "json", ports=(443,)) as w:
        at = ["--resolve", f"a.io:{w.ports[443]}:127.0.0.1", "--cacert", ca[0], f"https://a.io:{w.ports[443]}/"]
        code, out, err = curl("--cert", client[0], "--key", client[1], *at)
        check.equal("with the certificate", (code, err), (0, ""))
        shown = json.loads(out)
        check.equal("scheme", dict(shown["request"]["headers"])["x-forwarded-proto"], "https")
        check.true("without", curl(*at)[0] != 0)
        check.true("of a stranger", curl("--cert", stranger[0], "--key", stranger[1], *at)[0] != 0)
        for version in ("-tls1_2", "-tls1_3"):
            done = subprocess.run(["openssl", "s_client", version, "-connect", f"127.0.0.1:{w.ports[443]}", "-servername", "a.io",
                                   "-CAfile", ca[0], "-cert", client[0], "-key", client[1], "-verify_return_error", "-quiet",
                                   "-ign_eof"], input=b"GET / HTTP/1.1\r\nHost: a.io\r\nConnection: close\r\n\r\n",
                                  capture_output=True, timeout=20)
            check.true(f"openssl {version}", done.stdout.startswith(b"HTTP/1.1 200 OK"), done)
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{w.ports[443]}", "-servername", "b.io"],
                              input=b"", capture_output=True, timeout=20)
        check.true("a name without a server", b"unrecognized name" in done.stderr, done.stderr)


def retries_reach_a_healthy_endpoint():
    """Four endpoints, one of them well: every request ends there, whatever the others do."""
    def dies(client, _number):
        client.head()

    def busy(client, _number):
        client.head()
        client.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")

    rule = routes("[{retries: {attempts: 5, retryOn: '5xx,reset,connect-failure', backoff: 1ms}, route: [{destination: {host: a}}]}]")
    with Upstream(dies) as one, Upstream(busy) as two, Upstream(answering(OK)) as good:
        with Wicket(WICKET, gateway() + rule, "--access-log", "off",
                    *(f"-ba={port}" for port in (unused_port(), one.port, two.port, good.port))) as w:
            answers = [w.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").status for _ in range(40)]
            check.equal("all well", answers, [200] * 40)
            check.equal("bodies", {body for _, _, body in good.serve.asked}, {b"abc"})


def answer_does_not_wait_for_the_mirror():
    release = threading.Event()
    seen = []

    def mirror(client, _number):
        head = client.head()
        seen.append((head[0], dict(head[1])["x-edited"], client.body(head[1])))
        release.wait(TIMEOUT)
        client.send(OK)
        done.set()

    done = threading.Event()
    rule = routes("[{mirrors: [{destination: {host: m}}], headers: {request: {set: {x-edited: '1'}}}, route: [{destination: {host: a}}]}]")
    with Upstream(mirror) as second, Upstream(answering(OK)) as first:
        with Wicket(WICKET, gateway() + rule, "-b", f"a={first.port}", "-b", f"m={second.port}") as w:
            answer = w.ask("PUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
            check.equal("answered while the mirror waits", (answer.status, done.is_set()), (200, False))
            release.set()
            check.true("the mirror is through", done.wait(TIMEOUT))
            check.equal("what it saw", seen, [("PUT /p HTTP/1.1", "1", b"abc")])


def browser_shows_the_echo():
    options = webdriver.ChromeOptions()
    for argument in ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                     "--disable-dev-shm-usage", f"--user-data-dir={FOLDER.name}/profile"]:
        options.add_argument(argument)
    with Wicket(WICKET, ROOT / "testdata" / "hello") as w:
        driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        try:
            driver.set_page_load_timeout(30)
            url = f"http://hello.com.localhost:{w.ports[80]}/from/a/browser"
            driver.get(url)
            shown = json.loads(driver.find_element(By.TAG_NAME, "body").text)
            check.equal("authority", shown["request"]["authority"], "hello.com")
            check.equal("path", shown["request"]["path"], "/from/a/browser")
            check.equal("address bar", driver.current_url, url)
        finally:
            driver.quit()
    rule = routes("[{match: [{uri: {exact: /old}}], redirect: {uri: /new}}, {route: [{destination: {host: a}}]}]", '["a.io"]')
    with Wicket(WICKET, gateway('["a.io"]') + rule) as w:
        driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        try:
            driver.get(f"http://a.io.localhost:{w.ports[80]}/old")
            check.equal("follows the redirect", driver.current_url, f"http://a.io.localhost:{w.ports[80]}/new")
            check.equal("at the new path", json.loads(driver.find_element(By.TAG_NAME, "body").text)["request"]["path"], "/new")
        finally:
            driver.quit()


def services_that_come_and_go_under_load():
    """A service that is killed and started again under load: only answers that the gateway gives then, and an end to them."""
    inside = "location / { return 200 ok; } keepalive_requests 1000000;"
    rule = routes("[{route: [{destination: {host: a}}]}]")
    with Nginx(inside) as nginx, Wicket(WICKET, gateway() + rule, "-b", f"a={nginx.port}", "--access-log", "off") as w:
        statuses, stop = {}, threading.Event()

        def load():
            with w.connect() as client:
                while not stop.is_set():
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    answer = client.answer()
                    if answer is None:
                        statuses["none"] = statuses.get("none", 0) + 1
                        return
                    text = answer.body.decode()
                    key = "ok" if answer.status == 200 else f"{answer.status} {text.rsplit('reason: ', 1)[-1]}"
                    statuses[key] = statuses.get(key, 0) + 1

        threads = [threading.Thread(target=load, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            time.sleep(0.3)
            nginx.kill()
            time.sleep(0.2)
            nginx.start()
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join(TIMEOUT)
        known = {"ok", "503 remote connection failure", "503 connection termination"}
        check.equal("answers", set(statuses) - known, set())
        check.true("most are well", statuses.get("ok", 0) > 100, statuses)
        check.equal("well again", w.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200)


sys.exit(check.run([hello_with_curl_and_nginx, websocket_echo, mutual_tls_with_openssl_and_curl,
                    retries_reach_a_healthy_endpoint, answer_does_not_wait_for_the_mirror, browser_shows_the_echo,
                    services_that_come_and_go_under_load]))
