// How long a receipt takes from its facts to the printer's bytes.
#include "drivers/printers/escpos.hpp"
#include "tests/bench/bench.hpp"

#include <fmt/format.h>
#include <iconv.h>
#include <utility>

namespace fangxin::bench {

namespace {

constexpr int lines_of_goods = 60;

domain::Receipt long_receipt() {
    domain::Receipt receipt;
    receipt.shop_name = "放心超市人民路店";
    receipt.address = "上海市人民路188号";
    receipt.till = 3;
    receipt.cashier_number = "1001";
    receipt.time = *domain::parse_instant("2026-11-23T14:05:09+08:00");
    receipt.number = "FX003010000128K";
    receipt.invoice_url = "https://fp.example.cn/i?n=FX003010000128K";
    for (int at = 0; at < lines_of_goods; ++at) {
        domain::ReceiptItem item{.name = fmt::format("有机纯牛奶 第{}号 250ml×12", at)};
        item.unit_price_fen = item.amount_fen = 6990 + at;
        if (at % 3 == 0) item.weight = domain::ReceiptWeight{1'284'000, 50'000, 1'234'000};
        item.lot = fmt::format("2026{:04}A", at);
        item.certain = true;
        receipt.total_fen += item.amount_fen;
        receipt.items.push_back(std::move(item));
    }
    receipt.tenders = {{domain::TenderKind::wechat, receipt.total_fen, "4200****8812"}};
    receipt.paid_fen = receipt.total_fen;
    return receipt;
}

/// The least that Chinese paper costs: its text through the C library's converter.
std::size_t convert(iconv_t converter, std::string& text, std::string& out) {
    char* from = text.data();
    char* to = out.data();
    std::size_t left = text.size();
    std::size_t room = out.size();
    if (::iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
        throw Failed("iconv does not convert the receipt");
    }
    return out.size() - room;
}

}  // namespace

void bench_receipt(Run& run) {
    constexpr int columns = 48;
    domain::Receipt receipt = long_receipt();
    auto lines = domain::layout(receipt, columns);
    std::string text = domain::plain_text(lines, columns);
    std::string out(text.size() * 2, '\0');
    iconv_t converter = ::iconv_open("GB18030", "UTF-8");
    int rounds = run.quick ? 200 : 2000;
    std::size_t bytes = 0;
    Samples took;
    Samples floor;
    for (int round = 0; round < rounds; ++round) {
        took.add(ms_of([&] { bytes = drivers::encode(domain::layout(receipt, columns)).size(); }));
        floor.add(ms_of([&] { convert(converter, text, out); }));
    }
    ::iconv_close(converter);
    if (bytes < text.size() / 2) throw Failed("the receipt's bytes are too few");
    Figure figure = figure_of_times("receipt", took, &floor);
    figure.target = Target{Target::Of::p99, Target::Bound::at_most, 2};
    figure.conditions = fmt::format(
        "{} lines of goods laid out in {} columns and encoded as ESC/POS, {} bytes; floor: iconv "
        "of its plain text to GB18030{}",
        lines_of_goods, columns, bytes, run.quick_note());
    run.report(figure);
}

}  // namespace fangxin::bench
