#include "drivers/devices/json_lines.hpp"

#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

std::string parsed(std::string_view code) {
    return json_line(domain::parse_code(code, {.today = *domain::make_date(2026, 11, 23)}));
}

TEST(JsonLines, GivesOnlyKeysThatHaveAValue) {
    EXPECT_EQ(parsed("6901234567892"), R"({"kind":"ean13","gtin":"06901234567892"})");
}

TEST(JsonLines, GivesAnErrorAndNothingElseOfABadCode) {
    EXPECT_EQ(parsed("6901234567893"), R"({"kind":"ean13","error":"check_digit"})");
}

TEST(JsonLines, GivesTheContentsOfAGs1Code) {
    EXPECT_EQ(parsed("]d2010690123456789217261231"
                     "10A\"1\x1D"
                     "3103001234"),
              R"({"kind":"gs1","symbology":"d2","gtin":"06901234567892",)"
              R"("ais":{"01":"06901234567892","17":"261231","10":"A\"1","3103":"001234"},)"
              R"("lot":"A\"1","expiry":"2026-12-31","weight_mg":1234000})");
}

TEST(JsonLines, NeverShowsAPaymentCode) {
    EXPECT_EQ(parsed("130000000000000000").find("1300"), std::string::npos);
}

TEST(JsonLines, GivesAReadingWithItsRawFrame) {
    Reading reading{.state = ScaleState::stable,
                    .gross_mg = 1'234'000,
                    .tare_mg = 50'000,
                    .net_mg = 1'184'000,
                    .raw = "\x02-\xFF",
                    .at_ms = 7};
    EXPECT_EQ(json_line(reading), R"({"state":"stable","gross_mg":1234000,"tare_mg":50000,)"
                                  R"("net_mg":1184000,"raw":"022dff"})");
}

TEST(JsonLines, GivesAPictureOrWhatIsWrongWithIt) {
    Decoded decoded{.format = "datamatrix", .symbology = "d2", .text = "10A\x1D", .ms = 3};
    decoded.engine = Engine::zbar;
    decoded.corners = {PicturePoint{1, 2}, {30, 2}, {30, 40}, {1, -4}};
    EXPECT_EQ(json_line("a.png", decoded),
              R"({"file":"a.png","format":"datamatrix","symbology":"d2",)"
              R"("text":"10A\u001d","engine":"zbar",)"
              R"("corners":[[1,2],[30,2],[30,40],[1,-4]],"ms":3})");
    EXPECT_EQ(json_line("b.png", failure("no_code")), R"({"file":"b.png","error":"no_code"})");
}

}  // namespace
}  // namespace fangxin::drivers
