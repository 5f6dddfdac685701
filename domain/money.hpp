// Exact money (SALE-12, rules 5): integer fen in, integer fen out, rounded half up at most
// once per line. Pure; any thread. A value that does not fit, or a negative one, is nullopt: the
// caller refuses the line. What a weight costs is weighing/price.hpp's.
#pragma once

#include "domain/weighing/price.hpp"

#include <cstdint>
#include <optional>

namespace fangxin::domain {

using weighing::largest_amount_fen;

struct PieceSale {
    std::int64_t unit_price_fen = 0;
    std::int64_t quantity = 0;
};
std::optional<std::int64_t> line_amount(const PieceSale& sale);

/// 抹零: what to take off the cash part so that it ends on a whole jiao, never up; 0 or negative,
/// a ledger line of its own. `cash_fen` ≥ 0.
std::int64_t rounding_down_to_jiao(std::int64_t cash_fen);

/// A return of some of a line's units. Units are pieces, or milligrams of a weighed line.
struct PartialReturn {
    std::int64_t paid_fen = 0;  ///< the whole line as paid, promotions and rounding shared in
    std::int64_t sold = 0;
    std::int64_t returned_before = 0;
    std::int64_t returned_now = 0;
};
/// What is given back, as a negative amount (SALE-12). Parts returned one by one add up to exactly
/// minus what was paid; nullopt if more comes back than is still out.
std::optional<std::int64_t> refund_amount(const PartialReturn& back);

}  // namespace fangxin::domain
