#!/usr/bin/python3
"""Nothing unsafe is sold: verdicts and questions (SAFE-1, 2, 3, 5; rules 1 and 2)."""
import unittest

from shop_case import (BISCUIT, CASHIER, ITEMS, MANAGER, MILK, NOODLES, YOGHURT, Scanner, ShopCase,
                       barcode, clear, day, gs1, receipt_text, wait_until)

CORN_OIL = barcode("110103")


class Refusals(ShopCase):
    """Rules 2.2 and 2.3: what is refused, and how the till says so."""
    HANDHELDS = 1
    PAPER = True

    # SAFE-3
    def test_goods_of_which_every_batch_is_bad_are_refused_by_their_plain_code(self):
        for item, reasons in (("320105", ["expired"]), ("180109", ["recalled"]),
                              ("270106", ["quarantined"]), ("370112", ["failed_test"]),
                              ("260102", ["not_released"]), ("490104", ["stop_sale"]),
                              ("150102", ["private_brand_uninspected"]),
                              ("320108", ["private_brand_uninspected"])):
            with self.subTest(item=item):
                code = barcode(item)
                do = ("plu", "plu") if len(code) == 5 else ("scan", "code")
                answer = self.till.must(do[0], **{do[1]: code})
                clear(self.till)
                self.expect(answer, "block", *reasons)
                self.assertEqual(answer["item"], item)
                self.assertEqual(answer["basket"]["lines"], [])

    # SAFE-3
    def test_a_code_that_names_a_bad_batch_is_refused_though_others_are_good(self):
        for item, lot, reason in (("130102", "YG52X", "expired"), ("150101", "MY61R", "recalled"),
                                  ("110103", "MG20A", "quarantined"),
                                  ("150109", "WR728K", "withdrawn"),
                                  ("140108", "YA159H", "withdrawn"),
                                  ("270101", "UK906J", "not_released")):
            with self.subTest(lot=lot):
                answer = self.judge(gs1(barcode(item), lot=lot))
                self.expect(answer, "block", reason, basis="coded", lot=lot)

    # SAFE-3
    def test_all_reasons_are_told_worst_first(self):
        batch = self.receive("150103", "ALLBAD", production=day(-90))
        self.handheld.must("test_result", batch=batch, result="failed", kind="SO2")
        self.handheld.must("quarantine", batch=batch, reason="气味不对")
        self.recall("150103", "--lot", "ALLBAD")
        code = gs1(barcode("150103"), lot="ALLBAD")
        wait_until(lambda: len(self.judge(code)["reasons"]) == 3)
        self.expect(self.judge(code), "block", "recalled", "quarantined", "failed_test")

    # SAFE-3
    def test_nobody_overrides_a_block_at_the_till(self):
        self.till.login(*MANAGER)
        self.addCleanup(self.till.login, *CASHIER)
        self.scan(gs1(YOGHURT, lot="YG52X"))
        self.refused(self.till.ask("scan", code=MILK), "acknowledge_first")
        self.refused(self.till.ask("plu", plu="01011"), "acknowledge_first")
        self.refused(self.till.ask("pay_cash", tendered_fen=1000), "acknowledge_first")
        self.refused(self.till.ask("acknowledge", approver=MANAGER[0]), "bad_argument")
        answer = self.till.must("acknowledge")
        self.assertEqual((answer["screen"], answer["basket"]["lines"]), ("checkout", []))

    # SAFE-3
    def test_the_refusal_is_in_words_and_a_withdrawal_slip_is_printed_on_request(self):
        answer = self.scan(gs1(BISCUIT, lot="MY61R"))
        self.assertEqual(answer["screen"], "block")
        self.assertIn("召回", answer["message"])
        before = len(list(self.paper.glob("*withdrawal*.bin")))
        self.till.must("withdrawal_slip")
        wait_until(lambda: len(list(self.paper.glob("*withdrawal*.bin"))) > before)
        text = receipt_text(sorted(self.paper.glob("*withdrawal*.bin"))[-1])
        for word in ("麦语町全麦饼干200g", "MY61R", "召回", "1001"):
            self.assertIn(word, text)
        self.till.must("acknowledge")
        self.refused(self.till.ask("withdrawal_slip"), "nothing_blocked")

    # SAFE-3
    def test_every_attempt_is_journalled_with_who_what_and_why(self):
        code = gs1(barcode("180109"), lot="TRIED")
        self.judge(code)
        self.till.must("sync")
        rows = [row for row in self.till.must("list", what="attempts")["rows"]
                if row["item"] == "180109"]
        self.assertEqual((rows[-1]["person"], rows[-1]["terminal"], rows[-1]["reasons"]),
                         ("1001", "till-1", "recalled"))
        ops = [op for op in self.exported("ops") if op["kind"] == "sale_refused"]
        self.assertTrue(any("TRIED" in op["body"] and op["person"] == "1001" for op in ops))

    # SAFE-2
    def test_an_unknown_code_is_unknown_and_no_attempt_at_anything_unsafe(self):
        before = len(self.till.must("list", what="attempts")["rows"])
        answer = self.judge("6900000000014")
        self.expect(answer, "unknown")
        self.assertTrue(answer["message"])
        self.assertEqual(len(self.till.must("list", what="attempts")["rows"]), before)


class OnASerialScanner(ShopCase):
    """What a connected scanner reads is judged like what is typed; its answer is an event."""

    @classmethod
    def devices(cls, number):
        cls.scanner = Scanner()
        cls.addClassCleanup(cls.scanner.stop)
        return f'[scanner]\nport = "{cls.scanner.port}"\n'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till.wait_event("device", where=lambda e: (e["device"], e["state"])
                            == ("scanner", "found"))

    def read(self, *codes, **suffix):
        """What the till says of each."""
        since = self.till.event_count()
        for code in codes:
            self.scanner.scan(code, **suffix)
        said = []
        for code in codes:
            since, _, event = self.till.wait_event("scanned", since)
            self.assertEqual(event["code"], code)
            said.append(event)
            since += 1
        return said

    # SAFE-2
    def test_what_is_scanned_becomes_a_line_once_whatever_ends_it(self):
        for pieces, suffix in enumerate(("\r", "\n", "\r\n", ""), start=1):
            with self.subTest(suffix=suffix):
                event, = self.read(NOODLES, suffix=suffix)
                self.expect(event, "allow", basis="sole", lot="NR40D")
                self.assertEqual(event["basket"]["total_fen"], pieces * 1490)
        self.read(MILK, NOODLES)  # no time between them
        self.assertEqual(self.pay(10_000)["total_fen"], 5 * 1490 + 450)

    # SAFE-2, SAFE-3
    def test_a_recalled_or_expired_pack_is_blocked(self):
        for code, reason, lot in ((gs1(BISCUIT, lot="MY61R"), "recalled", "MY61R"),
                                  (gs1(YOGHURT, lot="YG52X"), "expired", "YG52X"),
                                  (gs1(YOGHURT, lot="YG57C", expiry=day(-1)), "expired", None)):
            with self.subTest(reason=reason, lot=lot):
                blocked, again = self.read(code, NOODLES)
                self.expect(blocked, "block", reason, basis="coded", lot=lot)
                self.assertEqual((blocked["screen"], blocked["basket"]["lines"]), ("block", []))
                self.refused(again, "acknowledge_first")  # a scan never presses anything
                self.refused(self.till.ask("pay_cash", tendered_fen=1490), "acknowledge_first")
                self.till.must("acknowledge")
        self.till.must("sync")
        tried = [op["body"] for op in self.exported("ops") if op["kind"] == "sale_refused"]
        self.assertEqual([lot for lot in ("MY61R", "YG52X", "YG57C")
                          if not any(lot in body for body in tried)], [])


class Evidence(ShopCase):
    """Rules 2.3 and 2.4: what the code says about the batch."""
    HANDHELDS = 1

    # SAFE-2
    def test_a_plain_code_of_sound_goods_is_sold_and_the_basis_says_what_is_known(self):
        for item, basis, lot in (("170101", "sole", "NR40D"), ("140102", "assumed", "PD461G"),
                                 ("450101", "none", None), ("370116", "sole", None),
                                 ("270101", "sole", "ZJ578B"), ("160102", "sole", "DG664G"),
                                 ("150109", "sole", "AB516H"), ("140108", "sole", "GT380K"),
                                 ("310102", "sole", None)):
            with self.subTest(item=item):
                code = barcode(item)
                if len(code) == 5:
                    answer = self.till.must("plu", plu=code)
                    clear(self.till)
                else:
                    answer = self.judge(code)
                self.expect(answer, "allow", basis=basis, lot=lot)

    # SAFE-1, SAFE-2
    def test_a_gs1_code_names_its_batch_by_lot_or_by_date(self):
        self.expect(self.judge(gs1(YOGHURT, lot="YG57C")), "allow", basis="coded", lot="YG57C")
        self.expect(self.judge(gs1(YOGHURT, production=day(-3))), "allow", basis="coded",
                    lot="YG57C")
        # 21 days of life: the expiry is computed from the production date
        self.expect(self.judge(gs1(YOGHURT, expiry=day(18))), "allow", basis="coded", lot="YG57C")
        self.expect(self.judge(gs1(YOGHURT, expiry=day(-4))), "block", "expired", lot="YG52X")
        self.expect(self.judge(gs1("6992644000390", lot="QB769H")), "warn", "near_expiry")

    # SAFE-2
    def test_what_either_the_pack_or_the_record_condemns_is_not_sold(self):
        self.expect(self.judge(gs1(MILK, lot="SX88A", expiry=day(-1))), "block", "expired")
        self.expect(self.judge(gs1(YOGHURT, lot="YG52X", expiry=day(9))), "block", "expired")

    # SAFE-2
    def test_a_batch_on_no_record_is_sold_with_a_warning_and_receiving_gets_a_task(self):
        code = gs1("6992918000651", lot="NOREC1", production=day(-10))
        answer = self.scan(code)
        self.expect(answer, "warn", "unrecorded_batch", basis="coded")
        self.pay(1000)
        self.till.must("sync")

        def tasks():
            rows = self.handheld.must("list", what="tasks", filter="NOREC1")["rows"]
            return [row for row in rows if row["task"] == "book_batch" and not row.get("settled")]

        task = wait_until(tasks, what="the receiving task")[0]
        self.assertEqual((task["item"], task["lot"]), ("170105", "NOREC1"))
        self.receive("170105", "NOREC1", production=day(-10))
        wait_until(lambda: not tasks(), what="the task's end")
        self.expect(self.judge(code), "allow", basis="coded", lot="NOREC1")

    # SAFE-2, SAFE-3
    def test_a_batch_on_no_record_is_judged_by_its_date_and_by_recalls(self):
        code = barcode("170107")
        self.expect(self.judge(gs1(code, lot="OLD", expiry=day(-1))), "block", "expired")
        self.expect(self.judge(gs1(code, lot="OLD", production=day(-400))), "block", "expired")
        self.recall("170107", "--lot", "GHOST")
        wait_until(lambda: self.judge(gs1(code, lot="GHOST"))["verdict"] == "block")
        self.expect(self.judge(gs1(code, lot="GHOST")), "block", "recalled")
        self.recall("170107", "--from", day(-12).isoformat(), "--to", day(-11).isoformat())
        wait_until(lambda: self.judge(gs1(code, lot="G2", production=day(-11)))["verdict"]
                   == "block")
        self.expect(self.judge(gs1(code, lot="G2", production=day(-12))), "block", "recalled")
        self.expect(self.judge(gs1(code, lot="G2", production=day(-10))), "warn",
                    "unrecorded_batch")

    # SAFE-2
    def test_spirits_and_tobacco_ask_for_the_age_once_a_basket(self):
        self.expect(self.scan(barcode("230101")), "warn", "age_check")
        self.expect(self.scan(barcode("250101")), "warn", "age_check")
        self.refused(self.till.ask("pay_cash", tendered_fen=50000), "age_check")
        self.till.must("acknowledge")
        self.expect(self.scan(barcode("250102")), "allow")
        self.pay(50000)
        self.expect(self.scan(barcode("250103")), "warn", "age_check")  # the next customer

    # SAFE-5
    def test_near_expiry_begins_by_the_tier_of_the_shelf_life(self):
        tiers = [("150103", 45), ("170104", 20), ("130108", 15), ("130109", 10), ("130106", 5),
                 ("390101", 1), ("130103", 1), ("320106", 2), ("320103", 3)]
        for item, days in tiers:
            with self.subTest(item=item, life=ITEMS[item]["shelf_life"]):
                code = barcode(item)
                near = self.judge(gs1(code, expiry=day(days)))["reasons"]
                self.assertEqual("near_expiry" in near, True, (days, near))
                fresh = self.judge(gs1(code, expiry=day(days + 1)))["reasons"]
                self.assertEqual("near_expiry" in fresh, False, (days + 1, fresh))

    # SAFE-5
    def test_near_expiry_never_begins_before_half_the_life(self):
        beer = barcode("220102")  # 30 days of life, and the category says 30 days before
        self.assertIn("near_expiry", self.judge(gs1(beer, expiry=day(15)))["reasons"])
        self.assertNotIn("near_expiry", self.judge(gs1(beer, expiry=day(17)))["reasons"])

    # SAFE-5
    def test_the_early_warning_list_and_the_task_of_the_last_day_are_at_the_handheld(self):
        rows = self.handheld.must("list", what="near_expiry")["rows"]
        lots = {row["lot"] for row in rows}
        self.assertLessEqual({"KU600A", "FJ455E", "QB769H"}, lots)
        self.assertFalse({"YG52X", "SX88A"} & lots)
        self.receive("130103", "LASTDAY", production=day(-7))
        tasks = self.handheld.must("list", what="tasks", filter="LASTDAY")["rows"]
        self.assertEqual([(t["task"], t["reason"]) for t in tasks], [("withdraw", "last_day")])


class Questions(ShopCase):
    """Rules 2.4 and 2.5: when the cashier is asked, and what the answers do."""
    HANDHELDS = 1

    def ask(self, code):
        answer = self.scan(code)
        self.expect(answer, "verify")
        self.assertEqual(answer["screen"], "verify")
        self.assertEqual(answer["basket"]["lines"], [])
        self.assertTrue(answer["message"])
        return answer

    # SAFE-2
    def test_a_date_is_answered_as_month_and_day_or_in_full(self):
        for form in ("%m%d", "%Y-%m-%d"):
            with self.subTest(form=form):
                answer = self.ask(YOGHURT)
                dates = [choice["date"] for choice in answer["choices"]]
                self.assertEqual(dates, [day(-25).isoformat(), day(-3).isoformat()])
                bad = self.till.must("verify", date=day(-25).strftime(form))
                self.expect(bad, "block", "expired", lot="YG52X")
                self.till.must("acknowledge")
                self.ask(YOGHURT)
                good = self.till.must("verify", date=day(-3).strftime(form))
                self.expect(good, "allow", basis="read", lot="YG57C")
                self.assertEqual(len(good["basket"]["lines"]), 1)
                clear(self.till)

    # SAFE-2
    def test_a_lot_or_the_square_code_answers_too(self):
        self.ask(YOGHURT)
        self.expect(self.till.must("verify", lot="YG52X"), "block", "expired")
        clear(self.till)
        self.ask(YOGHURT)
        self.expect(self.till.must("verify", lot="YG57C"), "allow", basis="read", lot="YG57C")
        clear(self.till)
        self.ask(YOGHURT)
        answer = self.till.must("verify", code=gs1(YOGHURT, lot="YG57C"))
        self.expect(answer, "allow", basis="coded", lot="YG57C")
        clear(self.till)
        self.ask(YOGHURT)
        self.expect(self.scan(gs1(YOGHURT, lot="YG52X")), "block", "expired")

    # SAFE-2
    def test_what_cannot_be_read_is_not_sold(self):
        self.ask(YOGHURT)
        answer = self.till.must("verify", unreadable=True)
        self.assertEqual((answer["screen"], answer["basket"]["lines"]), ("checkout", []))

    # SAFE-2
    def test_no_answer_that_says_nothing_gets_past_the_question(self):
        self.ask(YOGHURT)
        self.refused(self.till.ask("verify"), "no_answer")
        self.refused(self.till.ask("verify", date="1399"), "bad_date")
        self.refused(self.till.ask("verify", date="yesterday"), "bad_date")
        self.refused(self.till.ask("verify", unreadable=False), "no_answer")
        self.refused(self.till.ask("verify", code=gs1(MILK, lot="SX88A")), "answer_first")
        self.refused(self.till.ask("scan", code=MILK), "answer_first")
        self.refused(self.till.ask("plu", plu="01011"), "answer_first")
        refused = self.refused(self.till.ask("pay_cash", tendered_fen=1000), "line_verify")
        self.assertEqual(refused["screen"], "verify")
        self.till.must("cancel")
        self.refused(self.till.ask("verify", date="0101"), "nothing_to_verify")

    # SAFE-2
    def test_a_date_that_two_batches_share_asks_for_the_lot_too(self):
        for lot, verdict, reasons in (("MG20A", "block", ["quarantined"]), ("MG20B", "allow", [])):
            self.ask(CORN_OIL)
            again = self.till.must("verify", date=day(-70).isoformat())
            self.expect(again, "verify")
            self.assertEqual(sorted(c["lot"] for c in again["choices"]), ["MG20A", "MG20B"])
            self.expect(self.till.must("verify", lot=lot), verdict, *reasons, lot=lot)
            clear(self.till)

    # SAFE-2
    def test_a_failed_test_of_one_batch_asks_for_the_date(self):
        eggs = barcode("310106")
        self.ask(eggs)
        bad = self.till.must("verify", date=day(-50).isoformat())
        self.expect(bad, "block", "quarantined", "failed_test")
        clear(self.till)
        self.ask(eggs)
        self.expect(self.till.must("verify", date=day(-20).isoformat()), "allow", basis="read")

    # SAFE-2
    def test_one_answer_serves_the_quantity_scanned_with_it(self):
        self.till.must("quantity", quantity=6)
        self.ask(YOGHURT)
        answer = self.till.must("verify", lot="YG57C")
        self.assertEqual(answer["basket"]["lines"][0]["quantity"], 6)
        self.assertEqual(answer["basket"]["total_fen"], 6 * 580)

    # SAFE-2
    def test_confirming_the_withdrawal_on_a_handheld_ends_the_questions(self):
        code = barcode("130113")
        self.expect(self.judge(code), "allow")
        batch = self.receive("130113", "BADONE", production=day(-9))
        self.handheld.must("quarantine", batch=batch, reason="涨袋")
        wait_until(lambda: self.judge(code)["verdict"] == "verify")
        self.assertTrue(self.handheld.must("list", what="tasks", filter="BADONE")["rows"])
        self.handheld.must("withdraw", batch=batch, quantity=10)
        wait_until(lambda: self.judge(code)["verdict"] == "allow")
        self.expect(self.judge(code), "allow", lot="LS986E")
        self.expect(self.judge(gs1(code, lot="BADONE")), "block", "quarantined")
        self.assertFalse(self.handheld.must("list", what="tasks", filter="BADONE")["rows"])

    # SAFE-2
    def test_a_recalled_lot_on_no_record_asks_until_it_is_confirmed_off_the_shelf(self):
        code = barcode("170114")
        made = self.recall("170114", "--lot", "NOWHERE")
        wait_until(lambda: self.judge(code)["verdict"] == "verify")
        self.ask(code)
        self.expect(self.till.must("verify", lot="NOWHERE"), "block", "recalled")
        clear(self.till)
        wait_until(lambda: self.handheld.must("list", what="tasks", filter="NOWHERE")["rows"])
        self.handheld.must("withdraw", batch=made["recall"])
        wait_until(lambda: self.judge(code)["verdict"] == "allow")

    # SAFE-2
    def test_an_inspecting_delivery_alone_asks_nothing(self):
        answer = self.handheld.must("receive", item="170106", lot="ATDOOR", quantity=5,
                                    production=day(-5).isoformat(), decision="inspecting")
        self.share(self.handheld)
        self.expect(self.judge(barcode("170106")), "allow", lot="EW606C")
        self.expect(self.judge(gs1(barcode("170106"), lot="ATDOOR")), "block", "not_released")
        self.handheld.must("release", batch=answer["batch"], reason="检验合格")
        wait_until(lambda: self.judge(gs1(barcode("170106"), lot="ATDOOR"))["verdict"] == "allow")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
