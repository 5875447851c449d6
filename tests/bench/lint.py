"""Benchmarks of `wicket lint`, side by side in one run with what they are compared to. Prints figures, asserts nothing.

    python3 tests/bench/lint.py BUILD_FOLDER [ROUNDS]
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
ROOT = pathlib.Path(__file__).resolve().parents[2]
WICKET = BUILD / "wicket"


def run(args, **options):
    """One run: wall seconds, CPU seconds, peak memory in MB (of small programs see peak())."""
    start = time.perf_counter()
    child = subprocess.Popen([str(a) for a in args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    wall = time.perf_counter() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def peak(args):
    """Peak memory in MB. Of a child that Python starts itself, what Python had counts as the child's."""
    with tempfile.NamedTemporaryFile("r") as told:
        subprocess.run(
            ["/usr/bin/time", "-f", "%M", "-o", told.name, *map(str, args)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return int(told.read()) / 1024


def alternate(*commands):
    """Medians of several commands, run in turn so that the machine's moods hit all of them."""
    results = [[] for _ in commands]
    for _ in range(ROUNDS):
        for i, args in enumerate(commands):
            results[i].append(run(args))
    return [tuple(statistics.median(column) for column in zip(*rows)) for rows in results]


def megabytes(folder):
    return sum(p.stat().st_size for p in pathlib.Path(folder).rglob("*") if p.is_file()) / 1e6


def estate(folder, *args):
    subprocess.run([BUILD / "bench" / "make_estate", *args, folder], check=True, stdout=subprocess.DEVNULL)
    return [str(p) for p in sorted(pathlib.Path(folder).rglob("*.yaml"))]


def main():
    print(f"medians of {ROUNDS} rounds, commands in turn\n")

    (hello,) = alternate([WICKET, "lint", ROOT / "testdata/hello"])
    memory = peak([WICKET, "lint", ROOT / "testdata/hello"])
    print(f"lint hello: {hello[0] * 1000:.1f} ms, {memory:.1f} MB  (aims: 10 ms, 12 MB)")

    with tempfile.TemporaryDirectory() as folder:
        files = estate(folder, "--virtual-services", "20000")
        size = megabytes(folder)
        bare, lint = alternate([BUILD / "bench" / "bare_parse", *files], [WICKET, "lint", "-q", folder])
        print(
            f"lint 20,000 VirtualServices ({size:.1f} MB): CPU {lint[1]:.2f} s against {bare[1]:.2f} s of a bare parse, "
            f"ratio {lint[1] / bare[1]:.2f} (aim 1.18); wall {lint[0]:.2f} s, {lint[1] / lint[0]:.2f} cores; "
            f"{lint[2]:.0f} MB = {lint[2] / size * 1.048576:.1f} x the input (aim 10)"
        )

    with tempfile.TemporaryDirectory() as folder:
        estate(folder, "--virtual-services", "20000", "--hosts-per-gateway", "100", "--virtual-services-per-service", "1")
        single = ["--ignore", "WK4,WK5,WK633,WK634,WK635"]
        whole, single = alternate([WICKET, "lint", "-q", folder], [WICKET, "lint", "-q", *single, folder])
        print(
            f"lint 20,000 VirtualServices, 200 Gateways, 20,000 Services ({megabytes(folder):.1f} MB): wall "
            f"{whole[0]:.2f} s, CPU {whole[1]:.2f} s; without the checks across resources wall {single[0]:.2f} s, CPU "
            f"{single[1]:.2f} s; ratio {whole[0] / single[0]:.2f} wall, {whole[1] / single[1]:.2f} CPU (aim 1.5)"
        )

    with tempfile.TemporaryDirectory() as alone, tempfile.TemporaryDirectory() as among:
        estate(alone, "--virtual-services", "1000")
        files = estate(among, "--virtual-services", "1000", "--other-mib", "100")
        small, large, cat = alternate([WICKET, "lint", "-q", alone], [WICKET, "lint", "-q", among], ["cat", *files])
        print(
            f"lint {megabytes(alone):.1f} MB alone {small[0] * 1000:.0f} ms wall, {small[1] * 1000:.0f} ms CPU; among "
            f"{megabytes(among):.0f} MB {large[0] * 1000:.0f} ms wall, {large[1] * 1000:.0f} ms CPU; cat "
            f"{cat[0] * 1000:.0f} ms; bound 1.3 x {small[0] * 1000:.0f} + {cat[0] * 1000:.0f} = "
            f"{1300 * small[0] + 1000 * cat[0]:.0f} ms"
        )


main()
