"""The JSON that wicket writes keeps to the schemas in schemas/."""
import json
import pathlib
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]


def schema(name):
    return json.loads((ROOT / "schemas" / name).read_text())


def output(*args):
    done = subprocess.run([WICKET, *args], cwd=ROOT, capture_output=True, timeout=60)
    return done.stdout.decode()


def main():
    findings = schema("diagnostics.schema.json")
    jsonschema.validators.validator_for(findings).check_schema(findings)
    count = 0
    for path in [".", "testdata/lint/err", "testdata/hello", "nowhere.yaml"]:
        report = json.loads(output("lint", "-o", "json", "--select", "all", path))
        jsonschema.validate(report, findings)
        count += len(report["findings"])
    assert count > 50, "too few findings to prove anything"

    decision = schema("decision.schema.json")
    jsonschema.validators.validator_for(decision).check_schema(decision)
    for url in ["http://hello.com/", "http://hello.com/a?b=c", "http://other.com/", "https://hello.com/"]:
        jsonschema.validate(json.loads(output("route", "-o", "json", url, "testdata/hello")), decision)
    for url in ["http://shop.example.com/", "https://shop.example.com/cart"]:
        jsonschema.validate(json.loads(output("route", "-o", "json", url, "testdata/estates/shop")), decision)

    for url in ["http://cart.shop:8080/", "http://forgotten.example.com/", "http://elsewhere.org/"]:
        jsonschema.validate(json.loads(output("route", "-o", "json", "--gateway", "mesh", "--source-namespace", "shop", url,
                                              "testdata/route/shop.yaml")), decision)

    routes = schema("routes.schema.json")
    jsonschema.validators.validator_for(routes).check_schema(routes)
    for args in [["testdata/hello"], ["testdata/route/shop.yaml"], ["testdata/routes/hosts.yaml"], ["testdata/estates/shop"],
                 ["testdata/estates/teams"], ["--host", "api.example.com", "testdata/routes/hosts.yaml"], ["testdata/fuzz"]]:
        jsonschema.validate(json.loads(output("routes", "-o", "json", *args)), routes)

    report = schema("test-report.schema.json")
    jsonschema.validators.validator_for(report).check_schema(report)
    for args in [["--coverage", "testdata/estates"], ["testdata/test/failing.yaml"], ["testdata/test/broken.yaml"],
                 ["testdata/nowhere_test.yaml", "testdata/estates/shop"]]:
        jsonschema.validate(json.loads(output("test", "-o", "json", *args)), report)

    # Test files that run are what their schema allows; one that is broken is not.
    files = schema("test.schema.json")
    validator = jsonschema.validators.validator_for(files)
    validator.check_schema(files)
    sound = [*ROOT.glob("testdata/estates/*/*_test.yaml"), ROOT / "testdata/test/failing.yaml"]
    assert len(sound) == 3, sound
    for path in sound:
        validator(files).validate(yaml.safe_load(path.read_text()))
    assert list(validator(files).iter_errors(yaml.safe_load((ROOT / "testdata/test/broken.yaml").read_text())))

    for kind in ["test", "test-report", "replay", "Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "diagnostics", "decision", "routes",
                 "config-dump"]:
        printed = json.loads(output("schema", kind))
        jsonschema.validators.validator_for(printed).check_schema(printed)
    print(f"{count} findings and all decisions keep to their schemas")


main()
