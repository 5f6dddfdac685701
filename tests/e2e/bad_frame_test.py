#!/usr/bin/python3
"""Whatever a connection says, the server closes it or answers, and the shop goes on (SYNC-1, 2)."""
import contextlib
import random
import socket
import time
import unittest

from shop_case import NOODLES
from wire import Log, WireCase, hello


class Frames(WireCase):
    def tearDown(self):
        """After each insult the shop sells and the server has it."""
        self.till.must("scan", code=NOODLES)
        number = self.pay(1490)["number"]
        self.assertEqual(self.till.must("sync")["unsent"], 0)
        self.assertIn(number, [sale["receipt"] for sale in self.exported("sales")])

    def closed(self, wire, timeout=5):
        self.assertIsNone(wire.hear("welcome", "ack", "gap", timeout=timeout))

    def ops_of(self, terminal):
        return [op for op in self.exported("ops") if op["terminal"] == terminal]

    def test_a_page_in_a_browser_cannot_reach_the_server(self):
        for origin in ("http://evil.example", "http://127.0.0.1", "null"):
            with self.assertRaises(ConnectionError):
                self.wire(f"Origin: {origin}\r\n")

    def test_what_is_not_a_terminals_request_is_closed(self):
        for request in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00", b"\0" * 100,
                        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
                        b"GET / HTTP/1.1\r\n" + b"A: " + b"x" * 100_000 + b"\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", self.shop.server.port), timeout=8) as raw:
                try:
                    raw.sendall(request)
                    answer = raw.recv(100)
                except ConnectionError:
                    answer = b""
                self.assertNotIn(b" 101 ", answer)

    def test_a_hello_that_comes_too_late_or_not_first_is_closed(self):
        silent, early, twice = self.wire(), self.wire(), self.welcomed()
        early.say("ops", **Log("till-90").add("logged_out", {"why": ""}).frame())
        self.closed(early)
        twice.say("hello", **hello())
        self.closed(twice)
        started = time.monotonic()
        self.closed(silent, timeout=9)
        self.assertLess(time.monotonic() - started, 8)
        self.assertEqual(self.ops_of("till-90"), [])

    def test_frames_that_are_too_large_are_closed(self):
        before = self.wire()
        with contextlib.suppress(OSError):
            before.send(b"\0" + b'{"m":"hello","app":"' + b"x" * 70_000 + b'"}')
        self.closed(before)
        after = self.welcomed()
        with contextlib.suppress(OSError):
            after.send(b"\0" + b" " * 1_200_000)
        self.closed(after)

    def test_frames_that_are_no_message_are_closed(self):
        for frame in (b"", b"\0", b"\0hello", b"\0[]", b"\0{}", b"\x02{}", b"\0" + b"\xff\xfe",
                      b'\0{"m":"fly"}', b'\0{"m":7}', b'\0{"m":"welcome"}', b'\0{"m":"ack"}',
                      b'\0{"m":"have","rows":1.5,"blocks":0}', b"\1not zstd",
                      b'\0{"m":"ping","m":"ping","now_ms":0}', b"\0" + b'{"a":' * 50):
            with self.subTest(frame=frame[:30]):
                wire = self.welcomed()
                wire.send(frame)
                self.closed(wire)

    def test_a_zstd_bomb_costs_nothing(self):
        magic = b"\x28\xb5\x2f\xfd"
        block = ((128 * 1024) << 3 | 0b010).to_bytes(3, "little") + b" "
        bombs = [magic + b"\xe0" + (1 << 40).to_bytes(8, "little") + block * 50_000,
                 magic + b"\x00\x58" + block * 50_000,  # says no size
                 magic + b"\xa0" + (4 << 20).to_bytes(4, "little") + block * 100]
        status = f"/proc/{self.shop.server.process.pid}/status"
        peak = lambda: int(next(line.split()[1] for line in open(status) if "VmHWM" in line))
        before = peak()
        for bomb in bombs:
            wire = self.welcomed()
            wire.send(b"\1" + bomb)
            self.closed(wire)
        self.assertLess(peak() - before, 64_000, "kB more than before")

    def test_ops_with_a_gap_are_asked_for_and_not_kept(self):
        log = Log("till-91")
        for receipt in ("A1", "A2", "A3"):
            log.sale(receipt)
        wire = self.welcomed("till-91")
        wire.say("ops", **log.frame(2))
        self.assertEqual(wire.hear("gap", "ack")["want"], 1)
        self.assertEqual(self.ops_of("till-91"), [])
        wire.say("ops", **log.frame(1))
        self.assertEqual(wire.hear("ack")["seq"], 3)
        self.assertEqual([op["seq"] for op in self.ops_of("till-91")], [1, 2, 3])

    # SYNC-1
    def test_ops_that_come_twice_are_acknowledged_and_in_the_books_once(self):
        log = Log("till-92").sale("B1").sale("B2")
        wire = self.welcomed("till-92")
        for _ in range(3):
            wire.say("ops", **log.frame())
            self.assertEqual(wire.hear("ack")["seq"], 2)
        again = self.welcomed("till-92")
        again.say("ops", **log.sale("B3").frame(2))
        self.assertEqual(again.hear("ack")["seq"], 3)
        receipts = [sale["receipt"] for sale in self.exported("sales")]
        self.assertEqual([receipts.count(each) for each in ("B1", "B2", "B3")], [1, 1, 1])

    # SYNC-2
    def test_a_changed_log_is_refused_and_named(self):
        wire = self.welcomed("till-93")
        wire.say("ops", **Log("till-93").sale("C1").frame())
        self.assertEqual(wire.hear("ack")["seq"], 1)
        wire.say("ops", **Log("till-93").sale("C1", 1).frame())
        self.assertEqual(wire.hear("refused", "ack")["code"], "rolled_back")
        self.closed(wire)
        other = self.welcomed("till-93")
        frame = Log("till-93").sale("C1").sale("C2").frame()
        other.say("ops", **{**frame, "head": "00" * 32})
        self.assertEqual(other.hear("refused", "ack")["code"], "chain")
        rows = {row["terminal"]: row for row in self.shop.server.command("status")[0]["terminals"]}
        self.assertTrue(rows["till-93"]["conflict"])
        self.assertEqual([op["seq"] for op in self.ops_of("till-93")], [1])
        self.assertEqual([s["total_fen"] for s in self.exported("sales") if s["receipt"] == "C1"],
                         [1490])

    # SYNC-2
    def test_an_op_that_cannot_be_read_is_kept_as_it_is_and_does_not_block_the_queue(self):
        log = Log("till-94").add("", {}, body="not json at all").sale("D1")
        log.add("from_the_future", {"x": 1}).add("sale", {"receipt": 7}).sale("D2")
        before = self.shop.server.command("status")[0]
        wire = self.welcomed("till-94")
        wire.say("ops", **log.frame())
        self.assertEqual(wire.hear("ack")["seq"], 5)
        after = self.shop.server.command("status")[0]
        self.assertEqual((after["rejected"] - before["rejected"],
                          after["pending"] - before["pending"]), (2, 1))
        self.assertEqual([op["body"] for op in self.ops_of("till-94")], log.bodies)

    def test_a_handheld_cannot_sell(self):
        wire = self.welcomed("handheld-95", "handheld")
        wire.say("ops", **Log("handheld-95").sale("E1").frame())
        self.assertEqual(wire.hear("ack")["seq"], 1)
        self.assertNotIn("E1", [sale["receipt"] for sale in self.exported("sales")])

    def test_a_hello_of_another_version_role_or_name_is_refused(self):
        for changed, code in (({"protocol_min": 3, "protocol_max": 9}, "protocol"),
                              ({"role": "server"}, "role"), ({"terminal": ""}, "terminal"),
                              ({"terminal": "x" * 65}, "terminal"),
                              ({"role": "handheld"}, "role")):
            wire = self.wire()
            wire.say("hello", **{**hello(), **changed})
            self.assertEqual(wire.hear("refused", "welcome").get("code"), code)
            self.closed(wire)

    def test_two_hundred_connections_of_noise_leave_the_server_well(self):
        noise = random.Random(7)
        for _ in range(200):
            wire = self.wire(terminal="till-96")
            try:
                if noise.random() < 0.5:
                    wire.say("hello", **hello("till-96"))
                wire.send(bytes([noise.randrange(3)]) + noise.randbytes(noise.randrange(300)),
                          noise.choice([1, 2, 2, 2]))
            except OSError:
                pass
            wire.close()
        self.assertTrue(self.shop.server.command("status"))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
