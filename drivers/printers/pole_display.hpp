// The display on a pole that faces the customer (SALE-10): two lines of 20 characters, or eight
// digits with four lamps (客显). From what is to be shown to bytes; pure, any thread. Sources:
// CD5220 user manual section 6.1 (ESC Q A, ESC Q B, CLR), Epson ESC/POS reference for customer
// displays (CLR, US $), LED8 displays as Chinese tills drive them (ESC Q A, ESC s n).
#pragma once

#include "drivers/transports/serial.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// `led8` has digits alone: `ESC Q A d… CR`, and `ESC s n` for the lamps 单价 1, 总计 2, 收款 3,
/// 找零 4, none 0.
enum class PoleProtocol { cd5220, escpos, led8 };

/// A kind of display. To add one: its bytes in pole_bytes(), and a row in pole_display.cpp.
struct PoleDriver {
    std::string_view id;     ///< as in settings
    std::string_view words;  ///< for the technician's list
    PoleProtocol protocol = PoleProtocol::cd5220;
    LineSettings line;  ///< as it leaves the factory
};
std::span<const PoleDriver> pole_drivers();
/// None if there is no such kind.
const PoleDriver* find_pole_driver(std::string_view id);

struct PoleOptions {
    PoleProtocol protocol = PoleProtocol::cd5220;
    bool chinese = false;  ///< it shows GB18030; if not, what is not ASCII gives way
};

enum class PoleKind { greeting, unit_price, total, received, change, weight };

struct PoleText {
    PoleKind kind = PoleKind::greeting;
    std::string words;        ///< upper line: the greeting, or the name of the goods
    std::string ascii_words;  ///< the same for a display without Chinese: English or pinyin
    std::optional<std::int64_t> amount_fen;  ///< unit price, total, received or change
    std::optional<std::int64_t> weight_mg;   ///< the weight being taken, or of the line
};

/// Upper line and lower line, each of 20 columns. The kind's word stands where no words are given;
/// the lower line has the weight left and the amount right: `1.234kg         9.85`.
struct PoleLines {
    std::string upper;
    std::string lower;
};
PoleLines pole_lines(const PoleText& text, bool chinese);

/// What shows it, whatever was shown before. On `led8` the weight if the kind is that, else the
/// amount: of more than eight digits only dashes, for a cut amount would be another one.
std::string pole_bytes(const PoleText& text, const PoleOptions& options);

}  // namespace fangxin::drivers
