#!/usr/bin/python3
"""Every frame of every scale protocol over a pseudo-terminal, read by `fangxin-devices scale`.

The frames and what is to be read from them stand in tests/captures; here is only a scale that
answers when it is asked, written without the till's code."""
import json
import os
import pathlib
import pty
import select
import subprocess
import threading
import time
import tty
import unittest

from shop import BIN

CAPTURES = pathlib.Path(__file__).resolve().parent.parent / "captures"
# What each protocol's host says, until the scale may send its frame.
ASKED = {"mt-8217": [b"W"], "mt-sics": [b"SI\r\n"], "cas": [b"\x05", b"\x11"],
         "os2": [b"\x05", b"\x11"], "nci": [b"W\r"], "xk3190-command": [b"\x02AB03\x03"],
         "and": [b"Q\r\n"]}
BY_ITSELF = ["xk3190", "st-gs", "cas-22", "toledo-continuous"]
TOLEDO = [  # devices of that name send these; the parser's own test has them in text
    ("02 2D 30 20 20 20 31 32 33 34 20 20 20 20 20 30 0D 1A", ("stable", 1234000, 1234000, 0)),
    ("02 2D 38 20 20 20 31 30 30 30 20 20 20 20 20 30 0D 1B", ("motion", 1000000, 1000000, 0)),
    ("02 2D 31 20 20 20 31 31 38 34 20 20 20 20 35 30 0D 00", ("stable", 1234000, 1184000, 50000)),
    ("02 2D 33 20 20 20 20 20 35 30 20 20 20 20 35 30 0D 27", ("stable", 0, -50000, 50000)),
    ("02 2D 34 20 20 20 20 20 20 20 20 20 20 20 20 30 0D 60", ("over", 0, 0, 0)),
    ("02 2D 70 20 20 20 20 20 20 30 20 20 20 20 20 30 0D 14", ("zero_error", 0, 0, 0)),
    ("02 3D 30 20 30 30 31 32 33 35 30 30 30 30 30 30 0D 19", ("stable", 1235000, 1235000, 0))]


def vectors(protocol):
    """(bytes, what is read or None) of each frame."""
    if protocol == "toledo-continuous":
        return [(bytes.fromhex(frame), read) for frame, read in TOLEDO]
    found = []
    for line in (CAPTURES / f"scale_{protocol.replace('-', '_')}.hex").read_text().splitlines():
        if line.startswith("#") or "# = " not in line:
            continue
        frame, said = line.split("# = ")
        words = said.split()
        read = None if words[0] == "nothing" else (words[0], *map(int, words[1:4]))
        found.append((bytes.fromhex(frame), read))
    return found


class OutsideScale:
    """Sends its frame: by itself seven times a second, or when it was asked as it wants."""

    def __init__(self, protocol, frame):
        self.protocol, self.frame, self.asked = protocol, frame, ASKED.get(protocol)
        self.port, self.line = pty.openpty()
        tty.setraw(self.line)
        self.name = os.ttyname(self.line)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.talk)
        self.thread.start()

    def answer_each(self, answers):
        """Lines that have a question each."""
        heard = b""
        while not self.over.is_set():
            if not select.select([self.port], [], [], 0.05)[0]:
                continue
            heard += os.read(self.port, 64)
            while b"\r\n" in heard:
                question, heard = heard.split(b"\r\n", 1)
                for known, answer in answers.items():
                    if question.endswith(known):  # behind another protocol's
                        os.write(self.port, answer)

    def talk(self):
        if self.protocol == "mt-sics":
            line, *rest = self.frame.splitlines(keepends=True)
            return self.answer_each({b"SI": line, b"TA": b"".join(rest)})
        heard, step = b"", 0
        while not self.over.is_set():
            if not self.asked:
                time.sleep(1 / 7)
                os.write(self.port, self.frame)
                continue
            if not select.select([self.port], [], [], 0.05)[0]:
                continue
            heard += os.read(self.port, 64)
            while self.asked[step] in heard:
                heard = heard.split(self.asked[step], 1)[1]
                step = (step + 1) % len(self.asked)
                os.write(self.port, self.frame if step == 0 else b"\x06")

    def stop(self):
        self.over.set()
        self.thread.join()
        os.close(self.port)
        os.close(self.line)


def read(protocol, frame, seconds, *options):
    scale = OutsideScale(protocol, frame)
    try:
        done = subprocess.run([BIN / "fangxin-devices", "scale", "--port", scale.name, "--protocol",
                               protocol, "--count", "1", "--wait", str(seconds), *options],
                              capture_output=True, text=True, timeout=30)
    finally:
        scale.stop()
    if done.returncode != 0:
        return done.returncode, done.stderr
    line = json.loads(done.stdout)
    return (line["state"], line["gross_mg"], line["net_mg"], line["tare_mg"]), line["raw"]


class ScaleVectors(unittest.TestCase):
    # WEIGH-1 WEIGH-5
    def test_every_frame_is_read_from_an_outside_line(self):
        for protocol in [*ASKED, *BY_ITSELF]:
            for frame, expected in vectors(protocol):
                if expected is None:
                    continue
                with self.subTest(protocol=protocol, frame=frame.hex(" ")):
                    seen, raw = read(protocol, frame, 5)
                    self.assertEqual(seen, expected)
                    self.assertIn(bytes.fromhex(raw), frame)

    def test_what_is_no_frame_is_not_read(self):
        for protocol in [*ASKED, *BY_ITSELF]:
            for frame, expected in vectors(protocol):
                if expected is not None or frame in (b"\x06", b"\x15"):
                    continue
                with self.subTest(protocol=protocol, frame=frame.hex(" ")):
                    code, why = read(protocol, frame, 0.6)
                    self.assertEqual(code, 1, why)
                    self.assertIn("silent", why)

    def test_a_scale_that_is_not_there_is_not_found(self):
        done = subprocess.run([BIN / "fangxin-devices", "scale", "--port", "/dev/no-such-scale",
                               "--protocol", "cas"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 3)
        for protocol in ("abacus", "profile:/no/such/file"):
            done = subprocess.run([BIN / "fangxin-devices", "scale", "--port", "/dev/ttyS0",
                                   "--protocol", protocol], capture_output=True, text=True,
                                  timeout=30)
            self.assertEqual(done.returncode, 2, done.stderr)


if __name__ == "__main__":
    unittest.main()
