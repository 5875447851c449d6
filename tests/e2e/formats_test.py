"""Each format of `wicket lint -o` through a reader of that format: prove for TAP, junitparser where it is installed, XML
and JSON parsers and schemas for the rest. The exit code is the same in each."""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]
FORMATS = ["text", "json", "jsonl", "sarif", "junit", "tap", "github", "gitlab", "checkstyle", "markdown"]


class Manifest:
    """A VirtualService with a host of its own: VS % (NAME, fields of its rule)."""

    made = 0

    def __mod__(self, parts):
        name, fields = parts
        Manifest.made += 1
        return f"""apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: {name}, namespace: shop}}
spec:
  hosts: [w{Manifest.made}]
  http:
  - {fields}route: [{{destination: {{host: w}}}}]
"""


VS = Manifest()
FILES = {
    "error & <more>.yaml": VS % ("a", "timeout: 1d\n    "),
    "nested/fix, 100%.yaml": VS % ("b", 'direct_response: "]]>"\n    ') + "---\n" + VS % ("on", ""),
    "nested/warning.yaml": VS % ("c", "match: [{queryParams: {1: {}}}]\n    "),
    "sound.yaml": VS % ("d", ""),
    "wide-é😀#.yaml": VS % ('"é😀"', "timeout: 1d\n    "),
}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                        "additionalProperties": False,
                    },
                },
            },
        },
    },
}

failures = 0


def expect(name, condition, what=""):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED {name}: {what}")


def lint(folder, *args, env=None, stdin=None):
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    return subprocess.run(
        [WICKET, "lint", *args], cwd=folder, capture_output=True, timeout=60, env=plain | (env or {}), input=stdin
    )


def complaints(text):
    """What was said on standard error, but for the count of references that nothing answers."""
    return [line for line in text.splitlines() if not re.search(r"^wicket: \d+ references? to what is not in the input", line)]


def report(folder, form, *args):
    return lint(folder, "-o", form, *args).stdout.decode()


def schema(path):
    return json.loads((ROOT / path).read_text())


def check_json_lines(text, want):
    whole = schema("schemas/diagnostics.schema.json")
    line_schema = {"$schema": whole["$schema"], "$ref": "#/$defs/line", "$defs": whole["$defs"], "properties": whole["properties"]}
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        jsonschema.validate(line, line_schema)
    kinds = collections.Counter(line["type"] for line in lines)
    expect("jsonl", kinds["finding"] == len(want["findings"]) and kinds["summary"] == 1, kinds)
    expect("jsonl", lines[-1]["type"] == "summary", lines[-1])
    stripped = [{k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == "finding"]
    expect("jsonl", stripped == want["findings"], "the findings are not those of json")


def check_sarif(text, want):
    sarif = json.loads(text)
    jsonschema.Draft7Validator(schema("tests/e2e/sarif.schema.json")).validate(sarif)
    run = sarif["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    active = [result for result in run["results"] if "suppressions" not in result]
    expect("sarif", len(active) == len(want["findings"]), len(active))
    for result, finding in zip(active, want["findings"]):
        expect("sarif", rules[result["ruleIndex"]] == result["ruleId"] == finding["code"], result)
        region = result["locations"][0]["physicalLocation"]["region"]
        place = [region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]]
        expect("sarif", place == [finding[k] for k in ["line", "column", "endLine", "endColumn"]], place)
        expect("sarif", len(result.get("relatedLocations", [])) == len(finding["related"]), result)
        expect("sarif", ("fix" in finding) == ("fixes" in result), result)
    expect("sarif", run["invocations"][0]["executionSuccessful"] == (not want["failures"]), run["invocations"])


def check_junit(text, want, failing):
    root = xml.etree.ElementTree.fromstring(text)
    expect("junit", root.tag == "testsuites", root.tag)
    for counter, tag in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")]:
        found = len(root.findall(f".//{tag}"))
        expect("junit", int(root.get(counter)) == found, f"{counter} {root.get(counter)} for {found}")
        for suite in root:
            expect("junit", int(suite.get(counter)) == len(suite.findall(f".//{tag}")), suite.attrib)
    expect("junit", len(root.findall(".//failure")) == failing, "failures are the findings that fail the run")
    for case in root.iter("testcase"):
        expect("junit", case.get("name") and case.get("classname"), case.attrib)
    program = (
        "import sys, junitparser\nx = junitparser.JUnitXml.fromstring(sys.stdin.read())\n"
        "print(x.tests, x.failures, x.errors, sum(1 for suite in x for case in suite))"
    )
    for python in [sys.executable, "/usr/bin/python3"]:
        done = subprocess.run([python, "-c", program], input=text, text=True, capture_output=True)
        if done.returncode == 0:
            expect("junitparser", done.stdout.split()[1] == str(failing), done.stdout)
            return "junitparser"
        expect("junitparser", "No module named" in done.stderr, done.stderr)
    return "no junitparser"


def check_tap(text, failing):
    plan = int(re.search(r"^1\.\.(\d+)$", text, re.M).group(1))
    numbers = [int(n) for n in re.findall(r"^(?:not )?ok (\d+)", text, re.M)]
    expect("tap", numbers == list(range(1, plan + 1)), numbers)
    if shutil.which("prove") is None:
        return "no prove"
    with tempfile.NamedTemporaryFile("w", suffix=".tap") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(["prove", "--exec", "cat", file.name], capture_output=True, text=True)
        expect("prove", (done.returncode == 0) == (failing == 0), done.stdout)
        expect("prove", failing == 0 or f"{failing}/{plan} subtests" in done.stdout, done.stdout)
        expect("prove", "Parse errors" not in done.stdout, done.stdout)
    return "prove"


def unescape(text):
    return re.sub(r"%(0A|0D|25|3A|2C)", lambda m: bytes.fromhex(m.group(1)).decode(), text)


def check_github(text, want):
    """Read as the runner reads: one command a line, properties ended by commas, then the escapes undone."""
    lines = text.splitlines()
    order = []
    places = set()
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        expect("github", command, line)
        order.append(["error", "warning", "notice"].index(command.group(1)))
        properties = dict(item.split("=", 1) for item in command.group(2).split(","))
        if "line" in properties:
            places.add((unescape(properties["file"]), int(properties["line"])))
        expect("github", unescape(command.group(3)), line)
    expect("github", order == sorted(order), "worst first")
    expect("github", places == {(f["file"], f["line"]) for f in want["findings"]}, places)


def check_checkstyle(text, want):
    root = xml.etree.ElementTree.fromstring(text)
    expect("checkstyle", root.tag == "checkstyle" and root.get("version"), root.attrib)
    found = collections.Counter()
    for file in root:
        for error in file:
            expect("checkstyle", error.get("severity") in ["error", "warning", "info"], error.attrib)
            if error.get("source") != "wicket.unreadable":
                found[file.get("name"), error.get("line"), error.get("source")] += 1
    expected = collections.Counter((f["file"], str(f["line"]), "wicket." + f["code"]) for f in want["findings"])
    expect("checkstyle", found == expected, found)


def check_markdown(text, want):
    rows = [line for line in text.splitlines() if line.startswith("| ") and ":" in line]
    more = re.search(r"^and (\d+) more$", text, re.M)  # a report that is too long for a comment is cut, and says so
    expect("markdown", len(rows) + (int(more[1]) if more else 0) == len(want["findings"]), rows)
    for row in rows:
        expect("markdown", len(re.findall(r"(?<!\\)\|", row)) == 5, row)


def check_formats(folder, paths):
    want = json.loads(report(folder, "json", *paths))
    failing = want["summary"]["errors"]
    unread = len(want["failures"])
    readers = []
    check_json_lines(report(folder, "jsonl", *paths), want)
    check_sarif(report(folder, "sarif", *paths), want)
    readers.append(check_junit(report(folder, "junit", *paths), want, failing))
    readers.append(check_tap(report(folder, "tap", *paths), failing + unread))
    check_github(report(folder, "github", *paths), want)
    issues = json.loads(report(folder, "gitlab", *paths))
    jsonschema.validate(issues, GITLAB)
    expect("gitlab", len({i["fingerprint"] for i in issues}) == len(issues) == len(want["findings"]) + unread, issues)
    check_checkstyle(report(folder, "checkstyle", *paths), want)
    check_markdown(report(folder, "markdown", *paths), want)
    return readers


def check_exit_codes(folder):
    cases = [
        (["sound.yaml"], 0),
        (["nested/warning.yaml"], 0),
        (["--fail-on", "warning", "nested/warning.yaml"], 1),
        (["."], 1),
        (["--fail-on", "never", "."], 0),
        (["--exit-zero", "."], 0),
        (["gone.yaml", "."], 3),
        (["--exit-zero", "gone.yaml"], 3),
        (["--select", "nonsense", "."], 2),
    ]
    for args, code in cases:
        for form in FORMATS:
            done = lint(folder, "-o", form, *args)
            expect(f"exit code of {form} {args}", done.returncode == code, done.returncode)
            expect(f"streams of {form} {args}", code != 2 or (not done.stdout and done.stderr), done.stdout)
            text = done.stderr.decode()
            expect(f"streams of {form} {args}", code in [2, 3] or not complaints(text), text)


def check_streams(folder):
    out = folder / "out.d" / "out"
    out.parent.mkdir()
    (folder / ".gitignore").write_text("out.d\n")
    done = lint(folder, ".", "-o", "text", *[f"-osarif={out}.sarif", f"-ojson={out}.json", f"-ojunit={out}.xml"])
    expect("several", done.returncode == 1 and done.stdout == lint(folder, ".", "-o", "text").stdout, done.stderr)
    for form, suffix in [("sarif", "sarif"), ("json", "json"), ("junit", "xml")]:
        expect(f"{form} in a file", pathlib.Path(f"{out}.{suffix}").read_text() == report(folder, form, "."), form)
        pathlib.Path(f"{out}.{suffix}").unlink()
    for form in FORMATS:
        done = lint(folder, "sound.yaml", "-o", f"{form}=nowhere/out")
        good = done.returncode == 3 and b"cannot write nowhere/out: No such file" in done.stderr
        expect(f"{form} into a folder that is not there", good, done.stderr)
        done = lint(folder, ".", "-o", f"{form}=/dev/full")
        expect(f"{form} on a full disk", done.returncode == 3 and b"cannot write /dev/full" in done.stderr, done.stderr)
        done = subprocess.run(
            f"'{WICKET}' lint -o {form} . | true", shell=True, cwd=folder, capture_output=True, timeout=60
        )
        expect(f"{form} into a closed pipe", done.returncode == 0 and not complaints(done.stderr.decode()), done.stderr)
        done = subprocess.run(
            f"'{WICKET}' lint -o {form} . > /dev/full", shell=True, cwd=folder, capture_output=True, timeout=60
        )
        expect(f"{form} to a full standard output", done.returncode == 3 and done.stderr, done.stderr)


def check_github_actions(folder):
    summary = folder / "summary.md"
    summary.write_text("before\n")
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = lint(folder, ".", env=actions)
    expect("chosen by itself", done.returncode == 1 and done.stdout.decode() == report(folder, "github", "."), done)
    expect("summary", summary.read_text() == "before\n" + report(folder, "markdown", "."), summary.read_text())
    done = lint(folder, ".", "-o", "text", env=actions)
    expect("-o wins", done.stdout.decode() == report(folder, "text", "."), done.stdout)
    expect("no summary", summary.read_text() == "before\n" + report(folder, "markdown", "."), "written twice")
    done = lint(folder, ".", env=actions | {"GITHUB_STEP_SUMMARY": "/nowhere/summary"})
    expect("summary that cannot be written", done.returncode == 3, done)
    summary.unlink()
    nested = lint(folder / "nested", ".", env={"GITHUB_ACTIONS": "true"}).stdout.decode()
    expect("outside of a repository", "file=warning.yaml" in nested, nested)
    (folder / ".git").mkdir()
    nested = lint(folder / "nested", ".", env={"GITHUB_ACTIONS": "true"}).stdout.decode()
    expect("from the top of the repository", "file=nested/warning.yaml" in nested, nested)
    (folder / ".git").rmdir()


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path, text in FILES.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
        readers = check_formats(folder, ["."])
        check_formats(folder, ["."] + ["gone & away.yaml"])
        check_formats(folder, ["sound.yaml"])
        check_exit_codes(folder)
        check_streams(folder)
        check_github_actions(folder)
    check_formats(ROOT, ["--select", "all", "testdata/lint/err"])
    print(f"{len(FORMATS)} formats ({', '.join(readers)}), {failures} failures")
    sys.exit(1 if failures else 0)


main()
