#include "domain/weighing/price.hpp"

namespace fangxin::weighing {

namespace {

// A price times a mass passes 64 bits at ¥92,233 × 1,000 kg; both compilers have the wide type.
__extension__ using Wide = __int128;

constexpr std::int64_t mg_per_kg = 1'000'000;

}  // namespace

std::optional<std::int64_t> weight_amount(const WeightSale& sale) {
    if (sale.net_mg < 0 || sale.price_fen_per_kg < 0) return std::nullopt;
    Wide exact = Wide{sale.net_mg} * sale.price_fen_per_kg;
    Wide rounded = (exact + mg_per_kg / 2) / mg_per_kg;
    if (rounded > largest_amount_fen) return std::nullopt;
    return static_cast<std::int64_t>(rounded);
}

}  // namespace fangxin::weighing
