#include "terminal/station/photos.hpp"

#include "drivers/scales/weighing_code.hpp"
#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace fangxin::terminal {
namespace {

kit::Picture grey(int width, int height, std::uint8_t shade) {
    kit::Picture picture{width, height, {}};
    picture.rgba.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4,
                        shade);
    return picture;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Photos, AreKeptUnderTheHashOfTheirBytes) {
    const tests::TempDir folder;
    const auto name = keep_photo(folder.path(), grey(320, 240, 90));
    ASSERT_TRUE(name) << name.error().detail;
    const std::string bytes = bytes_of(photo_path(folder.path(), *name));
    EXPECT_EQ(*name, drivers::sha256_hex(bytes) + ".jpg");
    EXPECT_TRUE(bytes.starts_with("\xFF\xD8\xFF"));
    EXPECT_EQ(keep_photo(folder.path(), grey(320, 240, 90)), *name) << "the same photo again";
    EXPECT_NE(keep_photo(folder.path(), grey(320, 240, 91)), *name);
    const auto files = std::filesystem::directory_iterator(folder / "photos");
    EXPECT_EQ(std::distance(begin(files), end(files)), 2) << "no half files";
}

TEST(Photos, ThatCannotBeWrittenHaveNoName) {
    const tests::TempDir folder;
    std::ofstream(folder / "photos") << "a file in its place";
    const auto name = keep_photo(folder.path(), grey(32, 24, 90));
    ASSERT_FALSE(name);
    EXPECT_EQ(name.error().code, "cannot_write");
    EXPECT_EQ(keep_photo(folder.path(), {}).error().code, "cannot_write");
}

}  // namespace
}  // namespace fangxin::terminal
