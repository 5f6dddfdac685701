#include "domain/shift.hpp"

#include "domain/shift_report.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::domain {
namespace {

StoreTime at(const char* text) { return *parse_instant(text); }

/// Three sales: 50.00 cash for 48.60 and 0.07 forgiven, one by card, one refund.
ShiftSums morning() {
    ShiftSums sums{.sales = 3,
                   .lines_fen = 4'867 + 12'000,
                   .returns_fen = -1'000,
                   .saved_fen = 300,
                   .rounding_fen = 7};
    add_tender(sums, TenderKind::card, 12'000);
    add_tender(sums, TenderKind::cash, 4'860);
    add_tender(sums, TenderKind::cash, -1'000);
    sums.paid_out_fen = 500;
    sums.dropped_fen = 2'000;
    return sums;
}

// SALE-19: the sum of lines and the sum of tenders.
TEST(ShiftSums, LinesAndTendersSayTheSame) {
    ShiftSums sums = morning();
    EXPECT_EQ(fmt::format("{} {}", sums.due_fen(), sums.tendered_fen()), "15860 15860");
    EXPECT_TRUE(sums.adds_up());
    add_tender(sums, TenderKind::voucher, 1);
    EXPECT_FALSE(sums.adds_up());
}

// SALE-8
TEST(ShiftSums, SayWhatHasToLieInTheDrawer) {
    EXPECT_EQ(expected_cash(morning(), 30'000), 30'000 + 4'860 - 1'000 - 500 - 2'000);
}

// SALE-18
TEST(BusinessDay, TurnsInTheNightAndAfterItsClose) {
    auto day = [](const char* time, const char* closed) {
        return format_date(
            business_day(at(time), 4, [&](Date each) { return format_date(each) == closed; }));
    };
    EXPECT_EQ(day("2026-11-28T14:00:00+08:00", ""), "2026-11-28");
    EXPECT_EQ(day("2026-11-28T03:59:00+08:00", ""), "2026-11-27");
    EXPECT_EQ(day("2026-11-28T04:00:00+08:00", ""), "2026-11-28");
    EXPECT_EQ(day("2026-11-28T22:00:00+08:00", "2026-11-28"), "2026-11-29");
}

ShiftReport report_of(std::int64_t z) {
    return {.shop_name = "放心超市",
            .till = 3,
            .cashier_number = "1001",
            .cashier_name = "李收银",
            .time = at("2026-11-28T14:32:07+08:00"),
            .opened = at("2026-11-28T07:58:00+08:00"),
            .day = "2026-11-28",
            .z = z,
            .float_fen = 30'000,
            .sums = morning(),
            .range = {.from = "1/120", .to = "1/168", .head = "9f2c4b7a"}};
}

// SALE-8
TEST(ShiftReport, OfTheEndHoldsCountRangeAndHeldBaskets) {
    ShiftReport report = report_of(17);
    report.counted = ShiftReport::Counted{
        .counts = {{10'000, 3}, {100, 13}}, .counted_fen = 31'300, .approved_by = "1101"};
    report.held = {{"till-3-1-9", 2, 4'200}};
    EXPECT_EQ(plain_text(layout_shift_report(report, 32), 32),
              "        放心超市\n"
              "       Z 报表 17\n"
              "机号 3        收银员 1001 李收银\n"
              "时间         2026-11-28 14:32:07\n"
              "开班         2026-11-28 07:58:00\n"
              "营业日                2026-11-28\n"
              "--------------------------------\n"
              "销售笔数                       3\n"
              "商品金额                  168.67\n"
              "退货                      -10.00\n"
              "其中已优惠                  3.00\n"
              "抹零                       -0.07\n"
              "应收合计                  158.60\n"
              "--------------------------------\n"
              "收款\n"
              "  现金 ×2                 38.60\n"
              "  银行卡 ×1              120.00\n"
              "实收合计                  158.60\n"
              "--------------------------------\n"
              "钱箱\n"
              "  备用金                  300.00\n"
              "  支出                     -5.00\n"
              "  缴款                    -20.00\n"
              "  应有现金                313.60\n"
              "清点\n"
              "  100.00 × 3             300.00\n"
              "  1.00 × 13               13.00\n"
              "实点现金                  313.00\n"
              "短款                       -0.60\n"
              "复核人                      1101\n"
              "未取挂单\n"
              "  till-3-1-9 ×2           42.00\n"
              "--------------------------------\n"
              "记录              1/120 – 1/168\n"
              "校验 9f2c4b7a\n"
              "\n"
              "收银员签字 ________\n"
              "\n"
              "复核签字 ________\n"
              "[CUT]\n");
}

// SALE-8: a blind count. Whoever counts does not know what has to come out.
TEST(ShiftReport, InTheMiddleDoesNotTellTheCashierHisCash) {
    ShiftReport report = report_of(0);
    report.tells_cash = false;
    const std::string text = plain_text(layout_shift_report(report, 32), 32);
    EXPECT_EQ(text.find("应有现金"), std::string::npos) << text;
    EXPECT_EQ(text.find("38.60"), std::string::npos) << text;
    EXPECT_NE(text.find("银行卡"), std::string::npos) << text;
}

TEST(CashSlip, OpensTheDrawerAndSaysWhyAndByWhom) {
    const CashSlip slip{.shop_name = "放心超市",
                        .till = 3,
                        .cashier_number = "1001",
                        .cashier_name = "",
                        .time = at("2026-11-28T14:32:07+08:00"),
                        .what = "paid_out",
                        .amount_fen = 5'000,
                        .reason = "买胶带",
                        .approved_by = "1101"};
    const std::string text = plain_text(layout_cash_slip(slip, 32), 32);
    EXPECT_EQ(text.find("[DRAWER]"), 0U) << text;
    EXPECT_NE(text.find("买胶带"), std::string::npos) << text;
    EXPECT_NE(text.find("1101"), std::string::npos) << text;
}

}  // namespace
}  // namespace fangxin::domain
