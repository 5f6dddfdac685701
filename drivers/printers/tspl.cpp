#include "drivers/printers/tspl.hpp"

#include "domain/amount_text.hpp"
#include "domain/code.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/escpos.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <vector>

namespace fangxin::drivers {

namespace {

constexpr int column_dots = 12;
constexpr int line_dots = 24;
constexpr int margin = 16;
constexpr int most_copies = 999;
constexpr std::size_t longest_lot = 20;

tl::unexpected<Error> bad(std::string_view field, std::string_view why) {
    return failure("bad_label", fmt::format("{}: {}", field, why));
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool check_digit_holds(std::string_view digits) {
    return all_digits(digits) && digits.size() > 1 &&
           domain::gs1_check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

/// GS1 AI encodable character set 82 (General Specifications 7.11).
bool is_lot(std::string_view text) {
    static constexpr std::string_view others = "!\"%&'()*+,-./_:;<=>?";
    return !text.empty() && text.size() <= longest_lot &&
           std::all_of(text.begin(), text.end(), [](char c) {
               bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
               return letter || (c >= '0' && c <= '9') || others.find(c) != others.npos;
           });
}

Result<void> check_media(const LabelMedia& media, int copies) {
    if (media.width_mm < 30 || media.width_mm > 104) return bad("width", "30..104 mm");
    if (media.height_mm < 20 || media.height_mm > 200) return bad("height", "20..200 mm");
    if (media.gap_mm < 0 || media.gap_mm > 10) return bad("gap", "0..10 mm");
    if (media.dots_a_mm != 8 && media.dots_a_mm != 12) return bad("dots", "8 or 12 a millimetre");
    if (copies < 1 || copies > most_copies) return bad("copies", "1..999");
    return {};
}

Result<void> check(const ShelfLabel& label) {
    if (domain::column_width(label.name) == 0) return bad("name", "empty");
    if (label.price_fen < 0) return bad("price", "below 0");
    if (label.before_fen && *label.before_fen <= label.price_fen) {
        return bad("price before", "not above the price");
    }
    if (label.unit_price && label.unit_price->fen < 0) return bad("unit price", "below 0");
    bool ean = all_digits(label.code) && (label.code.size() == 13 || label.code.size() == 8);
    if (ean && !check_digit_holds(label.code)) return bad("code", "its check digit does not hold");
    bool printable = std::all_of(label.code.begin(), label.code.end(),
                                 [](char c) { return c > 0x20 && c < 0x7F; });
    if (label.code.empty() || label.code.size() > 24 || !printable) {
        return bad("code", "1..24 characters of ASCII");
    }
    return {};
}

Result<void> check(const CaseLabel& label) {
    if (domain::column_width(label.name) == 0) return bad("name", "empty");
    if (label.gtin.size() != 14) return bad("gtin", "14 digits");
    if (!check_digit_holds(label.gtin)) return bad("gtin", "its check digit does not hold");
    if (!is_lot(label.lot)) return bad("lot", "1..20 characters that GS1 allows");
    if (label.production && label.expiry && *label.expiry < *label.production) {
        return bad("expiry", "before the production");
    }
    if (label.pieces < 0) return bad("pieces", "below 0");
    return {};
}

std::string six_digits(domain::Date date) {
    std::chrono::year_month_day day(date);
    return fmt::format("{:02}{:02}{:02}", static_cast<int>(day.year()) % 100,
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

struct Spot {
    int x = 0;
    int y = 0;
    int times = 1;
};

/// A label being written; places are in dots of an 8-dot head, and grow with a finer one.
class Label {
  public:
    explicit Label(const LabelMedia& media) : scale_(media.dots_a_mm / 4) {
        width_ = media.width_mm * 8;
        height_ = media.height_mm * 8;
        line(fmt::format("SIZE {} mm,{} mm", media.width_mm, media.height_mm));
        line(fmt::format("GAP {} mm,0 mm", media.gap_mm));
        line("DIRECTION 1");
        line("CLS");
    }

    int width() const { return width_; }
    int height() const { return height_; }

    /// As much of the text as fits between the spot and `right`.
    void text(const Spot& spot, std::string_view words, int right) {
        int columns = std::max((right - spot.x) / (column_dots * spot.times), 2);
        line(fmt::format("TEXT {},{},\"TSS24.BF2\",0,{},{},\"{}\"", at(spot.x), at(spot.y),
                         times(spot.times), times(spot.times),
                         tspl_text(domain::truncate(words, columns))));
    }

    /// The same in at most two lines; where the next may begin.
    int two_lines(const Spot& spot, std::string_view words, int right) {
        int columns = std::max((right - spot.x) / column_dots, 2);
        std::vector<std::string> lines = domain::wrap(words, columns);
        text(spot, lines[0], right);
        if (lines.size() == 1) return spot.y + line_dots + 4;
        std::string rest(
            words.substr(std::min(words.size(), words.find(lines[1], lines[0].size()))));
        text({spot.x, spot.y + line_dots + 4}, lines.size() > 2 ? rest : lines[1], right);
        return spot.y + 2 * (line_dots + 4);
    }

    void code(const Spot& spot, std::string_view data, int height) {
        bool digits = all_digits(data);
        std::string_view kind = digits && data.size() == 13  ? "EAN13"
                                : digits && data.size() == 8 ? "EAN8"
                                                             : "128";
        line(fmt::format("BARCODE {},{},\"{}\",{},2,0,{},{},\"{}\"", at(spot.x), at(spot.y), kind,
                         at(height), times(2), times(2), tspl_text(data)));
    }

    void data_matrix(const Spot& spot, int side, std::string_view data) {
        line(fmt::format("DMATRIX {},{},{},{},c126,x{},\"{}\"", at(spot.x), at(spot.y), at(side),
                         at(side), times(4), tspl_text(data)));
    }

    void bar(const Spot& spot, int width, int height) {
        line(fmt::format("BAR {},{},{},{}", at(spot.x), at(spot.y), at(width), at(height)));
    }
    void reverse(const Spot& spot, int width, int height) {
        line(fmt::format("REVERSE {},{},{},{}", at(spot.x), at(spot.y), at(width), at(height)));
    }

    std::string print(int copies) {
        line(fmt::format("PRINT 1,{}", copies));
        return std::move(bytes_);
    }

  private:
    int at(int dots) const { return dots * scale_ / 2; }
    /// Whole multiples only: a font has no others.
    int times(int factor) const { return std::max(factor * scale_ / 2, 1); }
    void line(std::string_view words) {
        bytes_ += words;
        bytes_ += "\r\n";
    }

    int scale_;  ///< in halves
    int width_;
    int height_;
    std::string bytes_;
};

void put_reduced(Label& label, const ShelfLabel& shelf, int y) {
    std::string_view mark = "临期特价";
    int wide = domain::column_width(mark) * column_dots;
    int x = label.width() - margin - wide - 8;
    label.text({x + 4, y + 4}, mark, label.width());
    label.reverse({x, y}, wide + 8, line_dots + 8);
    std::string before = "原价 " + domain::yuan(*shelf.before_fen, "￥");
    int before_x = label.width() - margin - domain::column_width(before) * column_dots;
    label.text({before_x, y + 40}, before, label.width());
    label.bar({before_x, y + 40 + line_dots / 2}, label.width() - margin - before_x, 3);
    if (!shelf.expiry) return;
    std::string expiry = "到期 " + domain::format_date(*shelf.expiry);
    label.text({label.width() - margin - domain::column_width(expiry) * column_dots, y + 72},
               expiry, label.width());
}

}  // namespace

std::string tspl_text(std::string_view utf8) {
    std::string text;
    while (!utf8.empty()) {
        std::string one;
        char32_t c = domain::take_code_point(utf8);
        domain::append_utf8(one, c);
        text += c == U'"' ? "\\[\"]" : encode_text(one);
    }
    return text;
}

namespace {

/// How much room a shelf label's parts take, the most pleasant first.
struct ShelfFit {
    int name_lines;
    bool says_about;
    int price_times;
    int code_height;
};
constexpr std::array shelf_fits{ShelfFit{2, true, 3, 60},  ShelfFit{2, true, 2, 60},
                                ShelfFit{1, true, 2, 60},  ShelfFit{1, false, 2, 60},
                                ShelfFit{1, false, 2, 40}, ShelfFit{1, false, 1, 40}};
constexpr int edge = 8;
constexpr int reduced_columns = 17;
constexpr int reduced_height = 72 + line_dots;

/// Of a bar code of two dots a module; Code 128 at its widest, a symbol a character.
int code_width(std::string_view data) {
    if (all_digits(data) && data.size() == 13) return 95 * 2;
    if (all_digits(data) && data.size() == 8) return 67 * 2;
    return (35 + 11 * static_cast<int>(data.size())) * 2;
}

class ShelfLayout {
  public:
    ShelfLayout(const ShelfLabel& shelf, const LabelMedia& media)
        : shelf_(shelf), width_(media.width_mm * 8), height_(media.height_mm * 8) {
        about_ = shelf.specification;
        if (!shelf.origin.empty()) {
            about_ += (about_.empty() ? "产地 " : "  产地 ") + shelf.origin;
        }
        price_ = domain::yuan(shelf.price_fen, "￥");
        if (!shelf.unit.empty()) unit_ = "/" + shelf.unit;
        if (shelf.unit_price) {
            per_unit_ = domain::yuan(shelf.unit_price->fen, "￥") + "/" + shelf.unit_price->unit;
        }
        per_unit_x_ = margin + std::max(230, code_width(shelf.code) + 2 * column_dots);
    }

    /// Empty: some fit will do as far as the width goes.
    std::string_view too_narrow() const {
        if (margin + code_width(shelf_.code) > right()) return "code: too wide for the label";
        if (shelf_.unit_price && per_unit_x_ + wide(per_unit_) > right()) {
            return "width: too narrow for the unit price";
        }
        if (price_right(1) > price_room()) return "width: too narrow for the price";
        return {};
    }
    bool fits(const ShelfFit& fit) const {
        const int price_y = price_top(fit);
        const int price_bottom = price_y + line_dots * fit.price_times;
        const int reduced_bottom = shelf_.before_fen ? price_y + reduced_height : 0;
        return price_right(fit.price_times) <= price_room() &&
               std::max(price_bottom, reduced_bottom) <= code_top(fit);
    }
    void write(Label& label, const ShelfFit& fit) const {
        if (fit.name_lines == 2) {
            label.two_lines({margin, margin}, shelf_.name, right());
        } else {
            label.text({margin, margin}, shelf_.name, right());
        }
        const int y = price_top(fit);
        if (fit.says_about && !about_.empty()) {
            label.text({margin, y - line_dots - 8}, about_, right());
        }
        label.text({margin, y, fit.price_times}, price_, right());
        if (!unit_.empty()) {
            const int behind = margin + wide(price_) * fit.price_times + 8;
            label.text({behind, y + line_dots * (fit.price_times - 1)}, unit_, price_room());
        }
        if (shelf_.before_fen) put_reduced(label, shelf_, y);
        const int code_y = code_top(fit);
        if (shelf_.unit_price) {
            label.text({per_unit_x_, code_y + fit.code_height - 40}, "单价", right());
            label.text({per_unit_x_, code_y + fit.code_height - 12}, per_unit_, right());
        }
        label.code({margin, code_y}, shelf_.code, fit.code_height);
    }

  private:
    static int wide(std::string_view words) { return domain::column_width(words) * column_dots; }
    int right() const { return width_ - margin; }
    int price_room() const {
        return shelf_.before_fen ? right() - reduced_columns * column_dots : right();
    }
    int price_right(int times) const {
        return margin + wide(price_) * times + (unit_.empty() ? 0 : 8 + wide(unit_));
    }
    int code_top(const ShelfFit& fit) const {
        return height_ - margin - fit.code_height - line_dots;
    }
    int price_top(const ShelfFit& fit) const {
        const int columns = std::max((right() - margin) / column_dots, 2);
        const bool two = fit.name_lines == 2 && domain::wrap(shelf_.name, columns).size() > 1;
        const int below_name = margin + (two ? 2 : 1) * (line_dots + 4);
        return below_name + (fit.says_about ? line_dots + 8 : 0);
    }

    const ShelfLabel& shelf_;
    int width_;
    int height_;
    std::string about_;
    std::string price_;
    std::string unit_;
    std::string per_unit_;
    int per_unit_x_ = 0;
};

}  // namespace

Result<std::string> encode_label(const ShelfLabel& shelf, const LabelMedia& media, int copies) {
    if (auto good = check_media(media, copies); !good) return tl::unexpected(good.error());
    if (auto good = check(shelf); !good) return tl::unexpected(good.error());
    const ShelfLayout layout(shelf, media);
    if (const auto why = layout.too_narrow(); !why.empty()) {
        return failure("bad_label", std::string(why));
    }
    for (const ShelfFit& fit : shelf_fits) {
        if (!layout.fits(fit)) continue;
        Label label(media);
        layout.write(label, fit);
        return label.print(copies);
    }
    return bad("height", "too low for all that is to be printed");
}

Result<std::string> encode_label(const CaseLabel& box, const LabelMedia& media, int copies) {
    if (auto good = check_media(media, copies); !good) return tl::unexpected(good.error());
    if (auto good = check(box); !good) return tl::unexpected(good.error());
    Label label(media);
    constexpr int side = 144;
    const int right = label.width() - margin;
    const int code_y = label.two_lines({margin, margin}, box.name, right) + 4;
    const int text_right = right - side - margin;
    const int columns = std::max((text_right - margin) / column_dots, 2);
    int y = code_y;
    auto row = [&](std::string_view words, const std::string& value) {
        if (value.empty()) return;
        label.text({margin, y}, std::string(words) + " " + value, text_right);
        y += line_dots + 6;
    };
    // A part of a lot is another lot: what tells the goods stands there whole.
    bool whole = true;
    auto whole_row = [&](std::string_view words, const std::string& value) {
        if (value.empty()) return;
        const auto parts = domain::wrap(std::string(words) + " " + value, columns);
        whole = whole && parts.size() <= 2;
        for (const std::string& part : parts) {
            label.text({margin, y}, part, text_right);
            y += line_dots + 6;
        }
    };
    row("规格", box.specification);
    whole_row("批号", box.lot);
    whole_row("生产", box.production ? domain::format_date(*box.production) : "");
    whole_row("到期", box.expiry ? domain::format_date(*box.expiry) : "");
    whole_row("数量", box.pieces == 0 ? "" : fmt::to_string(box.pieces));
    row("供应商", box.supplier);
    whole_row("GTIN", box.gtin);
    if (!whole) return bad("width", "too narrow for lot, dates and GTIN");
    const int bottom = std::max(y - 6, code_y + side);
    if (bottom > label.height() - edge) {
        return bad("height", "too low for all that is to be printed");
    }
    // The lot comes last: what has no predefined length needs no separator there.
    std::string elements = "~101" + box.gtin;
    if (box.production) elements += "11" + six_digits(*box.production);
    if (box.expiry) elements += "17" + six_digits(*box.expiry);
    elements += "10" + box.lot;
    label.data_matrix({right - side, code_y}, side, elements);
    return label.print(copies);
}

Result<std::string> encode_label(const ScannerLabel& scanner, const LabelMedia& media, int copies) {
    if (auto good = check_media(media, copies); !good) return tl::unexpected(good.error());
    constexpr int side = 144;
    Label label(media);
    const int y = label.two_lines({margin, margin}, scanner.title, label.width() - margin) + 4;
    if (y + side > label.height() - edge) return bad("height", "too low for the code");
    std::string elements;
    bool is_open = true;  // FNC1 begins the symbol, and ends what may be of any length
    for (std::string_view rest = scanner.elements; !rest.empty();) {
        const std::size_t closing = std::min(rest.find(')'), rest.size() - 1);
        const std::size_t end = std::min(rest.find('(', 1), rest.size());
        const std::string_view ai = rest.substr(1, closing - 1);
        if (is_open) elements += "~1";
        elements += ai;
        elements += rest.substr(closing + 1, end - closing - 1);
        is_open = ai != "01";
        rest.remove_prefix(end);
    }
    label.data_matrix({margin, y}, side, elements);
    return label.print(copies);
}

}  // namespace fangxin::drivers
