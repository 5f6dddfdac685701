"""A till in another language: written from sync/README.md and sync/RECORDS.md alone.

It knows of the product what those two pages say, and shares no line with wire.py. What it needs of
tables (keys, members, since which schema) it reads from RECORDS.md itself.
"""
import base64
import ctypes
import datetime
import hashlib
import json
import os
import re
import socket
import ssl
import struct
import subprocess
import time
from pathlib import Path

from processes import temporary_folder

PAGES = Path(__file__).resolve().parents[2] / "sync"
NOTHING = bytes(32)
SCHEMA = 4
MEMBER = re.compile(r"(\*\*)?`([a-z_]+)(?:=([a-z_0\[\]{}]+))?(\??)(?:@(\d))?`(?:\*\*)?")


class Broken(Exception):
    """The server broke a rule of the page."""


class Closed(Exception):
    """The line has ended."""


# --- the pages ------------------------------------------------------------------------------------

def declared(heading, text=None):
    """Of each table below this heading of RECORDS.md: {name: [(member, kind, optional, since)]}"""
    text = text or (PAGES / "RECORDS.md").read_text(encoding="utf-8")
    part = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    tables = {}
    for line in part.splitlines():
        name, _, members = line.removeprefix("| `").partition("` | ")
        if line.startswith("| `"):
            tables[name] = [(each[2], each[3] or "", bool(each[4]), int(each[5] or 1))
                            for each in MEMBER.finditer(members)]
    return tables


def keys_of_tables():
    text = (PAGES / "RECORDS.md").read_text(encoding="utf-8")
    keys = {}
    for line in text.split("\n## Tables\n")[1].split("\n## ")[0].splitlines():
        if line.startswith("| `"):
            keys[line.split("`")[1]] = [each[2] for each in MEMBER.finditer(line) if each[1]]
    return keys


KEYS, TABLES = keys_of_tables(), declared("Tables")


def key_of(table, row):
    return "\x1f".join(row[name] for name in KEYS[table])


def sum_of(table, rows, schema):
    """README, "What a table adds up to": {key: (ver, row)} → (count, 16 hex digits)."""
    known = sorted(name for name, _, _, since in TABLES[table] if since <= schema)
    total = 0
    for ver, row in rows.values():
        text = f"{table}\x1f{0 if table == 'blocks' else ver}\x1e"
        for name in known:
            value = row.get(name)
            if value is not None:
                text += f"{name}\x1f{int(value) if isinstance(value, bool) else value}\x1e"
        digest = hashlib.sha256(NOTHING + text.encode()).digest()
        total += int.from_bytes(digest[:8], "big")
    return len(rows), f"{total % 2 ** 64:016x}"


# --- frames ---------------------------------------------------------------------------------------

class Zstd:
    def __init__(self):
        self.library = ctypes.CDLL("libzstd.so.1")
        for name in ("ZSTD_getFrameContentSize", "ZSTD_decompress", "ZSTD_compress",
                     "ZSTD_compressBound"):
            getattr(self.library, name).restype = ctypes.c_size_t

    def pack(self, text):
        room = self.library.ZSTD_compressBound(ctypes.c_size_t(len(text)))
        into = ctypes.create_string_buffer(room)
        size = self.library.ZSTD_compress(into, ctypes.c_size_t(room), text,
                                          ctypes.c_size_t(len(text)), 1)
        return into.raw[:size]

    def unpack(self, packed, limit=4 << 20):
        size = self.library.ZSTD_getFrameContentSize(packed, ctypes.c_size_t(len(packed)))
        if size > limit:
            raise Broken("a frame that unpacks to more than 4 MiB, or does not say")
        into = ctypes.create_string_buffer(size)
        if size != self.library.ZSTD_decompress(into, ctypes.c_size_t(size), packed,
                                                ctypes.c_size_t(len(packed))):
            raise Broken("a frame that is no zstd")
        return into.raw


def in_frame(message, zstd=Zstd()):
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return b"\1" + zstd.pack(text) if len(text) > 1024 else b"\0" + text


def out_of_frame(frame, zstd=Zstd()):
    if frame[0] > 1:
        raise Broken("a codec that the page does not name")
    text = zstd.unpack(frame[1:]) if frame[0] else frame[1:]

    def once(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise Broken(f"a key twice among {names}")
        return dict(pairs)

    def no_float(text):
        raise Broken(f"{text} is no integer")

    return json.loads(text, object_pairs_hook=once, parse_float=no_float)


# --- identity -------------------------------------------------------------------------------------

def openssl(*words, given=None):
    return subprocess.run(["openssl", *map(str, words)], input=given, check=True,
                          capture_output=True).stdout


def spki(certificate):
    """SHA-256 of a certificate's SubjectPublicKeyInfo, hex."""
    key = openssl("x509", "-pubkey", "-noout", given=certificate.encode())
    return hashlib.sha256(openssl("pkey", "-pubin", "-outform", "DER", given=key)).hexdigest()


class Code:
    """`FXE1:HOST:PORT/PIN/TOKEN`"""

    def __init__(self, text):
        text = "".join(text.split()).upper()
        address, self.pin, self.token = text.removeprefix("FXE1:").lower().split("/")
        host, _, port = address.rpartition(":")
        self.address = host, int(port)
        if not text.startswith("FXE1:") or len(self.pin) != 64 or len(self.token) != 32:
            raise ValueError(text)


class Identity:
    """A key in a file, later a certificate; and the authority, once its pin was seen."""

    def __init__(self, terminal, role="till"):
        self.terminal, self.role = terminal, role
        self.folder = temporary_folder("stranger")
        self.key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        self.request = openssl("req", "-new", "-newkey", "ec", "-pkeyopt",
                               "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.key, "-subj",
                               f"/CN={terminal}", "-sha256").decode()
        public = openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER")
        self.fingerprint = hashlib.sha256(public).hexdigest()[:16]
        self.authority = ""

    def know_authority(self, code):
        """Goes on only if a certificate that the server shows has the pin; that it issued the
        server's, TLS checks on every line from then on."""
        host, port = code.address
        shown = openssl("s_client", "-connect", f"{host}:{port}", "-tls1_3", "-showcerts",
                        given=b"").decode()
        chain = re.findall(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n", shown,
                           re.S)
        pinned = [each for each in chain if spki(each) == code.pin]
        if not pinned:
            raise Broken("this is not the store of the code")
        self.authority = pinned[0]

    def tls(self):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname = False  # "Host names are not compared"
        made.minimum_version = ssl.TLSVersion.TLSv1_3
        made.load_verify_locations(cadata=self.authority)
        if self.certificate.exists():
            made.load_cert_chain(self.certificate, self.key)
        return made

    def ask_to_be_enrolled(self, code):
        """The line on which the answer will come, when a manager has compared the fingerprint."""
        self.know_authority(code)
        line = Line(code.address, self.tls(), "/enrol")
        line.say("enrol", token=code.token, terminal=self.terminal, role=self.role,
                 app="stranger 1", request=self.request)
        said = line.hear()
        if said["m"] == "refused":
            raise Broken(said["code"])
        if said["fingerprint"].replace("-", "").lower() != self.fingerprint:
            raise Broken("somebody else's fingerprint")
        return line

    def take_certificate(self, line):
        while (said := line.hear())["m"] == "ping":
            line.say("pong", now_ms=0)
        if said["m"] != "certificate":
            raise Broken(said["code"])
        self.certificate.write_text(said["certificate"])


# --- the line -------------------------------------------------------------------------------------

class Line:
    """A WebSocket (RFC 6455) in TLS; whole messages."""

    def __init__(self, address, tls, path="/terminal"):
        raw = socket.create_connection(address, timeout=5)
        try:
            self.socket = tls.wrap_socket(raw)
        except OSError:
            raw.close()
            raise
        self.taken = b""
        nonce = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
                             "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .encode())
        while b"\r\n\r\n" not in self.taken:
            self.take_more()
        head, _, self.taken = self.taken.partition(b"\r\n\r\n")
        proof = hashlib.sha1((nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        if b" 101 " not in head.splitlines()[0] or base64.b64encode(proof) not in head:
            raise Broken(head.decode())

    def bytes_of(self, message):
        """The masked binary WebSocket frame of a message."""
        payload, mask = in_frame(message), os.urandom(4)
        size = len(payload)
        length = (bytes([0x80 | size]) if size < 126 else
                  struct.pack(">BH", 0x80 | 126, size) if size < 65536 else
                  struct.pack(">BQ", 0x80 | 127, size))
        return (b"\x82" + length + mask
                + bytes(each ^ mask[i % 4] for i, each in enumerate(payload)))

    def say(self, m, **members):
        self.send(self.bytes_of({"m": m, **members}))

    def send(self, some):
        try:
            self.socket.sendall(some)
        except OSError as ended:
            raise Closed(str(ended)) from ended

    def take_more(self):
        try:
            more = self.socket.recv(65536)
        except TimeoutError:
            raise
        except OSError as ended:
            raise Closed(str(ended)) from ended
        if not more:
            raise Closed("by the server")
        self.taken += more

    def take(self, count):
        while len(self.taken) < count:
            self.take_more()
        some, self.taken = self.taken[:count], self.taken[count:]
        return some

    def hear(self, timeout=5):
        """The next message; TimeoutError where none comes."""
        self.socket.settimeout(max(timeout, 0.001))
        while not self.taken:
            self.take_more()
        self.socket.settimeout(5)  # what has begun is coming
        whole = b""
        while True:
            first, size = self.take(2)
            if size & 0x7F == 126:
                size, = struct.unpack(">H", self.take(2))
            elif size & 0x7F == 127:
                size, = struct.unpack(">Q", self.take(8))
            part = self.take(size)
            if first & 15 == 8:
                raise Closed(f"goodbye {part[2:]!r}")
            whole += part
            if first & 0x80:
                break
        if len(whole) > 1 << 20:
            raise Broken("a message above 1 MiB")
        return out_of_frame(whole)

    def drop(self):
        """As if the cable were torn: no goodbye of any kind."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


# --- the terminal ---------------------------------------------------------------------------------

class Log:
    """What this terminal did, in one epoch of its log."""

    def __init__(self, terminal, epoch=1):
        self.terminal, self.epoch, self.bodies, self.heads = terminal, epoch, [], [NOTHING]

    def add(self, kind, data, person="1001"):
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
        body = json.dumps({"terminal": self.terminal, "epoch": self.epoch,
                           "seq": len(self.bodies) + 1, "kind": kind,
                           "at": now.isoformat(timespec="milliseconds"), "person": person,
                           "data": data}, ensure_ascii=False)
        self.bodies.append(body)
        self.heads.append(hashlib.sha256(self.heads[-1] + body.encode()).digest())
        return len(self.bodies)

    def frame(self, first=1, last=None):
        last = last or len(self.bodies)
        return {"epoch": self.epoch, "first": first, "bodies": self.bodies[first - 1:last],
                "head": self.heads[last].hex()}


class Stranger:
    """A till: its log, its copy of the shop, its cursors. All that a disk would keep."""

    def __init__(self, identity, address):
        self.identity, self.address = identity, address
        self.log = Log(identity.terminal)
        self.server_epoch = self.rows = self.blocks = self.snapshot = 0
        self.rows_branch = self.blocks_branch = ""
        self.tables = self.no_rows()
        self.line = self.welcome = None
        self.acked, self.sent_frames = 0, 0
        self.mark, self.sums, self.compared, self.repairing = None, {}, 0, []
        self.repaired, self.came = 0, {}

    def no_rows(self):
        return {name: {} for name in TABLES if name != "stock" or self.identity.role != "till"}

    def connect(self):
        self.line = Line(self.address, self.identity.tls())
        self.line.say("hello", protocol_min=1, protocol_max=2, schema=SCHEMA, app="stranger 1",
                      terminal=self.identity.terminal, role=self.identity.role,
                      logs=[{"epoch": self.log.epoch, "last_seq": len(self.log.bodies)}],
                      server_epoch=self.server_epoch, rows=self.rows, blocks=self.blocks,
                      snapshot=self.snapshot, rows_branch=self.rows_branch,
                      blocks_branch=self.blocks_branch)
        said = self.line.hear()
        if said["m"] != "welcome":
            raise Broken(f"{said}")
        self.welcome = said
        if said["server_epoch"] != self.server_epoch or said["snapshot"]:
            self.server_epoch, self.snapshot = said["server_epoch"], said["ver"]
            self.rows = self.blocks = 0
            self.rows_branch = self.blocks_branch = ""
            self.tables = self.no_rows()
        self.acked = sum(log["last_seq"] for log in said["logs"] if log["epoch"] == self.log.epoch)
        return self

    def send_ops(self, first=None, last=None):
        self.line.say("ops", **self.log.frame(first or self.acked + 1, last))

    def until(self, what, timeout=5):
        """Does its part until a message for which `what` is true; gives that message."""
        deadline = time.monotonic() + timeout
        while True:
            said = self.line.hear(deadline - time.monotonic())
            self.came[said["m"]] = self.came.get(said["m"], 0) + 1
            getattr(self, "on_" + said["m"], lambda _: None)(said)
            if what(said):
                return said

    def until_named(self, name, timeout=5):
        return self.until(lambda said: said["m"] == name, timeout)

    def caught_up(self, timeout=20):
        return self.until(lambda said: said["m"] == "rows" and said["complete"], timeout)

    def on_ping(self, _):
        self.line.say("pong", now_ms=0)

    def on_ack(self, said):
        if said["seq"] > len(self.log.bodies):
            raise Broken("what was never sent is acknowledged")
        if said["head"] != self.log.heads[said["seq"]].hex():
            raise Broken(f"the server's chain is another at {said['seq']}")
        self.acked = max(self.acked, said["seq"])

    def on_blocks(self, said):
        if said["from"] != self.blocks:
            raise Broken(f"blocks from {said['from']}, and we have {self.blocks}")
        for row, ver in zip(said["rows"], said["vers"], strict=True):
            self.tables["blocks"][key_of("blocks", row)] = (ver, row)
        self.blocks, self.blocks_branch = said["to"], said["branch"]
        self.line.say("have", rows=self.rows, blocks=self.blocks)
        if said["rows"]:
            self.log.add("blocks_applied", {"block_cursor": self.blocks,
                                            "server_epoch": self.server_epoch}, person="")
            self.send_ops()

    def on_rows(self, said):
        if said["from"] != self.rows or said["blocks"] > self.blocks:
            raise Broken(f"rows from {said['from']} behind blocks up to {said['blocks']}; we have "
                         f"{self.rows} and {self.blocks}")
        for each in said["rows"]:
            self.store(each)
        self.rows, self.rows_branch = said["to"], said["branch"]
        if said["to"] > self.blocks:  # where no block was made, the rows say how far that goes
            self.blocks, self.blocks_branch = said["to"], said["branch"]
        self.line.say("have", rows=self.rows, blocks=self.blocks)

    def store(self, each):
        if each["table"] not in self.tables:
            raise Broken(f"a table that the page does not name: {each['table']}")
        if "gone" in each:
            self.tables[each["table"]].pop(each["gone"], None)
            return
        self.tables[each["table"]][key_of(each["table"], each["row"])] = (each["ver"], each["row"])

    def on_mark(self, said):
        if said["at"] == self.rows and not self.repairing:
            self.mark = said["at"]
            self.sums = {name: sum_of(name, rows, said["schema"])
                         for name, rows in self.tables.items()}

    def on_checkpoint(self, said):
        """What differs is asked for, a table after the other."""
        if said["at"] != self.mark:
            return
        self.mark = None
        self.compared += 1
        theirs = {each["table"]: (each["rows"], each["sum"]) for each in said["tables"]}
        self.repairing = [name for name in self.sums if self.sums[name] != theirs[name]]
        self.repaired += len(self.repairing)
        if self.repairing:
            self.line.say("repair", table=self.repairing[0], after="")

    def on_table_rows(self, said):
        name, rows = said["table"], self.tables[said["table"]]
        there = {key_of(name, each["row"]) for each in said["rows"]} | set(said["newer"])
        parts = tuple(said["after"].split("\x1f")), tuple(said["to"].split("\x1f"))
        for key in list(rows):
            inside = parts[0] < tuple(key.split("\x1f")) and (
                said["last"] or tuple(key.split("\x1f")) <= parts[1])
            if inside and key not in there and rows[key][0] <= said["at"]:
                del rows[key]
        for each in said["rows"]:
            self.store({"table": name, **each})
        if said["last"]:
            self.repairing.pop(0)
        if self.repairing:
            self.line.say("repair", table=self.repairing[0],
                          after="" if said["last"] else said["to"])
