#include "domain/sheet.hpp"

#include "domain/check.hpp"
#include "domain/text_width.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::domain {

namespace {

constexpr int smallest_columns = 24;

struct TenderWords {
    TenderKind kind;
    Words words;
};
constexpr std::array tender_words{TenderWords{TenderKind::cash, {"现金", "Cash"}},
                                  TenderWords{TenderKind::card, {"银行卡", "Bank card"}},
                                  TenderWords{TenderKind::wechat, {"微信支付", "WeChat Pay"}},
                                  TenderWords{TenderKind::alipay, {"支付宝", "Alipay"}},
                                  TenderWords{TenderKind::unionpay, {"云闪付", "UnionPay"}},
                                  TenderWords{TenderKind::ecny, {"数字人民币", "e-CNY"}},
                                  TenderWords{TenderKind::voucher, {"购物券", "Voucher"}},
                                  TenderWords{TenderKind::stored_value, {"储值卡", "Stored value"}},
                                  TenderWords{TenderKind::other, {"其他", "Other"}}};

}  // namespace

Sheet::Sheet(Language language, int columns) : language_(language), columns_(columns) {
    FANGXIN_CHECK(columns >= smallest_columns);
}

void Sheet::text(std::string_view words, const TextLine& style, int spaces) {
    int room = (style.double_size ? columns_ / 2 : columns_) - spaces;
    for (const std::string& line : wrap(words, room)) {
        TextLine placed = style;
        placed.text = std::string(static_cast<std::size_t>(spaces), ' ') + line;
        put(std::move(placed));
    }
}

void Sheet::heading(std::string_view words) {
    text(words, {.align = Align::center, .double_size = true, .bold = true});
}

void Sheet::centre(std::string_view words) {
    if (!words.empty()) text(words, {.align = Align::center});
}

void Sheet::rule() { put(TextLine{std::string(static_cast<std::size_t>(columns_), '-')}); }

void Sheet::row(const Row& row, const TextLine& style, int spaces) {
    int room = style.double_size ? columns_ / 2 : columns_;
    std::vector<std::string> left = wrap(row.left, room - spaces);
    for (std::string& line : left)
        line.insert(0, static_cast<std::size_t>(spaces), ' ');
    int free = room - column_width(left.back());
    if (row.right.empty()) {
        // nothing to align, and no blanks up to the edge
    } else if (column_width(row.right) < free) {
        left.back() += pad_start(row.right, free);
    } else {
        for (const std::string& line : wrap(row.right, room))
            left.push_back(pad_start(line, room));
    }
    for (std::string& line : left) {
        TextLine placed = style;
        placed.text = std::move(line);
        put(std::move(placed));
    }
}

void put_marks(Sheet& sheet, const SheetMarks& marks) {
    if (marks.test_shop) sheet.heading(sheet.say({"测试商店 不作凭证", "TEST SHOP, NO RECEIPT"}));
    if (marks.training) sheet.heading(sheet.say({"培训模式 不作凭证", "TRAINING, NOT A SALE"}));
    if (marks.reprint) sheet.heading(sheet.say({"*** 重印 ***", "*** COPY ***"}));
}

void put_desk(Sheet& sheet, const Desk& desk) {
    std::string cashier = sheet.say({"收银员 ", "Cashier "}) + desk.number;
    if (!desk.name.empty()) cashier += ' ' + desk.name;
    sheet.row({sheet.say({"机号 ", "Till "}) + fmt::to_string(desk.till), cashier});
    sheet.row({sheet.say({"时间", "Time"}), moment_text(desk.time)});
}

std::string moment_text(const StoreTime& time) {
    int minute = time.minute_of_day();
    std::int64_t second = time.utc_ms / 1000 % 60;
    return fmt::format("{} {:02}:{:02}:{:02}", format_date(time.date()), minute / 60, minute % 60,
                       second < 0 ? second + 60 : second);
}

const Words& words_of(TenderKind kind) {
    for (const TenderWords& each : tender_words) {
        if (each.kind == kind) return each.words;
    }
    return tender_words.back().words;
}

}  // namespace fangxin::domain
