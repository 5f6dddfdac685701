#!/usr/bin/python3
"""Whatever happens to a till's window, no sale is lost, halved or made twice (SALE-11, SYNC-1)."""
import csv
import random
import shutil
import time
import unittest
from pathlib import Path

from display import Display
from hands import FIRST_LINE, LINES, ONE_MORE
from processes import temporary_folder
from shop_case import (CASHIER, MILK, NOODLES, SAMPLE_SHOP, Failed, Shop, ShopCase,
                       wait_until)
from windows import EXACT, PAY, TAKEN, TILL_PAGE, Window

NAME = "面😀🍜👩‍👩‍👧‍👦 שלום مرحبا"


class BadWindow(ShopCase):
    TILLS = 0

    def at_work(self, number, **env):
        window = Window(self.shop, number)
        self.addCleanup(window.stop)
        window.open(**env).log_in(CASHIER)
        return window

    def in_hand(self, window, *quantities):
        wait_until(lambda: [line["quantity"] for line in window.lines()] == [*quantities],
                   what=f"a basket of {quantities}, not {window.lines()}")

    def paid(self, window):
        """Pays the basket in hand, by keys; the next customer comes."""
        before = len(window.ops("sale"))
        window.key("F12")
        window.key("F1")
        window.key("F12")
        sale = window.comes("sale", before)["data"]
        window.key("F12")
        return sale

    def sells_as_ever(self, window):
        window.scan(NOODLES)
        self.assertEqual(self.paid(window)["total_fen"], 1490)

    def books_are_whole(self, window):
        """What is on its disk is at the server, every receipt once, every sum right."""
        wait_until(window.sent, 20, "the last op at the server")
        here = [op["data"] for op in window.ops("sale")]
        there = [sale for sale in self.exported("sales") if sale["terminal"] == window.terminal]
        numbers = [sale["receipt"] for sale in here]
        self.assertEqual(sorted(sale["receipt"] for sale in there), sorted(numbers))
        self.assertEqual(len(numbers), len(set(numbers)))
        for sale in here:
            self.assertEqual(sum(line["amount_fen"] for line in sale["lines"]), sale["total_fen"])
            self.assertEqual(sale["paid_fen"] - sale["change_fen"],
                             sale["total_fen"] - sale["rounding_fen"])


class Gone(BadWindow):
    """The window, or the screen under it, goes away."""

    def goes_on(self, window, before):
        """After the end in mid-payment: sold, or the basket is there and is paid now; once."""
        window.log_in(CASHIER)
        sold = len(window.ops("sale")) > before
        self.in_hand(window, *([] if sold else [1]))
        if not sold:
            self.paid(window)
        self.assertEqual(len(window.ops("sale")), before + 1)
        self.sells_as_ever(window)

    def start_paying(self, window):
        """Until one key is left; gives how many sales there were."""
        window.scan(NOODLES)
        self.in_hand(window, 1)
        window.key("F12")
        window.key("F1")
        return len(window.ops("sale"))

    # SALE-11
    def test_a_window_closed_in_mid_payment(self):
        window = self.at_work(11)
        for delay in (None, 0, 0.004, 0.02):
            before = self.start_paying(window)
            left = len(window.ops("logged_out"))
            if delay is not None:
                window.display.do("key", "F12")
                time.sleep(delay)
            window.display.ask_to_close(window.program)
            self.assertEqual(window.process.wait(timeout=10), 0, window.said())
            self.assertEqual(len(window.ops("logged_out")), left + 1)
            window.open()
            self.goes_on(window, before)
        self.books_are_whole(window)

    # SALE-11
    def test_a_screen_that_is_unplugged_in_mid_payment_and_comes_back(self):
        window = self.at_work(12)
        for delay in (None, 0, 0.02):
            before = self.start_paying(window)
            if delay is not None:
                window.display.do("key", "F12")
                time.sleep(delay)
            window.display.kill()
            self.assertEqual(window.process.wait(timeout=10), 1, window.said())
            self.assertIn(f"{window.display.name} broken", window.said())
            window.display.stop()
            window.display = Display()
            window.open()
            self.goes_on(window, before)
        self.books_are_whole(window)

    # SYNC-1
    def test_a_window_that_is_destroyed_from_outside(self):
        window = self.at_work(13)
        before = self.start_paying(window)
        window.display.do("windowclose", window.display.window_of(window.program))
        self.assertIn(window.process.wait(timeout=10), (0, 1), window.said())
        window.open()
        self.goes_on(window, before)
        self.books_are_whole(window)


class Pressed(BadWindow):
    """Fingers and scanners that nobody could mean."""

    def test_a_touch_that_never_ends_leaves_the_next_ones_working(self):
        window = self.at_work(21)
        window.scan(NOODLES)
        window.display.do("mousemove", *PAY, "mousedown", 1, "mousemove", 30, 400)
        window.scan(NOODLES)
        self.in_hand(window, 2)
        # The window goes from under the finger, and never hears that it was lifted.
        shown = window.display.window_of(window.program)
        window.display.do("windowunmap", "--sync", shown, "mouseup", 1, "windowmap", "--sync",
                          shown)
        window.display.do("windowfocus", "--sync", shown)
        try:
            window.tap(PAY)
        except Failed:
            window.tap(PAY)  # the first one only ended the one that never did
        window.tap(EXACT)
        window.tap(TAKEN)
        self.assertEqual(window.comes("sale", 0)["data"]["total_fen"], 2980)
        window.tap(TAKEN)
        self.sells_as_ever(window)
        self.books_are_whole(window)

    def test_two_hundred_touches_in_a_burst_all_count(self):
        window = self.at_work(22)
        window.scan(NOODLES)
        window.tap(FIRST_LINE, LINES)
        window.display.do("mousemove", *ONE_MORE, "click", "--repeat", 200, "--delay", 1, 1)
        self.in_hand(window, 201)
        self.assertEqual(self.paid(window)["total_fen"], 201 * 1490)
        self.books_are_whole(window)

    def test_two_hundred_touches_anywhere_leave_the_books_right(self):
        chance = random.Random(20261127)
        window = self.at_work(23)
        for _ in range(4):
            window.display.scan(NOODLES)
            window.display.scan(MILK)
            words = [word for _ in range(50) for word in (
                "mousemove", chance.randrange(1280), chance.randrange(60, 800), "click", 1)]
            window.display.do(*words)
        time.sleep(1)
        self.assertIsNone(window.process.poll(), window.said())
        window.kill()
        window.open().log_in(CASHIER)
        window.type("Escape", "Escape", "F8")
        if window.lines():
            self.paid(window)
        self.sells_as_ever(window)
        self.books_are_whole(window)

    def rests(self, window):
        """It has taken all that was typed: for a second it has had nothing to do."""
        worked = lambda: Path(f"/proc/{window.process.pid}/stat").read_text().split()[13]
        seen, since = worked(), time.monotonic()
        while time.monotonic() - since < 1:
            time.sleep(0.05)
            if (now := worked()) != seen:
                seen, since = now, time.monotonic()

    def test_ten_thousand_characters_from_a_scanner(self):
        window = self.at_work(24)
        flood = "".join(random.Random(5).choices("0123456789abcdefgh", k=10_000))
        window.display.scan(flood)                     # at the checkout
        window.key("F4")
        window.display.scan(flood)                     # into the search, which it closes
        window.type("Escape")
        window.type("F10", "4")
        window.display.scan(flood)                     # no goods: refused
        window.key("F8", TILL_PAGE)
        window.display.do("type", "--delay", 0, flood)  # as if pasted: no Enter ends it
        self.rests(window)
        self.assertIsNone(window.process.poll(), window.said())
        window.key("Escape", TILL_PAGE)
        window.key("Escape", TILL_PAGE)
        before = len(window.ops("complaint_taken"))
        window.type("F10", "4", "F12")
        complaint = window.comes("complaint_taken", before)["data"]
        self.assertLessEqual(len(complaint["what"].encode()), 2000)
        self.assertEqual(complaint["item"], "")
        window.type("Escape")
        self.assertEqual(window.lines(), [])
        self.sells_as_ever(window)
        self.books_are_whole(window)


class Around(BadWindow):
    """What the shop or the machine brings along."""

    def test_without_a_sound_device_the_till_sells(self):
        window = self.at_work(31, SDL_AUDIODRIVER="no such driver")
        self.assertIn("no_sound_device", window.said())
        self.sells_as_ever(window)
        self.books_are_whole(window)

    def test_names_of_signs_and_of_other_scripts_are_sold(self):
        source = temporary_folder("source") / "shop"
        shutil.copytree(SAMPLE_SHOP, source)
        with open(source / "items.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row["code"] == "170101":
                row |= {"name_zh": NAME, "name_en": NAME[::-1]}
        with open(source / "items.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        shop = Shop(source=source)
        self.addCleanup(shop.close)
        shop.start_server()
        window = Window(shop, 32)
        self.addCleanup(window.stop)
        window.open().log_in(CASHIER)
        window.key("F10")
        window.key("7", TILL_PAGE)                     # the English name
        window.scan(NOODLES)
        sale = self.paid(window)
        self.assertEqual((sale["total_fen"], sale["lines"][0]["name"]), (1490, NAME))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
