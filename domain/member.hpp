// Members at the till (SALE-16): who the customer is, and what a sale earns him. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace fangxin::domain {

/// The customer of a basket, as the till knew him when he was found.
struct BasketMember {
    std::string number;
    std::string name;
    std::string phone;        ///< a part of it
    std::int64_t points = 0;  ///< imported, and earned here since
};

/// A point for each `fen_per_point` in full of what is paid, none if that is 0; what comes back
/// takes its points with it, rounded towards zero alike.
///     12860 at 100 → 128      −12860 at 100 → −128      99 at 100 → 0
std::int64_t points_for(std::int64_t paid_fen, std::int64_t fen_per_point);

/// `88001234` → `****1234`: as screens and receipts show it.
std::string masked_member(const std::string& number);

}  // namespace fangxin::domain
