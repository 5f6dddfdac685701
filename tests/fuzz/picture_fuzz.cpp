// Any bytes as a picture: they are one, or are refused, within bounded memory; what is loaded can
// be shrunk and widened.
#include "domain/check.hpp"
#include "drivers/pictures/decode_helper/picture.hpp"

#include <cstddef>
#include <cstdint>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    GreyPicture picture;
    const auto error = load_picture({reinterpret_cast<const std::byte*>(data), size}, picture);
    if (!error.empty()) {
        FANGXIN_CHECK(error == "not_an_image" || error == "too_large");
        return 0;
    }
    const std::int64_t pixels = std::int64_t{picture.width} * picture.height;
    FANGXIN_CHECK(picture.width > 0 && picture.height > 0 && pixels <= most_pixels);
    FANGXIN_CHECK(picture.pixels.size() == static_cast<std::size_t>(pixels));
    if (pixels > 250'000) return 0;  // a fuzzer counts its tries
    FANGXIN_CHECK(shrunk(picture, 3).pixels.size() ==
                  static_cast<std::size_t>(picture.width / 3) *
                      static_cast<std::size_t>(picture.height / 3));
    const GreyPicture wide = with_margin(picture, 5);
    FANGXIN_CHECK(wide.width == picture.width + 10 && wide.pixels.front() == 0xFF);
    return 0;
}
