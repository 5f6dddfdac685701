"""A bad cable between a terminal and its server, on loopback: what it does to each connection
follows from a seed. Bytes are carried as they come, so TLS stays from end to end."""
import collections
import random
import select
import socket
import struct
import threading

FAULTS = ("none", "cut", "stall", "half_open", "slow", "refused")
WEIGHTS = (3, 3, 2, 2, 1, 1)


class Plan:
    """What becomes of one connection, and after how many bytes of which direction."""

    def __init__(self, seed, number):
        chance = random.Random(f"{seed}/{number}")
        self.fault, = chance.choices(FAULTS, WEIGHTS)
        self.down = chance.random() < 0.5
        # Inside the handshake, about the welcome, or in the middle of work.
        self.after = chance.choice((chance.randrange(1, 2_000), chance.randrange(2_000, 12_000),
                                    chance.randrange(12_000, 150_000)))
        self.stall_s = chance.uniform(0.2, 3.5)  # a terminal gives up after 2 s of silence
        self.piece, self.pause_s = chance.randrange(40, 900), chance.uniform(0.001, 0.02)


class Connection:
    def __init__(self, near, far, plan, told):
        self.near, self.far, self.plan, self.told = near, far, plan, told
        self.carried = {True: 0, False: 0}
        self.dead, self.over = threading.Event(), threading.Event()

    def begin(self):
        for one, other, down in ((self.near, self.far, False), (self.far, self.near, True)):
            threading.Thread(target=self.carry, args=(one, other, down), daemon=True).start()

    def carry(self, one, other, down):
        try:
            while not self.over.is_set():
                if not select.select([one], [], [], 0.1)[0]:
                    continue
                if self.dead.is_set():  # nobody reads on, and nobody is told
                    self.over.wait(0.1)
                    continue
                some = one.recv(65536)
                if not some:
                    break
                self.pass_on(other, some, down)
        except (OSError, ValueError):
            pass
        self.end(self.plan.fault == "cut")

    def pass_on(self, other, some, down):
        plan, before = self.plan, self.carried[down]
        self.carried[down] += len(some)
        if plan.fault == "slow":
            for at in range(0, len(some), plan.piece):
                other.sendall(some[at:at + plan.piece])
                self.over.wait(plan.pause_s)
            return
        met = down == plan.down and before < plan.after <= self.carried[down]
        if not met or plan.fault == "none":
            other.sendall(some)
            return
        self.told[plan.fault] += 1
        other.sendall(some[:plan.after - before])
        if plan.fault == "cut":
            raise OSError("cut")
        if plan.fault == "half_open":
            self.dead.set()
            return
        self.over.wait(plan.stall_s)
        other.sendall(some[plan.after - before:])

    def end(self, reset=False):
        if self.over.is_set():
            return
        self.over.set()
        for each in (self.near, self.far):
            try:
                if reset:
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                each.close()
            except OSError:
                pass


class Proxy:
    """To be given to a terminal as its server; `to` is the port behind it."""
    plain = False

    def __init__(self, to, seed):
        self.to, self.seed, self.number = to, seed, 0
        self.told = collections.Counter()
        self.faulty, self.connections = True, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def url(self):
        return f"wss://127.0.0.1:{self.port}"

    def serve(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            plan = Plan(self.seed, self.number)
            self.number += 1
            if not self.faulty:
                plan.fault = "none"
            try:
                if plan.fault == "refused":
                    self.told["refused"] += 1
                    raise OSError("refused")
                far = socket.create_connection(("127.0.0.1", self.to), timeout=5)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            connection = Connection(near, far, plan, self.told)
            self.connections = [each for each in self.connections if not each.over.is_set()]
            self.connections.append(connection)
            connection.begin()

    def cut_all(self):
        for each in self.connections:
            each.end(True)

    def heal(self):
        """No fault from here on, also not by those that are under way."""
        self.faulty = False
        self.cut_all()

    def close(self):
        self.heal()
        self.door.close()
