#!/usr/bin/python3
"""The till's window, worked with by keys and a keyboard scanner on its own display (SALE-11)."""
import json
import os
import subprocess
import time
import unittest

from display import Display
from shop_case import BIN, BISCUIT, CASHIER, MANAGER, NOODLES, ShopCase, wait_until


class OneWindow(ShopCase):
    """A till's window on a display of its own, with somebody logged in."""
    TILLS = 0
    PERSON = CASHIER

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.display = Display()
        cls.addClassCleanup(cls.display.stop)
        cls.data = cls.shop.folder / "till-9"
        cls.process = subprocess.Popen(
            [BIN / "fangxin-terminal", "--data", cls.data, "--server", cls.shop.server.url,
             "--till", "9"], stderr=subprocess.PIPE, env=cls.display.env)
        cls.addClassCleanup(cls.end)
        wait_until(lambda: cls.ops("logged_in") or cls.log_in(), 30, "the login")

    @classmethod
    def end(cls):
        cls.process.terminate()
        cls.process.wait()
        cls.process.stderr.close()

    @classmethod
    def log_in(cls):
        cls.display.key("Escape", *cls.PERSON[0], "Return", *cls.PERSON[1], "Return")
        time.sleep(1)
        return cls.ops("logged_in")

    @classmethod
    def ops(cls, kind):
        return [op for op in cls.exported(cls, "ops")
                if op["terminal"] == "till-9" and op["kind"] == kind]

    def next_customer(self):
        time.sleep(1)  # a key struck twice is not meant for what comes next
        self.display.key("F12")

    def sales(self):
        return [sale for sale in self.exported("sales") if sale["terminal"] == "till-9"]


class Window(OneWindow):
    # SALE-11
    def test_a_sale_by_keys_and_scanner_is_in_the_books(self):
        before = len(self.sales())
        self.display.scan(NOODLES)
        self.display.scan(NOODLES)
        self.display.key("F12", "5", "0", "F12")
        sale = wait_until(lambda: self.sales()[before:], what="the sale")[0]
        self.assertEqual((sale["total_fen"], sale["paid_fen"], sale["change_fen"]),
                         (2980, 5000, 2020))
        self.assertEqual([(line["item"], line["quantity"]) for line in sale["lines"]],
                         [("170101", 2)])
        self.next_customer()

    # SAFE-2, SAFE-3
    def test_a_recalled_pack_is_refused_and_only_its_own_key_goes_on(self):
        before = len(self.sales())
        refused = len(self.ops("sale_refused"))
        self.display.scan(BISCUIT)   # which date is on the pack?
        self.display.key("1")        # the older one: recalled
        wait_until(lambda: len(self.ops("sale_refused")) > refused, what="the refusal")
        self.display.scan(NOODLES)   # refused aloud while the block stands
        self.display.key("F12", "5", "0", "F12", "Return")
        self.display.scan(NOODLES)   # a line, had one of those keys closed the block
        time.sleep(0.5)
        self.assertEqual(len(self.sales()), before)
        self.display.key("F8")
        self.display.scan(NOODLES)
        self.display.key("F12", "F1", "F12")  # exact
        sale = wait_until(lambda: self.sales()[before:], what="the sale")[0]
        self.assertEqual((sale["total_fen"], sale["change_fen"]), (1490, 0))
        self.next_customer()

    # SALE-2
    def test_goods_are_found_by_pinyin(self):
        before = len(self.sales())
        self.display.key("F4", *"shanxichunniunai", "1")
        self.display.key("F12", "F1", "F12")
        sale = wait_until(lambda: self.sales()[before:], what="the sale")[0]
        self.assertEqual([line["item"] for line in sale["lines"]], ["130101"])
        self.next_customer()

    def test_without_a_display_it_says_so(self):
        done = subprocess.run(
            [BIN / "fangxin-terminal", "--data", self.shop.folder / "blind"], text=True,
            capture_output=True, timeout=30,
            env={k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")} |
            {"SDL_VIDEODRIVER": "x11"})
        self.assertEqual(done.returncode, 1)
        self.assertIn("no_display", done.stderr)


class Admin(OneWindow):
    """The manager's office at the till; what is done there is in force everywhere."""
    TILLS = 1
    PERSON = MANAGER

    def strike(self, *keys):
        for key in keys:
            self.display.key(key)
            time.sleep(1)  # each opens something, which a double strike must not answer

    # SAFE-6, SAFE-7
    def test_a_recall_made_there_stops_the_sale_everywhere(self):
        self.expect(self.judge(NOODLES), "allow")
        self.strike("F10", "7", "F4", "F11")
        self.display.scan(NOODLES)
        self.display.key("F9", "F9", "F10")   # the whole item, level I
        self.strike("F8")
        self.display.key(*"zhiliang")
        self.strike("space", "Return")
        self.assertEqual(self.ops("recall_made"), [])
        self.strike("F12")                    # says what it will do
        self.assertEqual(self.ops("recall_made"), [])
        self.strike("F12")
        made = wait_until(lambda: self.ops("recall_made"), what="the recall")[0]
        data = json.loads(made["body"])["data"]
        self.assertEqual((made["person"], data["item"], data["level"], data["reason"]),
                         (MANAGER[0], "170101", "I", "质量"))
        wait_until(lambda: self.judge(NOODLES)["verdict"] == "block", what="the block elsewhere")
        self.strike("Escape", "Escape")       # the list, then the checkout, which refuses it too
        refused = len(self.ops("sale_refused"))
        self.display.scan(NOODLES)
        wait_until(lambda: len(self.ops("sale_refused")) > refused, what="the refusal here")
        self.strike("F8")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
