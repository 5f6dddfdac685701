#!/usr/bin/python3
"""A block is in force everywhere at once, and everybody can see where (SAFE-6, SAFE-9)."""
import datetime
import subprocess
import time
import unittest

from processes import spawn
from shop_case import (BIN, CASHIER, MANAGER, NOODLES, SAMPLE_SHOP, ShopCase, asked_of, barcode,
                       clear, day, gs1, wait_drafted, wait_until)


class Blocks(ShopCase):
    TILLS = 2
    HANDHELDS = 1

    def blocked_within_a_second(self, till, since, asked, line, reason):
        _, seen, event = till.wait_event("line_blocked", since, timeout=5)
        self.assertLess(seen - asked, 1.0)
        self.assertEqual((event["line"], event["blocked"]), (line, True))
        self.assertIn(reason, event["reasons"])

    # SAFE-6
    def test_a_quarantine_at_the_handheld_blocks_at_the_till_within_a_second(self):
        code = gs1(barcode("180101"), production=day(-27))
        batch = self.scan(code)["batch"]
        self.scan(barcode("170101"))
        since, asked = self.till.event_count(), time.monotonic()
        self.handheld.must("quarantine", batch=batch, reason="有异味")
        self.blocked_within_a_second(self.till, since, asked, 1, "quarantined")
        self.refused(self.till.ask("pay_cash", tendered_fen=10000), "line_blocked")
        self.refused(self.till.ask("quantity", line=1, quantity=2), "line_blocked")
        self.till.must("void", line=1)
        self.assertEqual(self.pay(10000)["total_fen"], 1490)
        self.expect(self.judge(code), "block", "quarantined")
        other = self.tills[1]
        wait_until(lambda: self.judge(code, other)["verdict"] == "block",
                   asked + 1 - time.monotonic(), "the block at the other till")

    # SAFE-6
    def test_releasing_it_gives_it_back_within_a_second(self):
        code = gs1(barcode("180102"), production=day(-43))
        batch = self.judge(code)["batch"]
        self.handheld.must("quarantine", batch=batch, reason="待复检")
        wait_until(lambda: self.judge(code)["verdict"] == "block", 1)
        self.handheld.must("release", batch=batch, reason="复检合格")
        wait_until(lambda: self.judge(code)["verdict"] == "allow", 1)
        self.scan(code)
        self.pay(10000)

    # SAFE-6
    def test_a_line_that_was_blocked_may_be_paid_after_its_release(self):
        code = gs1(barcode("180103"), production=day(-37))
        batch = self.scan(code)["batch"]
        since = self.till.event_count()
        self.handheld.must("quarantine", batch=batch, reason="待复检")
        self.till.wait_event("line_blocked", since)
        self.handheld.must("release", batch=batch, reason="复检合格")
        wait_until(lambda: self.till.ask("pay_cash", tendered_fen=10000)["ok"], 1)

    # SAFE-6
    def test_a_failed_test_blocks_as_fast(self):
        code = gs1(barcode("180104"), production=day(-32))
        batch = self.scan(code)["batch"]
        since, asked = self.till.event_count(), time.monotonic()
        self.handheld.must("test_result", batch=batch, result="failed", kind="二氧化硫")
        self.blocked_within_a_second(self.till, since, asked, 1, "failed_test")
        self.handheld.must("test_result", batch=batch, result="passed", kind="二氧化硫")
        clear(self.till)
        wait_until(lambda: self.judge(code)["verdict"] == "allow", 1)

    # SAFE-6
    def test_a_recall_on_the_server_reaches_open_and_held_baskets(self):
        code = gs1(barcode("170102"), lot="WJ234C")
        self.scan(code)
        hold = self.till.must("hold")["hold"]
        self.scan(code)
        self.scan(code, self.tills[1])
        since = [till.event_count() for till in self.tills]
        asked = time.monotonic()
        made = self.recall("170102", "--lot", "WJ234C", level="I")
        for till, start in zip(self.tills, since):
            self.blocked_within_a_second(till, start, asked, 1, "recalled")
            clear(till)
        since = self.till.event_count()
        resumed = self.till.must("resume", hold=hold)
        self.assertTrue(resumed["basket"]["lines"][0]["blocked"])
        self.till.wait_event("line_blocked", since, timeout=1)
        self.refused(self.till.ask("pay_cash", tendered_fen=10000), "line_blocked")
        clear(self.till)
        self.expect(self.judge(gs1(barcode("170102"), lot="ZJ627J")), "allow")
        self.shop.server.command("lift", "--recall", made["recall"], "--reason", "复检合格")
        wait_until(lambda: self.judge(code)["verdict"] == "allow", 1)

    # SAFE-6, SAFE-2
    def test_a_line_whose_batch_is_assumed_turns_into_a_question_when_a_lot_is_recalled(self):
        self.scan(barcode("110102"))  # two lots, none known to be bad
        since = self.till.event_count()
        self.recall("110102", "--lot", "CZ968H")
        wait_until(lambda: self.till.ask("list", what="blocks", filter="CZ968H")["rows"])
        refused = wait_until(lambda: self.till.ask("pay_cash", tendered_fen=100000))
        self.refused(refused, "line_verify")
        self.till.wait_event("line_verify", since)
        answer = self.till.must("verify", lot="BW454B")
        self.assertFalse(answer["basket"]["lines"][0]["blocked"])
        self.pay(100000)

    # SAFE-6
    def test_a_recall_of_a_whole_item_or_of_dates_is_in_force(self):
        made = self.recall(barcode("180112"))
        wait_until(lambda: self.judge(barcode("180112"))["verdict"] == "block", 1)
        self.expect(self.judge(barcode("180112")), "block", "recalled")
        self.shop.server.command("lift", "--recall", made["recall"], "--reason", "误报")
        wait_until(lambda: self.judge(barcode("180112"))["verdict"] == "allow", 1)
        self.recall("190101", "--from", day(-25).isoformat(), "--to", day(-15).isoformat())
        coke = barcode("190101")
        wait_until(lambda: self.judge(gs1(coke, production=day(-19)))["verdict"] == "block", 1)
        for made_on, verdict in ((-19, "block"), (-15, "block"), (-25, "block"), (-9, "allow"),
                                 (-59, "allow")):
            self.assertEqual(self.judge(gs1(coke, production=day(made_on)))["verdict"], verdict)

    # SAFE-9
    def test_each_terminal_acknowledges_each_block_and_status_shows_it(self):
        made = self.recall("170103", "--lot", "CN724J")

        def all_have_it():
            rows = self.shop.server.command("status")[0]["terminals"]
            return [row for row in rows if row["block_cursor"] >= made["ver"]]

        rows = wait_until(lambda: len(all_have_it()) == 3 and all_have_it(), 2)
        self.assertEqual(sorted(row["terminal"] for row in rows),
                         ["handheld-1", "till-1", "till-2"])
        self.assertTrue(all(row["blocks_since"] for row in rows))

        def listed():
            return {row["terminal"]: row["has_all_blocks"]
                    for row in self.handheld.must("list", what="terminals")["rows"]}

        wait_until(lambda: listed() == {"handheld-1": True, "till-1": True, "till-2": True},
                   what="the list of who has it")
        acks = [op for op in self.exported("ops") if op["kind"] == "blocks_applied"]
        self.assertEqual({op["terminal"] for op in acks}, {"handheld-1", "till-1", "till-2"})


class Offline(ShopCase):
    """Tills that lose the server, and terminals that stay away."""
    TILLS = 2
    HANDHELDS = 1

    def disconnect(self):
        for till in self.tills:  # who is not connected yet loses no server
            wait_until(lambda till=till: till.ask("sync")["ok"], 10, "a till with its server")
        since = [till.event_count() for till in self.tills]
        self.shop.server.kill()
        for till, start in zip(self.tills, since):
            till.wait_event("server_down", start, timeout=3)

    def reconnect(self):
        since = [till.event_count() for till in self.tills]
        self.shop.server.start()
        for till, start in zip(self.tills, since):
            till.wait_event("server_up", start, timeout=10)

    # SAFE-6
    def test_a_recall_made_offline_is_in_force_there_and_reaches_the_others_later(self):
        code = gs1(barcode("170113"), lot="RY503G")
        self.disconnect()
        self.refused(self.till.ask("recall", code=barcode("170113"), lot="RY503G", level="I",
                                   reason="异物"), "not_allowed")
        self.scan(code)
        hold = self.till.must("hold")["hold"]
        self.till.login(*MANAGER)
        self.till.must("recall", code=barcode("170113"), lot="RY503G", level="I", reason="异物")
        self.till.login(*CASHIER)
        self.expect(self.judge(code), "block", "recalled")
        self.assertTrue(self.till.must("resume", hold=hold)["basket"]["lines"][0]["blocked"])
        clear(self.till)
        self.expect(self.judge(code, self.tills[1]), "allow")  # it cannot know yet
        self.scan(code, self.tills[1])
        since = self.tills[1].event_count()
        self.reconnect()
        self.tills[1].wait_event("line_blocked", since, timeout=10)
        clear(self.tills[1])
        self.expect(self.judge(code, self.tills[1]), "block", "recalled")

    # SAFE-6
    def test_a_recall_in_an_open_basket_made_offline_turns_the_line_red_at_once(self):
        self.disconnect()
        self.addCleanup(self.reconnect)
        self.till.login(*MANAGER)
        self.addCleanup(self.till.login, *CASHIER)
        self.scan(gs1(barcode("170104"), lot="TW661K"))
        since = self.till.event_count()
        answer = self.till.must("recall", code=barcode("170104"), lot="TW661K", level="II",
                                reason="标签有误")
        self.till.wait_event("line_blocked", since, timeout=1)
        self.assertTrue(self.till.must("list", what="holds")["basket"]["lines"][0]["blocked"],
                        answer)
        self.refused(self.till.ask("pay_cash", tendered_fen=10000), "line_blocked")

    # SAFE-6
    def test_a_till_that_was_away_is_told_when_it_comes_back_before_it_is_paid(self):
        code = gs1(barcode("170106"), lot="EW606C")
        self.scan(code, self.tills[1])
        wait_drafted(self.tills[1])  # a crash may cost the scan of the last moment
        self.tills[1].kill()
        self.recall("170106", "--lot", "EW606C")
        self.tills[1].start()
        answer = self.tills[1].login("1002", "591746")
        self.assertEqual(len(answer["basket"]["lines"]), 1)
        self.refused(self.tills[1].ask("pay_cash", tendered_fen=10000), "line_blocked")

    # SAFE-9
    def test_a_terminal_that_has_not_the_newest_block_is_named_with_since_when(self):
        first = self.recall("170109", "--lot", "FIRST")
        handheld = self.handheld
        cursors = lambda: {row["terminal"]: row["block_cursor"]
                           for row in self.shop.server.command("status")[0]["terminals"]}
        wait_until(lambda: min(cursors().values()) >= first["ver"])
        self.tills[1].kill()
        try:
            second = self.recall("170109", "--lot", "SECOND")

            def listed():
                rows = handheld.must("list", what="terminals")["rows"]
                have = {row["terminal"]: row["has_all_blocks"] for row in rows}
                return have == {"handheld-1": True, "till-1": True, "till-2": False}

            wait_until(listed, 2, "the list of who has it")
            status = cursors()
            self.assertGreaterEqual(status["till-1"], second["ver"])
            self.assertGreaterEqual(status["till-2"], first["ver"])
            self.assertLess(status["till-2"], second["ver"])
        finally:
            self.tills[1].start()
            self.tills[1].login("1002", "591746")
        wait_until(lambda: cursors()["till-2"] >= second["ver"], 5)


    # SAFE-6
    def test_blocks_older_than_a_day_are_told_and_stop_no_sale(self):
        def hours_from_now(hours):
            moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
            return self.till.must("clock", at=moment.isoformat(timespec="seconds"))

        self.assertEqual(self.judge(NOODLES)["block_age_s"], 0)
        self.disconnect()
        hours_from_now(13)
        answer = self.judge(NOODLES)
        self.assertNotIn("blocks_old", answer["banners"])
        self.assertAlmostEqual(answer["block_age_s"], 13 * 3600, delta=120)
        hours_from_now(25)  # twice less than a day: no question about the clock
        answer = self.scan(NOODLES)
        self.assertIn("blocks_old", answer["banners"])
        self.assertAlmostEqual(answer["block_age_s"], 25 * 3600, delta=120)
        self.pay(1490)
        hours_from_now(0)
        self.till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        self.reconnect()
        answer = self.judge(NOODLES)
        self.assertEqual((answer["block_age_s"], answer["banners"]), (0, ["test_shop"]))


class WhileImporting(ShopCase):
    # SAFE-6
    def test_a_recall_does_not_wait_for_an_import(self):
        importing = spawn(
            [BIN / "fangxin-server", "--data", self.shop.server.data, "import", SAMPLE_SHOP,
             "--test-shop", "--generate", "30000"], stdout=subprocess.DEVNULL)
        self.addCleanup(importing.wait)
        # `status` would stand behind the import: the server's own file tells that it writes.
        items = lambda: asked_of(self.shop.server.data / "store.db", "SELECT count(*) FROM items")
        before = items()
        wait_until(lambda: items() > before, 20, "the import's first rows")
        since = self.till.event_count()
        asked = time.monotonic()
        made = self.recall("170101", "--lot", "NR40D")
        _, told, _ = self.till.wait_event("block_applied", since, 5,
                                          lambda e: made["recall"] in e["blocks"])
        self.assertIsNone(importing.poll(), "the import was over before the recall")
        self.assertLess(told - asked, 1.0)


class NeverHeard(ShopCase):
    """A shop whose first block comes when one till is away."""
    TILLS = 2

    # SAFE-9
    def test_a_till_that_never_had_a_block_is_listed_as_not_having_it(self):
        listed = lambda: self.till.must("list", what="terminals")["rows"]
        wait_until(lambda: len(listed()) == 2, 20, "a till that has heard of the other one")
        self.tills[1].kill()
        made = self.recall("170101", "--lot", "NR40D")

        wait_until(lambda: self.till.must("list", what="blocks")["block_cursor"] >= made["ver"], 2)
        self.assertEqual({row["terminal"]: row["has_all_blocks"] for row in listed()},
                         {"till-1": True, "till-2": False})
        cursors = {row["terminal"]: row["block_cursor"]
                   for row in self.shop.server.command("status")[0]["terminals"]}
        self.assertLess(cursors["till-2"], made["ver"])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
