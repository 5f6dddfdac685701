#!/usr/bin/python3
"""A cashier's work through real input events: by touch alone, then by keys alone, the scanner
firing into every screen and dialog; the books are those of the same customers without a window.

FANGXIN_CUSTOMERS says how many come to each till; the first does all there is to do. With 160 the
scanner and the hands have half an hour's work.
"""
import json
import os
import random
import unittest

from hands import ByKeys, ByTouch
from shop_case import (BISCUIT, CASHIER, CASHIER_2, CASHIER_3, MILK, NOODLES, YOGHURT, Scale,
                       ShopCase, day, gs1, wait_until)

CUSTOMERS = int(os.environ.get("FANGXIN_CUSTOMERS", "3"))
EXPIRED = gs1(YOGHURT, production=day(-25), lot="YG52X")
CODED = gs1(MILK, lot="SX88A")
BANANAS = "01011"
# One customer with whom all happens that can, the lines to be corrected first.
EVERYTHING = [
    ("voided", NOODLES), ("corrected", NOODLES, 3), ("many", NOODLES, 4), ("scan", CODED),
    ("searched", MILK, "shanxichunniunai"), ("scanned_while_searching", NOODLES),
    ("weighed", 1234), ("not_weighed",), ("price_asked", MILK), ("refused", EXPIRED),
    ("older", BISCUIT), ("newer", BISCUIT), ("unreadable", BISCUIT), ("hold_and_resume",),
    ("complained", NOODLES, "zhiliang"), ("made_quieter",), ("locked",)]


def customers(count):
    """What each does, in words that every till understands, and how each pays."""
    chance = random.Random(20261127)
    yield EVERYTHING, "900"
    for number in range(1, count):
        deeds = [("corrected", NOODLES, chance.randrange(2, 9))] if number % 4 == 1 else []
        for _ in range(chance.randrange(1, 5)):
            deeds.append(chance.choice([
                ("scan", NOODLES), ("scan", NOODLES), ("many", NOODLES, chance.randrange(2, 9)),
                ("scan", CODED), ("refused", EXPIRED), ("older", BISCUIT), ("newer", BISCUIT),
                ("weighed", chance.randrange(100, 3000)), ("price_asked", MILK)]))
        if not any(deed[0] in ("scan", "many", "newer", "weighed", "corrected") for deed in deeds):
            deeds.append(("scan", NOODLES))
        if number % 3 == 2:
            deeds.append(("hold_and_resume",))
        yield deeds, chance.choice(["exact", "900"])


class Headless:
    """The same deeds as lines; what only a screen has (prices asked, settings) leaves no trace."""

    def __init__(self, till, scale):
        self.till, self.scale = till, scale

    def scan(self, code):
        self.till.must("scan", code=code)

    def many(self, code, pieces):
        self.till.must("quantity", quantity=pieces)
        self.scan(code)

    def corrected(self, code, pieces):
        self.scan(MILK)
        self.scan(code)
        lines = self.till.must("list", what="holds")["basket"]["lines"]
        self.till.must("void", line=lines[0]["line"])
        for quantity in (pieces, pieces + 1, pieces, pieces - 1, pieces):
            self.till.must("quantity", line=lines[1]["line"], quantity=quantity)

    def refused(self, code):
        self.scan(code)
        self.till.must("acknowledge")

    def dated(self, code, older):
        choices = self.till.must("scan", code=code)["choices"]
        dates = sorted(choice["date"] for choice in choices)
        self.till.must("verify", date=dates[0 if older else 1])
        if older:
            self.till.must("acknowledge")

    def unreadable(self, code):
        self.scan(code)
        self.till.must("verify", unreadable=True)

    def searched(self, item, word):
        self.scan(item)

    def scanned_while_searching(self, code):
        self.scan(code)

    def weighed(self, grams):
        self.till.must("plu", plu=BANANAS)
        self.scale.show(f"put {grams}")
        self.till.must("weigh")
        self.scale.show("put 0")

    def not_weighed(self):
        self.till.must("plu", plu=BANANAS)
        self.till.must("cancel")

    def price_asked(self, code):
        pass

    def made_quieter(self):
        pass

    def hold_and_resume(self):
        self.till.must("resume", hold=self.till.must("hold")["hold"])

    def complained(self, code, word):
        self.till.must("complain", what="质量", code=code)

    def locked(self, person):
        self.till.must("logout")
        self.till.login(*person)

    def voided(self, code):
        self.scan(code)
        self.till.must("void_sale")

    def pay(self, how):
        total = self.till.must("list", what="holds")["basket"]["total_fen"]
        self.till.must("pay_cash", tendered_fen=90000 if how == "900" else total // 10 * 10)


def in_the_books(kind, data):
    """What of an op is the same at every till: not its numbers and times, nor who did it."""
    if kind == "sale":
        # `assumed` is what `sole` becomes when the shelf is sold out, by whichever till.
        lines = [(line["item"], line["quantity"], line.get("net_mg"), line["amount_fen"],
                  line["batch"], line["batch_basis"].replace("assumed", "sole"))
                 for line in data["lines"]]
        return (kind, lines, *(data[each] for each in ("total_fen", "rounding_fen", "paid_fen",
                                                       "change_fen")), bool(data["hold"]))
    wanted = {"sale_refused": ("item", "batch", "reasons"), "sale_voided": ("total_fen", "lines"),
              "basket_held": ("total_fen", "lines"), "basket_resumed": (), "logged_out": (),
              "logged_in": ("offline",), "complaint_taken": ("what", "item", "channel",
                                                             "severity")}
    return (kind, *(data[each] for each in wanted[kind])) if kind in wanted else None


class Cashier(ShopCase):
    @classmethod
    def devices(cls, number):
        """Every till has a scale of its own, registered: one is bound at one till alone."""
        scale = Scale(cls.shop.folder / f"scale-{number}")
        cls.addClassCleanup(scale.stop)
        cls.scales = {**getattr(cls, "scales", {}), number: scale}
        register = cls.shop.folder / f"register-{number}"
        register.mkdir()
        (register / "instruments.csv").write_text(
            "kind,model,serial,class,max_mg,min_mg,e_mg,certificate,verified,until\n"
            f"checkout_scale,HC-15,S-{number},III,15000000,100000,5000,C-{number},today,today+9d\n",
            encoding="utf-8")
        cls.shop.server.command("import", register)
        return (f'[scale]\nport = "{scale.link}"\nprotocol = "toledo-continuous"\n'
                f'instrument = "S-{number}"\n')

    def work(self, till, person):
        done = set()
        for deeds, how in customers(CUSTOMERS):
            for deed, *what in deeds:
                if deed in ("older", "newer"):
                    till.dated(*what, older=deed == "older")
                elif deed == "locked":
                    till.locked(person)
                else:
                    getattr(till, deed)(*what)
                done.add(deed)
            till.pay(how)
        self.assertEqual(done, {deed for deed, *_ in EVERYTHING})

    def books_of(self, terminal):
        rows = [in_the_books(op["kind"], json.loads(op["body"])["data"])
                for op in self.exported("ops") if op["terminal"] == terminal]
        return [row for row in rows if row]

    def everything_happened(self):
        kinds = [row[0] for row in self.wanted]
        self.assertEqual(kinds.count("sale"), CUSTOMERS)
        for kind in ("sale_refused", "sale_voided", "basket_held", "basket_resumed", "logged_out",
                     "complaint_taken"):
            self.assertIn(kind, kinds)
        _, lines, *_ = self.wanted[kinds.index("sale")]
        self.assertEqual([line[:3] for line in lines], [  # 3 corrected, 4 at once, 1 in the search
            ("170101", 3 + 4 + 1, None), ("130101", 1, None), ("130101", 1, None),
            ("380101", 1, 1_234_000), ("150101", 1, None)])

    # SALE-11
    def test_touch_alone_and_keys_alone_make_the_same_books_as_no_window(self):
        self.till.wait_event("device", where=lambda e: e["state"] == "found")
        self.work(Headless(self.till, self.scales[1]), CASHIER)
        self.till.must("sync")
        self.wanted = self.books_of("till-1")
        self.everything_happened()
        for number, kind, person in ((8, ByTouch, CASHIER_2), (9, ByKeys, CASHIER_3)):
            with self.subTest(kind.__name__):
                devices = self.devices_file(number)
                window = kind(self.shop, number, self.scales[number], devices)
                self.addCleanup(window.stop)
                self.work(window.begin(person), person)
                wait_until(window.sent, 20, "the last sale at the server")
                self.assertEqual(self.books_of(window.terminal), self.wanted)
                window.stop()


if __name__ == "__main__":
    unittest.main(warnings="ignore")
