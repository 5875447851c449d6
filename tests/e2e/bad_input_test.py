"""Bad input, through the program: every case ends in time, names the place, and the findings of all else are printed."""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

WICKET = sys.argv[2]

GOOD_BAD = (
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\n"
    "spec:\n  hosts: [w]\n  http:\n  - timeout: 1d\n    route: [{destination: {host: w}}]\n"
)  # one finding, WK117: a canary in every case that something else must not hide


def bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 10) + "]" for i in range(1, 12)]
    return "\n".join(lines) + "\n"


def lint(folder, *args, stdin=None):
    done = subprocess.run(
        [WICKET, "lint", "-o", "json", *args], cwd=folder, capture_output=True, timeout=60, input=stdin
    )
    report = json.loads(done.stdout)
    codes = [finding["code"] for finding in report["findings"]]
    return done.returncode, codes, report, done.stderr.decode()


failures = 0


def expect(name, condition, what=""):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED {name}: {what}")


def content_cases():
    """name, bytes, expected code, expected exit"""
    deep_flow = "a: " + "[" * 500 + "]" * 500 + "\n"
    deep_block = "".join(" " * i + "a:\n" for i in range(501))
    yield "alias bomb", bomb().encode(), "WK104", 1
    yield "500 levels of [", deep_flow.encode(), "WK100", 1
    yield "500 levels of keys", deep_block.encode(), "WK100", 1
    yield "100000 levels of [", b"[" * 100000, "WK100", 1
    yield "invalid UTF-8", b"a: \xff\xfe\n", "WK100", 1
    yield "NUL", b"a: b\0c\n", "WK100", 1
    yield "a line of 10 MB that is broken", b"a: \"" + b"x" * 10_000_000 + b"\n", "WK100", 1
    yield "a line of 10 MB", b"a: " + b"x" * 10_000_000 + b"\n", None, 0
    yield "10 MB of one flow list", b"a: [" + b"x, " * 3_000_000 + b"]\n", None, 0
    yield "truncated", GOOD_BAD.encode()[:-12], "WK100", 1
    yield "truncated inside UTF-8", "a: é".encode()[:-1], "WK100", 1
    yield "empty", b"", None, 0
    yield "comments", b"# nothing\n\n# here\n", None, 0
    yield "only markers", b"---\n---\n---\n", None, 0
    yield "Helm template", b"{{- if .Values.x }}\napiVersion: v1\nkind: Service\n{{- end }}\n", "WK141", 1
    yield "Helm values in a manifest", GOOD_BAD.replace("[w]", "{{ .Values.hosts }}").encode(), "WK141", 1
    yield "UTF-16", GOOD_BAD.encode("utf-16"), "WK100", 1
    yield "binary", bytes(range(256)) * 100, "WK100", 1
    yield "keys of 1 MB", b"{\"" + b"k" * 1_000_000 + b"\": 1}\n", None, 0
    yield "many equal keys", b"a: 1\n" * 20000, "WK102", 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, content, code, exit_code in content_cases():
            (root / "canary.yaml").write_text(GOOD_BAD)
            (root / "case.yaml").write_bytes(content)
            status, codes, _, err = lint(root, ".")
            expect(name, "WK117" in codes, f"the finding of the other file is gone: {codes[:3]}")
            others = [c for c in codes if c != "WK117"]
            expect(name, status == 1 and (code is None and not others or code in others), f"exit {status}, {codes[:3]}")
            (root / "canary.yaml").unlink()
            status, codes, _, err = lint(root, ".")
            expect(name, status == exit_code, f"alone: exit {status} for {exit_code}, {codes[:3]}")
            status, _, _, _ = lint(root, "-", stdin=content)
            expect(name, status == exit_code, f"from standard input: exit {status} for {exit_code}")
            (root / "case.yaml").unlink()

    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "a.yaml").write_text(GOOD_BAD)
        (root / "loop").symlink_to(root, target_is_directory=True)
        (root / "self.yaml").symlink_to("self.yaml")
        status, codes, report, err = lint(root)
        expect("folder loop", codes == ["WK117"], f"{codes}")
        expect("link to itself", status == 3 and "self.yaml" in err and report["failures"][0]["file"] == "self.yaml", err)
        (root / "self.yaml").unlink()

        os.mkfifo(root / "pipe.yaml")
        status, codes, report, err = lint(root, "pipe.yaml", "a.yaml")
        expect("FIFO", status == 3 and "pipe.yaml" in err and codes == ["WK117"], f"exit {status} {err}")

        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(root / "socket.yaml"))
            status, codes, _, err = lint(root, "socket.yaml", "a.yaml")
            expect("socket", status == 3 and "socket.yaml" in err and codes == ["WK117"], f"exit {status} {err}")

        status, codes, _, err = lint(root, "nowhere.yaml", "a.yaml")
        expect("missing", status == 3 and "nowhere.yaml" in err and codes == ["WK117"], f"exit {status} {err}")

        status, codes, _, err = lint(root, "/dev/null", "a.yaml")
        expect("device", status == 3 and codes == ["WK117"], f"exit {status} {err}")

        secret = root / "secret.yaml"
        secret.write_text(GOOD_BAD)
        secret.chmod(0)
        if os.geteuid() != 0:  # root reads everything
            status, codes, _, err = lint(root, "secret.yaml", "a.yaml")
            expect("unreadable", status == 3 and "secret.yaml: permission denied" in err and codes == ["WK117"], err)

        done = subprocess.run(f"'{WICKET}' lint -q a.yaml | true", shell=True, cwd=root, capture_output=True, timeout=60)
        expect("closed pipe", done.returncode == 0 and not done.stderr, done.stderr)

        done = subprocess.run([WICKET, "lint", "--fail-on", "never", "a.yaml"], cwd=root, capture_output=True, timeout=60)
        expect("fail-on never", done.returncode == 0, done)
        done = subprocess.run([WICKET, "lint", "--exit-zero", "nowhere.yaml"], cwd=root, capture_output=True, timeout=60)
        expect("exit-zero does not hide failures", done.returncode == 3, done)

    print("bad input: all good" if failures == 0 else f"{failures} failures")
    sys.exit(1 if failures else 0)


main()
