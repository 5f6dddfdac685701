// Money and mass as people read them. Weights and their prices must read alike everywhere, so the
// legal library has both. Any thread.
#pragma once

#include "domain/weighing/amount_text.hpp"

#include <cstdint>
#include <string>

namespace fangxin::domain {

using weighing::kilograms;
using weighing::yuan;

/// As it stands on a scale's plate and on a mass: `15 kg`, `1.5 kg`, `100 g`, `0.5 g`, `0 g`;
/// exact.
std::string mass_text(std::int64_t milligrams);

}  // namespace fangxin::domain
