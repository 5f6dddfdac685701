#include "drivers/label_scales/goods_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

std::string name_in(const std::string& bytes) {
    tests::TempDir folder;
    std::ofstream(folder / "g.csv", std::ios::binary)
        << "plu,code,name,price\n1,00001," << bytes << ",12.80\n";
    auto goods = read_label_goods(folder / "g.csv");
    return goods ? goods->front().name : goods.error().code;
}

// A spreadsheet saved GB18030, and every name on the labels was a row of question marks.
TEST(GoodsFile, IsReadInUtf8AndInGb18030AndInNothingElse) {
    EXPECT_EQ(name_in("香蕉"), "香蕉");
    EXPECT_EQ(name_in("\xCF\xE3\xBD\xB6"), "香蕉");
    EXPECT_EQ(name_in("\xCF\xE3\xBD\xFF"), "bad_goods_file");
}

}  // namespace
}  // namespace fangxin::drivers
