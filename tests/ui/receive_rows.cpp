// Every page of receiving.
#include "handheld/screens/receive_view.hpp"
#include "tests/ui/handheld_facts.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace handheld;

ScreenRow row(std::string state, const ReceiveFacts& facts, const ReceiveState& is) {
    return {"handheld_receive", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

ReceiveFacts milk() {
    return {.head = handheld_head(), .item = milk_item(), .suppliers = suppliers()};
}

ReceiveState keyed(ReceivePage page) {
    ReceiveState state{.page = page, .code = "6901234567892", .item = "milk"};
    state.date.digits = "1121";
    state.lot = "L1121";
    state.quantity = "24";
    state.supplier = "S01";
    state.decision = domain::Decision::released;
    return state;
}
ReceiveState coded(ReceivePage page) {
    ReceiveState state = keyed(page);
    state.code = "(01)06901234567892(10)L1121(11)261121(17)261128";
    state.date = {};
    state.coded_production = day("2026-11-21");
    state.coded_expiry = day("2026-11-28");
    state.lot_is_coded = true;
    return state;
}

void add_item(std::vector<ScreenRow>& rows) {
    rows.push_back(row("item", {.head = handheld_head()}, {}));
    rows.push_back(row("item_offline", {.head = handheld_offline()}, {}));
    ReceiveFacts found{.head = handheld_head()};
    for (int i = 0; i < 14; ++i) {
        found.hits.push_back({"milk", "城北鲜牛奶 950ml", "6901234567892 · ¥12.90"});
        found.hits.push_back({"dumpling", recalled_batch().name, "6922222000016 · ¥99999.99"});
    }
    rows.push_back(row("item_hits", found, {.search = "niunai"}));
    rows.push_back(row("item_nothing", {.head = handheld_head()}, {.search = "𠮷味坊㐂"}));
    rows.push_back(row("item_unknown", {.head = handheld_head()}, {.refusal = "no_such_item"}));
    rows.push_back(row("item_again", milk(), keyed(ReceivePage::item)));
}

void add_dates(std::vector<ScreenRow>& rows) {
    ReceiveState fresh{.page = ReceivePage::dates, .code = "6901234567892", .item = "milk"};
    rows.push_back(row("dates", milk(), fresh));
    rows.push_back(row("dates_keyed", milk(), keyed(ReceivePage::dates)));
    rows.push_back(row("dates_coded", milk(), coded(ReceivePage::dates)));
    ReceiveState old = keyed(ReceivePage::dates);
    old.date.digits = "1119";
    rows.push_back(row("dates_much_used", milk(), old));
    old.date.digits = "1110";
    old.refusal = "batch_expired";
    rows.push_back(row("dates_expired", milk(), old));
    ReceiveFacts cans = milk();
    cans.head = handheld_old_blocks();
    cans.item->item.shelf_life = domain::ShelfLife{24, domain::LifeUnit::months};
    cans.item->item.date_printed = domain::DatePrinted::expiry;
    cans.item->name = recalled_batch().name;
    ReceiveState two = keyed(ReceivePage::dates);
    two.date.digits = "0601";
    rows.push_back(row("dates_two_years", cans, two));
    ReceiveFacts undated = milk();
    undated.item->item.shelf_life.reset();
    rows.push_back(row("dates_none_printed", undated, fresh));
}

void add_pages(std::vector<ScreenRow>& rows) {
    rows.push_back(row("lot", milk(), keyed(ReceivePage::lot)));
    ReceiveState wanted = keyed(ReceivePage::lot);
    wanted.lot.clear();
    wanted.refusal = "lot_wanted";
    rows.push_back(row("lot_wanted", milk(), wanted));
    rows.push_back(row("quantity", milk(), coded(ReceivePage::quantity)));
    ReceiveFacts ribs = milk();
    ribs.item = rib_item();
    ribs.head = handheld_offline();
    ReceiveState weighed = keyed(ReceivePage::quantity);
    weighed.date.digits = "1123";
    weighed.lot.clear();
    weighed.quantity = "1234567.125";
    rows.push_back(row("quantity_weighed", ribs, weighed));
    ReceiveFacts cases = milk();
    cases.item->pieces_per_code = 12;
    ReceiveState none = keyed(ReceivePage::quantity);
    none.quantity.clear();
    none.refusal = "quantity_wanted";
    rows.push_back(row("quantity_wanted", cases, none));
    rows.push_back(row("supplier", milk(), keyed(ReceivePage::supplier)));
    ReceiveState out = keyed(ReceivePage::supplier);
    out.supplier = "S03";
    out.refusal = "supplier_papers";
    out.refusal_detail = "动物防疫条件合格证 沪-2023-0117";
    rows.push_back(row("supplier_papers", milk(), out));
    ReceiveFacts nobody = milk();
    nobody.suppliers.clear();
    rows.push_back(row("supplier_none", nobody, keyed(ReceivePage::supplier)));
    ReceiveState open = keyed(ReceivePage::decision);
    open.decision.reset();
    rows.push_back(row("decision", milk(), open));
    ReceiveState aside = keyed(ReceivePage::decision);
    aside.decision = domain::Decision::quarantined;
    rows.push_back(row("decision_aside", milk(), aside));
    aside.reason = {own_reason, "箱底全湿，冰袋已化，客户经理同意退回"};
    rows.push_back(row("decision_own_reason", milk(), aside));
}

void add_end(std::vector<ScreenRow>& rows) {
    rows.push_back(row("summary", milk(), coded(ReceivePage::summary)));
    ReceiveState busy = keyed(ReceivePage::summary);
    busy.busy = true;
    rows.push_back(row("summary_busy", milk(), busy));
    ReceiveState late = keyed(ReceivePage::summary);
    late.date.digits = "1119";
    late.refusal = "life_used";
    late.refusal_detail = "50";
    rows.push_back(row("summary_much_used", milk(), late));
    late.refusal = "other_batch";
    rows.push_back(row("summary_other_batch", milk(), late));
    ReceiveState full = keyed(ReceivePage::summary);
    full.refusal = "disk_full";
    rows.push_back(row("summary_error", milk(), full));
    ReceiveState done = keyed(ReceivePage::booked);
    done.batch = "6901234567892-L1121-20261121";
    done.booked = domain::Decision::released;
    rows.push_back(row("booked", milk(), done));
    done.booked = domain::Decision::recalled;
    rows.push_back(row("booked_recalled", milk(), done));
}

}  // namespace

std::vector<ScreenRow> receive_rows() {
    std::vector<ScreenRow> rows;
    add_item(rows);
    add_dates(rows);
    add_pages(rows);
    add_end(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
