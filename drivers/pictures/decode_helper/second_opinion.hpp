// The one file that knows zbar: EAN and UPC codes that ZXing does not read, inside the helper. It
// is wrong more often (12 to 1 of 703 sample photos), so whoever takes its word asks twice. One
// thread.
#pragma once

#include "drivers/pictures/decode_helper/symbol.hpp"

namespace fangxin::drivers {

std::optional<Symbol> read_ean_by_zbar(const GreyPicture& picture);

}  // namespace fangxin::drivers
