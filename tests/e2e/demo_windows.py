"""The windows of the sample shop, the till's and the handheld's: driven as people do, by touches,
keys and a keyboard scanner on displays that nobody sees, or opened for somebody to try."""
import json
import os
import time

from counter import Counter
from identity import approve_waiting
from processes import end, spawn
from shop import (BIN, BISCUIT, CASHIER, MILK, NOODLES, RECEIVER, YOGHURT, Shop, day, gs1, run,
                  today, wait_until)
from windows import (ALL_IN_ORDER, EXACT, FIRST_DATE, MORE_PIECES, ON, PAY, RECEIVE, TAKEN,
                     TILL_PAGE, UNDERSTOOD, Window)

TODAY = today()


class Driven:
    """Worked with by hands that are not there."""

    def __init__(self, folder, pictures):
        self.shop, self.pictures, self.sold_fen = Shop(folder), pictures, 0
        self.counter = Counter(folder)
        pictures.mkdir(parents=True, exist_ok=True)
        self.windows = []

    def open(self):
        self.shop.start_server()
        devices = {"fangxin-terminal": self.counter.file(self.shop)}
        for program in ("fangxin-terminal", "fangxin-handheld"):
            self.windows.append(Window(self.shop, 1, program, devices.get(program)))
            self.windows[-1].open()
        self.at_till, self.at_handheld = self.windows
        self.till, self.handheld = self.at_till.display, self.at_handheld.display

    def close(self):
        for window in self.windows:
            window.stop()
        self.counter.stop()
        self.shop.close()

    def seen(self, display, name):
        time.sleep(0.4)
        display.picture(self.pictures / f"{name}.png")

    def open_the_till(self):
        self.seen(self.till, "1-login")
        who = self.at_till.log_in(CASHIER, self.at_till.by_touch)["person"]
        return f"{who} logged in"

    def sell(self, *codes, name):
        for code in codes:
            self.at_till.scan(code)
        self.seen(self.till, f"{name}-basket")
        return self.paid(name)

    def paid(self, name):
        before = len(self.at_till.ops("sale"))
        self.at_till.tap(PAY)
        self.at_till.tap(EXACT)
        self.till.tap(TAKEN)
        sale = self.at_till.comes("sale", before)["data"]
        self.seen(self.till, f"{name}-paid")
        self.at_till.key("F12")
        self.sold_fen += sale["total_fen"]
        return sale

    def sell_noodles(self):
        sale = self.sell(NOODLES, NOODLES, name="2")
        assert sale["total_fen"] == 2980, sale
        return f"receipt {sale['receipt']}, ¥{sale['total_fen'] / 100:.2f}"

    def weigh(self):
        self.at_till.key("F4")
        self.at_till.strike(lambda: self.at_till.type(*"xiangjiao"), "bananas", TILL_PAGE)
        self.at_till.key("1")
        scale = self.counter.scale
        self.at_till.strike(lambda: scale.show("put 1234"), "a weight on the screen", TILL_PAGE)
        self.seen(self.till, "2-weight")
        self.at_till.key("F12")
        scale.show("put 0")
        line = self.paid("2-bananas")["lines"][0]
        assert (line["net_mg"], line["amount_fen"]) == (1_234_000, 861), line
        return "1.234 kg × ¥6.98 = ¥8.61"

    def refuse(self, name, code, *answer):
        before = len(self.at_till.ops("sale_refused"))
        self.at_till.scan(code)
        for place in answer:
            self.at_till.tap(place)
        refused = self.at_till.comes("sale_refused", before)["data"]
        self.seen(self.till, name)
        self.at_till.tap(UNDERSTOOD)
        return refused["reasons"][0]

    def refuse_expired(self):
        reason = self.refuse("3-expired", gs1(YOGHURT, production=day(-25), lot="YG52X"))
        assert reason == "expired", reason
        return "禁止销售: expired"

    def ask_for_the_date(self):
        self.at_till.scan(BISCUIT)
        self.seen(self.till, "4-which-date")
        self.at_till.key("Escape")
        reason = self.refuse("5-recalled", BISCUIT, FIRST_DATE)
        assert reason == "recalled", reason
        return "the older date was chosen: recalled"

    def receive(self):
        who = self.at_handheld.log_in(RECEIVER, self.at_handheld.by_touch)["person"]
        self.seen(self.handheld, "6-handheld-home")
        before = len(self.at_handheld.ops("batch_received"))
        self.at_handheld.tap(RECEIVE)
        self.at_handheld.scan(gs1(MILK, lot="DW1", production=day(-1)))
        self.handheld.tap(MORE_PIECES, MORE_PIECES)
        self.seen(self.handheld, "7-handheld-quantity")
        for place in (ON, ON, ALL_IN_ORDER, ON):
            self.at_handheld.tap(place)
        batch = self.at_handheld.comes("batch_received", before)["data"]
        self.seen(self.handheld, "8-handheld-booked")
        assert (batch["lot"], batch["quantity_milli"]) == ("DW1", 2000), batch
        wait_until(lambda: self.at_till.on_disk("SELECT 1 FROM batches WHERE lot = 'DW1'"), 20,
                   "the batch at the till")
        return f"{who} booked 2 of lot DW1"

    def sell_what_came(self):
        sale = self.sell(gs1(MILK, lot="DW1", production=day(-1)), name="9")
        line = sale["lines"][0]
        assert (line["lot"], line["batch_basis"]) == ("DW1", "coded"), line
        return f"lot {line['lot']} sold for ¥{sale['total_fen'] / 100:.2f}"

    def recall_what_is_in_the_basket(self):
        code, sales = gs1(MILK, lot="DW1", production=day(-1)), len(self.at_till.ops("sale"))
        acknowledged = len(self.at_till.ops("blocks_applied"))
        self.at_till.scan(code)
        self.shop.server.command("recall", "--item", MILK, "--lot", "DW1", "--level", "I",
                                 "--reason", "抽检不合格")
        self.at_till.comes("blocks_applied", acknowledged)
        time.sleep(1)
        self.seen(self.till, "10-line-red")
        self.till.tap(PAY)
        time.sleep(1)
        self.till.tap(EXACT, TAKEN)
        time.sleep(1)
        assert len(self.at_till.ops("sale")) == sales, "a recalled pack was paid"
        return "the line is red, and is not paid"

    def reconcile(self):
        wait_until(lambda: self.at_till.sent(), 10, "the last sale at the server")
        text = run("fangxin-server", "--data", self.shop.server.data, "export", "sales").stdout
        sales = [json.loads(line) for line in text.splitlines()]
        booked = sum(sale["total_fen"] for sale in sales)
        assert booked == self.sold_fen, (booked, self.sold_fen)
        return f"{len(sales)} sales, ¥{booked / 100:.2f}, in the server's books"


def drive(demo, out):
    """The morning once more through the windows, on displays of their own; pictures of it stay."""
    windows = Driven(out / "windows", out / "pictures")
    try:
        windows.open()
        demo.step("the cashier opens the till, by touch", "logged in", windows.open_the_till)
        demo.step("noodles, by the scanner, paid by touch", "¥29.80", windows.sell_noodles)
        demo.step("bananas, put on the scale", "1.234 kg on the screen, ¥8.61", windows.weigh)
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
    shop, opened = Shop(out / "windows"), []
    try:
        shop.start_server()
        for program, option in (("fangxin-terminal", "--till"), ("fangxin-handheld", "--number")):
            data = shop.folder / program.removeprefix("fangxin-")
            with open(data.with_suffix(".log"), "w", encoding="utf-8") as log:
                opened.append(spawn([BIN / program, "--data", data, "--server", shop.server.url,
                                     "--enrol", shop.server.enrolment(program), option, "1"],
                                    stdout=log, stderr=log))
            approve_waiting(shop.server, f"{'till' if option == '--till' else 'handheld'}-1")
        print(f"""
A till and a handheld of the sample shop are open. To try:
  till      log in as 1001, PIN 408213 (cashier) or 1601, PIN 470698 (manager: 更多, 管理)
            type these as a scanner would, or paste them in 搜索:
            {NOODLES} sells · {YOGHURT} asks for the date · {BISCUIT} asks, one date is recalled
            F10: English · F12: take the money
  handheld  log in as 1201, PIN 817352 (receiver) or 1301, PIN 946120 (inspector)
            收货: scan or type {MILK} · 更多: make a recall and see the till refuse
Close both windows to end. Everything is in {shop.folder}.""", flush=True)
        for window in opened:
            window.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for window in opened:
            end(window)
        shop.close()
