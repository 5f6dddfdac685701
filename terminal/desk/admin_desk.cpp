#include "terminal/desk/admin_desk.hpp"

#include "terminal/station/recalls.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t figures_old_ms = 2 * minute_ms;

}  // namespace

AdminDesk::AdminDesk(Station& station, Workplace& workplace, GoodsSearch& goods)
    : station_(station), workplace_(workplace), reader_(station, goods, workplace.texts()) {}

bool AdminDesk::may_open() const {
    return station_.person() && !areas_of(station_.person()->role).empty();
}

void AdminDesk::open() {
    if (!may_open()) return;
    open_ = true;
    state_ = {};
    facts_ = {};
    facts_.areas = areas_of(station_.person()->role);
    state_.area = facts_.areas.front();
    show(state_.area);
}

void AdminDesk::open_withdrawals() {
    open();
    if (!open_) return;
    state_.area = admin::Area::batches;
    state_.batches = {.filter = static_cast<std::size_t>(admin::BatchFilter::blocked)};
    show(state_.area);
}

void AdminDesk::close() {
    open_ = false;
    facts_ = {};
    workplace_.writing().close();
}

void AdminDesk::show(admin::Area) {
    facts_read_ = false;
    ask_wanted_ = true;
}

void AdminDesk::ask_server(kit::Ui& ui) {
    if (!ask_wanted_ || !station_.online()) return;
    std::int64_t wait_ms = asked_ms_ + ask_every_ms - Station::monotonic_ms();
    if (wait_ms > 0) return ui.frame_after(wait_ms);
    ask_wanted_ = false;
    asked_ms_ = Station::monotonic_ms();
    station_.ask_figures(++asked_, state_.live);
}

void AdminDesk::on_figures(const sync::Figures& figures) {
    figures_ = figures;
    figures_at_ms_ = station_.now().utc_ms;
    facts_read_ = false;
}

void AdminDesk::on_rows_changed() {
    facts_read_ = false;
    ask_wanted_ = true;
}

/// The facts of the page that is shown. What cannot be read is said on the page.
void AdminDesk::read() {
    facts_read_ = true;
    facts_.now = station_.now();
    read_minute_ = facts_.now.utc_ms / minute_ms;
    facts_.online = station_.online();
    facts_.as_of.reset();
    if (figures_ && !facts_.online) facts_.as_of = station_.at(figures_at_ms_);
    bool stale = !figures_ || facts_.now.utc_ms - figures_at_ms_ > figures_old_ms;
    reader_.use(facts_.online && stale ? nullptr : figures_ ? &*figures_ : nullptr);
    auto done = station_.reader().reading<bool>([&] {
        facts_.waiting = reader_.waiting();
        switch (state_.area) {
            case admin::Area::today:
                facts_.today = reader_.today();
                break;
            case admin::Area::items:
                facts_.items = reader_.items(state_.items.search, state_.items.picked);
                break;
            case admin::Area::batches:
                facts_.batches = reader_.batches();
                break;
            case admin::Area::recalls:
                facts_.recalls = reader_.recalls(state_.live);
                if (state_.making) facts_.making = reader_.making(*state_.making);
                break;
            case admin::Area::attempts:
                facts_.attempts = reader_.attempts();
                break;
            case admin::Area::complaints:
                facts_.complaints = reader_.complaints();
                break;
            case admin::Area::terminals:
                facts_.terminals = reader_.terminals();
                break;
        }
        return true;
    });
    facts_.trouble.clear();
    if (done) return;
    station_log("admin", done.error().code + " " + done.error().detail);
    facts_.trouble =
        message_for(done.error().code, done.error().detail, workplace_.texts().language());
}

void AdminDesk::play(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) scanned(*code);
    if (!open_) return;
    if (station_.now().utc_ms / minute_ms != read_minute_) on_rows_changed();
    ask_server(ui);
    if (!facts_read_) read();
    facts_.composing = std::string(workplace_.writing().composing());
    admin::AdminView view = admin::present(state_, facts_, workplace_.texts());
    Writing& writing = workplace_.writing();
    if (!view.typing) {
        writing.close();
        if (auto action = admin::draw(ui, workplace_.texts(), view, rest)) answer(*action);
        return;
    }
    open_writing(view);
    wrote(writing.take_typed(ui));
    view = admin::present(state_, facts_, workplace_.texts());
    // The keyboard lies over the lower half of the page; fields are in the upper one.
    kit::Rect seen = rest;
    const kit::Rect keyboard = kit::take_bottom(seen, keyboard_height);
    ui.begin_part(seen);
    if (auto action = admin::draw(ui, workplace_.texts(), view, rest)) answer(*action);
    ui.end_part();
    WritingAnswer tapped;
    writing.draw_keys(ui, workplace_.texts(), keyboard, tapped);
    wrote(tapped);
}

void AdminDesk::open_writing(const admin::AdminView& view) {
    Writing& writing = workplace_.writing();
    bool free_text = state_.area == admin::Area::recalls && state_.making &&
                     state_.making->field == admin::RecallField::reason;
    writing.open(
        {.id = "admin " + view.typing->label,
         .wished = free_text ? kit::KeyboardLanguage::chinese : kit::KeyboardLanguage::latin},
        view.typing->text);
}

void AdminDesk::wrote(const WritingAnswer& typed) {
    if (typed.changed) answer(admin::Typed{*typed.changed});
    if (typed.done) answer(admin::TypingDone{});
    if (!facts_read_ && open_) read();
    facts_.composing = std::string(workplace_.writing().composing());
}

void AdminDesk::scanned(const std::string& code) { answer(admin::Scanned{code}); }

void AdminDesk::answer(const admin::AdminAction& action) {
    auto effect = admin::update(state_, facts_, action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void AdminDesk::act(const admin::FindItems&) { facts_read_ = false; }

void AdminDesk::act(const admin::FindScanned& effect) {
    auto found = find_item(station_, effect.code);
    if (!found) return workplace_.sound(kit::Sound::warn);
    workplace_.sound(kit::Sound::accept);
    answer(admin::RecallMakeAction(admin::ItemPicked{found->item.code}));
}

void AdminDesk::act(const admin::RecallMakeEffect& effect) {
    std::visit([this](const auto& each) { act(each); }, effect);
}

void AdminDesk::act(const admin::AskApproval& effect) {
    auto found = station_.shop().item(effect.order.item);
    std::string name = found ? name_of(*found, workplace_.texts().language()) : effect.order.item;
    workplace_.ask_second_person(
        {.action = effect.action,
         .what = workplace_.texts().tr("Recall {}", name),
         .confirmed = [this, order = effect.order](
                          const domain::Person& second) { make(order, second.number); },
         .given_up = [this] { answer(admin::RecallRefused{}); }});
}

void AdminDesk::make(const admin::RecallOrder& order, const std::string& approved_by) {
    Error refused{station_.may(domain::Action::recall_make).code, ""};
    if (approved_by.empty() && !refused.code.empty()) {
        return answer(admin::RecallRefused{
            message_for(refused.code, refused.detail, workplace_.texts().language())});
    }
    auto made = make_recall(station_, {.item = order.item,
                                       .lot = order.lot,
                                       .from = order.from,
                                       .to = order.to,
                                       .level = order.level,
                                       .reason = order.reason,
                                       .approved_by = approved_by});
    if (made) return answer(admin::RecallDone{*made});
    workplace_.sound(kit::Sound::warn);
    answer(admin::RecallRefused{
        message_for(made.error().code, made.error().detail, workplace_.texts().language())});
}

}  // namespace fangxin::terminal
