#!/usr/bin/python3
"""Goods on label scales: each acknowledges what it has, and its labels are read (SALE-14)."""
import json
import subprocess
import time
import unittest

from label_scale_sims import Cas, Dahua
from processes import temporary_folder
from shop_case import BIN

HEAD = "plu,code,name,price,unit,tare_g,shelf_life,label,category\n"
APPLE = "17,10017,红富士苹果,12.80,kg,5,3d,1,2\n"
FISH = "18,10018,鲈鱼,39.90,kg,,1d,,\n"
BUN = "19,10019,\"包子, 大\",2.50,piece,,12h,,\n"
PEAR = "20,10020,雪花梨 A级,6.00,kg,,,,\n"


class LabelScales(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder("label-scales")
        self.dahua, self.cas = Dahua(), Cas()
        (self.folder / "scales.toml").write_text(f"""
[[scale]]
id = "fruit"
words = "水果"
address = "tcp:127.0.0.1:{self.dahua.port}"
protocol = "dahua-tm"
pattern = "FFWWWWWEEEEEC"
flag = "21"
[[scale]]
id = "fish"
address = "tcp:127.0.0.1:{self.cas.port}"
protocol = "cas-cl5000"
pattern = "FFWWWWWEEEEEC"
flag = "22"
""", encoding="utf-8")

    def run_it(self, what, goods, *more, code=0, scales=True):
        (self.folder / "goods.csv").write_text(HEAD + goods, encoding="utf-8")
        command = [BIN / "fangxin-devices", "label-scales", what, "--goods",
                   self.folder / "goods.csv", *more]
        if scales:
            command += ["--scales", self.folder / "scales.toml", "--state", self.folder / "state"]
        done = subprocess.run([str(word) for word in command], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        if not scales:
            return done.stdout
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.sums = {line["scale"]: line for line in lines if "plu" not in line}
        return {(line["scale"], line["plu"]): line["state"] for line in lines if "plu" in line}

    def send_fruit(self, goods, code=0, *more):
        said = self.run_it("send", goods, "--only", "fruit", *more, code=code)
        return {plu: state for (_, plu), state in said.items()}

    # SALE-14
    def test_each_scale_acknowledges_its_goods(self):
        said = self.run_it("send", FISH + PEAR)
        self.assertEqual(set(said.values()), {"accepted"})
        self.assertEqual(len(said), 4)
        self.assertEqual(self.dahua.plus[18], {
            "flag": "21", "code": "10018", "price": 3990, "mode": 0, "days": 1, "shop": 0,
            "category": 0, "tare": 0, "label": 0, "name": "鲈鱼"})
        self.assertEqual(self.cas.plus[18], {"flag": "22", "code": "10018", "price": 3990,
                                             "days": 1, "hours": 0, "name": "鲈鱼"})
        self.assertEqual(self.cas.plus[20]["name"], "雪花梨　Ａ级")
        self.assertTrue(self.sums["fruit"]["complete"] and self.sums["fish"]["complete"])

    # SALE-14
    def test_tare_shelf_life_and_pieces_arrive_or_are_refused(self):
        said = self.run_it("send", APPLE + BUN.replace("12h", "2d"), code=1)
        self.assertEqual(said, {("fruit", 17): "accepted", ("fruit", 19): "accepted",
                                ("fish", 17): "unfit", ("fish", 19): "unfit"})
        self.assertEqual(self.dahua.plus[17]["tare"], 5)
        self.assertEqual(self.dahua.plus[17]["days"], 3)
        self.assertEqual(self.dahua.plus[19]["mode"], 1)
        self.assertEqual(self.cas.plus, {})

    # SALE-14
    def test_a_label_of_the_scale_is_read_at_the_till(self):
        self.send_fruit(APPLE)
        (self.folder / "formats.toml").write_text(
            '[[format]]\npattern = "FFWWWWWEEEEEC"\nflags = ["21"]\n')
        read = subprocess.run(
            [BIN / "fangxin-devices", "parse", "--formats", self.folder / "formats.toml"],
            input=self.dahua.label(17, 1250) + "\n", capture_output=True, text=True, check=True)
        code = json.loads(read.stdout)
        self.assertEqual((code["kind"], code["plu"]), ("instore", "10017"))
        self.assertEqual(code["amount_fen"], 1600)

    # SALE-14
    def test_only_what_changed_is_sent(self):
        self.send_fruit(APPLE + FISH)
        before = self.dahua.asked
        self.assertEqual(self.send_fruit(APPLE + FISH), {17: "unchanged", 18: "unchanged"})
        self.assertEqual(self.dahua.asked, before)
        dearer = FISH.replace("39.90", "42.00")
        self.assertEqual(self.send_fruit(APPLE + dearer), {17: "unchanged", 18: "accepted"})
        self.assertEqual((self.dahua.asked, self.dahua.plus[18]["price"]), (before + 1, 4200))

    # SALE-14
    def test_goods_that_are_gone_go_from_the_scales(self):
        self.run_it("send", FISH + PEAR)
        said = self.run_it("send", PEAR)
        self.assertEqual(said, {("fruit", 20): "accepted", ("fruit", 18): "removed",
                                ("fish", 20): "unchanged", ("fish", 18): "removed"})
        self.assertEqual((list(self.dahua.plus), list(self.cas.plus)), ([20], [20]))

    # SALE-14
    def test_a_scale_that_was_off_catches_up(self):
        self.send_fruit(APPLE)
        self.dahua.switch_off()
        dearer = APPLE.replace("12.80", "15.80")
        self.assertEqual(self.send_fruit(dearer + PEAR, 1), {17: "unanswered", 20: "unanswered"})
        self.assertEqual(self.sums["fruit"]["error"], "not_found")
        self.dahua.switch_on()
        self.assertEqual(self.send_fruit(dearer + PEAR), {17: "accepted", 20: "accepted"})
        self.assertEqual(self.dahua.plus[17]["price"], 1580)

    def test_it_goes_on_where_the_cable_was_pulled(self):
        self.dahua.mood = "drops 1"
        self.assertEqual(self.send_fruit(APPLE + FISH + PEAR, 1),
                         {17: "accepted", 18: "unanswered", 20: "unanswered"})
        self.dahua.mood = ""
        self.assertEqual(self.send_fruit(APPLE + FISH + PEAR),
                         {17: "unchanged", 18: "accepted", 20: "accepted"})

    def test_a_price_without_an_answer_is_not_taken_for_the_old_one(self):
        self.send_fruit(APPLE)
        self.dahua.mood = "silent"  # takes it, and says nothing
        self.send_fruit(APPLE.replace("12.80", "1.28"), 1)
        self.dahua.mood = ""
        self.assertEqual(self.dahua.plus[17]["price"], 128)
        self.assertEqual(self.send_fruit(APPLE), {17: "accepted"})
        self.assertEqual(self.dahua.plus[17]["price"], 1280)

    def test_no_answer_is_mistaken(self):
        for mood, state in {"torn": "unanswered", "silent": "unanswered", "hostile": "unanswered",
                            "refuses": "refused", "slow": "accepted",
                            "doubled": "accepted"}.items():
            with self.subTest(mood):
                for scale in (self.dahua, self.cas):
                    scale.mood = mood
                started = time.monotonic()
                said = self.run_it("send", FISH + PEAR, "--again",
                                   code=0 if state == "accepted" else 1)
                self.assertLess(time.monotonic() - started, 20)
                if (mood, state) == ("hostile", "unanswered"):
                    self.assertFalse({"accepted", "unchanged"} & set(said.values()))
                else:
                    self.assertEqual(set(said.values()), {state})

    # SALE-14
    def test_status_says_what_is_not_acknowledged(self):
        self.send_fruit(APPLE)
        said = self.run_it("status", APPLE.replace("12.80", "13.80") + FISH, code=1)
        self.assertEqual(said[("fruit", 17)], "unanswered")
        self.assertEqual(self.dahua.asked, 1)
        self.assertEqual(self.run_it("status", APPLE, "--only", "fruit"),
                         {("fruit", 17): "unchanged"})

    # SALE-14
    def test_files_for_the_makers_programs(self):
        text = self.run_it("csv", FISH + BUN, "--vendor", "aclas", "--flag", "21", scales=False)
        lines = [line.split("\t") for line in text.decode("gb18030").split("\r\n")]
        self.assertEqual(lines[0][:4], ["ID", "ItemCode", "DepartmentID", "Name1"])
        self.assertEqual([len(line) for line in lines], [14, 14, 14])
        self.assertEqual(lines[1], ["18", "10018", "21", "鲈鱼", "", "39.90", "4", "7", "24", "24",
                                    "0", "60", "240", "0"])
        self.assertEqual((lines[2][6], lines[2][10]), ("10", "2"))
        self.run_it("csv", APPLE, "--vendor", "aclas", scales=False, code=1)
        text = self.run_it("csv", APPLE + BUN, scales=False).decode("gb18030").split("\r\n")
        self.assertEqual(text[1], "17,10017,红富士苹果,12.80,公斤,5,72,1,2")
        self.assertEqual(text[2].split(",", 2)[2], '"包子, 大",2.50,件,0,12,0,0')

    def test_files_with_mistakes_send_nothing(self):
        for goods in ("", "x" + APPLE, APPLE.replace("12.80", "12.801"), APPLE.replace("kg", "jin"),
                      APPLE.replace(",5,", ",5"), APPLE.replace("3d", "3w")):
            with self.subTest(goods):
                self.run_it("send", goods, code=1)
        self.assertEqual(self.dahua.asked + self.cas.asked, 0)


if __name__ == "__main__":
    unittest.main()
