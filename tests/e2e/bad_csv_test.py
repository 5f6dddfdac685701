#!/usr/bin/python3
"""A folder with anything wrong in it is not imported, and every wrong line is named."""
import re
import shutil
import unittest

from processes import temporary_folder
from shop_case import SAMPLE_SHOP, Server, run

# file, a line to put at its end, a word of the reason
BAD_LINES = [
    ("items.csv", "x1,名,n,nowhere,piece,100,130,7d,production,active,,0,S01,A01", "nowhere"),
    ("items.csv", "x2,名,n,10,box,100,130,7d,production,active,,0,S01,A01", "box"),
    ("items.csv", "x3,名,n,10,piece,1.5,130,7d,production,active,,0,S01,A01", "1.5"),
    ("items.csv", "x4,名,n,10,piece,-1,130,7d,production,active,,0,S01,A01", "-1"),
    ("items.csv", "x5,名,n,10,piece,99999999999999999999,130,7d,production,active,,0,S01,A01",
     "price_fen"),
    ("items.csv", "x6,名,n,10,piece,100,1300,7d,production,active,,0,S01,A01", "1300"),
    ("items.csv", "x7,名,n,10,piece,100,130,7w,production,active,,0,S01,A01", "7w"),
    ("items.csv", "x8,名,n,10,piece,100,130,7d,packing,active,,0,S01,A01", "packing"),
    ("items.csv", "x9,名,n,10,piece,100,130,7d,production,sold,,0,S01,A01", "sold"),
    ("items.csv", "x10,名,n,10,piece,100,130,7d,production,active,,0,S99,A01", "S99"),
    ("items.csv", ",名,n,10,piece,100,130,7d,production,active,,0,S01,A01", "code"),
    ("items.csv", "x12,,n,10,piece,100,130,7d,production,active,,0,S01,A01", "name_zh"),
    ("items.csv", "x13,名,n,10,piece", "cells"),
    ("items.csv", "x14,名,n,10,piece,100,130,7d,production,active,,0,S01,A01,more", "cells"),
    ("items.csv", "100101,名,n,10,piece,100,130,7d,production,active,,0,S01,A01", "100101"),
    ("items.csv", 'x16,"名"x,n,10,piece,100,130,7d,production,active,,0,S01,A01', "quot"),
    ("items.csv", 'x 17,名,n,10,piece,100,130,7d,production,active,,0,S01,A01', "x 17"),
    ("barcodes.csv", "6991137000139,100101,1", "check digit"),
    ("barcodes.csv", "69911370001,100101,1", "digits"),
    ("barcodes.csv", "699113700013X,100101,1", "digits"),
    ("barcodes.csv", "6900000000014,nothing,1", "nothing"),
    ("barcodes.csv", "6900000000014,100101,0", "quantity"),
    ("barcodes.csv", "6991137000138,100102,1", "6991137000138"),
    ("batches.csv", "100101,L,2026-02-30,,today,1000,released,S01,,none", "2026-02-30"),
    ("batches.csv", "100101,L,yesterday,,today,1000,released,S01,,none", "yesterday"),
    ("batches.csv", "100101,L,today,today-5d,today,1000,released,S01,,none", "expiry"),
    ("batches.csv", "nothing,L,today,,today,1000,released,S01,,none", "nothing"),
    ("batches.csv", "100101,L,today,,today,1000,fine,S01,,none", "fine"),
    ("batches.csv", "100101,L,today,,today,x,released,S01,,none", "quantity_milli"),
    ("batches.csv", "100101,,,,today,1000,released,S01,,none", "date"),
    ("batches.csv", "100101,L,today,,today,1000,released,S01,maybe,none", "maybe"),
    ("batches.csv", "100101,L,today,,today,1000,released,S01,,perhaps", "perhaps"),
    ("people.csv", "2001,名,captain,123456,,", "captain"),
    ("people.csv", "2002,名,cashier,12345,,", "6 to 32"),
    ("people.csv", "2003,名,cashier,abcdef,,", "digits"),
    ("people.csv", "2004,名,cashier,,,", "pin"),
    ("people.csv", "1001,名,cashier,123456,,", "1001"),
    ("categories.csv", "99,名,n,weekly,,,33,GB,conformity,false,", "weekly"),
    ("categories.csv", "98,名,n,date,tepid,,33,GB,conformity,false,", "tepid"),
    ("categories.csv", "97,名,n,date,,,101,GB,conformity,false,", "101"),
    ("categories.csv", "96,名,n,date,,,33,GB,conformity,maybe,", "maybe"),
    ("suppliers.csv", "S98,,0571", "name"),
    ("supplier_papers.csv", "S97,food_production,SC1,today,", "S97"),
    ("supplier_papers.csv", "S01,food_production,SC1,today,today-1d", "until"),
    ("instruments.csv", "checkout_scale,m,s,III,100,200,5,c,today,today+1d", "min_mg"),
    ("promotions.csv", "P98,lottery,today,today+1d,,,,,false,,,,,,,false,名,n", "lottery"),
    ("promotions.csv", "P97,bundle,today,today-1d,,,100101,,false,,,,1,,,false,名,n", "until"),
    ("promotions.csv", "P96,bundle,today,today+1d,,,nothing,,false,,,,1,,,false,名,n", "nothing"),
    ("members.csv", "1,1,名,-5", "-5"),
]


class BadCsv(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder("csv")
        self.addCleanup(shutil.rmtree, self.folder)
        self.source = self.folder / "source"
        shutil.copytree(SAMPLE_SHOP, self.source)
        for other in self.source.glob("*.md"):
            other.unlink()
        self.data = self.folder / "server"

    def append(self, file, line):
        """Puts the line at the file's end; gives its number."""
        path = self.source / file
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + line + "\n"
        path.write_text(text, encoding="utf-8")
        return text.count("\n")

    def import_it(self):
        done = run("fangxin-server", "--data", self.data, "--json", "import", self.source,
                   check=False)
        return done.returncode, done.stderr

    def nothing_was_imported(self):
        status = run("fangxin-server", "--data", self.data, "--json", "status", check=False)
        if status.returncode == 0:
            self.assertIn('"items":0', status.stdout)
            self.assertIn('"batches":0', status.stdout)

    def test_every_bad_line_is_named_with_file_line_and_reason_and_nothing_is_imported(self):
        wanted = [(file, self.append(file, line), line, word) for file, line, word in BAD_LINES]
        code, told = self.import_it()
        self.assertEqual(code, 1)
        reasons = dict()
        for row in told.splitlines():
            if match := re.match(r"(?:.*/)?(\w+\.csv):(\d+): (.+)", row):
                reasons.setdefault((match[1], int(match[2])), []).append(match[3])
        for file, number, line, word in wanted:
            with self.subTest(line=line):
                self.assertTrue(any(word in reason for reason in reasons.get((file, number), [])),
                                reasons.get((file, number)))
        self.assertEqual(sorted(reasons), sorted({(f, n) for f, n, _, _ in wanted}))
        self.nothing_was_imported()

    def test_files_that_are_no_tables_are_refused_by_name(self):
        cases = {"colours.csv": b"a,b\n1,2\n",
                 "suppliers.csv": b"code,name,phone,colour\nS,n,p,c\n",
                 "members.csv": b"phone,name\n1,2\n", "people.csv": b"",
                 "instruments.csv": "kind,model\n".encode("utf-16"),
                 "promotions.csv": b"id,kind,id\n1,bundle,1\n",
                 "categories.csv": b"code,name_zh,batch_control\n\xff\xff\xff,x,date\n",
                 "barcodes.csv": b'barcode,item\n"6900000000014,100101\n'}
        for name, content in cases.items():
            with self.subTest(name):
                kept = (self.source / name).read_bytes() if (self.source / name).exists() else None
                (self.source / name).write_bytes(content)
                code, told = self.import_it()
                self.assertEqual(code, 1, told)
                self.assertRegex(told, rf"{name}:\d+: .+")
                self.nothing_was_imported()
                (self.source / name).unlink()
                if kept is not None:
                    (self.source / name).write_bytes(kept)

    def test_a_folder_that_is_not_there_or_empty_is_told(self):
        done = run("fangxin-server", "--data", self.data, "import", self.folder / "no", check=False)
        self.assertEqual(done.returncode, 3)
        self.assertTrue(done.stderr)
        (self.folder / "none").mkdir()
        done = run("fangxin-server", "--data", self.data, "import", self.folder / "none",
                   check=False)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr)

    def test_a_shop_in_gb18030_is_imported_as_well(self):
        for file in self.source.glob("*.csv"):
            file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
        code, told = self.import_it()
        self.assertEqual((code, told), (0, ""))
        status = run("fangxin-server", "--data", self.data, "--json", "status")
        self.assertIn('"items":383', status.stdout)

    def test_a_bad_import_into_a_running_shop_changes_nothing(self):
        self.assertEqual(self.import_it()[0], 0)
        server = Server(self.data)
        server.start()
        self.addCleanup(server.stop)
        before = server.command("status")[0]
        self.append("items.csv", "new1,新货,new,10,piece,100,130,7d,production,active,,0,S01,A01")
        line = self.append("items.csv", "new2,新货,new,10,piece,x,130,7d,production,active,,0,,A01")
        code, told = self.import_it()
        self.assertEqual(code, 1)
        self.assertIn(f"items.csv:{line}:", told)
        after = server.command("status")[0]
        self.assertEqual((after["items"], after["ver"]), (before["items"], before["ver"]))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
