#include "drivers/scales/toledo.hpp"

#include <string_view>

namespace fangxin::drivers {

namespace {

constexpr std::size_t bare_length = 17;
constexpr std::size_t checked_length = 18;
constexpr std::size_t weight_at = 4;
constexpr std::size_t tare_at = 10;
constexpr std::size_t digits_length = 6;
constexpr std::size_t cr_at = 16;
constexpr std::size_t most_ready = 256;  // 36 s of frames nobody asked for
constexpr int bare_enough = 2;
constexpr int bad_enough = 3;

constexpr unsigned stx = 0x02;
constexpr unsigned cr = 0x0D;

unsigned seven(char byte) { return static_cast<unsigned char>(byte) & 0x7FU; }

unsigned sum_of(std::string_view bytes) {
    unsigned sum = 0;
    for (char byte : bytes)
        sum += seven(byte);
    return sum & 0x7FU;
}

/// Status bytes A, B and C of a frame.
struct Status {
    unsigned a, b, c;
    explicit Status(std::string_view frame)
        : a(seven(frame[1])), b(seven(frame[2])), c(seven(frame[3])) {}
    bool net() const { return (b & 0x01U) != 0; }
    bool negative() const { return (b & 0x02U) != 0; }
    bool out_of_range() const { return (b & 0x04U) != 0; }
    bool in_motion() const { return (b & 0x08U) != 0; }
    bool kilograms() const { return (b & 0x10U) != 0; }
    bool not_zeroed() const { return (b & 0x40U) != 0; }
    bool grams() const { return (c & 0x01U) != 0; }
    bool expanded() const { return (c & 0x10U) != 0; }
    int point() const { return static_cast<int>(a & 0x07U); }
};

/// Leading spaces, then digits. A scale out of range may draw anything where its digits belong.
bool field_possible(std::string_view field, bool may_be_drawn) {
    bool digit_seen = false;
    for (char byte : field) {
        unsigned value = seven(byte);
        bool digit = value >= '0' && value <= '9';
        bool blank = value == ' ' && !digit_seen;
        bool drawn = may_be_drawn && value >= 0x20 && value <= 0x7E;
        if (!digit && !blank && !drawn) return false;
        digit_seen = digit_seen || digit;
    }
    return true;
}

/// Whether these bytes can be the beginning of a frame.
bool possible(std::string_view frame) {
    if (seven(frame[0]) != stx) return false;
    if (frame.size() > 1 && (seven(frame[1]) & 0x60U) != 0x20U) return false;
    if (frame.size() > 2 && (seven(frame[2]) & 0x20U) == 0) return false;
    if (frame.size() > 3 && (seven(frame[3]) & 0x20U) == 0) return false;
    if (frame.size() <= weight_at) return true;
    Status status(frame);
    bool may_be_drawn = status.out_of_range() || status.not_zeroed();
    if (!field_possible(frame.substr(weight_at, digits_length), may_be_drawn)) return false;
    if (frame.size() <= tare_at) return true;
    if (!field_possible(frame.substr(tare_at, digits_length), may_be_drawn)) return false;
    return frame.size() <= cr_at || seven(frame[cr_at]) == cr;
}

/// The number in a field; none if it has no digit or something other than digits.
std::optional<std::int64_t> number(std::string_view field) {
    std::optional<std::int64_t> value;
    for (char byte : field) {
        unsigned digit = seven(byte) - '0';
        if (digit > 9 && seven(byte) != ' ') return std::nullopt;
        if (digit <= 9) value = value.value_or(0) * 10 + digit;
    }
    return value;
}

/// Digits to milligrams, or none where that is not exact.
///     point      0      1      2      3      4      5      6      7
///     one is   100 kg  10 kg  1 kg  100 g   10 g   1 g  100 mg  10 mg     (a thousandth if grams)
/// The increment (A b4 b3) is not looked at: the digits already are multiples of it, and clones
/// send a constant there (Liden LUW2001 manual p. 16), which would refuse good weights.
std::optional<std::int64_t> to_mg(std::int64_t digits, const Status& status) {
    int exponent = (status.grams() ? 5 : 8) - status.point() - (status.expanded() ? 1 : 0);
    for (; exponent > 0; --exponent)
        digits *= 10;
    for (; exponent < 0; ++exponent) {
        if (digits % 10 != 0) return std::nullopt;
        digits /= 10;
    }
    return digits;
}

/// Sets the masses; false where they cannot be told.
bool weigh(Reading& reading, std::string_view frame, const Status& status) {
    auto shown = number(frame.substr(weight_at, digits_length));
    if (!shown) return false;
    auto shown_mg = to_mg(*shown, status);
    auto tare_mg = to_mg(number(frame.substr(tare_at, digits_length)).value_or(0), status);
    if (!shown_mg || !tare_mg) return false;
    std::int64_t signed_mg = status.negative() ? -*shown_mg : *shown_mg;
    reading.tare_mg = *tare_mg;
    reading.net_mg = status.net() ? signed_mg : signed_mg - *tare_mg;
    reading.gross_mg = reading.net_mg + *tare_mg;
    return true;
}

/// Expanded by ten: the scale shows tenths of its interval, for the technician (OIML R 76 forbids
/// to trade on it, and a clone that sets the bit by mistake would be wrong by ten): `fault`, with
/// the masses.
Reading read(std::string_view frame) {
    Reading reading;
    reading.raw = frame;
    Status status(frame);
    if (!status.kilograms() && !status.grams()) return reading;  // pounds
    bool told = weigh(reading, frame, status);
    if (status.not_zeroed()) {
        reading.state = ScaleState::zero_error;
    } else if (status.out_of_range()) {
        reading.state = status.negative() ? ScaleState::under : ScaleState::over;
    } else if (!told || status.expanded()) {
        reading.state = ScaleState::fault;
    } else {
        reading.state = status.in_motion() ? ScaleState::motion : ScaleState::stable;
    }
    return reading;
}

}  // namespace

void ToledoContinuous::feed(std::span<const std::byte> bytes) {
    for (std::byte byte : bytes)
        take(std::to_integer<std::uint8_t>(byte));
}

std::optional<Reading> ToledoContinuous::next() {
    if (ready_.empty()) return std::nullopt;
    Reading reading = std::move(ready_.front());
    ready_.pop_front();
    return reading;
}

void ToledoContinuous::take(std::uint8_t byte) {
    unsigned value = byte & 0x7FU;
    bool late_checksum = bare_sum_ && value != stx && ((*bare_sum_ + value) & 0x7FU) == 0;
    bare_sum_.reset();
    if (late_checksum) {  // taken for bare by mistake, after checksums had been lost on the way
        form_ = Form::checked;
        bad_checksums_ = 0;
        return;
    }
    frame_.push_back(static_cast<char>(byte));
    settle();
}

void ToledoContinuous::drop_first() {
    std::size_t start = 1;
    while (start < frame_.size() && seven(frame_[start]) != stx)
        ++start;
    frame_.erase(0, start);
}

/// Takes what can be taken from the front; each byte leaves at most one frame to decide.
void ToledoContinuous::settle() {
    while (!frame_.empty()) {
        std::size_t before = frame_.size();
        if (!possible(frame_)) {
            drop_first();
        } else if (frame_.size() >= bare_length && form_ == Form::bare) {
            bare_sum_ = sum_of(std::string_view(frame_).substr(0, bare_length));
            accept(bare_length, Form::bare);
        } else if (frame_.size() >= checked_length) {
            form_ == Form::checked ? settle_checked() : settle_unknown();
        }
        if (frame_.size() == before) return;
    }
}

void ToledoContinuous::settle_checked() {
    if (sum_of(std::string_view(frame_).substr(0, checked_length)) == 0) {
        bad_checksums_ = 0;
        accept(checked_length, Form::checked);
        return;
    }
    if (++bad_checksums_ >= bad_enough) {  // somebody changed the scale's setting
        form_ = Form::unknown;
        bare_seen_ = 0;
    }
    drop_first();
}

void ToledoContinuous::settle_unknown() {
    bool checksum = sum_of(std::string_view(frame_).substr(0, checked_length)) == 0;
    bool next_frame = seven(frame_[bare_length]) == stx;
    if (checksum && next_frame) {  // a checksum of 02, or a next frame: the byte after it tells
        if (frame_.size() <= checked_length) return;
        next_frame = seven(frame_[checked_length]) != stx;
        checksum = !next_frame;
    }
    if (checksum) {
        accept(checked_length, Form::checked);
    } else if (next_frame) {
        accept(bare_length, ++bare_seen_ >= bare_enough ? Form::bare : Form::unknown);
    } else {
        bare_seen_ = 0;
        drop_first();
    }
}

void ToledoContinuous::accept(std::size_t length, Form seen) {
    form_ = seen;
    ready_.push_back(read(std::string_view(frame_).substr(0, length)));
    if (ready_.size() > most_ready) ready_.pop_front();
    frame_.erase(0, length);
}

}  // namespace fangxin::drivers
