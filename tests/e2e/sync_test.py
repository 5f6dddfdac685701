#!/usr/bin/python3
"""Nothing is lost or doubled through any crash, cut or stall (SYNC-1, SYNC-2)."""
import json
import random
import socket
import threading
import time
import unittest

from book_case import Books
from shop_case import (CASHIER, NOODLES, Failed, barcode, clear, day, free_port, gs1,
                       receipt_numbers, run, wait_until)


def end_of_welcome(stream):
    """Where a server's first frame ends in what it sent after the upgrade; None: not all here."""
    if len(stream) < 4:
        return None
    start, size = 2, stream[1]
    if size == 126:
        start, size = 4, int.from_bytes(stream[2:4], "big")
    return start + size if len(stream) >= start + size else None


class Proxy:
    """A cable that can be cut, go dead without anybody being told, or, if `only_welcome` is set
    while it is cut, right after the server's welcome; `went_on`: the till has taken that."""

    def __init__(self, server):
        self.to, self.port, self.dead = server.port, free_port(), threading.Event()
        self.plain = server.plain
        self.only_welcome, self.went_on = threading.Event(), threading.Event()
        self.pairs, self.refusing = [], False
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self):
        return f"{'ws' if self.plain else 'wss'}://127.0.0.1:{self.port}"

    def _serve(self):
        while True:
            try:
                near, _ = self.door.accept()
                if self.refusing:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                if self.door.fileno() < 0:
                    return
                near.close()
                continue
            self.pairs.append((near, far))
            welcomed = threading.Event()
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(*ends, welcomed, ends[0] is far),
                                 daemon=True).start()

    def _carry(self, one, other, welcomed, down):
        try:
            if down and self.only_welcome.is_set():
                self._welcome_only(one, other, welcomed)
            while data := one.recv(65536):
                if not down and welcomed.is_set():
                    self.went_on.set()
                while self.dead.is_set():
                    time.sleep(0.01)
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _welcome_only(self, server, till, welcomed):
        came = b""
        while b"\r\n\r\n" not in came:
            came += server.recv(65536)
        upgrade, came = came.split(b"\r\n\r\n", 1)
        till.sendall(upgrade + b"\r\n\r\n")
        while (end := end_of_welcome(came)) is None:
            came += server.recv(65536)
        welcomed.set()
        till.sendall(came[:end])
        while self.only_welcome.is_set():
            time.sleep(0.01)
        till.sendall(came[end:])

    def cut(self):
        for pair in self.pairs:
            for end in pair:
                end.close() if self.dead.is_set() else self._reset(end)
        self.pairs.clear()

    @staticmethod
    def _reset(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self):
        self.dead.clear()
        self.only_welcome.clear()
        self.cut()
        self.door.close()


class Killed(Books):
    TILLS = 2
    HANDHELDS = 1

    # SYNC-1
    def test_the_server_is_killed_again_and_again_while_two_tills_sell(self):
        numbers, stop, failures = [], threading.Event(), []

        def cashier(till):
            try:
                while not stop.is_set():
                    numbers.append(self.sell(till))
            except (Failed, AssertionError) as error:
                failures.append(error)

        threads = [threading.Thread(target=cashier, args=(till,)) for till in self.tills]
        for thread in threads:
            thread.start()
        chance = random.Random(4)
        kills, deadline = 0, time.monotonic() + 90
        while (kills < 6 or len(numbers) <= 50) and time.monotonic() < deadline and not failures:
            time.sleep(chance.uniform(0.05, 0.4))
            self.shop.server.kill()
            time.sleep(chance.uniform(0, 0.3))
            self.shop.server.start()
            kills += 1
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual((failures, kills >= 6, len(numbers) > 50), ([], True, True))
        for till in self.tills:
            answer = wait_until(lambda: till.ask("sync")["ok"] and till.ask("sync"), 20)
            self.assertEqual(answer["unsent"], 0)
        self.in_the_books_once(numbers)
        self.chains_hold()

    # SYNC-1
    def test_a_terminal_sells_receives_and_takes_complaints_without_a_server(self):
        since = [t.event_count() for t in (self.till, self.handheld)]
        self.shop.server.kill()
        for terminal, start in zip((self.till, self.handheld), since):
            terminal.wait_event("server_down", start, timeout=3)
        number = self.sell()
        complaint = self.till.must("complain", what="包装破损", item=NOODLES)["complaint"]
        batch = self.handheld.must("receive", item="170101", lot="OFFLINE", quantity=9,
                                   production=day(-1).isoformat())
        self.assertGreater(self.till.must("list", what="holds")["unsent"], 0)
        since = [t.event_count() for t in (self.till, self.handheld)]
        self.shop.server.start()
        for terminal, start in zip((self.till, self.handheld), since):
            terminal.wait_event("server_up", start, timeout=10)
        for terminal in (self.till, self.handheld):
            self.assertEqual(terminal.must("sync")["unsent"], 0)
        self.in_the_books_once([number])
        rows = lambda: self.tills[1].must("list", what="complaints", filter=complaint)["rows"]
        wait_until(rows, what="the complaint at the other till")
        wait_until(lambda: self.judge(gs1(NOODLES, lot="OFFLINE"), self.tills[1])["verdict"]
                   == "allow", what=batch["batch"])

    # SYNC-2
    def test_the_exported_chain_is_recomputed_from_zero_and_agrees_with_status(self):
        self.sell()
        for terminal in (*self.tills, self.handheld):
            terminal.must("sync")
        heads, count = self.chains_hold()
        status = self.shop.server.command("status")[0]
        logs = {(row["terminal"], log["epoch"]): log["last_seq"]
                for row in status["terminals"] for log in row["logs"]}
        for key, (seq, _) in heads.items():
            if key[0] != "server":
                self.assertEqual(logs[key], seq)
        self.assertEqual(status["ops"], count)
        self.assertEqual((status["rejected"], status["pending"]), (0, 0))
        self.assertFalse(any(row["conflict"] for row in status["terminals"]))

    # SYNC-1
    def test_a_second_server_on_the_same_data_ends_with_4(self):
        done = run("fangxin-server", "--data", self.shop.server.data, "serve", "--listen",
                   f"127.0.0.1:{free_port()}", check=False)
        self.assertEqual(done.returncode, 4, done)
        self.assertTrue(done.stderr.strip())
        self.sell()

    # SYNC-1
    def test_a_second_terminal_on_the_same_folder_ends_with_4(self):
        for number in (1, 2):
            done = run("fangxin-terminal", "--headless", "--data", self.till.data, "--till", number,
                       check=False)
            self.assertEqual(done.returncode, 4, done)
            self.assertTrue(done.stderr.strip())
        done = run("fangxin-handheld", "--headless", "--data", self.handheld.data, check=False)
        self.assertEqual(done.returncode, 4, done)
        self.sell()

    # SYNC-1
    def test_two_tills_sell_at_once_and_the_books_have_the_sum(self):
        before = len(self.exported("sales"))
        numbers = [[], []]

        def cashier(i):
            for _ in range(30):
                numbers[i].append(self.sell(self.tills[i]))

        threads = [threading.Thread(target=cashier, args=(i,)) for i in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for till in self.tills:
            till.must("sync")
        self.assertEqual(len(set(numbers[0] + numbers[1])), 60)
        self.in_the_books_once(numbers[0] + numbers[1])
        sales = self.exported("sales")
        self.assertEqual(len(sales) - before, 60)
        self.assertEqual(sum(s["total_fen"] for s in sales),
                         sum(line["amount_fen"] for s in sales for line in s["lines"]))


class KilledTill(Books):
    PAPER = True

    # SYNC-1
    def test_a_till_killed_at_random_moments_while_it_sells(self):
        chance = random.Random(20261123)
        requests = "".join(json.dumps(each) + "\n" for each in (
            {"id": "s", "do": "scan", "code": NOODLES},
            {"id": "p", "do": "pay_cash", "tendered_fen": 1490})) * 12
        answered = []

        def count(answer):
            if answer and answer.get("id") == "p" and answer["ok"]:
                answered.append(answer["receipt"]["number"])
            return answer

        for _ in range(15):
            self.till.send_raw(requests)
            for _ in range(chance.randrange(24)):
                count(self.till.answer())
            time.sleep(chance.uniform(0, 0.004))  # in the middle of the next, wherever that is
            self.till.kill()
            while count(self.till.lines.answers.get(timeout=5)) is not None:
                pass
            self.till.start()
            self.till.login(*CASHIER)
            clear(self.till)
        self.assertEqual(self.till.must("sync")["unsent"], 0)
        self.assertGreater(len(answered), 15)
        answered.append(self.sell())  # what was owed is printed before it
        self.till.must("sync")
        sold = self.in_the_books_once(answered)
        wait_until(lambda: answered[-1] in receipt_numbers(self.paper), 20, "the paper")
        printed = receipt_numbers(self.paper)
        self.assertEqual(len(printed), len(set(printed)), "a receipt was printed twice")
        self.assertEqual(sorted(printed), sorted(sold))
        counts = sorted(int(number[7:14]) for number in sold)
        self.assertEqual(counts, list(range(1, len(counts) + 1)))
        self.chains_hold()


class AtACable(Books):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till.stop()
        cls.proxy = Proxy(cls.shop.server)
        cls.addClassCleanup(cls.proxy.close)
        cls.till.server = cls.proxy
        cls.till.start()
        cls.till.login(*CASHIER)
        cls.till.wait_event("server_up", timeout=5)

    def come_back(self, since):
        self.till.wait_event("server_up", since, timeout=15)
        self.assertEqual(self.till.must("sync")["unsent"], 0)


class Cable(AtACable):
    # SYNC-1
    def test_a_stalled_line_is_noticed_within_three_seconds_and_nothing_is_lost(self):
        since, stalled = self.till.event_count(), time.monotonic()
        self.proxy.dead.set()
        numbers = [self.sell()]
        _, at, _ = self.till.wait_event("server_down", since, timeout=5)
        self.assertLess(at - stalled, 3.0)
        numbers.append(self.sell())
        since = self.till.event_count()
        self.proxy.dead.clear()
        self.come_back(since)
        self.in_the_books_once(numbers)

    # SYNC-1
    def test_a_recall_made_while_the_line_is_dead_is_there_when_it_is_back(self):
        since = self.till.event_count()
        self.proxy.dead.set()
        self.till.wait_event("server_down", since, timeout=5)
        self.till.must("scan", code=gs1(barcode("170105"), lot="XN929F"))
        self.recall("170105", "--lot", "XN929F")
        since = self.till.event_count()
        self.proxy.dead.clear()
        self.till.wait_event("line_blocked", since, timeout=15)
        self.refused(self.till.ask("pay_cash", tendered_fen=10000), "line_blocked")

    # SYNC-1
    def test_a_line_that_is_cut_again_and_again_loses_and_doubles_nothing(self):
        chance, numbers = random.Random(8), []
        for _ in range(12):
            for _ in range(chance.randrange(1, 8)):
                numbers.append(self.sell())
            self.proxy.cut()
            time.sleep(chance.uniform(0, 0.2))
        wait_until(lambda: self.till.ask("sync")["ok"], 20)
        self.in_the_books_once(numbers)
        self.chains_hold()

    # SYNC-1
    def test_a_till_starts_and_logs_in_without_the_server_that_it_knows(self):
        self.till.kill()
        self.proxy.refusing = True
        self.proxy.cut()
        self.till.start()
        self.till.login(*CASHIER)
        number = self.sell()
        self.assertFalse(self.till.ask("sync")["ok"])
        since = self.till.event_count()
        self.proxy.refusing = False
        self.come_back(since)
        self.in_the_books_once([number])


class AfterTheWelcome(AtACable):
    """The cable has to know the welcome when it sees it: this shop is without TLS."""
    PLAIN = True

    def only_welcomed(self, *recall):
        """The till was away, a recall was made, and of the server it has heard the welcome only."""
        since = self.till.event_count()
        self.proxy.refusing = True
        self.proxy.cut()
        self.till.wait_event("server_down", since, timeout=5)
        self.addCleanup(self.proxy.only_welcome.clear)
        self.till.must("complain", what="排队太久")  # to be sent as soon as it was welcomed
        self.recall(*recall)
        self.proxy.went_on.clear()
        self.proxy.only_welcome.set()
        self.proxy.refusing = False
        self.assertTrue(self.proxy.went_on.wait(10))

    # SAFE-6
    def test_payment_waits_for_the_blocks_that_are_on_their_way(self):
        self.till.must("scan", code=gs1(barcode("170107"), lot="CP357N"))
        self.only_welcomed("170107", "--lot", "CP357N")
        since, asked = self.till.event_count(), time.monotonic()
        threading.Timer(0.5, self.proxy.only_welcome.clear).start()
        self.refused(self.till.ask("pay_cash", tendered_fen=10000), "line_blocked")
        self.assertGreater(time.monotonic() - asked, 0.4)
        self.till.wait_event("server_up", since)
        clear(self.till)

    # SAFE-6
    def test_payment_waits_for_them_three_seconds_at_most(self):
        self.till.must("scan", code=NOODLES)
        self.only_welcomed("170107", "--lot", "NEVER")
        since, asked = self.till.event_count(), time.monotonic()
        receipt = self.pay(1490)
        self.assertLess(time.monotonic() - asked, 3.5)
        self.assertGreater(time.monotonic() - asked, 2.5)
        self.proxy.only_welcome.clear()
        self.come_back(since)
        self.in_the_books_once([receipt["number"]])


if __name__ == "__main__":
    unittest.main(warnings="ignore")
