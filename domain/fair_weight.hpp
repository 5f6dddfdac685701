// What the customers' check scale says of a label (公平秤, standard 4.2.7; WEIGH-3). The difference
// allowed is the error that the check scale itself may have in service: twice that of its
// verification (OIML R 76-1:2006, 3.5.2). Pure; any thread.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/instrument.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace fangxin::domain {

/// `under`: there is less than the label says, beyond what is allowed.
enum class FairAnswer { within, under, over };

struct FairComparison {
    std::int64_t labelled_mg = 0;
    std::int64_t measured_mg = 0;
    std::int64_t difference_mg = 0;  ///< measured less labelled
    std::int64_t allowed_mg = 0;
    FairAnswer answer = FairAnswer::within;
    bool operator==(const FairComparison&) const = default;
};

struct FairQuestion {
    std::int64_t labelled_mg = 0;
    std::int64_t measured_mg = 0;
    /// By how much what is labelled may be off because it was reckoned from a price.
    std::int64_t unsure_mg = 0;
};

/// None without a class in the register, or for a load that the scale is not made for.
std::optional<FairComparison> compare_fairly(const Instrument& scale, const FairQuestion& question);

/// What a label that tells its price alone weighs, by the price of a kilogram: to the nearest gram,
/// with what half a fen and half a gram make of it. None without either.
struct ReckonedWeight {
    std::int64_t weight_mg = 0;
    std::int64_t unsure_mg = 0;
};
std::optional<ReckonedWeight> weight_of_price(std::int64_t amount_fen,
                                              std::int64_t price_fen_per_kg);

template <>
struct EnumTable<FairAnswer> {
    using enum FairAnswer;
    static constexpr auto rows =
        std::to_array<EnumText<FairAnswer>>({{within, "within"}, {under, "under"}, {over, "over"}});
};

}  // namespace fangxin::domain
