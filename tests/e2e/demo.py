#!/usr/bin/python3
"""A shop's morning with separate processes and real parts (`./dev demo`).

Each step says what it does, what must come of it, and how long it took. At the end till, server
and receipts are reconciled to the fen. Leaves both databases, every receipt's bytes and picture,
and report.json in $FANGXIN_DEMO_OUT (build/demo). Exits 1 if any step did not hold.
"""
import contextlib
import json
import os
import re
import shutil
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from counter import Counter, Paper, was_cut  # noqa: E402
from demo_windows import drive, has_display, show  # noqa: E402
from shop import (BISCUIT, CASHIER, MILK, NOODLES, RECEIVER, ROOT, YOGHURT,  # noqa: E402
                  Failed, Shop, day, draw, gs1, run, today, wait_until)

OUT = Path(os.environ.get("FANGXIN_DEMO_OUT", ROOT / "build" / "demo"))
TODAY = today()
FLOAT = 30_000
CHOCOLATE, BANANA_PLU = "6992644000130", "01011"


class Demo:
    def __init__(self):
        self.steps = []
        self.sold_fen = 0
        self.receipts = []

    def step(self, what, expected, action):
        """Runs one step; `action` gives what was seen, and raises when it is not as expected."""
        started = time.monotonic()
        try:
            seen, held = action(), True
        except (Failed, AssertionError, KeyError) as error:
            seen, held = f"{type(error).__name__}: {error}", False
        ms = (time.monotonic() - started) * 1000
        self.steps.append({"what": what, "expected": expected, "seen": seen, "ms": round(ms, 1),
                           "held": held})
        print(f"{'ok ' if held else 'NOT'} {ms:8.1f} ms  {what}\n"
              f"                 {seen}", flush=True)

    def pay(self, till, tendered):
        """Pays, checks the till's arithmetic, and counts it."""
        answer = till.must("pay_cash", tendered_fen=tendered)
        receipt = answer["receipt"]
        due = receipt["total_fen"] - receipt["rounding_fen"]
        assert receipt["paid_fen"] - receipt["change_fen"] == due, receipt
        self.sold_fen += due
        self.receipts.append(receipt["number"])
        return receipt

    # --- the morning -------------------------------------------------------------------------

    def open_shift(self, till):
        shift = till.must("shift_open", float_fen=FLOAT)
        return f"shift {shift['shift']} of {shift['day']}"

    def receive(self, handheld, picture):
        draw(picture, 71, f"[01]{MILK.zfill(14)}[11]{day(-1):%y%m%d}[17]{day(20):%y%m%d}[10]SX99C",
             "--gs1")
        answer = handheld.must("receive", image=str(picture), quantity=48)
        assert answer["decision"] == "released", answer
        return f"batch {answer['batch']} read from {picture.name}"

    def sell_milk(self, handheld, till, picture):
        handheld.must("sync")
        till.must("sync")
        answer = till.must("scan", image=str(picture))
        assert answer["verdict"] == "allow" and answer["batch_basis"] == "coded", answer
        assert "SX99C" in answer["batch"], answer
        receipt = self.pay(till, 500)
        assert receipt["total_fen"] == 450, receipt
        return f"sold batch {answer['batch']} for ¥4.50, change ¥{receipt['change_fen'] / 100:.2f}"

    def sell_noodles(self, till):
        answer = till.must("scan", code=NOODLES)
        assert answer["verdict"] == "allow", answer
        receipt = self.pay(till, 2000)
        return f"receipt {receipt['number']}, ¥{receipt['total_fen'] / 100:.2f}"

    def refuse(self, till, code, reason):
        answer = till.must("scan", code=code)
        assert answer["verdict"] == "block" and answer["reasons"][0] == reason, answer
        assert answer["screen"] == "block" and not answer["basket"]["lines"], answer
        again = till.ask("scan", code=NOODLES)
        assert again["error"] == "acknowledge_first", again
        till.must("acknowledge")
        return answer["message"]

    def verify(self, till):
        asked = till.must("scan", code=YOGHURT)
        assert asked["verdict"] == "verify" and len(asked["choices"]) == 2, asked
        bad = till.must("verify", date=f"{day(-25):%m%d}")
        assert bad["verdict"] == "block" and "expired" in bad["reasons"], bad
        till.must("acknowledge")
        till.must("scan", code=YOGHURT)
        good = till.must("verify", date=f"{day(-3):%m%d}")
        assert good["verdict"] == "allow" and good["batch_basis"] == "read", good
        self.pay(till, 600)
        return f"{day(-25):%m%d} refused, {day(-3):%m%d} sold"

    def weigh(self, till, scale):
        till.must("plu", plu=BANANA_PLU)
        scale.show("move 900")
        moving = till.ask("weigh")
        assert moving.get("error") == "scale_motion", moving
        scale.show("put 1234")
        answer = till.must("weigh")
        line = answer["basket"]["lines"][0]
        assert line["net_mg"] == 1_234_000 and line["amount_fen"] == 861, line
        till.must("plu", plu=BANANA_PLU)
        again = till.ask("weigh")
        assert again.get("error") == "scale_pan_not_cleared", again
        till.must("cancel")
        receipt = self.pay(till, 1000)
        assert receipt["rounding_fen"] == 1, receipt
        return "not sold in motion; 1.234 kg × ¥6.98 = ¥8.61, 抹零 ¥0.01; not sold twice"

    def scan_at_the_counter(self, till, counter):
        since = till.event_count()
        counter.scanner.scan(NOODLES)
        scanned = till.wait_event("scanned", since, timeout=5)[2]
        assert scanned["verdict"] == "allow", scanned
        total = counter.pole.shows("牛肉面", "14.90")
        receipt = self.pay(till, 2000)
        change = counter.pole.shows("找零", f"{receipt['change_fen'] / 100:.2f}")
        return f"the display showed {total}, then {change}"

    def weigh_on_show(self, till, counter):
        counter.scale.show("put 0")
        till.must("plu", plu=BANANA_PLU)
        counter.scale.show("put 500")
        shown = counter.pole.shows("香蕉", "0.500kg")
        line = till.must("weigh")["basket"]["lines"][0]
        assert (line["net_mg"], line["amount_fen"]) == (500_000, 349), line
        counter.scale.show("put 0")
        self.pay(till, 1000)
        return f"the display showed {shown}; sold for ¥3.49"

    def out_of_paper(self, till, printer):
        wait_printed(printer, self.receipts)
        jobs, since = len(printer.jobs()), till.event_count()
        printer.becomes("paper_out")
        till.must("scan", code=NOODLES)
        number = self.pay(till, 1500)["number"]
        waits = till.wait_event("print", since, timeout=8,
                                where=lambda event: event["state"] == "waiting")[2]
        assert waits["reason"] == "paper_out" and number in waits["job"], waits
        till.wait_event("device", since, timeout=2,
                        where=lambda event: event["reason"] == "paper_out")
        # The customer gets his change, and no paper: the drawer alone.
        came = wait_until(lambda: printer.texts()[jobs:], 8, "the drawer's pulse")
        assert [text.split() for text in came] == [["[DRAWER]"]], "paper came out"
        printer.becomes("ok")
        till.wait_event("print", since, timeout=8,
                        where=lambda event: (event["job"], event["state"])
                        == (waits["job"], "printed"))
        texts = printer.texts()[jobs + 1:]
        assert len(texts) == 1 and number in texts[0] and "重印" not in texts[0], texts
        assert "[DRAWER]" not in texts[0], "the drawer opened twice"
        return f"paper_out told, {number} waited and came out once"

    def recall(self, server, till):
        till.must("scan", code=gs1(CHOCOLATE, lot="CB93K"))
        hold = till.must("hold")["hold"]
        till.must("scan", code=gs1(CHOCOLATE, lot="CB93K"))
        since, asked = till.event_count(), time.monotonic()
        server.command("recall", "--item", CHOCOLATE, "--lot", "CB93K", "--level", "I",
                       "--reason", "异物")
        _, at, event = till.wait_event("line_blocked", since, timeout=5)
        ms = (at - asked) * 1000
        assert ms < 1000 and "recalled" in event["reasons"], (ms, event)
        refused = till.ask("pay_cash", tendered_fen=5000)
        assert refused["error"] == "line_blocked", refused
        till.must("void", line=event["line"])
        resumed = till.must("resume", hold=hold)
        assert resumed["basket"]["lines"][0]["blocked"], resumed
        refused = till.ask("pay_cash", tendered_fen=5000)
        assert refused["error"] == "line_blocked", refused
        till.must("void_sale")
        return f"line red {ms:.0f} ms after the command began; payment refused; held one too"

    def outage(self, shop, till):
        since = till.event_count()
        shop.server.kill()
        _, at, _ = till.wait_event("server_down", since, timeout=5)
        for _ in range(5):
            till.must("scan", code=NOODLES)
            self.pay(till, 1500)
        complaint = till.must("complain", what="方便面包装破损", item=NOODLES,
                              contact="19900001112")
        assert till.ask("list", what="complaints")["rows"], "the complaint is not to be seen here"
        assert complaint["unsent"] > 5, complaint
        since = till.event_count()
        shop.start_server()
        till.wait_event("server_up", since, timeout=10)
        done = till.must("sync")
        assert done["unsent"] == 0, done
        return f"5 sales and {complaint['complaint']} alone, then all sent, unsent 0"

    def kill_in_payment(self, shop, till):
        outcomes = []
        for delay_ms in (0, 1, 2, 4, 8, 30):
            till.must("scan", code=NOODLES)
            before = till_receipts(till.data)
            time.sleep(0.05)
            till.send_raw('{"id":"pay","do":"pay_cash","tendered_fen":1490}\n')
            time.sleep(delay_ms / 1000)
            till.kill()
            till.start()
            after = till_receipts(till.data)
            answer = till.login(*CASHIER)
            lines = len(answer["basket"]["lines"])
            if len(after) == len(before) + 1:  # it was durable: sold once, the basket is gone
                assert lines == 0, answer
                self.sold_fen += 1490
                self.receipts.append(after[-1])
                outcomes.append("sold")
            else:  # it was not: the basket is still there, and is paid now
                assert after == before and lines == 1, (before, after, answer)
                self.pay(till, 1490)
                outcomes.append("basket kept")
        till.must("sync")
        return ", ".join(outcomes)

    def close_shift(self, till):
        """Counted blind: the till does not say before what has to come out."""
        assert "expected_fen" not in till.must("shift")["shift"]
        end = till.must("shift_close", counted_fen=FLOAT + self.sold_fen)
        assert end["difference_fen"] == 0, end
        return f"Z report {end['z']}: ¥{end['counted_fen'] / 100:.2f}, head {end['head'][:16]}"

    # --- the books ---------------------------------------------------------------------------

    def reconcile(self, shop, till_data, printer):
        with sqlite3.connect(f"file:{till_data}/terminal.db?mode=ro", uri=True) as books:
            bodies = [json.loads(row[0]) for row in books.execute(
                "SELECT body FROM ops WHERE kind = 'sale' ORDER BY epoch, seq")]
        at_till = {body["data"]["receipt"]:
                   body["data"]["total_fen"] - body["data"]["rounding_fen"] for body in bodies}
        with sqlite3.connect(f"file:{shop.server.data}/store.db?mode=ro", uri=True) as books:
            rows = books.execute("SELECT receipt, total_fen - rounding_fen FROM sales").fetchall()
            lines = books.execute("SELECT sum(amount_fen) FROM sale_lines").fetchone()[0]
            totals = books.execute("SELECT sum(total_fen) FROM sales").fetchone()[0]
        assert len(rows) == len(dict(rows)), "a receipt is twice in the server's books"
        assert dict(rows) == at_till, (rows, at_till)
        assert sorted(at_till) == sorted(self.receipts), (at_till, self.receipts)
        assert sum(at_till.values()) == self.sold_fen, (at_till, self.sold_fen)
        assert lines == totals, (lines, totals)
        paper = Paper(printer)
        on_paper = {number: paid_on_paper(paper.one(number)) for number in paper.numbers()}
        assert on_paper == at_till, (on_paper, at_till)
        return (f"{len(rows)} sales, ¥{self.sold_fen / 100:.2f}: till, server and "
                f"{len(on_paper)} paper receipts agree to the fen")


def till_receipts(data):
    with sqlite3.connect(f"file:{data}/terminal.db?mode=ro", uri=True) as books:
        return [row[0] for row in books.execute("SELECT number FROM receipts ORDER BY number")]


def paid_on_paper(text):
    """What the customer paid, as the paper says it: 实收 less 找零."""
    def fen(word):
        found = re.search(rf"{word}\D*([\d,]+)\.(\d\d)", text)
        return int(found.group(1).replace(",", "") + found.group(2)) if found else 0

    return fen("实收") - fen("找零")


def pictures(printer):
    """Every receipt as a picture beside its bytes."""
    jobs = [job for job in printer.jobs() if was_cut(job)]
    for job in jobs:
        run("fangxin-virtual-printer", "render", job, job.with_suffix(".png"))
    return f"{len(jobs)} receipts rendered"


def wait_printed(printer, receipts):
    """Each once; what a killed till may have begun comes out again, marked as a copy."""
    wait_until(lambda: Paper(printer).numbers() == sorted(receipts), 10, "a receipt of each sale")
    paper = Paper(printer)
    assert not paper.unmarked_twice(), paper.unmarked_twice()
    return f"{len(receipts)} receipts on paper, none twice, {len(paper.copies)} marked 重印"


def morning(demo):
    with contextlib.ExitStack() as at_the_end:
        shop = Shop(OUT / "shop")
        at_the_end.callback(shop.close)
        counter = Counter(OUT)
        at_the_end.callback(counter.stop)
        printer, scale = counter.printer, counter.scale
        picture = OUT / "milk.png"
        shop.start_server()
        till, handheld = shop.till(1, counter.file(shop)), shop.handheld(1)
        till.login(*CASHIER)
        handheld.login(*RECEIVER)
        demo.step("the cashier opens her shift with ¥300 in the drawer", "a shift",
                  lambda: demo.open_shift(till))
        demo.step("the handheld receives milk by the DataMatrix on its case", "released batch",
                  lambda: demo.receive(handheld, picture))
        demo.step("the till sells that milk, read from the same picture", "allow, coded",
                  lambda: demo.sell_milk(handheld, till, picture))
        demo.step("the till sells instant noodles by EAN-13", "allow",
                  lambda: demo.sell_noodles(till))
        demo.step("expired yoghurt is refused", "block: expired", lambda: demo.refuse(
            till, gs1(YOGHURT, production=day(-25), lot="YG52X"), "expired"))
        demo.step("a recalled biscuit is refused", "block: recalled", lambda: demo.refuse(
            till, gs1(BISCUIT, lot="MY61R"), "recalled"))
        demo.step("the till asks for the date on a pack, and goes by the answer",
                  "verify; block one date, sell the other", lambda: demo.verify(till))
        demo.step("bananas from the scale", "motion refused, 1.234 kg sold once",
                  lambda: demo.weigh(till, scale))
        demo.step("noodles by the scanner on the counter", "line, total and change on the display",
                  lambda: demo.scan_at_the_counter(till, counter))
        demo.step("the customer sees what is weighed", "0.500 kg on the display, ¥3.49 sold",
                  lambda: demo.weigh_on_show(till, counter))
        demo.step("the printer's paper ends, and is filled up", "told; waits; printed once",
                  lambda: demo.out_of_paper(till, printer))
        demo.step("a recall on the server reaches open and held baskets", "line red within 1 s",
                  lambda: demo.recall(shop.server, till))
        demo.step("the server is killed; the shop goes on; it returns", "nothing missing",
                  lambda: demo.outage(shop, till))
        demo.step("the till is killed in mid-payment, six times", "sold once, or basket kept",
                  lambda: demo.kill_in_payment(shop, till))
        demo.step("every sale is on paper once", "as many receipts as sales",
                  lambda: wait_printed(printer, demo.receipts))
        demo.step("the drawer is counted and the shift closed", "not a fen missing",
                  lambda: demo.close_shift(till))
        demo.step("till, server and receipts are reconciled", "equal to the fen",
                  lambda: demo.reconcile(shop, till.data, printer))
        demo.step("receipts as pictures", "a PNG each", lambda: pictures(printer))


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    demo = Demo()
    started = time.monotonic()
    print(f"A morning in the sample shop, in {OUT}\n", flush=True)
    try:
        morning(demo)
        if not has_display():
            drive(demo, OUT)
    except Failed as error:
        demo.step("the demo itself", "runs to its end", lambda: (_ for _ in ()).throw(error))
    (OUT / "report.json").write_text(
        json.dumps({"steps": demo.steps, "sold_fen": demo.sold_fen, "receipts": demo.receipts},
                   ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    bad = [step for step in demo.steps if not step["held"]]
    print(f"\n{len(demo.steps) - len(bad)} steps held, {len(bad)} did not, "
          f"{time.monotonic() - started:.1f} s; databases, receipts and report.json in {OUT}")
    if has_display():
        show(OUT)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
