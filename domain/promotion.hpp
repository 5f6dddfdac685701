// Promotions as the shop enters them (SALE-4, rules 5): one row each, the same for import, server
// and tills. What a row means is here; what it is worth in a basket is pricing/pricing.hpp's.
//
//   kind            columns it reads                  one use of it
//   time_price      amount_fen or percent             one unit at that price (per piece or per kg),
//                                                     or so much cheaper
//   member_price    the same, member is implied       the same, for members
//   nth_discount    buy n, percent                    n units, the cheapest so much cheaper
//   buy_n_get_m     buy n, get m                      n + m units, the m cheapest free
//   mix_and_match   buy n, amount_fen or percent      any n units for that sum, or so much cheaper
//   bundle          items, amount_fen or percent      one unit of each item (twice listed: two)
//   spend_and_save  threshold_fen, amount_fen or      that much off what the goods cost, each time
//                   percent                           the threshold is full; percent: once
//
// `percent` is what is taken off. `items` and `categories` are joined by `;` and mean their union;
// both empty: all goods (of a bundle never). `limit` is how often it may be used in one basket;
// of what has one unit, for how many units. `days` are 1 (Monday) to 7, `hours` are
// `18:00-21:00` and may pass midnight; several joined by `;`. `from` and `until` belong to it.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

enum class PromotionKind {
    time_price,
    member_price,
    nth_discount,
    buy_n_get_m,
    mix_and_match,
    bundle,
    spend_and_save
};
template <>
struct EnumTable<PromotionKind> {
    static constexpr std::array rows{EnumText{PromotionKind::time_price, "time_price"},
                                     EnumText{PromotionKind::member_price, "member_price"},
                                     EnumText{PromotionKind::nth_discount, "nth_discount"},
                                     EnumText{PromotionKind::buy_n_get_m, "buy_n_get_m"},
                                     EnumText{PromotionKind::mix_and_match, "mix_and_match"},
                                     EnumText{PromotionKind::bundle, "bundle"},
                                     EnumText{PromotionKind::spend_and_save, "spend_and_save"}};
};

struct Promotion {
    std::string id;
    std::string kind;  ///< a PromotionKind's text; one of a newer program is applied nowhere
    std::optional<Date> from;
    std::optional<Date> until;
    std::string days;
    std::string hours;
    std::string items;
    std::string categories;
    bool member = false;
    std::optional<std::int64_t> buy;
    std::optional<std::int64_t> get;
    std::optional<std::int64_t> percent;
    std::optional<std::int64_t> amount_fen;
    std::optional<std::int64_t> threshold_fen;
    std::optional<std::int64_t> limit;
    bool stackable = false;
    std::string name_zh;
    std::string name_en;
};

/// What a promotion takes off a line of a basket or a sale. With its name, because it may be gone
/// when the receipt comes back.
struct LinePromotion {
    std::string id;
    std::string name_zh;
    std::string name_en;
    std::int64_t saved_fen = 0;
    bool operator==(const LinePromotion&) const = default;
};

/// A promotion that was read and makes sense.
struct PriceRule {
    /// From the first minute of a day up to, and without, the other; past midnight if it is less.
    struct Hours {
        int from = 0;
        int until = 0;
    };
    std::string id;
    std::string name_zh;
    std::string name_en;
    PromotionKind kind = PromotionKind::time_price;
    std::optional<Date> from;
    std::optional<Date> until;
    std::array<bool, 7> days{};  ///< Monday first
    std::vector<Hours> hours;    ///< empty: all day
    std::vector<std::string> items;
    std::vector<std::string> categories;
    bool member = false;
    bool stackable = false;
    std::int64_t units = 1;  ///< in one use of it
    std::int64_t free = 0;
    std::optional<std::int64_t> percent;
    std::optional<std::int64_t> amount_fen;
    std::int64_t threshold_fen = 0;
    std::optional<std::int64_t> limit;

    bool is_of_basket() const { return kind == PromotionKind::spend_and_save; }
    bool is_of_unit() const {
        return kind == PromotionKind::time_price || kind == PromotionKind::member_price;
    }
};

/// Code `bad_promotion`; the detail begins with the column that is wrong (`hours: is not …`).
Result<PriceRule> read_promotion(const Promotion& promotion);

/// Whether it is in force at this moment, by the store's own clock.
bool is_live(const PriceRule& rule, const StoreTime& now);

/// A price less so many percent, half up to the fen.
std::int64_t less_percent(std::int64_t price_fen, std::int64_t percent);

}  // namespace fangxin::domain
