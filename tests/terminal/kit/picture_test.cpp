#include "terminal/kit/picture.hpp"

#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <png.h>

namespace fangxin::kit {

TEST(Picture, IsWrittenAsPngPixelByPixel) {
    const Picture picture{2, 1, {255, 0, 0, 255, 1, 2, 3, 255}};
    const tests::TempDir folder;
    const std::string path = (folder.path() / "a.png").string();
    ASSERT_TRUE(write_png(picture, path));
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_NE(png_image_begin_read_from_file(&image, path.c_str()), 0);
    image.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> rgba(PNG_IMAGE_SIZE(image));
    ASSERT_NE(png_image_finish_read(&image, nullptr, rgba.data(), 0, nullptr), 0);
    EXPECT_EQ(rgba, picture.rgba);
}

TEST(Picture, SaysThatItCannotBeWritten) {
    const auto written = write_png({1, 1, {0, 0, 0, 255}}, "/nonexistent/folder/a.png");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "cannot_write");
}

}  // namespace fangxin::kit
