"""Time and memory of `wicket replay` for logs of two sizes: time grows with the lines, memory does not."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def measure(command):
    start = time.monotonic()
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen(command, stdout=nothing)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {command}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main():
    wicket = pathlib.Path(sys.argv[1]) / "wicket"
    print(f"{'format':8} {'lines':>10} {'seconds':>8} {'CPU':>8} {'MiB':>6}")
    for form in [], ["--json"]:
        for lines in 100_000, 1_000_000:
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, HERE / "make_log.py", *form, "50", str(lines), folder], check=True)
                wall, cpu, memory = measure([wicket, "replay", f"{folder}/access.log", "-f", f"{folder}/routes.yaml"])
            print(f"{'JSON' if form else 'text':8} {lines:10} {wall:8.2f} {cpu:8.2f} {memory:6}")


if __name__ == "__main__":
    main()
