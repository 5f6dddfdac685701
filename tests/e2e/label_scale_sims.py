"""Label scales that keep what they are given, over TCP, written from what is public of them.

Dahua TM: the line of ch593030323/fastfd, electronicscale_dahua.cpp. CAS CL5000J: the frames of
lsfusion-solutions/erp, CL5000JHandler.java. None of the till's code is in here.
`mood` makes a scale torn, silent, slow, doubled, noisy, refusing; it may be switched off and on.
"""
import re
import socket
import struct
import threading
import time

LINE = re.compile(rb"!0V(\d{4})A(\d\d)(\d{5})(\d{6})([012])0{6}(\d{3})(\d\d)(\d\d)0{13}(\d{5})"
                  rb"(\d\d)0{26}B((?:\d{4})*)CDE")


class LabelScale:
    def __init__(self):
        self.plus, self.asked, self.mood, self.port = {}, 0, "", 0
        self.listening = None
        self.switch_on()

    def switch_on(self):
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, args=(self.listening,), daemon=True).start()

    def switch_off(self):
        """Its goods stay: they lie in flash."""
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def serve(self, listening):
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(line,), daemon=True).start()

    def talk(self, line):
        held = b""
        with line:
            try:
                while bytes_ := line.recv(4096):
                    held += bytes_
                    while (size := self.whole(held)) > 0:
                        order, held = held[:size], held[size:]
                        if not self.answer(line, order):
                            return
            except OSError:
                return

    def answer(self, line, order):
        self.asked += 1
        mood, _, count = self.mood.partition(" ")
        if mood == "drops" and self.asked > int(count):
            return False  # the cable is pulled, before the order was taken
        reply = self.refusal() if mood == "refuses" else self.obey(order)
        if mood == "silent":
            return True
        if mood == "hostile":
            line.sendall(b"\xff" * 20000)
            return True
        if mood == "slow":
            for byte in reply:
                line.sendall(bytes([byte]))
                time.sleep(0.01)
            return True
        line.sendall(reply[:-2] if mood == "torn" else reply * (2 if mood == "doubled" else 1))
        return True


class Dahua(LabelScale):
    @staticmethod
    def whole(held):
        return held.find(b"\r\n") + 2 if b"\r\n" in held else 0

    @staticmethod
    def refusal():
        return b"0e0000ac\r\n\x03"

    def obey(self, order):
        if order == b"!0IA\r\n":
            self.plus = {}
            return b"0iaa0\r\n\x03"
        fields = LINE.fullmatch(order[:-2])
        if not fields:
            return self.refusal()
        number, flag, code, price, mode, days, shop, group, tare, label, name = fields.groups()
        gb = bytes(0xA0 + int(name[i:i + 2]) for i in range(0, len(name), 2))
        self.plus[int(number)] = {
            "flag": flag.decode(), "code": code.decode(), "price": int(price), "mode": int(mode),
            "days": int(days), "shop": int(shop), "category": int(group), "tare": int(tare),
            "label": int(label), "name": gb.decode("gb2312")}
        return b"0v" + number + b"a\r\n\x03"

    def label(self, number, grams):
        """FFWWWWWEEEEEC, as it prints it of so many grams."""
        plu = self.plus[number]
        amount = (plu["price"] * grams + 500) // 1000
        return ean13(f"{plu['flag']}{plu['code']}{amount:05d}")


class Cas(LabelScale):
    @staticmethod
    def whole(held):
        if len(held) < 10:
            return 0
        size = 10 + struct.unpack_from("<H", held, 7)[0] + 3
        return size if len(held) >= size else 0

    @staticmethod
    def framed(body):
        head = b"WL" + struct.pack("<I", 0) + b"," + struct.pack("<H", len(body)) + b":" + body
        head += b":"
        return head + bytes([sum(head[2:]) % 256]) + b"\r"

    def refusal(self):
        return self.framed(b"\0\0\0\0Y")  # 89, memory full

    def obey(self, order):
        body = order[10:-3]
        if order[-2] != sum(order[2:-2]) % 256 or order[:2] != b"WL":
            return self.framed(b"\0\0\0\0T")
        department, number = struct.unpack_from("<HI", body)
        if len(body) == 6:
            if (department, number) == (0, 0):
                self.plus = {}
            elif self.plus.pop(number, None) is None:
                return self.framed(b"\0\0\0\0b")
            return self.framed(b"\0\0\0\0")
        if len(body) != 147:
            return self.framed(b"\0\0\0\0a")
        item, = struct.unpack_from("<I", body, 105)
        price, = struct.unpack_from("<I", body, 113)
        days, hours = struct.unpack_from("<IB", body, 135)
        self.plus[number] = {"flag": f"{department:02d}", "code": f"{item:05d}", "price": price,
                             "days": days, "hours": hours,
                             "name": (body[7:35] + body[47:75]).decode("gb2312").strip()}
        return self.framed(b"\0\0\0\0")


def ean13(digits):
    odd = sum(int(d) for d in digits[::-1][::2])
    even = sum(int(d) for d in digits[::-1][1::2])
    return digits + str(-(3 * odd + even) % 10)
