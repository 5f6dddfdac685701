#include "domain/receipt.hpp"

#include "domain/text_width.hpp"
#include "domain/words.hpp"
#include "tests/support/receipts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

namespace fangxin::domain {
namespace {

std::string printed(const Receipt& receipt, int columns = 48) {
    return "\n" + plain_text(layout(receipt, columns), columns);
}

bool says(const Receipt& receipt, std::string_view words) {
    return printed(receipt).find(words) != std::string::npos;
}

std::string vat_rows(const std::vector<RatedAmount>& amounts) {
    std::string text;
    for (const ReceiptVat& row : vat_by_rate(amounts))
        text += fmt::format("{}: {}+{} ", row.permille, row.net_fen, row.vat_fen);
    return text;
}

// SALE-7 SALE-17 SALE-15
TEST(Receipt, SaysAllThatWasSoldAndHowItWasPaid) {
    EXPECT_EQ(printed(tests::full_receipt()), R"(
[DRAWER]
        放心超市人民路店
               上海市人民路188号
               电话 021-63281188
机号 3                          收银员 1001 王芳
时间                         2026-11-23 14:05:09
小票号                           FX003010000128K
------------------------------------------------
品名 / 数量 × 单价                     金额(元)
------------------------------------------------
有机纯牛奶 250ml×12 [有机]
  2 × 69.90                              139.80
  优惠 第二件九折                          -7.00
  批号 20261101A  到期 2027-05-01
香蕉
  毛重 1.284kg 皮重 0.050kg 净重 1.234kg
  1.234kg × 7.98/kg                        9.85
五香牛肉
  按标签金额                               32.60
------------------------------------------------
件数                                           4
合计                                      182.25
优惠                                       -7.00
抹零                                       -0.05
应收            ￥175.20
微信支付                                  100.00
  交易号 4200****8812
现金                                       80.00
实收                                    ￥180.00
找零                                      ￥4.80
------------------------------------------------
税率                  不含税                税额
13%                   117.52               15.28
9%                     38.94                3.51
------------------------------------------------
会员                                 138****2211
本次积分 / 积分余额                   175 / 4020
投诉电话                            021-63281199
安全核验序号                                1208
                    谢谢惠顾
[CODE128 FX003010000128K]
                扫码开具电子发票
[QR https://fp.example.cn/i?n=FX003010000128K]
[CUT]
)");
}

// SALE-7
TEST(Receipt, EnglishOn42ColumnsMixesNoChineseWords) {
    Receipt receipt;
    receipt.language = Language::en;
    receipt.shop_name = "Fangxin";
    receipt.till = 3;
    receipt.cashier_number = "1001";
    receipt.time = *parse_instant("2026-11-23T14:05:09+08:00");
    receipt.number = "FX003010000128K";
    receipt.items = {{.name = "Milk", .quantity = 2, .unit_price_fen = 350, .amount_fen = 700}};
    receipt.total_fen = 700;
    receipt.tenders = {{TenderKind::cash, 1000, ""}};
    receipt.paid_fen = 1000;
    receipt.change_fen = 300;
    EXPECT_EQ(printed(receipt, 42), R"(
              Fangxin
Till 3                        Cashier 1001
Time                   2026-11-23 14:05:09
Receipt                    FX003010000128K
------------------------------------------
Item / quantity × price            Amount
------------------------------------------
Milk
  2 × 3.50                           7.00
------------------------------------------
Items                                    2
Total                                 7.00
To pay         ￥7.00
Cash                                 10.00
Paid                               ￥10.00
Change                              ￥3.00
------------------------------------------
Safety check                             0
[CODE128 FX003010000128K]
[CUT]
)");
}

// SALE-7
TEST(Receipt, AReprintIsMarkedAndOpensNoDrawer) {
    Receipt receipt = tests::full_receipt();
    receipt.reprint = true;
    std::string text = printed(receipt);
    EXPECT_EQ(text.find("[DRAWER]"), std::string::npos);
    EXPECT_LT(text.find("*** 重印 ***"), text.find("放心超市"));
    EXPECT_GT(text.rfind("*** 重印 ***"), text.find("[QR"));
}

TEST(Receipt, ATestShopIsMarkedOnTopAndAtTheEnd) {
    Receipt receipt = tests::full_receipt();
    receipt.test_shop = true;
    std::string text = printed(receipt);
    EXPECT_LT(text.find("测试商店 不作凭证"), text.find("放心超市"));
    EXPECT_GT(text.rfind("测试商店 不作凭证"), text.find("[QR"));
}

// SALE-9
TEST(Receipt, ALessonsReceiptCannotBeScannedAndOpensNoDrawer) {
    Receipt receipt = tests::full_receipt();
    receipt.training = true;
    std::string text = printed(receipt);
    EXPECT_LT(text.find("培训模式 不作凭证"), text.find("放心超市"));
    EXPECT_EQ(text.find("[CODE128"), std::string::npos);
    EXPECT_EQ(text.find("[QR"), std::string::npos);
    EXPECT_EQ(text.find("[DRAWER"), std::string::npos);
}

TEST(Receipt, PrintsLotAndExpiryOnlyIfCertain) {
    Receipt receipt = tests::full_receipt();
    EXPECT_TRUE(says(receipt, "批号 20261101A  到期 2027-05-01"));
    receipt.items[0].expiry = parse_day_minute("2026-11-23T18:05");
    EXPECT_TRUE(says(receipt, "到期 2026-11-23 18:05"));
    receipt.items[0].certain = false;
    EXPECT_FALSE(says(receipt, "批号"));
    EXPECT_FALSE(says(receipt, "到期"));
}

// WEIGH-1
TEST(Receipt, ALabelWithAMassPrintsMassUnitPriceAndPrice) {
    Receipt receipt = tests::full_receipt();
    receipt.items[1].weight = ReceiptWeight{{}, 0, 1'234'500};
    EXPECT_TRUE(says(receipt, "  净重 1.2345kg × 7.98/kg                  9.85\n"));
    EXPECT_FALSE(says(receipt, "毛重"));
}

// SALE-12
TEST(Receipt, ARefundPrintsTheSaleNegated) {
    Receipt receipt;
    receipt.refund = true;
    receipt.items = {{.name = "牛奶", .unit_price_fen = 350, .amount_fen = -350}};
    receipt.total_fen = receipt.paid_fen = -350;
    receipt.tenders = {{TenderKind::cash, -350, ""}};
    receipt.vat = vat_by_rate(std::vector<RatedAmount>{{130, -350}});
    EXPECT_TRUE(adds_up(receipt));
    EXPECT_TRUE(says(receipt, "退货单"));
    EXPECT_TRUE(says(receipt, "应退             -￥3.50\n"));
    EXPECT_TRUE(says(receipt, "-3.10               -0.40\n"));
    EXPECT_FALSE(says(receipt, "找零"));
}

// SALE-7
TEST(Receipt, LongNamesWrapAndNothingIsWiderThanThePaper) {
    Receipt receipt = tests::full_receipt();
    receipt.reprint = receipt.test_shop = receipt.training = true;
    receipt.shop_name = "放心超市集团有限公司上海市黄浦区人民路一百八十八号第一分店";
    receipt.cashier_name = "阿卜杜热西提·买买提明·艾力江·图尔荪巴依";
    receipt.items[0].name = "Imported sparkling water 矿泉水🍎\xFF 24×500ml 家庭装";
    receipt.items[2].amount_fen = std::numeric_limits<std::int64_t>::min() + 1000;
    receipt.total_fen = std::numeric_limits<std::int64_t>::max() - 1000;
    receipt.vat[0] = {65, receipt.total_fen, -receipt.total_fen};
    receipt.number = std::string(60, 'X');
    for (Language language : {Language::zh, Language::en}) {
        receipt.language = language;
        for (int columns : {24, 32, 42, 48}) {
            for (const ReceiptLine& line : layout(receipt, columns)) {
                const auto* text = std::get_if<TextLine>(&line);
                if (text == nullptr) continue;
                int shown = column_width(text->text) * (text->double_size ? 2 : 1);
                EXPECT_LE(shown, columns) << text->text;
            }
        }
    }
}

TEST(Receipt, AddsUpOnlyIfEverySumAgrees) {
    Receipt good = tests::full_receipt();
    EXPECT_TRUE(adds_up(good));
    for (auto* fen : {&good.total_fen, &good.rounding_fen, &good.paid_fen, &good.change_fen,
                      &good.saved_fen, &good.items[0].amount_fen, &good.items[0].saved_fen,
                      &good.tenders[0].amount_fen, &good.vat[0].vat_fen}) {
        ++*fen;
        EXPECT_FALSE(adds_up(good));
        --*fen;
    }
}

// SALE-4
TEST(Receipt, VatIsTakenOutOfTheRatesSumHalfUp) {
    EXPECT_EQ(vat_inside(1130, 130), 130);
    EXPECT_EQ(vat_inside(4, 130), 0);     // 0.460
    EXPECT_EQ(vat_inside(5, 130), 1);     // 0.575
    EXPECT_EQ(vat_inside(3, 1000), 2);    // 1.5, half goes up
    EXPECT_EQ(vat_inside(-3, 1000), -2);  // and back exactly
    EXPECT_EQ(vat_inside(100, 0), 0);
    EXPECT_EQ(vat_inside(9'000'000'000'000'000'000, 130), 1'035'398'230'088'495'575);
    EXPECT_EQ(vat_rows({{130, 4}, {90, 100}, {130, 4}, {0, 50}}), "130: 7+1 90: 92+8 0: 50+0 ");
}

// SAFE-3
TEST(WithdrawalSlip, SaysWhatWhyAndWhatToDo) {
    WithdrawalSlip slip;
    slip.shop_name = "放心超市人民路店";
    slip.till = 3;
    slip.cashier_number = "1001";
    slip.cashier_name = "王芳";
    slip.time = *parse_instant("2026-11-23T14:05:09+08:00");
    slip.item_name = "纯牛奶 250ml";
    slip.item_code = "06901234567892";
    slip.lot = "20261101A";
    slip.expiry = DayMinute{*make_date(2026, 11, 22), {}};
    slip.reasons = {Reason::recalled, Reason::expired};
    std::string text = plain_text(layout_withdrawal_slip(slip, 42), 42);
    EXPECT_EQ(text.substr(0, text.find("怎么做")),
              fmt::format(R"(               撤柜单
             放心超市人民路店
机号 3                    收银员 1001 王芳
时间                   2026-11-23 14:05:09
------------------------------------------
纯牛奶 250ml
编码                        06901234567892
批号                             20261101A
到期                            2026-11-22
------------------------------------------
不得销售的原因
  {} {}
  {} {}
)",
                          words_of(Reason::recalled).title.zh, words_of(Reason::recalled).clause.zh,
                          words_of(Reason::expired).title.zh, words_of(Reason::expired).clause.zh));
    EXPECT_NE(text.find("撤下数量 ________"), std::string::npos);
    EXPECT_TRUE(text.ends_with("[CUT]\n"));
}

}  // namespace
}  // namespace fangxin::domain
