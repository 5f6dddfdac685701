#!/usr/bin/python3
"""The till's window, worked with by keys and a keyboard scanner on its own display (SALE-11)."""
import os
import subprocess
import time
import unittest

from shop_case import BIN, BISCUIT, CASHIER, MANAGER, MILK, NOODLES, ShopCase, wait_until
from windows import TILL_PAGE, Window


# In the units of the design: an area at the left, and the card of what was proved.
JOURNAL, PROOF = (100, 680), (925, 276)


class OneWindow(ShopCase):
    """A till's window on a display of its own, with somebody logged in."""
    TILLS = 0
    PERSON = CASHIER

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = Window(cls.shop, 9)
        cls.addClassCleanup(cls.window.stop)
        cls.window.open()
        cls.window.log_in(cls.PERSON)
        cls.display = cls.window.display

    def ops(self, kind):
        return self.window.ops(kind)

    def sales(self):
        return [sale for sale in self.exported("sales") if sale["terminal"] == "till-9"]

    def sold(self, before):
        """The sale after so many, once it is in the server's books; then the next customer."""
        sale = wait_until(lambda: self.sales()[before:], 10, "the sale")[0]
        self.window.key("F12")
        return sale


class InTheWindow(OneWindow):
    # SALE-11
    def test_a_sale_by_keys_and_scanner_is_in_the_books(self):
        before = len(self.sales())
        self.display.scan(NOODLES)
        self.display.scan(NOODLES)
        self.window.type("F12", "5", "0", "F12")
        sale = self.sold(before)
        self.assertEqual((sale["total_fen"], sale["paid_fen"], sale["change_fen"]),
                         (2980, 5000, 2020))
        self.assertEqual([(line["item"], line["quantity"]) for line in sale["lines"]],
                         [("170101", 2)])

    # SAFE-2, SAFE-3
    def test_a_recalled_pack_is_refused_and_only_its_own_key_goes_on(self):
        before = len(self.sales())
        refused = len(self.ops("sale_refused"))
        self.display.scan(BISCUIT)   # which date is on the pack?
        self.window.type("1")        # the older one: recalled
        self.window.comes("sale_refused", refused)
        self.display.scan(NOODLES)   # refused aloud while the block stands
        self.window.type("F12", "5", "0", "F12", "Return")
        self.display.scan(NOODLES)   # a line, had one of those keys closed the block
        time.sleep(0.5)
        self.assertEqual(self.window.lines(), [])
        self.assertEqual(len(self.sales()), before)
        self.window.key("F8")
        self.window.scan(NOODLES)
        self.window.type("F12", "F1", "F12")  # exact
        sale = self.sold(before)
        self.assertEqual((sale["total_fen"], sale["change_fen"]), (1490, 0))

    # SALE-2
    def test_goods_are_found_by_pinyin(self):
        before = len(self.sales())
        self.window.type("F4", *"shanxichunniunai", "1")
        self.window.type("F12", "F1", "F12")
        self.assertEqual([line["item"] for line in self.sold(before)["lines"]], ["130101"])

    def test_without_a_display_it_says_so(self):
        env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        for program in ("fangxin-terminal", "fangxin-handheld"):
            for place in ({}, {"DISPLAY": ":4711"}):
                with self.subTest(program, **place):
                    done = subprocess.run(
                        [BIN / program, "--data", self.shop.folder / f"blind-{program}"], text=True,
                        capture_output=True, timeout=30,
                        env=env | {"SDL_VIDEODRIVER": "x11"} | place)
                    self.assertEqual(done.returncode, 1)
                    self.assertIn("no_display", done.stderr)
                    self.assertIn("is a screen attached?", done.stderr)


class Admin(OneWindow):
    """The manager's office at the till; what is done there is in force everywhere."""
    TILLS = 1
    PERSON = MANAGER

    def strike(self, *keys):
        for key in keys:
            self.window.key(key, TILL_PAGE)

    # SAFE-6, SAFE-7
    def test_a_recall_made_there_stops_the_sale_everywhere(self):
        self.expect(self.judge(NOODLES), "allow")
        self.strike("F10", "8", "F4", "F11")
        self.window.scan(NOODLES, TILL_PAGE)
        self.strike("F9", "F9", "F10")        # the whole item, level I
        self.strike("F8")
        self.window.type(*"zhiliang")
        self.strike("space", "Return")
        self.assertEqual(self.ops("recall_made"), [])
        self.strike("F12")                    # says what it will do
        self.assertEqual(self.ops("recall_made"), [])
        self.strike("F12")
        made = self.window.comes("recall_made", 0)
        self.assertEqual((made["person"], *(made["data"][k] for k in ("item", "level", "reason"))),
                         (MANAGER[0], "170101", "I", "质量"))
        wait_until(lambda: self.judge(NOODLES)["verdict"] == "block", what="the block elsewhere")
        self.strike("Escape", "Escape")       # the list, then the checkout, which refuses it too
        refused = len(self.ops("sale_refused"))
        self.display.scan(NOODLES)
        self.window.comes("sale_refused", refused)
        self.window.key("F8")

    def wait_colour(self, place, colour, what):
        """Until the card there is of this colour: proved is green, not what was written is red."""
        left, top = place

        def stands():
            blue, green, red = self.display.pixels()[top][4 * left:4 * left + 3]
            return max({"green": green, "red": red, "blue": blue}.items(),
                       key=lambda each: each[1])[0] == colour

        wait_until(stands, 10, what)

    # REPT-2
    def test_an_entry_of_the_journal_is_found_and_proved(self):
        total = self.scan(MILK)["basket"]["total_fen"]
        receipt = self.pay(total)["number"]
        self.till.must("sync")
        self.strike("F10", "8")
        self.window.tap(JOURNAL, TILL_PAGE)
        self.strike("F8")
        self.display.do("type", "--delay", "30", receipt)
        self.strike("Return", "Down")
        self.wait_colour(PROOF, "green", "the proof")
        self.strike("Escape")

    # COMP-6
    def test_a_customers_number_is_shown_and_that_it_was_is_noted(self):
        taken = self.till.must("complain", what="sour", contact="19900001224")["complaint"]
        self.till.must("sync")
        wait_until(lambda: self.window.on_disk("SELECT 1 FROM complaints"), what="the complaint")
        self.strike("F10", "8", "F6", "Down")
        self.assertEqual(self.ops("contact_shown"), [])
        self.strike("F12")
        self.assertEqual(self.window.comes("contact_shown", 0)["data"]["complaint"], taken)
        self.strike("Escape")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
