#include "drivers/printers/escpos.hpp"

#include "domain/check.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/raster.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <utility>
#include <variant>

namespace fangxin::drivers {

namespace {

using namespace std::literals;

constexpr std::size_t longest_code128 = 40;
constexpr std::size_t longest_qr = 300;  // at 3 dots a module still within 58 mm paper
constexpr int narrowest_paper = 32;
/// 24 dots of white above and below a QR code: four modules of six (ISO/IEC 18004 6.3.8), which no
/// printer leaves by itself.
constexpr std::string_view quiet_zone = "\x1B\x4A\x18";

/// Turns code points into the printer's characters, one at a time.
class Gb18030 {
  public:
    Gb18030() {
        UErrorCode error = U_ZERO_ERROR;
        converter_.reset(ucnv_open("gb18030", &error));
        FANGXIN_CHECK(U_SUCCESS(error));  // ICU carries this table in itself
    }

    void append(std::string& bytes, char32_t c) {
        int width = domain::column_width(c);
        if (width == 0) return;
        if (c < 0x80) {
            bytes.push_back(static_cast<char>(c));
        } else if (c == 0xA5) {
            bytes += "\xA3\xA4";
        } else if (width == 1) {
            bytes.push_back(is_space(c) ? ' ' : '?');
        } else {
            append_wide(bytes, c);
        }
    }

  private:
    struct Close {
        void operator()(UConverter* converter) const { ucnv_close(converter); }
    };

    static bool is_space(char32_t c) {
        return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
    }

    void append_wide(std::string& bytes, char32_t c) {
        std::array<UChar, 2> units{};
        std::int32_t length = 0;
        U16_APPEND_UNSAFE(units, length, c);
        std::array<char, 8> out{};
        UErrorCode error = U_ZERO_ERROR;
        std::int32_t size =
            ucnv_fromUChars(converter_.get(), out.data(), out.size(), units.data(), length, &error);
        bool printable = U_SUCCESS(error) && size == 2 && !(c >= 0xE000 && c <= 0xF8FF);
        bytes += printable ? std::string_view(out.data(), 2) : "\xA3\xBF"sv;
    }

    std::unique_ptr<UConverter, Close> converter_;
};

struct Style {
    domain::Align align = domain::Align::left;
    bool double_size = false;
    bool bold = false;
    bool operator==(const Style&) const = default;
};

std::string printable_ascii(std::string_view text) {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [](char c) { return c >= 0x20 && c < 0x7F; });
    return kept;
}

class Job {
  public:
    explicit Job(const EscposOptions& options) : options_(options) {
        bytes_ = "\x1B\x40\x1B\x52\x00"s;
        if (options.mode == TextMode::text) bytes_ += "\x1C\x26";
        if (options.mode != TextMode::text) drawer_.emplace();
        if (options.logo && !options.logo->empty()) logo_ = options.logo.get();
    }

    void operator()(const domain::TextLine& line) {
        put_logo();
        bool ascii = std::all_of(line.text.begin(), line.text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        bool draw =
            options_.mode == TextMode::raster || (options_.mode == TextMode::mixed && !ascii);
        if (draw && drawer_->can_draw()) {
            set({});
            bytes_ += raster_bytes(drawer_->draw(line, options_.paper_dots));
            return;
        }
        set({line.align, line.double_size, line.bold});
        text(line.text);
    }

    void operator()(const domain::Code128Line& line) {
        std::string data = printable_ascii(line.data);
        // Start, check and stop beside the data, eleven modules each and two more (ISO/IEC 15417).
        const auto modules = static_cast<int>(11 * (data.size() + 3) + 2);
        const int dots = std::min(2, options_.paper_dots / modules);
        if (data.empty() || data.size() > longest_code128 || dots == 0) return plain(data);
        std::string escaped;
        for (char c : data)
            escaped += c == '{' ? "{{"s : std::string(1, c);
        begin_barcode(dots);
        bytes_ += "\x1D\x6B\x49"s;
        put(escaped.size() + 2);
        bytes_ += "{B" + escaped;
    }

    void operator()(const domain::Ean13Line& line) {
        bool digits = std::all_of(line.digits.begin(), line.digits.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || line.digits.size() != 13) return plain(line.digits);
        begin_barcode(3);
        bytes_ += "\x1D\x6B\x43\x0D" + line.digits;
    }

    void operator()(const domain::QrLine& line) {
        std::string data;
        std::copy_if(line.data.begin(), line.data.end(), std::back_inserter(data),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
        if (data.empty() || data.size() > longest_qr) return plain(data);
        put_logo();
        set({.align = domain::Align::center});
        bytes_ += quiet_zone;
        bytes_ += "\x1D\x28\x6B\x04\x00\x31\x41\x32\x00"s;  // model 2
        bytes_ += "\x1D\x28\x6B\x03\x00\x31\x43"s;          // dots a module
        put(data.size() <= 100 ? 6 : data.size() <= 200 ? 4 : 3);
        bytes_ += "\x1D\x28\x6B\x03\x00\x31\x45\x31"s;  // error correction M
        bytes_ += "\x1D\x28\x6B"s;
        put((data.size() + 3) % 256);
        put((data.size() + 3) / 256);
        bytes_ += "\x31\x50\x30" + data;
        bytes_ += "\x1D\x28\x6B\x03\x00\x31\x51\x30"s;
        bytes_ += quiet_zone;
    }

    void operator()(const domain::FeedLine& line) {
        bytes_ += "\x1B\x64"s;
        put(static_cast<std::size_t>(std::clamp(line.lines, 1, 9)));
    }

    void operator()(const domain::CutLine&) {
        set({});
        bytes_ += "\x1D\x56\x42\x00"s;
    }

    void operator()(const domain::DrawerPulse&) {
        bytes_ += options_.drawer_pin == DrawerPin::two ? "\x1B\x70\x00\x19\xFA"s
                                                        : "\x1B\x70\x01\x19\xFA"s;
    }

    std::string take() { return std::move(bytes_); }

  private:
    void put(std::size_t byte) { bytes_.push_back(static_cast<char>(byte)); }

    void text(std::string_view utf8) {
        while (!utf8.empty())
            encoder_.append(bytes_, domain::take_code_point(utf8));
        bytes_ += '\n';
    }

    void plain(std::string_view data) {
        for (const std::string& line : domain::wrap(data, narrowest_paper))
            (*this)(domain::TextLine{line});
    }

    /// Before what is printed first: the pulse that opens the drawer does not wait for it.
    void put_logo() {
        if (logo_ == nullptr) return;
        set({});
        bytes_ += raster_bytes(centred(*std::exchange(logo_, nullptr), options_.paper_dots));
    }

    void set(const Style& style) {
        if (style.align != style_.align) {
            bytes_ += "\x1B\x61"s;
            put(static_cast<std::size_t>(style.align));
        }
        if (style.double_size != style_.double_size) {
            bytes_ += style.double_size ? "\x1B\x21\x30"s : "\x1B\x21\x00"s;
            if (options_.mode == TextMode::text) {
                bytes_ += style.double_size ? "\x1C\x21\x0C"s : "\x1C\x21\x00"s;
            }
            bytes_ += style.double_size ? "\x1D\x21\x11"s : "\x1D\x21\x00"s;
        }
        // ESC ! takes bold back, so bold is said again after it.
        if (style.bold != style_.bold || (style.bold && style.double_size != style_.double_size)) {
            bytes_ += style.bold ? "\x1B\x45\x01"s : "\x1B\x45\x00"s;
        }
        style_ = style;
    }

    void begin_barcode(int dots_a_module) {
        put_logo();
        set({.align = domain::Align::center});
        bytes_ += "\x1D\x48\x02\x1D\x68\x50\x1D\x77"s;  // its text below, 10 mm high
        put(static_cast<std::size_t>(dots_a_module));
    }

    EscposOptions options_;
    Gb18030 encoder_;
    std::optional<LineDrawer> drawer_;
    const Bitmap* logo_ = nullptr;
    Style style_;
    std::string bytes_;
};

}  // namespace

std::string encode_text(std::string_view utf8) {
    Gb18030 encoder;
    std::string bytes;
    while (!utf8.empty())
        encoder.append(bytes, domain::take_code_point(utf8));
    return bytes;
}

std::string encode(std::span<const domain::ReceiptLine> lines, const EscposOptions& options) {
    Job job(options);
    for (const domain::ReceiptLine& line : lines)
        std::visit(job, line);
    return job.take();
}

}  // namespace fangxin::drivers
