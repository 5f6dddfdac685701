#!/usr/bin/python3
"""A till that was written from the pages alone is a till like any other (SYNC-1 to SYNC-3)."""
import hashlib
import json
import re
import sqlite3
import time
import unittest
from pathlib import Path

from identity import identities
from shop_case import MANAGER, NOODLES, ShopCase, asked_of, barcode, gs1, run, wait_until
from stranger import (Broken, Closed, Code, Identity, Log, Stranger, declared, key_of, sum_of,
                      SCHEMA, TABLES)

SOURCES = Path(__file__).resolve().parents[2] / "sync"


class Pages(unittest.TestCase):
    """RECORDS.md says what the program declares, and nothing else."""

    @staticmethod
    def in_the_program():
        found = {}
        for file in ("records", "equipment_records", "checkout_records", "ops", "log_ops",
                     "equipment_ops", "enrolment_ops", "checkout_ops"):
            text = (SOURCES / f"{file}.hpp").read_text(encoding="utf-8")
            for each in re.finditer(r"struct Declaration<.*?^};", text, re.S | re.M):
                name = re.search(r'name =\s*"(\w+)"', each[0])[1]
                found[name] = [(member, int(since or 1)) for member, since in re.findall(
                    r'field\("(\w+)",\s*&\w+::\w+(?:,\s*(\d))?\)', each[0])]
        return found

    def test_the_pages_name_every_table_op_and_member(self):
        told = {name: [(member, since) for member, _, _, since in members]
                for heading in ("Tables", "Ops") for name, members in declared(heading).items()}
        self.assertEqual(told, self.in_the_program())

    def test_the_pages_name_every_message_and_member(self):
        page = (SOURCES / "README.md").read_text(encoding="utf-8")
        table = page.split("| message | members |")[1].split("\n\n")[0]
        for file in ("messages", "enrolment_messages"):
            text = (SOURCES / f"{file}.hpp").read_text(encoding="utf-8")
            for each in re.finditer(r"struct Declaration<.*?^};", text, re.S | re.M):
                for word in re.findall(r'(?:name =\s*|field\()"(\w+)"', each[0]):
                    if word not in ("log", "row", "hour", "terminal", "waiting_terminal",
                                    "table_sum"):  # parts of messages
                        self.assertIn(f"`{word}`", table)


class StrangerCase(ShopCase):
    """A shop of which a stranger is to become a till; its server compares tables each second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.server.stop()
        cls.shop.server.start("--checkpoint-every", "1")
        wait_until(lambda: cls.till.ask("sync")["ok"], 20, "the till with its server")

    def code(self, *options):
        return Code(self.shop.server.command("enrol", "--kind", "till", *options)[0]["code"])

    def enrolled(self, name):
        code, identity = self.code(), Identity(name)
        line = identity.ask_to_be_enrolled(code)
        self.shop.server.command("approve", name, "--fingerprint", identity.fingerprint)
        identity.take_certificate(line)
        line.drop()
        return Stranger(identity, code.address)

    def stranger(self, name):
        known = self.enrolled(name).connect()
        self.addCleanup(lambda: known.line.drop())
        known.caught_up()
        self.acknowledged(known)  # the shop has blocks already
        return known

    def again(self, known):
        known.connect().caught_up()
        return known

    def sale(self, known, number, fen=1490):
        line = {"line": 1, "code": NOODLES, "item": "170101", "name": "面", "name_en": "noodles",
                "quantity": 1, "unit_price_fen": fen, "amount_fen": fen, "saved_fen": 0,
                "label_amount": False, "vat_permille": 130, "batch": "", "batch_basis": "none",
                "lot": "", "reasons": [], "scale": "", "scale_frame": "", "scale_status": "",
                "library": ""}
        receipt = f"{known.identity.terminal}/{number}"
        known.log.add("sale", {
            "receipt": receipt, "lines": [line], "total_fen": fen, "rounding_fen": 0,
            "paid_fen": fen, "change_fen": 0, "tenders": [{"kind": "cash", "amount_fen": fen}],
            "block_cursor": known.blocks, "online": True, "hold": ""})
        return receipt

    def acknowledged(self, known):
        """All of its log, each op once however often it was sent."""
        if known.acked < len(known.log.bodies):
            known.until(lambda said: said["m"] == "ack" and said["seq"] == len(known.log.bodies))

    def in_the_book(self, known):
        """Its receipts as the book has them, in the order of the log."""
        return [sale["receipt"] for sale in self.exported("sales")
                if sale["terminal"] == known.identity.terminal]

    def status_of(self, known):
        return next(each for each in self.shop.server.command("status")[0]["terminals"]
                    if each["terminal"] == known.identity.terminal)


class Enrolled(StrangerCase):
    # SYNC-3
    def test_a_stranger_is_enrolled_by_a_code_and_an_approval(self):
        known = self.stranger("till-60")
        self.assertEqual(identities(self.shop.server)["till-60"], "allowed")
        self.assertEqual(known.line.socket.version(), "TLSv1.3")
        self.assertEqual((known.welcome["protocol"], known.welcome["logs"]), (2, []))

    # SYNC-3
    def test_it_tells_nothing_to_a_server_without_the_pin(self):
        code = self.code()
        code.pin = hashlib.sha256(b"another store").hexdigest()
        with self.assertRaises(Broken) as refused:
            Identity("till-61").ask_to_be_enrolled(code)
        self.assertIn("not the store", str(refused.exception))
        self.assertNotIn("till-61", [each["terminal"]
                                     for each in self.shop.server.command("status")[0]["waiting"]])

    # SYNC-3
    def test_a_code_is_good_for_one_key(self):
        code = self.code()
        Identity("till-62").ask_to_be_enrolled(code).drop()
        with self.assertRaisesRegex(Broken, "token_used"):
            Identity("till-62").ask_to_be_enrolled(code)

    def test_both_sides_ping_each_second(self):
        known = self.stranger("till-63")
        begun = time.monotonic()
        for _ in range(3):
            self.assertGreater(known.until_named("ping", 2)["now_ms"], 1_700_000_000_000)
        self.assertLess(time.monotonic() - begun, 4)
        known.line.say("ping", now_ms=0)
        self.assertGreater(known.until_named("pong", 1)["now_ms"], 1_700_000_000_000)


class Copied(StrangerCase):
    # SYNC-2
    def test_its_copy_of_the_shop_adds_up_to_the_servers(self):
        known = self.stranger("till-65")
        known.until_named("checkpoint")
        self.assertEqual((known.compared, known.repaired), (1, 0), known.repairing)
        self.assertGreater(len(known.tables["items"]), 100)
        for name, rows in known.tables.items():
            for ver, row in rows.values():
                must = {member for member, _, optional, _ in TABLES[name] if not optional}
                self.assertLessEqual(must, set(row), name)
                self.assertLessEqual(set(row), {member for member, *_ in TABLES[name]}, name)
        # And after the shop has worked.
        self.till.must("scan", code=NOODLES)
        self.till.must("pay_cash", tendered_fen=1490)
        self.recall("170104", "--lot", "TW661K")
        self.till.must("complain", what="包装破损", item=NOODLES)
        self.till.must("sync")
        known.until(lambda said: said["m"] == "blocks" and said["rows"])
        for _ in range(2):  # one may be of before
            known.until_named("checkpoint")
        self.assertEqual(known.repaired, 0, known.repairing)
        self.assertEqual(len(known.tables["complaints"]), 1)

    # SYNC-2
    def test_what_differs_is_repaired_by_that_table_alone(self):
        known = self.stranger("till-66")
        items = known.tables["items"]
        lost, bent = sorted(items)[3], sorted(items)[70]
        right = sum_of("items", items, SCHEMA)
        del items[lost]
        items[bent] = (items[bent][0], {**items[bent][1], "price_fen": 1})
        items["never"] = (items[bent][0], {**items[bent][1], "code": "never"})
        known.until(lambda said: said["m"] == "table_rows" and said["last"])
        self.assertEqual((known.repaired, known.repairing), (1, []))
        self.assertEqual(sum_of("items", items, SCHEMA), right)
        known.until_named("checkpoint")
        self.assertEqual(known.repaired, 1)

    def test_it_goes_on_where_its_copy_ends(self):
        known = self.stranger("till-67")
        before = sum_of("items", known.tables["items"], SCHEMA)
        known.line.drop()
        known.came.clear()
        held = self.till.must("scan", code=NOODLES) and self.till.must("hold")["hold"]
        self.till.must("sync")
        known.connect().caught_up()
        self.assertIn(held, known.tables["holds"])
        self.assertLess(known.came["rows"], 3)
        self.assertEqual(sum_of("items", known.tables["items"], SCHEMA), before)


class Sold(StrangerCase):
    # SYNC-1
    def test_a_sale_that_was_torn_on_its_way_counts_once(self):
        known = self.stranger("till-70")
        receipts = []
        for fifths in range(6):  # nothing of the frame … all of it
            receipts.append(self.sale(known, fifths))
            before = known.acked
            whole = known.line.bytes_of({"m": "ops", **known.log.frame(before + 1)})
            known.line.send(whole[:len(whole) * fifths // 5])
            time.sleep(0.05)
            known.line.drop()
            self.again(known)
            if fifths < 5:
                self.assertEqual(known.acked, before)
            if known.acked < len(known.log.bodies):
                known.send_ops()
            self.acknowledged(known)
        self.assertEqual(self.in_the_book(known), receipts)

    # SYNC-1
    def test_sales_that_come_twice_and_in_pieces_count_once(self):
        known = self.stranger("till-71")
        before, newest = known.acked, 0
        receipts = [self.sale(known, number) for number in range(5)]
        for first, last in ((1, 3), (1, 3), (2, 3), (3, 5), (1, 5), (5, 5)):
            known.send_ops(before + first, before + last)
            newest = max(newest, before + last)
            self.assertIn(known.until_named("ack")["seq"], (before + last, newest))
        self.assertEqual(self.in_the_book(known), receipts)

    # SYNC-1
    def test_frames_of_an_old_line_count_once_on_a_new_one(self):
        known = self.stranger("till-72")
        receipts = [self.sale(known, number) for number in range(3)]
        frames = [known.line.bytes_of({"m": "ops", **known.log.frame(each, each)})
                  for each in range(known.acked + 1, known.acked + 4)]
        for frame in frames:
            known.line.send(frame)
        self.acknowledged(known)
        known.line.drop()
        self.again(known)
        receipts.append(self.sale(known, 3))
        known.send_ops()
        for frame in (frames[1], frames[0], frames[2]):
            known.line.send(frame)
        for _ in range(4):
            self.assertLessEqual(known.until_named("ack")["seq"], len(known.log.bodies))
        self.assertEqual(known.acked, len(known.log.bodies))
        self.assertEqual(self.in_the_book(known), receipts)

    # SYNC-2
    def test_other_bytes_under_an_old_number_end_the_line_and_change_nothing(self):
        known = self.stranger("till-73")
        receipts = [self.sale(known, number) for number in range(3)]
        known.send_ops()
        self.acknowledged(known)
        kept, known.log = known.log, Log("till-73")
        self.sale(known, 0)
        self.sale(known, "other")
        known.line.say("ops", **known.log.frame())
        self.assertEqual(known.until_named("refused")["code"], "rolled_back")
        with self.assertRaises(Closed):
            known.until_named("ack")
        self.assertIn("till-73", [each["terminal"] for each in
                                  self.shop.server.command("status")[0]["terminals"]
                                  if each["conflict"]])
        self.assertEqual(self.in_the_book(known), receipts)
        self.assertEqual([op["body"] for op in self.exported("ops")
                          if op["terminal"] == "till-73"], kept.bodies)

    # SYNC-1
    def test_what_is_too_far_on_is_asked_for_from_where_it_is_missing(self):
        known = self.stranger("till-74")
        before = known.acked
        receipts = [self.sale(known, number) for number in range(5)]
        known.send_ops(before + 3, before + 5)
        self.assertEqual(known.until_named("gap"), {"m": "gap", "epoch": 1, "want": before + 1})
        known.send_ops(before + 1, before + 2)
        self.assertEqual(known.until_named("ack")["seq"], before + 2)
        known.send_ops(before + 5, before + 5)
        self.assertEqual(known.until_named("gap")["want"], before + 3)
        known.send_ops(before + 3)
        self.acknowledged(known)
        self.assertEqual(self.in_the_book(known), receipts)

    # SYNC-1
    def test_hundreds_of_sales_come_in_one_packed_frame(self):
        known = self.stranger("till-75")
        receipts = [self.sale(known, number) for number in range(300)]
        known.send_ops()
        self.acknowledged(known)
        self.assertEqual(self.in_the_book(known), receipts)


class Recalled(StrangerCase):
    def heard_within_a_second(self, known, make):
        """The block that `make` makes, at the stranger; and the server knows that he has it."""
        begun = time.monotonic()
        made = make()
        said = known.until(lambda said: said["m"] == "blocks" and said["rows"])
        self.assertLess(time.monotonic() - begun, 1)
        place = [row["id"] for row in said["rows"]].index(made)
        self.assertIn(made, known.tables["blocks"])
        self.acknowledged(known)
        op = json.loads(known.log.bodies[-1])
        self.assertEqual(op["kind"], "blocks_applied")
        self.assertGreaterEqual(op["data"]["block_cursor"], said["vers"][place])
        wait_until(lambda: self.status_of(known)["block_cursor"] >= said["vers"][place], 2,
                   "the acknowledgement in the status")
        known.line.say("ask_figures", id=1, block=made)
        figures = known.until_named("figures")
        self.assertIn(known.identity.terminal, [ack["terminal"] for ack in figures["acks"]])
        return made

    # SAFE-6, SAFE-9
    def test_a_recall_made_at_the_server_is_there_within_a_second_and_acknowledged(self):
        known = self.stranger("till-80")
        made = self.heard_within_a_second(
            known, lambda: self.recall("170102", "--lot", "WJ234C", level="I")["recall"])
        _, row = known.tables["blocks"][made]
        self.assertEqual((row["item"], row["lot"], row["level"], row["lifted"]),
                         ("170102", "WJ234C", "I", False))
        self.shop.server.command("lift", "--recall", made, "--reason", "复检合格")
        known.until(lambda said: said["m"] == "blocks" and said["rows"])
        self.assertTrue(known.tables["blocks"][made][1]["lifted"])

    # SAFE-6, SAFE-9
    def test_a_recall_made_at_another_till_too(self):
        known = self.stranger("till-81")
        self.till.must("logout")
        self.till.login(*MANAGER)
        try:
            goods = {"code": barcode("170113"), "lot": "RY503G", "level": "I", "reason": "异物"}
            self.heard_within_a_second(known, lambda: self.till.must("recall", **goods)["recall"])
        finally:
            self.till.must("logout")
            self.till.login(*self.CASHIERS[0])

    # SAFE-6
    def test_one_made_while_it_was_away_comes_before_everything_else(self):
        known = self.stranger("till-82")
        known.line.drop()
        made = self.recall("170105", "--lot", "XN929F")["recall"]
        receipt = self.sale(known, 1)
        known.connect()
        first = known.until(lambda said: said["m"] in ("blocks", "rows"))
        self.assertIn(made, [row["id"] for row in first.get("rows", [])])
        self.acknowledged(known)
        self.assertEqual(self.in_the_book(known), [receipt])


class Exported(StrangerCase):
    # SYNC-2, REPT-2
    def test_every_link_of_every_chain_is_the_hash_that_the_page_says(self):
        known = self.stranger("till-85")
        for number in range(20):
            self.sale(known, number)
        known.send_ops()
        self.acknowledged(known)
        for _ in range(3):
            self.till.must("scan", code=NOODLES)
            self.till.must("pay_cash", tendered_fen=1490)
        self.till.must("sync")
        heads, logs = {}, {}
        for op in self.exported("ops"):
            log = op["terminal"], op["epoch"]
            before = heads.get(log, bytes(32))
            heads[log] = hashlib.sha256(before + op["body"].encode()).digest()
            self.assertEqual(heads[log].hex(), op["hash"], op)
            logs.setdefault(log, []).append(op["body"])
            inside = json.loads(op["body"])
            self.assertEqual((op["terminal"], op["epoch"], op["seq"], len(logs[log])),
                             (inside["terminal"], inside["epoch"], inside["seq"], inside["seq"]))
        # Its own is what it wrote, to the byte; the till's is what the till wrote.
        self.assertEqual(logs["till-85", 1], known.log.bodies)
        till = asked_of(self.till.data / "terminal.db",
                        "SELECT body, hex(hash) FROM ops WHERE epoch = 1 ORDER BY seq")
        self.assertEqual(logs["till-1", 1], [body for body, _ in till])
        self.assertEqual(heads["till-1", 1].hex().upper(), till[-1][1])
        # What the server says of its heads, in its three ways.
        verified = {(line["terminal"], line["epoch"]): (line["event"], line["ops"], line["head"])
                    for line in self.shop.server.command("verify")}
        self.assertEqual(verified, {log: ("verified", len(logs[log]), head.hex())
                                    for log, head in heads.items()})
        known.line.drop()
        known.connect()
        self.assertEqual(known.welcome["heads"], [known.log.heads[-1].hex()])
        known.line.say("ask_hash", epoch=1, seq=7)
        self.assertEqual(known.until_named("op_hash")["hash"], known.log.heads[7].hex())
        known.line.say("ask_hash", epoch=1, seq=len(known.log.bodies) + 9)
        self.assertEqual(known.until_named("op_hash")["hash"], "")

    # SYNC-2, REPT-2
    def test_a_chain_that_a_hand_worked_out_anew_is_not_the_one_that_was_signed(self):
        known = self.stranger("till-87")
        for number in range(9):
            self.sale(known, number)
        known.send_ops()
        self.acknowledged(known)
        copy = self.copied("forged")
        told = {line["terminal"]: line for line in self.verified(copy)["verified"]}
        self.assertEqual(told["till-87"]["signed"], len(known.log.bodies))
        with sqlite3.connect(copy / "store.db") as book:
            head = known.log.heads[4]
            for seq, body in enumerate(known.log.bodies[4:], 5):
                body = body.replace("1490", "1491")
                head = hashlib.sha256(head + body.encode()).digest()
                book.execute("UPDATE ops SET body = ?, hash = ? WHERE terminal = 'till-87' "
                             "AND seq = ?", (body, head, seq))
            book.execute("UPDATE terminal_logs SET head = ? WHERE terminal = 'till-87'", (head,))
        broken, = self.verified(copy)["broken"]
        self.assertEqual((broken["terminal"], broken["why"]), ("till-87", "signature"))

    # SYNC-2, REPT-2
    def test_a_byte_that_a_hand_changed_in_a_copy_of_the_book_is_named(self):
        known = self.stranger("till-86")
        for number in range(9):
            self.sale(known, number)
        known.send_ops()
        self.acknowledged(known)
        copy = self.copied("changed")
        self.assertNotIn("broken", self.verified(copy))
        with sqlite3.connect(copy / "store.db") as into:
            into.execute("UPDATE ops SET body = replace(body, '1490', '1491') "
                         "WHERE terminal = 'till-86' AND seq = 6")
        broken, = self.verified(copy)["broken"]
        self.assertEqual((broken["terminal"], broken["epoch"], broken["seq"], broken["why"]),
                         ("till-86", 1, 6, "changed"))
        with sqlite3.connect(copy / "store.db") as into:
            into.execute("DELETE FROM ops WHERE terminal = 'till-86' AND seq > 4")
        broken, = self.verified(copy)["broken"]
        self.assertEqual((broken["terminal"], broken["seq"], broken["why"]), ("till-86", 5, "cut"))
        self.assertNotIn("broken", self.verified(self.shop.server.data))

    def copied(self, name):
        """The book as it is now, in a folder of its own."""
        copy = self.shop.folder / name
        copy.mkdir()
        with sqlite3.connect(self.shop.server.data / "store.db") as book, \
                sqlite3.connect(copy / "store.db") as into:
            book.backup(into)
        return copy

    def verified(self, data):
        done = run("fangxin-server", "--data", data, "--json", "verify", check=False)
        lines = {}
        for line in map(json.loads, done.stdout.splitlines()):
            lines.setdefault(line["event"], []).append(line)
        self.assertEqual(done.returncode, 1 if "broken" in lines else 0, done.stderr)
        return lines


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")
