#include "drivers/printers/tspl.hpp"

#include "domain/amount_text.hpp"
#include "domain/code.hpp"
#include "domain/text_width.hpp"
#include "drivers/printers/escpos.hpp"

#include <algorithm>
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

Result<std::string> encode_label(const ShelfLabel& shelf, const LabelMedia& media, int copies) {
    if (auto good = check_media(media, copies); !good) return tl::unexpected(good.error());
    if (auto good = check(shelf); !good) return tl::unexpected(good.error());
    Label label(media);
    int right = label.width() - margin;
    int y = label.two_lines({margin, margin}, shelf.name, right);
    std::string about = shelf.specification;
    if (!shelf.origin.empty()) about += (about.empty() ? "产地 " : "  产地 ") + shelf.origin;
    if (!about.empty()) label.text({margin, y}, about, right);
    y += line_dots + 8;
    std::string price = domain::yuan(shelf.price_fen, "￥");
    int times = 3;
    int room = shelf.before_fen ? right - 17 * column_dots : right;
    while (times > 1 && margin + domain::column_width(price) * column_dots * times > room)
        --times;
    label.text({margin, y, times}, price, right);
    int behind = margin + domain::column_width(price) * column_dots * times + 8;
    if (!shelf.unit.empty()) {
        label.text({behind, y + line_dots * (times - 1)}, "/" + shelf.unit, room);
    }
    if (shelf.before_fen) put_reduced(label, shelf, y);
    int code_y = label.height() - margin - 60 - line_dots;
    if (shelf.unit_price) {
        label.text({margin + 230, code_y + 20}, "单价", right);
        label.text({margin + 230, code_y + 48},
                   domain::yuan(shelf.unit_price->fen, "￥") + "/" + shelf.unit_price->unit, right);
    }
    label.code({margin, code_y}, shelf.code, 60);
    return label.print(copies);
}

Result<std::string> encode_label(const CaseLabel& box, const LabelMedia& media, int copies) {
    if (auto good = check_media(media, copies); !good) return tl::unexpected(good.error());
    if (auto good = check(box); !good) return tl::unexpected(good.error());
    Label label(media);
    constexpr int side = 144;
    int right = label.width() - margin;
    int y = label.two_lines({margin, margin}, box.name, right) + 4;
    int text_right = right - side - margin;
    auto row = [&](std::string_view words, const std::string& value) {
        if (value.empty()) return;
        label.text({margin, y}, std::string(words) + " " + value, text_right);
        y += line_dots + 6;
    };
    int code_y = y;
    row("规格", box.specification);
    row("批号", box.lot);
    row("生产", box.production ? domain::format_date(*box.production) : "");
    row("到期", box.expiry ? domain::format_date(*box.expiry) : "");
    row("数量", box.pieces == 0 ? "" : fmt::to_string(box.pieces));
    row("供应商", box.supplier);
    row("GTIN", box.gtin);
    // The lot comes last: what has no predefined length needs no separator there.
    std::string elements = "~101" + box.gtin;
    if (box.production) elements += "11" + six_digits(*box.production);
    if (box.expiry) elements += "17" + six_digits(*box.expiry);
    elements += "10" + box.lot;
    label.data_matrix({right - side, code_y}, side, elements);
    if (y > label.height()) return bad("height", "too low for all that is to be printed");
    return label.print(copies);
}

}  // namespace fangxin::drivers
