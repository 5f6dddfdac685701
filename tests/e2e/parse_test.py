#!/usr/bin/python3
"""What fangxin-devices says of codes, pictures and scales (contract: Code reading; SALE-1)."""
import json
import os
import struct
import subprocess
import tomllib
import unittest

from processes import temporary_folder
from shop_case import BIN, GS, MILK, Scale, check_digit, draw, lines_of

G = "0" + MILK
TODAY = "2026-11-23"

TABLE = [
    # goods codes
    (MILK, {"kind": "ean13", "gtin": G}),
    ("]E0" + MILK, {"kind": "ean13", "symbology": "E0", "gtin": G}),
    (MILK[:12] + "3", {"kind": "ean13", "error": "check_digit"}),
    ("69930072", {"kind": "ean8", "gtin": "00000069930072"}),
    ("]E469930072", {"kind": "ean8", "symbology": "E4", "gtin": "00000069930072"}),
    ("799011000139", {"kind": "upca", "gtin": "00799011000139"}),
    ("04252614", {"kind": "upce", "gtin": "00042100005264"}),
    ("16991548000137", {"kind": "itf14", "gtin": "16991548000137"}),
    ("]I116991548000138", {"kind": "itf14", "symbology": "I1", "error": "check_digit"}),
    # GS1
    (f"]C101{G}10SX88A", {"kind": "gs1", "symbology": "C1", "gtin": G, "lot": "SX88A",
                          "ais": {"01": G, "10": "SX88A"}}),
    (f"]d201{G}11261101172611301012AB{GS}21S1",
     {"kind": "gs1", "symbology": "d2", "gtin": G, "production": "2026-11-01",
      "expiry": "2026-11-30", "lot": "12AB", "serial": "S1",
      "ais": {"01": G, "11": "261101", "17": "261130", "10": "12AB", "21": "S1"}}),
    (f"]Q301{G}15261231", {"kind": "gs1", "symbology": "Q3", "gtin": G, "best_before": "2026-12-31",
                           "ais": {"01": G, "15": "261231"}}),
    (f"]e001{G}3103001234", {"kind": "gs1", "symbology": "e0", "gtin": G, "weight_mg": 1_234_000,
                             "ais": {"01": G, "3103": "001234"}}),
    (f"]e001{G}3922861", {"kind": "gs1", "symbology": "e0", "gtin": G, "amount_fen": 861,
                          "ais": {"01": G, "3922": "861"}}),
    (f"]C102{G}3724", {"kind": "gs1", "symbology": "C1", "gtin": G, "count": 24,
                       "ais": {"02": G, "37": "24"}}),
    (f"(01){G}(10)SX88A", {"kind": "gs1", "gtin": G, "lot": "SX88A",
                           "ais": {"01": G, "10": "SX88A"}}),
    (f"]d201{G}7003261123" + "1630", {"kind": "gs1", "symbology": "d2", "gtin": G,
                                      "expiry": "2026-11-23T16:30",
                                      "ais": {"01": G, "7003": "2611231630"}}),
    (f"]d201{G}17260200", {"kind": "gs1", "symbology": "d2", "gtin": G, "expiry": "2026-02-28",
                           "ais": {"01": G, "17": "260200"}}),
    (f"]d201{G}17261332", {"kind": "gs1", "symbology": "d2", "error": "date"}),
    (f"]d201{G[:13]}3", {"kind": "gs1", "symbology": "d2", "error": "check_digit"}),
    (f"]d201{G}10A{GS}10B", {"kind": "gs1", "symbology": "d2", "error": "conflict"}),
    (f"]d201{G}392286{GS}393215612", {"kind": "gs1", "symbology": "d2", "error": "conflict"}),
    ("]d20112", {"kind": "gs1", "symbology": "d2", "error": "length"}),
    # Digital Link
    (f"https://id.example.cn/01/{G}/10/SX88A?17=261231",
     {"kind": "digital_link", "gtin": G, "lot": "SX88A", "expiry": "2026-12-31",
      "ais": {"01": G, "10": "SX88A", "17": "261231"}}),
    ("https://example.cn/shop", {"kind": "web"}),
    # the same data under a symbology that is not GS1 is not GS1
    (f"]C001{G}10SX88A", {"kind": "text", "symbology": "C0"}),
    ("]Q1hello", {"kind": "text", "symbology": "Q1"}),
    ("hello", {"kind": "text"}),
    # labels of the shop's scales
    ("2001011008618", {"kind": "instore", "gtin": "02001011008618", "flag": "20", "plu": "01011",
                       "amount_fen": 861}),
    ("25010110123" + "4" + check_digit("250101101234"),
     {"kind": "instore", "gtin": "0250101101234" + check_digit("250101101234"), "flag": "25",
      "plu": "01011", "weight_mg": 1_234_000}),
    # money
    ("134567890123456789", {"kind": "payment", "channel": "wechat"}),
    ("2812345678901234567", {"kind": "payment", "channel": "alipay"}),
    ("6212345678901234567", {"kind": "payment", "channel": "unionpay"}),
    ("fp" + "a1" * 16 + "B", {"kind": "payment", "channel": "alipay_face"}),
    # receipts
    ("FX001010000001" + check_digit("001010000001"), {"kind": "receipt"}),
    ("FX0010100000010", {"kind": "receipt", "error": "check_digit"}),
]

FORMATS = """
[[format]]
pattern = "FFWWWWVEEEEEC"
flags = ["20"]
[[format]]
pattern = "FFWWWWWNNNNNEEEEEC"
flags = ["21", "28"]
check = "left"
[[format]]
pattern = "FFWWWWWNNNNNC"
flags = ["22"]
unit = "piece"
[[format]]
pattern = "FFWWWWWNNNNNC"
flags = ["23"]
check = "none"
weight_decimals = 2
"""


def left(digits):
    """With the check digit that weights of 1, 3, 1 … from the left give."""
    total = sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits))
    return digits + str(-total % 10)


LABELS = [  # under FORMATS
    ("201011614685" + check_digit("201011614685"),
     {"kind": "instore", "flag": "20", "plu": "1011", "amount_fen": 14685}),
    ("201011514685" + check_digit("201011514685"),
     {"kind": "instore", "error": "price_check_digit"}),
    (left("21010110123400861"), {"kind": "instore", "flag": "21", "plu": "01011",
                                 "weight_mg": 1_234_000, "amount_fen": 861}),
    ("21010110123400861" + check_digit("21010110123400861"),
     {"kind": "instore", "error": "check_digit"}),
    (left("28010110123400861"), {"kind": "instore", "flag": "28", "plu": "01011",
                                 "weight_mg": 1_234_000, "amount_fen": 861}),
    ("220101100012" + check_digit("220101100012"),
     {"kind": "instore", "flag": "22", "plu": "01011", "count": 12}),
    ("2301011001234", {"kind": "instore", "flag": "23", "plu": "01011", "weight_mg": 1_230_000}),
    ("240101100012" + check_digit("240101100012"),  # a flag without a format
     {"kind": "instore", "flag": "24", "plu": "01011"}),
    (MILK, {"kind": "ean13"}),
]

PICTURES = [  # zint's number, data, options, format, AIM identifier, text
    ("13", MILK[:12], [], "ean13", "E0", MILK), ("13", "6993007", [], "ean8", "E4", "69930072"),
    ("34", "79901100013", [], "upca", "E0", "799011000139"),
    ("37", "0425261", [], "upce", "E0", "04252614"),
    ("20", MILK, [], "code128", "C0", MILK),
    ("16", f"[01]{G}[10]SX88A", ["--gs1"], "code128", "C1", f"01{G}10SX88A"),
    ("16", "[10]SX88A[21]S1", ["--gs1"], "code128", "C1", f"10SX88A{GS}21S1"),
    ("89", "1699154800013", [], "itf", None, "16991548000137"),
    ("29", G[:13], [], "databar", "e0", None), ("79", G[:13], [], "databar", "e0", None),
    ("31", f"[01]{G}[10]SX88A", ["--gs1"], "databar_expanded", "e0", None),
    ("81", f"[01]{G}[10]SX88A", ["--gs1"], "databar_expanded", "e0", None),
    ("71", f"[01]{G}[10]SX88A[17]261231", ["--gs1"], "datamatrix", "d2",
     f"01{G}10SX88A{GS}17261231"),
    ("58", f"[01]{G}[10]SX88A", ["--gs1"], "qr", "Q3", f"01{G}10SX88A"),
    ("58", f"https://id.example.cn/01/{G}/10/SX88A", [], "qr", None,
     f"https://id.example.cn/01/{G}/10/SX88A"),
    ("58", "放心超市", [], "qr", None, "放心超市")]


class Parse(unittest.TestCase):
    # SALE-1
    def test_every_code_is_taken_apart_as_the_table_says(self):
        done, seen = lines_of("fangxin-devices", "parse", "--json", "--today", TODAY,
                              stdin="".join(code + "\n" for code, _ in TABLE))
        self.assertEqual((done.returncode, len(seen)), (0, len(TABLE)), done.stderr)
        for (code, expected), answer in zip(TABLE, seen):
            with self.subTest(code=code):
                self.assertEqual(answer, expected)

    # SALE-1
    def test_when_taking_payment_a_long_number_is_money(self):
        code = "281234567890123456"
        done, seen = lines_of("fangxin-devices", "parse", "--state", "tender", stdin=code + "\n")
        self.assertEqual((seen[0]["kind"], seen[0].get("channel")), ("payment", "alipay"))
        done, seen = lines_of("fangxin-devices", "parse", stdin=code + "\n")
        self.assertNotEqual(seen[0]["kind"], "payment")

    # SALE-14
    def test_labels_are_read_by_the_formats_of_the_shops_file(self):
        formats = temporary_folder("formats") / "formats.toml"
        formats.write_text(FORMATS)
        done, seen = lines_of("fangxin-devices", "parse", "--formats", formats,
                              stdin="".join(code + "\n" for code, _ in LABELS))
        self.assertEqual((done.returncode, len(seen)), (0, len(LABELS)), done.stderr)
        for (code, expected), answer in zip(LABELS, seen):
            with self.subTest(code=code):
                answer.pop("gtin", None)
                self.assertEqual(answer, expected)

    # SALE-14
    def test_a_formats_file_that_cannot_be_is_refused_by_line(self):
        formats = temporary_folder("formats") / "formats.toml"
        for text, line, word in (
                ('[[format]]\npattern = "FFWWWWWEEEEEC"\nflags = ["21"]\nprice = 1\n', 4, "price"),
                ('[[format]]\npattern = "FFWWWWWEEEEE"\nflags = ["21"]\n', 1, "13 or 18"),
                ('[[format]]\npattern = "FFWWWWWEEEEEC"\nflags = ["21"]\n'
                 '[[format]]\npattern = "FFWWWWWNNNNNC"\nflags = ["21"]\n', 6, "21")):
            formats.write_text(text)
            done, seen = lines_of("fangxin-devices", "parse", "--formats", formats, stdin=MILK)
            self.assertEqual((done.returncode, seen), (1, []), text)
            self.assertIn(f"{formats}:{line}: ", done.stderr)
            self.assertIn(word, done.stderr)
        done, _ = lines_of("fangxin-devices", "parse", "--formats", "/no/such.toml", stdin=MILK)
        self.assertEqual(done.returncode, 3)

    # SALE-1
    def test_an_answer_that_could_not_be_written_whole_says_so(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([BIN / "fangxin-devices", "parse"], input=MILK.encode() + b"\n",
                                  stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn(b"cannot_write", done.stderr)

    def test_noise_gives_one_object_a_line_and_never_ends_the_program(self):
        noise = b"\xff\xfe\n" + b"\x01\x02\n" + b"6" * 5000 + b"\n" + b"]d2\n\n]C1\x1d\x1d\n"
        done = subprocess.run([BIN / "fangxin-devices", "parse"], input=noise, capture_output=True,
                              timeout=20)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(rows[0]["error"], "charset")
        self.assertEqual(rows[1]["error"], "charset")
        self.assertEqual(rows[2]["error"], "length")
        self.assertTrue(all("kind" in row for row in rows))


HEAD, TAIL = "010200000000000810Yz-1_/q", "21Aa1Zz9"  # of the label that scanners learn from


class Learn(unittest.TestCase):
    # SALE-1
    def test_the_form_of_a_scanner_is_learnt_from_the_label(self):
        for raw, form in (
                (f"]d2{HEAD}{GS}{TAIL}\r\n", {"aim": True, "separator": "gs", "suffix": "\r\n"}),
                (f"{HEAD}029{TAIL}\t", {"aim": False, "separator": "029", "suffix": "\t"}),
                (f"~{HEAD}{TAIL}".swapcase(), {"prefix": "~", "aim": False, "separator": "none",
                                               "swapped_case": True})):
            done, seen = lines_of("fangxin-devices", "learn", "--json", stdin=raw)
            self.assertEqual((done.returncode, len(seen)), (0, 1), done.stderr)
            everything = {"prefix": "", "suffix": "", "swapped_case": False, **form}
            self.assertEqual(seen[0], everything)

    def test_what_was_learnt_is_written_as_toml(self):
        done = subprocess.run([BIN / "fangxin-devices", "learn"], capture_output=True, text=True,
                              input=f"]d2{HEAD}|{TAIL}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(tomllib.loads(done.stdout),
                         {"scanner": {"form": {"prefix": "", "suffix": "", "aim": True,
                                               "separator": "|", "swapped_case": False}}})

    def test_another_code_is_not_learnt_from(self):
        for raw, name in (("6901234567892\n", "not_the_label"), ("", "nothing"),
                          (HEAD, "cut_short"), (f"]d1{HEAD}{GS}{TAIL}", "not_gs1")):
            done, seen = lines_of("fangxin-devices", "learn", "--json", stdin=raw)
            self.assertEqual((done.returncode, seen), (1, []))
            self.assertIn(name, done.stderr)

    def test_a_serial_scanner_is_learnt_at_its_port(self):
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        self.addCleanup(os.close, theirs)
        learning = subprocess.Popen([BIN / "fangxin-devices", "learn", "--json", "--port",
                                     os.ttyname(theirs)], stdout=subprocess.PIPE, text=True)
        while learning.poll() is None:  # what is sent before the port is open is lost
            os.write(ours, f"]d2{HEAD}{GS}{TAIL}\r".encode())
            try:
                learning.wait(1.5)
            except subprocess.TimeoutExpired:
                pass
        seen = json.loads(learning.stdout.read())
        self.assertEqual((seen["aim"], seen["separator"], seen["suffix"]), (True, "gs", "\r"))

    def test_a_keyboard_scanner_is_learnt_from_its_keys(self):
        plain = {**{c: 16 + i for i, c in enumerate("qwertyuiop")}, "]": 27, "\n": 28,
                 **{c: 30 + i for i, c in enumerate("asdfghjkl")}, "\\": 43, "-": 12, "/": 53,
                 **{c: 44 + i for i, c in enumerate("zxcvbnm")}, "0": 11,
                 **{c: 2 + i for i, c in enumerate("123456789")}}
        shifted = {"_": "-", "|": "\\", **{c.upper(): c for c in "abcdefghijklmnopqrstuvwxyz"}}

        def event(code, value):
            return struct.pack("qqHHi", 0, 0, 1, code, value) + struct.pack("qqHHi", 0, 0, 0, 0, 0)

        keys = b""
        for character in f"]d2{HEAD}|{TAIL}\n":
            code = plain[shifted.get(character, character)]
            press = event(code, 1) + event(code, 0)
            keys += event(42, 1) + press + event(42, 0) if character in shifted else press
        file = temporary_folder("keys") / "events"
        file.write_bytes(keys)
        done, seen = lines_of("fangxin-devices", "learn", "--json", "--port", f"file:{file}",
                              "--protocol", "keyboard")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((seen[0]["aim"], seen[0]["separator"], seen[0]["suffix"]),
                         (True, "|", "\r"))

    def test_the_label_that_a_printer_prints_is_read_and_learnt_from(self):
        folder = temporary_folder("label")
        done, _ = lines_of("fangxin-devices", "learn", "--print", f"file:{folder}")
        self.assertEqual(done.returncode, 0, done.stderr)
        job, = folder.glob("*.bin")
        drawn, _ = lines_of("fangxin-virtual-printer", "render", job, folder / "label.png",
                            "--language", "tspl")
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        _, decoded = lines_of("fangxin-devices", "decode", folder / "label.png")
        done, seen = lines_of("fangxin-devices", "learn", "--json",
                              stdin=f"]{decoded[0]['symbology']}{decoded[0]['text']}\r")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(seen[0]["separator"], "gs")

    def test_the_label_that_help_tells_to_print_is_read_and_learnt_from(self):
        file = temporary_folder("label") / "label.png"
        draw(file, "71", "[01]02000000000008[10]Yz-1_/q[21]Aa1Zz9", "--gs1", "--quietzones")
        _, decoded = lines_of("fangxin-devices", "decode", file)
        raw = f"]{decoded[0]['symbology']}{decoded[0]['text']}\r"
        done, seen = lines_of("fangxin-devices", "learn", "--json", stdin=raw)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((seen[0]["separator"], seen[0]["suffix"]), ("gs", "\r"))


class Decode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = temporary_folder("pictures")

    # SALE-1
    def test_a_picture_of_each_symbology_is_read(self):
        files = []
        for i, (kind, data, options, *_) in enumerate(PICTURES):
            files.append(self.folder / f"{i:02}.png")
            draw(files[-1], kind, data, "--quietzones", *options)
        done, seen = lines_of("fangxin-devices", "decode", *files)
        self.assertEqual((done.returncode, len(seen)), (0, len(files)), done.stderr)
        for file, answer, (kind, data, _, form, symbology, text) in zip(files, seen, PICTURES):
            with self.subTest(kind=kind, data=data):
                self.assertEqual((answer["file"], answer.get("format")), (str(file), form), answer)
                self.assertIsInstance(answer["ms"], int)
                if symbology:
                    self.assertEqual(answer["symbology"], symbology)
                if text:
                    self.assertEqual(answer["text"], text)

    # SALE-1
    def test_what_was_decoded_parses_to_the_goods(self):
        for kind, data, options in (("29", G[:13], []), ("79", G[:13], []),
                                    ("31", f"[01]{G}[10]SX88A", ["--gs1"]),
                                    ("71", f"[01]{G}[10]SX88A", ["--gs1"])):
            file = self.folder / f"parse-{kind}.png"
            draw(file, kind, data, *options)
            _, decoded = lines_of("fangxin-devices", "decode", file)
            code = f"]{decoded[0]['symbology']}{decoded[0]['text']}"
            _, seen = lines_of("fangxin-devices", "parse", stdin=code + "\n")
            self.assertEqual(seen[0].get("gtin"), G, (code, seen))

    # SALE-1
    def test_what_is_no_picture_is_told_and_the_others_are_read_all_the_same(self):
        good = self.folder / "good.png"
        draw(good, 13, MILK[:12])
        (self.folder / "text.png").write_bytes(b"hello")
        (self.folder / "blank.png").write_bytes(good.read_bytes()[:60])
        done, seen = lines_of("fangxin-devices", "decode", self.folder / "no.png",
                              self.folder / "text.png", self.folder / "blank.png", good)
        self.assertEqual([row.get("error") for row in seen[:2]], ["not_found", "not_an_image"])
        self.assertIn("error", seen[2])
        self.assertEqual(seen[3]["text"], MILK)
        self.assertNotEqual(done.returncode, 0)


class OnAScale(unittest.TestCase):
    def test_a_scale_is_read_frame_by_frame(self):
        scale = Scale(temporary_folder("scale") / "port")
        self.addCleanup(scale.stop)
        for words, state, grams in (("put 1234", "stable", 1234), ("move 900", "motion", 900),
                                    ("over", "over", None), ("under", "under", None)):
            with self.subTest(words):
                scale.say(words)
                done, seen = lines_of("fangxin-devices", "scale", "--port", scale.link,
                                      "--protocol", "toledo-continuous", "--count", 3)
                self.assertEqual((done.returncode, len(seen)), (0, 3), done.stderr)
                last = seen[-1]
                self.assertEqual(last["state"], state)
                self.assertTrue(bytes.fromhex(last["raw"]).startswith(b"\x02"))
                if grams:
                    self.assertEqual((last["gross_mg"], last["tare_mg"], last["net_mg"]),
                                     (grams * 1000, 0, grams * 1000))

    def test_a_scale_that_is_not_there_or_a_protocol_that_is_none_is_told(self):
        done, _ = lines_of("fangxin-devices", "scale", "--port", "/dev/no-such", "--protocol",
                           "toledo-continuous", "--count", 1, "--wait", 1)
        self.assertIn(done.returncode, (1, 3))
        self.assertTrue(done.stderr)
        done, _ = lines_of("fangxin-devices", "scale", "--port", "/dev/null", "--protocol", "morse")
        self.assertIn(done.returncode, (1, 2, 3))
        self.assertTrue(done.stderr)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
