"""A till's counter with everything on its cable: what the customer reads, what nobody may."""
import unittest

from counter import Counter
from devices_test import KILOGRAM, SCALE_PAGE, told, under_usb
from shop import CASHIER, NOODLES, Shop, Terminal, wait_until

PAYMENT = "134567890123456789"
BANANA_PLU = "01011"


class AtTheCounter(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.addCleanup(self.shop.close)
        self.shop.start_server()
        self.counter = Counter(self.shop.folder)
        self.addCleanup(self.counter.stop)
        self.till = self.shop.till(1, self.counter.file(self.shop))
        self.till.login(*CASHIER)
        self.till.wait_event("device", where=lambda e: (e["device"], e["state"])
                             == ("scanner", "found"))

    def scan(self, code):
        since = self.till.event_count()
        self.counter.scanner.scan(code)
        return self.till.wait_event("scanned", since, timeout=5)[2]

    # SALE-10
    def test_the_customer_reads_goods_weight_total_and_change(self):
        self.assertEqual(self.scan(NOODLES)["verdict"], "allow")
        self.counter.pole.shows("牛肉面", "14.90")
        self.till.must("plu", plu=BANANA_PLU)
        self.counter.scale.show("put 500")
        self.counter.pole.shows("香蕉", "0.500kg")
        total = self.till.must("weigh")["basket"]["total_fen"]
        self.assertEqual(total, 1490 + 349)
        self.counter.scale.show("put 0")
        self.counter.pole.shows("香蕉", "18.39")
        receipt = self.till.must("pay_cash", tendered_fen=2000)["receipt"]
        self.counter.pole.shows("找零", f"{receipt['change_fen'] / 100:.2f}")

    # SALE-1: a code that is money in the customer's pocket is told, and stands nowhere whole.
    def test_a_payment_code_is_told_and_never_written_down(self):
        scanned = self.scan(PAYMENT)
        self.assertEqual((scanned["ok"], scanned["error"]), (False, "payment_code"))
        self.assertNotIn(PAYMENT, str(scanned))
        self.assertIn(PAYMENT[:4], str(scanned))
        self.assertEqual(self.till.must("scale")["basket"]["lines"], [])
        self.till.stop()  # its log is whole
        for file in self.shop.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn(PAYMENT.encode(), file.read_bytes(), file)


class UsbScale(unittest.TestCase):
    # WEIGH-2
    def test_a_scale_of_another_usb_serial_number_sells_nothing(self):
        shop = Shop()
        self.addCleanup(shop.close)
        shop.start_server()
        till = Terminal("fangxin-terminal", shop.folder / "till-1", shop.server,
                        shop.devices_file("till.toml", '[scale]\nport = "usb:0eb8:f000"\n'
                                          'protocol = "hid"\ninstrument = "HC15-0001"\n'))

        def with_scale(serial):
            till.under = under_usb(told("1-1", 11, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], serial),
                                   ("/dev/bus/usb/001/011", KILOGRAM))
            till.start()
            till.login(*CASHIER)
            till.wait_event("device", where=lambda e: (e["device"], e["state"])
                            == ("scale", "found"))

        self.addCleanup(till.stop)
        with_scale("SN17")
        bound = wait_until(lambda: till.must("scale")["scale"]["bound_identity"])
        self.assertIn("SN17", bound)
        self.assertEqual(till.must("scale")["scale"]["lock"], "none")
        till.stop()
        with_scale("SN18")
        self.assertEqual(till.must("scale")["scale"]["lock"], "other_device")
        till.must("plu", plu=BANANA_PLU)
        refused = till.ask("weigh")
        self.assertEqual((refused["error"], refused["basket"]["lines"]),
                         ("scale_other_device", []))


if __name__ == "__main__":
    unittest.main()
