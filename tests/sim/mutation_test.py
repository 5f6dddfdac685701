#!/usr/bin/python3
"""Takes safety lines out of the product and sees the simulator notice: `mutation_test.py
BUILD_FOLDER NAME…`, each the name of a patch in tests/sim/mutations, or `control`, which takes
nothing out and must hold, or `apply`: every patch still fits the sources.

A patch is made against the sources of the product. Above its first `---` stands what the lines
protect, and in `Breaks: TEXT` what the simulator must say; of several such lines, one. Only the
sources that it changes are compiled, as the build compiles them, in BUILD_FOLDER/mutations/NAME;
the build must be up to date.
A mutation that does not apply, does not compile, is not noticed within the simulator's seeds, or
is noticed by another invariant than it names, is a failed test.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

SIM = pathlib.Path(__file__).resolve().parent
ROOT = SIM.parent.parent
PATCHES = SIM / "mutations"
SEEDS = "Simulator.NothingIsLostOrDoubled*"  # 300 of them, the first that breaks ends it
MORE_SEEDS = "LongSimulator.*"  # those behind them, for what needs several troubles at once
FIRST_OF_MORE = 301
MINUTES_OF_MORE = 5
CONTROL_SEEDS = SEEDS + "A"
CONTROL_SOURCE = "sync/server_peer.cpp"
ENDS_WITHIN_S = 900


class Failed(Exception):
    pass


def run(command, **how):
    """What it said; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", **how)
    if done.returncode != 0:
        said = (done.stdout + done.stderr)[-4000:]
        raise Failed(f"{pathlib.Path(command[0]).name} failed:\n{said}")
    return done.stdout


class Build:
    def __init__(self, folder):
        self.folder = folder
        commands = json.loads((folder / "compile_commands.json").read_text())
        self.compile_of = {each["file"]: each for each in commands}
        said = run(["ninja", "-C", str(folder), "-t", "commands", "bin/sim_test"])
        steps = [step.strip() for line in said.splitlines() for step in line.split(" && ")]
        links = [step for step in steps if " -o bin/sim_test " in step]
        if len(links) != 1:
            raise Failed(f"{len(links)} commands link the simulator")
        self.link_command = shlex.split(links[0])
        launcher = shutil.which("ccache")  # as the build does
        self.launcher = [launcher] if launcher else []

    def compile(self, source, changed, into):
        known = self.compile_of.get(str(ROOT / source))
        if not known:
            raise Failed(f"{source} is not compiled by this build")
        words = self.launcher + shlex.split(known["command"])
        words[words.index("-o") + 1] = str(into)
        words[words.index("-c") + 1] = str(changed)
        run(words, cwd=known["directory"])

    def link(self, objects, program):
        """An archive's own object is left out: what it defines is there already."""
        words = list(self.link_command)
        at = words.index("-o")
        words[at + 1] = str(program)
        run(words[:at] + [str(each) for each in objects] + words[at:], cwd=self.folder)

    def seeds_run(self, program, seeds):
        """What the first broken promise was; empty if all hold."""
        where = {**os.environ, "LD_LIBRARY_PATH": str(self.folder / "bin")}
        where.pop("FANGXIN_SIM_SEED", None)
        where["FANGXIN_SIM_FIRST"] = str(FIRST_OF_MORE)
        where["FANGXIN_LONG_MINUTES"] = str(MINUTES_OF_MORE)
        done = subprocess.run(
            [program, f"--gtest_filter={seeds}", "--gtest_fail_fast"], env=where, text=True,
            capture_output=True, errors="replace", timeout=ENDS_WITHIN_S)
        broken = re.search(r"FANGXIN_SIM_SEED=\d+: .*", done.stdout)
        if broken:
            return broken[0]
        if done.returncode != 0:
            said = (done.stdout + done.stderr)[-4000:]
            raise Failed(f"the simulator ended with {done.returncode}:\n{said}")
        return ""


def build_with(build, name, sources, patch):
    """A simulator with these sources, changed by the patch if there is one."""
    scratch = build.folder / "mutations" / name
    shutil.rmtree(scratch, ignore_errors=True)
    objects = []
    for source in sources:
        (scratch / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, scratch / source)
    if patch:
        run(["patch", "-p1", "--no-backup-if-mismatch", "-d", str(scratch), "-i", str(patch)])
    for source in sources:
        objects.append((scratch / source).with_suffix(".o"))
        build.compile(source, scratch / source, objects[-1])
    program = scratch / "sim_test"
    build.link(objects, program)
    return program


def check_control(build):
    program = build_with(build, "control", [CONTROL_SOURCE], None)
    if broken := build.seeds_run(program, CONTROL_SEEDS):
        raise Failed(f"nothing was taken out, and yet: {broken}")
    return "holds"


def check_all_apply():
    """Most are only tried in long runs: a change of the product must not leave them behind."""
    patches = sorted(PATCHES.glob("*.patch"))
    for patch in patches:
        run(["patch", "-p1", "--dry-run", "-d", str(ROOT), "-i", str(patch)])
    return f"{len(patches)} fit"


def check_mutation(build, name):
    patch = PATCHES / f"{name}.patch"
    text = patch.read_text()
    head = text.split("\n--- ")[0]
    names = re.findall(r"^Breaks: (.+)$", head, re.MULTILINE)
    sources = re.findall(r"^--- a/(\S+)", text, re.MULTILINE)
    if not names or not sources:
        raise Failed("the patch says no source, or not what it breaks")
    program = build_with(build, name, sources, patch)
    broken = build.seeds_run(program, SEEDS) or build.seeds_run(program, MORE_SEEDS)
    if not broken:
        raise Failed("the simulator does not notice")
    if not any(name in broken for name in names):
        raise Failed(f"{' or '.join(names)!r} was to be broken, and it was: {broken}")
    program.unlink()
    return broken


def main():
    build = Build(pathlib.Path(sys.argv[1]).resolve())
    failed = 0
    for name in sys.argv[2:] or sorted(patch.stem for patch in PATCHES.glob("*.patch")):
        try:
            said = (check_all_apply() if name == "apply" else
                    check_control(build) if name == "control" else check_mutation(build, name))
            print(f"{name}: {said}", flush=True)
        except (Failed, OSError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"{name}: FAILED: {error}", flush=True)
    sys.exit(f"{failed} failed" if failed else 0)


if __name__ == "__main__":
    main()
