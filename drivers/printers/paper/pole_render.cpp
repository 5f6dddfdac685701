#include "drivers/printers/paper/pole_render.hpp"

#include "domain/text_width.hpp"
#include "drivers/printers/paper/code_page.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t columns = 20;
constexpr std::array<std::string_view, 5> lamps{"", "单价", "总计", "收款", "找零"};

class Display {
  public:
    explicit Display(PoleProtocol protocol) : protocol_(protocol) { clear(); }

    void read(std::string_view bytes) {
        while (!bytes.empty()) {
            std::size_t taken = std::clamp<std::size_t>(command(bytes), 1, bytes.size());
            bytes.remove_prefix(taken);
        }
    }

    std::string text() {
        if (protocol_ == PoleProtocol::led8) {
            std::string digits = lines_[0].substr(0, lines_[0].find_last_not_of(' ') + 1);
            std::string_view lamp = lamps[lamp_];
            return digits + (lamp.empty() ? "" : " " + std::string(lamp)) + unknown_;
        }
        return pages_.decode_text(lines_[0]) + "|" + pages_.decode_text(lines_[1]) + "|" + unknown_;
    }

  private:
    /// How many bytes it was.
    std::size_t command(std::string_view bytes) {
        auto at = [&](std::size_t place) {
            return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U;
        };
        if (bytes[0] == 0x0C) {
            clear();
            return 1;
        }
        if (bytes[0] == 0x1B) return escape(bytes);
        if (bytes[0] == 0x1F && at(1) == '$') {
            column_ = std::min<std::size_t>(std::max(at(2), 1U) - 1, columns);
            line_ = at(3) == 2 ? 1 : 0;
            return 4;
        }
        if (at(0) < 0x20) {
            unknown_ += fmt::format("[{:02X}]", at(0));
            return 1;
        }
        if (column_ < columns) lines_[line_][column_++] = bytes[0];
        return 1;
    }

    std::size_t escape(std::string_view bytes) {
        bool writes = bytes.starts_with("\x1BQA") || bytes.starts_with("\x1BQB");
        if (writes) {
            std::size_t end = std::min(bytes.find('\r'), bytes.size());
            std::string text(bytes.substr(3, std::max<std::size_t>(end, 3) - 3).substr(0, columns));
            text.resize(columns, ' ');
            lines_[bytes[2] == 'B' ? 1 : 0] = text;
            return end + 1;
        }
        if (bytes.starts_with("\x1B@")) {
            clear();
            return 2;
        }
        if (bytes.starts_with("\x1Bs") && bytes.size() > 2 && bytes[2] >= '0' && bytes[2] <= '4') {
            lamp_ = static_cast<std::size_t>(bytes[2] - '0');
            return 3;
        }
        unknown_ += bytes.size() < 2
                        ? "[1B]"
                        : fmt::format("[1B {:02X}]", static_cast<unsigned char>(bytes[1]));
        return 2;
    }

    void clear() {
        lines_ = {std::string(columns, ' '), std::string(columns, ' ')};
        lamp_ = 0;
        line_ = column_ = 0;
    }

    PoleProtocol protocol_;
    CodePages pages_;
    std::array<std::string, 2> lines_;
    std::size_t line_ = 0;
    std::size_t column_ = 0;
    std::size_t lamp_ = 0;
    std::string unknown_;
};

}  // namespace

std::string plain_pole(std::string_view bytes, PoleProtocol protocol) {
    Display display(protocol);
    display.read(bytes);
    return display.text();
}

}  // namespace fangxin::drivers
