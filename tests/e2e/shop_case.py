"""What the test files share: a running shop per test class, its people, its goods, its calendar."""
import contextlib
import csv
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from counter import Printer  # noqa: E402,F401
from shop import (BIN, BISCUIT, CASHIER, MILK, NOODLES, RECEIVER, SAMPLE_SHOP,  # noqa: E402,F401
                  STORE_ZONE, YOGHURT, Failed, Scale, Scanner, Server, Shop, Terminal, asked_of,
                  basket_on_disk, day, draw, free_port, gs1, receipt_numbers, receipt_text, run,
                  today, wait_until)

CASHIER_2, CASHIER_3 = ("1002", "591746"), ("1003", "730285")
LEAD, INSPECTOR = ("1101", "264971"), ("1301", "946120")
INSPECTOR_2, AFTER_SALES, INSTRUMENTS = ("1302", "175834"), ("1401", "683417"), ("1501", "529063")
MANAGER, MANAGER_2, ADMIN = ("1601", "470698"), ("1602", "902571"), ("1701", "638204")
GS = "\x1d"


def at(date, clock="12:00:00"):
    """An instant of the store, as `clock` takes it."""
    return f"{date.isoformat()}T{clock}+08:00"


def rows_of(name):
    with open(SAMPLE_SHOP / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


ITEMS = {row["code"]: row for row in rows_of("items.csv")}


def barcode(item, quantity=1):
    """The item's bar code (or PLU) that counts this many pieces."""
    for row in rows_of("barcodes.csv"):
        if row["item"] == item and int(row["quantity"]) == quantity:
            return row["barcode"]
    raise KeyError((item, quantity))


def check_digit(digits):
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def wait_drafted(till, lines=1):
    """The basket in hand is on the till's disk: it is written behind the answers."""
    def ask(question):
        return asked_of(till.data / "terminal.db", question)

    wait_until(lambda: len(basket_on_disk(ask)) == lines, what=f"a draft of {lines} lines")


def clear(till):
    """Leaves the till with an empty basket and nothing asked, whatever a test did."""
    for _ in range(50):
        answer = till.ask("list", what="holds")
        if answer["screen"] == "login":
            return
        if answer["screen"] == "block":
            till.ask("acknowledge")
        elif answer["screen"] in ("verify", "weigh"):
            till.ask("cancel")
        elif answer["basket"]["lines"]:
            till.ask("void_sale")
        else:
            return
    raise Failed(f"the till does not come to rest: {answer}")


class ShopCase(unittest.TestCase):
    """One shop with a server for all tests of the class; subclasses say what runs in it."""
    TILLS = 1
    HANDHELDS = 0
    CASHIERS = (CASHIER, CASHIER_2, CASHIER_3)
    AT_HANDHELD = INSPECTOR
    PLAIN = False  # with TLS and identities, as every shop
    PAPER = False  # the tills' printer is a folder, `paper`
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.shop = Shop(plain=cls.PLAIN)
        cls.addClassCleanup(cls.shop.close)
        cls.shop.start_server()
        cls.tills = [cls.shop.till(n + 1, cls.devices_file(n + 1)) for n in range(cls.TILLS)]
        cls.handhelds = [cls.shop.handheld(n + 1) for n in range(cls.HANDHELDS)]
        for till, person in zip(cls.tills, cls.CASHIERS):
            till.login(*person)
        for handheld in cls.handhelds:
            handheld.login(*cls.AT_HANDHELD)
        cls.till = cls.tills[0] if cls.tills else None
        cls.handheld = cls.handhelds[0] if cls.handhelds else None

    @classmethod
    def devices(cls, number):
        """The text of a till's devices file; whoever adds a device adds its table."""
        if not cls.PAPER:
            return ""
        cls.paper = cls.shop.folder / "paper"
        cls.paper.mkdir(exist_ok=True)
        return f'[printer]\ntarget = "file:{cls.paper}"\n'

    @classmethod
    def devices_file(cls, number):
        text = cls.devices(number)
        return cls.shop.devices_file(f"till-{number}.toml", text) if text else None

    def setUp(self):
        for till in self.tills:
            self.addCleanup(lambda till=till: till.process.poll() is None and clear(till))

    # --- what tests say ----------------------------------------------------------------------

    def scan(self, code, till=None):
        return (till or self.till).must("scan", code=code)

    def judge(self, code, till=None):
        """The verdict on a code; the till is left at rest."""
        answer = self.scan(code, till)
        clear(till or self.till)
        return answer

    def expect(self, answer, verdict, *reasons, basis=None, lot=None):
        self.assertEqual((answer.get("verdict"), tuple(answer.get("reasons", []))),
                         (verdict, reasons), answer)
        if basis:
            self.assertEqual(answer["batch_basis"], basis, answer)
        if lot:
            self.assertIn(f"/{lot}/", answer["batch"], answer)
        return answer

    def refused(self, answer, error):
        """The answer is a failure with this code and with words for the person."""
        self.assertFalse(answer["ok"], answer)
        self.assertEqual(answer["error"], error, answer)
        self.assertTrue(answer["message"].strip(), answer)
        self.assertNotIn("没有成功", answer["message"], "no words for this failure")
        return answer

    @contextlib.contextmanager
    def logged(self, *words, by=None):
        """What is done inside leaves a line with all these words in the log of `by` or the till."""
        log = (by or self.till).log
        before = log.stat().st_size if log.exists() else 0

        def found():
            lines = log.read_bytes()[before:].decode(errors="replace").splitlines()
            return any(all(word in line for word in words) for line in lines)

        yield
        wait_until(found, what=f"{words} in {log.name}")

    def pay(self, tendered, till=None):
        return (till or self.till).must("pay_cash", tendered_fen=tendered)["receipt"]

    def receive(self, item, lot=None, production=None, expiry=None, quantity=10, handheld=None):
        """Goods in at the handheld; known at the tills when this returns."""
        wanted = {"item": item, "quantity": quantity, "lot": lot,
                  "production": production and production.isoformat(),
                  "expiry": expiry and expiry.isoformat(),
                  # where much of its life is used (RECV-6)
                  "approver": MANAGER[0], "approver_pin": MANAGER[1]}
        handheld = handheld or self.handheld
        answer = handheld.must("receive", **{k: v for k, v in wanted.items() if v is not None})
        self.share(handheld)
        return answer["batch"]

    def share(self, source):
        """What `source` did is at the server, and from there at every till and handheld."""
        source.must("sync")
        batch_count = len(source.must("list", what="batches")["rows"])
        for other in [*self.tills, *self.handhelds]:
            if other is source or other.process.poll() is not None:
                continue
            other.must("sync")
            wait_until(lambda: len(other.must("list", what="batches")["rows"]) >= batch_count)

    def exported(self, what):
        text = run("fangxin-server", "--data", self.shop.server.data, "export", what).stdout
        return [json.loads(line) for line in text.splitlines()]

    def recall(self, item, *options, level="II", reason="抽检不合格"):
        return self.shop.server.command("recall", "--item", item, "--level", level, "--reason",
                                        reason, *options)[0]


def lines_of(program, *arguments, stdin="", env=None):
    """Runs a program with this standard input; gives it and its JSON lines."""
    done = subprocess.run([str(BIN / program), *map(str, arguments)], input=stdin, text=True,
                          capture_output=True, timeout=60, env={**os.environ, **(env or {})})
    return done, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
