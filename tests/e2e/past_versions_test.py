#!/usr/bin/python3
"""Books and journals that versions before this one wrote are taken over whole (SYNC-1, SYNC-2).

tests/golden/databases has one folder a version, made by tests/golden/make_databases.py.
"""
import hashlib
import json
import sqlite3
import subprocess
import unittest
from pathlib import Path

from books import Book, compare
from processes import temporary_folder
from shop_case import MANAGER, Server, Terminal, gs1, run, wait_until

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "databases"
CASHIER, NOODLES, MILK = ("1001", "408213"), "6992918000132", "6991959000132"


class PastVersion:
    """A version's book and journal, opened by the programs of today."""
    SCHEMA = None

    def setUp(self):
        self.folder = temporary_folder("past")
        self.server, self.data = Server(self.folder / "server"), self.folder / "till-1"
        self.before = {}
        for name, file in (("book", self.server.data / "store.db"),
                           ("till", self.data / "terminal.db")):
            file.parent.mkdir()
            text = (GOLDEN / f"schema_{self.SCHEMA}" / f"{name}.sql").read_text(encoding="utf-8")
            subprocess.run(["sqlite3", file], input=text, text=True, check=True)
            for key in ("ca.key", "store.key"):
                kept = GOLDEN / f"schema_{self.SCHEMA}" / key
                if kept.exists() and (key == "ca.key") == (name == "book"):
                    (file.parent / key).touch(mode=0o600)
                    (file.parent / key).write_bytes(kept.read_bytes())
            self.before[name] = self.read(file)
        self.addCleanup(self.server.stop)

    @staticmethod
    def read(file):
        """All of it, as it was written: {table: rows}"""
        with sqlite3.connect(file) as database:
            database.row_factory = sqlite3.Row
            tables = [name for name, in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
                    for name in tables}

    def bodies(self, where, terminal):
        return [row["body"] for row in sorted(self.before[where]["ops"], key=lambda r: r["seq"])
                if row.get("terminal", terminal) == terminal]

    def exported(self, what):
        text = run("fangxin-server", "--data", self.server.data, "export", what).stdout
        return [json.loads(line) for line in text.splitlines()]

    def rows_are_kept(self, name, file, but):
        """Each row that was there is there, with all that it said. A terminal whose rows are to
        be sent anew, since there is more to them now, has them in force under another version."""
        after = self.read(file)
        for table, rows in self.before[name].items():
            if table in but:
                continue
            for row in rows:
                if name == "till":
                    row.pop("ver", None)
                kept = [each for each in after.get(table, []) if row.items() <= each.items()]
                self.assertEqual(len(kept), 1, f"{name} {table}: {row}")

    def till(self, server=None):
        """Years later, at which a manager is asked."""
        till = Terminal("fangxin-terminal", self.data, server)
        self.addCleanup(till.stop)
        till.start()
        till.login(*CASHIER)
        till.must("clock_answer", right="clock", person=MANAGER[0], pin=MANAGER[1])
        return till

    def test_these_are_what_that_version_wrote(self):
        for name in ("book", "till"):
            written = {row["key"]: row["value"] for row in self.before[name]["meta"]}
            self.assertEqual(written["schema"], str(self.SCHEMA))
        self.assertGreater(len(self.bodies("till", "till-1")),
                           len(self.bodies("book", "till-1")), "something is unsent")

    # SYNC-1, SYNC-2
    def test_the_book_is_opened_and_nothing_of_it_is_lost(self):
        self.assertEqual({line["event"] for line in self.server.command("verify")}, {"verified"})
        ops = {(op["terminal"], op["epoch"], op["seq"]): op for op in self.exported("ops")}
        for log in self.before["book"]["terminal_logs"]:
            end = ops[log["terminal"], log["epoch"], log["last_seq"]]
            self.assertEqual(end["hash"], log["head"].hex())
        # Of instruments and of the server's log there may be more to say now.
        self.rows_are_kept("book", self.server.data / "store.db",
                           but=("meta", "instruments", "terminal_logs"))
        self.assertEqual(self.server.command("rebuild", "--check")[-1]["differ"], 0)
        status, = self.server.command("status")
        self.assertEqual((status["rejected"], status["pending"]), (0, 0))
        bodies = [op["body"] for op in ops.values() if op["terminal"] == "till-1"]
        self.assertEqual(bodies, self.bodies("book", "till-1"))
        before = self.bodies("book", "server")  # what today's program has to add stands behind it
        bodies = [op["body"] for op in ops.values() if op["terminal"] == "server"]
        self.assertEqual(bodies[:len(before)], before)
        self.assertEqual([sale["receipt"] for sale in self.exported("sales")],
                         [row["receipt"] for row in self.before["book"]["sales"]])

    # SYNC-1
    def test_the_journal_is_opened_and_sells_without_a_server(self):
        till = self.till()
        till.must("scan", code=NOODLES)
        number = till.must("pay_cash", tendered_fen=1490)["receipt"]["number"]
        self.assertNotIn(number, [row["number"] for row in self.before["till"]["receipts"]])
        self.assertEqual(till.must("scan", code=gs1(MILK, lot="A1"))["verdict"], "block")
        till.must("acknowledge")
        till.kill()
        self.rows_are_kept("till", self.data / "terminal.db", but=("meta", "logs", "drafts"))
        head = bytes(32)
        for op in self.read(self.data / "terminal.db")["ops"]:
            head = hashlib.sha256(head + op["body"].encode()).digest()
            self.assertEqual(head, op["hash"])

    # SYNC-1, SAFE-9
    def test_both_find_each_other_again_and_hold_the_same(self):
        self.server.start()
        till = self.till(self.server)
        wait_until(lambda: till.ask("sync")["ok"], 20, "the till with its server")
        sent = [op["body"] for op in self.exported("ops") if op["terminal"] == "till-1"]
        written = self.bodies("till", "till-1")
        self.assertEqual(sent[:len(written)], written)
        sold = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual(sorted(sold), sorted(row["number"]
                                              for row in self.before["till"]["receipts"]))
        # And it goes on: a sale, a held basket of then, a recall.
        till.must("scan", code=NOODLES)
        till.must("pay_cash", tendered_fen=1490)
        held = next(row for row in till.must("list", what="holds")["rows"])
        till.must("resume", hold=held["hold"])
        till.must("void_sale")
        since = till.event_count()
        self.server.command("recall", "--item", "130101", "--lot", "A2", "--level", "I",
                            "--reason", "再次抽检")
        till.wait_event("block_applied", since, timeout=1)
        till.login(*MANAGER)
        till.must("logout")
        wait_until(lambda: till.ask("sync").get("unsent") == 0, 20)
        self.wait_quiet()
        till.stop()
        self.assertEqual(self.server.command("rebuild", "--check")[-1]["differ"], 0)
        self.server.stop()
        self.assertEqual(compare(Book(file=self.data / "terminal.db"),
                                 Book(file=self.server.data / "store.db"), "till-1"), [])
        self.assertEqual({line["event"] for line in self.server.command("verify")}, {"verified"})

    def wait_quiet(self):
        newest = Book(file=self.server.data / "store.db").newest_versions()
        wanted = max(ver for table, ver in newest.items() if table != "stock")
        wait_until(lambda: int(Book(file=self.data / "terminal.db").one(
            "SELECT value FROM meta WHERE key = 'rows'")["value"]) >= wanted, 20, "a quiet shop")


class Schema2(PastVersion, unittest.TestCase):
    """Instruments were in no op then; a rebuild would have taken them out of the register."""
    SCHEMA = 2

    # WEIGH-4
    def test_the_register_of_instruments_outlasts_a_rebuild(self):
        instruments = self.before["book"]["instruments"]
        self.assertEqual(len(instruments), 1)
        self.assertEqual(self.server.command("rebuild")[-1]["differ"], 0)
        kept = Book(file=self.server.data / "store.db").rows("SELECT serial FROM instruments")
        self.assertEqual([row["serial"] for row in kept], [row["serial"] for row in instruments])


class Schema3(PastVersion, unittest.TestCase):
    SCHEMA = 3


class Schema4(PastVersion, unittest.TestCase):
    SCHEMA = 4


class Schema5(PastVersion, unittest.TestCase):
    """Tenders stood in the ops alone then."""
    SCHEMA = 5

    # SALE-5
    def test_tenders_of_before_are_in_the_books(self):
        sold = self.exported("sales")
        self.assertGreater(len(sold), 0)
        for sale in sold:
            self.assertEqual(sum(tender["amount_fen"] for tender in sale["tenders"]),
                             sale["paid_fen"])


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
