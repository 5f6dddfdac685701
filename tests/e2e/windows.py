"""A terminal's window on a display of its own: where things are, who works there, what it wrote."""
import json
import sqlite3
import time

from display import Display
from identity import approve_waiting, has_identity
from processes import end, spawn
from shop import BIN, Failed, asked_of, basket_on_disk, wait_until


class Pad:
    """A pad of digits, 7 8 9 on top, as the design lays it: its columns, its rows, its button."""

    def __init__(self, columns, rows, on):
        self.columns, self.rows, self.on = columns, rows, on

    def places(self, text):
        keys = {"0": (self.columns[1], self.rows[3])}
        for row, three in enumerate(("789", "456", "123")):
            keys |= {digit: (self.columns[n], self.rows[row]) for n, digit in enumerate(three)}
        return [keys[digit] for digit in text] + [self.on]


# In the units of the designs, 1280×800 and 480×800, which the displays have as pixels.
TILL_NUMBER = Pad((875, 1023, 1172), (435, 501, 569, 636), (1023, 719))
TILL_PIN = Pad((875, 1023, 1172), (374, 459, 544, 628), (1023, 719))
PAY, EXACT, TAKEN, FIRST_DATE, UNDERSTOOD = ((1016, 730), (859, 269), (1078, 715), (1024, 280),
                                             (1024, 718))
OTHER_NUMBER, RECEIVE, MORE, ON = (240, 684), (48, 758), (432, 758), (240, 740)
HANDHELD_NUMBER = Pad((84, 242, 400), (425, 505, 582, 657), ON)
HANDHELD_PIN = Pad((84, 242, 400), (374, 466, 559, 651), ON)
MORE_PIECES, ALL_IN_ORDER = (420, 370), (240, 250)
# Below the bars and beside the till's toasts: what a strike there changes.
TILL_RIGHT, TILL_PAGE, HANDHELD_PAGE = ((784, 92, 1280, 800), (0, 92, 1280, 800),
                                        (0, 92, 480, 800))
DOUBLE = 0.45  # a second strike within it is one of a double, and not meant for what comes next


class Window:
    """A till or a handheld in its window. What it wrote is read from its own disk."""

    def __init__(self, shop, number, program="fangxin-terminal", devices=None):
        self.till = program == "fangxin-terminal"
        self.display = Display() if self.till else Display("480x800x24")
        self.shop, self.number, self.program, self.devices = shop, number, program, devices
        self.terminal = f"till-{number}" if self.till else f"handheld-{number}"
        self.data = shop.folder / self.terminal
        self.process = None
        self.struck = None

    def open(self, show=None, **env):
        """Opens it, until it shows itself and the shop's people have come. `show` shows it the
        manager's code, which else stands in the command."""
        command = [BIN / self.program, "--data", self.data, "--server", self.shop.server.url,
                   "--till" if self.till else "--number", self.number]
        joins = not has_identity(self.data)
        code = self.shop.server.enrolment(self.program) if joins else None
        if joins and not show:
            command += ["--enrol", code]
        if self.devices:
            command += ["--devices", self.devices]
        self.data.mkdir(exist_ok=True)
        with open(self.data / "window.log", "ab") as log:
            self.process = spawn(command, stdout=log, stderr=log, env={**self.display.env, **env})
        wait_until(self.stands, 30, "the window")
        if joins and show:
            wait_until(lambda: len(set(self.display.pixels())) > 1, what="its first page")
            show(code)
        if joins:
            approve_waiting(self.shop.server, self.terminal)
        wait_until(lambda: self.on_disk("SELECT 1 FROM people LIMIT 1"), 30, "the shop's people")
        return self

    def stands(self):
        if self.process.poll() is not None:
            raise Failed(f"{self.program} ended: {self.said()}")
        return self.display.shows(self.program)

    def said(self):
        """What it told whoever started it, and its log."""
        files = [self.data / name for name in ("window.log", "terminal.log")]
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files
                       if file.exists())

    def on_disk(self, question):
        try:
            return asked_of(self.data / "terminal.db", question)
        except sqlite3.OperationalError:
            return []  # it is only being made

    def ops(self, *kinds):
        """What it has journalled of these kinds, or all."""
        rows = self.on_disk("SELECT kind, body FROM ops ORDER BY epoch, seq")
        return [json.loads(body) for kind, body in rows if not kinds or kind in kinds]

    def comes(self, kind, before, seconds=20):
        """The first of a kind after so many."""
        return wait_until(lambda: self.ops(kind)[before:], seconds, kind)[0]

    def lines(self):
        """The basket in hand, as a power cut would leave it."""
        return basket_on_disk(self.on_disk)

    def sent(self):
        """Whether the server has acknowledged all of it."""
        return not self.on_disk("SELECT 1 FROM logs WHERE acked_seq < last_seq")

    # --- what a person does, until something comes of it ---------------------------------------

    def strike(self, do, what, part=None):
        part = part or (TILL_RIGHT if self.till else HANDHELD_PAGE)
        self.display.after(do, part, f"{what} at {self.terminal}")

    def tap(self, place, part=None):
        near = isinstance(self.struck, tuple) and all(
            abs(now - then) < far for now, then, far in zip(place, self.struck, (300, 60)))
        if near:
            time.sleep(DOUBLE)
        self.struck = place
        self.strike(lambda: self.display.touch(place), f"a tap at {place}", part)

    def key(self, key, part=None):
        if key == self.struck:
            time.sleep(DOUBLE)
        self.struck = key
        self.strike(lambda: self.display.key(key), key, part)

    def type(self, *keys):
        """One after another, whatever comes of each."""
        self.display.key(*keys)
        self.struck = keys[-1]

    def scan(self, code, part=None):
        self.struck = None
        self.strike(lambda: self.display.shoot(code), f"a scan of {code!r}", part)

    # --- who works there -----------------------------------------------------------------------

    def by_keys(self, person):
        self.type("Escape", "Escape", *person[0], "Return", *person[1], "Return")

    def by_touch(self, person):
        number, pin = (TILL_NUMBER, TILL_PIN) if self.till else (HANDHELD_NUMBER, HANDHELD_PIN)
        self.display.key("Escape", "Escape")
        self.display.tap(*([] if self.till else [OTHER_NUMBER]), *number.places(person[0]))
        time.sleep(0.5)  # a second tap of a double one is not meant for what comes next
        self.display.tap(*pin.places(person[1]))
        self.struck = pin.on

    def log_in(self, person, strike=None):
        """Number and PIN, until the journal has it; once more if it was too slow to take them."""
        before = len(self.ops("logged_in"))

        def tried():
            (strike or self.by_keys)(person)
            try:
                return self.comes("logged_in", before, 4)
            except Failed:
                return None

        return wait_until(tried, 60, f"{person[0]} at work")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        end(self.process)

    def stop(self):
        self.close()
        self.display.stop()
