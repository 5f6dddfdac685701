#!/usr/bin/python3
"""A server or a till that was set back to an older copy of its disk (SYNC-1, SYNC-2)."""
import shutil
import unittest

from book_case import Books
from shop_case import CASHIER, CASHIER_2, MANAGER, MILK, NOODLES, asked_of, run, wait_until


class OldBook(Books):
    """The server's disk is gone, and last night's backup is put in its place."""

    # SYNC-1, SAFE-9
    def test_a_server_set_back_to_a_backup_gets_everything_again_and_blocks_reach_all(self):
        server = self.shop.server
        first = self.sell()
        self.till.must("sync")
        server.stop()
        copy = self.shop.folder / "backup"
        shutil.copytree(server.data, copy)
        server.start()
        wait_until(lambda: self.till.ask("sync")["ok"], 20)
        second = self.sell()
        for lot in ("LOST1", "LOST2", "LOST3"):
            self.recall("130101", "--lot", lot)
        self.till.must("sync")
        server.stop()
        shutil.rmtree(server.data)
        shutil.copytree(copy, server.data)
        server.start()
        wait_until(lambda: self.till.ask("sync")["ok"], 20)
        self.in_the_books_once([first, second])
        self.recall("130101", "--lot", "NEW1")
        wait_until(lambda: "NEW1" in str(self.till.must("list", what="blocks")["rows"]))
        self.chains_hold()


class OldCopy(Books):
    # SYNC-2
    def test_a_till_restored_from_an_old_copy_is_detected_and_named(self):
        first = self.sell()
        self.till.must("sync")
        self.till.stop()
        copy = self.shop.folder / "copy"
        shutil.copytree(self.till.data, copy)
        self.till.start()
        self.till.login(*CASHIER)
        second = self.sell()
        self.till.must("sync")
        self.till.stop()
        shutil.rmtree(self.till.data)
        shutil.copytree(copy, self.till.data)
        self.till.start()
        self.till.login(*CASHIER)
        self.sell(code=MILK, tendered=450)
        _, _, event = self.till.wait_event("conflict", timeout=10)
        self.assertTrue(event["error"])
        rows = {row["terminal"]: row for row in self.shop.server.command("status")[0]["terminals"]}
        self.assertTrue(rows["till-1"]["conflict"])
        self.in_the_books_once([first, second])
        self.chains_hold()

    # SYNC-1
    def test_a_folder_of_another_terminal_is_refused_with_a_reason(self):
        self.shop.till(5).stop()
        done = run("fangxin-terminal", "--headless", "--data", self.shop.folder / "till-5",
                   "--till", 6, check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("till-5", done.stderr)


class NewLog(Books):
    """The numbers of receipts that it had given are given again: those on paper are two then."""

    # SYNC-2
    def test_a_manager_lets_it_go_on_in_a_new_log_at_another_till_and_nothing_is_lost(self):
        parted, other = self.shop.till(7), self.shop.till(8)
        parted.login(*CASHIER_2)

        def sell(count):
            for _ in range(count):
                parted.must("scan", code=NOODLES)
                parted.must("pay_cash", tendered_fen=1490)

        sell(2)
        parted.must("sync")
        parted.stop()
        shutil.copytree(parted.data, parted.data.with_suffix(".old"))
        parted.start()
        parted.login(*CASHIER_2)
        sell(2)
        parted.must("sync")
        parted.stop()
        shutil.rmtree(parted.data)
        parted.data.with_suffix(".old").rename(parted.data)
        parted.start()
        parted.wait_event("conflict")
        parted.login(*CASHIER_2)
        sell(3)  # which the server has not
        other.login(*CASHIER)
        ask = {"terminal": "till-7", "reason": "disk replaced"}
        self.assertEqual(other.ask("open_log", **ask)["error"], "not_allowed")
        other.login(*MANAGER)
        self.assertEqual(other.ask("open_log", terminal="till-8", reason="x")["error"], "not_here")
        self.assertEqual(other.ask("open_log", terminal="till-7", reason="")["error"],
                         "reason_wanted")
        other.must("open_log", **ask)
        wait_until(lambda: parted.ask("sync")["ok"], 20, "the till in its new log")
        sales = asked_of(self.shop.server.data / "store.db",
                         "SELECT total_fen FROM sales WHERE terminal = 'till-7'")
        self.assertEqual(len(sales), 2 + 2 + 3)
        self.assertTrue(all(line["event"] == "verified"
                            for line in self.shop.server.command("verify")))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
