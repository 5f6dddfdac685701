#!/usr/bin/python3
"""Only a fair weight is sold (WEIGH-1, WEIGH-5), tried with a scale of its own kind."""
import json
import os
import pathlib
import tempfile
import time
import unittest
import unittest.mock

from shop import BIN
from shop_case import ITEMS, NOODLES, Scale, ShopCase, clear, receipt_text, wait_until

BANANA, TOMATO = "01011", "02014"


class Weighing(ShopCase):
    INSTRUMENT = "HC15-0001"
    PAPER = True

    @classmethod
    def devices(cls, number):
        cls.scale = Scale(cls.shop.folder / "scale")
        cls.addClassCleanup(cls.scale.stop)
        return super().devices(number) + f'''[scale]
port = "{cls.scale.link}"
protocol = "toledo-continuous"
instrument = "{cls.INSTRUMENT}"
'''

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till.wait_event("device", where=lambda e: (e["device"], e["state"])
                            == ("scale", "found"))

    def setUp(self):
        super().setUp()
        self.show("put 0")

    def show(self, words):
        """What the scale says now, and has said for a while."""
        self.scale.show(words)

    def weigh(self, plu=BANANA):
        self.till.must("plu", plu=plu)
        return self.till.ask("weigh")

    def sold(self, answer, grams, amount):
        self.assertTrue(answer["ok"], answer)
        line = answer["basket"]["lines"][-1]
        self.assertEqual((line["net_mg"], line["amount_fen"]), (grams * 1000, amount))
        return line


class GoodScale(Weighing):
    # WEIGH-1
    def test_a_stable_weight_is_sold_and_priced_exactly(self):
        for grams, amount in ((1234, 861), (250, 175), (2000, 1396), (14_995, 10467)):
            with self.subTest(grams=grams):
                self.show(f"put {grams}")
                line = self.sold(self.weigh(), grams, amount)
                self.assertEqual((line["tare_mg"], line["unit_price_fen"]), (0, 698))
                self.show("put 0")

    # WEIGH-5
    def test_a_load_whose_line_was_voided_may_be_weighed_again(self):
        self.show("put 1000")
        line = self.sold(self.weigh(), 1000, 698)
        self.refused(self.weigh(), "scale_pan_not_cleared")
        self.till.must("cancel")
        self.till.must("void", line=line["line"])
        self.sold(self.weigh(), 1000, 698)

    # WEIGH-1
    def test_a_quantity_said_before_does_not_multiply_a_weight(self):
        self.show("put 500")
        self.till.must("quantity", quantity=3)
        line = self.sold(self.weigh(), 500, 349)
        self.assertEqual(line["quantity"], 1)

    # WEIGH-1
    def test_a_weight_in_motion_over_or_under_range_is_not_sold(self):
        for words, error in (("move 900", "scale_motion"), ("over", "scale_over"),
                             ("under", "scale_under")):
            with self.subTest(words):
                self.show(words)
                answer = self.refused(self.weigh(), error)
                self.assertEqual((answer["screen"], answer["basket"]["lines"]), ("weigh", []))
                self.till.must("cancel")
        self.show("put 500")
        self.sold(self.weigh(), 500, 349)

    # WEIGH-5
    def test_trade_is_in_kilograms_only(self):
        self.show("pounds 900")
        self.refused(self.weigh(), "scale_fault")
        self.till.must("cancel")
        self.show("put 900")
        self.sold(self.weigh(), 900, 628)

    # WEIGH-1
    def test_less_than_the_minimum_load_is_not_sold(self):
        for grams in (0, 5, 99):
            self.show(f"put {grams}")
            self.refused(self.weigh(), "scale_below_minimum")
        self.show("put 100")
        self.sold(self.weigh(), 100, 70)

    # WEIGH-1
    def test_the_items_tare_is_taken_off(self):
        tare_mg = int(ITEMS["380116"]["tare_mg"])
        self.show("put 515")
        self.till.must("plu", plu="01025")
        line = self.till.must("weigh")["basket"]["lines"][-1]
        self.assertEqual((line["tare_mg"], line["net_mg"]), (tare_mg, 515_000 - tare_mg))
        self.assertEqual(line["amount_fen"], 1990)

    # WEIGH-5
    def test_the_pan_must_clear_or_change_between_two_lines(self):
        self.show("put 1234")
        self.sold(self.weigh(), 1234, 861)
        self.refused(self.weigh(TOMATO), "scale_pan_not_cleared")
        self.show("put 1239")  # one interval is no change
        self.refused(self.weigh(TOMATO), "scale_pan_not_cleared")
        self.show("put 600")
        self.sold(self.weigh(TOMATO), 600, 479)
        self.show("put 0")
        self.show("put 600")
        self.sold(self.weigh(TOMATO), 600, 479)

    # WEIGH-5
    def test_a_silent_scale_sells_nothing_and_is_told(self):
        self.show("put 800")
        self.scale.say("silent")
        time.sleep(0.8)  # a reading older than half a second is none
        answer = self.weigh()
        self.assertIn(answer["error"], ("scale_stale", "scale_silent"))
        self.assertTrue(answer["message"])
        self.assertEqual(answer["basket"]["lines"], [])
        self.show("put 800")
        self.sold(self.weigh(), 800, 558)

    # WEIGH-5
    def test_torn_frames_are_no_weight(self):
        self.show("put 700")
        self.scale.say("torn 700")
        time.sleep(0.9)
        answer = self.weigh()
        self.assertIn(answer["error"], ("scale_stale", "scale_silent"))
        self.show("put 700")
        self.sold(self.weigh(), 700, 489)

    # WEIGH-5
    def test_a_scale_unplugged_while_weighing_and_plugged_in_again(self):
        self.show("put 900")
        self.till.must("plu", plu=BANANA)
        since = self.till.event_count()
        self.scale.stop()
        self.till.wait_event("device", since, timeout=5,
                             where=lambda e: (e["device"], e["state"]) == ("scale", "lost"))
        answer = self.till.ask("weigh")
        self.assertIn(answer["error"], ("scale_silent", "scale_stale", "no_scale"))
        self.assertEqual(answer["basket"]["lines"], [])
        since = self.till.event_count()
        type(self).scale = Scale(self.shop.folder / "scale")
        self.addClassCleanup(self.scale.stop)
        self.till.wait_event("device", since, timeout=10,
                             where=lambda e: (e["device"], e["state"]) == ("scale", "found"))
        self.show("put 0")
        self.show("put 900")
        self.sold(self.till.ask("weigh"), 900, 628)

    # WEIGH-5
    def test_the_sold_line_keeps_the_scale_its_raw_frame_the_masses_and_the_prices(self):
        tare_mg = int(ITEMS["380116"]["tare_mg"])
        self.show("put 515")
        line = self.weigh("01025")["basket"]["lines"][0]
        self.assertEqual((line["net_mg"], line["tare_mg"]), (515_000 - tare_mg, tare_mg))
        self.show("put 1500")
        self.sold(self.weigh(), 1500, 1047)
        receipt = self.pay(5000)
        self.till.must("sync")
        sale = json.loads(next(op["body"] for op in self.exported("ops") if op["kind"] == "sale"
                               and receipt["number"] in op["body"]))["data"]
        kept = [[line[name] for name in ("item", "scale", "gross_mg", "tare_mg", "net_mg",
                                         "unit_price_fen", "amount_fen")]
                for line in sale["lines"]]
        self.assertEqual(kept, [
            ["380116", "HC15-0001", 515_000, tare_mg, 515_000 - tare_mg,
             int(ITEMS["380116"]["price_fen"]), 1990],
            ["380101", "HC15-0001", 1_500_000, 0, 1_500_000, 698, 1047]])
        # WEIGH-4: by what it was weighed, as the till says it to an inspector.
        seal = self.till.must("scale")["seal"]
        self.assertTrue(seal["genuine"])
        self.assertEqual([(line["scale_status"], line["preset_tare_mg"], line["library"])
                          for line in sale["lines"]],
                         [("stable", mg, f"{seal['version']} {seal['whole']}")
                          for mg in (tare_mg, 0)])
        frames = [bytes.fromhex(line["scale_frame"]) for line in sale["lines"]]
        self.assertEqual([frame[:17] for frame in frames],  # 30: kilograms, stable, in range
                         [b"\x02\x2d\x30\x20   515     0\r", b"\x02\x2d\x30\x20  1500     0\r"])
        job = wait_until(lambda: sorted(self.paper.glob(f"*-{receipt['number']}.bin")))[0]
        text = receipt_text(job)
        for word in ("香蕉", "1.500", "6.98", "10.47", "皮重"):
            self.assertIn(word, text)

    # WEIGH-1
    def test_nobody_tells_the_till_a_mass(self):
        self.till.must("plu", plu=BANANA)
        self.refused(self.till.ask("weigh", net_mg=1_000_000), "bad_argument")
        self.till.must("cancel")
        self.refused(self.till.ask("weigh"), "nothing_to_weigh")

    # WEIGH-1
    def test_what_may_not_be_sold_is_not_weighed(self):
        answer = self.till.must("plu", plu="02022")  # failed test
        self.expect(answer, "block", "failed_test")
        self.refused(self.till.ask("weigh"), "nothing_to_weigh")

    # WEIGH-1
    def test_payment_waits_for_what_is_to_be_weighed(self):
        self.show("put 500")
        self.sold(self.weigh(), 500, 349)
        self.till.must("plu", plu=TOMATO)
        self.refused(self.till.ask("pay_cash", tendered_fen=1000), "weigh_first")
        self.till.must("cancel")
        self.pay(1000)


class OutOfDate(Weighing):
    INSTRUMENT = "HC15-0003"

    # WEIGH-1, WEIGH-2
    def test_a_scale_whose_certificate_ran_out_does_not_sell(self):
        self.show("put 1000")
        answer = self.refused(self.weigh(), "scale_certificate")
        self.assertIn("HC15-0003", answer["message"])
        self.assertEqual(answer["basket"]["lines"], [])


class ChangedLibrary(Weighing):
    """Somebody puts another legal library in front of the one the till was built with."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        library = (BIN / "libfangxin-weighing.so").read_bytes()
        word = "预置皮重".encode()
        assert library.count(word) == 1
        changed = library.replace(word, "一直皮重".encode())
        (pathlib.Path(folder.name) / "libfangxin-weighing.so").write_bytes(changed)
        with unittest.mock.patch.dict(os.environ, LD_LIBRARY_PATH=folder.name):
            super().setUpClass()

    # WEIGH-4
    def test_one_changed_word_in_the_library_locks_weighing_and_nothing_else(self):
        self.show("put 1000")
        answer = self.refused(self.weigh(), "scale_library")
        self.assertIn("称重程序", answer["message"])
        self.assertEqual(answer["basket"]["lines"], [])
        self.assertFalse(self.till.must("scale")["seal"]["genuine"])
        self.till.must("cancel")
        self.till.must("scan", code=NOODLES)
        self.pay(1490)


class UnregisteredScale(Weighing):
    INSTRUMENT = "NOPE-1"

    # WEIGH-2
    def test_a_scale_that_is_in_no_register_does_not_sell(self):
        self.show("put 1000")
        answer = self.refused(self.weigh(), "scale_unregistered")
        self.assertEqual(answer["basket"]["lines"], [])


class NoScale(ShopCase):
    # WEIGH-1
    def test_a_till_without_a_scale_says_so(self):
        self.till.must("plu", plu=BANANA)
        answer = self.refused(self.till.ask("weigh"), "no_scale")
        self.assertEqual(answer["basket"]["lines"], [])
        self.till.must("cancel")
        self.refused(self.till.ask("weigh"), "no_scale")


class UnknownScale(ShopCase):
    @classmethod
    def devices(cls, number):
        return '''[scale]
port = "/dev/no-such-port"
protocol = "toledo-continuous"
instrument = "HC15-0001"
'''

    # WEIGH-5
    def test_a_scale_that_was_never_there_sells_nothing_and_the_till_sells_the_rest(self):
        self.till.must("plu", plu=BANANA)
        answer = self.till.ask("weigh")
        self.assertIn(answer["error"], ("no_scale", "scale_silent"))
        clear(self.till)
        self.till.must("scan", code=NOODLES)
        self.pay(1490)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
