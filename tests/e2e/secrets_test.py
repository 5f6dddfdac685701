#!/usr/bin/python3
"""What a stolen copy of a database tells, and what the journal does: PINs, telephone numbers, who
looked at one, and the proof that an entry is what was written."""
import json
import pathlib
import sqlite3
import unittest

from shop_case import CASHIER, MANAGER, NOODLES, ShopCase, wait_until

NUMBER = "13812345678"


class Secrets(ShopCase):
    TILLS = 1

    @property
    def server(self):
        return self.shop.server

    def files_of(self, folder):
        return [path for path in pathlib.Path(folder).rglob("*") if path.is_file()]

    # ACCT-2: a database that was copied is not enough to try a PIN
    def test_no_database_holds_what_a_pin_is_tried_with(self):
        for folder in (self.server.data, self.till.data):
            name = "store.db" if (pathlib.Path(folder) / "store.db").exists() else "terminal.db"
            with sqlite3.connect(f"file:{folder}/{name}?mode=ro", uri=True) as book:
                verifiers = [row[0] for row in book.execute("SELECT pin_verifier FROM people")]
            self.assertTrue(verifiers)
            for verifier in verifiers:
                self.assertTrue(verifier.startswith("k1$argon2id$"), verifier)
        key = (pathlib.Path(self.till.data) / "store.key")
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertEqual(len(key.read_text()), 64)

    # ACCT-4
    def test_a_till_that_starts_without_the_server_knows_its_people(self):
        self.till.must("sync")
        self.server.stop()
        self.till.stop()
        self.till.start()
        self.assertEqual(self.till.ask("login", person="1001", pin="999999")["error"], "wrong_pin")
        self.till.login(*CASHIER)
        self.server.start()
        wait_until(lambda: self.till.must("sync"))

    def test_a_customers_number_is_told_to_who_may_know_and_that_he_looked_is_journalled(self):
        wait_until(lambda: self.setting_at_till("contact_key"))
        self.till.login(*CASHIER)
        taken = self.till.must("complain", what="sour", contact=NUMBER,
                               channel="phone")["complaint"]
        self.till.must("sync")
        self.assertEqual(self.till.ask("show_contact", complaint=taken)["error"], "not_allowed")
        # In no file of till or server does it stand.
        for folder in (self.server.data, self.till.data):
            for path in self.files_of(folder):
                self.assertNotIn(NUMBER.encode(), path.read_bytes(), path)
        self.till.login(*MANAGER)
        listed = self.till.must("list", what="complaints")["rows"]
        self.assertEqual([row["contact"] for row in listed if row["complaint"] == taken],
                         ["138****5678"])
        self.assertEqual(self.till.must("show_contact", complaint=taken)["contact"], NUMBER)
        looks = self.till.must("journal", kind="contact_shown")["entries"]
        self.assertEqual([(look["person"], json.loads(look["begins"])["complaint"])
                          for look in looks], [(MANAGER[0], taken)])
        self.assertEqual(self.till.ask("show_contact", complaint="C-none")["error"], "not_found")
        self.server.stop()
        wait_until(lambda: self.till.ask("show_contact", complaint=taken)["error"] == "offline")
        self.server.start()

    def setting_at_till(self, key):
        with sqlite3.connect(f"file:{self.till.data}/terminal.db?mode=ro", uri=True) as book:
            return book.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()

    # REPT-2, SYNC-2
    def test_an_entry_is_found_read_and_proved_and_a_changed_byte_is_named(self):
        self.till.login(*CASHIER)
        self.till.must("scan", code=NOODLES)
        receipt = self.till.must("pay_cash", tendered_fen=1490)["receipt"]["number"]
        self.till.must("sync")
        self.assertEqual(self.till.ask("journal", text=receipt)["error"], "not_allowed")
        self.till.login(*MANAGER)
        found = self.till.must("journal", text=receipt, kind="sales")["entries"]
        self.assertEqual([entry["kind"] for entry in found], ["sale"])
        entry = {name: found[0][name] for name in ("terminal", "epoch", "seq")}
        proved = self.till.must("journal_entry", **entry)
        self.assertTrue(proved["unchanged"])
        self.assertIn(receipt, proved["body"])
        self.assertGreaterEqual(proved["signed_to"], entry["seq"])
        self.assertEqual(len(proved["signed_by"]), 64)
        lines = self.server.command("verify")
        self.assertTrue(all(line["event"] == "verified" for line in lines), lines)
        self.assertTrue(all(line["signed"] > 0 for line in lines), lines)
        self.server.stop()
        with sqlite3.connect(f"{self.server.data}/store.db") as book:
            book.execute("UPDATE ops SET body = replace(body, ?, ?) WHERE terminal = ? AND seq = ?",
                         (receipt, receipt[::-1], entry["terminal"], entry["seq"]))
        self.server.start()
        self.till.must("sync")
        changed = self.till.must("journal_entry", **entry)
        self.assertFalse(changed["unchanged"])
        self.assertEqual((changed["broken"], changed["break_is"]), (entry["seq"], "changed"))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
