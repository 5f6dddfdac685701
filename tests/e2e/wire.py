"""A terminal's line by hand, so that it can say what no terminal would, and hear what only pages
are told (sync/README.md)."""
import base64
import ctypes
import hashlib
import json
import os
import socket
import ssl
import struct
import time

from identity import Identity
from shop_case import NOODLES, ShopCase


def unpacked(frame):
    """The JSON of a frame: as it is, or packed by zstd."""
    if frame[:1] == b"\0":
        return frame[1:]
    zstd = ctypes.CDLL("libzstd.so.1")
    for function in (zstd.ZSTD_getFrameContentSize, zstd.ZSTD_decompress):
        function.restype = ctypes.c_size_t
    packed = frame[1:]
    size = zstd.ZSTD_getFrameContentSize(packed, ctypes.c_size_t(len(packed)))
    message = ctypes.create_string_buffer(size)
    assert size == zstd.ZSTD_decompress(message, ctypes.c_size_t(size), packed,
                                        ctypes.c_size_t(len(packed))), "a frame that is no zstd"
    return message.raw


class Wire:
    """A WebSocket client by hand (RFC 6455), so that it can say what no terminal would."""

    def __init__(self, port, headers="", tls=None, path="/terminal"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        if tls:
            self.socket = tls.wrap_socket(self.socket)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                             f"Upgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             f"Sec-WebSocket-Version: 13\r\n{headers}\r\n").encode())
        self.rest = b""
        reply = b""
        while b"\r\n\r\n" not in reply:
            more = self.socket.recv(4096)
            if not more:
                raise ConnectionError("no upgrade")
            reply += more
        head, _, self.rest = reply.partition(b"\r\n\r\n")
        if b" 101 " not in head:
            raise ConnectionError(head.decode())

    def send(self, payload, opcode=2):
        mask, size = os.urandom(4), len(payload)
        if size < 126:
            head = bytes([0x80 | opcode, 0x80 | size])
        elif size < 65536:
            head = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, size)
        masked = (int.from_bytes(payload, "big")
                  ^ int.from_bytes((mask * (size // 4 + 1))[:size], "big")).to_bytes(size, "big")
        try:
            self.socket.sendall(head + mask + masked)
        except ssl.SSLError as ended:  # TLS has its own words for a line that was closed
            raise ConnectionError(str(ended)) from ended

    def say(self, m, **members):
        self.send(b"\0" + json.dumps({"m": m, **members}).encode())

    def _take(self, count):
        while len(self.rest) < count:
            try:
                more = self.socket.recv(65536)
            except ssl.SSLError as ended:
                raise ConnectionError(str(ended)) from ended
            if not more:
                raise ConnectionError("closed")
            self.rest += more
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def _message(self):
        """The next whole message, which may come in pieces; None is a goodbye."""
        whole = b""
        while True:
            first, size = self._take(2)
            if size == 126:
                size, = struct.unpack(">H", self._take(2))
            elif size == 127:
                size, = struct.unpack(">Q", self._take(8))
            payload, opcode = self._take(size), first & 15
            if opcode == 8:
                return None
            if opcode in (0, 2):
                whole += payload
                if first & 0x80:
                    return whole

    def hear(self, *names, timeout=5):
        """The next message of one of these names; others are passed over. None: it was closed."""
        deadline = time.monotonic() + timeout
        try:
            while True:
                self.socket.settimeout(max(0.01, deadline - time.monotonic()))
                message = self._message()
                if message is None:
                    return None
                message = json.loads(unpacked(message))
                if message["m"] in names:
                    return message
        except ConnectionError:
            return None

    def must_hear(self, *names, timeout=5):
        message = self.hear(*names, timeout=timeout)
        if message is None:
            raise ConnectionError(f"closed before {names}")
        return message

    def close(self):
        self.socket.close()


def hello(terminal="till-90", role="till", **changed):
    return {"protocol_min": 1, "protocol_max": 1, "schema": 1, "app": "test", "terminal": terminal,
            "role": role, "logs": [], "server_epoch": 0, "rows": 0, "blocks": 0, **changed}


class Log:
    """A terminal's log, made by hand: bodies and the hash of the last."""

    def __init__(self, terminal, epoch=1):
        self.terminal, self.epoch, self.bodies, self.heads = terminal, epoch, [], [bytes(32)]

    def add(self, kind, data, body=None):
        seq = len(self.bodies) + 1
        body = body or json.dumps({"terminal": self.terminal, "epoch": self.epoch, "seq": seq,
                                   "kind": kind, "at": "2026-11-23T12:00:00.000+08:00",
                                   "person": "1001", "data": data}, separators=(",", ":"))
        self.bodies.append(body)
        self.heads.append(hashlib.sha256(self.heads[-1] + body.encode()).digest())
        return self

    def sale(self, receipt, amount=1490):
        line = {"line": 1, "code": NOODLES, "item": "170101", "name": "x", "quantity": 1,
                "unit_price_fen": amount, "amount_fen": amount, "vat_permille": 130, "batch": "",
                "batch_basis": "none", "lot": "", "reasons": [], "scale": "", "scale_frame": ""}
        return self.add("sale", {"receipt": receipt, "lines": [line], "total_fen": amount,
                                 "rounding_fen": 0, "paid_fen": amount, "change_fen": 0,
                                 "tenders": [{"kind": "cash", "amount_fen": amount}],
                                 "block_cursor": 0, "online": True, "hold": ""})

    def frame(self, first=1, last=None):
        last = last or len(self.bodies)
        return {"epoch": self.epoch, "first": first, "bodies": self.bodies[first - 1:last],
                "head": self.heads[last].hex()}


class WireCase(ShopCase):
    """Tests that speak to a shop's server by such lines."""

    def identity(self, terminal="till-90", role="till"):
        """Enrolled once for all tests of the class."""
        known = self.__class__.__dict__.get("identities")
        if known is None:
            known = self.__class__.identities = {}
        if terminal not in known:
            known[terminal] = Identity(self.shop.server, terminal, role).enrol()
        return known[terminal]

    def wire(self, headers="", terminal="till-90", role="till"):
        wire = Wire(self.shop.server.port, headers, self.identity(terminal, role).tls())
        self.addCleanup(wire.close)
        return wire

    def welcomed(self, terminal="till-90", role="till"):
        wire = self.wire(terminal=terminal, role=role)
        wire.say("hello", **hello(terminal, role))
        self.assertIsNotNone(wire.hear("welcome"))
        return wire
