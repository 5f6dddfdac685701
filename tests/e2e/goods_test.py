#!/usr/bin/python3
"""Goods in, complaints and who may do what (RECV-1, COMP-1, ACCT-2, ACCT-4; rules 8)."""
import unittest

from shop_case import (ADMIN, AFTER_SALES, CASHIER, CASHIER_2, INSPECTOR, INSTRUMENTS, LEAD,
                       MANAGER, MANAGER_2, MILK, NOODLES, RECEIVER, ShopCase, barcode, day, draw,
                       gs1, wait_until)

ROLES = {"cashier": CASHIER, "shift_lead": LEAD, "receiver": RECEIVER, "inspector": INSPECTOR,
         "after_sales": AFTER_SALES, "instruments": INSTRUMENTS, "manager": MANAGER,
         "account_admin": ADMIN}


class Receiving(ShopCase):
    HANDHELDS = 1
    AT_HANDHELD = RECEIVER

    def ask_receive(self, **arguments):
        return self.handheld.ask("receive", **{"quantity": 10, **arguments})

    def row(self, batch, stock_milli=None):
        """The batch as the handheld lists it, once it shows this stock."""
        def found():
            row = self.handheld.must("list", what="batches", filter=batch)["rows"][0]
            return row if stock_milli in (None, row.get("stock_milli")) else None

        return wait_until(found, 15, f"{batch} with {stock_milli}")  # stock is told every 5 s

    # RECV-1
    def test_goods_are_received_by_the_code_on_the_case(self):
        code = gs1(NOODLES, lot="CASE1", production=day(-2))
        answer = self.ask_receive(code=code, quantity=48)
        self.assertEqual((answer["item"], answer["decision"]), ("170101", "released"), answer)
        row = self.row(answer["batch"], 48_000)
        self.assertEqual((row["lot"], row["production"], row["received"]),
                         ("CASE1", day(-2).isoformat(), day(0).isoformat()))
        self.share(self.handheld)
        self.expect(self.judge(code), "allow", basis="coded", lot="CASE1")

    # RECV-1, SAFE-1
    def test_goods_are_received_as_keyed_and_the_expiry_is_computed(self):
        answer = self.ask_receive(item="170104", lot="KEYED", production=f"{day(-2):%m%d}")
        self.assertTrue(answer["ok"], answer)
        row = self.row(answer["batch"])
        self.assertEqual(row["production"], day(-2).isoformat())
        made, months = day(-2), 6
        month = made.month - 1 + months
        self.assertEqual(row["expiry"][:7], f"{made.year + month // 12}-{month % 12 + 1:02}")

    # RECV-1
    def test_goods_are_received_from_a_picture(self):
        picture = self.shop.folder / "case.png"
        draw(picture, 71, f"[01]{MILK.zfill(14)}[11]{day(-1):%y%m%d}[10]PIC1", "--gs1")
        answer = self.handheld.must("receive", image=str(picture), quantity=24)
        self.assertIn("/PIC1/", answer["batch"])

    # RECV-1
    def test_several_batches_of_an_item_and_the_same_batch_twice(self):
        one = self.ask_receive(item="170102", lot="TWO1", production=day(-3).isoformat())["batch"]
        other = self.ask_receive(item="170102", lot="TWO2", production=day(-3).isoformat())["batch"]
        again = self.ask_receive(item="170102", lot="TWO1", production=day(-3).isoformat())["batch"]
        self.assertEqual((one == again, one == other), (True, False))
        self.row(one, 20_000)
        self.row(other, 10_000)

    # RECV-1
    def test_what_may_not_come_in_is_refused_in_words(self):
        made = day(-3).isoformat()
        cases = [({"item": "170102", "lot": "X", "production": made, "quantity": 0},
                  "quantity_out_of_range"),
                 ({"item": "170102", "lot": "X", "production": made, "quantity": -5},
                  "quantity_out_of_range"),
                 ({"item": "170102", "lot": "X", "production": made, "quantity": 10**12},
                  "quantity_out_of_range"),
                 ({"item": "170102", "lot": "X"}, "date_wanted"),
                 ({"item": "170102", "production": made}, "lot_wanted"),
                 ({"item": "170102", "lot": "X", "production": day(2).isoformat()}, "bad_date"),
                 ({"item": "170102", "lot": "X", "production": "2026-02-30"}, "bad_date"),
                 ({"item": "170102", "lot": "X", "production": made,
                   "expiry": day(-5).isoformat()}, "bad_date"),
                 ({"item": "130103", "lot": "X", "production": day(-30).isoformat()},
                  "batch_expired"),
                 ({"item": "nothing", "lot": "X", "production": made}, "no_such_item"),
                 ({"code": "6992918000133"}, "bad_code"),
                 ({"item": "170102", "lot": "X", "production": made, "supplier": "S99"},
                  "no_such_supplier"),
                 ({"item": "170102", "lot": "X", "production": made, "decision": "recalled"},
                  "bad_value"),
                 ({"item": "240101", "lot": "X", "production": made}, "supplier_papers"),
                 ({"item": "170102", "lot": "X", "production": made, "supplier": "S14"},
                  "supplier_papers")]
        before = len(self.handheld.must("list", what="batches")["rows"])
        for arguments, error in cases:
            with self.subTest(error=error, arguments=arguments):
                self.refused(self.ask_receive(**arguments), error)
        self.assertEqual(len(self.handheld.must("list", what="batches")["rows"]), before)

    # RECV-1
    def test_loose_goods_are_received_by_weight_and_by_delivery(self):
        answer = self.handheld.must("receive", item="380101", quantity_milli=25_500)
        self.assertIsNone(self.row(answer["batch"], 25_500).get("expiry"))

    # RECV-1, SAFE-3
    def test_private_brand_goods_wait_for_their_inspection(self):
        answer = self.ask_receive(item="150112", lot="OWN1", production=day(-2).isoformat())
        self.assertTrue(answer["ok"], answer)
        self.share(self.handheld)
        self.expect(self.judge(gs1(barcode("150112"), lot="OWN1")), "block",
                    "private_brand_uninspected")

    # SAFE-1
    def test_an_inspector_corrects_a_mistyped_date_and_the_till_follows(self):
        batch = self.ask_receive(item="130106", lot="TYPO", production=day(-1).isoformat())["batch"]
        self.share(self.handheld)
        code = gs1(barcode("130106"), lot="TYPO")
        self.expect(self.judge(code), "allow")
        self.refused(self.handheld.ask("correct", batch=batch, production=day(-30).isoformat(),
                                       reason="录错"), "not_allowed")
        self.handheld.login(*INSPECTOR)
        self.addCleanup(self.handheld.login, *RECEIVER)
        self.refused(self.handheld.ask("correct", batch=batch, reason="录错"), "bad_value")
        self.refused(self.handheld.ask("correct", batch=batch, production=day(-30).isoformat(),
                                       reason=""), "bad_value")
        self.handheld.must("correct", batch=batch, production=day(-30).isoformat(), reason="录错",
                           photo="p1.jpg")
        wait_until(lambda: self.judge(code)["verdict"] == "block", 2)
        self.expect(self.judge(code), "block", "expired")
        self.handheld.must("sync")
        op = next(op for op in self.exported("ops") if op["kind"] == "batch_corrected")
        self.assertIn(day(-1).isoformat(), op["body"])  # the old value stays in the journal
        self.assertEqual(op["person"], INSPECTOR[0])
        self.handheld.must("correct", batch=batch, production=day(-1).isoformat(), reason="更正",
                           photo="更正.jpg")
        wait_until(lambda: self.judge(code)["verdict"] == "allow", 2)


class Complaints(ShopCase):
    TILLS = 2
    HANDHELDS = 1

    # COMP-1
    def test_a_complaint_is_taken_at_till_and_handheld_and_seen_by_all(self):
        at_till = self.till.must("complain", what="包装破损", item=NOODLES, channel="phone",
                                 customer="张女士", contact="19900001112", severity="high")
        at_handheld = self.handheld.must("complain", what="有异味", code=MILK)
        self.assertNotEqual(at_till["complaint"], at_handheld["complaint"])
        for terminal in (*self.tills, self.handheld):
            for made in (at_till, at_handheld):
                rows = wait_until(lambda: terminal.must("list", what="complaints",
                                                        filter=made["complaint"])["rows"])
                self.assertEqual(rows[0]["state"], "received")
                self.assertFalse(rows[0]["overdue"])
        row = self.till.must("list", what="complaints", filter=at_till["complaint"])["rows"][0]
        self.assertEqual((row["item"], row["channel"], row["severity"], row["taken_by"]),
                         ("170101", "phone", "high", CASHIER[0]))
        self.assertEqual(row["answer_due_ms"] - row["taken_at_ms"], 24 * 3600 * 1000)

    # COMP-1
    def test_contact_data_is_masked_for_those_who_do_not_work_on_it(self):
        made = self.till.must("complain", what="找零有误", contact="19900001224")["complaint"]
        row = self.till.must("list", what="complaints", filter=made)["rows"][0]
        self.assertNotIn("19900001224", str(row))
        self.refused(self.till.ask("show_contact", complaint=made), "not_allowed")
        rows = wait_until(lambda: self.handheld.must("list", what="complaints",
                                                     filter=made)["rows"])
        self.assertEqual(rows[0]["contact"], "199****1224")
        # An inspector works on complaints.
        self.assertEqual(self.handheld.must("show_contact", complaint=made)["contact"],
                         "19900001224")

    # COMP-1
    def test_a_complaint_about_nothing_is_refused(self):
        self.refused(self.till.ask("complain", what=""), "bad_value")
        self.refused(self.till.ask("complain", what="x", item="nothing"), "no_such_item")
        self.refused(self.till.ask("complain"), "bad_argument")


class Rights(ShopCase):
    HANDHELDS = 1

    def tries(self, terminal, table, attempt):
        """What each role is told: `table` gives the error expected, None for leave."""
        for role, person in ROLES.items():
            with self.subTest(role=role):
                terminal.login(*person)
                answer = attempt(role)
                wanted = table.get(role, "not_allowed")
                self.assertEqual(answer.get("error"), wanted, answer)

    # ACCT-2
    def test_who_may_sell(self):
        allowed = {"cashier": None, "shift_lead": None, "manager": None}
        self.tries(self.till, allowed, lambda role: self.till.ask("scan", code=NOODLES))
        self.till.login(*CASHIER)
        self.till.must("void_sale")
        for do in ({"do": "hold"}, {"do": "void_sale"}, {"do": "pay_cash", "tendered_fen": 1}):
            self.till.login(*RECEIVER)
            self.refused(self.till.ask(**do), "not_allowed")
        self.till.login(*CASHIER)

    # ACCT-2
    def test_who_may_receive(self):
        allowed = {"receiver": None, "inspector": None, "manager": None}
        self.tries(self.handheld, allowed, lambda role: self.handheld.ask(
            "receive", item="170101", lot=f"BY{role}", production=day(-1).isoformat(), quantity=1))

    # ACCT-2
    def test_who_may_quarantine_and_release(self):
        batch = self.receive("170101", "RIGHTS", production=day(-1))
        may = {role: None for role in ("cashier", "shift_lead", "receiver", "inspector",
                                       "after_sales", "manager")}
        self.tries(self.handheld, may, lambda role: self.handheld.ask(
            "quarantine", batch=batch, reason="可疑"))
        decisions = {}

        def release(role):
            answer = self.handheld.ask("release", batch=batch, reason="合格")
            decisions[role] = answer.get("decision")
            return answer

        # Rules 4: each role takes back its own; only the inspector ends what the others began.
        self.tries(self.handheld, {role: None for role in may if role not in ("after_sales",
                                                                              "manager")}, release)
        self.assertEqual([decisions[role] for role in ("cashier", "shift_lead", "receiver",
                                                       "inspector")],
                         ["quarantined", "quarantined", "quarantined", "released"])
        self.tries(self.handheld, {"inspector": None}, lambda role: self.handheld.ask(
            "test_result", batch=batch, result="passed"))
        self.handheld.login(*INSPECTOR)

    # SAFE-3
    def test_a_quarantine_taken_back_makes_nothing_sellable_that_was_not(self):
        batch = next(row["batch"] for row in self.handheld.must("list", what="batches")["rows"]
                     if row["lot"] == "ZZ257G")  # infant formula, inspecting
        self.handheld.login(*RECEIVER)
        self.addCleanup(self.handheld.login, *INSPECTOR)
        self.refused(self.handheld.ask("release", batch=batch, reason="?"), "not_allowed")
        self.assertEqual(self.handheld.must("quarantine", batch=batch, reason="?")["decision"],
                         "quarantined")
        self.assertEqual(self.handheld.must("release", batch=batch, reason="?")["decision"],
                         "inspecting")
        self.share(self.handheld)
        self.expect(self.judge(gs1(barcode("260102"), lot="ZZ257G")), "block", "not_released")

    # SAFE-3
    def test_what_came_in_as_recalled_is_lifted_on_the_server_and_then_inspected(self):
        code = gs1(barcode("150101"), lot="my61r")  # however it is keyed (SAFE-2)
        self.expect(self.judge(code), "block", "recalled")
        block = next(row for row in self.handheld.must("list", what="blocks")["rows"]
                     if row["lot"] == "MY61R")
        batch = block["block"][2:]
        self.refused(self.handheld.ask("release", batch=batch, reason="?"), "batch_recalled")
        self.shop.server.command("lift", "--recall", block["block"], "--reason", "误报")
        wait_until(lambda: self.judge(code)["reasons"] == ["not_released"])
        self.handheld.must("sync")
        self.handheld.must("release", batch=batch, reason="复检合格")
        wait_until(lambda: self.judge(code)["verdict"] == "allow")

    # ACCT-2
    def test_who_may_recall(self):
        may = {"inspector": None, "manager": None}
        for terminal in (self.till, self.handheld):
            self.tries(terminal, may, lambda role: terminal.ask(
                "recall", code=barcode("450102"), lot=f"NOLOT{role}", level="III", reason="标签"))
        self.till.login(*CASHIER)
        self.handheld.login(*INSPECTOR)

    def test_a_recall_of_what_can_be_no_lot_is_refused(self):
        self.refused(self.handheld.ask("recall", code=barcode("450102"), lot="  ", level="III",
                                       reason="标签"), "bad_lot")

    # ACCT-2
    def test_a_shift_lead_withdraws_with_a_second_person_who_may(self):
        batch = self.receive("170101", "SECOND", production=day(-1))
        self.handheld.login(*LEAD)
        self.addCleanup(self.handheld.login, *INSPECTOR)

        def withdraw(second=None):
            more = {"approver": second[0], "approver_pin": second[1]} if second else {}
            return self.handheld.ask("withdraw", batch=batch, quantity=1, **more)

        self.refused(withdraw(), "needs_second_person")
        self.refused(withdraw((MANAGER[0], "000000")), "wrong_pin")
        self.refused(withdraw(("9999", "000000")), "no_such_person")
        self.refused(withdraw(LEAD), "not_allowed")  # nobody approves himself
        self.refused(withdraw(CASHIER), "not_allowed")
        self.assertTrue(withdraw(RECEIVER)["ok"])
        self.handheld.must("sync")
        op = next(op for op in self.exported("ops") if op["kind"] == "batch_withdrawn"
                  and op["terminal"] == "handheld-1")
        self.assertEqual(op["person"], LEAD[0])
        self.assertIn(RECEIVER[0], op["body"], "both are recorded")

    # ACCT-2
    def test_nobody_works_without_a_login(self):
        self.till.must("logout")
        for do in ({"do": "scan", "code": NOODLES}, {"do": "plu", "plu": "01011"},
                   {"do": "pay_cash", "tendered_fen": 1}, {"do": "list", "what": "batches"},
                   {"do": "complain", "what": "x"}, {"do": "reprint", "receipt": "x"},
                   {"do": "quantity", "quantity": 2}):
            answer = self.refused(self.till.ask(**do), "not_logged_in")
            self.assertEqual(answer["screen"], "login")
        self.till.login(*CASHIER)

    # ACCT-2
    def test_another_person_who_logs_in_finds_the_basket_and_is_named_on_the_sale(self):
        self.till.must("scan", code=NOODLES)
        self.till.login(*CASHIER_2)
        self.addCleanup(self.till.login, *CASHIER)
        receipt = self.pay(1490)
        self.till.must("sync")
        sale = next(s for s in self.exported("sales") if s["receipt"] == receipt["number"])
        self.assertEqual(sale["person"], CASHIER_2[0])

    # ACCT-2
    def test_five_wrong_pins_wait_half_a_minute_for_that_person_only(self):
        self.addCleanup(self.till.login, *CASHIER)
        for _ in range(5):
            self.refused(self.till.ask("login", person=MANAGER_2[0], pin="111111"), "wrong_pin")
        answer = self.refused(self.till.ask("login", person=MANAGER_2[0], pin=MANAGER_2[1]), "wait")
        self.assertRegex(answer["message"], r"(2\d|30|31)秒")
        self.assertTrue(self.till.ask("login", person=LEAD[0], pin=LEAD[1])["ok"])
        self.till.kill()  # a restart is no way around it
        self.till.start()
        self.refused(self.till.ask("login", person=MANAGER_2[0], pin=MANAGER_2[1]), "wait")
        self.refused(self.till.ask("login", person="9999", pin="111111"), "no_such_person")

    # ACCT-4
    def test_people_log_in_without_a_server_by_what_the_till_last_knew(self):
        self.till.must("sync")
        self.till.kill()
        server, self.till.server = self.till.server, None
        self.till.start()
        self.refused(self.till.ask("login", person=CASHIER[0], pin="000000"), "wrong_pin")
        self.assertEqual(self.till.login(*CASHIER)["role"], "cashier")
        self.till.must("scan", code=NOODLES)
        self.pay(1490)
        self.till.kill()
        self.till.server = server
        self.till.start()
        self.till.login(*CASHIER)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
