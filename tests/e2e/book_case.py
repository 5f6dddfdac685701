"""What every test of the books checks at its end."""
import hashlib
import json

from shop_case import NOODLES, ShopCase


class Books(ShopCase):
    """A shop whose receipts and chains can be counted."""

    def sell(self, till=None, code=NOODLES, tendered=1490):
        till = till or self.till
        till.must("scan", code=code)
        return till.must("pay_cash", tendered_fen=tendered)["receipt"]["number"]

    def in_the_books_once(self, numbers):
        sold = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual(len(sold), len(set(sold)), "a receipt is twice in the books")
        self.assertEqual(set(numbers) - set(sold), set(), "receipts that the books do not have")
        return sold

    def chains_hold(self):
        """Recomputes every terminal's chain from zero (contract: Op export)."""
        heads, count = {}, 0
        for op in self.exported("ops"):
            key = (op["terminal"], op["epoch"])
            seq, head = heads.get(key, (0, bytes(32)))
            self.assertEqual(op["seq"], seq + 1, f"a gap in the log of {key}")
            head = hashlib.sha256(head + op["body"].encode()).digest()
            self.assertEqual(head.hex(), op["hash"], f"the chain of {key} breaks at {op['seq']}")
            inside = json.loads(op["body"])
            for member in ("terminal", "epoch", "seq", "kind", "at", "person"):
                self.assertEqual(inside[member], op[member])
            heads[key] = (op["seq"], head)
            count += 1
        return heads, count
