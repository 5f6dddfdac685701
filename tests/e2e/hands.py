"""A cashier's hands at a till's window: the same deeds by touches alone, or by keys alone, with the
scanner firing where it should not. Each deed goes on when the screen shows what came of it."""
import time

from shop import MILK, NOODLES, Failed, wait_until
from windows import (EXACT, FIRST_DATE, PAY, TAKEN, TILL_PAGE, TILL_PIN, TILL_RIGHT, UNDERSTOOD,
                     Pad, Window)

HOLD, RESUME, SEARCH, PRICE, MEMBER, QUANTITY, ALL_MORE = ((66 + 109 * n, 736)
                                                           for n in range(7))
QUANTITY_PAD = Pad((507, 640, 772), (300, 383, 466, 547), (713, 636))
PAY_PAD = Pad((969, 859, 1078), (427, 494, 560, 627), TAKEN)  # its 0 is at the left
SECOND_DATE, CANNOT_READ, FIRST_HELD, FIRST_HIT = (1024, 364), (1024, 718), (637, 175), (350, 166)
FIRST_LINE, LESS, CHANGE, ONE_MORE, TAKE_OUT = ((300, 181), (103, 245), (247, 245), (392, 245),
                                                (680, 245))
ADD, NOT_WEIGHED, CLOSE_PRICE = (1099, 713), (879, 713), (983, 648)
WHAT_HAPPENED, SAVE, COMPLAINT_TAKEN = (216, 431), (1024, 738), (960, 738)
VOID, COMPLAINT, LOCK, SETTINGS, VOID_IT = ((452, 183), (820, 284), (452, 385), (820, 385),
                                            (787, 490))
QUIETER, BACK = (263, 529), (137, 738)
LINES = (0, 92, 784, 560)
TOASTS = ((240, 4, 800, 52), (16, 588, 768, 660))  # over a dialog, and below the basket


class Keyboard:
    """The letters on the screen, at the foot of the page or of the search."""

    def __init__(self, top):
        self.rows = [top + 65 * row + 32 for row in range(4)]
        self.done, self.space = (1056, self.rows[3]), (645, self.rows[3])

    def places(self, word):
        keys = {}
        for letters, left, row in (("qwertyuiop", 172, 0), ("asdfghjkl", 224, 1),
                                   ("zxcvbnm", 328, 2)):
            keys |= {letter: (left + 104 * n, self.rows[row]) for n, letter in enumerate(letters)}
        return [keys[letter] for letter in word]


SEARCHED, WRITTEN = Keyboard(486), Keyboard(536)


class Hands(Window):
    """Deeds; what a hand does for each is below."""

    def __init__(self, shop, number, scale, devices):
        super().__init__(shop, number, devices=devices)
        self.scale = scale

    def refused_aloud(self, code=NOODLES):
        """A scan where nothing can be taken: it is said in words, and nothing else changes."""
        before, page = [self.display.part(place) for place in TOASTS], self.display.part(TILL_RIGHT)
        self.display.scan(code)
        deadline = time.monotonic() + 4
        while [self.display.part(place) for place in TOASTS] == before:
            if time.monotonic() > deadline:
                raise Failed(f"a scan of {code} was not refused in words")
            time.sleep(0.03)
        if self.display.part(TILL_RIGHT) != page:
            raise Failed(f"a scan of {code} went through what stood over the checkout")

    def begin(self, person):
        """The scanner's first shot is no badge."""
        self.open()
        self.scan(NOODLES)
        self.log_in(person, self.enter)
        return self

    def many(self, code, pieces):
        self.ask_quantity()
        self.say_quantity(pieces)
        self.scan(code)

    def corrected(self, code, pieces):
        """The first line taken out; the next made more, one more, two less, one more."""
        self.scan(MILK)
        self.scan(code)
        self.choose_line()
        self.take_out()
        self.choose_line()
        self.change_line()
        self.refused_aloud()
        self.say_quantity(pieces)
        for by in (1, -1, -1, 1):
            self.one(by)

    def refused(self, code):
        self.scan(code)
        self.refused_aloud()
        self.understood()

    def dated(self, code, older):
        self.scan(code)
        self.refused_aloud(MILK)
        self.date(older)
        if older:
            self.understood()

    def unreadable(self, code):
        self.scan(code)
        self.cannot_read()

    def searched(self, item, word):
        self.search(word)
        self.pick()

    def scanned_while_searching(self, code):
        self.search("ni")
        self.scan(code)

    def weighed(self, grams):
        self.search("xiangjiao")
        self.pick()
        self.strike(lambda: self.scale.show(f"put {grams}"), "a weight")
        self.add()
        self.scale.show("put 0")

    def not_weighed(self):
        self.search("xiangjiao")
        self.pick()
        self.give_up_weighing()

    def price_asked(self, code):
        self.ask_price()
        self.scan(code)
        self.close_price()

    def hold_and_resume(self):
        self.hold()
        self.see_held()
        self.refused_aloud()
        self.take_up_held()

    def complained(self, code, word):
        before = len(self.ops("complaint_taken"))
        self.open_complaint()
        self.scan(code, TILL_PAGE)
        self.write(word)
        self.save_complaint()
        self.comes("complaint_taken", before)
        self.close_complaint()

    def made_quieter(self):
        """In the settings, where the scanner sells nothing either."""
        self.open_settings()
        page = self.display.part(TILL_PAGE)
        self.scan(NOODLES, TILL_PAGE)  # refused in words over everything, which then go
        wait_until(lambda: self.display.part(TILL_PAGE) == page, 10, "the settings as they were")
        self.quieter()
        self.leave_settings()

    def locked(self, person):
        before = len(self.ops("logged_in"))
        self.lock()
        self.display.scan(NOODLES)  # no badge, and nobody is there to sell it
        self.enter_pin(person[1])
        self.comes("logged_in", before)

    def voided(self, code):
        """A customer who goes away; the goods stay."""
        self.scan(code)
        self.void_sale()

    def pay(self, how):
        before = len(self.ops("sale"))
        self.start_paying()
        self.refused_aloud()
        self.tender(how)
        self.comes("sale", before)
        self.next_customer()


class ByTouch(Hands):
    def enter(self, person):
        self.by_touch(person)

    def enter_pin(self, pin):
        self.display.tap(*TILL_PIN.places(pin))
        self.struck = TILL_PIN.on

    def taps(self, *places, part=None):
        for place in places:
            self.tap(place, part)

    def run(self, places):
        """Keys of one pad or keyboard, which need no look in between."""
        def touches():
            for place in places:
                self.display.touch(place)

        self.struck = places[-1]
        self.strike(touches, f"taps at {places}", TILL_PAGE)

    def pad(self, pad, text):
        *digits, on = pad.places(text)
        self.run(digits)
        self.tap(on, TILL_PAGE)

    def ask_quantity(self): self.tap(QUANTITY)
    def say_quantity(self, pieces): self.pad(QUANTITY_PAD, str(pieces))
    def choose_line(self): self.tap(FIRST_LINE, LINES)
    def take_out(self): self.tap(TAKE_OUT)
    def change_line(self): self.tap(CHANGE, TILL_PAGE)
    def one(self, by): self.tap(ONE_MORE if by > 0 else LESS)
    def understood(self): self.tap(UNDERSTOOD)
    def date(self, older): self.tap(FIRST_DATE if older else SECOND_DATE)
    def cannot_read(self): self.tap(CANNOT_READ)
    def pick(self): self.tap(FIRST_HIT)
    def add(self): self.tap(ADD)
    def give_up_weighing(self): self.tap(NOT_WEIGHED)
    def ask_price(self): self.tap(PRICE)
    def close_price(self): self.tap(CLOSE_PRICE)
    def hold(self): self.tap(HOLD)
    def see_held(self): self.tap(RESUME)
    def take_up_held(self): self.tap(FIRST_HELD)
    def open_complaint(self): self.taps(ALL_MORE, COMPLAINT)
    def save_complaint(self): self.tap(SAVE)
    def close_complaint(self): self.tap(COMPLAINT_TAKEN)
    def open_settings(self): self.taps(ALL_MORE, SETTINGS)
    def quieter(self): self.tap(QUIETER, TILL_PAGE)
    def leave_settings(self): self.tap(BACK)
    def lock(self): self.taps(ALL_MORE, LOCK)
    def void_sale(self): self.taps(ALL_MORE, VOID, VOID_IT)
    def start_paying(self): self.tap(PAY)
    def next_customer(self): self.tap(TAKEN)

    def search(self, word):
        self.tap(SEARCH)
        self.run(SEARCHED.places(word))

    def write(self, word):
        self.tap(WHAT_HAPPENED)
        self.run(WRITTEN.places(word))
        self.taps(WRITTEN.space, WRITTEN.done, part=TILL_PAGE)

    def tender(self, how):
        if how == "exact":
            self.taps(EXACT, TAKEN)
        else:
            self.pad(PAY_PAD, how)


class ByKeys(Hands):
    def enter(self, person):
        self.by_keys(person)

    def enter_pin(self, pin): self.type(*pin, "Return")

    def keys(self, *keys):
        for key in keys:
            self.key(key)

    def run(self, letters, *then):
        """Letters or digits, which need no look in between; then keys that do."""
        self.strike(lambda: self.type(*letters), "".join(letters), TILL_PAGE)
        for key in then:
            self.key(key, TILL_PAGE)

    def ask_quantity(self): self.key("F9")
    def say_quantity(self, pieces): self.run(str(pieces), "F12")
    def choose_line(self): self.key("Down", LINES)
    def take_out(self): self.key("Delete")
    def change_line(self): self.key("F7", TILL_PAGE)
    def one(self, by): self.key("plus" if by > 0 else "minus")
    def understood(self): self.key("F8")
    def date(self, older): self.key("1" if older else "2")
    def cannot_read(self): self.key("Escape")
    def pick(self): self.key("1")
    def add(self): self.key("F12")
    def give_up_weighing(self): self.key("Escape")
    def ask_price(self): self.key("F5")
    def close_price(self): self.key("Escape")
    def hold(self): self.key("F2")
    def see_held(self): self.key("F3")
    def take_up_held(self): self.key("1")
    def open_complaint(self): self.keys("F10", "4")
    def save_complaint(self): self.key("F12")
    def close_complaint(self): self.key("Escape")
    def open_settings(self): self.keys("F10", "6")
    def quieter(self): self.key("F9", TILL_PAGE)
    def leave_settings(self): self.key("Escape")
    def lock(self): self.keys("F10", "5")
    def void_sale(self): self.keys("F10", "1", "F8")
    def start_paying(self): self.key("F12")
    def next_customer(self): self.key("F12")
    def tender(self, how): self.run(["F1"] if how == "exact" else how, "F12")

    def search(self, word):
        self.key("F4")
        self.run(word)

    def write(self, word):
        self.key("F8")
        self.run(word, "space", "Return")
