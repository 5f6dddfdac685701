"""The windows of the sample shop, the till's and the handheld's: driven as people do, by touches,
keys and a keyboard scanner on displays that nobody sees, or opened for somebody to try."""
import datetime
import json
import os
import subprocess
import time

from display import Display
from shop import BIN, BISCUIT, MILK, NOODLES, YOGHURT, Failed, Shop, gs1, run

TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
CASHIER, RECEIVER = ("1001", "408213"), ("1201", "817352")


class Pad:
    """A pad of digits, 7 8 9 on top, as the design lays it: its columns, its rows, its button."""

    def __init__(self, columns, rows, on):
        self.columns, self.rows, self.on = columns, rows, on

    def places(self, text):
        keys = {"0": (self.columns[1], self.rows[3])}
        for row, three in enumerate(("789", "456", "123")):
            keys |= {digit: (self.columns[n], self.rows[row]) for n, digit in enumerate(three)}
        return [keys[digit] for digit in text] + [self.on]


# In the units of the designs, 1280×800 and 480×800, which the displays have as pixels.
TILL_NUMBER = Pad((875, 1023, 1172), (435, 501, 569, 636), (1023, 719))
TILL_PIN = Pad((875, 1023, 1172), (374, 459, 544, 628), (1023, 719))
PAY, EXACT, TAKEN, FIRST_DATE, UNDERSTOOD = ((1016, 730), (859, 269), (1078, 715), (1024, 280),
                                             (1024, 718))
OTHER_NUMBER, RECEIVE, MORE, ON = (240, 684), (48, 758), (432, 758), (240, 740)
HANDHELD_NUMBER = Pad((84, 242, 400), (425, 505, 582, 657), ON)
HANDHELD_PIN = Pad((84, 242, 400), (374, 466, 559, 651), ON)
MORE_PIECES, ALL_IN_ORDER = (420, 370), (240, 250)


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


def wait_for(check, what, seconds=20):
    deadline = time.monotonic() + seconds
    while not (seen := check()):
        if time.monotonic() > deadline:
            raise Failed(f"{what} did not come")
        time.sleep(0.05)
    return seen


class Windows:
    """A shop whose till and handheld are windows."""

    def __init__(self, folder, pictures):
        self.shop, self.pictures = Shop(folder), pictures
        pictures.mkdir(parents=True, exist_ok=True)
        self.shop.start_server()
        self.running, self.sold_fen = [], 0

    def open(self, program, env, *options):
        data = self.shop.folder / program.removeprefix("fangxin-")
        log = open(data.with_suffix(".log"), "w", encoding="utf-8")
        window = subprocess.Popen([BIN / program, "--data", data, "--server", self.shop.server.url,
                                   *options], stdout=log, stderr=log, env=env)
        self.running.append(window)
        return window

    def close(self):
        for window in self.running:
            if window.poll() is None:
                window.terminate()
            window.wait()
        self.shop.close()

    def ops(self, kind, terminal="till-1"):
        text = run("fangxin-server", "--data", self.shop.server.data, "export", "ops").stdout
        return [op for op in map(json.loads, text.splitlines())
                if op["kind"] == kind and op["terminal"] == terminal]


class Driven(Windows):
    """Worked with by hands that are not there."""

    def __init__(self, folder, pictures):
        super().__init__(folder, pictures)
        self.till, self.handheld = Display(), Display("480x800x24")
        self.open("fangxin-terminal", self.till.env, "--till", "1")
        self.open("fangxin-handheld", self.handheld.env, "--number", "1")
        wait_for(lambda: self.till.shows("fangxin-terminal"), "the till's window")
        wait_for(lambda: self.handheld.shows("fangxin-handheld"), "the handheld's window")
        time.sleep(1.5)  # the shop's people are on their way

    def close(self):
        super().close()
        self.till.stop()
        self.handheld.stop()

    def seen(self, display, name):
        time.sleep(0.4)
        display.picture(self.pictures / f"{name}.png")

    def comes(self, kind, before, what, terminal="till-1", seconds=20):
        return wait_for(lambda: self.ops(kind, terminal)[before:], what, seconds)[0]

    def log_in(self, display, person, number_pad, pin_pad, *first):
        terminal = "till-1" if display is self.till else "handheld-1"
        before = len(self.ops("logged_in", terminal))

        def tried():
            display.key("Escape", "Escape")
            display.tap(*first, *number_pad.places(person[0]))
            time.sleep(1)
            display.tap(*pin_pad.places(person[1]))
            try:
                return self.comes("logged_in", before, "the login", terminal, seconds=4)
            except Failed:
                return None  # the shop's people were not there yet

        return wait_for(tried, f"{person[0]} at work", 40)["person"]

    def open_the_till(self):
        self.seen(self.till, "1-login")
        who = self.log_in(self.till, CASHIER, TILL_NUMBER, TILL_PIN)
        return f"{who} logged in"

    def sell(self, *codes, name):
        before = len(self.ops("sale"))
        for code in codes:
            self.till.scan(code)
        self.seen(self.till, f"{name}-basket")
        self.till.tap(PAY)
        time.sleep(1)  # a second tap of a double one is not meant for what comes next
        self.till.tap(EXACT, TAKEN)
        sale = json.loads(self.comes("sale", before, "the sale")["body"])["data"]
        self.seen(self.till, f"{name}-paid")
        time.sleep(1)
        self.till.key("F12")
        self.sold_fen += sale["total_fen"]
        return sale

    def sell_noodles(self):
        sale = self.sell(NOODLES, NOODLES, name="2")
        assert sale["total_fen"] == 2980, sale
        return f"receipt {sale['receipt']}, ¥{sale['total_fen'] / 100:.2f}"

    def refuse(self, name, code, *answer):
        before = len(self.ops("sale_refused"))
        self.till.scan(code)
        self.till.tap(*answer)
        refused = json.loads(self.comes("sale_refused", before, "the refusal")["body"])["data"]
        self.seen(self.till, name)
        time.sleep(1)
        self.till.tap(UNDERSTOOD)
        return refused["reasons"][0]

    def refuse_expired(self):
        reason = self.refuse("3-expired", gs1(YOGHURT, production=day(-25), lot="YG52X"))
        assert reason == "expired", reason
        return "禁止销售: expired"

    def ask_for_the_date(self):
        self.till.scan(BISCUIT)
        self.seen(self.till, "4-which-date")
        self.till.key("Escape")
        time.sleep(1)
        reason = self.refuse("5-recalled", BISCUIT, FIRST_DATE)
        assert reason == "recalled", reason
        return "the older date was chosen: recalled"

    def receive(self):
        who = self.log_in(self.handheld, RECEIVER, HANDHELD_NUMBER, HANDHELD_PIN, OTHER_NUMBER)
        self.seen(self.handheld, "6-handheld-home")
        before = len(self.ops("batch_received", "handheld-1"))
        self.handheld.tap(RECEIVE)
        self.handheld.scan(gs1(MILK, lot="DW1", production=day(-1)))
        self.handheld.tap(MORE_PIECES, MORE_PIECES)
        self.seen(self.handheld, "7-handheld-quantity")
        self.handheld.tap(ON, ON, ALL_IN_ORDER, ON)
        batch = json.loads(self.comes("batch_received", before, "the batch",
                                      "handheld-1")["body"])["data"]
        self.seen(self.handheld, "8-handheld-booked")
        assert (batch["lot"], batch["quantity_milli"]) == ("DW1", 2000), batch
        return f"{who} booked 2 of lot DW1"

    def sell_what_came(self):
        time.sleep(1)
        sale = self.sell(gs1(MILK, lot="DW1", production=day(-1)), name="9")
        line = sale["lines"][0]
        assert (line["lot"], line["batch_basis"]) == ("DW1", "coded"), line
        return f"lot {line['lot']} sold for ¥{sale['total_fen'] / 100:.2f}"

    def recall_what_is_in_the_basket(self):
        code, sales = gs1(MILK, lot="DW1", production=day(-1)), len(self.ops("sale"))
        acknowledged = len(self.ops("blocks_applied"))
        self.till.scan(code)
        self.shop.server.command("recall", "--item", MILK, "--lot", "DW1", "--level", "I",
                                 "--reason", "抽检不合格")
        self.comes("blocks_applied", acknowledged, "the till's acknowledgement")
        time.sleep(1)
        self.seen(self.till, "10-line-red")
        self.till.tap(PAY)
        time.sleep(1)
        self.till.tap(EXACT, TAKEN)
        time.sleep(1)
        assert len(self.ops("sale")) == sales, "a recalled pack was paid"
        return "the line is red, and is not paid"

    def reconcile(self):
        sales = [json.loads(op["body"])["data"] for op in self.ops("sale")]
        booked = sum(sale["total_fen"] for sale in sales)
        assert booked == self.sold_fen, (booked, self.sold_fen)
        return f"{len(sales)} sales, ¥{booked / 100:.2f}, in the server's books"


def drive(demo, out):
    """The morning once more through the windows, on displays of their own; pictures of it stay."""
    windows = Driven(out / "windows", out / "pictures")
    try:
        demo.step("the cashier opens the till, by touch", "logged in", windows.open_the_till)
        demo.step("noodles, by the scanner, paid by touch", "¥29.80", windows.sell_noodles)
        demo.step("expired yoghurt, by its 2D code", "expired", windows.refuse_expired)
        demo.step("biscuits of two dates", "the older one is recalled", windows.ask_for_the_date)
        demo.step("milk is received at the handheld, by touch and scan", "2 pieces of DW1",
                  windows.receive)
        demo.step("the till sells that milk", "its lot, by its code", windows.sell_what_came)
        demo.step("it is recalled while it lies in the basket", "not paid",
                  windows.recall_what_is_in_the_basket)
        demo.step("what the windows sold is in the books", "equal to the fen", windows.reconcile)
    finally:
        windows.close()
    print(f"\npictures of the windows: {out / 'pictures'}", flush=True)


def has_display():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(out):
    """A server, a till and a handheld on this display, until their windows are closed."""
    windows = Windows(out / "windows", out / "pictures")
    try:
        till = windows.open("fangxin-terminal", None, "--till", "1")
        handheld = windows.open("fangxin-handheld", None, "--number", "1")
        print(f"""
A till and a handheld of the sample shop are open. To try:
  till      log in as 1001, PIN 408213 (cashier) or 1601, PIN 470698 (manager: 更多, 管理)
            type these as a scanner would, or paste them in 搜索:
            {NOODLES} sells · {YOGHURT} asks for the date · {BISCUIT} asks, one date is recalled
            F10 then 8: English · F12: take the money
  handheld  log in as 1201, PIN 817352 (receiver) or 1301, PIN 946120 (inspector)
            收货: scan or type {MILK} · 更多: make a recall and see the till refuse
Close both windows to end. Everything is in {windows.shop.folder}.""", flush=True)
        for window in (till, handheld):
            window.wait()
    except KeyboardInterrupt:
        pass
    finally:
        windows.close()
