// A basket as text, for the draft that survives a crash and for baskets put aside; and what of a
// line goes into a sale. Pure.
#pragma once

#include "domain/basket.hpp"
#include "domain/weighing/reading.hpp"
#include "drivers/scales/weighing_seal.hpp"
#include "sync/ops.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::terminal {

std::string write_basket(const domain::Basket& basket);
std::optional<domain::Basket> read_basket(std::string_view text);

/// What a weighed line keeps of its weighing (WEIGH-5).
domain::Weighing weighing_of(const weighing::Reading& reading, const domain::Instrument& scale,
                             const drivers::WeighingSeal& seal);

sync::SaleLine sale_line(const domain::Line& line);

}  // namespace fangxin::terminal
