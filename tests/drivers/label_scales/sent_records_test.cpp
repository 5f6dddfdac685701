#include "drivers/label_scales/sent_records.hpp"

#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

// SALE-14: a scale has acknowledged what was written down whole; after a cut it is sent again.
TEST(SentRecords, ALineThatWasCutIsNotKnown) {
    tests::TempDir folder;
    {
        auto records = SentRecords::open(folder.path(), "deli", "dahua-tm");
        ASSERT_TRUE(records);
        ASSERT_TRUE(records->acknowledged(1, "first"));
        ASSERT_TRUE(records->acknowledged(2, "second"));
    }
    const auto file = folder / "deli.sent";
    const auto size = std::filesystem::file_size(file);
    std::filesystem::resize_file(file, size - 1);  // the end of its line alone
    {
        auto records = SentRecords::open(folder.path(), "deli", "dahua-tm");
        ASSERT_TRUE(records);
        EXPECT_TRUE(records->holds(1, "first"));
        EXPECT_FALSE(records->holds(2, "second"));
        EXPECT_TRUE(records->all().contains(2)) << "it may lie in the scale";
        ASSERT_TRUE(records->acknowledged(3, "third"));
    }
    auto records = SentRecords::open(folder.path(), "deli", "dahua-tm");
    EXPECT_TRUE(records->holds(3, "third")) << "the cut line swallowed the next one";
}

TEST(SentRecords, ACutRemovalIsNotKnownEither) {
    tests::TempDir folder;
    {
        auto records = SentRecords::open(folder.path(), "deli", "dahua-tm");
        ASSERT_TRUE(records->acknowledged(1, "first"));
        ASSERT_TRUE(records->removed({1}));
    }
    const auto file = folder / "deli.sent";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    auto records = SentRecords::open(folder.path(), "deli", "dahua-tm");
    EXPECT_TRUE(records->all().contains(1));
    EXPECT_FALSE(records->holds(1, "first"));
}

}  // namespace
}  // namespace fangxin::drivers
