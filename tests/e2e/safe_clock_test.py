#!/usr/bin/python3
"""The clock can neither sell expired goods nor stop the shop (SAFE-4, SAFE-8; rules 3)."""
import datetime
import unittest

from shop_case import (CASHIER, LEAD, MANAGER, MANAGER_2, MILK, NOODLES, YOGHURT, Shop, ShopCase,
                       at, barcode, clear, day, gs1)

MILK_LOT = gs1(MILK, lot="SX88A")  # made three days ago, 21 days of life: good through day 18


def seconds_off(instant):
    """How far this is from the time that it really is."""
    told = datetime.datetime.fromisoformat(instant)
    return abs((told - datetime.datetime.now(datetime.timezone.utc)).total_seconds())


def time_of(till):
    """The till's time, as it tells it to a manager."""
    return till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])["now"]


class Clock(ShopCase):
    TILLS = 2

    def setUp(self):
        super().setUp()
        self.addCleanup(self.put_right)

    def put_right(self):
        """The test clock back to today, confirmed by a manager."""
        self.till.must("clock", at=at(day(0)))
        self.till.ask("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])

    def set_clock(self, date, clock="12:00:00", confirm=True):
        answer = self.till.must("clock", at=at(date, clock))
        if confirm and answer["clock_unknown"]:
            self.till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        return answer

    # SAFE-4
    def test_goods_are_good_through_the_end_of_their_expiry_date(self):
        self.set_clock(day(18), "23:59:50")
        self.expect(self.judge(MILK_LOT), "warn", "near_expiry")
        self.set_clock(day(19), "00:00:00")
        self.expect(self.judge(MILK_LOT), "block", "expired")

    # SAFE-4
    def test_a_line_in_the_basket_expires_at_midnight_too(self):
        self.set_clock(day(18), "23:59:30")
        self.scan(MILK_LOT)
        self.set_clock(day(19), "00:00:05")
        self.refused(self.till.ask("pay_cash", tendered_fen=1000), "line_blocked")

    # SAFE-4
    def test_a_life_in_hours_ends_at_its_minute(self):
        toast = f"]d201{barcode('390101').zfill(14)}7003{day(1):%y%m%d}1630"
        self.set_clock(day(1), "16:29:00")
        self.assertIn(self.judge(toast)["verdict"], ("allow", "warn"))
        self.set_clock(day(1), "16:31:00")
        self.expect(self.judge(toast), "block", "expired")

    # SAFE-5
    def test_the_day_after_near_expiry_began_says_so(self):
        self.set_clock(day(12))  # six days before the end: the tier of 21 days is five
        self.expect(self.judge(MILK_LOT), "allow")
        self.set_clock(day(13))
        self.expect(self.judge(MILK_LOT), "warn", "near_expiry")

    # SAFE-8
    def test_a_jump_of_more_than_a_day_asks_a_manager_with_both_dates(self):
        answer = self.set_clock(day(2), "13:00:00", confirm=False)
        self.assertTrue(answer["clock_unknown"])
        self.assertTrue(answer["clock_question"]["clock"].startswith(day(2).isoformat()))
        self.assertTrue(answer["clock_question"]["journal"].startswith(day(0).isoformat()))
        blocked = self.scan(NOODLES)
        self.expect(blocked, "block", "clock_unknown")
        self.assertTrue(blocked["message"])
        clear(self.till)
        ask = lambda person: self.till.ask("clock_answer", right="clock", person=person[0],
                                           pin=person[1])
        self.refused(ask(CASHIER), "not_allowed")
        self.refused(ask(LEAD), "not_allowed")
        self.refused(ask((MANAGER_2[0], "000000")), "wrong_pin")
        self.refused(self.till.ask("clock_answer", right="neither", person=MANAGER[0],
                                   pin=MANAGER[1]), "bad_value")
        self.expect(self.scan(NOODLES), "block", "clock_unknown")
        clear(self.till)
        self.assertTrue(ask(MANAGER)["ok"])
        self.expect(self.scan(NOODLES), "allow")
        self.pay(1500)

    # SAFE-8
    def test_an_open_basket_is_not_paid_while_the_date_is_unknown(self):
        self.scan(NOODLES)
        self.set_clock(day(3), confirm=False)
        refused = self.till.ask("pay_cash", tendered_fen=1500)
        self.refused(refused, "line_blocked")
        self.till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        self.pay(1500)

    # SAFE-8
    def test_less_than_a_day_asks_nobody(self):
        answer = self.till.must("clock", at=at(day(0), "23:50:00"))
        self.assertFalse(answer["clock_unknown"])
        self.expect(self.judge(NOODLES), "allow")

    # SAFE-8
    def test_a_clock_set_back_does_not_sell_expired_goods(self):
        expired = gs1(YOGHURT, lot="YG52X")
        self.set_clock(day(-20), confirm=False)
        self.assertEqual(self.judge(expired)["verdict"], "block")
        self.till.must("clock_answer", right="journal", person=MANAGER[0], pin=MANAGER[1])
        self.expect(self.judge(expired), "block", "expired")
        self.expect(self.scan(NOODLES), "allow")  # and the shop goes on
        self.pay(1500)

    # SAFE-8
    def test_the_year_2099_neither_sells_nor_leaves_a_mark(self):
        before = self.judge(MILK_LOT)
        self.till.must("clock", at="2099-01-01T00:00:00+08:00")
        self.assertIn("clock_unknown", self.judge(MILK_LOT)["reasons"])
        self.set_clock(day(0), confirm=False)
        after = self.judge(MILK_LOT)
        self.assertEqual((after["verdict"], after["reasons"], after["batch"]),
                         (before["verdict"], before["reasons"], before["batch"]))
        self.assertNotIn("clock_question", after)

    # SAFE-8
    def test_a_wrong_date_that_a_manager_took_for_right_leaves_no_mark_once_corrected(self):
        self.set_clock(day(400))
        self.expect(self.judge(MILK_LOT), "block", "expired")
        answer = self.set_clock(day(0), confirm=False)
        self.assertTrue(answer["clock_unknown"])
        self.till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        self.expect(self.scan(MILK_LOT), "allow")
        self.pay(500)

    # SAFE-8
    def test_another_tills_clock_is_not_touched_and_the_server_keeps_its_time(self):
        self.set_clock(day(400))
        for till in self.tills:
            till.must("sync")  # what the first till did with its clock has been everywhere
        self.expect(self.judge(MILK_LOT, self.tills[1]), "allow")
        batches = self.tills[1].must("list", what="batches", filter="SX88A")["rows"]
        self.assertEqual(batches[0]["age"], "fresh")
        self.assertLess(seconds_off(time_of(self.tills[1])), 60)
        for row in self.shop.server.command("status")[0]["terminals"]:
            self.assertLess(seconds_off(row["last_seen"]), 60, row)
        self.assertGreater(seconds_off(time_of(self.till)), 399 * 86400)

    # SAFE-8
    def test_every_change_and_answer_is_journalled(self):
        self.set_clock(day(5))
        self.till.must("sync")
        said = [op["body"] for op in self.exported("ops") if op["kind"] == "clock"]
        self.assertTrue(any('"set"' in body for body in said))
        self.assertTrue(any('"confirmed"' in body and '"1601"' in body for body in said))

    # SAFE-8
    def test_the_clock_is_set_with_a_whole_instant_or_refused(self):
        for wrong in ("tomorrow", "2026-13-01T00:00:00+08:00", "2026-01-01", ""):
            self.refused(self.till.ask("clock", at=wrong), "bad_value")
        self.refused(self.till.ask("clock"), "bad_argument")
        self.refused(self.till.ask("clock", at=5), "bad_argument")


class RealShop(unittest.TestCase):
    # SAFE-8
    def test_in_a_real_shop_the_action_does_not_exist(self):
        with Shop(test_shop=False) as shop:
            shop.start_server()
            till = shop.till()
            till.login(*MANAGER)
            answer = till.ask("clock", at=at(day(-20)))
            self.assertEqual((answer["ok"], answer["error"]), (False, "only_test_shop"))


class Restart(ShopCase):
    # SAFE-8
    def test_after_a_restart_without_a_server_the_time_is_that_of_the_system(self):
        self.till.must("sync")
        self.till.stop()
        self.till.server = None
        self.till.start()
        answer = self.till.login(*CASHIER)
        self.assertNotIn("clock_question", answer)
        self.assertLess(seconds_off(time_of(self.till)), 60)
        self.expect(self.judge(MILK_LOT), "allow")

    # SAFE-8
    def test_a_confirmed_future_date_asks_again_after_a_restart_and_can_be_put_right(self):
        self.till.must("clock", at=at(day(30)))
        self.till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        self.scan(NOODLES)
        self.pay(1500)
        self.till.kill()
        self.till.start()
        answer = self.till.login(*CASHIER)
        self.assertIn("clock_question", answer)
        self.expect(self.judge(NOODLES), "block", "clock_unknown")
        self.assertLess(seconds_off(time_of(self.till)), 60)
        self.expect(self.judge(MILK_LOT), "allow")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
