#include "domain/receipt.hpp"

#include "domain/amount_text.hpp"
#include "domain/check.hpp"
#include "domain/sheet.hpp"
#include "domain/text_width.hpp"
#include "domain/weighing/line.hpp"
#include "domain/words.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

namespace fangxin::domain {

namespace {

struct MarkWords {
    std::string_view mark;
    Words words;
};
constexpr std::array mark_words{MarkWords{"green", {" [绿色食品]", " [Green food]"}},
                                MarkWords{"organic", {" [有机]", " [Organic]"}}};

std::string yuan_with_sign(std::int64_t fen) { return yuan(fen, "￥"); }

std::string percent(std::int64_t permille) {
    if (permille % 10 == 0) return fmt::format("{}%", permille / 10);
    return fmt::format("{}.{}%", permille / 10, permille % 10);
}

SheetMarks marks_of(const Receipt& receipt) {
    return {receipt.test_shop, receipt.training, receipt.reprint};
}

void put_head(Sheet& sheet, const Receipt& receipt) {
    put_marks(sheet, marks_of(receipt));
    sheet.heading(receipt.shop_name);
    sheet.centre(receipt.address);
    if (!receipt.phone.empty()) sheet.centre(sheet.say({"电话 ", "Tel "}) + receipt.phone);
    if (receipt.refund) sheet.heading(sheet.say({"退货单", "REFUND"}));
    put_desk(sheet, {receipt.till, receipt.cashier_number, receipt.cashier_name, receipt.time});
    sheet.row({sheet.say({"小票号", "Receipt"}), receipt.number});
    sheet.rule();
}

std::string marked_name(const Sheet& sheet, const ReceiptItem& item) {
    std::string name = item.name;
    std::string marks = ';' + item.marks + ';';
    for (const MarkWords& mark : mark_words) {
        if (marks.find(fmt::format(";{};", mark.mark)) != std::string::npos) {
            name += sheet.say(mark.words);
        }
    }
    return name;
}

void put_price(Sheet& sheet, const ReceiptItem& item) {
    std::string amount = yuan(item.amount_fen + item.saved_fen);
    if (item.label_only) {
        sheet.indented({sheet.say({"按标签金额", "amount as labelled"}), amount});
        return;
    }
    if (!item.weight) {
        sheet.indented({fmt::format("{} × {}", item.quantity, yuan(item.unit_price_fen)), amount});
        return;
    }
    auto words = weighing::words_of({.gross_mg = item.weight->gross_mg,
                                     .taken_tare_mg = item.weight->tare_mg,
                                     .preset_tare_mg = item.weight->preset_tare_mg,
                                     .net_mg = item.weight->net_mg,
                                     .price_fen_per_kg = item.unit_price_fen},
                                    sheet.language());
    if (!words.weights.empty()) sheet.indented(words.weights);
    sheet.indented({words.price, amount});
}

void put_item(Sheet& sheet, const ReceiptItem& item) {
    sheet.text(marked_name(sheet, item));
    put_price(sheet, item);
    if (item.saved_fen != 0) {
        std::string words = sheet.say({"优惠 ", "saved "}) + item.saved_words;
        sheet.indented({words, yuan(-item.saved_fen)});
    }
    if (!item.certain) return;
    std::string batch;
    if (!item.lot.empty()) batch = sheet.say({"批号 ", "lot "}) + item.lot;
    if (item.expiry) {
        if (!batch.empty()) batch += "  ";
        batch += sheet.say({"到期 ", "good until "}) + day_text(*item.expiry);
    }
    if (!batch.empty()) sheet.indented(batch);
}

void put_items(Sheet& sheet, const Receipt& receipt) {
    sheet.row({sheet.say({"品名 / 数量 × 单价", "Item / quantity × price"}),
               sheet.say({"金额(元)", "Amount"})});
    sheet.rule();
    for (const ReceiptItem& item : receipt.items)
        put_item(sheet, item);
    sheet.rule();
}

void put_totals(Sheet& sheet, const Receipt& receipt) {
    std::int64_t count = 0;
    for (const ReceiptItem& item : receipt.items)
        count += item.weight ? 1 : item.quantity;
    sheet.row({sheet.say({"件数", "Items"}), fmt::to_string(count)});
    sheet.row({sheet.say({"合计", "Total"}), yuan(receipt.total_fen + receipt.saved_fen)});
    if (receipt.saved_fen != 0) {
        sheet.row({sheet.say({"优惠", "Saved"}), yuan(-receipt.saved_fen)});
    }
    if (receipt.rounding_fen != 0) {
        sheet.row({sheet.say({"抹零", "Rounded off"}), yuan(-receipt.rounding_fen)});
    }
    sheet.row({sheet.say(receipt.refund ? Words{"应退", "Refund"} : Words{"应收", "To pay"}),
               yuan_with_sign(receipt.due_fen())},
              {.double_size = true, .bold = true});
}

void put_tenders(Sheet& sheet, const Receipt& receipt) {
    for (const ReceiptTender& tender : receipt.tenders) {
        sheet.row({sheet.say(words_of(tender.kind)), yuan(tender.amount_fen)});
        if (!tender.reference.empty()) {
            sheet.indented(sheet.say({"交易号 ", "reference "}) + tender.reference);
        }
    }
    sheet.row({sheet.say(receipt.refund ? Words{"实退", "Refunded"} : Words{"实收", "Paid"}),
               yuan_with_sign(receipt.paid_fen)},
              {.bold = true});
    if (!receipt.refund || receipt.change_fen != 0) {
        sheet.row({sheet.say({"找零", "Change"}), yuan_with_sign(receipt.change_fen)},
                  {.bold = true});
    }
    sheet.rule();
}

void put_vat(Sheet& sheet, const Receipt& receipt) {
    if (receipt.vat.empty()) return;
    int first = 8;
    int other = (sheet.columns() - first) / 2;
    auto put = [&](std::string_view rate, std::string_view net, std::string_view vat) {
        sheet.text(pad_end(rate, first) + pad_start(net, other) + pad_start(vat, other));
    };
    put(sheet.say({"税率", "VAT"}), sheet.say({"不含税", "Net"}), sheet.say({"税额", "Tax"}));
    for (const ReceiptVat& row : receipt.vat)
        put(percent(row.permille), yuan(row.net_fen), yuan(row.vat_fen));
    sheet.rule();
}

void put_end(Sheet& sheet, const Receipt& receipt) {
    if (receipt.member) {
        sheet.row({sheet.say({"会员", "Member"}), receipt.member->number});
        sheet.row({sheet.say({"本次积分 / 积分余额", "Points / balance"}),
                   fmt::format("{} / {}", receipt.member->points_earned, receipt.member->points)});
    }
    if (!receipt.complaint_phone.empty()) {
        sheet.row({sheet.say({"投诉电话", "Complaints"}), receipt.complaint_phone});
    }
    sheet.row({sheet.say({"安全核验序号", "Safety check"}), fmt::to_string(receipt.block_cursor)});
    for (const std::string& note : receipt.notes)
        sheet.centre(note);
    if (!receipt.training) sheet.put(Code128Line{receipt.number});
    if (!receipt.invoice_url.empty() && !receipt.training) {
        sheet.centre(sheet.say({"扫码开具电子发票", "Scan for the e-invoice"}));
        sheet.put(QrLine{receipt.invoice_url});
    }
    put_marks(sheet, marks_of(receipt));
    sheet.put(CutLine{});
}

std::vector<std::string> actions(const Sheet& sheet, const WithdrawalSlip& slip) {
    std::vector<std::string> found;
    for (Reason reason : slip.reasons) {
        std::string action = sheet.say(words_of(reason).action);
        if (std::find(found.begin(), found.end(), action) == found.end()) found.push_back(action);
    }
    return found;
}

std::string aligned(const TextLine& line, int columns) {
    int shown = column_width(line.text);
    int room = columns - (line.double_size ? shown : 0);
    if (line.align == Align::center) return centred(line.text, room);
    return line.align == Align::right ? pad_start(line.text, room) : line.text;
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

bool adds_up(const Receipt& receipt) {
    std::int64_t items = 0;
    std::int64_t item_savings = 0;
    for (const ReceiptItem& item : receipt.items) {
        items += item.amount_fen;
        item_savings += item.saved_fen;
    }
    std::int64_t tendered = 0;
    for (const ReceiptTender& tender : receipt.tenders)
        tendered += tender.amount_fen;
    std::int64_t taxed = 0;
    for (const ReceiptVat& row : receipt.vat)
        taxed += row.net_fen + row.vat_fen;
    return items - (receipt.saved_fen - item_savings) == receipt.total_fen &&
           tendered == receipt.paid_fen &&
           receipt.paid_fen - receipt.change_fen == receipt.due_fen() &&
           (receipt.vat.empty() || taxed == receipt.total_fen) &&
           (receipt.refund ? receipt.rounding_fen <= 0 : receipt.rounding_fen >= 0);
}

std::int64_t vat_inside(std::int64_t amount_fen, std::int64_t permille) {
    FANGXIN_CHECK(permille >= 0 && permille <= 1000);
    if (amount_fen < 0) return -vat_inside(-amount_fen, permille);
    std::int64_t divisor = 1000 + permille;
    std::int64_t rest = amount_fen % divisor * permille;
    return amount_fen / divisor * permille + (2 * rest + divisor) / (2 * divisor);
}

std::vector<ReceiptVat> vat_by_rate(std::span<const RatedAmount> amounts) {
    std::map<std::int64_t, std::int64_t, std::greater<>> sums;
    for (const RatedAmount& amount : amounts)
        sums[amount.permille] += amount.amount_fen;
    std::vector<ReceiptVat> rows;
    for (const auto& [permille, sum] : sums) {
        std::int64_t vat = vat_inside(sum, permille);
        rows.push_back({permille, sum - vat, vat});
    }
    return rows;
}

std::vector<ReceiptLine> layout(const Receipt& receipt, int columns) {
    Sheet sheet(receipt.language, columns);
    if (receipt.open_drawer && !receipt.reprint && !receipt.training) sheet.put(DrawerPulse{});
    put_head(sheet, receipt);
    put_items(sheet, receipt);
    put_totals(sheet, receipt);
    put_tenders(sheet, receipt);
    put_vat(sheet, receipt);
    put_end(sheet, receipt);
    return sheet.take();
}

std::vector<ReceiptLine> layout_withdrawal_slip(const WithdrawalSlip& slip, int columns) {
    Sheet sheet(slip.language, columns);
    const SheetMarks marks{.test_shop = slip.test_shop, .training = slip.training};
    put_marks(sheet, marks);
    sheet.heading(sheet.say({"撤柜单", "WITHDRAWAL"}));
    sheet.centre(slip.shop_name);
    put_desk(sheet, {slip.till, slip.cashier_number, slip.cashier_name, slip.time});
    sheet.rule();
    sheet.text(slip.item_name, {.bold = true});
    sheet.row({sheet.say({"编码", "Code"}), slip.item_code});
    if (!slip.lot.empty()) sheet.row({sheet.say({"批号", "Lot"}), slip.lot});
    if (slip.production) {
        sheet.row({sheet.say({"生产日期", "Produced"}), day_text(*slip.production)});
    }
    if (slip.expiry) sheet.row({sheet.say({"到期", "Good until"}), day_text(*slip.expiry)});
    sheet.rule();
    sheet.text(sheet.say({"不得销售的原因", "Why it may not be sold"}), {.bold = true});
    for (Reason reason : slip.reasons) {
        const ReasonWords& words = words_of(reason);
        sheet.indented(sheet.say(words.title) + ' ' + sheet.say(words.clause));
    }
    sheet.text(sheet.say({"怎么做", "What to do"}), {.bold = true});
    for (const std::string& action : actions(sheet, slip))
        sheet.indented(action);
    sheet.put(FeedLine{1});
    sheet.text(sheet.say({"撤下数量 ________", "Taken off: ________"}));
    sheet.put(FeedLine{1});
    sheet.text(sheet.say({"接收人签字 ________", "Signed: ________"}));
    put_marks(sheet, marks);
    sheet.put(CutLine{});
    return sheet.take();
}

std::string plain_text(std::span<const ReceiptLine> lines, int columns) {
    std::string text;
    auto put = Overloaded{
        [&](const TextLine& line) { text += aligned(line, columns) + '\n'; },
        [&](const Code128Line& line) { text += fmt::format("[CODE128 {}]\n", line.data); },
        [&](const Ean13Line& line) { text += fmt::format("[EAN13 {}]\n", line.digits); },
        [&](const QrLine& line) { text += fmt::format("[QR {}]\n", line.data); },
        [&](const FeedLine& line) { text.append(static_cast<std::size_t>(line.lines), '\n'); },
        [&](const CutLine&) { text += "[CUT]\n"; },
        [&](const DrawerPulse&) { text += "[DRAWER]\n"; }};
    for (const ReceiptLine& line : lines)
        std::visit(put, line);
    return text;
}

}  // namespace fangxin::domain
