// The bare libraries on photos, for floors: ZXing and zbar called as their manuals show, one look
// at each. They run in a child, since Debian's ZXing may abort the process. Benches only.
#pragma once

#include "tests/support/code_photo.hpp"

#include <string>
#include <vector>

namespace fangxin::bench {

enum class PlainReader { zxing, zbar };

struct PlainReading {
    std::string text;  ///< empty: nothing was read
    double ms = 0;
    bool has_died = false;
};

/// What is read, or nothing. A file each: their headers do not bear each other. May end the
/// process.
std::string plain_zxing(const tests::GreyPhoto& photo);
std::string plain_zbar(const tests::GreyPhoto& photo);

/// One for each photo, in their order.
std::vector<PlainReading> read_plainly(const std::vector<const tests::GreyPhoto*>& photos,
                                       PlainReader reader);

}  // namespace fangxin::bench
