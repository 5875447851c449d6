"""What a repository decides about findings, through the program: settings, suppressions, baseline, new findings only, and
repairs of files."""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]



class Manifest:
    """A VirtualService with a host of its own: VS % (NAME, FIELDS of its rule)."""

    def __mod__(self, parts):
        name, fields = parts
        return f"""apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: {name}, namespace: shop}}
spec:
  hosts: [w-{name}]
  http:
  - {fields}
    route: [{{destination: {{host: w}}}}]
"""


VS = Manifest()
ERROR = "timeout: 1d"
WARNING = "match: [{queryParams: {1: {}}}]"

failures = 0


def expect(name, condition, what=""):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED {name}: {what}")


def run(folder, *args):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    return subprocess.run([WICKET, *args], cwd=folder, capture_output=True, text=True, timeout=60, env=env)


def lint(folder, *args):
    """Exit code and "FILE CODE level" a finding."""
    done = run(folder, "lint", "-o", "json", *args)
    if done.returncode == 2:
        return 2, done.stderr
    report = json.loads(done.stdout)
    return done.returncode, [f"{f['file']} {f['code']} {f['level']}" for f in report["findings"]]


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def check_known(folder):
    """What the settings list is not missing, even where the input is all there is."""
    gateway = "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: edge}\nspec:\n" \
        "  selector: {istio: edge}\n  servers:\n  - port: {number: 443, name: https, protocol: HTTPS}\n" \
        "    hosts: [a.example.com]\n    tls: {mode: SIMPLE, credentialName: c}\n"
    service = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v, namespace: shop}\nspec:\n" \
        "  hosts: [a.example.com]\n  gateways: [edge/g, far/h]\n  exportTo: [edge, team]\n  http:\n" \
        "  - route: [{destination: {host: b}}]\n"
    write(folder, {"a.yaml": gateway, "b.yaml": service})
    settings = ["known:"]
    missing = {"WK401", "WK406", "WK413"}
    for lines, gone, come in [("gateway-workloads: [{namespace: edge, labels: {istio: edge}}]", "WK413", "WK415"),
                              ("secrets: [edge/c]", "WK415", None), ("gateways: [far/h]", "WK401", None),
                              ("services: [b.shop.svc.cluster.local]", "WK406", None),
                              ("namespaces: [shop, edge]", None, "WK426")]:
        found = {line.split()[1] for line in lint(folder, "--closed-world")[1]}
        expect("known", found == missing, (lines, found, missing))
        settings.append("  " + lines)
        write(folder, {"wicket.yaml": "\n".join(settings) + "\n"})
        missing = (missing - {gone}) | ({come} if come else set())
    found = {line.split()[1] for line in lint(folder, "--closed-world")[1]}
    expect("known", found == missing, (found, missing))
    write(folder, {"wicket.yaml": "\n".join(settings).replace("[shop, edge]", "[shop, edge, team]") + "\n"})
    expect("known", lint(folder, "--closed-world") == (0, []), lint(folder, "--closed-world"))


def check_settings(folder):
    write(folder, {
        "a.yaml": VS % ("a", ERROR),
        "old/b.yaml": VS % ("b", ERROR),
        "old/sub/c.yaml": VS % ("c", WARNING),
        "draft/d.yaml": VS % ("d", ERROR),
    })
    every = ["a.yaml WK117 error", "draft/d.yaml WK117 error", "old/b.yaml WK117 error", "old/sub/c.yaml WK106 warning"]
    expect("without settings", lint(folder) == (1, every), lint(folder))
    write(folder, {"wicket.yaml": "exclude: [draft/]\nper-file:\n- {files: [old/], rules: {WK1: off}}\n"})
    expect("exclude, per-file", lint(folder) == (1, every[:1]), lint(folder))
    expect("--no-config", lint(folder, "--no-config") == (1, every), "")
    expect("a named file is read", lint(folder, "draft/d.yaml") == (1, every[1:2]), lint(folder, "draft/d.yaml"))
    expect("only here outside of a repository", lint(folder / "old")[1] == ["b.yaml WK117 error", "sub/c.yaml WK106 warning"], "")
    (folder / ".git").mkdir()
    expect("from the nearest folder above", lint(folder / "old") == (0, []), lint(folder / "old"))
    expect("-C", lint(ROOT, "-C", str(folder)) == (1, every[:1]), "")
    (folder / ".git").rmdir()

    write(folder, {"wicket.yaml": "rules: {malformed-duration: warning, WK1: off, WK106: error}\n"})
    found = ["a.yaml WK117 warning", "draft/d.yaml WK117 warning", "old/b.yaml WK117 warning", "old/sub/c.yaml WK106 error"]
    expect("the narrower code wins", lint(folder) == (1, found), lint(folder))
    expect("--ignore wins", lint(folder, "--ignore", "WK106") == (0, found[:3]), "")
    write(folder, {"wicket.yaml": "rules: {WK1: off}\n"})
    expect("off", lint(folder) == (0, []), lint(folder))
    expect("--select wins", lint(folder, "--select", "WK106") == (0, every[3:]), lint(folder, "--select", "WK106"))
    expect("--extend-select wins", lint(folder, "--extend-select", "WK106") == (0, every[3:]), "")
    write(folder, {"wicket.yaml": "include: [old/]\nfail-on: warning\nrules: {WK117: off}\n"})
    expect("include, fail-on", lint(folder) == (1, every[3:]), lint(folder))
    expect("--fail-on wins", lint(folder, "--fail-on", "error") == (0, every[3:]), "")

    write(folder, {"wicket.yaml": "include: []\nrules: {WK999: off, malformed-duratoin: off}\n"})
    code, found = lint(folder, "a.yaml")
    expect("unknown codes", found == ["a.yaml WK117 error", "wicket.yaml WK002 warning", "wicket.yaml WK002 warning"], found)
    done = run(folder, "lint", "a.yaml")
    expect("with a suggestion", "did you mean malformed-duration?" in done.stdout, done.stdout)

    write(folder, {"wicket.yaml": "fail_on: error\nmesh: {istio: 1}\n"})
    done = run(folder, "lint")
    expect("unknown keys", done.returncode == 2 and not done.stdout and len(done.stderr.splitlines()) == 2, done)
    expect("unknown keys", "wicket: wicket.yaml:1:1: unknown key \"fail_on\" in wicket.yaml; did you mean fail-on?" in done.stderr, done.stderr)
    expect("for route as well", run(folder, "route", "http://w/", "a.yaml").returncode == 2, "")
    expect("--config that is not there", run(folder, "lint", "--config", "gone.yaml").returncode == 3, "")
    write(folder, {"other/ci.yaml": "rules: {WK117: info}\n"})
    found = lint(folder, "--config", "other/ci.yaml", "a.yaml")
    expect("--config", found == (0, ["a.yaml WK117 info"]), found)
    expect("both", run(folder, "lint", "--config", "x", "--no-config").returncode == 2, "")
    (folder / "wicket.yaml").unlink()


def check_init(folder):
    schema = json.loads((ROOT / "schemas/settings.schema.json").read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    done = run(folder, "init")
    expect("init", done.returncode == 0 and done.stdout == "wrote wicket.yaml\n", done)
    text = (folder / "wicket.yaml").read_text()
    expect("init is sound", run(folder, "lint", "--exit-zero").returncode == 0, "")
    done = run(folder, "init")
    expect("init overwrites nothing", done.returncode == 2 and not done.stdout and "exists" in done.stderr, done)
    expect("init overwrites nothing", (folder / "wicket.yaml").read_text() == text, "")
    # Every key uncommented: sound for us and for the schema, and no key of the schema is missing.
    prose = re.compile(r"# \S")
    lines = [line[1:] if line.startswith("#") and not prose.match(line) else line for line in text.splitlines()]
    write(folder, {"wicket.yaml": "\n".join(lines) + "\n", "wicket-baseline.json": '{"schemaVersion": 1, "findings": []}'})
    settings = yaml.safe_load("\n".join(lines))
    errors = [e.message for e in validator(schema).iter_errors(settings)]
    expect("init and schema", not errors, errors)
    expect("init names every key", set(settings) == set(schema["properties"]), set(settings) ^ set(schema["properties"]))
    for part in ["mesh", "known", "serve"]:
        expect("init names every key", set(settings[part]) == set(schema["properties"][part]["properties"]), part)
    check_known(folder / "known")
    done = run(folder, "lint", "--exit-zero")
    expect("init uncommented", done.returncode == 0, done.stderr)
    for broken in [{"fail_on": "error"}, {"rules": {"WK1": "warn"}}, {"mesh": {"istio": 1}}, {"per-file": [{}]}]:
        expect("schema refuses", list(validator(schema).iter_errors(broken)), broken)
        write(folder, {"wicket.yaml": yaml.safe_dump(broken)})
        expect("so does the program", run(folder, "lint").returncode == 2, broken)
    done = subprocess.run([WICKET, "init"], cwd="/proc", capture_output=True, timeout=60)
    expect("init where nobody may write", done.returncode == 3, done)


def check_baseline(folder):
    write(folder, {"a.yaml": VS % ("a", ERROR), "b.yaml": VS % ("b", ERROR), "broken.yaml": "a: [\n"})
    done = run(folder, "lint", "--write-baseline", "known.json")
    expect("write", done.returncode == 0 and "no findings" in done.stdout and "3 suppressed" in done.stdout, done)
    baseline = json.loads((folder / "known.json").read_text())
    jsonschema.validate(baseline, json.loads((ROOT / "schemas/baseline.schema.json").read_text()))
    expect("entries", [e["code"] for e in baseline["findings"]] == ["WK117", "WK117", "WK100"], baseline)
    expect("read", lint(folder, "--baseline", "known.json") == (0, []), lint(folder, "--baseline", "known.json"))
    text = (folder / "known.json").read_text()
    run(folder, "lint", "--write-baseline", "known.json")
    expect("the same again", (folder / "known.json").read_text() == text, "")
    run(folder, "lint", "./", "--write-baseline", "other.json")
    expect("however it is spelt", (folder / "other.json").read_text() == text, (folder / "other.json").read_text())

    write(folder, {"a.yaml": "# moved\n\n" + VS % ("a", ERROR), "c.yaml": VS % ("c", ERROR)})
    found = lint(folder, "--baseline", "known.json")
    expect("a fault that moved is known, a new one is not", found == (1, ["c.yaml WK117 error"]), found)
    write(folder, {"wicket.yaml": "baseline: known.json\n", "c.yaml": VS % ("c", "timeout: 1s"), "a.yaml": VS % ("a", "timeout: 1s")})
    found = lint(folder)
    expect("stale", found == (0, ["known.json WK003 info"]), found)
    found = lint(folder, "b.yaml")
    expect("stale only where it was looked", found == (0, []), found)
    found = lint(folder, "--select", "WK100")
    expect("stale only what was looked for", found == (0, []), found)
    (folder / "a.yaml").unlink()
    found = lint(folder, "b.yaml")
    expect("stale when the file is gone", found == (0, ["known.json WK003 info"]) or "--select" in str(found), found)
    (folder / ".git").mkdir()
    (folder / "sub").mkdir()
    done = run(folder / "sub", "lint", "--config", "../wicket.yaml", "..")
    expect("from another folder", done.returncode == 0, done.stdout)
    done = run(folder, "lint", "--baseline", "gone.json")
    expect("no such baseline", done.returncode == 3 and "gone.json" in done.stderr and not done.stdout, done)
    write(folder, {"known.json": "{}"})
    done = run(folder, "lint")
    expect("no baseline", done.returncode == 2 and "known.json:1:1" in done.stderr, done)
    done = run(folder, "lint", "--write-baseline", "gone/known.json")
    expect("nowhere to write", done.returncode == 3 and "cannot write gone/known.json" in done.stderr, done)


def git(folder, *args):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, timeout=60)


def check_new_from(folder):
    done = run(folder, "lint", "--new-from", "HEAD")
    expect("no repository", done.returncode == 3 and "not inside a git repository" in done.stderr, done)
    git(folder, "init", "-q")
    write(folder, {"a.yaml": VS % ("a", ERROR), "m ä.yaml": VS % ("m", ERROR), "sub/b.yaml": VS % ("b", ERROR)})
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    expect("nothing changed", lint(folder, "--new-from", "HEAD") == (0, []), lint(folder, "--new-from", "HEAD"))
    write(folder, {"a.yaml": VS % ("a", ERROR + "\n    retries: {attempts: x}"), "m ä.yaml": "# top\n" + VS % ("m", "timeout: 2d")})
    write(folder, {"new.yaml": VS % ("new", ERROR)})
    want = ["a.yaml WK108 error", "m ä.yaml WK117 error", "new.yaml WK117 error"]
    expect("changed lines and new files", lint(folder, "--new-from", "HEAD") == (1, want), lint(folder, "--new-from", "HEAD"))
    found = lint(folder / "sub", "--new-from", "HEAD", "..")
    expect("from a folder below", found[1] == ["../" + f for f in want], found)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "second")
    expect("against an older commit", lint(folder, "--new-from", "HEAD~1") == (1, want), "")
    write(folder, {"copy.yaml": VS % ("a", "timeout: 3s")})
    found = lint(folder, "--new-from", "HEAD")
    expect("a fault that a new line is part of", "copy.yaml WK132 error" in found[1] or "copy.yaml WK132 warning" in found[1], found)
    for revision in ["nowhere", "--output=x", "HEAD:a.yaml"]:
        done = run(folder, "lint", f"--new-from={revision}")
        expect(f"revision {revision}", done.returncode == 2 and "knows no revision" in done.stderr and not done.stdout, done)
    expect("no file written", not (folder / "x").exists(), "")
    plain = {k: v for k, v in os.environ.items() if k != "PATH"} | {"PATH": "/nowhere"}
    done = subprocess.run([WICKET, "lint", "--new-from", "HEAD"], cwd=folder, capture_output=True, env=plain, timeout=60)
    expect("no git", done.returncode == 3 and b"cannot run git" in done.stderr, done)


FIXABLE = (
    "# top\r\napiVersion: v1\r\nkind: ConfigMap # on\r\ndata: {a: on}\r\n---\r\n"
    + (VS % ("on", "name: 1.10  # why\n    retries: {attempts: \"2\"}")).replace("\n", "\r\n")
)
FIXED = FIXABLE.replace("name: on,", 'name: "on",').replace("name: 1.10", 'name: "1.10"').replace('"2"', "2")


def check_repairs(folder):
    (folder / "real").mkdir()
    path = folder / "real/a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FIXABLE.encode())
    path.chmod(0o640)
    (folder / "link.yaml").symlink_to("real/a.yaml")
    before = path.read_bytes()
    done = run(folder, "lint", "--diff", "link.yaml")
    expect("diff changes nothing", path.read_bytes() == before and done.returncode == 1, done)
    expect("diff", done.stdout.startswith("--- a/link.yaml\n+++ b/link.yaml\n@@ "), done.stdout)
    inode = path.stat().st_ino
    done = run(folder, "lint", "--fix", "link.yaml")
    expect("fix", path.read_bytes() == b"\xef\xbb\xbf" + FIXED.encode(), path.read_bytes())
    expect("fix", done.returncode == 0 and "3 findings repaired" in done.stderr and "no findings" in done.stdout, done)
    expect("permissions", stat.S_IMODE(path.stat().st_mode) == 0o640, oct(path.stat().st_mode))
    expect("link", (folder / "link.yaml").is_symlink() and path.stat().st_ino != inode, "")
    expect("nothing beside", sorted(p.name for p in (folder / "real").iterdir()) == ["a.yaml"], "")
    inode, after = path.stat().st_ino, path.read_bytes()
    done = run(folder, "lint", "-q", "--fix", "link.yaml")
    expect("twice", path.read_bytes() == after and path.stat().st_ino == inode and not done.stderr, done)
    expect("diff of nothing", run(folder, "lint", "--diff", "link.yaml").stdout == "", "")

    write(folder, {"b.yaml": VS % ("b", "retires: {attempts: '1'} # wicket:ignore WK112"), "c.yaml": VS % ("on", "name: 'x'")})
    text = (folder / "b.yaml").read_text()
    done = run(folder, "lint", "--fix", "b.yaml")
    expect("suggestions wait", "retires" in (folder / "b.yaml").read_text() and done.returncode == 1, done)
    (folder / "b.yaml").write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    done = run(folder, "lint", "--diff", "--unsafe-fixes", "b.yaml", "c.yaml")
    applied = subprocess.run(["git", "apply", "-"], cwd=folder, input=done.stdout, text=True, capture_output=True)
    expect("git apply", applied.returncode == 0, applied.stderr + done.stdout)
    patched = [(folder / name).read_text() for name in ["b.yaml", "c.yaml"]]
    write(folder, {"b.yaml": text, "c.yaml": VS % ("on", "name: 'x'")})
    run(folder, "lint", "--fix", "--unsafe-fixes", "b.yaml", "c.yaml")
    # What one repair brings to light the next round repairs: the file that is fixed is at least as good as the patch.
    expect("diff is what fix does", (folder / "c.yaml").read_text() == patched[1], patched)
    expect("rounds", "retries: {attempts: 1}" in (folder / "b.yaml").read_text(), (folder / "b.yaml").read_text())

    (folder / "sub").mkdir()
    write(folder, {"sub/d.yaml": VS % ("d", "name: 1")})
    done = run(folder / "sub", "lint", "--diff")
    applied = subprocess.run(["git", "apply", "-"], cwd=folder / "sub", input=done.stdout, text=True, capture_output=True)
    expect("git apply below the top", 'name: "1"' in (folder / "sub/d.yaml").read_text(), applied.stderr + done.stdout)

    silenced = VS % ("b", "name: on # wicket:ignore WK105 -- as it is")
    write(folder, {"b.yaml": silenced})
    run(folder, "lint", "--fix", "b.yaml")
    expect("what is silenced stays", (folder / "b.yaml").read_text() == silenced, "")
    for args in [["--fix", "-"], ["--diff", "-"], ["--unsafe-fixes"], ["--fix", "--diff"], ["--fix", "--write-baseline", "x"]]:
        expect(f"{args}", run(folder, "lint", *args).returncode == 2, "")
    write(folder, {"b.yaml": VS % ("b", "name: on")})
    (folder / "b.yaml").chmod(0o444)
    if os.geteuid() != 0:
        done = run(folder, "lint", "--fix", "b.yaml")
        expect("read-only", done.returncode == 3 and "cannot repair b.yaml: Permission denied" in done.stderr, done)


def main():
    for check in [check_settings, check_init, check_baseline, check_new_from, check_repairs]:
        if check is check_new_from and shutil.which("git") is None:
            continue
        with tempfile.TemporaryDirectory() as name:
            check(pathlib.Path(name))
    print("settings, baseline, new findings, repairs: all good" if failures == 0 else f"{failures} failures")
    sys.exit(1 if failures else 0)


main()
