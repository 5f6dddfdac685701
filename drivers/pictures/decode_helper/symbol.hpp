// The one file that knows ZXing: grey pixels to a code, inside the helper. Debian's ZXing 1.4.0 may
// abort on a picture; then this process is the only one to die. One thread.
#pragma once

#include "drivers/pictures/decode_helper/picture.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

struct Symbol {
    std::string_view format;  ///< `ean13`, `datamatrix` …
    std::string symbology;    ///< AIM identifier without the bracket, `d2`
    bool has_eci = false;     ///< the code itself says which characters `text` has
    std::string text;         ///< UTF-8, guessed unless `has_eci`; GS is U+001D
    std::string bytes;        ///< as they stand in the code
};

/// The first code found, of the kinds sold goods carry.
std::optional<Symbol> find_symbol(const GreyPicture& picture);

/// The same, and then once more on a wider ground: files are often cut at the code's edge, and
/// camera frames have no time for it.
std::optional<Symbol> find_symbol_in_file(const GreyPicture& picture);

}  // namespace fangxin::drivers
