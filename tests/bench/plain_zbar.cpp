#include "tests/bench/plain_readers.hpp"

#include <zbar.h>

namespace fangxin::bench {

std::string plain_zbar(const tests::GreyPhoto& photo) {
    using namespace zbar;
    constexpr unsigned long grey = 0x30303859;  // Y800
    static zbar_image_scanner_t* const scanner = zbar_image_scanner_create();
    zbar_image_t* image = zbar_image_create();
    zbar_image_set_format(image, grey);
    zbar_image_set_size(image, static_cast<unsigned>(photo.width),
                        static_cast<unsigned>(photo.height));
    zbar_image_set_data(image, photo.pixels.data(), photo.pixels.size(), nullptr);
    std::string text;
    if (zbar_scan_image(scanner, image) > 0) {
        const zbar_symbol_t* first = zbar_image_first_symbol(image);
        text.assign(zbar_symbol_get_data(first), zbar_symbol_get_data_length(first));
    }
    zbar_image_destroy(image);
    return text;
}

}  // namespace fangxin::bench
