#!/usr/bin/python3
"""Whatever comes in, the till answers in words and goes on: codes, pictures, lines, disks."""
import os
import random
import resource
import struct
import subprocess
import tempfile
import time
import unittest
import zlib
from pathlib import Path

from shop_case import (BIN, CASHIER, NOODLES, SAMPLE_SHOP, Printer, ShopCase, Terminal, clear,
                       free_port, run, wait_until)


def sell(till, tendered=1490):
    till.must("scan", code=NOODLES)
    return till.must("pay_cash", tendered_fen=tendered)["receipt"]


def png(width, height, data=b""):
    """A PNG of grey pixels, or one whose header lies about its size."""
    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body +
                struct.pack(">I", zlib.crc32(kind + body)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
            chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


class Codes(ShopCase):
    def test_noise_is_refused_or_unknown_and_never_a_line(self):
        noise = random.Random(20261123)
        for _ in range(300):
            code = "".join(chr(noise.choice([noise.randrange(1, 0x80), noise.randrange(0xA0, 0x2FF),
                                             noise.randrange(0x4E00, 0x9FFF)]))
                           for _ in range(noise.randrange(1, 60)))
            answer = self.till.ask("scan", code=code)
            known = answer.get("error") in ("bad_code", "payment_code", "receipt_code")
            self.assertTrue(known or answer.get("verdict") == "unknown", (code, answer))
            self.assertTrue(answer["message"])
            self.assertEqual(answer["basket"]["lines"], [])

    def test_a_code_that_is_too_long_or_empty_is_refused(self):
        for code in ("", "\r\n", "]C1", "6" * 5000, "]d201" + "9" * 100_000):
            self.refused(self.till.ask("scan", code=code), "bad_code")

    def test_a_wrong_check_digit_is_named(self):
        for code in ("6992918000133", "69930073", "799011000138", "]I116991548000138",
                     "]C10106992918000133", "2001011008610"):
            answer = self.refused(self.till.ask("scan", code=code), "bad_code")
            self.assertIn("校验位不对", answer["message"])

    def test_bytes_that_are_not_utf8_are_refused_as_a_line(self):
        self.till.process.stdin.flush()
        self.till.process.stdin.buffer.write(b'{"id":1,"do":"scan","code":"\xff\xfe69"}\n')
        self.till.process.stdin.buffer.flush()
        self.refused(self.till.answer(), "bad_json")
        self.assertTrue(sell(self.till))

    def test_a_picture_that_is_none_is_refused_in_words(self):
        folder = self.shop.folder
        files = {"no such.png": (None, "not_found"), "text.png": (b"hello", "not_an_image"),
                 "empty.png": (b"", "not_an_image"),
                 "torn.png": (png(600, 400, b"\0" * 600 * 100)[:-40], None),
                 "blank.png": (png(64, 64, b"\0" + b"\xff" * 64 * 65), None),
                 "huge.png": (png(100_000, 100_000), "too_large"),
                 "lies.png": (png(0, 0), None),
                 "noise.jpg": (b"\xff\xd8\xff" + b"\x5a" * 500, None),
                 "big.png": (b"\x89PNG\r\n\x1a\n" + bytes(21_000_000), "too_large")}
        for name, (content, error) in files.items():
            with self.subTest(name):
                if content is not None:
                    (folder / name).write_bytes(content)
                answer = self.till.ask("scan", image=str(folder / name))
                self.refused(answer, error or answer.get("error"))
                self.assertIn(answer["error"], ("not_found", "not_an_image", "too_large", "no_code",
                                                "decoder_died", "not_readable"))
        self.refused(self.till.ask("scan", image=str(folder)), self.till.ask(
            "scan", image=str(folder))["error"])

    def test_a_picture_that_kills_the_decoder_costs_one_read_and_no_more(self):
        picture = self.shop.folder / "good.png"
        subprocess.run(["zint", "-o", picture, "-b", "13", "-d", NOODLES[:12]], check=True)
        self.assertTrue(self.till.ask("scan", image=str(picture))["ok"])
        clear(self.till)
        children = Path(f"/proc/{self.till.process.pid}/task").glob("*/children")
        helpers = {pid for file in children for pid in file.read_text().split()}
        self.assertTrue(helpers, "pictures are not read in a process of their own")
        for pid in helpers:
            os.kill(int(pid), 11)
        first = self.till.ask("scan", image=str(picture))
        if not first["ok"]:
            self.refused(first, "decoder_died")
        clear(self.till)
        self.expect(self.till.must("scan", image=str(picture)), "allow")


class Lines(ShopCase):
    """Headless lines as a broken program would send them."""

    def raw(self, line):
        self.till.process.stdin.flush()
        self.till.process.stdin.buffer.write(line if isinstance(line, bytes) else line.encode())
        self.till.process.stdin.buffer.flush()
        return self.till.answer()

    def test_lines_that_are_no_json_object_are_refused_and_the_next_is_served(self):
        for line in ("hello\n", "{\n", "[]\n", "42\n", "null\n", '"scan"\n', "{]\n", '{"id":1,}\n',
                     '{"do":"list","do":"quit"}\n', '{"id":1.5,"do":"list","what":"holds"}\n',
                     '{"id":9007199254740992,"do":"list","what":"holds"}\n', "\x00\n",
                     "{" + '"a":{' * 40 + "}" * 41 + "\n", b"\xc3\x28\n",
                     '{"do":"list","what":"holds"} x\n'):
            with self.subTest(line=line[:40]):
                self.refused(self.raw(line), "bad_json")
                self.assertTrue(self.till.ask("list", what="holds")["ok"])

    def test_empty_lines_are_no_requests(self):
        self.till.send_raw("\n  \n\r\n")
        self.assertTrue(self.till.ask("list", what="holds")["ok"])

    def test_unknown_actions_are_refused_by_name(self):
        for request, name in (('{"id":5,"do":"fly"}', "fly"), ('{"id":5,"do":"SCAN"}', "SCAN"),
                              ('{"id":5,"do":7}', ""), ('{"id":5}', ""),
                              ('{"id":5,"do":"receive","item":"170101"}', "receive")):
            answer = self.refused(self.raw(request + "\n"), "unknown_action")
            self.assertEqual(answer["id"], 5)
            self.assertIn(name, answer["message"])

    def test_unknown_missing_and_mistyped_arguments_are_refused_by_name(self):
        for do, arguments, name in (("scan", {"cod": NOODLES}, "cod"),
                                    ("scan", {"code": NOODLES, "colour": 1}, "colour"),
                                    ("scan", {"code": 6992918000132}, "code"),
                                    ("scan", {"code": None}, "code"),
                                    ("scan", {"code": [NOODLES]}, "code"),
                                    ("scan", {}, "code"), ("plu", {}, "plu"),
                                    ("pay_cash", {"tendered_fen": "1490"}, "tendered_fen"),
                                    ("pay_cash", {"tendered_fen": True}, "tendered_fen"),
                                    ("pay_cash", {}, "tendered_fen"),
                                    ("quantity", {"quantity": {}}, "quantity"),
                                    ("verify", {"unreadable": "yes"}, "unreadable"),
                                    ("login", {"person": 1001, "pin": "408213"}, "person"),
                                    ("weigh", {"net_mg": 1}, "net_mg"),
                                    ("list", {}, "what")):
            with self.subTest(do=do, arguments=arguments):
                answer = self.refused(self.till.ask(do, **arguments), "bad_argument")
                self.assertIn(name, answer["message"])
        self.refused(self.till.ask("list", what="everything"), "no_such_list")
        self.assertEqual(self.till.ask("list", what="holds")["basket"]["lines"], [])

    def test_a_line_of_two_megabytes_is_refused_and_the_next_is_served(self):
        line = '{"id":1,"do":"scan","code":"' + "6" * 2_000_000 + '"}\n'
        self.refused(self.raw(line), "bad_json")
        self.assertTrue(sell(self.till))

    def test_absurd_values_are_refused_in_words(self):
        self.till.must("scan", code=NOODLES)
        for wrong in (2**53 - 1, 10**14):
            self.refused(self.till.ask("pay_cash", tendered_fen=wrong), "amount_out_of_range")
        self.refused(self.till.ask("reprint", receipt="x" * 1000), "no_such_receipt"
                     if self.till.devices else "no_printer")
        clear(self.till)
        self.refused(self.till.ask("resume", hold="' OR 1=1 --"), "no_such_hold")
        self.assertTrue(self.till.ask("list", what="items", filter="%' OR '1'='1")["ok"])

    def test_half_a_line_at_the_end_is_answered_or_dropped_and_the_till_ends_well(self):
        till = self.shop.till(9)
        till.login(*CASHIER)
        till.process.stdin.write('{"id":1,"do":"pay_cash","tende')
        till.process.stdin.close()
        self.assertEqual(till.process.wait(timeout=10), 0)


class Paper(ShopCase):
    @classmethod
    def devices(cls, number):
        cls.port = free_port()
        cls.printer = Printer(cls.shop.folder / "paper", port=cls.port)
        cls.addClassCleanup(lambda: cls.printer.stop())  # the one of then: tests start others
        return f'[printer]\ntarget = "tcp:127.0.0.1:{cls.port}"\n'

    def restart_printer(self, status):
        type(self).printer.stop()
        type(self).printer = Printer(self.shop.folder / "paper", status, self.port)

    def on_paper(self, number):
        return sum(f"CODE128 {number}" in text for text in self.printer.texts())

    def test_a_sale_is_done_while_the_printer_is_out_and_printed_when_it_is_back(self):
        for status, reason in (("paper_out", "paper_out"), ("cover_open", "cover_open"),
                               ("error", "printer_error"), ("offline", "printer_busy")):
            with self.subTest(status):
                self.restart_printer(status)
                since = self.till.event_count()
                receipts = [sell(self.till)["number"] for _ in range(2)]
                _, _, event = self.till.wait_event("device", since, where=lambda e: e["state"]
                                                   == "lost")
                self.assertEqual((event["device"], event["reason"]), ("printer", reason))
                self.restart_printer("ok")
                for number in receipts:
                    wait_until(lambda: self.on_paper(number), 15, f"receipt {number}")
                    self.assertEqual(self.on_paper(number), 1)

    def test_a_printer_that_is_gone_costs_no_sale_and_loses_no_receipt(self):
        self.printer.stop()
        since, asked = self.till.event_count(), time.monotonic()
        number = sell(self.till)["number"]
        self.assertLess(time.monotonic() - asked, 1.0, "the sale waited for the printer")
        self.till.wait_event("device", since, where=lambda e: e["state"] == "lost")
        self.till.kill()  # the paper that is owed is owed across a crash too
        self.till.start()
        self.till.login(*CASHIER)
        self.restart_printer("ok")
        wait_until(lambda: self.on_paper(number), 15, "the receipt")
        time.sleep(0.3)
        self.assertEqual(self.on_paper(number), 1)

    def heard(self, since, state, reason):
        """The printer says so; it is asked every five seconds, and is gone for a moment between."""
        said = {"event": "device", "device": "printer", "state": state, "reason": reason}
        since, _, _ = self.till.wait_event("device", since, timeout=20,
                                           where=lambda event: event == said)
        return since + 1

    def test_little_paper_is_told_and_no_obstacle(self):
        since = self.till.event_count()
        self.restart_printer("paper_low")
        since = self.heard(since, "warned", "paper_low")
        number = sell(self.till)["number"]
        wait_until(lambda: self.on_paper(number), 10, "the receipt")
        self.restart_printer("cover_open")  # to look how much there is
        since = self.heard(since, "lost", "cover_open")
        self.restart_printer("paper_low")
        since = self.heard(since, "found", "")
        self.heard(since, "warned", "paper_low")


class Databases(ShopCase):
    def spoil(self, how):
        """The till ends well, so that all is in the one file; then that file is spoilt."""
        self.till.stop()
        file = self.till.data / "terminal.db"
        for suffix in ("-wal", "-shm"):
            Path(str(file) + suffix).unlink(missing_ok=True)
        how(file)

    def comes_back(self):
        """The till has the shop again, sells, and its old and new sales are all in the books."""
        self.till.login(*CASHIER)
        self.assertGreater(len(self.till.must("list", what="batches")["rows"]), 300)
        number = sell(self.till)["number"]
        self.assertEqual(self.till.must("sync")["unsent"], 0)
        numbers = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual(len(numbers), len(set(numbers)), "a receipt number twice in the books")
        self.assertIn(number, numbers)
        return numbers

    def test_a_damaged_database_of_a_till_is_set_aside_and_comes_back_from_the_server(self):
        def overwrite(file):
            content = bytearray(file.read_bytes())
            content[8192:-8192] = b"\x5a" * (len(content) - 16384)
            file.write_bytes(content)

        spoils = {"garbage": lambda file: file.write_bytes(os.urandom(65536)),
                  "cut": lambda file: file.write_bytes(file.read_bytes()[:20000]),
                  "overwritten": overwrite,
                  "empty": lambda file: file.write_bytes(b"")}
        for name, how in spoils.items():
            with self.subTest(name):
                before = sell(self.till)["number"]
                self.till.must("sync")
                self.spoil(how)
                self.till.start()
                if name != "empty":
                    _, _, event = self.till.wait_event("damaged", timeout=5)
                    self.assertTrue((self.till.data / event["set_aside"]).exists())
                    self.assertTrue(event["message"])
                self.assertIn(before, self.comes_back())

    def test_a_missing_database_of_a_till_comes_back_from_the_server(self):
        before = sell(self.till)["number"]
        self.till.must("sync")
        self.spoil(lambda file: file.unlink())
        self.till.start()
        self.assertIn(before, self.comes_back())

    def test_without_a_server_a_till_that_lost_its_data_says_so(self):
        alone = Terminal("fangxin-terminal", self.shop.folder / "alone", None, None, 8)
        alone.data.mkdir()
        (alone.data / "terminal.db").write_bytes(b"garbage" * 1000)
        alone.start()
        self.addCleanup(alone.stop)
        self.refused(alone.ask("login", person=CASHIER[0], pin=CASHIER[1]), "not_synced")

    def test_a_folder_without_a_shop_is_not_served(self):
        empty = self.shop.folder / "no-shop"
        done = run("fangxin-server", "--data", empty, "serve", "--listen", "127.0.0.1:0",
                   check=False)
        self.assertEqual(done.returncode, 3, done)
        self.assertIn("import", done.stderr)
        self.assertFalse(empty.exists())

    def test_a_cut_database_of_the_server_is_not_served(self):
        folder = self.shop.folder / "cut"
        run("fangxin-server", "--data", folder, "import", SAMPLE_SHOP)
        file = folder / "store.db"
        file.write_bytes(file.read_bytes()[:file.stat().st_size // 2])
        done = run("fangxin-server", "--data", folder, "serve", "--listen", "127.0.0.1:0",
                   check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("damaged", done.stderr)

    def test_nobody_else_reads_what_the_programs_keep(self):
        for file in (self.till.data / "terminal.db", self.shop.server.data / "store.db"):
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)

    def test_an_export_that_could_not_be_written_whole_says_so(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([BIN / "fangxin-server", "--data", self.shop.server.data,
                                   "export", "ops"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(b"cannot_write", done.stderr)

    def test_a_damaged_database_of_the_server_ends_it_with_a_reason(self):
        for content in (b"garbage" * 1000, os.urandom(8192)):
            folder = Path(tempfile.mkdtemp(dir=self.shop.folder))
            (folder / "store.db").write_bytes(content)
            for command in (["serve", "--listen", "127.0.0.1:0"], ["status"], ["export", "ops"]):
                done = run("fangxin-server", "--data", folder, *command, check=False)
                self.assertEqual(done.returncode, 1, (command, done))
                self.assertRegex(done.stderr, r"fangxin-server: \w+: .*\S")
            self.assertEqual((folder / "store.db").read_bytes(), content, "it was touched")


class FullDisk(ShopCase):
    def refuse_then_go_on(self, fill, free):
        """Nothing is half-sold while nothing can be written; afterwards all goes on."""
        first = sell(self.till)["number"]
        self.till.must("scan", code=NOODLES)
        time.sleep(0.2)
        fill()
        refusals = [self.till.ask("pay_cash", tendered_fen=1490) for _ in range(3)]
        for answer in refusals:
            self.assertIn(answer.get("error"), ("disk_full", "database"), answer)
            self.assertIn("店长", answer["message"])
            self.assertEqual(len(answer["basket"]["lines"]), 1)
        free()
        receipt = self.till.must("pay_cash", tendered_fen=1490)["receipt"]
        self.assertEqual(int(receipt["number"][7:14]), int(first[7:14]) + 1)
        self.assertEqual(self.till.must("sync")["unsent"], 0)
        sales = [s["receipt"] for s in self.exported("sales") if s["terminal"].startswith("till")]
        self.assertEqual(sales.count(receipt["number"]), 1)

    def test_a_file_at_its_limit_refuses_payment_in_words_and_goes_on_later(self):
        pid = self.till.process.pid
        hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
        self.refuse_then_go_on(
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard)),
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard)))

    @unittest.skipUnless(os.geteuid() == 0, "mounting needs root")
    def test_a_full_disk_refuses_payment_in_words_and_goes_on_later(self):
        folder = self.shop.folder / "small"
        folder.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder]).returncode:
            self.skipTest("no tmpfs here")
        till = Terminal("fangxin-terminal", folder / "till-7", self.shop.server, None, 7)
        try:
            till.start()
            till.login(*CASHIER)
            self.till, normal = till, self.till
            self.refuse_then_go_on(lambda: self.fill(folder), (folder / "ballast").unlink)
            self.till = normal
        finally:
            till.stop()
            subprocess.run(["umount", "-l", folder], check=True)

    def fill(self, folder):
        with open(folder / "ballast", "wb", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        ballast.write(b"x" * size)
                except OSError:
                    pass


if __name__ == "__main__":
    unittest.main(warnings="ignore")
