// A receipt that shows everything a receipt can show, to be changed by the test that needs less.
#pragma once

#include "domain/receipt.hpp"

namespace fangxin::tests {

/// Two cartons with a promotion and a known batch, bananas from the scale, a label without a mass;
/// paid by WeChat and cash with 抹零.
inline domain::Receipt full_receipt() {
    using namespace domain;
    Receipt receipt;
    receipt.shop_name = "放心超市人民路店";
    receipt.address = "上海市人民路188号";
    receipt.phone = "021-63281188";
    receipt.complaint_phone = "021-63281199";
    receipt.till = 3;
    receipt.cashier_number = "1001";
    receipt.cashier_name = "王芳";
    receipt.time = *parse_instant("2026-11-23T14:05:09+08:00");
    receipt.number = "FX003010000128K";
    ReceiptItem milk{.name = "有机纯牛奶 250ml×12", .marks = "organic;private_brand"};
    milk.quantity = 2;
    milk.unit_price_fen = 6990;
    milk.amount_fen = 13280;
    milk.saved_fen = 700;
    milk.saved_words = "第二件九折";
    milk.lot = "20261101A";
    milk.expiry = DayMinute{*make_date(2027, 5, 1), {}};
    milk.certain = true;
    ReceiptItem bananas{.name = "香蕉", .unit_price_fen = 798, .amount_fen = 985};
    bananas.weight = ReceiptWeight{1'284'000, 50'000, 1'234'000};
    ReceiptItem beef{.name = "五香牛肉", .amount_fen = 3260, .label_only = true};
    receipt.items = {milk, bananas, beef};
    receipt.saved_fen = 700;
    receipt.total_fen = 17525;
    receipt.rounding_fen = 5;
    receipt.vat = vat_by_rate(std::vector<RatedAmount>{{130, 13280}, {90, 985}, {90, 3260}});
    receipt.tenders = {{TenderKind::wechat, 10000, "4200****8812"}, {TenderKind::cash, 8000, ""}};
    receipt.paid_fen = 18000;
    receipt.change_fen = 480;
    receipt.member = ReceiptMember{"138****2211", 175, 4020};
    receipt.block_cursor = 1208;
    receipt.invoice_url = "https://fp.example.cn/i?n=FX003010000128K";
    receipt.notes = {"谢谢惠顾"};
    receipt.open_drawer = true;
    return receipt;
}

}  // namespace fangxin::tests
