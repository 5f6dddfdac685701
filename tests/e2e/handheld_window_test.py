#!/usr/bin/python3
"""The handheld's window, worked with by touch and a keyboard scanner on its own display."""
import signal
import subprocess
import time
import unittest

from display import Display
from shop_case import (BIN, INSPECTOR, MILK, NOODLES, RECEIVER, ShopCase, asked_of, day, gs1,
                       wait_until)

# Where things are, in the 480×800 units of the design, which the display has as pixels.
OTHER_NUMBER = (240, 684)
RECEIVE, BATCHES, SCAN, COMPLAINT, MORE = ((48 + 96 * n, 758) for n in range(5))
ON = (240, 740)  # the wide button at the foot
MORE_PIECES, ALL_IN_ORDER, QUARANTINE = (420, 370), (240, 250), (366, 671)


def digits(text, rows):
    """The keys of a pad whose rows are at these heights, 7 8 9 on top."""
    places = {"0": (242, rows[3])}
    for row, three in enumerate(("789", "456", "123")):
        places |= {digit: (84 + 158 * n, rows[row]) for n, digit in enumerate(three)}
    return [places[digit] for digit in text]


class Window(ShopCase):
    HANDHELDS = 1  # a second one, headless, that hears of what the first does

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.display = Display("480x800x24")
        cls.addClassCleanup(cls.display.stop)
        cls.data = cls.shop.folder / "handheld-9"
        cls.start()
        cls.addClassCleanup(cls.end)

    @classmethod
    def start(cls):
        cls.process = subprocess.Popen(
            [BIN / "fangxin-handheld", "--data", cls.data, "--server", cls.shop.server.url,
             "--number", "9"], stderr=subprocess.DEVNULL, env=cls.display.env)
        wait_until(lambda: cls.display.shows("fangxin-handheld"), 30, "the window")

    @classmethod
    def end(cls):
        cls.process.send_signal(signal.SIGKILL)
        cls.process.wait()

    def setUp(self):
        super().setUp()
        self.addCleanup(self.leave)

    @classmethod
    def ops(cls, kind):
        return [op for op in cls.exported(cls, "ops")
                if op["terminal"] == "handheld-9" and op["kind"] == kind]

    def log_in(self, person):
        """Number and PIN by touch."""
        before = len(self.ops("logged_in"))

        def logged_in():
            self.display.key("Escape", "Escape")
            self.display.tap(OTHER_NUMBER, *digits(person[0], (425, 505, 582, 657)), ON)
            self.display.tap(*digits(person[1], (374, 466, 559, 651)), ON)
            time.sleep(0.5)
            return self.ops("logged_in")[before:]

        wait_until(logged_in, 30, "the login")

    def leave(self):
        """Home, and out: the next test begins at the login."""
        self.display.key(*["Escape"] * 12)
        time.sleep(0.5)
        self.display.tap(MORE)
        before = len(self.ops("logged_out"))
        self.display.key("4" if self.person == INSPECTOR else "3")
        wait_until(lambda: self.ops("logged_out")[before:], what="the logout")

    def work_as(self, person):
        self.person = person
        self.log_in(person)

    def batch(self, lot, **wanted):
        """The batch of this lot as the other handheld sees it, once it is so."""
        def seen():
            rows = self.handheld.must("list", what="batches", filter=lot)["rows"]
            return [row for row in rows if wanted.items() <= row.items()]

        return wait_until(seen, what=f"{lot} as {wanted}")[0]

    def receive_by_scan(self, lot):
        """To the question how much there is."""
        self.display.tap(RECEIVE)
        self.display.scan(gs1(MILK, lot=lot, production=day(-1)))

    def book(self):
        self.display.tap(ON)  # the quantity
        self.display.tap(ON)  # the usual supplier is chosen
        self.display.tap(ALL_IN_ORDER, ON)

    # RECV-1
    def test_what_is_received_by_touch_and_scan_is_sold_at_the_till(self):
        self.work_as(RECEIVER)
        self.receive_by_scan("HW1")
        self.display.tap(MORE_PIECES, MORE_PIECES)
        self.book()
        batch = self.batch("HW1", decision="released")
        self.assertEqual(batch["stock_milli"], 2000)
        wait_until(lambda: any(row["lot"] == "HW1" for row in
                               self.till.must("list", what="batches", filter="HW1")["rows"]))
        self.expect(self.scan(gs1(MILK, lot="HW1", production=day(-1))), "allow", basis="coded",
                    lot="HW1")
        self.assertEqual(self.pay(450)["total_fen"], 450)

    # SAFE-6
    def test_what_is_quarantined_here_is_refused_at_the_till(self):
        self.receive("130101", "HW2", production=day(-1))
        self.work_as(RECEIVER)
        code = gs1(MILK, lot="HW2", production=day(-1))
        self.display.scan(code)
        self.display.tap(QUARANTINE)
        self.display.key("1")
        self.display.tap(ON)
        self.batch("HW2", decision="quarantined")
        wait_until(lambda: self.judge(code)["verdict"] == "block", what="the block at the till")
        self.expect(self.judge(code), "block", "quarantined")

    # SAFE-2
    def test_a_recall_made_here_stops_the_sale(self):
        self.work_as(INSPECTOR)
        self.display.tap(MORE)
        self.display.key("1")
        self.display.scan(NOODLES)
        for choice in "311":  # the whole item, level I, the maker's notice
            time.sleep(1)   # a key struck twice is not meant for what comes next
            self.display.key(choice)
        self.display.tap(ON)
        recall = wait_until(lambda: self.ops("recall_made"), what="the recall")[0]
        self.assertEqual(recall["person"], INSPECTOR[0])
        wait_until(lambda: self.judge(NOODLES)["verdict"] == "block", what="the block at the till")

    # RECV-1
    def test_a_delivery_outlives_a_kill(self):
        self.work_as(RECEIVER)
        self.receive_by_scan("HW3")
        self.display.tap(MORE_PIECES)
        wait_until(lambda: "quantity 1" in (asked_of(
            self.data / "terminal.db",
            "SELECT value FROM meta WHERE key = 'receive_draft'") or [("",)])[0][0],
            what="the draft on the disk")
        self.end()
        self.start()
        self.log_in(RECEIVER)         # the delivery is on the screen again
        self.book()
        batch = self.batch("HW3", decision="released")
        self.assertEqual(batch["stock_milli"], 1000)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
