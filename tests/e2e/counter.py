"""What stands on a till's counter beside its screen: printer, scale, scanner, pole display."""
import json
import os
import pty
import re
import subprocess
import threading
import tty
from pathlib import Path

from processes import spawn
from shop import BIN, Failed, Scale, Scanner, receipt_text, wait_until


class Printer:
    """The virtual printer on a TCP port, with the status it tells."""

    def __init__(self, folder, status="ok", port=0):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.texts_of = {}
        self.listen(status, port)

    def listen(self, status, port):
        self.process = spawn(
            [BIN / "fangxin-virtual-printer", "listen", "--port", str(port), "--out", self.folder,
             "--status", status], stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.port = int(ready["address"].rpartition(":")[2])

    def becomes(self, status):
        """Its paper ends, its cover is opened …: what it tells from now on."""
        self.stop()
        self.listen(status, self.port)

    def jobs(self):
        return sorted(self.folder.glob("*.bin"))

    def texts(self):
        return [self.text(job) for job in self.jobs()]

    def text(self, job):
        if job not in self.texts_of:
            self.texts_of[job] = receipt_text(job)
        return self.texts_of[job]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def was_cut(job):
    """False of one that broke off: the till was killed, or the paper ended."""
    return b"\x1dV" in job.read_bytes()


class Paper:
    """The receipts that came out of a printer, by their numbers."""

    def __init__(self, printer):
        self.originals, self.copies = {}, {}
        for job in printer.jobs():
            if not was_cut(job):
                continue
            text = printer.text(job)
            for number in set(re.findall(r"FX\d{13}", text)):
                of_it = self.copies if "重印" in text else self.originals
                of_it.setdefault(number, []).append(text)

    def numbers(self):
        return sorted({*self.originals, *self.copies})

    def unmarked_twice(self):
        """Two originals of a receipt would be two proofs of one purchase."""
        return [number for number, texts in self.originals.items() if len(texts) > 1]

    def one(self, number):
        return (self.originals.get(number) or self.copies[number])[0]


class Pole:
    """A pole display (CD5220) on a pseudo-terminal of its own; what its two lines show."""

    def __init__(self):
        self.cable, plug = pty.openpty()
        tty.setraw(plug)
        self.port, self.plug = os.ttyname(plug), plug
        self.lines = {"A": "", "B": ""}
        self.heard = b""
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            try:
                self.heard += os.read(self.cable, 4096)
            except OSError:
                return
            *whole, self.heard = self.heard.split(b"\r")
            for line in whole:  # ESC Q A text, ESC Q B text
                if line[:2] == b"\x1bQ":
                    self.lines[line[2:3].decode()] = line[3:].decode("gb18030").strip()

    def shows(self, upper, lower):
        """Waits for these words in its lines; gives what stands there."""
        wait_until(lambda: upper in self.lines["A"] and lower in self.lines["B"], 5,
                   f"{upper} / {lower} on the pole display")
        return f"{self.lines['A']} / {' '.join(self.lines['B'].split())}"

    def stop(self):
        os.close(self.plug)
        os.close(self.cable)


class Counter:
    """All of them at one till, and the file that names them."""

    def __init__(self, folder):
        self.printer = Printer(folder / "receipts")
        self.scale, self.scanner, self.pole = Scale(folder / "scale"), Scanner(), Pole()

    def file(self, shop):
        return shop.devices_file("till.toml", f'''[printer]
target = "tcp:127.0.0.1:{self.printer.port}"
[scale]
port = "{self.scale.link}"
protocol = "toledo-continuous"
instrument = "HC15-0001"
[scanner]
port = "{self.scanner.port}"
protocol = "serial"
[display]
port = "{self.pole.port}"
protocol = "cd5220"
chinese = true
''')

    def stop(self):
        for device in (self.printer, self.scale, self.scanner, self.pole):
            device.stop()
