"""The page of `wicket routes -o html` in a browser: list, search, form; and its answers are the engine's.

The page may say "ask wicket", but it must not say anything else than `wicket route` does.
"""
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]
SHOT = os.environ.get("WICKET_SCREENSHOTS")  # a folder for pictures of the page


def wicket(*args, stdin=None):
    done = subprocess.run([WICKET, *args], cwd=ROOT, input=stdin, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def browser(profile):
    options = webdriver.ChromeOptions()
    for argument in ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                     "--disable-dev-shm-usage", "--window-size=1280,1600", f"--user-data-dir={profile}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def open_page(driver, folder, name, *paths):
    file = pathlib.Path(folder) / f"{name}.html"
    wicket("routes", "-o", f"html={file}", *paths)
    driver.get(file.as_uri())
    severe = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert not severe, severe


def shot(driver, name):
    if SHOT:
        driver.save_screenshot(f"{SHOT}/{name}.png")


# ---- what a reader sees ----

def look_at_list(driver, folder):
    open_page(driver, folder, "hosts", "testdata/routes/hosts.yaml")
    text = driver.find_element(By.TAG_NAME, "body").text
    for part in ["example.com, www.example.com", "web.team-a.svc.cluster.local:80 (subset canary)", "90%", "10%",
                 "testdata/routes/hosts.yaml:38", "TLS ends here", "TLS passed through", "db.internal", "301 to https",
                 "names Gateway istio-system/pubic", "rewrite /old", "*.example.com"]:
        assert part in text, part
    names = [item.text for item in driver.find_elements(By.CSS_SELECTOR, "#names li")]
    assert names[0] == "*.example.com 80, 443" and len(names) == 6, names
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0, "the page loads something"


def search(driver):
    field = driver.find_element(By.ID, "search")
    for needle, want, unwanted in [("canary", "everything", "/health"), ("TEAM-B.SVC", "/v1/", "/blog"),
                                   ("hosts.yaml:51", "/docs/old", "/health"), ("no such thing", "Nothing fits.", "everything")]:
        field.clear()
        field.send_keys(needle)
        text = driver.find_element(By.ID, "routes").text
        assert want in text and unwanted not in text, (needle, text)
    field.clear()
    field.send_keys("x")
    field.send_keys("\b")
    assert "/health" in driver.find_element(By.ID, "routes").text


def ask(driver, url, method="GET", headers=""):
    driver.find_element(By.ID, "ask-method").send_keys(method)
    for name, value in [("ask-url", url), ("ask-headers", headers)]:
        field = driver.find_element(By.ID, name)
        field.clear()
        field.send_keys(value)
    driver.find_element(By.CSS_SELECTOR, "#ask button").click()
    return driver.find_element(By.ID, "answer").text


def fill_in_form(driver):
    cases = [
        ("https://www.example.com/", "GET", "", ["Goes to", "90%", "(subset canary)", "hosts.yaml:38"]),
        ("https://www.example.com/docs/old", "GET", "x-legacy: yes", ["docs-old.team-c", "rewrite /old"]),
        ("https://www.example.com/health", "GET", "", ["200: answered by the gateway itself"]),
        ("https://www.example.com/blog?preview=1", "GET", "", ["302 to https://blog.example.com"]),
        ("http://www.example.com/", "GET", "", ["301: plaintext requests are sent to https"]),
        ("https://api.example.com/nothing", "GET", "", ["404: no route of api.example.com takes it"]),
        ("https://elsewhere.org/", "GET", "", ["404"]),
        ("http://www.example.com:81/", "GET", "", ["Refused: nothing listens"]),
        ("https://www.example.com/v1/x", "POST", "x-a: b",
         ["Ask wicket", "wicket route -X POST -H 'x-a: b' https://www.example.com/v1/x testdata/routes/hosts.yaml"]),
    ]
    for url, method, headers, wanted in cases:
        answer = ask(driver, url, method, headers)
        for part in wanted:
            assert part in answer, (url, part, answer)
    ask(driver, "https://www.example.com/", "GET", "")
    assert len(driver.find_elements(By.CSS_SELECTOR, "tr.won")) == 1


# ---- one engine ----

def requests_for(data, seed):
    """Requests at and around everything that the routes speak of."""
    chance = random.Random(seed)
    hosts, paths, headers, queries = {"unknown.test"}, {"/", "/x"}, [], {"", "?a=b", "?preview=1", "?preview=2"}
    for listener in data["listeners"]:
        for chain in listener["chains"]:
            hosts.update(name.replace("*", "any") for name in chain["sni"])
            for group in chain.get("hosts", []):
                if not group["blackhole"]:
                    hosts.update(name.replace("*", "any") for name in group["domains"])
                for condition in (c for route in group["routes"] for c in route["conditions"]):
                    value = condition["value"]
                    if condition["field"] == "path" and value.startswith("/"):
                        paths.update([value, value + "x", value + "/x", value[:-1] or "/", value.swapcase()])
                    if condition["field"] == "header":
                        headers.append([condition["name"], value or "1"])
                        headers.append([condition["name"], value + "x"])
                    if condition["field"] == "query":
                        queries.add(f"?{condition['name']}={value}")
    schemes_and_ports = [("http", 80), ("https", 443)] + [
        (scheme, port) for one in data["listeners"] for port in one["serverPorts"] for scheme in ("http", "https")]
    methods = ["GET", "POST", "DELETE", "OPTIONS"]
    everything = list(itertools.product(sorted(set(schemes_and_ports)), sorted(hosts), sorted(paths)))
    chance.shuffle(everything)
    for (scheme, port), host, path in everything[:700]:
        sent = [chance.choice(headers)] if headers and chance.random() < 0.5 else []
        yield {"method": chance.choice(methods), "url": f"{scheme}://{host}:{port}{path}{chance.choice(sorted(queries))}",
               "headers": sent}


def essence(decision):
    """What the page and the engine both say."""
    route = decision.get("route") or {}
    destinations = [[one["cluster"], round(one["probability"], 6)] for one in decision.get("destinations", [])]
    said = [decision["outcome"], decision["stage"], decision.get("status"), destinations]
    if route.get("virtualService"):
        said.append([route["virtualService"], route["index"], route.get("match"), route["file"], route["line"]])
    if decision.get("virtualHost") and decision["outcome"] != "not_found":
        said.append(decision["virtualHost"])
    return said


def compare(driver, folder, name, *paths):
    open_page(driver, folder, name, *paths)
    data = json.loads(driver.execute_script("return document.getElementById('data').textContent"))
    requests = list(requests_for(data, seed=7))
    lines = "\n".join(json.dumps(request) for request in requests).encode()
    engine = [json.loads(line) for line in wicket("route", "-o", "json", "--requests", "-", *paths, stdin=lines).splitlines()]
    page = driver.execute_script(
        "return arguments[0].map((one) => window.wicketDecide(one.method, one.url, one.headers))", requests)
    assert len(engine) == len(page) == len(requests)
    answered = 0
    for request, theirs, ours in zip(requests, engine, page):
        if "unsure" in ours:
            continue
        answered += 1
        assert essence(ours) == essence(theirs), (request, essence(ours), essence(theirs))
    assert answered * 4 > len(requests), f"the page knows {answered} of {len(requests)} only"
    return answered, len(requests)


def main():
    totals = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        driver = browser(pathlib.Path(folder) / "profile")
        try:
            look_at_list(driver, folder)
            search(driver)
            fill_in_form(driver)
            shot(driver, "light")
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
            shot(driver, "dark")
            for name, paths in [("hosts2", ["testdata/routes/hosts.yaml"]), ("shop", ["testdata/route/shop.yaml"]),
                                ("hello", ["testdata/hello"]), ("estate", ["testdata/estates/shop"]),
                                ("teams", ["testdata/estates/teams"])]:
                answered, asked = compare(driver, folder, name, *paths)
                totals = [totals[0] + answered, totals[1] + asked]
        finally:
            driver.quit()
    print(f"the page answered {totals[0]} of {totals[1]} requests, each as the engine does")


main()
