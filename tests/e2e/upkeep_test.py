"""Backups taken while the shop sells, a shop that goes on from one, tables made anew (sync.md)."""
import json
import os
import sqlite3
import stat
import unittest
import urllib.error
import urllib.request

from shop_case import CASHIER_2, NOODLES, ShopCase, barcode, gs1, run, wait_until


class Upkeep(ShopCase):
    def sell(self, count=1):
        for _ in range(count):
            self.till.must("scan", code=NOODLES)
            self.till.must("pay_cash", tendered_fen=1490)
        self.till.must("sync")

    def online(self):
        wait_until(lambda: self.till.ask("sync")["ok"], 20, "the till with its server")

    def refused_command(self, code, *arguments, data=None):
        done = run("fangxin-server", "--data", data or self.shop.server.data, *arguments,
                   check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertTrue(done.stderr.startswith("fangxin-server: "), done.stderr)
        return done.stderr

    def backup(self, name):
        file = self.shop.folder / name
        answer, = self.shop.server.command("backup", file)
        self.assertEqual(answer["event"], "backed_up")
        return file, answer

    # SYNC-1
    def test_a_shop_goes_on_from_a_backup_and_has_what_was_sold_since(self):
        self.online()
        self.sell(3)
        file, told = self.backup("monday.db")
        self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
        self.assertEqual(told["bytes"], os.stat(file).st_size)
        sold_before = len(self.exported("sales"))
        self.sell(2)
        made = self.recall("170102", "--lot", "WJ234C", level="I")
        wait_until(lambda: self.judge(gs1(barcode("170102"), lot="WJ234C"))["verdict"] == "block")

        self.assertIn("stop it first", self.refused_command(4, "restore", file))
        self.shop.server.stop()
        answer, = self.shop.server.command("restore", file)
        self.assertEqual((answer["event"], answer["ops"]), ("restored", told["ops"]))
        self.assertTrue(os.path.exists(answer["set_aside"]))
        self.assertEqual(len(self.exported("sales")), sold_before)
        self.shop.server.start()
        self.online()
        wait_until(lambda: len(self.exported("sales")) == sold_before + 2, 20, "what was sold")
        receipts = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual(len(receipts), len(set(receipts)))
        # The recall that the backup does not have stays in force, here and for everybody.
        self.assertEqual(self.judge(gs1(barcode("170102"), lot="WJ234C"))["verdict"], "block")
        other = self.shop.till(7)
        wait_until(lambda: other.ask("sync")["ok"], 20, "the other till with its server")
        other.login(*CASHIER_2)
        wait_until(lambda: any(row["block"] == made["recall"]
                               for row in other.must("list", what="blocks")["rows"]), 20,
                   "the recall at another till")
        other.stop()
        self.assertNotIn("broken", [line["event"] for line in self.shop.server.command("verify")])

    # SYNC-1, SYNC-3
    def test_a_shop_whose_disk_is_lost_goes_on_from_its_backup_with_its_terminals(self):
        self.online()
        self.sell(2)
        file, _ = self.backup("whole.db")
        sold = len(self.exported("sales"))
        self.shop.server.stop()
        lost = self.shop.server.data.with_name("lost")
        self.shop.server.data.rename(lost)
        self.shop.server.command("restore", file)
        self.assertEqual((self.shop.server.data / "ca.key").read_bytes(),
                         (lost / "ca.key").read_bytes())
        self.assertEqual(stat.S_IMODE(os.stat(self.shop.server.data / "ca.key").st_mode), 0o600)
        self.shop.server.start()
        self.online()  # by the certificate that it has
        self.sell(1)
        self.assertEqual(len(self.exported("sales")), sold + 1)

    def test_monitoring_reads_what_the_server_does(self):
        self.online()
        self.sell(1)
        self.shop.server.stop()
        self.shop.server.start("--metrics", "0")
        ready = self.shop.server.ready
        ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.online()

        def told():
            with ask.open(ready["metrics"], timeout=5) as answer:
                self.assertEqual(answer.headers["Content-Type"],
                                 "text/plain; version=0.0.4; charset=utf-8")
                lines = answer.read().decode().splitlines()
            return {name: int(value) for name, value in
                    (line.split() for line in lines if not line.startswith("#"))}

        before = told()
        self.assertEqual(before["fangxin_tills_connected"], 1)
        self.sell(2)
        after = told()
        self.assertGreaterEqual(after["fangxin_ops_taken_total"],
                                before["fangxin_ops_taken_total"] + 2)
        self.assertGreater(after["fangxin_ops"], 0)
        self.assertGreater(after["fangxin_disk_free_bytes"], 0)
        for path, code in (("/", 404), ("/metrics", 403)):
            request = urllib.request.Request(ready["metrics"].replace("/metrics", path),
                                             headers={"Origin": "http://x"} if code == 403 else {})
            with self.assertRaises(urllib.error.HTTPError) as refused:
                ask.open(request, timeout=5)
            self.assertEqual(refused.exception.code, code)

    # SYNC-2
    def test_what_a_hand_changed_in_the_tables_is_told_and_put_right_while_the_shop_sells(self):
        self.online()
        self.sell(2)
        self.shop.server.stop()
        books = sqlite3.connect(self.shop.server.data / "store.db")
        with books:
            books.execute("UPDATE sales SET total_fen = 1")
            books.execute("UPDATE stock SET quantity_milli = 77000")
        books.close()
        self.shop.server.start()
        self.online()
        *differs, last = self.shop.server.command("rebuild", "--check")
        self.assertEqual({line["table"] for line in differs}, {"sales", "stock"})
        self.assertEqual((last["event"], last["put_right"]), ("rebuilt", 0))
        self.assertEqual(last["differ"], self.shop.server.command("rebuild")[-1]["put_right"])
        self.assertEqual(self.shop.server.command("rebuild", "--check")[-1]["differ"], 0)
        self.assertEqual({sale["total_fen"] for sale in self.exported("sales")}, {1490})
        self.sell()

    def test_what_cannot_be_restored_is_said_in_words(self):
        photo = self.shop.folder / "photo.db"
        photo.write_bytes(b"no backup")
        self.assertIn("is no backup",
                      self.refused_command(1, "restore", photo, data=self.shop.folder / "new"))
        self.refused_command(3, "restore", self.shop.folder / "nothing.db",
                             data=self.shop.folder / "new")
        self.refused_command(1, "backup", photo)
        usage = run("fangxin-server", "--data", self.shop.server.data, "replay", "--reason", "x",
                    check=False)
        self.assertEqual(usage.returncode, 2)
        self.assertIn("--terminal", usage.stderr)

    def test_an_op_without_effect_is_shown_and_tried_again(self):
        self.online()
        self.sell()
        self.shop.server.stop()
        books = sqlite3.connect(self.shop.server.data / "store.db")
        with books:  # as if it had come before its program
            books.execute("UPDATE ops SET status = 'rejected', why = 'bad luck' "
                          "WHERE terminal = 'till-1' AND kind = 'logged_in'")
        books.close()
        self.shop.server.start()
        rejected = self.shop.server.command("rejected")
        self.assertEqual({(row["kind"], row["status"], row["why"]) for row in rejected},
                         {("logged_in", "rejected", "bad luck")})
        self.assertEqual(json.loads(rejected[0]["body"])["kind"], "logged_in")
        done = self.shop.server.command("replay", "--all", "--reason", "the program is newer")
        self.assertEqual({row["event"] for row in done}, {"replayed"})
        self.assertEqual(self.shop.server.command("rejected"), [])
        self.assertEqual(self.shop.server.command("status")[0]["rejected"], 0)
        self.refused_command(1, "replay", "--terminal", "till-1", "--epoch", "1", "--seq",
                             rejected[0]["seq"], "--reason", "again")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
