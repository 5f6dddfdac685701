"""An X server of its own, without a screen: windows are worked with by touches, keys and a keyboard
scanner, and pictures of it are taken."""
import os
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from pathlib import Path


class Display:
    """An X server that nobody else uses."""

    def __init__(self, screen="1280x800x24"):
        self.folder = Path(tempfile.mkdtemp(prefix="fangxin-display-"))
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp",
             "-fbdir", self.folder], pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as number:
            self.name = ":" + number.readline().strip()

    @property
    def env(self):
        """For a program that is to show itself here; sounds go nowhere."""
        return {**os.environ, "DISPLAY": self.name, "SDL_AUDIODRIVER": "dummy"}

    def do(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True,
                       env=self.env)

    def key(self, *keys):
        for key in keys:
            self.do("key", key)
            time.sleep(0.06)  # a person, not a scanner

    def tap(self, *places):
        for x, y in places:
            self.do("mousemove", x, y)
            self.do("mousedown", 1)
            time.sleep(0.06)
            self.do("mouseup", 1)
            time.sleep(0.15)

    def shows(self, program):
        """Whether a window of this program stands on it."""
        return subprocess.run(["xdotool", "search", "--class", program], capture_output=True,
                              env=self.env).returncode == 0

    def scan(self, code):
        """As a keyboard scanner types, as fast as one can; doubled digits come in its codes."""
        self.do("type", "--delay", "0", "--args", "1", code, "key", "Return")
        time.sleep(0.2)

    def picture(self, path):
        """What it shows, as a PNG. The server keeps its screen in a file in the form of xwd: a
        header of 25 numbers, its colours, then lines of blue, green, red and a byte of nothing."""
        raw = (self.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", raw[:100])
        width, height, line, start = head[4], head[5], head[12], head[0] + 12 * head[19]
        rows = bytearray()
        for y in range(height):
            pixels = raw[start + y * line:start + y * line + 4 * width]
            row = bytearray(3 * width)
            row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
            rows += b"\0" + row

        def chunk(kind, body):
            return (struct.pack(">I", len(body)) + kind + body
                    + struct.pack(">I", zlib.crc32(kind + body)))

        Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0,
                                                             0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
