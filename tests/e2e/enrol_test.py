#!/usr/bin/python3
"""How a terminal becomes its store's (SYNC-3)."""
import contextlib
import os
import re
import sqlite3
import struct
import subprocess
import unittest
import zlib

from identity import Identity, context
from processes import spawn, temporary_folder
from shop import Lines
from shop_case import BIN, CASHIER, NOODLES, Shop, Terminal, run
from wire import Wire, WireCase

STORE = "FXE1:127.0.0.1:{}/{}/{}"


class Enrolment(WireCase):
    TILLS = 0

    def asks(self, token, terminal="till-70", known=None, **changed):
        """The first thing the server says to this token; the line that it said it on."""
        known = known or Identity(self.shop.server, terminal)
        wire = Wire(self.shop.server.port, tls=context(self.shop.server), path="/enrol")
        self.addCleanup(wire.close)
        known.ask(wire, token, **changed)
        return wire.must_hear("waiting", "refused"), wire

    def code(self, kind="till", *options):
        return self.shop.server.command("enrol", "--kind", kind, *options)[0]

    def age_codes(self, minutes):
        """As if so long had passed: the codes are of then."""
        self.shop.server.stop()
        with contextlib.closing(sqlite3.connect(self.shop.server.data / "store.db")) as book:
            book.execute("UPDATE enrolment_codes SET until_ms = until_ms - ?",
                         (minutes * 60_000,))
            book.commit()
        self.shop.server.start()

    def terminal(self, number, code=None, server=True, env=None):
        """A new till as a technician starts it, with a code or without."""
        till = Terminal("fangxin-terminal", self.shop.folder / f"new-{number}", None, None, number)
        self.addCleanup(till.stop)
        command = [BIN / "fangxin-terminal", "--headless", "--data", till.data, "--till", number]
        if server:
            command += ["--server", self.shop.server.url]
        if code:
            command += ["--enrol", code]
        till.process = spawn(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             bufsize=1, env={**os.environ, **(env or {})})
        till.lines = Lines(till.process)
        till.lines.wait_event("ready", timeout=20)
        return till

    def enrolment_event(self, till, state, since=0):
        return till.wait_event("enrolment", since, 15, lambda each: each["state"] == state)[2]

    # SYNC-3
    def test_a_token_is_good_once(self):
        token = self.code()["token"]
        said, _ = self.asks(token)
        self.assertEqual(said["m"], "waiting")
        said, _ = self.asks(token, "till-71")
        self.assertEqual((said["m"], said["code"]), ("refused", "token_used"))
        self.assertIn("enrolment_failed", [op["kind"] for op in self.exported("ops")])

    # SYNC-3
    def test_a_token_is_too_old_after_ten_minutes(self):
        token = self.code()["token"]
        self.age_codes(11)
        self.assertEqual(self.asks(token)[0]["code"], "token_expired")

    def test_a_token_is_not_in_the_book(self):
        token = self.code()["token"]
        for file in self.shop.server.data.glob("store.db*"):
            self.assertNotIn(token.encode(), file.read_bytes())
        self.assertNotIn(token, str(self.exported("ops")))

    # SYNC-3
    def test_a_guess_is_refused_and_after_five_none_is_looked_at(self):
        self.shop.server.stop()  # whose memory they are
        self.shop.server.start()
        try:
            for n in range(5):
                self.assertEqual(self.asks(f"{n:032x}")[0]["code"], "bad_token")
            good = self.code()["token"]
            self.assertEqual(self.asks(good)[0]["code"], "too_many_tries")
        finally:
            self.shop.server.stop()
            self.shop.server.start()

    # SYNC-3
    def test_nobody_is_let_in_before_the_approval_and_a_refused_one_not_at_all(self):
        said, wire = self.asks(self.code()["token"], "till-72")
        with self.assertRaises(TimeoutError):
            wire.hear("certificate", timeout=1.5)
        done = run("fangxin-server", "--data", self.shop.server.data, "approve", "till-72",
                   "--fingerprint", "0000-0000-0000-0000", check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.shop.server.command("refuse", "till-72", "--fingerprint", said["fingerprint"])
        self.assertEqual(wire.must_hear("refused", "certificate")["code"], "refused")
        self.assertIn("terminal_refused", [op["kind"] for op in self.exported("ops")])

    def test_a_code_for_one_terminal_is_for_no_other(self):
        named = self.code("till", "--name", "till-73")["token"]
        self.assertEqual(self.asks(named, "till-74")[0]["code"], "terminal")
        self.assertEqual(self.asks(self.code("handheld")["token"], "till-74")[0]["code"], "role")
        self.assertEqual(self.asks(named, "till-73")[0]["m"], "waiting")

    def test_what_is_no_request_is_refused(self):
        for request in ("", "hello", "-----BEGIN CERTIFICATE REQUEST-----\nAA==\n"
                        "-----END CERTIFICATE REQUEST-----\n", "x" * 5_000):
            said, _ = self.asks(self.code()["token"], request=request)
            self.assertEqual(said["code"], "bad_request")
        for terminal in ("", "server", "till-1\n", "x" * 100, "handheld-1"):
            self.assertEqual(self.asks("0" * 32, terminal=terminal)[0]["code"], "terminal")

    # SYNC-3
    def test_a_till_is_enrolled_by_a_text_and_knows_its_server_from_then_on(self):
        till = self.terminal(21, self.code()["code"], server=False)
        waiting = self.enrolment_event(till, "waiting")
        self.assertRegex(waiting["fingerprint"], r"^([0-9A-F]{4}-){3}[0-9A-F]{4}$")
        status, = self.shop.server.command("status")
        self.assertIn(("till-21", waiting["fingerprint"]),
                      [(each["terminal"], each["fingerprint"]) for each in status["waiting"]])
        self.shop.server.command("approve", "till-21", "--fingerprint",
                                 waiting["fingerprint"].lower().replace("-", ""))
        self.enrolment_event(till, "enrolled")
        till.login(*CASHIER)
        till.must("scan", code=NOODLES)
        till.must("pay_cash", tendered_fen=1490)
        self.assertEqual(till.must("sync")["unsent"], 0)
        self.assertEqual((till.data / "identity.pem").stat().st_mode & 0o777, 0o600)
        till.stop()
        again = self.terminal(21, server=False)  # no --server, no --enrol
        again.wait_event("server_up", timeout=10)

    # SYNC-3
    def test_a_till_is_enrolled_by_a_file_and_started_so_again_keeps_its_identity(self):
        file = self.shop.folder / "code.txt"
        file.write_text("  " + self.code()["code"] + "\r\n")
        till = self.terminal(22, f"@{file}")
        waiting = self.enrolment_event(till, "waiting")
        self.shop.server.command("approve", "till-22", "--fingerprint", waiting["fingerprint"])
        self.enrolment_event(till, "enrolled")
        before = (till.data / "identity.pem").read_text()
        till.stop()
        again = self.terminal(22, f"@{file}")
        again.wait_event("server_up", timeout=10)
        self.assertEqual((till.data / "identity.pem").read_text(), before)

    def test_a_till_goes_on_waiting_after_a_restart_of_either(self):
        code = self.code()["code"]
        till = self.terminal(23, code)
        first = self.enrolment_event(till, "waiting")["fingerprint"]
        till.kill()
        till = self.terminal(23, code)
        self.assertEqual(self.enrolment_event(till, "waiting")["fingerprint"], first)
        since = till.event_count()
        self.shop.server.kill()
        self.shop.server.start()
        self.assertEqual(self.enrolment_event(till, "waiting", since)["fingerprint"], first)
        self.shop.server.command("approve", "till-23", "--fingerprint", first)
        self.enrolment_event(till, "enrolled")
        till.wait_event("server_up", timeout=10)

    # SYNC-3
    def test_whoever_answers_without_the_pin_gets_neither_token_nor_request(self):
        with Shop() as other:
            other.start_server()
            theirs = self.code()
            wrong = STORE.format(other.server.port, theirs["pin"], theirs["token"])
            till = self.terminal(24, wrong)
            told = self.enrolment_event(till, "failed")
            self.assertEqual(told["error"], "wrong_store")
            self.assertTrue(told["message"].strip())
            self.assertNotIn("enrolment_asked",
                             [op["kind"] for op in other.server.command("export", "ops")])

    def test_an_unenrolled_till_says_so_and_sends_nothing(self):
        till = self.terminal(25)
        state = till.ask("list", what="holds")
        self.assertIn("not_enrolled", state["banners"])
        self.refused(till.ask("enrol", code="6992918000132"), "bad_enrolment_code")
        told_since = till.event_count()
        till.must("enrol", code=STORE.format(self.shop.server.port, self.code()["pin"], "0" * 32))
        told = self.enrolment_event(till, "failed", told_since)
        self.assertEqual(told["error"], "bad_token")
        self.shop.server.stop()
        self.shop.server.start()

    # SYNC-3
    def test_a_clock_that_is_years_off_hinders_neither_enrolment_nor_work(self):
        self.assertTrue((BIN / "shifted_clock.so").exists())
        for number, years in ((26, -9), (27, 30)):
            env = {"LD_PRELOAD": BIN / "shifted_clock.so",
                   "SHIFTED_CLOCK_S": str(years * 365 * 24 * 3600)}
            till = self.terminal(number, self.code()["code"], env=env)
            waiting = self.enrolment_event(till, "waiting")
            self.shop.server.command("approve", f"till-{number}", "--fingerprint",
                                     waiting["fingerprint"])
            self.enrolment_event(till, "enrolled")
            till.wait_event("server_up", timeout=10)
            till.login(*CASHIER)
            self.assertNotIn("clock_unknown", till.must("sync")["banners"])

    def test_the_code_is_drawn_as_a_qr_code_that_a_scanner_reads(self):
        text = run("fangxin-server", "--data", self.shop.server.data, "enrol", "--kind",
                   "till").stdout
        code = re.search(r"^FXE1:\S+$", text, re.M).group(0)
        rows = [line for line in text.splitlines() if line and set(line) <= set("█▀▄ ")]
        modules = []
        for row in rows:
            modules.append([c in "█▀" for c in row])
            modules.append([c in "█▄" for c in row])
        scale = 4
        body = b"".join(bytes(255 if light else 0 for light in row for _ in range(scale)) * scale
                        for row in modules)
        width, height = len(modules[0]) * scale, len(modules) * scale
        png = temporary_folder("qr") / "code.png"
        to_png(width, height, body, png)
        read = run("fangxin-devices", "decode", png).stdout
        self.assertIn(code, read)


def to_png(width, height, grey, file):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    lines = b"".join(b"\0" + grey[row * width:(row + 1) * width] for row in range(height))
    file.write_bytes(b"\x89PNG\r\n\x1a\n"
                     + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    unittest.main(verbosity=2)
