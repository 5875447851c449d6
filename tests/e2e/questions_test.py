"""The commands of docs/questions.md, run where the page says: what they print begins as the page shows it, all of it where the
page does not end in `…`, and their exit code is the one in the last line of the block (none: 0). UPDATE_GOLDEN=1 writes
the page anew: of a block that ends in `…` it keeps as many lines as there were."""
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
WICKET = sys.argv[2]
PAGE = ROOT / "docs" / "questions.md"
BLOCK = re.compile(r"(^```\n)(\$ .*\n)((?:(?!```).*\n)*)(^```$)", re.M)


def run(command):
    """The line as a shell takes it, with this wicket for the word wicket."""
    line = re.sub(r"(^|\| )wicket ", lambda m: m[1] + shlex.quote(WICKET) + " ", command)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GITHUB_")}
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, env=plain)
    return done.stdout.splitlines(), done.returncode


def main():
    page = PAGE.read_text()
    failures = 0

    def check(block):
        nonlocal failures
        command = block[2][2:].rstrip("\n")
        shown = block[3].splitlines()
        code = re.fullmatch(r"exit code (\d+)", shown[-1]) if shown else None
        if code:
            shown.pop()
        is_cut = bool(shown) and shown[-1] == "…"
        if is_cut:
            shown.pop()
        lines, returned = run(command)
        good = (lines[: len(shown)] if is_cut else lines) == shown and returned == int(code[1] if code else 0)
        if not good and "UPDATE_GOLDEN" not in os.environ:
            failures += 1
            print(f"FAILED {command}: exit code {returned}\n" + "\n".join(lines[:20]))
        new = (lines[: max(1, len(shown))] + ["…"] if is_cut else lines) + ([f"exit code {returned}"] if returned else [])
        return block[1] + block[2] + "".join(line + "\n" for line in new) + block[4]

    new = BLOCK.sub(check, page)
    commands = len(BLOCK.findall(page))
    named = set(re.findall(r"testdata/questions/[\w.-]+", page))
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "testdata" / "questions").iterdir()}
    if named != files:
        failures += 1
        print(f"FAILED manifests without a question, or the other way round: {sorted(named ^ files)}")
    if "UPDATE_GOLDEN" in os.environ:
        PAGE.write_text(new)
    print(f"{commands} commands, {failures} failures")
    sys.exit(1 if failures or not commands else 0)


main()
