#include "terminal/checkout/weighing_report.hpp"

#include "domain/text_width.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

WeighingReport report() {
    WeighingReport of{.instrument = {.kind = "checkout_scale",
                                     .model = "HC-15",
                                     .serial = "HC15-0001",
                                     .accuracy_class = "III",
                                     .max_mg = 15'000'000,
                                     .min_mg = 100'000,
                                     .e_mg = 5'000,
                                     .certificate = "JD-1",
                                     .verified = domain::parse_date("2026-03-15"),
                                     .until = domain::parse_date("2027-03-14"),
                                     .maker = "衡秤汀",
                                     .production_code = "P77",
                                     .repair_code = "W12",
                                     .verification_code = "J34",
                                     .seal = "Q-0099"}};
    of.state = {.terminal = "till-3", .identity = "usb:0eb8:f000:A17", .events = 4};
    of.seal = {.version = "1.1.0",
               .code = std::string(64, 'a'),
               .parameters = std::string(64, 'b'),
               .whole = std::string(64, 'c'),
               .genuine = true};
    of.changes = {{"2026-11-20 09:12", "1501", "max_mg=15000000\ne_mg=5000\n"}};
    return of;
}

std::string printed(const WeighingReport& of, int columns) {
    return domain::plain_text(weighing_lines(of, columns), columns);
}

// WEIGH-4: version, code, parameters, events, changes and the whole entry are on the paper.
TEST(WeighingReport, SaysAllThatAnInspectorCompares) {
    const std::string paper = printed(report(), 48);
    for (const char* word : {"1.1.0",
                             "CCCC-CCCC-CCCC-CCCC",
                             "aaaaaaaa aaaaaaaa",
                             "bbbbbbbb bbbbbbbb",
                             "与出厂一致",
                             "事件计数",
                             "4",
                             "HC15-0001",
                             "衡秤汀",
                             "HC-15",
                             "III",
                             "15 kg / 100 g / 5 g",
                             "JD-1",
                             "2026-03-15",
                             "2027-03-14",
                             "P77",
                             "W12",
                             "J34",
                             "Q-0099",
                             "till-3",
                             "usb:0eb8:f000:A17",
                             "2026-11-20 09:12 1501",
                             "max_mg=15000000",
                             "e_mg=5000"}) {
        EXPECT_NE(paper.find(word), std::string::npos) << word;
    }
    WeighingReport changed = report();
    changed.seal.genuine = false;
    EXPECT_NE(printed(changed, 48).find("已被改动"), std::string::npos);
}

TEST(WeighingReport, FitsItsPaperInBothLanguages) {
    for (const int columns : {24, 32, 42, 48}) {
        for (const auto language : {domain::Language::zh, domain::Language::en}) {
            SealSlip slip{.report = report(), .shop_name = "放心超市文一路店", .till = 3};
            slip.report.language = language;
            slip.test_shop = true;
            for (const domain::ReceiptLine& line : layout_seal_slip(slip, columns)) {
                const auto* text = std::get_if<domain::TextLine>(&line);
                if (text == nullptr) continue;
                EXPECT_LE(domain::column_width(text->text) * (text->double_size ? 2 : 1), columns)
                    << text->text;
            }
        }
    }
}

}  // namespace
}  // namespace fangxin::terminal
