// Money and mass as people read them. Weights and their prices must read alike everywhere, so the
// legal library has both. Any thread.
#pragma once

#include "domain/weighing/amount_text.hpp"

namespace fangxin::domain {

using weighing::kilograms;
using weighing::yuan;

}  // namespace fangxin::domain
