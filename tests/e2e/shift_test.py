#!/usr/bin/python3
"""Shifts at the drawers of one shop (SALE-8, SALE-18, SALE-19), through the headless till."""
import json
import unittest

from shop_case import (CASHIER, CASHIER_2, LEAD, MANAGER, NOODLES, ShopCase, receipt_text,
                       wait_until)

PRICE = 1490  # of noodles, on whole jiao


class Shifts(ShopCase):
    PAPER = True
    TILLS = 2

    def setUp(self):
        super().setUp()
        self.addCleanup(self.end)

    def end(self):
        """Whatever a test left open is closed, and the cashier is at his till."""
        for person in (CASHIER, CASHIER_2, LEAD, MANAGER):
            self.till.login(*person)
            self.till.ask("shift_close", counted_fen=0, alone=True)
        self.till.login(*CASHIER)

    def sell(self, till=None, tendered=2_000):
        till = till or self.till
        till.must("scan", code=NOODLES)
        return till.must("pay_cash", tendered_fen=tendered)["receipt"]

    def approved(self, do, **arguments):
        return self.till.must(do, approver=LEAD[0], approver_pin=LEAD[1], **arguments)

    def paper_of(self, name, *words):
        """The last such paper, once it says these."""
        def text():
            papers = sorted(self.paper.glob(f"*{name}*.bin"))
            return receipt_text(papers[-1]) if papers else ""
        wait_until(lambda: all(word in text() for word in words), what=f"{words} on a {name}")
        return text()

    def ops(self, kind):
        return [json.loads(op["body"])["data"] for op in self.exported("ops")
                if op["kind"] == kind and op["terminal"] == "till-1"]

    # SALE-8, SALE-19
    def test_a_shift_from_its_float_to_its_z_report(self):
        opened = self.till.must("shift_open", float_fen=30_000)
        receipts = [self.sell() for _ in range(3)]
        self.approved("cash", what="paid_out", amount_fen=500, reason="胶带")
        self.approved("cash", what="drop", amount_fen=20_000, reason="缴款")
        now = self.till.must("shift")["shift"]
        self.assertEqual((now["shift"], now["sales"], now["adds_up"]), (opened["shift"], 3, True))
        self.assertNotIn("expected_fen", now, "a blind count")
        expected = 30_000 + sum(r["total_fen"] - r["rounding_fen"] for r in receipts) - 20_500
        end = self.till.must("shift_close", counted_fen=expected - 30)
        self.assertEqual((end["expected_fen"], end["difference_fen"]), (expected, -30))
        self.paper_of("z-report", f"Z 报表 {end['z']}", "短款", "-0.30", end["head"][:16])
        self.till.must("sync")
        closed = self.ops("shift_closed")[-1]
        ops = [op for op in self.exported("ops") if op["terminal"] == "till-1"]
        last = next(op for op in ops if op["seq"] == closed["to_seq"])
        self.assertEqual(last["hash"], closed["head"], "its chain's head")
        ours = [op for op in ops if closed["from_seq"] <= op["seq"] <= closed["to_seq"]]
        self.assertEqual([op["seq"] for op in ours],
                         list(range(closed["from_seq"], closed["to_seq"] + 1)))
        sales = [json.loads(op["body"])["data"] for op in ours if op["kind"] == "sale"]
        self.assertEqual(sum(s["total_fen"] - s["rounding_fen"] for s in sales),
                         sum(tender["amount_fen"] for tender in closed["tenders"]))
        self.assertEqual({s["shift"] for s in sales}, {opened["shift"]})

    # SALE-19: closing waits for no network, and a sale belongs to its shift whenever it comes.
    def test_a_shift_is_closed_without_the_server(self):
        self.till.must("shift_open", float_fen=0)
        self.shop.server.stop()
        try:
            self.till.wait_event("server_down")
            self.sell()
            self.assertEqual(self.till.must("shift_close", counted_fen=PRICE)["difference_fen"], 0)
        finally:
            self.shop.start_server()
        wait_until(lambda: self.till.ask("sync")["ok"], 20, "the server")
        self.assertEqual(self.ops("shift_closed")[-1]["sales"], 1)
        self.assertEqual(self.shop.server.command("rebuild", "--check")[-1]["differ"], 0)

    # SALE-19
    def test_a_large_difference_asks_for_the_shift_lead(self):
        self.till.must("shift_open", float_fen=50_000)
        refused = self.till.ask("shift_close", counts="10000:4;1000:4")
        self.assertEqual(refused["error"], "needs_second_person")
        self.assertNotIn("difference_fen", refused)
        end = self.approved("shift_close", counts="10000:4;1000:4")
        self.assertEqual(end["difference_fen"], -6_000)
        self.paper_of("z-report", "复核人", LEAD[0])

    # SALE-19: held baskets survive the change and are listed.
    def test_a_held_basket_waits_for_the_next_cashier(self):
        self.till.must("shift_open", float_fen=0)
        self.till.must("scan", code=NOODLES)
        held = self.till.must("hold")["hold"]
        self.assertEqual(self.till.must("shift_close", counted_fen=0)["held"], 1)
        self.paper_of("z-report", held)
        self.till.login(*CASHIER_2)
        self.till.must("shift_open", float_fen=0)
        self.till.must("resume", hold=held)
        self.till.must("pay_cash", tendered_fen=1_500)
        self.assertEqual(self.till.must("shift")["shift"]["sales"], 1)

    # SALE-8: what a role may not do alone (rules 8).
    def test_the_drawer_opens_without_a_sale_for_two_people_only(self):
        self.till.must("shift_open", float_fen=0)
        self.assertEqual(self.till.ask("open_drawer", reason="换零钱")["error"],
                         "needs_second_person")
        self.approved("open_drawer", reason="换零钱")
        self.till.must("x_report")
        self.paper_of("x-report", "空开钱箱")
        self.till.must("sync")
        opened = self.ops("drawer_opened")[-1]
        self.assertEqual((opened["reason"], opened["approved_by"]), ("换零钱", LEAD[0]))

    # SALE-18
    def test_the_day_ends_when_no_shift_is_open_any_more(self):
        self.till.must("shift_open", float_fen=0)
        self.sell()
        self.till.login(*MANAGER)
        self.assertEqual(self.till.ask("day_close")["error"], "shifts_open")
        self.end()
        self.till.login(*MANAGER)
        closed = self.till.must("day_close")
        self.assertGreaterEqual(closed["sales_fen"], PRICE)
        self.till.login(*CASHIER)
        self.assertNotEqual(self.till.must("shift_open", float_fen=0)["day"], closed["day"])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
