#!/usr/bin/python3
"""A checkout scale that speaks Toledo continuous output over a pseudo-terminal.

Written from the format (Mettler-Toledo WILDCAT technical manual 6-4, 6-5), with none of the till's
code:  STX SWA SWB SWC w6 t6 CR CHK, three decimals of a kilogram, seven frames a second.
`toledo_scale.py LINK` makes LINK point to the port and obeys words on standard input.
"""
import os
import pty
import sys
import threading
import time
import tty

KILOGRAM, MOTION, OUT_OF_RANGE, NEGATIVE = 0x10, 0x08, 0x04, 0x02


class Toledo:
    def __init__(self):
        self.grams, self.status = 0, 0
        self.silent = self.torn = False

    def frame(self):
        status_b = 0x20 | KILOGRAM | self.status
        text = bytes([0x02, 0x2D, status_b, 0x20]) + f"{self.grams:6d}".encode() + b"     0\r"
        checksum = (-sum(byte & 0x7F for byte in text)) & 0x7F
        return text + bytes([checksum])

    def obey(self, words):
        word, *rest = words.split()
        self.silent, self.torn, self.status = word == "silent", word == "torn", 0
        if rest:
            self.grams = int(rest[0])
        if word == "move":
            self.status = MOTION
        elif word == "over":
            self.status = OUT_OF_RANGE
        elif word == "under":
            self.status = OUT_OF_RANGE | NEGATIVE


def main():
    link = sys.argv[1]
    master, slave = pty.openpty()
    tty.setraw(slave)
    if os.path.islink(link):
        os.unlink(link)
    os.symlink(os.ttyname(slave), link)
    os.set_blocking(master, False)
    scale = Toledo()

    def talk():
        while True:
            if not scale.silent:
                frame = scale.frame()
                try:
                    os.write(master, frame[:9] if scale.torn else frame)
                except BlockingIOError:
                    pass  # nobody reads: a cable with no till
            time.sleep(1 / 7)

    threading.Thread(target=talk, daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip():
            scale.obey(line)


if __name__ == "__main__":
    main()
