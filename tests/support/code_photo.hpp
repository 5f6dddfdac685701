// Photos of codes as a camera would take them, made from a seed: a code drawn by zint, printed on a
// label, turned, tilted, blurred, noisy, in poor light. The same seed gives the same pixels on
// every machine. Tests and benches only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::tests {

struct GreyPhoto {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;  ///< rows without gaps, 0 is black
};

/// A kind of code that goods carry.
struct PhotoKind {
    std::string_view name;    ///< `ean13` … `digital_link`
    std::string_view format;  ///< Decoded::format
};
std::span<const PhotoKind> photo_kinds();

struct DrawnCode {
    std::string zint;  ///< arguments for zint's command line
    std::string text;  ///< what a reader has to say, see same_code()
};
/// Another one for every seed.
DrawnCode drawn_code(std::string_view kind, std::uint64_t seed);

/// Whether a reader said what was drawn. Readers differ in how they put it: brackets, separators,
/// a DataBar's 01 and a UPC's leading zeros count for nothing here.
bool same_code(std::string_view kind, std::string_view drawn, std::string_view read);

/// What makes a code hard to read. Sizes in pixels of the photo.
struct Hardship {
    std::string_view name;
    double least_module = 2.2;  ///< width of the narrowest bar, from … to
    double most_module = 3.5;
    bool any_angle = false;
    double tilt = 0;  ///< how far a corner of the label moves, as a share of its width
    double blur = 0.6;
    double noise = 4;
    double black = 30;
    double white = 225;
};
std::span<const Hardship> hardships();

struct CodePhoto {
    GreyPhoto photo;
    std::array<std::array<double, 2>, 4> label;  ///< its corners in the photo, clockwise
};
CodePhoto photograph(const GreyPhoto& code, const Hardship& hardship, std::uint64_t seed,
                     int width = 1280, int height = 720);

GreyPhoto load_png(const std::string& path);
void save_png(const std::string& path, const GreyPhoto& photo);

}  // namespace fangxin::tests
