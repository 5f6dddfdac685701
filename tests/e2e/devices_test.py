#!/usr/bin/python3
"""fangxin-devices as a technician uses it: list, probe, scale, check, print, drawer, accept.

Serial devices are pseudo-terminals, printers the virtual one, USB devices are told by umockdev."""
import json
import os
import pty
import select
import subprocess
import threading
import time
import tty
import unittest

from processes import temporary_folder
from scale_vectors_test import ASKED, OutsideScale, vectors
from shop import BIN
from shop_case import MILK, Printer, lines_of

COMMANDS = ["list", "probe", "scale", "check", "print", "drawer", "learn", "accept", "parse",
            "decode"]
OF_LABEL_SCALES = ["send", "status", "csv"]


def devices(*arguments, timeout=60):
    """Exit code, JSON lines and standard error."""
    done = subprocess.run([BIN / "fangxin-devices", *map(str, arguments)], capture_output=True,
                          text=True, timeout=timeout)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


class Help(unittest.TestCase):
    def test_every_command_has_help_version_and_json(self):
        said = subprocess.run([BIN / "fangxin-devices", "--help"], capture_output=True, text=True)
        for command in [[one] for one in COMMANDS] + [["label-scales", one]
                                                      for one in OF_LABEL_SCALES]:
            with self.subTest(command):
                self.assertIn(f"  {command[0]} ", said.stdout)
                own = subprocess.run([BIN / "fangxin-devices", *command, "--help"],
                                     capture_output=True, text=True)
                self.assertEqual(own.returncode, 0)
                self.assertIn("--json", own.stdout)
                version = subprocess.run([BIN / "fangxin-devices", *command, "--version"],
                                         capture_output=True, text=True)
                self.assertRegex(version.stdout, r"^fangxin-devices \d")

    def test_what_is_not_understood_is_usage(self):
        for wrong in (["weigh"], ["list", "--all"], ["probe"], ["print", "--columns", "7"],
                      ["drawer", "--pin", "three"], ["print", "--target", "banana"],
                      ["drawer", "--target", "tcp:host:99999"],
                      ["check", "--port", "/dev/ttyS0", "--protocol", "cas", "--mass", "2",
                       "--e", "5g"],
                      ["check", "--port", "/dev/ttyS0", "--protocol", "cas", "--mass", "60kg",
                       "--e", "5g"]):
            with self.subTest(wrong):
                self.assertEqual(devices(*wrong)[0], 2)


def told(port, number, vendor, product, interfaces, serial="", name=""):
    """A USB device as umockdev takes it; an interface is class, subclass, protocol, descriptor."""
    folder = f"/devices/pci0000:00/0000:00:14.0/usb1/{port}"
    body = "".join(f"0904{i:02x}0001{klass:02x}{sub:02x}{protocol:02x}00"
                   + ("092111010001" + f"22{len(report) // 2:02x}00" if klass == 3 else "")
                   + f"0705{0x81 + i:02x}0308000A"
                   for i, (klass, sub, protocol, report) in enumerate(interfaces))
    size = 9 + len(body) // 2
    raw = (f"12010002000000{64:02x}" + vendor[2:] + vendor[:2] + product[2:] + product[:2]
           + "000101020301" + f"0902{size:02x}00{len(interfaces):02x}010080" + "32" + body)
    text = (f"P: {folder}\nN: bus/usb/001/{number:03}={raw.upper()}\n"
            f"E: DEVNAME=/dev/bus/usb/001/{number:03}\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
            f"E: BUSNUM=001\nE: DEVNUM={number:03}\nE: MAJOR=189\nE: MINOR={number - 1}\n"
            f"E: SUBSYSTEM=usb\nA: busnum=1\\n\nA: devnum={number}\\n\nA: devpath={port[2:]}\\n\n"
            f"A: bConfigurationValue=1\\n\nA: bNumConfigurations=1\\n\nA: idVendor={vendor}\\n\n"
            f"A: idProduct={product}\\n\nA: product={name}\\n\nA: speed=12\\n\n"
            f"H: descriptors={raw.upper()}\n" + (f"A: serial={serial}\\n\n" if serial else "")
            + "\n")
    for i, (klass, sub, protocol, report) in enumerate(interfaces):
        text += (f"P: {folder}/{port}:1.{i}\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\n"
                 f"A: bInterfaceNumber={i:02x}\\n\nA: bInterfaceClass={klass:02x}\\n\n"
                 f"A: bInterfaceSubClass={sub:02x}\\n\nA: bInterfaceProtocol={protocol:02x}\\n\n\n")
        if report:
            text += (f"P: {folder}/{port}:1.{i}/0003:0001:0001.{number * 16 + i:04x}\n"
                     f"E: SUBSYSTEM=hid\nH: report_descriptor={report}\n\n")
    return text


SCALE_PAGE, SCANNER_PAGE, KEYBOARD_PAGE = "058D0920A101C0", "058C0902A101C0", "050109060507A101C0"


# A scale is opened, and says 1.234 kg once.
KILOGRAM = ("USBDEVFS_CONNECTINFO 0 0B00000000000000\nUSBDEVFS_GET_CAPABILITIES 0 0F000000\n"
            "USBDEVFS_REAPURBNDELAY 0 1 129 0 0 64 6 0 030403FDD204\n")


def under_usb(description, script=None):
    """What a command begins with whose kernel knows these USB devices and no others."""
    folder = temporary_folder("usb")
    (folder / "devices.umockdev").write_text(description)
    command = ["umockdev-run", "-d", folder / "devices.umockdev"]
    if script:
        (folder / "talk.ioctl").write_text(script[1])
        command += ["-i", f"{script[0]}={folder / 'talk.ioctl'}"]
    return [*map(str, command), "--"]


def with_usb(description, *arguments, script=None):
    done = subprocess.run([*under_usb(description, script), str(BIN / "fangxin-devices"),
                           *map(str, arguments)], capture_output=True, text=True, timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


class Usb(unittest.TestCase):
    # FAULT-2
    def test_list_tells_each_device_by_what_it_says_of_itself(self):
        description = (told("1-1", 11, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], "SN17", "Ariva")
                       + told("1-2", 12, "0c2e", "0200", [(3, 1, 1, KEYBOARD_PAGE)])
                       + told("1-3", 13, "0c2e", "0b61", [(3, 0, 0, SCANNER_PAGE)])
                       + told("1-4", 14, "0416", "5011", [(7, 1, 2, "")], name="POS80")
                       + told("1-5", 15, "0eb8", "2200", [(2, 2, 1, ""), (10, 0, 0, "")])
                       + told("1-6", 16, "1d6b", "0002", [(9, 0, 0, "")]))
        code, lines, why = with_usb(description, "list", "--json")
        self.assertEqual(code, 0, why)
        self.assertEqual([(line["kind"], line["address"]) for line in lines],
                         [("scale", "usb:0eb8:f000:SN17"), ("keyboard", "usb:0c2e:0200@1-2"),
                          ("scanner", "usb:0c2e:0b61@1-3"), ("printer", "usb:0416:5011@1-4"),
                          ("serial", "usb:0eb8:2200@1-5")])
        scale = lines[0]
        self.assertEqual((scale["name"], scale["socket"], scale["drivers"], scale["health"]),
                         ("Ariva", "1-1", ["hid"], "ok"))
        self.assertEqual(scale["interfaces"][0]["usage_pages"], ["8d"])
        self.assertIn("escpos", lines[3]["drivers"])
        self.assertIn("mt-8217", lines[4]["drivers"])

    # FAULT-2
    def test_list_tells_two_that_say_the_same_apart_by_their_sockets(self):
        description = (told("1-1", 11, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], "SN17")
                       + told("1-2", 12, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], "SN17")
                       + told("1-3", 13, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], "SN18"))
        code, lines, why = with_usb(description, "list", "--json")
        self.assertEqual(code, 0, why)
        self.assertEqual([(line["address"], line.get("alike")) for line in lines],
                         [("usb:0eb8:f000@1-1", True), ("usb:0eb8:f000@1-2", True),
                          ("usb:0eb8:f000:SN18", None)])
        self.assertEqual(why.count("another says the same of itself"), 2)

    def test_probe_reads_a_usb_scale(self):
        description = told("1-1", 11, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)], "SN17")
        for address in ("usb:0eb8:f000", "usb:0eb8:f000:SN17", "usb:0eb8:f000@1-1"):
            code, lines, why = with_usb(description, "probe", "--port", address, "--json",
                                        script=("/dev/bus/usb/001/011", KILOGRAM))
            self.assertEqual(code, 0, why)
            self.assertEqual(lines, [{"device": "scale", "protocol": "hid", "state": "stable",
                                      "gross_mg": 1_234_000, "net_mg": 1_234_000}])

    def test_two_alike_are_told_and_not_guessed(self):
        twins = (told("1-1", 11, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)])
                 + told("1-2", 12, "0eb8", "f000", [(3, 0, 0, SCALE_PAGE)]))
        code, _, why = with_usb(twins, "probe", "--port", "usb:0eb8:f000")
        self.assertEqual(code, 1)
        self.assertIn("ambiguous_device", why)
        self.assertEqual(with_usb(twins, "probe", "--port", "usb:0eb8:f001")[0], 3)


class Line:
    """A pseudo-terminal whose other end is ours."""

    def __init__(self):
        self.port, self.line = pty.openpty()
        tty.setraw(self.line)
        self.name = os.ttyname(self.line)
        self.over = threading.Event()

    def run(self, talk):
        self.thread = threading.Thread(target=talk)
        self.thread.start()

    def stop(self):
        self.over.set()
        self.thread.join()
        os.close(self.port)
        os.close(self.line)


def a_weight(protocol):
    return next(v for v in vectors(protocol) if v[1] and v[1][0] == "stable" and v[1][2] > 0)


class Detection(unittest.TestCase):
    def test_whatever_scale_is_there_is_found(self):
        for protocol in [*ASKED, "xk3190", "st-gs", "cas-22", "toledo-continuous"]:
            with self.subTest(protocol):
                frame, expected = a_weight(protocol)
                scale = OutsideScale(protocol, frame)
                try:
                    code, lines, why = devices("probe", "--port", scale.name, "--json")
                finally:
                    scale.stop()
                self.assertEqual(code, 0, why)
                self.assertEqual([(line["protocol"], line["state"], line["net_mg"])
                                  for line in lines], [(protocol, "stable", expected[2])])

    def test_auto_reads_on_with_what_it_found(self):
        frame, expected = a_weight("os2")
        scale = OutsideScale("os2", frame)
        try:
            code, lines, why = devices("scale", "--port", scale.name, "--protocol", "auto",
                                       "--count", "3")
        finally:
            scale.stop()
        self.assertEqual(code, 0, why)
        self.assertIn("protocol os2", why)
        self.assertEqual([line["net_mg"] for line in lines], [expected[2]] * 3)

    def test_a_silent_line_is_no_scale(self):
        line = Line()
        line.run(lambda: None)
        begun = time.monotonic()
        code, lines, why = devices("scale", "--port", line.name, "--protocol", "auto")
        line.stop()
        self.assertEqual((code, lines), (1, []))
        self.assertIn("silent", why)
        self.assertLess(time.monotonic() - begun, 15)

    # SALE-1
    def test_a_scanner_is_found_by_a_scan_and_no_payment_code_is_shown(self):
        for scan, kind in ((MILK, "ean13"), ("134567890123456789", "payment")):
            line = Line()

            def talk():
                while not line.over.wait(0.4):
                    os.write(line.port, scan.encode() + b"\r")

            line.run(talk)
            done = subprocess.run([BIN / "fangxin-devices", "probe", "--port", line.name, "--json"],
                                  capture_output=True, text=True, timeout=60)
            line.stop()
            self.assertEqual(done.returncode, 0, done.stderr)
            seen = json.loads(done.stdout)
            self.assertEqual((seen["device"], seen["code"]["kind"]), ("scanner", kind))
            if kind == "payment":
                self.assertNotIn(scan, done.stdout + done.stderr)

    def test_what_another_program_has_is_busy(self):
        scale = OutsideScale("st-gs", a_weight("st-gs")[0])
        reads = subprocess.Popen([BIN / "fangxin-devices", "scale", "--port", scale.name,
                                  "--protocol", "st-gs"], stdout=subprocess.PIPE)
        reads.stdout.readline()
        code, _, why = devices("probe", "--port", scale.name)
        reads.kill()
        reads.wait()
        reads.stdout.close()
        scale.stop()
        self.assertEqual(code, 4, why)


class ClosedOutput(unittest.TestCase):
    def test_answers_never_go_into_a_device(self):
        # With its output closed, the line became it, and readings were written to the scale.
        line = Line()

        def talk():
            while not line.over.wait(0.05):
                os.write(line.port, b"ST,GS,+ 001.234  kg\r\n")

        line.run(talk)
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$0" "$@" >&-', BIN / "fangxin-devices", "scale", "--port",
             line.name, "--protocol", "st-gs", "--count", "3"], capture_output=True, timeout=60)
        written = select.select([line.port], [], [], 0.2)[0] and os.read(line.port, 4096)
        line.stop()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(written)


class Check(unittest.TestCase):
    def check(self, *steps, mass="2000g", e="5g"):
        """`steps`: what the scale shows, in grams, each after the program told the next thing."""
        line = Line()
        shown = {"grams": steps[0]}

        def talk():
            while not line.over.is_set():
                if select.select([line.port], [], [], 0.05)[0] and b"W" in os.read(line.port, 64):
                    grams = shown["grams"]
                    os.write(line.port, b"\x02%02d.%03d\r" % divmod(grams, 1000))

        line.run(talk)
        program = subprocess.Popen(
            [BIN / "fangxin-devices", "check", "--port", line.name, "--protocol", "mt-8217",
             "--mass", mass, "--e", e, "--json", "--wait", "3"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        told_words = []
        for grams in steps:
            told_words.append(program.stderr.readline())
            shown["grams"] = grams
        out, err = program.communicate(timeout=30)
        line.stop()
        return program.returncode, [json.loads(each) for each in out.splitlines()], told_words, err

    def test_a_scale_within_its_tolerance_passes(self):
        code, lines, words, why = self.check(0, 2005, 0)
        self.assertEqual(code, 0, why)
        self.assertIn("Empty", words[0])
        self.assertIn("2000 g", words[1])
        self.assertEqual(lines, [{"result": "pass", "mass_mg": 2_000_000, "shown_mg": 2_005_000,
                                  "error_mg": 5_000, "tolerance_mg": 5_000, "e_mg": 5_000,
                                  "class": "III", "zero_mg": 0, "zero_after_mg": 0}])

    # WEIGH-3
    def test_a_scale_beyond_it_fails(self):
        code, lines, _, why = self.check(0, 2010, 0)
        self.assertEqual(code, 1)
        self.assertIn("out_of_tolerance", why)

    def test_a_scale_that_keeps_a_weight_fails(self):
        code, lines, _, why = self.check(0, 2000, 40)
        self.assertEqual((code, lines[0]["result"]), (1, "fail"))
        self.assertIn("not_stable", why)

    def test_a_pan_that_is_not_empty_is_not_zero(self):
        code, lines, _, why = self.check(700)
        self.assertEqual((code, lines), (1, []))
        self.assertIn("not_stable", why)


class Printing(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder("printer")
        self.printer = Printer(self.folder)
        self.target = f"tcp:127.0.0.1:{self.printer.port}"

    def tearDown(self):
        self.printer.stop()

    def test_a_test_page_is_printed_between_two_looks(self):
        code, lines, why = devices("print", "--target", self.target, "--json")
        self.assertEqual(code, 0, why)
        self.assertEqual((lines[0]["before"]["state"], lines[0]["printed"],
                          lines[0]["after"]["state"]), ("ok", True, "ok"))
        text = self.printer.texts()[0]
        self.assertIn("打印测试", text)
        self.assertNotIn("重印", text)

    def test_a_copy_is_marked(self):
        self.assertEqual(devices("print", "--target", self.target, "--again", "--json")[0], 0)
        self.assertIn("重印", self.printer.texts()[0])

    def test_columns_and_drawn_lines_are_as_asked(self):
        devices("print", "--target", self.target, "--columns", "32", "--json")
        self.assertIn("12345678901234567890123456789012\n", self.printer.texts()[0])
        devices("print", "--target", self.target, "--mode", "raster", "--json")
        self.assertNotIn("打印测试", self.printer.texts()[1])
        self.assertGreater(self.printer.jobs()[1].stat().st_size, 20_000)

    def test_a_drawer_is_opened_by_the_pin_that_was_named(self):
        for pin, place in (("two", 0), ("five", 1)):
            code, lines, why = devices("drawer", "--target", self.target, "--pin", pin, "--json")
            self.assertEqual(code, 0, why)
            self.assertEqual(lines[0]["pin"], pin)
            self.assertIn("drawer_pin_high", lines[0]["before"])
            self.assertIn("drawer_pin_high", lines[0]["after"])
            self.assertIn(b"\x1bp%c" % place, self.printer.jobs()[-1].read_bytes())

    def test_a_printer_that_cannot_says_why(self):
        for status, state, code in (("paper_out", "paper_out", 1), ("cover_open", "cover_open", 1),
                                    ("offline", "printer_busy", 4)):
            self.printer.stop()
            self.printer = Printer(self.folder, status, self.printer.port)
            ended, lines, why = devices("print", "--target", self.target, "--json")
            self.assertEqual((ended, lines[0]["before"]["state"], lines[0]["printed"]),
                             (code, state, False), why)
        self.printer.stop()
        self.assertEqual(devices("print", "--target", self.target, "--json")[0], 3)
        self.printer = Printer(self.folder)

    def test_a_network_printer_is_probed(self):
        code, lines, why = devices("probe", "--port", self.target, "--json")
        self.assertEqual(code, 0, why)
        self.assertEqual((lines[0]["device"], lines[0]["status"]["state"]), ("printer", "ok"))

    def test_a_label_goes_to_a_label_printer(self):
        self.assertEqual(devices("print", "--target", f"file:{self.folder}", "--language", "tspl",
                                 "--json")[0], 0)
        job = self.folder / "test-page.bin"
        drawn, _ = lines_of("fangxin-virtual-printer", "text", job, "--language", "tspl")
        self.assertIn("06901234567892", drawn.stdout)

    def test_a_terminal_is_accepted_device_by_device(self):
        scale = OutsideScale("st-gs", a_weight("st-gs")[0])
        file = self.folder / "devices.toml"
        named = (f'[printer]\ntarget = "{self.target}"\n[scale]\nport = "{scale.name}"\n'
                 'protocol = "st-gs"\n')
        file.write_text(named)
        try:
            code, lines, why = devices("accept", "--devices", file, "--print", self.target,
                                       "--json")
        finally:
            scale.stop()
        self.assertEqual(code, 0, why)
        states = {(line["device"], line["state"]) for line in lines[:-1]}
        self.assertEqual(states, {("printer", "ok"), ("scale", "ok"), ("printer", "by_hand"),
                                  ("scale", "by_hand"), ("display", "by_hand")})
        self.assertEqual(lines[-1]["result"], "pass")
        self.assertIn("验收单", self.printer.texts()[0])
        file.write_text(named + '[scanner]\nport = "/dev/no-such-scanner"\n')
        code, lines, why = devices("accept", "--devices", file, "--json")
        self.assertEqual((code, lines[-1]["result"]), (1, "fail"))
        self.assertIn("scale, scanner", why)  # the scale has gone too
        self.assertEqual(devices("accept", "--devices", self.folder / "none", "--json")[0], 3)
        file.write_text(named.split("[scale]")[0] + '[labels]\nformats = "/no/such.toml"\n'
                        '[camera]\npipeline = "videotestsrc num-buffers=30"\n')
        code, lines, why = devices("accept", "--devices", file, "--json")
        self.assertEqual((code, lines[-1]["result"]), (1, "fail"))
        states = {line["device"]: line["state"] for line in lines[:-1]
                  if line["state"] != "by_hand"}
        self.assertEqual(states, {"printer": "ok", "camera": "ok", "labels": "failed"})

    def test_where_there_is_nothing_nothing_is_accepted(self):
        file = self.folder / "devices.toml"
        file.write_text("")
        for named in (file, self.folder):
            with self.subTest(named):
                code, lines, why = devices("accept", "--devices", named, "--json")
                self.assertNotEqual(code, 0)
                self.assertEqual(lines, [], why)

    def test_a_pipe_that_nobody_serves_holds_nothing_up(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        for command in (["print", "--target", f"file:{pipe}"], ["parse", "--formats", pipe],
                        ["scale", "--port", f"replay:{pipe}", "--protocol", "cas"],
                        ["accept", "--devices", pipe]):
            with self.subTest(command):
                done = subprocess.run([BIN / "fangxin-devices", *map(str, command)], timeout=20,
                                      capture_output=True, text=True)
                self.assertNotEqual(done.returncode, 0)
                self.assertNotEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
