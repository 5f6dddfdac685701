"""An X server of its own, without a screen: windows are worked with by touches, keys and a keyboard
scanner, and pictures of it are taken."""
import ctypes
import os
import shutil
import signal
import struct
import subprocess
import time
import zlib
from pathlib import Path

from processes import end, spawn, temporary_folder
from shop import Failed

STILL = 0.12  # so long nothing has moved: what was struck is done


class Display:
    """An X server that nobody else uses."""

    def __init__(self, screen="1280x800x24", number=None):
        self.screen = screen
        self.folder = temporary_folder("display")
        reader, writer = os.pipe()
        self.process = spawn(
            ["Xvfb", *([number] if number else []), "-displayfd", writer, "-screen", "0", screen,
             "-nolisten", "tcp", "-nocursor", "-noreset", "-fbdir", self.folder],
            dies_by=signal.SIGTERM, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as told:
            self.name = ":" + told.readline().strip()
        if self.name == ":":
            self.stop()
            raise Failed("Xvfb did not start")

    @property
    def env(self):
        """For a program that is to show itself here; sounds go nowhere."""
        env = {**os.environ, "DISPLAY": self.name, "SDL_VIDEODRIVER": "x11",
               "SDL_AUDIODRIVER": "dummy"}
        env.pop("WAYLAND_DISPLAY", None)
        return env

    def do(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True,
                              text=True, env=self.env).stdout

    def key(self, *keys):
        for key in keys:
            self.do("key", key)
            time.sleep(0.06)  # a person, not a scanner

    def touch(self, place):
        self.do("mousemove", *place, "mousedown", 1, "sleep", 0.06, "mouseup", 1)

    def tap(self, *places):
        for place in places:
            self.touch(place)
            time.sleep(0.15)

    def shows(self, program):
        """Whether a window of this program stands on it."""
        return subprocess.run(["xdotool", "search", "--class", program], capture_output=True,
                              env=self.env).returncode == 0

    def shoot(self, code):
        """As a keyboard scanner types, as fast as one can; doubled digits come in its codes."""
        self.do("type", "--delay", "0", "--args", "1", code, "key", "Return")

    def scan(self, code):
        self.shoot(code)
        time.sleep(0.2)

    def window_of(self, program):
        return int(self.do("search", "--class", program).split()[-1])

    def ask_to_close(self, program):
        """What the cross of a window's frame does."""
        window = self.window_of(program)
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x11.XOpenDisplay(self.name.encode()))
        protocols, delete = (x11.XInternAtom(display, name, 0)
                             for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        client_message = 33  # struct XClientMessageEvent in <X11/Xlib.h>, padded to an XEvent
        event = struct.pack("@iLiPLLi4xlllll", client_message, 0, 1, 0, window, protocols, 32,
                            delete, 0, 0, 0, 0).ljust(192, b"\0")
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), event)
        x11.XCloseDisplay(display)

    # --- what it shows -----------------------------------------------------------------------

    def pixels(self):
        """Lines of its pixels, four bytes each. The server keeps its screen in a file in the form
        of xwd: a header of 25 numbers, its colours, then the lines."""
        raw = (self.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", raw[:100])
        width, height, line, start = head[4], head[5], head[12], head[0] + 12 * head[19]
        return [raw[start + y * line:start + y * line + 4 * width] for y in range(height)]

    def part(self, place):
        """What stands in (left, top, right, bottom), to be compared."""
        left, top, right, bottom = place
        return zlib.crc32(b"".join(row[4 * left:4 * right] for row in self.pixels()[top:bottom]))

    def after(self, do, place, what, timeout=15):
        """Does it, and waits until another picture stands still in this place."""
        before = last = self.part(place)
        do()
        since, deadline = time.monotonic(), time.monotonic() + timeout
        while True:
            time.sleep(0.03)
            now = self.part(place)
            if now != last:
                last, since = now, time.monotonic()
            if now != before and time.monotonic() - since > STILL:
                return
            if time.monotonic() > deadline:
                raise Failed(f"nothing came of {what}")

    def picture(self, path):
        """What it shows, as a PNG."""
        rows = bytearray()
        for pixels in self.pixels():  # blue, green, red and a byte of nothing
            row = bytearray(len(pixels) // 4 * 3)
            row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
            rows += b"\0" + row
        width, height = len(pixels) // 4, len(rows) // (len(row) + 1)

        def chunk(kind, body):
            return (struct.pack(">I", len(body)) + kind + body
                    + struct.pack(">I", zlib.crc32(kind + body)))

        Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0,
                                                             0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))

    def kill(self):
        """As if its cable were pulled."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
