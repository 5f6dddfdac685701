"""Several servers on one PostgreSQL database, terminals spread over them (sync.md 6)."""
import json
import os
import shutil
import signal
import time
import unittest

from identity import Identity
from postgres import Postgres
from processes import temporary_folder
from shop_case import (CASHIER, CASHIER_2, CASHIER_3, NOODLES, Server, Shop,
                       ShopCase, barcode, clear, gs1, run, wait_until)
from wire import Wire, hello


class SharedBook(ShopCase):
    """Three servers on one book, a till at each."""

    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.addClassCleanup(lambda: cls.postgres.stop())
        cls.book = cls.postgres.new_database()
        cls.shop = Shop(database=cls.book)
        cls.addClassCleanup(cls.shop.close)
        cls.servers = [cls.shop.server] + [
            Server(cls.shop.folder / f"server-{n}", database=cls.book) for n in (2, 3)]
        for server in cls.servers:
            if server is not cls.shop.server:  # as whoever sets up a second server does
                server.data.mkdir()
                shutil.copy2(cls.shop.server.data / "ca.key", server.data)
            server.start()
            cls.addClassCleanup(server.stop)
        cls.tills = []
        for number, (server, person) in enumerate(zip(cls.servers,
                                                      (CASHIER, CASHIER_2, CASHIER_3)), 1):
            till = cls.shop.till(number, server=server)
            till.login(*person)
            cls.tills.append(till)
        cls.till = cls.tills[0]

    def exported(self, what):
        return self.servers[1].command("export", what)

    def sell(self, till, count=1):
        numbers = []
        for _ in range(count):
            till.must("scan", code=NOODLES)
            numbers.append(till.must("pay_cash", tendered_fen=1490)["receipt"]["number"])
        return numbers

    def in_the_books_once(self, numbers):
        sold = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual(len(sold), len(set(sold)), "a receipt is twice in the books")
        self.assertEqual(set(numbers) - set(sold), set(), "receipts that the books do not have")

    # SAFE-6, SYNC-4
    def test_a_recall_given_anywhere_reaches_the_tills_of_every_server_within_a_second(self):
        for till in self.tills:
            wait_until(lambda: till.ask("sync")["ok"], 15, "its server")
            till.must("scan", code=gs1(barcode("170102"), lot="WJ234C"))
        since = [till.event_count() for till in self.tills]
        asked = time.monotonic()
        made = self.recall("170102", "--lot", "WJ234C", level="I")
        for till, start in zip(self.tills, since):
            _, at, event = till.wait_event("line_blocked", start, timeout=5)
            self.assertLess(at - asked, 1, event)
            clear(till)
        self.servers[2].command("lift", "--recall", made["recall"], "--reason", "复检合格")
        for till in self.tills:
            wait_until(lambda: self.judge(gs1(barcode("170102"), lot="WJ234C"), till)["verdict"]
                       == "allow", what="the goods again")

    def test_what_one_server_takes_the_others_show(self):
        self.till.must("scan", code=NOODLES)
        hold = self.till.must("hold")["hold"]
        other = self.tills[1]
        wait_until(lambda: any(row["hold"] == hold for row in
                               other.must("list", what="holds")["rows"]), what="the held basket")
        self.assertEqual(len(other.must("resume", hold=hold)["basket"]["lines"]), 1)
        clear(other)
        status, = self.servers[2].command("status")
        self.assertLessEqual({"till-1", "till-2", "till-3"},
                             {each["terminal"] for each in status["terminals"]})
        self.assertTrue(status["test_shop"])

    def test_who_is_connected_is_told_whichever_server_it_is_connected_to(self):
        known = Identity(self.servers[0], "till-91").enrol()
        wire = Wire(self.servers[1].port, tls=known.tls())
        self.addCleanup(wire.close)
        wire.say("hello", **hello("till-91"))
        self.assertIsNotNone(wire.hear("welcome"))

        def connected():
            wire.say("ask_figures", id=1, block="")
            told = wire.hear("figures")["terminals"]
            return {each["terminal"] for each in told if each["connected"]}

        wait_until(lambda: {"till-1", "till-2", "till-3", "till-91"} <= connected(), 12,
                   "all tills")

    # SYNC-1, SYNC-4
    def test_a_server_killed_in_the_middle_of_taking_sales_loses_none_and_another_goes_on(self):
        till = self.shop.till(7, server=self.servers[2])
        till.login(*CASHIER)
        numbers = []
        # Its transaction has written the ops and waits at their lines, or has just begun.
        for table in ("sale_lines", "terminal_logs"):
            till.must("sync")
            with self.postgres.locked(self.book, table) as waits:
                numbers += self.sell(till, 5)
                wait_until(waits, what="a server in the middle of its work")
                self.servers[2].kill()
                numbers += self.sell(till)
            till.stop()
            till.server = self.servers[0]  # as a technician points it at another
            till.start()
            till.login(*CASHIER)
            till.must("sync")
            self.in_the_books_once(numbers)
            self.servers[2].start()
            till.stop()
            till.server = self.servers[2]
            till.start()
            till.login(*CASHIER)
        till.must("sync")
        self.in_the_books_once(numbers)
        till.stop()

    # SYNC-1
    def test_while_the_database_is_away_tills_sell_and_afterwards_all_is_in_the_books(self):
        for till in self.tills:  # one may still look for a server that was killed
            wait_until(lambda: till.ask("sync")["ok"], 15, "its server")
        since = [till.event_count() for till in self.tills]
        self.postgres.stop()
        self.addCleanup(lambda: self.postgres.process.poll() is None or self.postgres.start())
        numbers = [number for till in self.tills for number in self.sell(till)]
        for till, start in zip(self.tills, since):
            till.wait_event("server_down", start)
        since = [till.event_count() for till in self.tills]
        self.postgres.start()
        for till, start in zip(self.tills, since):
            till.wait_event("server_up", start, timeout=20)
            till.must("sync")
        self.in_the_books_once(numbers)
        since = [till.event_count() for till in self.tills]
        asked = time.monotonic()
        made = self.recall("170101", "--lot", "AFTERWARDS")["recall"]
        for till, start in zip(self.tills, since):
            _, at, _ = till.wait_event("block_applied", start, timeout=5)
            self.assertLess(at - asked, 1)
        self.servers[0].command("lift", "--recall", made, "--reason", "误报")

    # SAFE-6, rules 4: what another server is told may not come to this one.
    def test_a_till_that_sells_nothing_hears_that_its_server_has_lost_the_book(self):
        for till in self.tills:
            wait_until(lambda: till.ask("sync")["ok"], 15, "its server")
        since = self.till.event_count()
        hung = self.postgres.processes()
        for pid in hung:
            os.kill(pid, signal.SIGSTOP)
        try:
            self.till.wait_event("server_down", since, timeout=8)
        finally:
            for pid in hung:
                os.kill(pid, signal.SIGCONT)
        for till in self.tills:
            wait_until(lambda: till.ask("sync")["ok"], 30, "its server again")

    # SYNC-1, SYNC-4
    def test_a_backup_of_a_shared_book_goes_on_in_another_database_and_in_a_file(self):
        numbers = self.sell(self.till, 2)
        self.till.must("sync")
        file = self.shop.folder / "shared.db"
        told, = self.servers[1].command("backup", file)
        sold = len(self.exported("sales"))
        again = Server(self.shop.folder / "again", database=self.postgres.new_database())
        alone = Server(self.shop.folder / "alone")
        for server in (again, alone):
            answer, = server.command("restore", file)
            self.assertEqual(answer["ops"], told["ops"])
            sales = [sale["receipt"] for sale in server.command("export", "sales")]
            self.assertEqual(len(sales), sold)
            self.assertLessEqual(set(numbers), set(sales))
            self.assertNotIn("broken", [line["event"] for line in server.command("verify")])
            self.assertEqual(server.command("rebuild", "--check")[-1]["differ"], 0)
        refused = run("fangxin-server", "--data", again.data, "--database", self.book, "restore",
                      file, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("holds a shop", refused.stderr)

    # SYNC-4
    def test_a_recall_waits_for_no_vacuum(self):
        with self.postgres.locked(self.book, "sale_lines", "SHARE UPDATE EXCLUSIVE"):
            asked = time.monotonic()
            made = self.recall("170101", "--lot", "VACUUM")["recall"]
            self.assertLess(time.monotonic() - asked, 1)
        self.servers[0].command("lift", "--recall", made, "--reason", "误报")

    # SYNC-4
    def test_the_book_is_durable_and_holds_what_the_tills_sold(self):
        numbers = self.sell(self.till, 3)
        self.till.must("sync")
        self.in_the_books_once(numbers)
        ask = lambda question: self.postgres.ask(self.book, question)
        rows, = self.servers[1].command("status")
        self.assertEqual(str(rows["ver"]), ask("SELECT value FROM meta WHERE key = 'ver'"))
        bodies = [json.loads(op["body"])["kind"] for op in self.exported("ops")]
        self.assertGreaterEqual(bodies.count("sale"), 3)
        self.assertFalse((self.servers[0].data / "store.db").exists())
        self.assertFalse((self.servers[0].data / "control.sock").exists())


class Refused(unittest.TestCase):
    """What cannot be opened is said, and a password is never in it."""

    def said(self, url, *command, code):
        done = run("fangxin-server", "--data", self.folder, "--database", url, *command,
                   check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertNotIn("s3cret", done.stderr + done.stdout)
        return done.stderr

    def setUp(self):
        self.folder = temporary_folder("refused")

    def test_nobody_answers(self):
        said = self.said("postgresql://shop:s3cret@127.0.0.1:1/fangxin", "status", code=1)
        self.assertIn("cannot_open", said)
        self.assertIn("postgresql://shop@127.0.0.1:1/fangxin", said)

    def test_no_url(self):
        self.said("mysql://shop:s3cret@127.0.0.1/fangxin", "status", code=2)
        self.said("postgresql://shop:s3cret@127.0.0.1:x/ y", "status", code=2)
        self.said("postgresql://shop:s3cret@127.0.0.1:none/y", "status", code=1)

    def test_an_empty_database_is_not_served(self):
        postgres = Postgres()
        self.addCleanup(postgres.stop)
        for command in (["serve", "--listen", "127.0.0.1:0"], ["status"]):
            self.assertIn("import one", self.said(postgres.new_database(), *command, code=3))


if __name__ == "__main__":
    unittest.main(verbosity=2)
