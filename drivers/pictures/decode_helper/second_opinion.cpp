#include "drivers/pictures/decode_helper/second_opinion.hpp"

#include <algorithm>
#include <memory>
#include <zbar.h>

namespace fangxin::drivers {

using namespace zbar;  // its C functions lie there when the compiler speaks C++

namespace {

constexpr unsigned long grey = 0x30303859;  // the four characters Y800, the first lowest

struct Kind {
    zbar_symbol_type_t type;
    std::string_view word;
    std::string_view identifier;
};
constexpr std::array kinds = std::to_array<Kind>({{ZBAR_EAN13, "ean13", "E0"},
                                                  {ZBAR_EAN8, "ean8", "E4"},
                                                  {ZBAR_UPCA, "upca", "E0"},
                                                  {ZBAR_UPCE, "upce", "E0"}});

using Scanner = std::unique_ptr<zbar_image_scanner_t, decltype(&zbar_image_scanner_destroy)>;

Scanner new_scanner() {
    Scanner scanner(zbar_image_scanner_create(), zbar_image_scanner_destroy);
    zbar_image_scanner_set_config(scanner.get(), ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    for (const Kind& kind : kinds)
        zbar_image_scanner_set_config(scanner.get(), kind.type, ZBAR_CFG_ENABLE, 1);
    return scanner;
}

/// zbar gives the points where its lines met the code; the box around them is what there is.
std::array<PicturePoint, 4> box_of(const zbar_symbol_t* symbol) {
    unsigned count = zbar_symbol_get_loc_size(symbol);
    if (count == 0) return {};
    int left = zbar_symbol_get_loc_x(symbol, 0);
    int top = zbar_symbol_get_loc_y(symbol, 0);
    int right = left;
    int bottom = top;
    for (unsigned i = 1; i < count; ++i) {
        left = std::min(left, zbar_symbol_get_loc_x(symbol, i));
        right = std::max(right, zbar_symbol_get_loc_x(symbol, i));
        top = std::min(top, zbar_symbol_get_loc_y(symbol, i));
        bottom = std::max(bottom, zbar_symbol_get_loc_y(symbol, i));
    }
    return {PicturePoint{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

std::optional<Symbol> symbol_of(const zbar_symbol_t* found) {
    for (const Kind& kind : kinds) {
        if (kind.type != zbar_symbol_get_type(found)) continue;
        std::string text(zbar_symbol_get_data(found), zbar_symbol_get_data_length(found));
        return Symbol{.format = kind.word,
                      .symbology = std::string(kind.identifier),
                      .has_eci = false,
                      .text = text,
                      .bytes = text,
                      .engine = "zbar",
                      .corners = box_of(found)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Symbol> read_ean_by_zbar(const GreyPicture& picture) {
    static const Scanner scanner = new_scanner();
    std::unique_ptr<zbar_image_t, decltype(&zbar_image_destroy)> image(zbar_image_create(),
                                                                       zbar_image_destroy);
    zbar_image_set_format(image.get(), grey);
    zbar_image_set_size(image.get(), static_cast<unsigned>(picture.width),
                        static_cast<unsigned>(picture.height));
    zbar_image_set_data(image.get(), picture.pixels.data(), picture.pixels.size(), nullptr);
    if (zbar_scan_image(scanner.get(), image.get()) <= 0) return std::nullopt;
    for (const zbar_symbol_t* found = zbar_image_first_symbol(image.get()); found != nullptr;
         found = zbar_symbol_next(found)) {
        if (auto symbol = symbol_of(found)) return symbol;
    }
    return std::nullopt;
}

}  // namespace fangxin::drivers
