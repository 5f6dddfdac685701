#!/usr/bin/python3
"""What the network may do to a server: little (SYNC-3, sync.md's limits)."""
import contextlib
import random
import socket
import ssl
import time
import unittest

from identity import context
from shop_case import NOODLES, SAMPLE_SHOP, Server, run, wait_until
from wire import Wire, WireCase


class Exposure(WireCase):
    def tearDown(self):
        """After each insult the shop goes on selling and the server takes it."""
        self.till.must("scan", code=NOODLES)
        self.pay(1490)
        self.assertEqual(self.till.must("sync")["unsent"], 0)

    def plain(self, address="127.0.0.1"):
        raw = socket.socket()
        raw.bind((address, 0))
        raw.settimeout(9)
        raw.connect(("127.0.0.1", self.shop.server.port))
        self.addCleanup(raw.close)
        return raw

    def shaken(self, tls=None):
        """Through the handshake, and not a word more."""
        line = (tls or self.identity().tls()).wrap_socket(self.plain())
        self.addCleanup(line.close)
        return line

    def ends_after(self, line, seconds, drip=b""):
        """The server closes it after about so long, whatever comes by drops meanwhile."""
        started = time.monotonic()
        line.settimeout(0.25)
        while time.monotonic() - started < seconds + 3:
            try:
                if drip:
                    line.sendall(drip)
                if line.recv(4096) == b"":
                    break
            except (TimeoutError, ssl.SSLWantReadError):
                continue
            except OSError:
                break
        taken = time.monotonic() - started
        self.assertGreater(taken, seconds - 1.5)
        self.assertLess(taken, seconds + 2)

    def test_who_does_not_begin_the_handshake_has_five_seconds(self):
        self.ends_after(self.plain(), 5)

    def test_who_drips_the_handshake_has_five_seconds(self):
        raw = self.plain()
        raw.sendall(b"\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03")  # of 16 KiB that do not come
        self.ends_after(raw, 5, b"\0")

    def test_who_drips_the_request_has_five_seconds(self):
        line = self.shaken()
        line.sendall(b"GET /terminal HTTP/1.1\r\n")
        self.ends_after(line, 5, b"a")

    def test_who_says_no_hello_has_five_seconds(self):
        wire = self.wire()
        started = time.monotonic()
        self.assertIsNone(wire.hear("welcome", timeout=9))
        self.assertLess(abs(time.monotonic() - started - 5), 2)

    def test_who_wants_to_be_enrolled_and_says_nothing_has_five_seconds(self):
        wire = Wire(self.shop.server.port, tls=context(self.shop.server), path="/enrol")
        self.addCleanup(wire.close)
        started = time.monotonic()
        self.assertIsNone(wire.hear("waiting", timeout=9))
        self.assertLess(abs(time.monotonic() - started - 5), 2)

    def test_who_is_silent_after_the_welcome_has_fifteen_seconds(self):
        wire = self.welcomed()
        started, pings = time.monotonic(), 0
        while (heard := wire.hear("ping", "rows", "blocks", timeout=20)) is not None:
            pings += heard["m"] == "ping"
            if heard["m"] != "ping":  # it takes what it is sent, and says nothing by itself
                rows = heard["to"] if heard["m"] == "rows" else 0
                wire.say("have", rows=rows, blocks=heard["to"])
                started, pings = time.monotonic(), 0
        self.assertLess(abs(time.monotonic() - started - 15), 3)
        self.assertGreater(pings, 10)  # one a second

    def test_too_long_a_message_before_the_hello_and_after_it_is_not_read(self):
        early = self.wire()
        with contextlib.suppress(OSError):
            early.send(b"\0" + b'{"m":"hello","app":"' + b"x" * 70_000 + b'"}')
        self.assertIsNone(early.hear("welcome"))
        late = self.welcomed()
        with contextlib.suppress(OSError):
            late.send(b"\0" + b" " * 1_200_000)
        self.assertIsNone(late.hear("ack"))
        enrols = Wire(self.shop.server.port, tls=context(self.shop.server), path="/enrol")
        self.addCleanup(enrols.close)
        with contextlib.suppress(OSError):
            enrols.send(b"\0" + b'{"m":"enrol","token":"' + b"x" * 70_000 + b'"}')
        self.assertIsNone(enrols.hear("waiting", "refused"))

    def test_a_small_message_that_unpacks_to_a_large_one_costs_nothing(self):
        magic = b"\x28\xb5\x2f\xfd"
        block = ((128 * 1024) << 3 | 0b010).to_bytes(3, "little") + b" "
        status = f"/proc/{self.shop.server.process.pid}/status"
        peak = lambda: int(next(line.split()[1] for line in open(status) if "VmHWM" in line))
        before = peak()
        for size in (b"\xe0" + (1 << 40).to_bytes(8, "little"), b"\x00\x58"):
            for path in ("/terminal", "/enrol"):
                wire = Wire(self.shop.server.port, tls=self.identity().tls(), path=path)
                self.addCleanup(wire.close)
                with contextlib.suppress(OSError):
                    wire.send(b"\1" + magic + size + block * 10_000)
                self.assertIsNone(wire.hear("welcome", "refused", "waiting"))
        self.assertLess(peak() - before, 64_000, "kB more than before")

    def test_a_page_in_a_browser_cannot_reach_the_server(self):
        own = f"https://127.0.0.1:{self.shop.server.port}"
        for origin in ("https://evil.example", own, "null"):
            for path in ("/terminal", "/enrol"):
                with self.assertRaises(ConnectionError):
                    Wire(self.shop.server.port, f"Origin: {origin}\r\n", self.identity().tls(),
                         path)

    def test_nothing_else_is_served(self):
        for path in ("/", "/terminal/", "/enrol?x", "/../terminal", "/status"):
            with self.assertRaises(ConnectionError):
                Wire(self.shop.server.port, "", self.identity().tls(), path)

    def test_garbage_before_the_handshake_is_closed(self):
        chance = random.Random(5)
        for garbage in (b"GET /terminal HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 100, b"\x16\x03\x01",
                        b"\x16\x03\x03\xff\xff" + bytes(70_000), chance.randbytes(5_000),
                        b"SSH-2.0-x\r\n", b"\x80\x2e\x01\x00\x02"):
            raw = self.plain()
            with contextlib.suppress(OSError):
                raw.sendall(garbage)
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(4096):
                    pass

    def test_garbage_after_the_handshake_is_closed(self):
        chance = random.Random(6)
        known = self.identity().tls()
        for _ in range(40):
            line = self.shaken(known)
            with contextlib.suppress(OSError):
                line.sendall(chance.randbytes(chance.randrange(1, 9_000)))
                line.settimeout(8)
                self.assertNotIn(b" 101 ", line.recv(4096))
            line.close()
        for frame in (b"", b"\0", b"\0{}", b"\2{}", b"\0[]", b"\1zzzz",
                      b'\0{"m":"certificate","certificate":"x"}', b'\0{"m":"waiting"}',
                      b'\0{"m":"renew","request":"x"}', b'\0{"m":"enrol"}'):
            for path in ("/terminal", "/enrol"):
                wire = Wire(self.shop.server.port, tls=known, path=path)
                wire.send(frame)
                self.assertIsNone(wire.hear("welcome", "waiting", "certificate", timeout=6))
                wire.close()

    def open_now(self, lines):
        """How many of these the server has not closed."""
        open_ones = 0
        for line in lines:
            line.setblocking(False)
            try:
                open_ones += line.recv(1) != b""
            except BlockingIOError:
                open_ones += 1
            except OSError:
                pass
        return open_ones

    # SYNC-3
    def test_eight_unknown_ones_at_once_from_one_address(self):
        lines = [self.plain("127.0.0.9") for _ in range(12)]
        wait_until(lambda: self.open_now(lines) == 8, what="eight")
        self.assertIsNotNone(self.welcomed("till-99"), "another address")
        for line in lines:
            line.close()

    # SYNC-3
    def test_sixty_four_unknown_ones_at_once(self):
        lines = [self.plain(f"127.0.1.{n // 8 + 1}") for n in range(80)]
        wait_until(lambda: self.open_now(lines) == 64, what="sixty-four")
        since = self.till.event_count()
        self.assertEqual(self.till.must("sync")["unsent"], 0)  # who is known goes on
        self.assertNotIn("server_down", [event["event"] for _, event
                                         in self.till.lines.events[since:]])
        for line in lines:
            line.close()
        wait_until(lambda: self.welcomed("till-99"), what="room again")

    # SYNC-3
    def test_without_tls_only_loopback_is_served_and_everything_says_so(self):
        folder = self.shop.folder / "plain"
        server = Server(folder, plain=True)
        server.command("import", SAMPLE_SHOP, "--test-shop")
        done = run("fangxin-server", "--data", folder, "serve", "--listen", "0.0.0.0:0",
                   "--plain-on-loopback", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not_loopback", done.stderr)
        ready = server.start()
        try:
            self.assertTrue(ready["address"].startswith("ws://"))
            self.assertIn("WITHOUT TLS", ready["notice"])
            self.assertIn("WITHOUT TLS", server.log.read_text())
        finally:
            server.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2)
