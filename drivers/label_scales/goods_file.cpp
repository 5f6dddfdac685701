#include "drivers/label_scales/goods_file.hpp"

#include "domain/check.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace fangxin::drivers {

namespace {

constexpr std::size_t longest_file = 16 * 1024 * 1024;

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const bool digits =
        !text.empty() && text.size() <= 12 && text.find_first_not_of("0123456789") == text.npos;
    if (!digits || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
    return value;
}

/// `12.8` yuan as fen.
std::optional<std::int64_t> fen(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == text.npos) {
        const auto yuan = whole(text);
        return yuan ? std::optional(*yuan * 100) : std::nullopt;
    }
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > 2) return std::nullopt;
    decimals.resize(2, '0');
    const auto yuan = whole(text.substr(0, point));
    const auto rest = whole(decimals);
    return yuan && rest ? std::optional(*yuan * 100 + *rest) : std::nullopt;
}

std::optional<std::int64_t> hours(std::string_view text) {
    if (text.empty() || text == "0") return 0;
    const auto count = whole(text.substr(0, text.size() - 1));
    if (!count || *count > 100'000) return std::nullopt;
    if (text.back() == 'h') return count;
    return text.back() == 'd' ? std::optional(*count * 24) : std::nullopt;
}

/// RFC 4180: a record's cells; moves `text` behind it and counts its lines.
std::vector<std::string> next_record(std::string_view& text, int& lines) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') ++lines;
        if (quoted) {
            if (c != '"') {
                cells.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                cells.back() += text[++at];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            cells.emplace_back();
        } else if (c == '\n') {
            ++at;
            break;
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    text.remove_prefix(at);
    return cells;
}

enum Column { plu, code, name, price, unit, tare, shelf_life, label, category, columns };
constexpr std::array<std::string_view, columns> titles = {
    "plu", "code", "name", "price", "unit", "tare_g", "shelf_life", "label", "category"};

class GoodsReader {
  public:
    explicit GoodsReader(std::string file) : file_(std::move(file)) {}

    Result<std::vector<LabelGoods>> read(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        int line = 1;
        int next = 1;
        read_titles(next_record(text, next));
        while (!text.empty() && complaints_.empty()) {
            line = next;
            const auto cells = next_record(text, next);
            if (cells.size() > 1 || !cells[0].empty()) read_goods(cells, line);
        }
        if (complaints_.empty() && goods_.empty()) say(1, "names no goods");
        if (!complaints_.empty()) return failure("bad_goods_file", complaints_);
        return std::move(goods_);
    }

  private:
    void say(int line, std::string_view reason) {
        complaints_ +=
            fmt::format("{}{}:{}: {}", complaints_.empty() ? "" : "\n", file_, line, reason);
    }

    void read_titles(const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            bool known = false;
            for (std::size_t column = 0; column < columns; ++column) {
                if (cells[i] != titles[column]) continue;
                known = !places_[column];
                places_[column] = i;
            }
            if (!known) say(1, cells[i] + " is not a column, or twice");
        }
        for (const Column needed : {plu, code, name, price}) {
            if (!places_[needed]) say(1, fmt::format("{} is missing", titles[needed]));
        }
        width_ = cells.size();
    }

    void read_goods(const std::vector<std::string>& cells, int line) {
        if (cells.size() != width_) {
            say(line, fmt::format("{} cells, not {}", cells.size(), width_));
            return;
        }
        const auto cell = [&](Column column) {
            return places_[column] ? cells[*places_[column]] : std::string();
        };
        const auto taken = [&](Column column, std::optional<std::int64_t> value,
                               std::int64_t most = 99'999'999) {
            if (!value || *value > most)
                say(line, fmt::format("{} cannot be {}", titles[column], cell(column)));
            return value.value_or(0);
        };
        const auto number = [&](Column column) {
            return static_cast<int>(taken(column, cell(column).empty() ? 0 : whole(cell(column))));
        };
        LabelGoods goods;
        goods.plu = number(plu);
        goods.code = cell(code);
        goods.name = cell(name);
        goods.price_fen = taken(price, fen(cell(price)));
        goods.by_piece = cell(unit) == "piece";
        if (!goods.by_piece && cell(unit) != "kg" && !cell(unit).empty())
            say(line, "unit is kg or piece");
        goods.tare_mg = std::int64_t{number(tare)} * 1000;
        goods.shelf_life_hours = static_cast<int>(taken(shelf_life, hours(cell(shelf_life))));
        goods.label_number = number(label);
        goods.category = number(category);
        goods_.push_back(std::move(goods));
    }

    std::string file_;
    std::string complaints_;
    std::array<std::optional<std::size_t>, columns> places_;
    std::size_t width_ = 0;
    std::vector<LabelGoods> goods_;
};

/// All of it in GB18030; every character of Unicode has a place there.
std::string gb18030(const std::string& utf8) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("gb18030", &error),
                                                                       ucnv_close);
    FANGXIN_CHECK(U_SUCCESS(error));
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
    std::string bytes(static_cast<std::size_t>(text.length()) * 4 + 4, '\0');
    const int size =
        text.extract(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), error);
    FANGXIN_CHECK(U_SUCCESS(error));
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

bool is_utf8(const std::string& text) {
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT(text.data(), at, size, c);
        if (c < 0) return false;
    }
    return true;
}

/// As spreadsheets in Chinese save it: what is not UTF-8 is GB18030. None if it is neither.
std::optional<std::string> as_utf8(std::string text) {
    if (is_utf8(text)) return text;
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("gb18030", &error),
                                                                       ucnv_close);
    FANGXIN_CHECK(U_SUCCESS(error));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    const icu::UnicodeString read(text.data(), static_cast<std::int32_t>(text.size()),
                                  converter.get(), error);
    if (U_FAILURE(error)) return std::nullopt;
    std::string utf8;
    return read.toUTF8String(utf8);
}

std::string yuan(std::int64_t fen) { return fmt::format("{}.{:02}", fen / 100, fen % 100); }

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string general_line(const LabelGoods& one) {
    return fmt::format("{},{},{},{},{},{},{},{},{}\r\n", one.plu, one.code, quoted(one.name),
                       yuan(one.price_fen), one.by_piece ? "件" : "公斤", one.tare_mg / 1000,
                       one.shelf_life_hours, one.label_number, one.category);
}

Result<std::string> aclas_line(const LabelGoods& one, const std::string& flag) {
    if (one.tare_mg != 0)
        return failure("bad_tare", fmt::format("PLU {}: no column of it is a tare", one.plu));
    if (one.code.size() != 5)
        return failure("bad_code", fmt::format("PLU {}: {} has not 5 digits", one.plu, one.code));
    if (one.name.find_first_of("\t\r\n") != one.name.npos)
        return failure("bad_character", fmt::format("PLU {}: a tab or line end", one.plu));
    return fmt::format("\r\n{}\t{}\t{}\t{}\t\t{}\t{}\t7\t{}\t{}\t{}\t60\t240\t0", one.plu, one.code,
                       flag, one.name, yuan(one.price_fen), one.by_piece ? 10 : 4,
                       one.shelf_life_hours, one.shelf_life_hours, one.by_piece ? 2 : 0);
}

}  // namespace

Result<std::vector<LabelGoods>> read_label_goods(const std::filesystem::path& file) {
    std::error_code gone;
    if (!std::filesystem::is_regular_file(file, gone)) return failure("not_found", file.string());
    if (std::filesystem::file_size(file, gone) > longest_file)
        return failure("bad_goods_file", file.string() + " is too large");
    std::ifstream in(file, std::ios::binary);
    auto text = as_utf8({std::istreambuf_iterator<char>(in), {}});
    if (!text) return failure("bad_goods_file", file.string() + " is neither UTF-8 nor GB18030");
    return GoodsReader(file.string()).read(*text);
}

Result<std::string> vendor_file(const std::vector<LabelGoods>& goods, LabelVendor vendor,
                                const std::string& flag) {
    if (vendor == LabelVendor::general) {
        std::string text = "PLU,商品编码,品名,单价(元),单位,皮重(克),保质期(小时),标签号,分类\r\n";
        for (const LabelGoods& one : goods)
            text += general_line(one);
        return gb18030(text);
    }
    std::string text =
        "ID\tItemCode\tDepartmentID\tName1\tName2\tPrice\tUnitID\tBarcodeType1\tFreshnessDate\t"
        "ValidDate\tPackageType\tFlag1\tFlag2\tIceValue";
    for (const LabelGoods& one : goods) {
        auto line = aclas_line(one, flag);
        if (!line) return line;
        text += *line;
    }
    return gb18030(text);
}

}  // namespace fangxin::drivers
