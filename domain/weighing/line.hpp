// What a weighed line says on a receipt (SALE-7, OIML R 76 4.14.4): its weights, the price of a
// kilogram and the price, always together. Pure; any thread.
#pragma once

#include "domain/language.hpp"
#include "domain/weighing/api.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::weighing {

/// A label of another scale says the net mass alone.
struct WeighedLine {
    std::optional<std::int64_t> gross_mg;
    std::int64_t taken_tare_mg = 0;
    std::int64_t preset_tare_mg = 0;
    std::int64_t net_mg = 0;
    std::int64_t price_fen_per_kg = 0;
};

/// 毛重 1.284kg 皮重 0.050kg 净重 1.234kg   weights, empty without a gross; a preset tare is marked
/// PT 1.234kg × 15.80/kg                     price
struct WeighedLineWords {
    std::string weights;
    std::string price;
};

FANGXIN_WEIGHING_API WeighedLineWords words_of(const WeighedLine& line, domain::Language language);

}  // namespace fangxin::weighing
