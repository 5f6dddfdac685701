#include "domain/money.hpp"

#include "domain/check.hpp"

namespace fangxin::domain {

namespace {

// A price times a quantity can pass 64 bits; both compilers have the wide type.
__extension__ using Wide = __int128;

std::optional<std::int64_t> narrow(Wide amount) {
    if (amount > largest_amount_fen) return std::nullopt;
    return static_cast<std::int64_t>(amount);
}

}  // namespace

std::optional<std::int64_t> line_amount(const PieceSale& sale) {
    if (sale.unit_price_fen < 0 || sale.quantity < 0) return std::nullopt;
    return narrow(Wide{sale.unit_price_fen} * sale.quantity);
}

std::int64_t rounding_down_to_jiao(std::int64_t cash_fen) {
    FANGXIN_CHECK(cash_fen >= 0);
    return -(cash_fen % 10);
}

std::optional<std::int64_t> refund_amount(const PartialReturn& back) {
    bool sound = back.paid_fen >= 0 && back.sold > 0 && back.returned_before >= 0 &&
                 back.returned_now >= 0 && back.returned_before <= back.sold &&
                 back.returned_now <= back.sold - back.returned_before;
    if (!sound) return std::nullopt;
    // The difference of two running shares, not the share of the part: three returns of one out of
    // three for ¥1.00 give 0.33, 0.33, 0.34 and nothing is left over.
    auto share_of_first = [&](std::int64_t units) {
        return static_cast<std::int64_t>(Wide{back.paid_fen} * units / back.sold);
    };
    return share_of_first(back.returned_before) -
           share_of_first(back.returned_before + back.returned_now);
}

}  // namespace fangxin::domain
