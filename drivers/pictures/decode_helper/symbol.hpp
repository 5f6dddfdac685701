// The one file that knows ZXing: grey pixels to a code, inside the helper. Debian's ZXing 1.4.0 may
// abort on a picture; then this process is the only one to die. One thread.
#pragma once

#include "drivers/pictures/decode_helper/picture.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

struct Symbol {
    std::string_view format;              ///< `ean13`, `datamatrix` …
    std::string symbology;                ///< AIM identifier without the bracket, `d2`
    bool has_eci = false;                 ///< the code itself says which characters `text` has
    std::string text;                     ///< UTF-8, guessed unless `has_eci`; GS is U+001D
    std::string bytes;                    ///< as they stand in the code
    std::string_view engine;              ///< who read it: `zxing` `zbar`
    std::array<PicturePoint, 4> corners;  ///< as the code stands upright: from its top left round
};

/// The first code found, of the kinds sold goods carry.
std::optional<Symbol> read_symbol(const GreyPicture& picture);

}  // namespace fangxin::drivers
