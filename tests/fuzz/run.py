#!/usr/bin/python3
"""Runs fuzz targets: `run.py FOLDER SECONDS NAME…`, each for that long from its corpus on.

The corpus of a target is made anew each time: what tests/captures, tests/golden and
tests/fuzz/corpus/NAME hold. With `long` for the seconds, FANGXIN_LONG_MINUTES are shared among the
targets, and build/long-report.txt says how many inputs each one tried.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
CAPTURES = TESTS / "captures"


def from_hex(file):
    """The bytes of each line of a capture."""
    for line in file.read_text().splitlines():
        digits = line.split("#")[0].strip()
        if digits:
            yield bytes.fromhex(digits)


def of_scales():
    """Each protocol with each frame, in two slicings; the first byte says which protocol."""
    for protocol in range(16):
        for file in sorted(CAPTURES.glob("scale_*.hex")):
            frames = list(from_hex(file))
            for seed in (*frames, b"".join(frames)):
                yield bytes([protocol, 0]) + seed
                yield bytes([protocol, 3]) + seed


def of_toledo():
    for file in sorted(CAPTURES.glob("toledo_*.hex")):
        yield b"\x01" + b"".join(from_hex(file))


def of_frame():
    for file in sorted((TESTS / "golden").glob("messages_*.txt")):
        for line in file.read_text().splitlines():
            if line.startswith("{"):
                yield line.encode()


def of_op():
    """The bodies of the ops that past versions wrote, each kind a few times."""
    seen = {}
    for file in sorted((TESTS / "golden/databases").glob("*/*.sql")):
        for body in re.findall(r"'(\{\"terminal\":(?:[^']|'')*\})'", file.read_text()):
            body = body.replace("''", "'")
            kind = re.search(r'"kind":"(\w+)"', body)
            if kind and seen.setdefault(kind[1], 0) < 4:
                seen[kind[1]] += 1
                yield body.encode()


def corpus(name):
    made = {"scales": of_scales, "toledo": of_toledo, "frame": of_frame, "op": of_op}.get(name)
    yield from made() if made else ()
    folder = TESTS / "fuzz" / "corpus" / name
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        yield file.read_bytes()


def run(folder, name, seconds):
    """How many inputs were tried; ends this program with what went wrong."""
    with tempfile.TemporaryDirectory() as at:
        seeds = pathlib.Path(at, "seeds")
        seeds.mkdir()
        for number, seed in enumerate(corpus(name)):
            (seeds / f"{number:05}").write_bytes(seed)
        done = subprocess.run(
            [pathlib.Path(folder, f"{name}_fuzz"), f"-max_total_time={seconds}",
             "-print_final_stats=1", f"-artifact_prefix={at}/", seeds], capture_output=True, cwd=at)
        said = done.stderr.decode(errors="replace")
        if done.returncode != 0:
            for found in pathlib.Path(at).glob("*-*"):
                print(f"{found.name}: {found.read_bytes().hex()}")
            sys.exit(f"{said[-8000:]}\n{name}: found something, its input stands above")
    return int(re.search(r"number_of_executed_units:\s*(\d+)", said)[1])


def main():
    folder, seconds, names = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    is_long = seconds == "long"
    if is_long:
        seconds = max(5, int(os.environ.get("FANGXIN_LONG_MINUTES", "1")) * 60 // len(names))
    report = [f"fuzz {name}: {run(folder, name, seconds):,} inputs in {seconds} s"
              for name in names]
    print("\n".join(report))
    if is_long:
        file = pathlib.Path(folder).parent.parent / "long-report.txt"
        with file.open("a") as out:
            out.write("\n".join(report) + "\n")


if __name__ == "__main__":
    main()
