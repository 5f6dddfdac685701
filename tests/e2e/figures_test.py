#!/usr/bin/python3
"""What a page asks of the server alone: the day so far, to terminals that were let in."""
import time
import unittest

from shop_case import NOODLES, wait_until
from wire import WireCase, hello


class Figures(WireCase):
    TILLS = 1

    def figures(self, wire, number, block=""):
        wire.say("ask_figures", id=number, block=block)
        answer = wire.hear("figures")
        self.assertIsNotNone(answer, "it was not answered")
        self.assertEqual((answer["id"], answer["block"]), (number, block))
        return answer

    def turned_away(self, wire):
        self.assertIsNone(wire.hear("figures", timeout=3))

    def sell(self):
        self.till.must("scan", code=NOODLES)
        receipt = self.till.must("pay_cash", tendered_fen=1490)["receipt"]
        return receipt["total_fen"] - receipt["rounding_fen"]

    def test_a_terminal_is_told_the_sum_of_what_was_sold_today(self):
        wire = self.welcomed()
        before = self.figures(wire, 1)
        sold = sum(self.sell() for _ in range(3))
        self.assertEqual(self.till.must("sync")["unsent"], 0)
        after = self.figures(wire, 2)
        self.assertEqual(after["sales_fen"] - before["sales_fen"], sold)
        self.assertEqual(after["sales_count"] - before["sales_count"], 3)
        self.assertEqual(sum(hour["fen"] for hour in after["hours"]), after["sales_fen"])
        self.assertEqual([hour["hour"] for hour in after["hours"]],
                         sorted({hour["hour"] for hour in after["hours"]}))
        connected = {row["terminal"]: row["connected"] for row in after["terminals"]}
        self.assertTrue(connected["till-1"] and connected["till-90"])

    def test_who_was_not_let_in_is_told_nothing(self):
        early = self.wire()
        early.say("ask_figures", id=1, block="")
        self.turned_away(early)
        for changed in ({"role": "server"}, {"role": "customer"}, {"terminal": ""},
                        {"terminal": "till-1", "role": "handheld"}, {"protocol_min": 9}):
            with self.subTest(**changed):
                wire = self.wire()
                wire.say("hello", **{**hello("till-91"), **changed})
                wire.say("ask_figures", id=1, block="")
                self.turned_away(wire)

    def test_of_a_block_that_is_none_nothing_is_told(self):
        wire = self.welcomed()
        strange = ("no such block", "R-server-1-999999", "' OR 1=1 --", "放心")
        for number, block in enumerate(strange):
            answer = self.figures(wire, number + 1, block)
            self.assertEqual((answer["acks"], answer["certain_receipts"],
                              answer["possible_receipts"]), ([], 0, 0))

    # SAFE-9
    def test_of_a_recall_it_is_told_who_has_it(self):
        made = self.recall("170101", "--lot", "NR40D")["recall"]
        wire = self.welcomed()

        def who_has_it():
            return [ack["terminal"] for ack in self.figures(wire, 1, made)["acks"]]

        wait_until(lambda: who_has_it() == ["till-1"])  # and not till-90, which only listens

    # SAFE-9
    def test_a_terminal_that_only_listened_was_seen_until_its_line_ended(self):
        asks = self.welcomed()

        def seen():
            return {row["terminal"]: row["seen_ms"]
                    for row in self.figures(asks, 1)["terminals"]}["till-92"]

        listens = self.welcomed("till-92")
        greeted = seen()
        time.sleep(0.3)
        listens.say("ping", now_ms=0)
        self.assertIsNotNone(listens.hear("pong"))
        listens.close()
        wait_until(lambda: seen() >= greeted + 300)

    def test_a_question_that_is_none_or_too_large_ends_the_line_and_no_more(self):
        for members in ({"id": 1}, {"block": ""}, {"id": "1", "block": ""}, {"id": 1, "block": 7},
                        {"id": 1.5, "block": ""}, {"id": 1, "block": "x" * 1_200_000}):
            with self.subTest(str(members)[:40]):
                wire = self.welcomed()
                try:
                    wire.say("ask_figures", **members)
                except ConnectionError:
                    pass  # closed while it still spoke
                self.turned_away(wire)
        self.assertGreaterEqual(self.figures(self.welcomed(), 1)["sales_fen"], 0)
        self.sell()

    def test_questions_that_are_poured_in_are_answered_one_at_a_time(self):
        wire = self.welcomed()
        for number in range(1, 501):
            wire.say("ask_figures", id=number, block="")
        answered = [0]
        while answered[-1] < 500:  # whichever are passed over, the last is answered
            answered.append(wire.hear("figures", timeout=20)["id"])
        self.assertEqual(answered, sorted(set(answered)))
        self.assertIn(1, answered)
        self.figures(wire, 501)
        self.assertEqual(self.till.must("sync")["unsent"], 0)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
