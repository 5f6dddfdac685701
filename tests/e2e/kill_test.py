#!/usr/bin/python3
"""Programs are killed again and again behind bad cables; afterwards both sides hold the same
(SYNC-1, SYNC-2).

A history has a seed, which says what is done, what the cables do and who is killed when. When it
has healed, the databases are compared by SQL. `kill_test.py long` plays as many histories as
FANGXIN_LONG_MINUTES allow, from FANGXIN_KILL_FIRST on; FANGXIN_KILL_SEED=n plays that one again,
and FANGXIN_KILL_KEEP=FOLDER keeps the databases of one that failed.
"""
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

from books import Book, compare
from postgres import Postgres
from processes import spawn
from proxy import Proxy
from shop_case import (BIN, CASHIER, CASHIER_2, INSPECTOR, MANAGER, MILK, NOODLES, Failed, Server,
                       Shop, asked_of, barcode, clear, day, gs1, run, wait_until)

ROUNDS = 6
# What a person may be told while others work, servers are away and goods are recalled.
EXPECTED = {"basket_empty", "hold_offline", "hold_taken", "line_blocked", "needs_server",
            "no_such_hold"}


# By a till that had the block in force, and goods that are blocked to this day.
SOLD_WHILE_BLOCKED = """
    SELECT s.receipt, s.block_cursor, b.id, v.ver FROM sales s
    JOIN sale_lines l ON l.terminal = s.terminal AND l.epoch = s.epoch AND l.seq = s.seq
    JOIN blocks b ON b.item = l.item AND b.lifted = 0
        AND (b.batch = l.batch AND l.batch <> '' OR b.lot = l.lot AND l.lot <> '')
    JOIN block_versions v ON v.block = b.id WHERE v.ver <= s.block_cursor"""


class Worker(threading.Thread):
    """Somebody at a terminal, until the round ends or the terminal is killed."""

    def __init__(self, history, terminal, chance):
        super().__init__(daemon=True)
        self.history, self.terminal, self.chance = history, terminal, chance
        self.stop, self.killed, self.wrong = threading.Event(), False, None

    def run(self):
        try:
            while not self.stop.is_set():
                self.work()
        except Exception as wrong:  # told by whoever began it
            if not self.killed:
                self.wrong = wrong

    def ask(self, do, **arguments):
        answer = self.terminal.ask(do, timeout=30, **arguments)
        if not answer["ok"] and answer["error"] not in EXPECTED:
            raise Failed(f"{do} {arguments}: {answer}")
        self.history.answers += 1
        return answer


class AtTill(Worker):
    def work(self):
        what = self.chance.choices(("sell", "hold", "resume", "complain", "give_up", "tempt"),
                                   (12, 1, 1, 1, 1, 3))[0]
        getattr(self, what)()

    def scan(self):
        for _ in range(self.chance.randrange(1, 4)):
            lines = self.ask("scan", code=self.chance.choice((NOODLES, MILK)))["basket"]["lines"]
        if self.chance.random() < 0.2:
            self.ask("quantity", line=lines[0]["line"], quantity=self.chance.randrange(2, 9))
        return lines[0]["line"]

    def sell(self):
        self.scan()
        self.pay()

    def pay(self):
        answer = self.ask("pay_cash", tendered_fen=100_000)
        if answer["ok"]:
            self.history.receipts[answer["receipt"]["number"]] = answer["receipt"]

    def hold(self):
        first = self.scan()
        if self.chance.random() < 0.3:
            self.ask("void", line=first)
        answer = self.ask("hold")
        if answer["ok"]:
            self.history.holds.append(answer["hold"])

    def resume(self):
        if not self.history.holds:
            return
        if self.ask("resume", hold=self.chance.choice(self.history.holds))["ok"]:
            self.pay()

    def complain(self):
        self.history.complaints.append(
            self.ask("complain", what="包装破损", item=NOODLES)["complaint"])

    def give_up(self):
        self.scan()
        self.ask("void_sale")

    def tempt(self):
        """A pack of a lot that somebody else may just be putting aside."""
        if not self.history.lots:
            return
        code = gs1(barcode("170102"), lot=self.chance.choice(self.history.lots))
        if self.ask("scan", code=code)["screen"] == "checkout":
            self.pay()
        clear(self.terminal)


class AtHandheld(Worker):
    """Goods come in, are put aside, are freed, and leave the shelf."""

    def work(self):
        self.history.count += 1
        lot = f"K{self.history.seed}-{self.history.count}"
        batch = self.ask("receive", item="170102", lot=lot, quantity=self.chance.randrange(1, 50),
                         production=day(-1).isoformat(), approver=MANAGER[0],
                         approver_pin=MANAGER[1])["batch"]
        self.history.lots.append(lot)
        self.history.batches[batch] = "released"
        if self.chance.random() < 0.6:
            self.decide("quarantine", batch, "quarantined", reason="气味不对")
            if self.chance.random() < 0.4:
                self.decide("release", batch, "released", reason="复检合格")
        if self.chance.random() < 0.3:
            self.decide("withdraw", batch, "", quantity=1)

    def decide(self, what, batch, state, **arguments):
        """Between question and answer nobody knows which state it is in."""
        self.history.batches[batch] = ""
        self.ask(what, batch=batch, **arguments)
        self.history.batches[batch] = state


class History:
    """A shop, bad cables, and a hand that kills; `postgres` gives it two servers on one book."""

    def __init__(self, seed, postgres=None):
        self.seed, self.postgres = seed, postgres
        self.chance = random.Random(seed)
        self.receipts, self.holds, self.complaints = {}, [], []
        self.batches, self.lots, self.recalls = {}, [], []
        self.count = self.answers = 0
        self.kills = collections.Counter()

    # --- the shop ----------------------------------------------------------------------------

    def open(self):
        book = self.postgres.new_database() if self.postgres else None
        self.shop = Shop(database=book)
        self.servers = [self.shop.server]
        if book:
            second = Server(self.shop.folder / "server-2", database=book)
            second.data.mkdir()
            self.servers.append(second)
        self.shop.start_server()
        for second in self.servers[1:]:
            shutil.copy2(self.shop.server.data / "ca.key", second.data)
            second.start()
        self.people = {}
        self.terminals = [self.shop.till(1), self.shop.till(2), self.shop.handheld(1)]
        self.proxies = []
        for number, (terminal, person) in enumerate(zip(self.terminals,
                                                        (CASHIER, CASHIER_2, INSPECTOR))):
            terminal.stop()
            server = self.servers[number % len(self.servers)]
            self.proxies.append(Proxy(server.port, f"{self.seed}/{number}"))
            terminal.server = self.proxies[-1]
            self.people[terminal] = person
            self.begin(terminal)

    def begin(self, terminal):
        terminal.start()
        terminal.login(*self.people[terminal])
        self.rest(terminal)

    @staticmethod
    def rest(terminal):
        """Whoever was in the middle of a basket has none in hand."""
        if terminal.program == "fangxin-terminal":
            clear(terminal)

    def close(self):
        for terminal in self.terminals:
            terminal.stop()
        for each in (*self.proxies, *(server for server in self.servers[1:])):
            each.close() if isinstance(each, Proxy) else each.stop()
        self.shop.close()

    # --- a round -----------------------------------------------------------------------------

    def kill_terminal(self, terminal):
        """What it had answered by then is still read."""
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
        terminal.lines.wait_event("ended", timeout=10)
        terminal._close()

    def recall(self, server, lot):
        """True: it was answered, so it has to be in force; whatever becomes of the server."""
        done = run("fangxin-server", "--data", server.data, *server.options, "--json", "recall",
                   "--item", "170102", "--lot", lot, "--level", "II", "--reason", "抽检", check=False)
        if done.returncode == 0:
            self.recalls.append(json.loads(done.stdout)["recall"])

    def round(self, number):
        workers = {}
        for terminal in self.terminals:
            kind = AtHandheld if terminal.program == "fangxin-handheld" else AtTill
            seed = f"{self.seed}/{number}/{terminal.program}-{terminal.number}"
            workers[terminal] = kind(self, terminal, random.Random(seed))
            workers[terminal].start()
        time.sleep(self.chance.uniform(0.2, 1.2))
        server = self.chance.choice(self.servers)
        recall = threading.Thread(target=self.recall, args=(
            server, self.chance.choice(self.lots or [f"L{self.seed}"])))
        recall.start()
        time.sleep(self.chance.choice((0, 0.005, 0.02, 0.2, 0.6)))
        for _ in range(self.chance.choice((1, 1, 2))):
            self.kill_one(workers, recall)
            time.sleep(self.chance.uniform(0, 0.6))
        recall.join()
        for worker in workers.values():
            worker.stop.set()
        for terminal, worker in workers.items():
            worker.join()
            if worker.wrong:
                raise worker.wrong
        for terminal in workers:
            self.rest(terminal)

    def kill_one(self, workers, recall):
        victim = self.chance.choice([*self.servers, *self.terminals])
        away_s, hard = self.chance.uniform(0, 0.8), self.chance.random() < 0.25
        if victim in self.servers:
            self.kills["server"] += 1
            victim.kill()
            recall.join()  # it may have the book's lock by now
            if len(self.servers) > 1 and self.chance.random() < 0.5:
                others = [server for server in self.servers if server is not victim]
                for proxy in self.proxies:  # as a technician points terminals at another
                    if proxy.to == victim.port:
                        proxy.to = others[0].port
            time.sleep(away_s)
            if hard:
                self.kill_starting(victim, "fangxin-server", *victim.options, "serve", "--listen",
                                   f"127.0.0.1:{victim.port}")
            victim.start()
            return
        self.kills["handheld" if victim.program == "fangxin-handheld" else "till"] += 1
        workers[victim].killed = True
        self.kill_terminal(victim)
        workers[victim].join()
        time.sleep(away_s)
        if hard:
            option = "--till" if victim.program == "fangxin-terminal" else "--number"
            self.kill_starting(victim, victim.program, "--headless", option, victim.number,
                               "--server", victim.server.url)
        self.begin(victim)

    def kill_starting(self, victim, program, *options):
        """Once more, before it is ready: while it looks its database over, or just after."""
        self.kills["starting"] += 1
        process = spawn([BIN / program, "--data", victim.data, *options],
                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL)
        time.sleep(self.chance.uniform(0, 0.4))
        if process.poll() is not None:
            raise Failed(f"{program} ended by itself: {process.returncode}")
        process.kill()
        process.wait()
        process.stdin.close()

    # --- what is left ------------------------------------------------------------------------

    def quiet(self):
        """All cables whole, everything sent, everything received."""
        for proxy in self.proxies:
            proxy.heal()
        for terminal in self.terminals:
            terminal.must("logout")  # its last op
            wait_until(lambda: terminal.ask("sync")["ok"], 30, f"{terminal.data.name} in sync")

        wait_until(self.is_quiet, 60, "a quiet shop")

    def is_quiet(self):
        """Nothing unsent, and no row that a terminal follows above its cursor."""
        if any(terminal.ask("sync").get("unsent") != 0 for terminal in self.terminals):
            return False
        newest = self.book().newest_versions()
        for terminal in self.terminals:
            follows = [ver for table, ver in newest.items()
                       if table != "stock" or terminal.program == "fangxin-handheld"]
            if self.meta(terminal, "rows") < max(follows):
                return False
        return True

    @staticmethod
    def meta(terminal, key):
        (value,), = asked_of(terminal.data / "terminal.db",
                             f"SELECT value FROM meta WHERE key = '{key}'")
        return int(value)

    def book(self):
        if self.postgres:
            return Book(postgres=self.postgres, url=self.shop.server.options[1])
        return Book(file=self.shop.server.data / "store.db")

    def check(self):
        status, = self.servers[0].command("status")
        wrong = [f"{each['terminal']}: {each['conflict']}, {each['repairs']} repairs"
                 for each in status["terminals"] if each["conflict"] or each["repairs"]]
        if status["rejected"] or status["pending"]:
            wrong.append(f"{status['rejected']} rejected, {status['pending']} pending")
        verified = self.servers[0].command("verify")
        wrong += [f"verify: {line}" for line in verified if line["event"] != "verified"]
        rebuilt = self.servers[0].command("rebuild", "--check")
        wrong += [f"rebuild: {line}" for line in rebuilt[:-1]]
        for each in (*self.terminals, *self.servers):
            each.stop()
        book = self.book()
        for terminal in self.terminals:
            name = f"{terminal.program.removeprefix('fangxin-').replace('terminal', 'till')}"
            wrong += compare(Book(file=terminal.data / "terminal.db"), book,
                             f"{name}-{terminal.number}")
        wrong += self.broken_promises(book)
        wrong += [f"sold though it was blocked: {row}" for row in book.rows(SOLD_WHILE_BLOCKED)]
        self.tempted = book.one("SELECT count(*) AS n FROM sale_lines WHERE item = '170102'")["n"]
        self.ops = book.one("SELECT count(*) AS n FROM ops WHERE terminal <> 'server'")["n"]
        return wrong

    def broken_promises(self, book):
        """What a terminal or the server answered "ok" to, and the book does not have so."""
        sold = collections.defaultdict(list)
        for row in book.rows("SELECT receipt, total_fen, rounding_fen, paid_fen, change_fen "
                             "FROM sales"):
            sold[row["receipt"]].append(row)
        for number, told in self.receipts.items():
            rows = sold[number]
            if len(rows) != 1:
                yield f"receipt {number} is in the book {len(rows)} times"
            elif any(rows[0][name] != told[name] for name in ("total_fen", "rounding_fen",
                                                              "paid_fen", "change_fen")):
                yield f"receipt {number}: {rows[0]} in the book, {told} on paper"
        for table, ids in (("holds", self.holds), ("complaints", self.complaints),
                           ("blocks", self.recalls), ("batches", list(self.batches))):
            there = {row["id"] for row in book.rows(f"SELECT id FROM {table}")}
            yield from (f"{each} is not among the {table}" for each in ids if each not in there)
        aside = {row["batch"] for row in book.rows(
            "SELECT batch FROM blocks WHERE kind = 'quarantine' AND lifted = 0")}
        yield from (f"{batch} was {state} and is not so" for batch, state in self.batches.items()
                    if state and (batch in aside) != (state == "quarantined"))

    def play(self, rounds=ROUNDS):
        """Gives what it was; raises what did not hold."""
        where = "two servers on PostgreSQL" if self.postgres else "one server on a file"
        print(f"history {self.seed}: {where}, {rounds} rounds", flush=True)
        self.open()
        try:
            for number in range(rounds):
                self.round(number)
            self.quiet()
            wrong = self.check()
            if wrong:
                raise AssertionError("\n".join([f"history {self.seed}:", *map(str, wrong[:40])]))
        except BaseException:
            self.keep()
            raise
        finally:
            self.close()
        faults = sum((proxy.told for proxy in self.proxies), collections.Counter())
        return {"rounds": rounds, "ops": self.ops, "receipts": len(self.receipts),
                "lots sold": self.tempted,
                "recalls": len(self.recalls), "batches": len(self.batches),
                **{f"{who} kills": count for who, count in self.kills.items()},
                **{f"{fault} lines": count for fault, count in faults.items()}}

    def keep(self):
        into = os.environ.get("FANGXIN_KILL_KEEP")
        if into:
            shutil.copytree(self.shop.folder, pathlib.Path(into) / f"history-{self.seed}",
                            ignore=shutil.ignore_patterns("*.sock"), dirs_exist_ok=True)
        print(f"history {self.seed} failed; FANGXIN_KILL_SEED={self.seed} plays it again",
              flush=True)


def seed_of(number):
    return int(os.environ.get("FANGXIN_KILL_SEED", number))


class KillLoop(unittest.TestCase):
    # SYNC-1, SYNC-2
    def test_one_server_on_a_file_and_its_terminals_hold_the_same(self):
        figures = History(seed_of(1)).play()
        self.assertGreater(figures["receipts"], 30, figures)
        print(figures)

    # SYNC-1, SYNC-2, SYNC-4
    def test_two_servers_on_one_database_and_their_terminals_hold_the_same(self):
        postgres = Postgres()
        self.addCleanup(postgres.stop)
        figures = History(seed_of(2), postgres).play(ROUNDS - 2)
        self.assertGreater(figures["receipts"], 20, figures)
        print(figures)


def play_long():
    """Every third history has two servers. What fails is told, and the next one played."""
    ends = time.monotonic() + 60 * int(os.environ.get("FANGXIN_LONG_MINUTES", "1"))
    first = seed = int(os.environ.get("FANGXIN_KILL_FIRST", "100"))
    total, failed, postgres = collections.Counter(), [], Postgres()
    while time.monotonic() < ends:
        try:
            total.update(History(seed, postgres if seed % 3 == 0 else None).play())
        except (AssertionError, Failed) as wrong:
            failed.append(seed)
            print(wrong, flush=True)
        seed += 1
    postgres.stop()
    report = (f"kill loop: histories {first} to {seed - 1}, {failed or 'none'} failed; "
              + ", ".join(f"{count:,} {what}" for what, count in sorted(total.items())))
    print(report)
    if "FANGXIN_BIN" in os.environ:
        with (pathlib.Path(os.environ["FANGXIN_BIN"]).parent / "long-report.txt").open("a") as out:
            out.write(report + "\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if sys.argv[1:] == ["long"]:
        play_long()
    else:
        unittest.main(verbosity=2, warnings="ignore")
