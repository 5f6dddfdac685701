#!/usr/bin/python3
"""The handheld's window, worked with by touch and a keyboard scanner on its own display."""
import datetime
import time
import unittest

from shop_case import (INSPECTOR, MILK, NOODLES, RECEIVER, Failed, ShopCase, clear, day, gs1,
                       wait_until)
from windows import ALL_IN_ORDER, MORE, MORE_PIECES, ON, RECEIVE, Window

QUARANTINE = (366, 671)


class InTheWindow(ShopCase):
    HANDHELDS = 1  # a second one, headless, that hears of what the first does

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = Window(cls.shop, 9, "fangxin-handheld")
        cls.addClassCleanup(cls.window.stop)
        cls.window.open()
        cls.display = cls.window.display

    def setUp(self):
        super().setUp()
        self.addCleanup(self.leave)

    def tap(self, *places):
        for place in places:
            self.window.tap(place)

    def leave(self):
        """Home, and out: the next test begins at the login, wherever this one ended."""
        before = len(self.window.ops("logged_out"))
        inside = len(self.window.ops("logged_in")) > before
        choice = "5" if self.person == INSPECTOR else "4"

        def left():
            self.window.type(*["Escape"] * 12)
            self.window.tap(MORE)
            self.window.type(choice)
            try:
                return self.window.comes("logged_out", before, 4)
            except Failed:
                return None

        if inside:
            wait_until(left, 30, "the logout")

    def work_as(self, person):
        self.person = person
        self.window.log_in(person, self.window.by_touch)

    def batch(self, lot, **wanted):
        """The batch of this lot as the other handheld sees it, once it is so."""
        def seen():
            rows = self.handheld.must("list", what="batches", filter=lot)["rows"]
            return [row for row in rows if wanted.items() <= row.items()]

        return wait_until(seen, what=f"{lot} as {wanted}")[0]

    def receive_by_scan(self, lot):
        """To the question how much there is."""
        self.tap(RECEIVE)
        self.window.scan(gs1(MILK, lot=lot, production=day(-1)))

    def book(self):
        self.tap(ON)  # the quantity
        self.tap(ON)  # the usual supplier is chosen
        self.tap(ALL_IN_ORDER, ON)

    def blocked_within_a_second(self, since, kind, before):
        """From what the handheld journalled to the red line at the till."""
        made = datetime.datetime.fromisoformat(self.window.comes(kind, before)["at"])
        _, seen, event = self.till.wait_event("line_blocked", since, timeout=10)
        seen_at = time.time() - (time.monotonic() - seen)
        self.assertLess(seen_at - made.timestamp(), 1.0)
        self.assertTrue(event["blocked"])

    # RECV-1
    def test_what_is_received_by_touch_and_scan_is_sold_at_the_till(self):
        self.work_as(RECEIVER)
        self.receive_by_scan("HW1")
        self.tap(MORE_PIECES, MORE_PIECES)
        self.book()
        batch = self.batch("HW1", decision="released")
        self.assertEqual(batch["stock_milli"], 2000)
        wait_until(lambda: any(row["lot"] == "HW1" for row in
                               self.till.must("list", what="batches", filter="HW1")["rows"]))
        self.expect(self.scan(gs1(MILK, lot="HW1", production=day(-1))), "allow", basis="coded",
                    lot="HW1")
        self.assertEqual(self.pay(450)["total_fen"], 450)

    # SAFE-6
    def test_what_is_quarantined_here_is_refused_at_the_till_within_a_second(self):
        self.receive("130101", "HW2", production=day(-1))
        self.work_as(RECEIVER)
        code = gs1(MILK, lot="HW2", production=day(-1))
        self.expect(self.scan(code), "allow")
        since, before = self.till.event_count(), len(self.window.ops("batch_quarantined"))
        self.window.scan(code)
        self.tap(QUARANTINE)
        self.window.key("1")
        self.tap(ON)
        self.blocked_within_a_second(since, "batch_quarantined", before)
        self.refused(self.till.ask("pay_cash", tendered_fen=1000), "line_blocked")
        clear(self.till)
        self.expect(self.judge(code), "block", "quarantined")

    # SAFE-6, SAFE-7
    def test_a_recall_made_here_stops_the_sale_within_a_second(self):
        self.work_as(INSPECTOR)
        self.expect(self.scan(NOODLES), "allow")
        since, before = self.till.event_count(), len(self.window.ops("recall_made"))
        self.tap(MORE)
        self.window.key("1")
        self.window.scan(NOODLES)
        for choice in "311":  # the whole item, level I, the maker's notice
            self.window.key(choice)
        self.tap(ON)
        self.blocked_within_a_second(since, "recall_made", before)
        recall, = self.window.ops("recall_made")[before:]
        self.assertEqual((recall["person"], recall["data"]["item"], recall["data"]["level"]),
                         (INSPECTOR[0], "170101", "I"))
        self.refused(self.till.ask("pay_cash", tendered_fen=2000), "line_blocked")
        clear(self.till)
        self.expect(self.judge(NOODLES), "block", "recalled")

    # RECV-1
    def test_a_delivery_outlives_a_kill(self):
        self.work_as(RECEIVER)
        self.receive_by_scan("HW3")
        self.tap(MORE_PIECES)
        wait_until(lambda: "quantity 1" in (self.window.on_disk(
            "SELECT value FROM meta WHERE key = 'receive_draft'") or [("",)])[0][0],
            what="the draft on the disk")
        self.window.kill()
        self.window.open()
        self.work_as(RECEIVER)        # the delivery is on the screen again
        self.book()
        batch = self.batch("HW3", decision="released")
        self.assertEqual(batch["stock_milli"], 1000)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
