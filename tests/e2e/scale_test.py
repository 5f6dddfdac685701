#!/usr/bin/python3
"""The till's scale as the law has it: registered, bound, checked, sealed (WEIGH-1 to 4)."""
import csv
import json
import tempfile
import unittest
from pathlib import Path

from shop_case import (CASHIER, LEAD, MANAGER, NOODLES, SAMPLE_SHOP, Scale, ShopCase, at,
                       check_digit, day, receipt_text, wait_until)
from weigh_test import BANANA, Weighing


class LegalScale(Weighing):
    def scale_now(self):
        return self.till.must("scale")["scale"]

    def ops(self, kind):
        self.till.must("sync")
        return [json.loads(op["body"])["data"] for op in self.exported("ops")
                if op["kind"] == kind and op["terminal"] == "till-1"]

    def check(self, shown, mass_g=2000):
        """A daily check in which the scale shows so many grams of the mass."""
        self.show("put 0")
        since = self.till.event_count()
        self.till.must("check_scale", mass_g=mass_g)

        def step(name):
            return self.till.wait_event("scale_check", since,
                                        where=lambda e: e["step"] == name)[2]

        step("put_mass")
        self.show(f"put {shown}")
        step("take_off")
        self.show("put 0")
        return step("done")

    def tared(self, grams):
        def shown():
            weight = self.till.must("scale")["weight"]
            return (weight.get("state"), weight.get("tare_mg")) == ("stable", grams * 1000)

        wait_until(shown)

    def sells(self, plu=BANANA):
        self.show("put 1000")
        self.sold(self.weigh(plu), 1000, 698)
        self.show("put 0")


class OneScale(LegalScale):
    # WEIGH-2
    def test_the_first_scale_of_a_till_is_bound_on_sight_and_that_is_journalled(self):
        now = wait_until(lambda: self.scale_now() if self.scale_now()["bound_at"] else None)
        self.assertEqual((now["bound_at"], now["lock"], now["refusal"]),
                         ("till-1", "none", "scale_below_minimum"))
        self.assertEqual([op["why"] for op in self.ops("scale_bound")], ["first"])
        self.assertIn("terminal=till-1", self.till.must("scale")["changes"][0]["after"])

    # WEIGH-1
    def test_a_keyed_tare_is_of_whole_intervals_within_the_limit_and_of_one_weighing(self):
        self.refused(self.till.ask("tare", mg=15_000), "nothing_to_weigh")
        self.show("put 515")
        self.till.must("plu", plu=BANANA)
        for mg, error, word in ((7_000, "tare_step", "0.005 kg"), (-5_000, "tare_step", "0.005 kg"),
                                (15_005_000, "tare_limit", "15.000 kg")):
            self.assertIn(word, self.refused(self.till.ask("tare", mg=mg), error)["message"])
        weight = self.till.must("tare", mg=15_000)["weight"]
        self.assertEqual((weight["gross_mg"], weight["preset_tare_mg"], weight["net_mg"]),
                         (515_000, 15_000, 500_000))
        line = self.sold(self.till.must("weigh"), 500, 349)
        self.assertEqual(line["tare_mg"], 15_000)
        self.show("put 600")
        self.till.must("plu", plu=BANANA)
        self.assertEqual(self.till.must("scale")["weight"]["preset_tare_mg"], 0)
        self.till.must("tare", mg=25_000)
        self.assertEqual(self.till.must("tare", clear=True)["weight"]["net_mg"], 600_000)
        self.sold(self.till.must("weigh"), 600, 419)
        self.assertEqual([op["tare_mg"] for op in self.ops("scale_told")
                          if op["what"] == "preset"][:3], [15_000, 25_000, 0])
        receipt = self.pay(1000)
        job = wait_until(lambda: sorted(self.paper.glob(f"*-{receipt['number']}.bin")))[0]
        self.assertIn("PT 0.015kg", receipt_text(job))

    # WEIGH-1
    def test_a_tare_that_the_scale_takes_is_of_one_line(self):
        self.show("put 50")
        self.till.must("plu", plu=BANANA)
        weight = self.till.must("tare", take=True)["weight"]
        self.assertEqual((weight["gross_mg"], weight["tare_mg"], weight["net_mg"]),
                         (50_000, 50_000, 0))
        self.show("put 550")
        line = self.sold(self.till.must("weigh"), 500, 349)
        self.assertEqual(line["tare_mg"], 50_000)
        self.tared(0)
        told = [op["what"] for op in self.ops("scale_told")]
        self.assertEqual(told[-2:], ["tare", "clear_tare"])
        self.refused(self.weigh(), "scale_pan_not_cleared")  # it shows another net, it is no other
        self.till.must("cancel")
        self.show("put 0")
        self.till.must("plu", plu=BANANA)
        self.refused(self.till.ask("tare", take=True), "scale_no_tare")  # there is nothing on it

    # WEIGH-1
    def test_goods_are_not_weighed_with_the_tare_of_those_before(self):
        self.show("put 50")
        self.till.must("plu", plu=BANANA)
        self.till.must("tare", take=True)
        self.show("move 300")  # the container is lifted: it does not hear that it is over
        self.till.must("cancel")
        self.show("move 301")
        self.show("put 550")
        self.till.must("plu", plu=BANANA)
        self.tared(0)  # it was told again with the next goods
        self.till.must("cancel")
        self.show("put 50")
        self.till.must("plu", plu=BANANA)
        self.till.must("tare", take=True)
        self.show("move 550")
        self.till.must("plu", plu=BANANA)
        self.show("move 551")  # it has read what it was told, and did not do it
        self.show("put 550")
        self.assertEqual(self.scale_now()["refusal"], "scale_tare_stays")
        self.refused(self.till.ask("weigh"), "scale_tare_stays")
        self.tared(0)  # and when it was to be weighed
        line = self.sold(self.till.must("weigh"), 550, 384)
        self.assertEqual(line["tare_mg"], 0)
        told = [op["what"] for op in self.ops("scale_told")]
        self.assertEqual(told[-4:], ["tare", "clear_tare"] * 2)

    # WEIGH-1
    def test_zero_is_the_scales_own_decision_and_is_told(self):
        self.show("put 20")
        self.assertEqual(self.till.must("zero")["weight"]["gross_mg"], 0)
        self.show("put 5020")  # more than 4 % of its capacity
        self.refused(self.till.ask("zero"), "scale_not_zeroed")
        self.sold(self.weigh(), 5000, 3490)
        self.show("put 0")
        self.till.must("zero")
        self.show("put 0")
        self.assertEqual([op["what"] for op in self.ops("scale_told")].count("zero"), 3)

    # WEIGH-3
    def test_a_failed_check_locks_at_once_and_a_passed_one_opens(self):
        failed = self.check(shown=2010)
        self.assertEqual((failed["passed"], failed["error_mg"], failed["tolerance_mg"]),
                         (False, 10_000, 5_000))
        self.show("put 1000")
        answer = self.refused(self.weigh(), "scale_check_failed")
        self.assertEqual(answer["basket"]["lines"], [])
        self.till.must("cancel")
        self.assertTrue(self.check(shown=2005)["passed"])
        self.sells()
        now = self.scale_now()
        self.assertEqual((now["check"]["done"], now["check"]["passed"], now["check"]["by"]),
                         (True, True, CASHIER[0]))
        checks = self.ops("scale_checked")
        self.assertEqual([check["passed"] for check in checks[-2:]], [False, True])
        seal = self.till.must("scale")["seal"]
        self.assertEqual(checks[-1]["library"], f"{seal['version']} {seal['whole']}")

    # WEIGH-3
    def test_nothing_is_sold_by_a_scale_that_is_being_checked(self):
        self.refused(self.till.ask("check_scale", mass_g=50), "check_mass")
        self.refused(self.till.ask("check_scale", give_up=True), "no_check")
        since = self.till.event_count()
        self.till.must("check_scale", mass_g=1000)
        self.till.wait_event("scale_check", since, where=lambda e: e["step"] == "put_mass")
        self.show("put 1000")
        self.till.wait_event("scale_check", since, where=lambda e: e["step"] == "take_off")
        self.refused(self.weigh(), "scale_checking")
        self.till.must("cancel")
        self.till.must("check_scale", leave=True)  # with the mass on: it has failed
        self.refused(self.weigh(), "scale_check_failed")
        self.till.must("cancel")
        self.assertTrue(self.check(shown=2000)["passed"])

    # WEIGH-4
    def test_the_seal_is_printed_with_the_entry_and_the_changes(self):
        self.till.must("print_seal")
        seal = self.till.must("scale")["seal"]
        job = wait_until(lambda: sorted(self.paper.glob("*-seal.bin")))[-1]
        text = receipt_text(job)
        for word in (seal["version"], seal["short"], seal["code"][:8], seal["code"][-8:],
                     seal["parameters"][:8], "HC15-0001", "SAMPLE-JD-0001", "与出厂一致",
                     "事件计数", "till-1"):
            self.assertIn(word, text)


class ChangedParameters(LegalScale):
    # WEIGH-4
    def test_a_parameter_that_an_import_changes_is_counted_and_kept_with_both_values(self):
        self.sells()
        before, seal = self.scale_now(), self.till.must("scale")["seal"]
        with open(SAMPLE_SHOP / "instruments.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        rows[0]["min_mg"] = "200000"
        with tempfile.TemporaryDirectory() as folder:
            with open(Path(folder) / "instruments.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
            self.shop.server.command("import", folder)
        wait_until(lambda: self.scale_now()["min_mg"] == 200_000)
        answer = self.till.must("scale")
        self.assertEqual(answer["scale"]["events"], before["events"] + 1)
        self.assertNotEqual(answer["seal"]["parameters"], seal["parameters"])
        self.assertEqual(answer["seal"]["code"], seal["code"])
        change = answer["changes"][0]
        self.assertEqual((change["before"], change["after"]),
                         ("min_mg=100000\n", "min_mg=200000\n"))
        self.show("put 150")
        self.refused(self.weigh(), "scale_below_minimum")


class EndingCertificate(LegalScale):
    INSTRUMENT = "HC15-0002"

    # WEIGH-2
    def test_a_certificate_that_ends_within_30_days_sells_and_is_warned_of(self):
        self.assertEqual(self.scale_now()["ends_in_days"], 17)
        self.sells()


class MissedCheck(LegalScale):
    # WEIGH-3
    def test_a_missed_check_locks_two_hours_after_the_days_first_work(self):
        tomorrow = day(1)

        def clock(time):
            self.till.must("clock", at=at(tomorrow, time))

        self.till.login(*MANAGER)
        clock("08:00:00")
        self.till.must("logout")
        clock("08:12:00")
        self.till.login(*CASHIER)
        self.assertEqual(self.scale_now()["check"]["due"][11:16], "10:12")
        clock("10:11:00")
        self.sells()
        clock("10:12:30")
        self.show("put 1000")
        self.refused(self.weigh(), "scale_check_missed")
        self.till.must("cancel")
        self.till.must("logout")
        self.till.login(*LEAD)  # another person is no other day
        self.refused(self.weigh(), "scale_check_missed")
        self.till.must("cancel")
        self.assertTrue(self.check(shown=2000)["passed"])
        self.sells()


class SwappedScale(LegalScale):
    # WEIGH-2
    def test_a_scale_of_another_serial_number_is_locked_until_a_manager_binds_it(self):
        wait_until(lambda: self.scale_now()["bound_at"] == "till-1")
        self.sells()
        self.till.must("sync")
        self.till.stop()
        text = self.till.devices.read_text(encoding="utf-8")
        self.till.devices.write_text(text.replace("HC15-0001", "HC15-0002"), encoding="utf-8")
        self.till.start()
        self.till.wait_event("device", where=lambda e: (e["device"], e["state"])
                             == ("scale", "found"))
        self.till.login(*CASHIER)
        self.show("put 1000")
        self.refused(self.weigh(), "scale_not_bound")
        self.till.must("cancel")
        self.refused(self.till.ask("check_scale", mass_g=2000), "scale_not_bound")

        def bind(error, reason="换了一台秤", **approver):
            self.refused(self.till.ask("bind_scale", reason=reason, **approver), error)

        bind("needs_second_person")
        bind("not_allowed", approver=LEAD[0], approver_pin=LEAD[1])
        bind("wrong_pin", approver=MANAGER[0], approver_pin="000000")
        bind("why_wanted", reason=" ", approver=MANAGER[0], approver_pin=MANAGER[1])
        self.refused(self.weigh(), "scale_not_bound")
        self.till.must("cancel")
        answer = self.till.must("bind_scale", reason="换了一台秤", approver=MANAGER[0],
                                approver_pin=MANAGER[1])
        self.assertEqual((answer["scale"]["bound_at"], answer["scale"]["bound_by"]),
                         ("till-1", MANAGER[0]))
        self.sells()
        self.assertEqual([op["why"] for op in self.ops("scale_bound")], ["first", "换了一台秤"])


class CustomersScale(ShopCase):
    """The fair scale at the exit: the terminal program without a till."""
    TILLS = 0

    def stand(self, instrument, number=90):
        """The program with this scale of the register, and the scale."""
        scale = Scale(self.shop.folder / f"fair-{number}")
        self.addCleanup(scale.stop)
        devices = self.shop.devices_file(f"fair-{number}.toml", f'''[scale]
port = "{scale.link}"
protocol = "toledo-continuous"
instrument = "{instrument}"
''')
        fair = self.shop.till(number, devices, ("--fair-scale",))
        self.addCleanup(fair.stop)  # before the next scale has this one's port
        fair.wait_event("device", where=lambda e: (e["device"], e["state"]) == ("scale", "found"))
        return fair, scale

    def label(self, flag, value, plu="01011"):
        digits = f"{flag}{plu}{value:05d}"
        return digits + check_digit(digits)

    # WEIGH-3
    def test_a_label_is_compared_with_what_lies_on_the_scale(self):
        fair, scale = self.stand("GP30-0001")
        scale.show("put 1230")
        for grams, answer, difference in ((1234, "within", -4_000), (1240, "within", -10_000),
                                          (1250, "under", -20_000), (1210, "over", 20_000)):
            told = fair.must("fair_weigh", code=self.label("25", grams))["told"][0]
            self.assertEqual((told["name"], told["told_mg"]), ("香蕉", grams * 1000))
            result = told["comparison"]
            self.assertEqual((result["answer"], result["difference_mg"], result["allowed_mg"]),
                             (answer, difference, 10_000))
        told = fair.must("fair_weigh", code=self.label("20", 861))["told"][0]  # ¥8.61 at ¥6.98/kg
        self.assertEqual((told["by_price"], told["told_mg"], told["comparison"]["answer"]),
                         (True, 1_234_000, "within"))
        told = fair.must("fair_weigh", told_mg=1_300_000)["told"][0]
        self.assertEqual(told["comparison"]["answer"], "under")
        scale.show("move 1230")
        self.assertNotIn("comparison", fair.must("fair_weigh", told_mg=1_300_000)["told"][0])
        self.refused(fair.ask("fair_weigh", code=NOODLES), "no_weight_on_it")
        receipt = "001010000001"
        self.refused(fair.ask("fair_weigh", code=f"FX{receipt}{check_digit(receipt)}"),
                     "receipt_elsewhere")
        self.refused(fair.ask("scan", code=NOODLES), "unknown_action")

    # WEIGH-2
    def test_it_shows_no_weight_without_a_certificate_in_force(self):
        fair, scale = self.stand("HC15-0003", 91)
        scale.show("put 1230")
        answer = self.refused(fair.ask("fair_weigh", told_mg=1_230_000), "scale_certificate")
        self.assertNotIn("weight", answer)
        self.assertNotIn("comparison", answer["told"][0])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
