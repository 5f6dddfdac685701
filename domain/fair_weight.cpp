#include "domain/fair_weight.hpp"

#include "domain/weighing/check.hpp"
#include "domain/weighing/price.hpp"

#include <cstdlib>

namespace fangxin::domain {

namespace {

constexpr std::int64_t mg_of_kg = 1'000'000;
constexpr std::int64_t mg_of_gram = 1'000;

}  // namespace

std::optional<FairComparison> compare_fairly(const Instrument& scale,
                                             const FairQuestion& question) {
    auto accuracy = from_text<weighing::AccuracyClass>(scale.accuracy_class);
    if (!accuracy || question.labelled_mg <= 0) return std::nullopt;
    if (question.measured_mg < scale.min_mg || question.measured_mg > scale.max_mg) {
        return std::nullopt;
    }
    auto allowed_mg =
        weighing::tolerance_in_service_mg(*accuracy, scale.e_mg, question.measured_mg);
    if (!allowed_mg) return std::nullopt;
    FairComparison result{.labelled_mg = question.labelled_mg,
                          .measured_mg = question.measured_mg,
                          .difference_mg = question.measured_mg - question.labelled_mg,
                          .allowed_mg = *allowed_mg + question.unsure_mg};
    if (std::abs(result.difference_mg) > result.allowed_mg) {
        result.answer = result.difference_mg < 0 ? FairAnswer::under : FairAnswer::over;
    }
    return result;
}

std::optional<ReckonedWeight> weight_of_price(std::int64_t amount_fen,
                                              std::int64_t price_fen_per_kg) {
    if (amount_fen <= 0 || amount_fen > weighing::largest_amount_fen || price_fen_per_kg <= 0) {
        return std::nullopt;
    }
    const std::int64_t grams =
        (amount_fen * (mg_of_kg / mg_of_gram) + price_fen_per_kg / 2) / price_fen_per_kg;
    const std::int64_t half_fen_mg = (mg_of_kg / 2 + price_fen_per_kg - 1) / price_fen_per_kg;
    return ReckonedWeight{.weight_mg = grams * mg_of_gram,
                          .unsure_mg = half_fen_mg + mg_of_gram / 2};
}

}  // namespace fangxin::domain
