#include "drivers/printers/logo.hpp"

#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <png.h>
#include <string>
#include <vector>

namespace fangxin::drivers {
namespace {

class Logo {
  public:
    /// A picture of one grey (or none: transparent).
    std::string write(unsigned width, unsigned height, int grey) {
        png_image image{};
        image.version = PNG_IMAGE_VERSION;
        image.width = width;
        image.height = height;
        image.format = PNG_FORMAT_GA;
        std::vector<png_byte> dots;
        for (unsigned at = 0; at < width * height; ++at) {
            dots.push_back(static_cast<png_byte>(grey < 0 ? 0 : grey));
            dots.push_back(grey < 0 ? 0 : 255);
        }
        std::string path = folder_ / "logo.png";
        png_image_write_to_file(&image, path.c_str(), 0, dots.data(), 0, nullptr);
        return path;
    }
    std::string write(const std::string& bytes) {
        std::string path = folder_ / "logo.png";
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

  private:
    tests::TempDir folder_;
};

int black(const Bitmap& bitmap) {
    int count = 0;
    for (int y = 0; y < bitmap.height; ++y) {
        for (int x = 0; x < bitmap.width; ++x)
            count += bitmap.dot(x, y) ? 1 : 0;
    }
    return count;
}

std::string size_of(const std::string& path) {
    auto logo = read_logo(path);
    return logo ? fmt::format("{}x{}", logo->width, logo->height) : logo.error().code;
}

TEST(Logo, GreyBecomesAPatternOfDots) {
    Logo logo;
    EXPECT_EQ(black(*read_logo(logo.write(100, 50, 0))), 5000);
    EXPECT_EQ(black(*read_logo(logo.write(100, 50, 255))), 0);
    EXPECT_EQ(black(*read_logo(logo.write(100, 50, -1))), 0);
    int half = black(*read_logo(logo.write(100, 50, 186)));  // half the light, in sRGB
    EXPECT_GT(half, 1000);
    EXPECT_LT(half, 3000);
}

TEST(Logo, ALargePictureIsMadeSmallerAndASmallOneStays) {
    Logo logo;
    EXPECT_EQ(size_of(logo.write(100, 50, 0)), "100x50");
    EXPECT_EQ(size_of(logo.write(768, 100, 0)), "384x50");
    EXPECT_EQ(size_of(logo.write(400, 1000, 0)), "80x200");
    EXPECT_EQ(size_of(logo.write(4000, 1, 0)), "384x1");
}

TEST(Logo, AFileThatIsNoLogoIsRefusedWithAReason) {
    Logo logo;
    EXPECT_EQ(size_of("/does/not/exist.png"), "not_found");
    EXPECT_EQ(size_of(logo.write("")), "not_an_image");
    EXPECT_EQ(size_of(logo.write("GIF89a")), "not_an_image");
    EXPECT_EQ(size_of(logo.write(std::string(4'000'001, 'x'))), "too_large");
    EXPECT_EQ(size_of(logo.write(4001, 1, 0)), "too_large");
    std::ifstream file(logo.write(100, 50, 0), std::ios::binary);
    std::string whole(std::istreambuf_iterator<char>(file), {});
    for (std::size_t size = 0; size + 20 < whole.size(); size += 7)
        EXPECT_EQ(size_of(logo.write(whole.substr(0, size))), "not_an_image") << size;
}

}  // namespace
}  // namespace fangxin::drivers
