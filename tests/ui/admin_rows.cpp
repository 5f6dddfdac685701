// The admin area, each page in its states.
#include "terminal/admin/admin_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "tests/ui/admin_shop.hpp"
#include "tests/ui/shared_frame.hpp"

#include <memory>
#include <string>

namespace fangxin::ui_rows {

namespace {

using terminal::Health;

struct Shown {
    admin::AdminState state;
    admin::AdminFacts facts;
};

/// As the desk draws it: where something is written, the keyboard lies over the lower half.
void draw_page(kit::Ui& ui, const kit::TextTable& texts, const admin::AdminView& view,
               kit::Rect rest, std::string_view composing) {
    if (!view.typing) {
        admin::draw(ui, texts, view, rest);
        return;
    }
    kit::Rect seen = rest;
    const kit::Rect keyboard = kit::take_bottom(seen, terminal::keyboard_height);
    ui.begin_part(seen);
    admin::draw(ui, texts, view, rest);
    ui.end_part();
    draw_keys(ui, texts, keyboard, view.typing->text, composing);
}

ScreenRow row(std::string screen, std::string state, Shown shown) {
    return {"admin_" + std::move(screen), std::move(state), till_size,
            [shown = std::move(shown)](kit::Ui& ui, const kit::TextTable& texts) {
                const terminal::TopBarFacts bar{
                    .shop_name = "文一路店",
                    .admin = true,
                    .person = "陈建国",
                    .server = shown.facts.online ? Health::good : Health::trouble,
                    .scale = Health::good,
                    .printer = Health::good,
                    .scanner = Health::good,
                    .unsent = shown.facts.online ? 0 : 42,
                    .block_age_ms = 0,
                    .now = shown.facts.now};
                kit::Rect rest = ui.screen();
                terminal::draw_top_bar(ui, terminal::present(bar, texts), rest);
                draw_page(ui, texts, admin::present(shown.state, shown.facts, texts), rest,
                          shown.facts.composing);
            }};
}

void add_today(std::vector<ScreenRow>& rows) {
    rows.push_back(row("today", "busy", {{}, busy_shop()}));
    rows.push_back(row("today", "new_day", {{}, new_day()}));
    admin::AdminFacts offline = busy_shop();
    offline.online = false;
    offline.as_of = at("2026-11-24T13:05");
    rows.push_back(row("today", "offline", {{}, offline}));
    admin::AdminFacts full = busy_shop();
    full.today.sales_fen = 99'999'99;
    full.today.hours.clear();
    for (int hour = 7; hour < 22; ++hour)
        full.today.hours.push_back({hour, 40'000 + hour * 1'111});
    full.today.refused.push_back({domain::Reason::failed_test, 12});
    full.today.next_answer_due = at("2026-11-22T09:00");
    full.today.running.push_back(full.today.running.front());
    full.today.running.front().item_name = "㐂多郎北海道产特选低温巴氏杀菌浓醇鲜牛乳";
    full.waiting = {{admin::Area::complaints, 120}};
    rows.push_back(row("today", "full", {{}, full}));
    admin::AdminFacts loading = new_day();
    loading.loading = true;
    rows.push_back(row("today", "loading", {{}, loading}));
    admin::AdminFacts silent = busy_shop();
    silent.silent = true;
    rows.push_back(row("today", "silent_server", {{}, silent}));
    admin::AdminFacts quality = busy_shop();
    quality.areas.resize(6);
    quality.today.sees_sales = false;
    quality.today.duties.resize(2);
    quality.refusal = "这一页不用扫码，查商品请到“商品”页";
    rows.push_back(row("today", "inspector", {{}, quality}));
    rows.push_back(row("today", "next_duties", {{.first_duty = 4}, busy_shop()}));
    admin::AdminFacts trouble = new_day();
    trouble.trouble = "本机数据读写失败，请叫店长（磁盘读取出错）";
    rows.push_back(row("today", "trouble", {{}, trouble}));
}

using admin::Area;

admin::ListState& list_of(admin::AdminState& state) {
    switch (state.area) {
        case Area::items:
            return state.items;
        case Area::batches:
            return state.batches;
        case Area::attempts:
            return state.attempts;
        case Area::complaints:
            return state.complaints;
        case Area::terminals:
            return state.terminals;
        case Area::faults:
            return state.faults;
        case Area::devices:
            return state.devices;
        case Area::instruments:
            return state.instruments;
        case Area::labels:
            return state.labels;
        case Area::journal:
            return state.journal;
        default:
            break;
    }
    return state.recalls;
}

admin::AdminState shows(Area area, const admin::ListState& list = {}) {
    admin::AdminState state{.area = area};
    list_of(state) = list;
    return state;
}

/// As large as a code is, though nobody could read it.
kit::PicturePtr chequered() {
    auto picture = std::make_shared<kit::Picture>();
    picture->width = picture->height = 53 * 8;
    for (int y = 0; y < picture->height; ++y) {
        for (int x = 0; x < picture->width; ++x) {
            const std::uint8_t shade = (x / 8 + y / 8) % 2 == 0 ? 255 : 0;
            picture->rgba.insert(picture->rgba.end(), {shade, shade, shade, 255});
        }
    }
    return picture;
}

/// Terminals that are enrolled and revoked.
void add_enrolments(std::vector<ScreenRow>& rows) {
    admin::AdminFacts newcomer = busy_shop();
    newcomer.terminals.may_enrol = newcomer.terminals.may_revoke = true;
    newcomer.terminals.waiting = {
        {"till-5", "5 号收银台", "3F2A-90C1-77B4-E0D2", "192.168.1.23", newcomer.now}};
    newcomer.terminals.code = admin::CodeFact{
        "FXE1:192.168.1.10:7080/" + std::string(64, 'A') + "/" + std::string(32, '0'),
        chequered(),
        {newcomer.now.utc_ms + 9 * 60'000, newcomer.now.offset_minutes}};
    rows.push_back(
        row("terminals", "waiting",
            {shows(Area::terminals, {.chosen = "waiting till-5 3F2A-90C1-77B4-E0D2"}), newcomer}));
    rows.push_back(
        row("terminals", "code",
            {shows(Area::terminals, {.chosen = std::string(admin::code_row)}), newcomer}));
    newcomer.terminals.terminals[0].identity = "allowed";
    newcomer.terminals.terminals[0].certificate_until = newcomer.now;
    rows.push_back(
        row("terminals", "may_revoke", {shows(Area::terminals, {.chosen = "T1"}), newcomer}));
    admin::FormDraft revoked = admin::begin_revoking("T1");
    revoked.values["reason"] = "被盗";
    revoked.field.clear();
    for (const auto& [name, form] :
         {std::pair{"enrol", admin::begin_enrolling()}, std::pair{"revoke", revoked}}) {
        admin::AdminState state = shows(Area::terminals, {});
        state.form = form;
        rows.push_back(row("terminals", name, {state, newcomer}));
    }
}

void add_lists(std::vector<ScreenRow>& rows) {
    struct Page {
        const char* screen;
        Area area;
        const char* chosen;
    };
    for (const Page& page :
         {Page{"items", Area::items, "10017"}, Page{"batches", Area::batches, "B-1"},
          Page{"recalls", Area::recalls, "R-T1-1-17"}, Page{"attempts", Area::attempts, "A-1"},
          Page{"complaints", Area::complaints, "C-T1-1-228"},
          Page{"terminals", Area::terminals, "T4"}, Page{"faults", Area::faults, "F-till-4-1-118"},
          Page{"devices", Area::devices, "till-1"}, Page{"journal", Area::journal, "till-1/1/416"},
          Page{"instruments", Area::instruments, "checkout_scale/衡秤汀 HC-15/HC15-0001"}}) {
        rows.push_back(row(page.screen, "list", {shows(page.area), busy_shop()}));
        rows.push_back(
            row(page.screen, "chosen", {shows(page.area, {.chosen = page.chosen}), busy_shop()}));
        rows.push_back(row(page.screen, "empty", {shows(page.area), new_day()}));
    }
}

void add_list_states(std::vector<ScreenRow>& rows) {
    admin::AdminFacts none = busy_shop();
    none.items.found.clear();
    none.composing = "niun";
    rows.push_back(row("items", "nothing_found",
                       {shows(Area::items, {.search = "牛奶糖", .searching = true}), none}));
    rows.push_back(row("items", "categories",
                       {shows(Area::items, {.picked = "水果", .picking = true}), busy_shop()}));
    rows.push_back(row("items", "stopped", {shows(Area::items, {.chosen = "50020"}), busy_shop()}));
    admin::AdminFacts offline = busy_shop();
    offline.online = false;
    rows.push_back(
        row("batches", "offline", {shows(Area::batches, {.filter = 1, .chosen = "B-3"}), offline}));
    rows.push_back(row("batches", "unrecorded",
                       {shows(Area::batches, {.filter = 5, .chosen = "U-1"}), busy_shop()}));
    rows.push_back(
        row("batches", "expired", {shows(Area::batches, {.chosen = "B-2"}), busy_shop()}));
    rows.push_back(row("batches", "to_withdraw",
                       {shows(Area::batches, {.filter = 2, .chosen = "B-1"}), busy_shop()}));
    admin::AdminFacts many = busy_shop();
    while (many.batches.batches.size() < 700)
        many.batches.batches.push_back(many.batches.batches[3]);
    for (std::size_t i = 0; i < many.batches.batches.size(); ++i)
        many.batches.batches[i].batch.id = "B-" + std::to_string(i);
    rows.push_back(row("batches", "many", {shows(Area::batches, {.chosen = "B-250"}), many}));
    rows.push_back(row("attempts", "week",
                       {shows(Area::attempts, {.filter = 2, .chosen = "A-8"}), busy_shop()}));
    rows.push_back(
        row("attempts", "reasons", {shows(Area::attempts, {.picking = true}), busy_shop()}));
    rows.push_back(
        row("complaints", "with_steps",
            {shows(Area::complaints, {.filter = 2, .chosen = "C-T3-1-231"}), busy_shop()}));
    rows.push_back(
        row("terminals", "conflict", {shows(Area::terminals, {.chosen = "T2"}), busy_shop()}));
    admin::AdminFacts unheard = busy_shop();
    unheard.silent = true;
    for (admin::TerminalFact& each : unheard.terminals.terminals) {
        each.known = each.online = each.is_this;
        each.conflict.clear();
        if (!each.is_this) each.last_seen.reset();
    }
    rows.push_back(
        row("terminals", "silent_server", {shows(Area::terminals, {.chosen = "T1"}), unheard}));
    admin::AdminFacts unlevelled = busy_shop();
    unlevelled.recalls.recalls[0].block.level = domain::RecallLevel::none;
    rows.push_back(
        row("recalls", "no_level", {shows(Area::recalls, {.chosen = "R-T1-1-17"}), unlevelled}));
    rows.push_back(row("recalls", "all",
                       {shows(Area::recalls, {.filter = 1, .chosen = "R-T1-1-3"}), busy_shop()}));
}

/// The journal, and a customer's number that was asked for.
void add_journal(std::vector<ScreenRow>& rows) {
    const admin::ListState chosen{.chosen = "till-1/1/416"};
    admin::AdminFacts facts = busy_shop();
    facts.journal.entry->broken = 416;
    facts.journal.entry->break_is = "changed";
    facts.journal.entry->signed_to = 0;
    facts.journal.entry->signed_by.clear();
    rows.push_back(row("journal", "changed", {shows(Area::journal, chosen), facts}));
    facts.journal.entry.reset();
    rows.push_back(row("journal", "being_proved", {shows(Area::journal, chosen), facts}));
    facts.journal.entries.clear();
    facts.journal.more = false;
    facts.journal.awaited = true;
    rows.push_back(
        row("journal", "being_searched", {shows(Area::journal, {.search = "T1-2026"}), facts}));
    facts.journal.awaited = false;
    facts.journal.trouble = "连不上服务器";
    rows.push_back(row("journal", "offline", {shows(Area::journal), facts}));
    rows.push_back(row("journal", "kinds", {shows(Area::journal, {.picking = true}), busy_shop()}));
    admin::AdminFacts sealed = busy_shop();
    for (admin::ComplaintFact& each : sealed.complaints.complaints) {
        each.contact = "138****0138";
        each.contact_masked = false;
        each.can_show_contact = true;
    }
    const admin::ListState complaint{.chosen = "C-T3-1-231"};
    rows.push_back(
        row("complaints", "contact_sealed", {shows(Area::complaints, complaint), sealed}));
    sealed.complaints.complaints[0].contact = "13800000138";
    sealed.complaints.complaints[0].can_show_contact = false;
    rows.push_back(
        row("complaints", "contact_shown", {shows(Area::complaints, complaint), sealed}));
}

void add_live(std::vector<ScreenRow>& rows) {
    admin::AdminState state{.area = Area::recalls};
    state.live = "R-T1-1-17";
    rows.push_back(row("recall_live", "waiting", {state, busy_shop()}));
    admin::AdminFacts offline = busy_shop();
    offline.online = false;
    offline.as_of = at("2026-11-24T13:05");
    offline.recalls.recalls[0].trace.reset();
    offline.recalls.recalls[0].batches.clear();
    rows.push_back(row("recall_live", "offline", {state, offline}));
    state.live = "R-SRV-1-9";
    rows.push_back(row("recall_live", "all_have_it", {state, busy_shop()}));
    state.live = "R-T1-1-3";
    rows.push_back(row("recall_live", "lifted", {state, busy_shop()}));
}

void add_make(std::vector<ScreenRow>& rows) {
    admin::AdminState state{.area = Area::recalls};
    state.making = admin::RecallDraft{.field = admin::RecallField::item};
    rows.push_back(row("recall_make", "new", {state, busy_shop()}));
    state.making->search = "mz";
    rows.push_back(row("recall_make", "searching", {state, busy_shop()}));
    admin::AdminFacts scanned = busy_shop();
    scanned.refusal = "没有这个商品：6901234567892。请核对条码或按名称查找";
    rows.push_back(row("recall_make", "searching_scanned", {state, scanned}));
    rows.push_back(row("batches", "searching_scanned",
                       {shows(Area::batches, {.search = "L1", .searching = true}), scanned}));
    state.making = admin::RecallDraft{.item = "10017",
                                      .lot = "l1117",
                                      .level = domain::RecallLevel::I,
                                      .reason = "供应商通知：抽检大肠菌群超标，立即停售并下架"};
    rows.push_back(row("recall_make", "ready", {state, busy_shop()}));
    state.making->confirming = true;
    admin::AdminFacts facts = busy_shop();
    rows.push_back(row("recall_make", "confirm", {state, facts}));
    facts.refusal = "请先在这个窗口里作答或关闭它";
    rows.push_back(row("recall_make", "confirm_scanned", {state, facts}));
    facts.refusal.clear();
    state.making->confirming = false;
    state.making->busy = true;
    rows.push_back(row("recall_make", "busy", {state, facts}));
    state.making->busy = false;
    state.making->trouble = "本机磁盘已满，没有保存。请叫店长";
    rows.push_back(row("recall_make", "trouble", {state, facts}));
    state.making = admin::RecallDraft{.field = admin::RecallField::to,
                                      .item = "10017",
                                      .extent = admin::Extent::dates,
                                      .from = "2026-11-18",
                                      .to = "2026-11-30",
                                      .level = domain::RecallLevel::III};
    rows.push_back(row("recall_make", "dates", {state, facts}));
    state.making->extent = admin::Extent::whole;
    facts.making.batches.clear();
    facts.making.may_recall = false;
    rows.push_back(row("recall_make", "not_allowed", {state, facts}));
}

void add_equipment(std::vector<ScreenRow>& rows) {
    admin::AdminFacts duties = busy_shop();
    duties.today.duties = {{.kind = admin::Duty::Kind::fault,
                            .what = "4 号收银台 · 设备断开了，请检查接线",
                            .due = at("2026-11-24T11:13"),
                            .id = "F-till-4-1-118"},
                           {.kind = admin::Duty::Kind::certificate,
                            .what = "收银秤 HC15-0001 · 1 号收银台，另有 2 项",
                            .due = at("2026-12-12T00:00"),
                            .id = "x"},
                           {.kind = admin::Duty::Kind::scale_check,
                            .what = "收银秤 HC15-0002 · 2 号收银台",
                            .id = "y"}};
    rows.push_back(row("today", "equipment", {{}, duties}));
    rows.push_back(
        row("faults", "in_hand",
            {shows(Area::faults, {.filter = 1, .chosen = "F-till-1-1-240"}), busy_shop()}));
    rows.push_back(
        row("faults", "year",
            {shows(Area::faults, {.filter = 3, .chosen = "F-till-3-1-12"}), busy_shop()}));
    admin::AdminFacts cashier = busy_shop();
    cashier.faults.may_work = cashier.instruments.may_edit = false;
    rows.push_back(
        row("faults", "not_allowed", {shows(Area::faults, {.chosen = "F-till-2-1-77"}), cashier}));
    admin::AdminState state = shows(Area::faults);
    state.form = admin::begin_raising();
    rows.push_back(row("faults", "report", {state, busy_shop()}));
    state.form = admin::begin_fixing(busy_shop().faults.faults[0]);
    state.form->values["cause"] = "秤的数据线被推车压断";
    admin::AdminFacts composing = busy_shop();
    composing.composing = "huan xian";
    state.form->field = "fix";
    rows.push_back(row("faults", "close", {state, composing}));
    rows.push_back(row(
        "instruments", "run_out",
        {shows(Area::instruments, {.filter = 1, .chosen = "checkout_scale/衡秤汀 HC-15/HC15-0003"}),
         cashier}));
    state = shows(Area::instruments);
    state.form = admin::begin_certificate(busy_shop().instruments.instruments[0]);
    rows.push_back(row("instruments", "certificate", {state, busy_shop()}));
    state.form = admin::begin_instrument(nullptr);
    state.form->trouble = "内容不对：最大秤量";
    rows.push_back(row("instruments", "new", {state, busy_shop()}));
    state.form = admin::begin_instrument(&busy_shop().instruments.instruments[0]);
    state.form->field = "verified";
    rows.push_back(row("instruments", "change", {state, busy_shop()}));
}

void add_labels(std::vector<ScreenRow>& rows) {
    rows.push_back(row("labels", "list", {shows(Area::labels), busy_shop()}));
    admin::AdminFacts read = busy_shop();
    read.labels.trial = shop_label_trial();
    admin::AdminState state = shows(Area::labels, {.chosen = "2"});
    state.label_draft.draft = read.labels.formats;
    rows.push_back(row("labels", "read", {state, read}));
    read.labels.trial->refusal = "no_such_item";
    read.labels.trial->item_name.clear();
    rows.push_back(row("labels", "no_goods", {state, read}));
    admin::AdminFacts usual = busy_shop();
    usual.labels.source = terminal::LabelSource::devices_file;
    usual.labels.may_edit = false;
    rows.push_back(row("labels", "own_file", {shows(Area::labels), usual}));
    state.form = admin::begin_label(read.labels.formats, 1);
    rows.push_back(row("labels", "format", {state, read}));
    state.form->trouble = "这些前缀里有一个已属于别的格式，一张标签不能属于两个格式";
    state.form->field = "flags";
    rows.push_back(row("labels", "flags", {state, read}));
    state.form = admin::begin_saving_labels();
    rows.push_back(row("labels", "save", {state, read}));
}

}  // namespace

std::vector<ScreenRow> admin_rows() {
    std::vector<ScreenRow> rows;
    add_today(rows);
    add_lists(rows);
    add_enrolments(rows);
    add_list_states(rows);
    add_journal(rows);
    add_live(rows);
    add_make(rows);
    add_equipment(rows);
    add_labels(rows);
    return rows;
}

}  // namespace fangxin::ui_rows
