#include "domain/shift_report.hpp"

#include "domain/amount_text.hpp"
#include "domain/sheet.hpp"

#include <fmt/format.h>

namespace fangxin::domain {

namespace {

void put_sales(Sheet& sheet, const ShiftSums& sums) {
    sheet.row({sheet.say({"销售笔数", "Sales"}), fmt::to_string(sums.sales)});
    sheet.row({sheet.say({"商品金额", "Goods"}), yuan(sums.lines_fen)});
    if (sums.returns_fen != 0) sheet.row({sheet.say({"退货", "Returns"}), yuan(sums.returns_fen)});
    if (sums.saved_fen != 0)
        sheet.row({sheet.say({"其中已优惠", "Saved by promotions"}), yuan(sums.saved_fen)});
    if (sums.rounding_fen != 0)
        sheet.row({sheet.say({"抹零", "Rounded down"}), yuan(-sums.rounding_fen)});
    sheet.row({sheet.say({"应收合计", "Due"}), yuan(sums.due_fen())}, {.bold = true});
    if (sums.voided != 0)
        sheet.row({sheet.say({"整单取消", "Sales voided"}), fmt::to_string(sums.voided)});
    if (sums.drawer_openings != 0)
        sheet.row({sheet.say({"空开钱箱", "Drawer opened"}), fmt::to_string(sums.drawer_openings)});
}

void put_tenders(Sheet& sheet, const ShiftReport& report) {
    sheet.text(sheet.say({"收款", "Tenders"}), {.bold = true});
    for (const TenderTotal& each : report.sums.tenders) {
        if (each.kind == TenderKind::cash && !report.tells_cash) continue;
        sheet.indented({fmt::format("{} ×{}", sheet.say(words_of(each.kind)), each.count),
                        yuan(each.amount_fen)});
    }
    if (!report.tells_cash) {
        sheet.indented(sheet.say({"现金清点后才显示", "Cash is told after the count"}));
        return;
    }
    sheet.row({sheet.say({"实收合计", "Received"}), yuan(report.sums.tendered_fen())},
              {.bold = true});
    if (!report.sums.adds_up())
        sheet.text(
            sheet.say({"商品与收款不符，请叫店长", "GOODS AND TENDERS DIFFER: CALL THE MANAGER"}),
            {.bold = true});
}

void put_drawer(Sheet& sheet, const ShiftReport& report) {
    const ShiftSums& sums = report.sums;
    sheet.text(sheet.say({"钱箱", "Drawer"}), {.bold = true});
    sheet.indented({sheet.say({"备用金", "Float"}), yuan(report.float_fen)});
    if (sums.paid_in_fen != 0)
        sheet.indented({sheet.say({"存入", "Paid in"}), yuan(sums.paid_in_fen)});
    if (sums.paid_out_fen != 0)
        sheet.indented({sheet.say({"支出", "Paid out"}), yuan(-sums.paid_out_fen)});
    if (sums.dropped_fen != 0)
        sheet.indented({sheet.say({"缴款", "Dropped"}), yuan(-sums.dropped_fen)});
    if (report.tells_cash)
        sheet.indented({sheet.say({"应有现金", "Cash expected"}),
                        yuan(expected_cash(sums, report.float_fen))});
}

void put_count(Sheet& sheet, const ShiftReport& report) {
    const ShiftReport::Counted& counted = *report.counted;
    sheet.text(sheet.say({"清点", "Count"}), {.bold = true});
    for (const ShiftReport::Count& each : counted.counts) {
        if (each.pieces == 0) continue;
        sheet.indented(
            {fmt::format("{} × {}", yuan(each.fen), each.pieces), yuan(each.fen * each.pieces)});
    }
    sheet.row({sheet.say({"实点现金", "Cash counted"}), yuan(counted.counted_fen)}, {.bold = true});
    const std::int64_t difference =
        counted.counted_fen - expected_cash(report.sums, report.float_fen);
    const Words words = difference < 0   ? Words{"短款", "Short"}
                        : difference > 0 ? Words{"长款", "Over"}
                                         : Words{"差异", "Difference"};
    sheet.row({sheet.say(words), yuan(difference)}, {.bold = true});
    if (!counted.approved_by.empty())
        sheet.row({sheet.say({"复核人", "Looked at by"}), counted.approved_by});
}

void put_held(Sheet& sheet, const std::vector<ShiftReport::Held>& held) {
    if (held.empty()) return;
    sheet.text(sheet.say({"未取挂单", "Baskets on hold"}), {.bold = true});
    for (const ShiftReport::Held& each : held)
        sheet.indented({fmt::format("{} ×{}", each.hold, each.lines), yuan(each.total_fen)});
}

void put_range(Sheet& sheet, const ShiftReport::Range& range) {
    sheet.row({sheet.say({"记录", "Journal"}), range.from + " – " + range.to});
    if (!range.head.empty()) sheet.text(sheet.say({"校验 ", "Head "}) + range.head);
}

}  // namespace

std::vector<ReceiptLine> layout_shift_report(const ShiftReport& report, int columns) {
    Sheet sheet(report.language, columns);
    const SheetMarks marks{.test_shop = report.test_shop, .training = report.training};
    put_marks(sheet, marks);
    sheet.heading(report.shop_name);
    sheet.heading(report.z == 0
                      ? sheet.say({"X 报表", "X report"})
                      : fmt::format("{} {}", sheet.say({"Z 报表", "Z report"}), report.z));
    put_desk(sheet, {report.till, report.cashier_number, report.cashier_name, report.time});
    sheet.row({sheet.say({"开班", "Opened"}), moment_text(report.opened)});
    sheet.row({sheet.say({"营业日", "Business day"}), report.day});
    sheet.rule();
    put_sales(sheet, report.sums);
    sheet.rule();
    put_tenders(sheet, report);
    sheet.rule();
    put_drawer(sheet, report);
    if (report.counted) put_count(sheet, report);
    put_held(sheet, report.held);
    sheet.rule();
    put_range(sheet, report.range);
    if (!report.weighing.empty()) sheet.rule();
    for (const ReceiptLine& line : report.weighing)
        sheet.put(line);
    if (report.z != 0) {
        sheet.put(FeedLine{1});
        sheet.text(sheet.say({"收银员签字 ________", "Cashier: ________"}));
        sheet.put(FeedLine{1});
        sheet.text(sheet.say({"复核签字 ________", "Checked by: ________"}));
    }
    put_marks(sheet, marks);
    sheet.put(CutLine{});
    return sheet.take();
}

std::vector<ReceiptLine> layout_cash_slip(const CashSlip& slip, int columns) {
    Sheet sheet(slip.language, columns);
    const SheetMarks marks{.test_shop = slip.test_shop, .training = slip.training};
    if (!slip.training) sheet.put(DrawerPulse{});
    put_marks(sheet, marks);
    sheet.heading(sheet.say(slip.what == "paid_in"    ? Words{"现金存入", "PAID IN"}
                            : slip.what == "paid_out" ? Words{"现金支出", "PAID OUT"}
                                                      : Words{"中途缴款", "CASH DROP"}));
    sheet.centre(slip.shop_name);
    put_desk(sheet, {slip.till, slip.cashier_number, slip.cashier_name, slip.time});
    sheet.rule();
    sheet.row({sheet.say({"金额", "Amount"}), yuan(slip.amount_fen, "￥")},
              {.double_size = true, .bold = true});
    sheet.row({sheet.say({"原因", "Reason"}), slip.reason});
    if (!slip.approved_by.empty())
        sheet.row({sheet.say({"批准人", "Approved by"}), slip.approved_by});
    sheet.put(FeedLine{1});
    sheet.text(sheet.say({"签字 ________", "Signed: ________"}));
    put_marks(sheet, marks);
    sheet.put(CutLine{});
    return sheet.take();
}

}  // namespace fangxin::domain
