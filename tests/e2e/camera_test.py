#!/usr/bin/python3
"""What a camera sees: fangxin-devices decode --camera and --pipeline (SALE-1)."""
import os
import struct
import subprocess
import time
import unittest
import zlib

from processes import temporary_folder
from shop_case import BIN, MILK, RECEIVER, ShopCase, day, draw, gs1, lines_of, wait_until
from windows import ALL_IN_ORDER, MORE_PIECES, ON, RECEIVE, Window

OTHER = "6901234567199"


def still(file):
    return f"filesrc location={file} ! pngdec ! imagefreeze"


class Devices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = temporary_folder("camera")

    def drawn(self, name, code=MILK):
        draw(self.folder / name, 13, code[:12], "--quietzones", "--scale=2")
        return self.folder / name

    def test_each_code_that_is_held_before_the_camera_is_one_line(self):
        first, other = self.drawn("p0.png"), self.drawn("p1.png", OTHER)
        for number, file in enumerate((first, other, other), 2):
            (self.folder / f"p{number}.png").write_bytes(file.read_bytes())
        done, seen = lines_of(
            "fangxin-devices", "decode", "--pipeline",
            f"multifilesrc location={self.folder}/p%d.png start-index=0 stop-index=4 loop=false "
            "caps=image/png,framerate=1/1 ! pngdec ! videorate ! video/x-raw,framerate=10/1")
        self.assertEqual(done.returncode, 0, done.stderr)
        # p2 is the first again, a second after it: whether it had gone is a matter of timing.
        self.assertEqual({row["text"] for row in seen}, {MILK, OTHER})
        for row in seen:
            self.assertEqual((row["format"], row["symbology"]), ("ean13", "E0"))
            self.assertEqual(len(row["corners"]), 4)

    def test_count_ends_it(self):
        done, seen = lines_of("fangxin-devices", "decode", "--pipeline",
                              still(self.drawn("a.png")), "--count", 1)
        self.assertEqual((done.returncode, [row["text"] for row in seen]), (0, [MILK]))

    def test_one_code_held_still_is_told_once_and_then_nothing_comes(self):
        done, seen = lines_of("fangxin-devices", "decode", "--pipeline",
                              still(self.drawn("b.png")), "--count", 2, "--wait", 2)
        self.assertEqual((done.returncode, len(seen)), (1, 1))
        self.assertIn("no_code", done.stderr)

    def test_what_cannot_be_opened_is_told_by_code(self):
        for arguments, code, status in (
                (("--camera", "/dev/video-none"), "not_found", 3),
                (("--pipeline", "nonsense"), "bad_pipeline", 1),
                (("--pipeline", "videotestsrc num-buffers=3"), "camera_ended", 1)):
            with self.subTest(arguments):
                done, seen = lines_of("fangxin-devices", "decode", *arguments)
                self.assertEqual((done.returncode, seen), (status, []), done.stderr)
                self.assertIn(code, done.stderr)
        for arguments in ((), ("--camera", "/dev/video0", "--pipeline", "x"),
                          ("a.png", "--camera", "/dev/video0"), ("--pipeline", "x", "--count", 0)):
            done, _ = lines_of("fangxin-devices", "decode", *arguments)
            self.assertEqual(done.returncode, 2, arguments)

    def test_a_killed_program_leaves_no_camera_program_behind(self):
        caller = subprocess.Popen([BIN / "fangxin-devices", "decode", "--pipeline", "videotestsrc",
                                   "--wait", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(caller.wait)
        child = None
        until = time.monotonic() + 10
        while child is None and time.monotonic() < until:
            child = next((pid for pid in children_of(caller.pid)
                          if name_of(pid) == "fangxin-camera"), None)
        self.assertIsNotNone(child)
        caller.kill()
        until = time.monotonic() + 10
        while name_of(child) == "fangxin-camera" and time.monotonic() < until:
            time.sleep(0.02)
        self.assertNotEqual(name_of(child), "fangxin-camera")


class AtTheHandheld(ShopCase):
    """A drawn label before the handheld's camera, in its window."""
    HANDHELDS = 1

    def window(self, number, picture):
        devices = self.shop.folder / f"camera-{number}.toml"
        devices.write_text(f'[camera]\npipeline = "{still(picture)}"\n')
        window = Window(self.shop, number, "fangxin-handheld", devices)
        self.addCleanup(window.stop)
        return window

    # SYNC-3
    def test_a_handheld_that_has_nothing_but_a_camera_is_enrolled_by_it(self):
        screen = self.shop.folder / "screen.png"
        window = self.window(8, screen)

        def show(code):
            draw(screen, 58, code, "--quietzones", "--scale=4")
            window.type("F3")  # what comes of it turns until a manager has approved
        window.open(show)
        self.assertNotIn("fangxin-camera", [name_of(pid) for pid in
                                            children_of(window.process.pid)])
        window.log_in(RECEIVER, window.by_touch)

    # RECV-1
    def test_goods_come_in_by_the_camera_alone_and_are_sold_at_the_till(self):
        label = self.shop.folder / "label.png"
        date = day(-1).strftime("%y%m%d")
        draw(label, 71, f"[01]0{MILK}[11]{date}[10]CAM1", "--gs1", "--quietzones", "--scale=4")
        window = self.window(9, label)
        window.open()
        window.log_in(RECEIVER, window.by_touch)
        window.tap(RECEIVE)
        window.key("F3")
        wait_until(lambda: "CAM1" in (window.on_disk(
            "SELECT value FROM meta WHERE key = 'receive_draft'") or [("",)])[0][0],
            what="the lot, as the camera read it")
        self.assertNotIn("fangxin-camera", [name_of(pid) for pid in
                                            children_of(window.process.pid)])
        for place in (MORE_PIECES, ON, ON, ALL_IN_ORDER, ON):
            window.tap(place)
        batch = wait_until(lambda: self.handheld.must("list", what="batches",
                                                      filter="CAM1")["rows"], what="CAM1")[0]
        self.assertEqual((batch["decision"], batch["stock_milli"]), ("released", 1000))
        wait_until(lambda: self.till.must("list", what="batches", filter="CAM1")["rows"])
        self.expect(self.scan(gs1(MILK, lot="CAM1", production=day(-1))), "allow", basis="coded",
                    lot="CAM1")
        self.assertEqual(self.pay(450)["total_fen"], 450)


def name_of(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            name, state = stat.read().rpartition(")")[::2]
            return name.partition("(")[2] if state.split()[0] != "Z" else None
    except OSError:
        return None


def children_of(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/children") as children:
                found += [int(each) for each in children.read().split()]
        except OSError:
            pass
    return found


def png(width, height, data, kind=0):
    def chunk(name, body):
        return (struct.pack(">I", len(body)) + name + body +
                struct.pack(">I", zlib.crc32(name + body)))
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) +
            chunk(b"IEND", b""))


class HostileFolder(unittest.TestCase):
    """No picture can take its caller down, nor hold it up."""

    def setUp(self):
        self.folder = temporary_folder("hostile")

    def add(self, name, data):
        (self.folder / name).write_bytes(data)

    def test_a_folder_of_broken_and_hostile_files_leaves_the_good_ones_readable(self):
        draw(self.folder / "good.png", 13, MILK[:12], "--quietzones", "--scale=2")
        good = (self.folder / "good.png").read_bytes()
        self.add("bomb.png", png(30000, 30000, zlib.compress(bytes(1_000_000), 9)))
        self.add("wide.png", png(0x7FFFFFFF, 0x7FFFFFFF, zlib.compress(b"x")))
        self.add("flat.png", png(0, 0, zlib.compress(b"x")))
        self.add("full.png", png(6000, 6000, zlib.compress(bytes(6001 * 6000), 9)))
        self.add("empty.png", b"")
        self.add("empty.jpg", b"")
        self.add("frames.gif", b"GIF89a" + struct.pack("<HHBBB", 0xFFFF, 0xFFFF, 0xF0, 0, 0) +
                 bytes(6) + b"\x2c" + struct.pack("<HHHHB", 0, 0, 0xFFFF, 0xFFFF, 0) * 5000)
        self.add("huge.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(300))
        self.add("page.svg", b"<svg onload='x'/>")
        for count in range(8, len(good), max(1, len(good) // 24)):
            self.add(f"cut-{count}.png", good[:count])
        for at in range(33, len(good) - 1, max(1, len(good) // 12)):
            self.add(f"spoilt-{at}.png", good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1:])
        (self.folder / "folder.png").mkdir()
        os.mkfifo(self.folder / "pipe.png")
        os.symlink("/dev/zero", self.folder / "zero.png")
        os.symlink(self.folder / "loop.png", self.folder / "loop.png")
        os.symlink("/proc/self/mem", self.folder / "mem.png")
        files = sorted(self.folder.iterdir())
        began = time.monotonic()
        done, seen = lines_of("fangxin-devices", "decode", *files, self.folder / "good.png")
        self.assertLess(time.monotonic() - began, 60)
        self.assertIn(done.returncode, (1, 3), "it answered, it was not killed")
        self.assertEqual(len(seen), len(files) + 1)
        self.assertEqual(seen[-1]["text"], MILK)
        for file, row in zip(files, seen):
            if "text" in row:
                self.assertEqual(row["text"], MILK, file)
                continue
            self.assertIn(row["error"], ("not_an_image", "too_large", "no_code", "not_readable",
                                         "not_found"), file)
        names = {file.name: row.get("error") for file, row in zip(files, seen)}
        self.assertEqual(names["bomb.png"], "too_large")
        self.assertEqual(names["pipe.png"], "not_an_image")
        self.assertEqual(names["folder.png"], "not_an_image")
        self.assertEqual(names["frames.gif"], "not_an_image")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
