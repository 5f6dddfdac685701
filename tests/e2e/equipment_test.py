#!/usr/bin/python3
"""Faults that terminals report by themselves, the list of devices, and label formats that a shop
sets for all its tills (FAULT-1, FAULT-2, SALE-14). The shop's waits are two seconds long."""
import os
import shutil
import unittest

from processes import temporary_folder
from shop_case import (CASHIER, CASHIER_2, INSTRUMENTS, MANAGER, SAMPLE_SHOP, Printer, Scale,
                       Shop, check_digit, day, wait_until)

WAIT_S = 2


class Equipment(unittest.TestCase):
    def setUp(self):
        source = temporary_folder("source") / "shop"
        shutil.copytree(SAMPLE_SHOP, source)
        (source / "settings.csv").write_text(f"key,value\nfault_after_s,{WAIT_S}\n",
                                             encoding="utf-8")
        self.shop = Shop(source=source)
        self.addCleanup(self.shop.close)
        self.shop.start_server()

    def till(self, number=1, devices="", person=CASHIER):
        file = self.shop.devices_file(f"till-{number}.toml", devices) if devices else None
        till = self.shop.till(number, file)
        till.login(*person)
        return till

    def rows(self, till, what, **wanted):
        rows = till.must("list", what=what)["rows"]
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]

    def wait_rows(self, till, what, timeout=15, **wanted):
        return wait_until(lambda: self.rows(till, what, **wanted), timeout, f"{what} {wanted}")

    def scale(self, name="scale"):
        scale = Scale(self.shop.folder / name)
        self.addCleanup(scale.stop)
        return scale, (f'[scale]\nport = "{scale.link}"\nprotocol = "toledo-continuous"\n'
                       f'instrument = "HC15-0001"\n')

    # FAULT-1
    def test_a_scale_that_stays_away_is_one_ticket_and_passes_when_it_is_back(self):
        scale, file = self.scale()
        till = self.till(1, file)
        till.wait_event("device", where=lambda e: (e["device"], e["state"]) == ("scale", "found"))
        self.assertEqual(self.rows(till, "faults", device="scale"), [])
        since = till.event_count()
        scale.stop()
        till.wait_event("device", since, where=lambda e: e["state"] == "lost")
        self.assertEqual(self.rows(till, "faults", device="scale"), [], "a cable may be put back")
        _, _, told = till.wait_event("fault", since, where=lambda e: e["device"] == "scale")
        self.assertEqual((told["state"], told["severity"]), ("raised", "B"))
        ticket, = self.rows(till, "faults", device="scale")
        self.assertEqual((ticket["state"], ticket["terminal"], ticket["well_at_ms"]),
                         ("open", "till-1", 0))
        self.assertEqual(ticket["due_ms"] - ticket["raised_at_ms"], 2 * 3600 * 1000)
        os.unlink(scale.link)
        again = Scale(scale.link)
        self.addCleanup(again.stop)
        till.wait_event("fault", since, where=lambda e: e["state"] == "passed")
        ticket, = self.rows(till, "faults", device="scale")
        self.assertGreater(ticket["well_at_ms"], 0)
        self.assertEqual(ticket["state"], "open", "a person says what the cause was")
        self.mend(till, ticket["fault"])

    def mend(self, till, fault):
        refused = till.ask("take_fault", fault=fault)
        self.assertEqual((refused["ok"], refused["error"]), (False, "not_allowed"))
        till.login(*INSTRUMENTS)
        till.must("take_fault", fault=fault)
        self.assertEqual(till.ask("fix_fault", fault=fault, cause="", fix="x")["error"],
                         "cause_wanted")
        till.must("fix_fault", fault=fault, cause="cable torn", fix="new cable")
        ticket, = self.rows(till, "faults", device="scale")
        self.assertEqual((ticket["state"], ticket["fixed_by"], ticket["fix"]),
                         ("fixed", INSTRUMENTS[0], "new cable"))

    # FAULT-1
    def test_a_printer_without_paper_and_a_server_that_is_gone_are_tickets(self):
        printer = Printer(self.shop.folder / "paper", status="paper_out")
        self.addCleanup(printer.stop)
        till = self.till(1, f'[printer]\ntarget = "tcp:127.0.0.1:{printer.port}"\n')
        till.wait_event("fault", where=lambda e: (e["device"], e["what"])
                        == ("printer", "paper_out"), timeout=20)
        # Raised without a server, the ticket travels when there is one.
        self.shop.server.stop()
        till.wait_event("fault", where=lambda e: e["device"] == "server", timeout=20)
        raised = till.must("raise_fault", device="drawer", severity="C", what="sticks")["fault"]
        self.shop.start_server()
        till.wait_event("fault", where=lambda e: (e["device"], e["state"])
                        == ("server", "passed"), timeout=20)
        till.must("sync")
        other = self.till(2, person=CASHIER_2)
        self.wait_rows(other, "faults", fault=raised, raised_by=CASHIER[0])
        self.wait_rows(other, "faults", device="printer", terminal="till-1", severity="C")
        self.wait_rows(other, "faults", device="server", terminal="till-1", severity="B")

    # FAULT-1
    def test_a_scanner_and_a_display_that_stay_away_are_tickets(self):
        nowhere = self.shop.folder / "nowhere"
        till = self.till(1, f'[scanner]\nport = "{nowhere}-1"\n'
                            f'[display]\nport = "{nowhere}-2"\nprotocol = "cd5220"\n')
        for device in ("scanner", "display"):
            ticket, = self.wait_rows(till, "faults", timeout=20, device=device)
            self.assertEqual((ticket["what"], ticket["raised_by"]), ("not_found", ""))

    # FAULT-2
    def test_what_a_till_has_is_known_at_another_and_its_changes_are_kept(self):
        scale, file = self.scale()
        till = self.till(1, "# the alarm code is 4711\n" + file)
        other = self.till(2, person=CASHIER_2)
        self.wait_rows(other, "devices", id="till-1/scale", state="found")
        setup, = self.wait_rows(other, "setups", terminal="till-1")
        self.assertIn("Linux", setup["system"])
        self.assertRegex(setup["weighing"], r"^\d+\.\d+\.\d+ [0-9A-F]{4}-")
        self.assertEqual(setup["configuration"], file)
        self.wait_rows(other, "setups", terminal="till-2", weighing="")
        till.stop()
        till = self.till(1, file.replace("HC15-0001", "HC15-0002"))
        change = wait_until(lambda: [row for row in self.rows(other, "changes",
                                                              subject="terminal:till-1")
                                     if row["before"]], 15, "the change")[0]
        self.assertIn("HC15-0001", change["before"])
        self.assertIn("HC15-0002", change["after"])

    # SALE-14
    def test_label_formats_saved_at_one_till_read_labels_at_another(self):
        till, other = self.till(1, person=MANAGER), self.till(2, person=CASHIER_2)
        digits = "280101101234"
        label = digits + check_digit(digits)
        # 28 is a weight until the shop says otherwise.
        before = other.must("label_format_try", code=label)
        self.assertEqual((before["label_weight_mg"], before["refusal"]), (1_234_000, ""))
        toml = '[[format]]\npattern = "FFWWWWWEEEEEC"\nflags = "20-29"\n'
        tried = till.must("label_format_try", code=label, toml=toml)
        self.assertEqual([(f["letter"], f["digits"]) for f in tried["fields"]],
                         [("F", "28"), ("W", "01011"), ("E", "01234"), ("C", label[-1])])
        self.assertEqual((tried["label_amount_fen"], tried["amount_fen"]), (1_234, 1_234))
        refused = till.ask("set_label_formats", reason="x", toml=toml +
                           '[[format]]\npattern = "FWWWWWWNNNNNC"\nflags = ["2"]\n')
        self.assertEqual((refused["ok"], refused["error"]), (False, "two_meanings"))
        self.assertEqual(other.ask("set_label_formats", toml=toml, reason="x")["error"],
                         "not_allowed")
        till.must("set_label_formats", toml=toml, reason="new scales")
        till.must("sync")
        wait_until(lambda: other.must("label_format_try", code=label).get("label_amount_fen")
                   == 1_234, what="the format")
        sold = other.must("scan", code=label)
        self.assertEqual(sold["basket"]["lines"][0]["amount_fen"], 1_234)
        change, = self.wait_rows(other, "changes", subject="setting:label_formats")
        self.assertEqual((change["person"], change["before"]), (MANAGER[0], ""))

    # WEIGH-2, WEIGH-4
    def test_the_register_is_kept_by_who_binds_scales(self):
        till = self.till()
        self.assertEqual(till.ask("set_instrument", serial="HC15-0003", reason="x")["error"],
                         "not_allowed")
        till.login(*INSTRUMENTS)
        before, = self.rows(till, "instruments", serial="HC15-0003")
        self.assertEqual(before["certificate_state"], "run_out")
        too_long = till.ask("set_instrument", serial="HC15-0003", reason="verified",
                            certificate="JD-9", verified=day(-7).isoformat(),
                            until=day(900).isoformat())
        self.assertEqual(too_long["error"], "bad_value")
        till.must("set_instrument", serial="HC15-0003", reason="verified", certificate="JD-9",
                  verified=day(-7).isoformat(), until=day(300).isoformat(), seal="Q-9")
        till.must("set_instrument", serial="HC15-0003", reason="adjusted", e_mg=10_000)
        after, = self.rows(till, "instruments", serial="HC15-0003")
        self.assertEqual((after["certificate"], after["seal"], after["events"]),
                         ("JD-9", "Q-9", before["events"] + 1))
        self.assertEqual(till.ask("set_instrument", serial="NEW-1", reason="bought",
                                  kind="checkout_scale", model="X", max_mg=1)["error"],
                         "bad_value")
        bought = dict(serial="NEW-1", reason="bought", kind="checkout_scale", model="X",
                      max_mg=6_000_000, min_mg=40_000, e_mg=2_000)
        self.assertEqual(till.ask("set_instrument", **bought | {"class": "V"})["error"],
                         "bad_value")
        self.assertEqual(till.ask("set_instrument", **bought | {"reason": " "})["error"],
                         "why_wanted")
        till.must("set_instrument", **bought | {"class": "Ⅲ"})  # as the plate writes it
        change = self.rows(till, "changes", subject="instrument:checkout_scale/X/NEW-1")
        self.assertEqual(change[0]["person"], INSTRUMENTS[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
