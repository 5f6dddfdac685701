#!/usr/bin/python3
"""A checkout scale that speaks Toledo continuous output over a pseudo-terminal.

Written from the format (Mettler-Toledo WILDCAT technical manual 6-4, 6-5), with none of the till's
code:  STX SWA SWB SWC w6 t6 CR CHK, three decimals of a kilogram, seven frames a second.
It obeys the letters that such a scale obeys: Z sets it to zero if no more than 4 % of its capacity
lies on it (OIML R 76, 4.5.1), T takes tare, C clears it.
`toledo_scale.py LINK` makes LINK point to the port and obeys words on standard input. It says
`out 7` once a till has read ENOUGH frames of the seventh words: on that it can be asked for them.
"""
import fcntl
import os
import pty
import struct
import sys
import termios
import threading
import time
import tty

KILOGRAM, MOTION, OUT_OF_RANGE, NEGATIVE, NET = 0x10, 0x08, 0x04, 0x02, 0x01
CAPACITY = 15_000
ENOUGH = 3  # a till wants two alike, and who has read the third has judged the second


class Toledo:
    def __init__(self):
        self.grams, self.status = 0, 0  # what lies on it
        self.zero = self.tare = 0
        self.silent = self.torn = self.pounds = False
        self.words = self.frames = 0  # words obeyed, and frames sent since
        self.lock = threading.Lock()

    def frame(self):
        status_b = 0x20 | (0 if self.pounds else KILOGRAM) | self.status
        net = self.grams - self.zero - self.tare
        if net < 0:
            status_b |= NEGATIVE
        if self.tare:
            status_b |= NET
        text = bytes([0x02, 0x2D, status_b, 0x20]) + f"{abs(net):6d}{self.tare:6d}".encode() + b"\r"
        checksum = (-sum(byte & 0x7F for byte in text)) & 0x7F
        return text + bytes([checksum])

    def send(self, port):
        """One frame; gives the number of the words it is of, and how many there were of them."""
        with self.lock:
            if not self.silent:
                try:
                    os.write(port, self.frame()[:9 if self.torn else None])
                    self.frames += 1
                except BlockingIOError:
                    pass  # nobody reads: a cable with no till
            return self.words, self.frames

    def obey(self, words):
        with self.lock:
            self.words, self.frames = self.words + 1, 0
            self.change(*words.split())

    def told(self, letters):
        """What came down the cable; a scale that moves obeys nothing."""
        with self.lock:
            for letter in letters.decode("latin-1"):
                if self.status or self.silent:
                    continue
                if letter == "Z" and abs(self.grams) <= CAPACITY * 4 // 100 and not self.tare:
                    self.zero = self.grams
                elif letter == "T" and self.grams > self.zero:
                    self.tare = self.grams - self.zero
                elif letter == "C":
                    self.tare = 0

    def change(self, word, *rest):
        self.silent, self.torn, self.status = word == "silent", word == "torn", 0
        self.pounds = word == "pounds"
        if rest:
            self.grams = int(rest[0])
        if word == "move":
            self.status = MOTION
        elif word == "over":
            self.status = OUT_OF_RANGE
        elif word == "under":
            self.status = OUT_OF_RANGE | NEGATIVE


def unread(port):
    """Bytes that came and that nobody has read yet."""
    return struct.unpack("i", fcntl.ioctl(port, termios.FIONREAD, bytes(4)))[0]


def listen(scale, master):
    while True:
        time.sleep(0.02)
        try:
            scale.told(os.read(master, 64))
        except BlockingIOError:
            continue
        except OSError:
            time.sleep(0.2)  # nobody has opened it


def talk(scale, master, slave):
    told = 0
    while True:
        words, frames = scale.send(master)
        next_frame = time.monotonic() + 1 / 7
        while frames >= ENOUGH and told != words and time.monotonic() < next_frame:
            time.sleep(0.005)
            if not unread(slave):
                told = words
                print(f"out {words}", flush=True)
        time.sleep(max(0, next_frame - time.monotonic()))


def main():
    link = sys.argv[1]
    master, slave = pty.openpty()
    tty.setraw(slave)
    if os.path.islink(link):
        os.unlink(link)
    os.symlink(os.ttyname(slave), link)
    os.set_blocking(master, False)
    scale = Toledo()
    threading.Thread(target=talk, args=(scale, master, slave), daemon=True).start()
    threading.Thread(target=listen, args=(scale, master), daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip():
            scale.obey(line)


if __name__ == "__main__":
    main()
