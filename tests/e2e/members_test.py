#!/usr/bin/python3
"""Members at the tills of one shop (SALE-16): prices, points, with and without the server."""
import unittest

from shop_case import ShopCase, barcode, receipt_text, wait_until

EGGS, CARD, PHONE = barcode("310102"), "88000001", "19900001112"


class Members(ShopCase):
    TILLS = 2
    PAPER = True

    def points_at(self, till):
        return till.must("member", code=CARD)["basket"]["member"]["points"]

    def sell_eggs(self, till, **who):
        till.must("scan", code=EGGS)
        if who:
            till.must("member", **who)
        return till.must("pay_cash", tendered_fen=10_000)["receipt"]

    # SALE-4, SALE-16
    def test_a_member_pays_his_price_and_nobody_else_does(self):
        self.assertEqual(self.sell_eggs(self.till)["total_fen"], 1990)
        receipt = self.sell_eggs(self.till, code=PHONE)
        self.assertEqual((receipt["total_fen"], receipt["points_earned"]), (1790, 17))
        self.till.must("scan", code=EGGS)
        answer = self.till.must("scan", code=CARD)
        self.assertEqual(answer["member"]["name"], "张敏")
        self.assertEqual(answer["basket"]["total_fen"], 1790)
        self.assertEqual(self.till.must("member", none=True)["basket"]["total_fen"], 1990)

    # SALE-16: numbers are masked on screen and receipt.
    def test_no_number_is_told_whole(self):
        answer = self.till.must("member", code=PHONE)
        self.assertEqual((answer["member"]["number"], answer["member"]["phone"]),
                         ("****0001", "199****1112"))
        receipt = self.sell_eggs(self.till, code=CARD)
        printed = f"*{receipt['number']}.bin"
        wait_until(lambda: list(self.paper.glob(printed)), what="the paper")
        text = receipt_text(next(self.paper.glob(printed)))
        self.assertIn("****0001", text)
        self.assertNotIn(CARD, text)
        self.assertNotIn(PHONE, text)

    # SALE-16: points follow him from till to till, each sale once.
    def test_points_are_the_same_at_every_till(self):
        before = self.points_at(self.till)
        self.sell_eggs(self.till, code=CARD)
        self.assertEqual(self.points_at(self.till), before + 17)
        self.till.must("sync")
        wait_until(lambda: self.points_at(self.tills[1]) == before + 17, what="the other till")
        self.tills[1].must("member", none=True)
        self.till.must("member", none=True)
        self.assertEqual(self.shop.server.command("rebuild", "--check")[-1]["differ"], 0)

    # SALE-16: offline by what the till last knew.
    def test_without_the_server_a_known_member_is_known_and_earns(self):
        before = self.points_at(self.till)
        self.shop.server.stop()
        try:
            self.till.wait_event("server_down")
            self.assertEqual(self.points_at(self.till), before)
            self.sell_eggs(self.till, code=CARD)
            refused = self.till.ask("member", code="19912345678")
            self.assertEqual(refused["error"], "no_such_member_here")
        finally:
            self.shop.start_server()
        wait_until(lambda: self.till.ask("sync")["ok"], 20, "the server")
        wait_until(lambda: self.points_at(self.tills[1]) == before + 17, what="the other till")
        self.tills[1].must("member", none=True)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
