"""A shop of separate processes, as an outsider runs it: server, tills, handhelds, a scale.

Everything goes through the programs' command lines and headless interfaces (README of the folders);
nothing here knows how they work inside.
"""
import contextlib
import datetime
import json
import os
import pty
import queue
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import tty
from pathlib import Path

from identity import has_identity
from processes import end, spawn, temporary_folder

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("FANGXIN_BIN", ROOT / "build" / "bin"))
SAMPLE_SHOP = ROOT / "assets" / "sample-shop"
# Goods of the sample shop that most tests sell.
NOODLES, MILK, YOGHURT = "6992918000132", "6991959000132", "6991959000262"
BISCUIT = "6992370000138"
# Two of its people, and its clock.
CASHIER, RECEIVER = ("1001", "408213"), ("1201", "817352")
STORE_ZONE = datetime.timezone(datetime.timedelta(hours=8))


class Failed(Exception):
    """A step did not hold."""


def wait_until(check, timeout=5, what="it"):
    """Polls until `check` gives something true; what a person would wait for."""
    deadline = time.monotonic() + timeout
    while True:
        seen = check()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise Failed(f"{what} did not come within {timeout} s; last seen: {seen!r}")
        time.sleep(0.02)


def asked_of(database, question):
    """Rows of a program's database while it runs, where no program tells: what is on its disk."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as books:
        return books.execute(question).fetchall()


def basket_on_disk(ask):
    """Lines of the basket in hand as a power cut would leave it; `ask` asks the till's database."""
    (number, body), = ask("SELECT number, body FROM drafts") or [(0, "{}")]
    (given_up,), = ask("SELECT coalesce(max(0 + value), 0) FROM meta "
                       "WHERE key = 'draft_void'") or [(0,)]
    return json.loads(body).get("lines", []) if number > given_up else []


def today():
    """The store's."""
    return datetime.datetime.now(STORE_ZONE).date()


def day(offset):
    return today() + datetime.timedelta(days=offset)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(program, *arguments, check=True):
    """Runs a program to its end; gives its standard output's JSON lines."""
    done = subprocess.run([str(BIN / program), *map(str, arguments)], capture_output=True,
                          text=True, timeout=120)
    if check and done.returncode != 0:
        raise Failed(f"{program} {' '.join(map(str, arguments))}: exit {done.returncode}\n"
                     f"{done.stderr}")
    return done


def run_json(program, *arguments):
    lines = run(program, *arguments).stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


class Lines:
    """Reads a process's lines on a thread and sorts answers from events."""

    def __init__(self, process):
        self.process = process
        self.answers = queue.Queue()
        self.events = []
        self.changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for raw in self.process.stdout:
            at = time.monotonic()
            if not raw.endswith("\n"):
                break  # killed in the middle of a line
            line = json.loads(raw)
            if "event" in line:
                with self.changed:
                    self.events.append((at, line))
                    self.changed.notify_all()
            else:
                self.answers.put(line)
        with self.changed:
            self.events.append((time.monotonic(), {"event": "ended"}))
            self.changed.notify_all()
        self.answers.put(None)

    def wait_event(self, name, since=0, timeout=10, where=lambda event: True):
        """The first event of this name from index `since` on; (index, time, event)."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                for index in range(since, len(self.events)):
                    at, event = self.events[index]
                    if event["event"] == name and where(event):
                        return index, at, event
                left = deadline - time.monotonic()
                if left <= 0:
                    seen = [event for _, event in self.events[since:]]
                    raise Failed(f"no event {name} within {timeout} s; seen: {seen}")
                self.changed.wait(left)


class Server:
    def __init__(self, data, port=None, database=None, plain=False):
        self.data = Path(data)
        self.plain = plain
        self.options = ["--database", database] if database else []
        self.port = port or free_port()
        self.process = None
        self.log = self.data / "server.log"

    @property
    def url(self):
        return f"{'ws' if self.plain else 'wss'}://127.0.0.1:{self.port}"

    def start(self, *more):
        self.data.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = spawn(
                [BIN / "fangxin-server", "--data", self.data, *self.options, "--json", "serve",
                 "--listen", f"127.0.0.1:{self.port}",
                 *(["--plain-on-loopback"] if self.plain else []), *more],
                stdout=subprocess.PIPE, stderr=log, text=True)
        ready = json.loads(self.process.stdout.readline() or "{}")
        if ready.get("event") != "ready":
            raise Failed(f"the server did not start: {ready}")
        self.ready = ready
        return ready

    def command(self, *arguments):
        return run_json("fangxin-server", "--data", self.data, *self.options, "--json",
                        *arguments)

    def enrolment(self, program, *options):
        """A code for another terminal of this kind, as the manager gives it out."""
        kind = "till" if program == "fangxin-terminal" else "handheld"
        return self.command("enrol", "--kind", kind, *options)[0]["code"]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        end(self.process)
        if self.process:
            self.process.stdout.close()


class Terminal:
    """A till or a handheld, driven through its headless interface."""

    def __init__(self, program, data, server=None, devices=None, number=1, options=()):
        self.program, self.data, self.number = program, Path(data), number
        self.server, self.devices, self.options = server, devices, options
        self.log = self.data / "terminal.log"
        self.under = []  # what the command begins with
        self.next_id = 0
        self.process = None

    def start(self):
        option = "--till" if self.program == "fangxin-terminal" else "--number"
        command = [*self.under, BIN / self.program, "--headless", "--data", self.data, option,
                   str(self.number), *self.options]
        command += ["--server", self.server.url if self.server else "none"]
        joins = self.server and not self.server.plain and not has_identity(self.data)
        if joins:
            command += ["--enrol", self.server.enrolment(self.program)]
        if self.devices:
            command += ["--devices", self.devices]
        self.process = spawn(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             bufsize=1)
        self.lines = Lines(self.process)
        self.lines.wait_event("ready", timeout=20)
        if joins:
            self._join()
        return self

    def _join(self):
        """The manager compares what the screen shows, and approves it."""
        _, _, waiting = self.wait_event("enrolment", where=lambda each: each["state"] == "waiting")
        name = f"{'till' if self.program == 'fangxin-terminal' else 'handheld'}-{self.number}"
        self.server.command("approve", name, "--fingerprint", waiting["fingerprint"])
        self.wait_event("enrolment", where=lambda each: each["state"] == "enrolled")

    def send_raw(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def ask(self, do, timeout=60, **arguments):
        """One request, its answer."""
        self.next_id += 1
        self.send_raw(json.dumps({"id": self.next_id, "do": do, **arguments},
                                 ensure_ascii=False) + "\n")
        return self.answer(timeout)

    def answer(self, timeout=60):
        try:
            answer = self.lines.answers.get(timeout=timeout)
        except queue.Empty:
            raise Failed(f"{self.program} did not answer within {timeout} s") from None
        if answer is None:
            raise Failed(f"{self.program} ended")
        return answer

    def must(self, do, **arguments):
        """A request that has to succeed."""
        answer = self.ask(do, **arguments)
        if not answer.get("ok"):
            raise Failed(f"{do} {arguments}: {answer}")
        return answer

    def event_count(self):
        return len(self.lines.events)

    def wait_event(self, name, since=0, timeout=10, where=lambda event: True):
        return self.lines.wait_event(name, since, timeout, where)

    def login(self, person, pin):
        return self.must("login", person=person, pin=pin)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._close()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            if self.process:
                self._close()
            return
        try:
            self.send_raw('{"do":"quit"}\n')
            self.process.wait(timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self._close()

    def _close(self):
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except OSError:
                pass


class Scale:
    """The scale program (toledo_scale.py) on a pseudo-terminal of its own."""

    def __init__(self, link):
        self.link = str(link)
        self.process = spawn(
            ["/usr/bin/python3", ROOT / "tests" / "e2e" / "toledo_scale.py", self.link],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        if self.process.stdout.readline().strip() != "ready":
            raise Failed("the scale did not start")
        self.said = 0

    def say(self, words):
        """`put 1234` grams, `move 900`, `over`, `under`, `silent`, `torn 700`,
        `pounds 900`."""
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        self.said += 1

    def show(self, words):
        """Says it and waits until whoever listens has read enough frames of it to judge it."""
        self.say(words)
        while (line := self.process.stdout.readline()) != f"out {self.said}\n":
            if not line:
                raise Failed("the scale ended")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Scanner:
    """A serial scanner on a pseudo-terminal of its own."""

    def __init__(self):
        self.cable, self.plug = pty.openpty()
        tty.setraw(self.plug)
        self.port = os.ttyname(self.plug)

    def scan(self, code, suffix="\r"):
        os.write(self.cable, (code + suffix).encode())

    def stop(self):
        os.close(self.cable)
        os.close(self.plug)


class Shop:
    """A folder with everything in it, and the processes that run in it."""

    def __init__(self, folder=None, test_shop=True, source=SAMPLE_SHOP, generate=0,
                 database=None, plain=False):
        self.own_folder = folder is None
        self.folder = Path(folder or temporary_folder("shop"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = Server(self.folder / "server", database=database, plain=plain)
        self.running = []
        options = ["--test-shop"] if test_shop else []
        if generate:
            options += ["--generate", str(generate)]
        self.server.command("import", source, *options)

    def start_server(self):
        self.server.start()
        return self.server

    def till(self, number=1, devices=None, options=(), online=True, server=None):
        till = Terminal("fangxin-terminal", self.folder / f"till-{number}",
                        (server or self.server) if online else None, devices, number, options)
        self.running.append(till)
        return till.start()

    def handheld(self, number=1, options=()):
        handheld = Terminal("fangxin-handheld", self.folder / f"handheld-{number}", self.server,
                            None, number, options)
        self.running.append(handheld)
        return handheld.start()

    def devices_file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def close(self):
        for each in self.running:
            each.stop()
        self.server.stop()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def gs1(gtin, expiry=None, lot=None, production=None):
    """A GS1 DataMatrix as a scanner sends it."""
    text = f"]d201{gtin.zfill(14)}"
    if production:
        text += "11" + production.strftime("%y%m%d")
    if expiry:
        text += "17" + expiry.strftime("%y%m%d")
    if lot:
        text += "10" + lot
    return text


def draw(file, barcode_type, data, *options):
    """Draws a code with Debian's zint."""
    subprocess.run(["zint", "-o", str(file), "-b", str(barcode_type), "--scale=3", *options,
                    "-d", data], check=True, capture_output=True)


def receipt_text(file):
    """What is on the paper, read by the virtual printer from the job's bytes."""
    return run("fangxin-virtual-printer", "text", file).stdout


def receipt_numbers(folder):
    """Receipt numbers on paper, copies apart, oldest first."""
    numbers = []
    for job in sorted(Path(folder).glob("*.bin")):
        match = re.match(r"\d+-(FX\d+)$", job.stem)
        if match:
            numbers.append(match.group(1))
    return numbers
