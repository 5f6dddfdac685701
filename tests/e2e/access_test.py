#!/usr/bin/python3
"""Who gets in, as whom, and for how long (SYNC-3)."""
import contextlib
import socket
import ssl
import time
import unittest

from identity import Identity, context, identities, issued, log_lines, openssl
from processes import temporary_folder
from proxy import Proxy
from shop_case import CASHIER, NOODLES, Shop, asked_of, wait_until
from wire import Log, Wire, WireCase, hello


class Access(WireCase):
    def refused_in_words(self, identity, **said):
        """What the server says to a hello under this identity, before it closes."""
        wire = Wire(self.shop.server.port, tls=identity.tls())
        self.addCleanup(wire.close)
        try:
            wire.say("hello", **hello(**{"terminal": identity.terminal, **said}))
        except OSError:
            pass
        answer = wire.hear("welcome", "refused")
        self.assertIsNotNone(answer, "closed without a word")
        self.assertEqual(answer["m"], "refused", answer)
        self.assertIsNone(wire.hear("welcome", timeout=2))
        return answer["code"]

    def gets_nowhere(self, tls):
        """Neither welcomed nor answered; a server may notice only after the handshake."""
        try:
            with contextlib.closing(Wire(self.shop.server.port, tls=tls)) as wire:
                wire.say("hello", **hello())
                self.assertIsNone(wire.hear("welcome", "refused"))
        except (ssl.SSLError, ConnectionError):
            pass

    def forged(self, terminal="till-90", **options):
        """A new key, and a certificate as `issued` makes them."""
        made = Identity(self.shop.server, terminal)
        issued(self.shop.server, made.request, made.certificate, name=terminal,
               **{"days_before": 1, "days_after": 30, **options})
        return made

    def judged(self, terminal):
        """What the book made of its ops."""
        return [status for status, in asked_of(
            self.shop.server.data / "store.db",
            f"SELECT status FROM ops WHERE terminal = '{terminal}' ORDER BY seq")]

    def again(self, identity, **options):
        """The same key under another certificate of the store."""
        made = Identity(self.shop.server, identity.terminal)
        made.key = identity.key
        issued(self.shop.server, identity.request, made.certificate, name=identity.terminal,
               **options)
        return made

    # SYNC-3
    def test_without_a_certificate_nobody_gets_to_the_terminals(self):
        self.gets_nowhere(context(self.shop.server))

    # SYNC-3
    def test_a_certificate_of_another_authority_or_of_nobody_is_not_taken(self):
        with Shop() as other:
            other.start_server()
            foreign = Identity(other.server, "till-90").enrol()
            self.gets_nowhere(context(self.shop.server, foreign.certificate, foreign.key))
        own = Identity(self.shop.server, "till-90")
        openssl("req", "-x509", "-key", own.key, "-out", own.certificate, "-days", "30", "-subj",
                "/CN=till-90")
        self.gets_nowhere(own.tls())

    # SYNC-3
    def test_a_certificate_of_the_store_whose_key_was_never_approved_is_not_let_in(self):
        self.assertEqual(self.refused_in_words(self.forged()), "not_enrolled")

    def test_a_servers_certificate_is_no_terminals(self):
        self.gets_nowhere(self.forged(usage="serverAuth").tls())

    # SYNC-3
    def test_older_versions_of_tls_are_not_spoken(self):
        known = self.identity()
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_1):
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            tls.check_hostname = False
            tls.verify_mode = ssl.CERT_NONE
            tls.load_cert_chain(known.certificate, known.key)
            tls.minimum_version, tls.maximum_version = ssl.TLSVersion.TLSv1, version
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                with socket.create_connection(("127.0.0.1", self.shop.server.port)) as raw:
                    tls.wrap_socket(raw)

    def test_no_session_can_be_resumed(self):
        wire = self.welcomed()
        self.assertEqual(wire.socket.version(), "TLSv1.3")
        self.assertFalse(wire.socket.session_reused)
        self.assertFalse(wire.socket.session and wire.socket.session.has_ticket)

    # SYNC-3
    def test_a_hello_of_another_terminal_is_refused(self):
        known = self.identity()
        self.assertEqual(self.refused_in_words(known, terminal="till-1"), "terminal")
        self.assertEqual(self.refused_in_words(known, role="handheld"), "role")

    # SYNC-3
    def test_ops_of_another_terminal_are_kept_as_rejected_and_change_nothing(self):
        wire = self.welcomed("till-91")
        wire.say("ops", **Log("till-1").sale("STOLEN").frame())
        self.assertEqual(wire.hear("ack")["seq"], 1)
        self.assertEqual(self.judged("till-91"), ["rejected"])
        self.assertNotIn("STOLEN", [sale["receipt"] for sale in self.exported("sales")])

    # SYNC-3
    def test_what_a_terminals_kind_forbids_is_rejected_and_acknowledged(self):
        wire = self.welcomed("handheld-92", "handheld")
        wire.say("ops", **Log("handheld-92").sale("SOLD-BY-HAND").frame())
        self.assertEqual(wire.hear("ack")["seq"], 1)
        self.assertEqual(self.judged("handheld-92"), ["rejected"])
        self.assertNotIn("SOLD-BY-HAND", [sale["receipt"] for sale in self.exported("sales")])

    # SYNC-3
    def test_a_terminal_cannot_let_others_in_or_revoke_them(self):
        self.identity("till-94")
        wire = self.welcomed("till-93")
        log = Log("till-93").add("terminal_revoked", {"terminal": "till-94", "reason": "x"})
        log.add("epoch_opened", {"terminal": "till-93", "reason": "x"})
        log.add("certificate_issued", {"terminal": "till-93", "fingerprint": "", "until_ms": 0})
        wire.say("ops", **log.frame())  # by a cashier
        self.assertEqual(wire.hear("ack")["seq"], 3)
        self.assertEqual(self.judged("till-93"), ["rejected"] * 3)
        self.assertIsNotNone(self.welcomed("till-94"))

    # SYNC-3, ACCT-4
    def test_a_revoked_terminal_is_cut_off_within_a_second_and_stays_out(self):
        known = self.identity("till-95")
        wire = self.welcomed("till-95")
        asked = time.monotonic()
        self.shop.server.command("revoke", "till-95", "--reason", "gestohlen 被盗")
        self.assertIsNone(wire.hear("welcome", timeout=5))
        self.assertLess(time.monotonic() - asked, 1)
        self.assertEqual(self.refused_in_words(known), "revoked")
        self.assertEqual(identities(self.shop.server)["till-95"], "revoked")
        self.assertIn("terminal_revoked", [op["kind"] for op in self.exported("ops")])

    # SYNC-3
    def test_a_revoked_till_says_so_and_keeps_what_it_sold(self):
        till = self.shop.till(5)
        till.login(*CASHIER)
        since = till.event_count()
        self.shop.server.command("revoke", "till-5", "--reason", "被盗")
        _, _, told = till.wait_event("not_let_in", since, timeout=10)
        self.assertEqual(told["error"], "revoked")
        self.assertIn("被盗", told["message"])
        till.must("scan", code=NOODLES)
        till.must("pay_cash", tendered_fen=1490)
        state = till.must("list", what="holds")
        self.assertIn("revoked", state["banners"])
        self.assertGreater(state["unsent"], 0)
        # Its folder, its number and its log go on, when it is enrolled anew.
        till.stop()
        till.options = ["--enrol", self.shop.server.enrolment(till.program)]
        till.start()
        till._join()
        wait_until(lambda: till.ask("sync").get("unsent") == 0, 20, "what it sold alone")
        self.assertEqual(identities(self.shop.server)["till-5"], "allowed")
        till.stop()

    # SYNC-3
    def test_a_certificate_that_ran_out_is_renewed_before_anything_else(self):
        late = self.again(self.identity("till-96"), days_before=395, days_after=-30)
        self.assertEqual(self.refused_in_words(late), "expired")
        wire = Wire(self.shop.server.port, tls=late.tls())
        self.addCleanup(wire.close)
        renewed = Identity(self.shop.server, "till-96")
        wire.say("renew", request=renewed.request.read_text())
        renewed.certificate.write_text(wire.must_hear("certificate")["certificate"])
        fresh = Wire(self.shop.server.port, tls=renewed.tls())
        self.addCleanup(fresh.close)
        fresh.say("hello", **hello("till-96"))
        self.assertIsNotNone(fresh.hear("welcome"))
        # The key of before was good until this one was used.
        wait_until(lambda: self.refused_in_words(self.identity("till-96")) == "revoked",
                   what="the end of the old key")

    # SYNC-3
    def test_sixty_days_after_its_end_it_has_to_be_enrolled_anew(self):
        late = self.again(self.identity("till-97"), days_before=430, days_after=-61)
        self.assertEqual(self.refused_in_words(late), "enrol_again")
        wire = Wire(self.shop.server.port, tls=late.tls())
        self.addCleanup(wire.close)
        request = Identity(self.shop.server, "till-97").request.read_text()
        try:
            wire.say("renew", request=request)
        except OSError:
            pass
        self.assertIsNone(wire.hear("certificate", timeout=2))

    # SYNC-3
    def test_a_till_renews_its_certificate_at_two_thirds_and_after_its_end(self):
        till = self.shop.till(6)
        till.stop()
        pem = till.data / "identity.pem"
        key, certificate, authority = (block + "-----END" + rest for block, rest in zip(
            pem.read_text().split("-----END")[:3],
            (" PRIVATE KEY-----\n", " CERTIFICATE-----\n", " CERTIFICATE-----\n")))
        authority = authority[authority.index("-----BEGIN"):]
        folder = temporary_folder("renewal")
        key = key[key.index("-----BEGIN"):]
        (folder / "key.pem").write_text(key)
        openssl("req", "-new", "-key", folder / "key.pem", "-out", folder / "request.pem", "-subj",
                "/CN=till-6")
        for before, after, told in ((300, 65, None), (390, -25, "expired")):
            issued(self.shop.server, folder / "request.pem", folder / "certificate.pem", before,
                   after, name="till-6")
            old = (folder / "certificate.pem").read_text()
            pem.write_text(key + old + authority)
            till.start()
            wait_until(lambda: old not in pem.read_text(), 15, "a new certificate")
            till.login(*CASHIER)
            self.assertTrue(till.must("sync"))
            till.stop()
            self.assertEqual(pem.stat().st_mode & 0o777, 0o600)
            if told:
                self.assertIn(told, till.log.read_text())
            # The book knows the first key no more once the new one was used: begin there again.
            key = pem.read_text()[:pem.read_text().index("-----BEGIN CERT")]
            (folder / "key.pem").write_text(key)
            openssl("req", "-new", "-key", folder / "key.pem", "-out", folder / "request.pem",
                    "-subj", "/CN=till-6")

    # SYNC-3
    def test_a_till_that_was_off_for_three_months_beyond_its_certificate_says_what_to_do(self):
        till = self.shop.till(7)
        till.login(*CASHIER)
        till.stop()
        pem = till.data / "identity.pem"
        text = pem.read_text()
        key = text[:text.index("-----BEGIN CERT")]
        authority = text[text.rindex("-----BEGIN CERT"):]
        folder = temporary_folder("late")
        (folder / "key.pem").write_text(key)
        openssl("req", "-new", "-key", folder / "key.pem", "-out", folder / "request.pem", "-subj",
                "/CN=till-7")
        issued(self.shop.server, folder / "request.pem", folder / "certificate.pem", 460, -95,
               name="till-7")
        pem.write_text(key + (folder / "certificate.pem").read_text() + authority)
        till.start()
        _, _, told = till.wait_event("not_let_in", timeout=15)
        self.assertEqual(told["error"], "enrol_again")
        till.login(*CASHIER)
        till.must("scan", code=NOODLES)
        till.must("pay_cash", tendered_fen=1490)
        self.assertGreater(till.must("list", what="holds")["unsent"], 0)
        till.must("enrol", code=self.shop.server.enrolment(till.program))
        till._join()
        wait_until(lambda: till.ask("sync").get("unsent") == 0, 20, "what it sold alone")
        till.stop()

    # SYNC-3
    def test_the_sales_of_one_store_are_told_to_no_other(self):
        till = self.shop.till(8)
        till.login(*CASHIER)
        till.stop()
        with Shop() as other:
            other.start_server()
            mine, till.server = till.server, other.server
            till.start()
            _, _, told = till.wait_event("not_let_in", timeout=15)
            self.assertEqual(told["error"], "other_server")
            since = till.event_count()
            till.must("enrol", code=other.server.enrolment(till.program))
            _, _, told = till.wait_event("enrolment", since, timeout=15,
                                         where=lambda each: each["state"] == "failed")
            self.assertEqual(told["error"], "other_store")
            till.stop()
            self.assertEqual([op for op in other.server.command("export", "ops")
                              if op["terminal"] == "till-8"], [])
            till.server = mine

    def conflicts(self):
        status, = self.shop.server.command("status")
        return {each["terminal"]: each["conflict"] for each in status["terminals"]}

    def test_two_machines_under_one_identity_are_seen(self):
        known = self.identity("till-98")
        wires = []
        for _ in range(5):
            wire = Wire(self.shop.server.port, tls=known.tls())
            self.addCleanup(wire.close)
            wire.say("hello", **hello("till-98"))
            self.assertIsNotNone(wire.hear("welcome"))
            wires.append(wire)
        for earlier in wires[:-1]:
            self.assertIsNone(earlier.hear("welcome", timeout=2))
        self.assertIn("displaced", [line["event"] for line in log_lines(self.shop.server)])
        wait_until(lambda: "two machines" in self.conflicts()["till-98"], what="the conflict")
        Identity(self.shop.server, "till-98").enrol()
        self.assertEqual(self.conflicts()["till-98"], "", "only one of them is let in now")

    # SYNC-3
    def test_a_till_whose_line_broke_unseen_again_and_again_is_one_machine(self):
        till = self.shop.till(9)
        till.stop()
        proxy = Proxy(self.shop.server.port, 0)
        proxy.faulty = False
        self.addCleanup(proxy.close)
        till.server = proxy
        till.start()
        till.wait_event("server_up", timeout=10)
        for _ in range(4):
            since = till.event_count()
            for connection in proxy.connections:
                connection.dead.set()  # neither end is told
            till.wait_event("server_down", since, timeout=5)
            till.wait_event("server_up", since, timeout=5)
        till.stop()
        self.assertEqual(self.conflicts()["till-9"], "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
