#include "drivers/label_scales/fitted.hpp"

#include "domain/check.hpp"
#include "domain/code.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t mg_per_gram = 1000;
constexpr int hours_per_day = 24;

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// The wide form of what ASCII has: GB 2312 row 3, the blank row 1.
char32_t widened(char32_t c) {
    if (c == ' ' || c == 0xA0) return 0x3000;
    if (c == '$') return 0xFF04;
    if (c == '~') return 0xFF5E;
    return c > 0x20 && c < 0x7F ? c + 0xFEE0 : c;
}

/// Two bytes of GB 2312: rows 1 to 9 and 16 to 87, cells 1 to 94.
bool is_gb2312(std::string_view bytes) {
    if (bytes.size() != 2) return false;
    const int row = static_cast<unsigned char>(bytes[0]) - 0xA0;
    const int cell = static_cast<unsigned char>(bytes[1]) - 0xA0;
    return ((row >= 1 && row <= 9) || (row >= 16 && row <= 87)) && cell >= 1 && cell <= 94;
}

std::string gb_character(UConverter* converter, char32_t c) {
    std::array<UChar, 2> units;
    std::int32_t count = 0;
    U16_APPEND_UNSAFE(units, count, c);
    std::array<char, 8> bytes;
    UErrorCode error = U_ZERO_ERROR;
    const int size =
        ucnv_fromUChars(converter, bytes.data(), bytes.size(), units.data(), count, &error);
    if (U_FAILURE(error)) return {};
    return {bytes.data(), static_cast<std::size_t>(size)};
}

Result<void> fit_numbers(const LabelGoods& goods, const LabelLimits& most) {
    if (goods.plu < 1 || goods.plu > most.plu)
        return failure("bad_plu", fmt::format("PLU {} is not from 1 to {}", goods.plu, most.plu));
    if (goods.price_fen < 1 || goods.price_fen > most.price_fen) {
        return failure("bad_price",
                       fmt::format("{} fen is not from 1 to {}", goods.price_fen, most.price_fen));
    }
    if (goods.by_piece && !most.pieces)
        return failure("by_piece", "how this scale is told of pieces is not known");
    if (goods.tare_mg < 0 || goods.tare_mg % mg_per_gram != 0)
        return failure("bad_tare", fmt::format("{} mg is not whole grams", goods.tare_mg));
    if (goods.tare_mg / mg_per_gram > most.tare_grams) {
        return failure("bad_tare", most.tare_grams == 0
                                       ? "how this scale is told of a tare is not known"
                                       : fmt::format("{} g is more than {} g",
                                                     goods.tare_mg / mg_per_gram, most.tare_grams));
    }
    const int days = goods.shelf_life_hours / hours_per_day;
    if (goods.shelf_life_hours < 0 || days > most.shelf_life_days) {
        return failure("bad_shelf_life", fmt::format("{} hours is not from 0 to {} days",
                                                     goods.shelf_life_hours, most.shelf_life_days));
    }
    if (goods.shelf_life_hours > 0 && days == 0 && !most.shelf_life_hours) {
        return failure("bad_shelf_life", fmt::format("{} hours is less than the scale's day",
                                                     goods.shelf_life_hours));
    }
    if (goods.category < 0 || goods.category > most.category)
        return failure("bad_category", fmt::format("{} is over {}", goods.category, most.category));
    if (goods.label_number < 0 || goods.label_number > most.label_number) {
        return failure("bad_label_number",
                       fmt::format("{} is over {}", goods.label_number, most.label_number));
    }
    return {};
}

/// A label as the scale prints it, read as the till reads it.
Result<void> fit_label(const LabelGoods& goods, const LabelScale& scale) {
    const domain::LabelFormat& format = scale.format;
    const std::size_t width = format.goods().size;
    if (width > scale.protocol->limits.code_digits || format.flag().size != 2) {
        return failure("bad_format", fmt::format("{} is not printed by {}", format.pattern(),
                                                 scale.protocol->id));
    }
    if (!all_digits(goods.code) || goods.code.size() > width) {
        return failure("bad_code", fmt::format("{} is not up to {} digits as in {}", goods.code,
                                               width, format.pattern()));
    }
    domain::LabelFormats formats;
    if (auto added = formats.add(format); !added) return added;
    std::string label(format.size(), '0');
    label.replace(format.flag().at, format.flag().size, scale.flag());
    const std::string code = std::string(width - goods.code.size(), '0') + goods.code;
    label.replace(format.goods().at, width, code);
    const domain::LabelFormat* found = formats.find(label);
    if (found == nullptr || found->goods().of(label) != code)
        return failure("label_unread", label + " is not read as " + goods.code);
    if (!format.amount().is_there() || !goods.by_piece) return {};
    label.replace(format.amount().at, format.amount().size, std::string(format.amount().size, '9'));
    if (goods.price_fen > format.amount_fen(label).value_or(0)) {
        return failure("label_amount",
                       fmt::format("{} fen does not fit {}", goods.price_fen, format.pattern()));
    }
    return {};
}

}  // namespace

Result<GbName> gb_name(std::string_view utf8, std::size_t characters) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("gb18030", &error),
                                                                       ucnv_close);
    FANGXIN_CHECK(U_SUCCESS(error));  // ICU carries this table in itself
    GbName name;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    const int size = static_cast<int>(utf8.size());
    for (int at = 0; at < size;) {
        const int from = at;
        UChar32 c = 0;
        U8_NEXT(bytes, at, size, c);
        const std::string gb =
            c < 0 ? std::string()
                  : gb_character(converter.get(), widened(static_cast<char32_t>(c)));
        if (!is_gb2312(gb)) {
            return failure("bad_character",
                           c < 0 ? "not UTF-8"
                                 : fmt::format("{} is not in GB 2312",
                                               utf8.substr(static_cast<std::size_t>(from),
                                                           static_cast<std::size_t>(at - from))));
        }
        name.cut = name.bytes.size() / 2 >= characters;
        if (!name.cut) name.bytes += gb;
    }
    return name;
}

Result<FittedGoods> fit(const LabelGoods& goods, const LabelScale& scale) {
    const LabelLimits& most = scale.protocol->limits;
    if (scale.department < 0 || scale.department > most.department) {
        return failure("bad_department",
                       fmt::format("{} is over {}", scale.department, most.department));
    }
    if (auto fits = fit_numbers(goods, most); !fits) return tl::unexpected(fits.error());
    if (auto fits = fit_label(goods, scale); !fits) return tl::unexpected(fits.error());
    auto name = gb_name(goods.name, most.name_characters);
    if (!name) return tl::unexpected(name.error());
    if (name->bytes.empty()) return failure("no_name");
    FittedGoods fitted{.record = scale.protocol->put(goods, scale, name->bytes), .notes = {}};
    if (name->cut) fitted.notes.emplace_back("name_cut");
    if (!most.shelf_life_hours && goods.shelf_life_hours % hours_per_day != 0)
        fitted.notes.emplace_back("shelf_life_cut");
    return fitted;
}

}  // namespace fangxin::drivers
