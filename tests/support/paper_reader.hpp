// What programs of others read off a picture of paper: zbarimg its codes, tesseract its Chinese.
// A missing program fails the test. Tests only.
#pragma once

#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <png.h>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::tests {

/// What a command says on standard output.
inline std::string output_of(const std::string& command) {
    std::string text;
    std::array<char, 4096> buffer{};
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return text;
    for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        text.append(buffer.data(), count);
    int status = ::pclose(pipe);
    constexpr int not_found = 127 << 8;
    EXPECT_NE(status, not_found) << "not installed (./dev setup): " << command;
    return text;
}

/// One line a code, sorted: `EAN-13:6901234567892`. EAN-13 with a leading 0 is UPC-A to zbar.
inline std::string codes_on(const std::string& picture) {
    return output_of("zbarimg -q -Sisbn10.disable -Sisbn13.disable '" + picture +
                     "' 2>/dev/null | LC_ALL=C sort");
}

struct GreyPicture {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<png_byte> dots;

    GreyPicture part(std::size_t x, std::size_t y, std::size_t side) const {
        GreyPicture cut{side, side, {}};
        for (std::size_t at = 0; at < side * side; ++at)
            cut.dots.push_back(dots[(y + at / side) * width + x + at % side]);
        return cut;
    }
};

inline GreyPicture read_grey(const std::string& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    EXPECT_TRUE(png_image_begin_read_from_file(&image, picture.c_str()));
    image.format = PNG_FORMAT_GRAY;
    GreyPicture grey{image.width, image.height, {}};
    grey.dots.resize(PNG_IMAGE_SIZE(image));
    EXPECT_TRUE(png_image_finish_read(&image, nullptr, grey.dots.data(), 0, nullptr));
    return grey;
}

/// Twice as large beside it: characters of 24 dots are small for tesseract.
inline std::string enlarged(const std::string& picture) {
    GreyPicture small = read_grey(picture);
    std::vector<png_byte> large(small.dots.size() * 4);
    for (std::size_t at = 0; at < large.size(); ++at) {
        large[at] =
            small.dots[at / (small.width * 2) / 2 * small.width + at % (small.width * 2) / 2];
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.format = PNG_FORMAT_GRAY;
    image.width = static_cast<png_uint_32>(small.width * 2);
    image.height = static_cast<png_uint_32>(small.height * 2);
    std::string path = picture + ".large.png";
    EXPECT_TRUE(png_image_write_to_file(&image, path.c_str(), 0, large.data(), 0, nullptr));
    return path;
}

/// The Chinese text without blanks: where it puts them is its own guess.
inline std::string words_on(const std::string& picture) {
    std::string read = output_of("OMP_THREAD_LIMIT=1 tesseract '" + enlarged(picture) +
                                 "' - -l chi_sim --psm 6 2>/dev/null");
    std::string text;
    for (char c : read) {
        if (c != ' ') text += c;
    }
    EXPECT_FALSE(text.empty()) << "tesseract with chi_sim read nothing (./dev setup)";
    return text;
}

}  // namespace fangxin::tests
