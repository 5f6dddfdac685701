"""What the kernel of the rig is asked: devices are plugged in, used by our programs, pulled out.

Runs as root inside the rig's kernel; the devices are the kernel's own gadgets (dummy_hcd). Each
step prints `ok` or `FAILED` into the report."""
import fcntl
import glob
import json
import os
import struct
import subprocess
import sys
import termios
import threading
import time
import traceback
import tty
from pathlib import Path

BIN = Path(sys.argv[1])
GADGETS = Path("/sys/kernel/config/usb_gadget")
REPORT = open("/run/rig/report", "w", buffering=1)
SECONDS = 60  # the machine is emulated
EVIOCGRAB = 0x40044590  # linux/input.h

# HID report descriptors: a scale (page 8Dh) with the report 03 status unit exponent weight, a
# keyboard of the boot class, a scanner (page 8Ch) with 64 bytes.
SCALE = bytes.fromhex(
    "058d0920a101850309 32a1020970a102150125087508950109710972097309740975097609770978"
    "8100c00950a1021501250c0951095209530954095509560957095809590 95a095b095c8100c0"
    "1581257f0941810215002 7ffff0000751009408102c0c0".replace(" ", ""))
KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100c0")
SCANNER = bytes.fromhex("058c0902a10185020912a10215 0026ff007508953f09308102c0c0".replace(" ", ""))


def gadget(name, vendor, product, udc, function, serial="", **settings):
    folder = GADGETS / name
    functions = folder / "functions" / function
    for each in (folder / "strings/0x409", folder / "configs/c.1", functions):
        each.mkdir(parents=True)
    (folder / "idVendor").write_text(vendor)
    (folder / "idProduct").write_text(product)
    (folder / "strings/0x409/product").write_text(name)
    (folder / "strings/0x409/manufacturer").write_text("Rig")
    if serial:
        (folder / "strings/0x409/serialnumber").write_text(serial)
    for key, value in settings.items():
        if isinstance(value, bytes):
            (functions / key).write_bytes(value)
        else:
            (functions / key).write_text(str(value))
    (folder / "configs/c.1" / function).symlink_to(functions)
    plug(name, udc)


def plug(name, udc):
    (GADGETS / name / "UDC").write_text(f"dummy_udc.{udc}\n")


def unplug(name):
    (GADGETS / name / "UDC").write_text("\n")


def wait_for(what, check, seconds=SECONDS):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if seen := check():
            return seen
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come")


def devices(*arguments, ends=0):
    done = subprocess.run([BIN / "fangxin-devices", *arguments], capture_output=True, text=True,
                          timeout=SECONDS)
    assert done.returncode == ends, f"{arguments}: ended {done.returncode}: {done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def listed():
    return {each["address"].split("@")[0]: each for each in devices("list", "--json")}


def hid_node(product):
    """The gadget's end of a HID function, by its order of making."""
    return f"/dev/hidg{product}"


class Playing:
    """Something that a device does until it is told to stop."""

    def __init__(self, does):
        self.over = threading.Event()
        self.thread = threading.Thread(target=does, args=(self.over,), daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join(5)


def send_reports(node, reports, every):
    def play(over):
        end = os.open(node, os.O_RDWR | os.O_NONBLOCK)
        at = 0
        while not over.wait(every):
            try:
                os.write(end, reports[at % len(reports)])
                at += 1
            except OSError:
                pass
        os.close(end)
    return Playing(play)


# --- the devices ------------------------------------------------------------------------------

MOTION, STABLE, UNDER = (bytes.fromhex(x) for x in ("030303fde803", "030403fdd204", "030503fd0000"))
EAN = "6901234567892"


def type_ean(over):
    keys = {**{str(i): 0x1E + i - 1 for i in range(1, 10)}, "0": 0x27, "\n": 0x28}
    while not over.wait(2):
        with open(hid_node(1), "wb", buffering=0) as end:
            for sign in EAN + "\n":
                end.write(bytes([0, 0, keys[sign], 0, 0, 0, 0, 0]))
                end.write(bytes(8))


class Paper:
    """The printer's end: keeps what it is sent and answers each DLE EOT as one that is well."""

    def __init__(self):
        self.bytes = b""
        self.end = os.open("/dev/g_printer0", os.O_RDWR | os.O_NONBLOCK)

    def play(self, over):
        while not over.is_set():
            try:
                came = os.read(self.end, 8192)
            except OSError:
                came = b""
            if not came:
                time.sleep(0.02)
                continue
            self.bytes += came
            for _ in range(came.count(b"\x10\x04")):
                os.write(self.end, b"\x12")


def answer_8217(over):
    end = os.open("/dev/ttyGS0", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(end)
    while not over.is_set():
        try:
            came = os.read(end, 64)
        except OSError:
            came = b""
        if b"W" in came:
            os.write(end, b"\x0201.234\r")
        time.sleep(0.02)
    os.close(end)


# --- the steps --------------------------------------------------------------------------------

def everything_is_listed():
    gadget("scale", "0x0eb8", "0xf000", 0, "hid.scale", "SN17", protocol=0, subclass=0,
           report_length=6, report_desc=SCALE)
    gadget("keyboard", "0x0c2e", "0x0200", 1, "hid.keyboard", protocol=1, subclass=1,
           report_length=8, report_desc=KEYBOARD)
    gadget("scanner", "0x0c2e", "0x0b61", 2, "hid.scanner", protocol=0, subclass=0,
           report_length=64, report_desc=SCANNER)
    gadget("printer", "0x0416", "0x5011", 3, "printer.p",
           pnp_string="MFG:POS;MDL:POS80;CLS:PRINTER;CMD:ESC/POS;")
    gadget("serial", "0x0eb8", "0x2200", 4, "acm.s")
    wait_for("the last of them", lambda: glob.glob("/dev/ttyACM0") and glob.glob("/dev/usb/lp*"))
    seen = wait_for("five devices", lambda: len(listed()) >= 5 and listed())
    expected = {"usb:0eb8:f000:SN17": ("scale", "usbhid"), "usb:0c2e:0200": ("keyboard", "usbhid"),
                "usb:0c2e:0b61": ("scanner", "usbhid"), "usb:0416:5011": ("printer", "usblp"),
                "usb:0eb8:2200": ("serial", "cdc_acm")}
    for address, (kind, driver) in expected.items():
        each = seen[address]
        told = (each["kind"], each["interfaces"][0]["kernel_driver"], each["health"])
        assert told == (kind, driver, "ok"), (address, told)
        assert any(interface["nodes"] for interface in each["interfaces"]), (address, "no node")


def a_scale_is_read():
    with send_reports(hid_node(0), [MOTION, STABLE, UNDER], 0.05):
        read = devices("scale", "--port", "usb:0eb8:f000", "--protocol", "hid", "--count", "6")
        assert {(each["state"], each["gross_mg"]) for each in read} <= {
            ("motion", 1_000_000), ("stable", 1_234_000), ("under", 0)}, read
        assert len({each["state"] for each in read}) == 3, read
        found, = devices("probe", "--port", "usb:0eb8:f000:SN17", "--json")
        assert found["protocol"] == "hid", found
        auto = devices("scale", "--port", "usb:0eb8:f000", "--protocol", "auto", "--count", "1")
        assert auto, "nothing by auto"


def the_kernel_has_the_scale_back():
    wait_for("usbhid", lambda: listed()["usb:0eb8:f000:SN17"]["interfaces"][0]["kernel_driver"]
             == "usbhid")
    node = next(n for n in listed()["usb:0eb8:f000:SN17"]["interfaces"][0]["nodes"])
    with send_reports(hid_node(0), [STABLE], 0.05):
        read = devices("scale", "--port", node, "--protocol", "hid", "--count", "2")
    assert all(each["gross_mg"] == 1_234_000 for each in read), read


def a_scale_in_use_is_busy():
    with send_reports(hid_node(0), [STABLE], 0.05):
        reads = subprocess.Popen([BIN / "fangxin-devices", "scale", "--port", "usb:0eb8:f000",
                                  "--protocol", "hid"], stdout=subprocess.PIPE)
        reads.stdout.readline()
        told = listed()["usb:0eb8:f000:SN17"]
        devices("probe", "--port", "usb:0eb8:f000", ends=4)
        reads.kill()
        reads.wait()
    assert told["health"] == "busy" and "fangxin-devices" in told["health_detail"], told


def a_pulled_scale_is_gone_and_comes_back():
    with send_reports(hid_node(0), [STABLE], 0.05):
        reads = subprocess.Popen([BIN / "fangxin-devices", "scale", "--port", "usb:0eb8:f000",
                                  "--protocol", "hid"], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
        reads.stdout.readline()
        unplug("scale")
        pulled = time.monotonic()
        _, why = reads.communicate(timeout=SECONDS)
        late = time.monotonic() - pulled
    assert reads.returncode == 1 and "device_gone" in why, (reads.returncode, why)
    assert late < 5, f"{late} s late"
    assert "usb:0eb8:f000:SN17" not in listed()
    devices("probe", "--port", "usb:0eb8:f000", ends=3)
    plug("scale", 6)  # another socket
    wait_for("the scale", lambda: "usb:0eb8:f000:SN17" in listed())
    with send_reports(hid_node(0), [STABLE], 0.05):
        assert devices("scale", "--port", "usb:0eb8:f000:SN17", "--protocol", "hid", "--count", "1")


def event_node(vendor, product):
    for device in glob.glob("/sys/class/input/event*/device/id"):
        if [Path(device, name).read_text().strip() for name in ("vendor", "product")] == [
                vendor, product]:
            return "/dev/input/" + device.split("/")[4]
    return None


def is_grabbed(reader):
    try:
        fcntl.ioctl(reader, EVIOCGRAB, 1)
    except OSError:
        return True
    fcntl.ioctl(reader, EVIOCGRAB, 0)
    return False


def pressed_keys(reader):
    """What a reader has heard since it was asked last: codes of keys that went down."""
    events = b""
    try:
        while came := os.read(reader, 4096):
            events += came
    except BlockingIOError:
        pass
    heard = struct.iter_unpack("llHHi", events)
    return [code for _, _, kind, code, value in heard if (kind, value) == (1, 1)]


def a_keyboard_scanner_is_read():
    node = wait_for("the keys", lambda: event_node("0c2e", "0200"))
    other = os.open(node, os.O_RDONLY | os.O_NONBLOCK)  # as a desktop that would type the code
    with Playing(type_ean):
        wait_for("a key without the till", lambda: pressed_keys(other))
    reads = subprocess.Popen([BIN / "fangxin-devices", "probe", "--port", "usb:0c2e:0200",
                              "--wait", "30", "--json"], stdout=subprocess.PIPE, text=True)
    wait_for("the grab", lambda: is_grabbed(other))
    pressed_keys(other)
    with Playing(type_ean):
        said, _ = reads.communicate(timeout=SECONDS)
        heard = pressed_keys(other)
    os.close(other)
    assert reads.returncode == 0 and heard == [], (reads.returncode, heard)
    found = json.loads(said)
    assert (found["cable"], found["code"]["kind"], found["code"]["gtin"]) == (
        "keys", "ean13", "0" + EAN), found


def a_pos_scanner_is_read():
    scan = b"\x02" + bytes([len(EAN)]) + b"]E0" + EAN.encode()
    with send_reports(hid_node(2), [scan.ljust(64, b"\0")], 2):
        found, = devices("probe", "--port", "usb:0c2e:0b61", "--wait", "30", "--json")
    assert (found["cable"], found["code"]["kind"], found["code"]["gtin"]) == (
        "hid", "ean13", "0" + EAN), found


def a_printer_says_and_prints():
    paper = Paper()
    with Playing(paper.play):
        found, = devices("print", "--target", "usb:/dev/usb/lp*", "--json")
        assert found["printed"] and found["before"]["state"] == "ok", found
        assert found["after"]["state"] == "ok", found
        assert "打印测试".encode("gb18030") in paper.bytes and b"\x1dVB\x00" in paper.bytes
        by_identity, = devices("drawer", "--target", "usb:0416:5011", "--pin", "five", "--json")
        assert by_identity["printed"] and b"\x1bp\x01" in paper.bytes, by_identity
        asked, = devices("probe", "--port", "usb:0416:5011", "--json")
        assert asked["status"]["state"] == "ok" and "MDL:POS80" in asked["id"], asked
        assert not asked["error"], asked
    wait_for("usblp", lambda: glob.glob("/dev/usb/lp*"))
    os.close(paper.end)


def a_pulled_printer_is_gone():
    unplug("printer")
    wait_for("its end", lambda: not glob.glob("/dev/usb/lp*"))
    devices("print", "--target", "usb:/dev/usb/lp*", "--json", ends=3)
    devices("print", "--target", "usb:0416:5011", "--json", ends=3)


def a_serial_scale_is_read_at_7e1():
    line = "usb:0eb8:2200"
    with Playing(answer_8217):
        reads = subprocess.Popen([BIN / "fangxin-devices", "scale", "--port", line, "--protocol",
                                  "mt-8217"], stdout=subprocess.PIPE, text=True)
        first = json.loads(reads.stdout.readline())
        look = os.open("/dev/ttyACM0", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        flags = termios.tcgetattr(look)[2]
        os.close(look)
        told = listed()[line]
        reads.kill()
        reads.wait()
        assert (first["state"], first["net_mg"]) == ("stable", 1_234_000), first
        assert flags & termios.CSIZE == termios.CS7 and flags & termios.PARENB, hex(flags)
        assert told["health"] == "busy", told
        found, = devices("probe", "--port", line, "--json")
        assert (found["protocol"], found["line"]) == ("mt-8217", "9600 7e1"), found
        auto = devices("scale", "--port", "/dev/ttyACM0", "--protocol", "auto", "--count", "2")
        assert len(auto) == 2, auto


def a_camera_gives_pictures():
    """The kernel's virtual camera (vivid), by V4L2. Its test picture has no code."""
    plugins = Path("/run/gst")  # GStreamer looks through all of them first; here that takes long
    plugins.mkdir()
    for name in ("coreelements", "app", "videorate", "videoconvertscale", "video4linux2",
                 "playback", "typefindfunctions", "jpeg", "rawparse"):
        for found in glob.glob(f"/usr/lib/*/gstreamer-1.0/libgst{name}.so"):
            (plugins / Path(found).name).symlink_to(found)
    os.environ["GST_PLUGIN_SYSTEM_PATH_1_0"] = str(plugins)
    camera, = [each for each in devices("list", "--json") if each["kind"] == "camera"]
    assert camera["address"] == "/dev/video0" and "vivid" in camera["name"], camera
    assert camera["health"] == "ok", camera
    found, = devices("probe", "--port", "/dev/video0", "--json")
    assert found["device"] == "camera" and 0 < found["width"] <= 1280, found
    seen = subprocess.run([BIN / "fangxin-devices", "decode", "--camera", "/dev/video0", "--wait",
                           "5"], capture_output=True, text=True, timeout=SECONDS)
    assert seen.returncode == 1 and "no_code" in seen.stderr, seen.stderr
    unload = subprocess.run(["/sbin/rmmod", "vivid"], capture_output=True, text=True)
    assert unload.returncode == 0, unload.stderr
    devices("decode", "--camera", "/dev/video0", ends=3)


STEPS = [a_camera_gives_pictures, everything_is_listed, a_scale_is_read,
         the_kernel_has_the_scale_back, a_scale_in_use_is_busy,
         a_pulled_scale_is_gone_and_comes_back, a_keyboard_scanner_is_read, a_pos_scanner_is_read,
         a_printer_says_and_prints, a_pulled_printer_is_gone, a_serial_scale_is_read_at_7e1]


def main():
    bad = 0
    for step in STEPS:
        begun = time.monotonic()
        words = step.__name__.replace("_", " ")
        try:
            step()
            print(f"ok      {words} ({time.monotonic() - begun:.1f} s)", file=REPORT)
        except Exception:
            bad += 1
            print(f"FAILED  {words}\n{traceback.format_exc()}", file=REPORT)
    print(f"{len(STEPS) - bad} of {len(STEPS)} steps held", file=REPORT)
    os.fsync(REPORT.fileno())
    return 1 if bad else 0


sys.exit(main())
