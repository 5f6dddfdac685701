#!/usr/bin/python3
"""A cashier's work through real input events: by touch alone, then by keys alone, the scanner
firing into every screen and dialog; the books are those of the same customers without a window.

FANGXIN_CUSTOMERS says how many come to each till; some sixty are a cashier's half hour.
"""
import json
import os
import random
import subprocess
import time
import unittest

from demo_windows import EXACT, FIRST_DATE, PAY, TAKEN, TILL_NUMBER, TILL_PIN, UNDERSTOOD, Pad
from display import Display
from shop_case import (BIN, BISCUIT, CASHIER_2, CASHIER_3, MILK, NOODLES, YOGHURT, ShopCase, day,
                       gs1, wait_until)

CUSTOMERS = int(os.environ.get("FANGXIN_CUSTOMERS", "4"))
HOLD, RESUME, QUANTITY, FIRST_HELD = (66, 736), (175, 736), (612, 736), (637, 175)
SECOND_DATE, THREE_HUNDRED = (1024, 364), [(1078, 560), (859, 627), (859, 627), TAKEN]
QUANTITY_PAD = Pad((507, 640, 772), (300, 383, 466, 547), (713, 636))
EXPIRED = gs1(YOGHURT, production=day(-25), lot="YG52X")


def customers(count):
    """What each does, in words that every till understands."""
    chance = random.Random(20261127)
    for number in range(count):
        deeds = []
        for _ in range(chance.randrange(1, 4)):
            deeds.append(chance.choice([
                ("scan", NOODLES), ("scan", NOODLES), ("many", NOODLES, chance.randrange(2, 9)),
                ("scan", gs1(MILK, lot="SX88A")), ("refused", EXPIRED), ("older", BISCUIT),
                ("newer", BISCUIT)]))
        if not any(deed[0] in ("scan", "many", "newer") for deed in deeds):
            deeds.append(("scan", NOODLES))
        if number % 3 == 2:
            deeds.append(("hold and resume",))
        yield deeds, chance.choice(["exact", "300"])


class Headless:
    def __init__(self, till):
        self.till = till

    def scan(self, code):
        self.till.must("scan", code=code)

    def many(self, code, pieces):
        self.till.must("quantity", quantity=pieces)
        self.till.must("scan", code=code)

    def refused(self, code):
        self.till.must("scan", code=code)
        self.till.must("acknowledge")

    def dated(self, code, older):
        choices = self.till.must("scan", code=code)["choices"]
        dates = sorted(choice["date"] for choice in choices)
        self.till.must("verify", date=dates[0 if older else 1])
        if older:
            self.till.must("acknowledge")

    def hold_and_resume(self):
        self.till.must("resume", hold=self.till.must("hold")["hold"])

    def pay(self, how):
        total = self.till.must("list", what="holds")["basket"]["total_fen"]
        self.till.must("pay_cash", tendered_fen=30000 if how == "300" else total // 10 * 10)


class InAWindow:
    """What a person does slowly enough that nothing is struck twice."""

    def __init__(self, case, number, person):
        self.display = Display()
        case.addCleanup(self.display.stop)
        self.process = subprocess.Popen(
            [BIN / "fangxin-terminal", "--data", case.shop.folder / f"till-{number}", "--server",
             case.shop.server.url, "--till", str(number)], stderr=subprocess.DEVNULL,
            env=self.display.env)
        case.addCleanup(self.process.wait)
        case.addCleanup(self.process.terminate)
        wait_until(lambda: self.display.shows("fangxin-terminal"), 30, "the window")

        def logged_in():
            self.display.key("Escape", "Escape")
            self.log_in(person)
            time.sleep(2)
            return any(op["kind"] == "logged_in" and op["terminal"] == f"till-{number}"
                       for op in case.exported("ops"))

        wait_until(logged_in, 60, "the login")

    def scan(self, code):
        self.display.scan(code)

    def refused(self, code):
        self.display.scan(code)
        time.sleep(1)
        self.display.scan(NOODLES)  # into the block: refused aloud
        time.sleep(1)
        self.understood()

    def dated(self, code, older):
        self.display.scan(code)
        time.sleep(1)
        self.display.scan(MILK)  # another item into the question: refused aloud
        time.sleep(1)
        self.date(older)
        if older:
            time.sleep(1)
            self.understood()


class ByTouch(InAWindow):
    def log_in(self, person):
        self.display.tap(*TILL_NUMBER.places(person[0]))
        time.sleep(0.5)
        self.display.tap(*TILL_PIN.places(person[1]))

    def many(self, code, pieces):
        self.display.tap(QUANTITY)
        time.sleep(1)
        self.display.tap(*QUANTITY_PAD.places(str(pieces)))
        self.display.scan(code)

    def understood(self):
        self.display.tap(UNDERSTOOD)

    def date(self, older):
        self.display.tap(FIRST_DATE if older else SECOND_DATE)

    def hold_and_resume(self):
        self.display.tap(HOLD)
        time.sleep(1)
        self.display.tap(RESUME)
        time.sleep(1)
        self.display.scan(NOODLES)  # into the list of held baskets: refused aloud
        time.sleep(1)
        self.display.tap(FIRST_HELD)
        time.sleep(1)

    def pay(self, how):
        self.display.tap(PAY)
        time.sleep(1)
        if how == "exact":
            self.display.tap(EXACT, TAKEN)
        else:
            self.display.tap(*THREE_HUNDRED)
        time.sleep(1.5)
        self.display.tap(TAKEN)  # where the way to the next customer is now


class ByKeys(InAWindow):
    def log_in(self, person):
        self.display.key(*person[0], "Return", *person[1], "Return")

    def many(self, code, pieces):
        self.display.key("F9", str(pieces), "F12")
        self.display.scan(code)

    def understood(self):
        self.display.key("F8")

    def date(self, older):
        self.display.key("1" if older else "2")

    def hold_and_resume(self):
        self.display.key("F2")
        time.sleep(1)
        self.display.key("F3")
        time.sleep(1)
        self.display.scan(NOODLES)
        time.sleep(1)
        self.display.key("1")
        time.sleep(1)

    def pay(self, how):
        self.display.key("F12", *(["F1"] if how == "exact" else how), "F12")
        time.sleep(1.5)
        self.display.key("F12")


class Cashier(ShopCase):
    def work(self, till):
        for deeds, how in customers(CUSTOMERS):
            for deed, *what in deeds:
                if deed in ("older", "newer"):
                    till.dated(*what, older=deed == "older")
                else:
                    getattr(till, deed.replace(" ", "_"))(*what)
            till.pay(how)

    def books_of(self, terminal):
        """What a till's sales and refusals are, but for their numbers and times."""
        books = []
        for op in self.exported("ops"):
            if op["terminal"] != terminal or op["kind"] not in ("sale", "sale_refused"):
                continue
            data = json.loads(op["body"])["data"]
            if op["kind"] == "sale_refused":
                books.append(("refused", data["item"], data["batch"], data["reasons"]))
                continue
            # `assumed` is what `sole` becomes when the shelf is sold out, by whichever till.
            lines = [(line["item"], line["quantity"], line["amount_fen"], line["batch"],
                      line["batch_basis"].replace("assumed", "sole")) for line in data["lines"]]
            books.append((lines, data["total_fen"], data["rounding_fen"], data["paid_fen"],
                          data["change_fen"], bool(data["hold"])))
        return books

    def same_books(self, terminal):
        wait_until(lambda: len(self.books_of(terminal)) >= len(self.wanted), 20, "the last sale")
        self.assertEqual(self.books_of(terminal), self.wanted)

    # SALE-11
    def test_touch_alone_and_keys_alone_make_the_same_books_as_no_window(self):
        self.work(Headless(self.till))
        self.till.must("sync")
        self.wanted = self.books_of("till-1")
        self.assertEqual(sum(len(row) == 6 for row in self.wanted), CUSTOMERS)
        for number, kind, person in ((8, ByTouch, CASHIER_2), (9, ByKeys, CASHIER_3)):
            with self.subTest(kind.__name__):
                self.work(kind(self, number, person))
                self.same_books(f"till-{number}")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
