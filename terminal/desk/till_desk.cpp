#include "terminal/desk/till_desk.hpp"

#include "domain/lot.hpp"
#include "terminal/screens/checkout_view.hpp"
#include "terminal/screens/customer_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t minute_ms = 60'000;

}  // namespace

TillDesk::TillDesk(Till& till, const Preferences& preferences)
    : till_(till),
      goods_(till.station()),
      workplace_(till.station(), till.devices(), preferences),
      checkout_(till, goods_, workplace_.texts(), workplace_.sounds()),
      scale_(till, workplace_),
      drawer_(till, workplace_),
      admin_(till.station(), workplace_, goods_) {
    checkout_.set_ask_second(
        [this](Workplace::SecondPerson asked) { workplace_.ask_second_person(std::move(asked)); });
    workplace_.set_tells({.person = [this] { on_person(); },
                          .language =
                              [this] {
                                  checkout_.on_language();
                                  admin_.on_rows_changed();
                              }});
}

void TillDesk::play(kit::Ui& ui) {
    workplace_.follow_person();
    if (checkout_.tick(Station::monotonic_ms())) changed_ = true;
    kit::Rect rest = ui.screen();
    ui.fill(rest, kit::Role::background);
    if (draw_top_bar(ui, present(bar_facts(), workplace_.texts()), rest)) scale_.open();
    if (scale_.is_open()) {
        scale_.play(ui, rest);
    } else if (!workplace_.play(ui, rest)) {
        if (admin_.is_open()) {
            admin_.play(ui, rest);
        } else if (drawer_.is_open()) {
            drawer_.play(ui, rest);
        } else {
            play_checkout(ui, rest);
        }
    }
    workplace_.play_over(ui);
    till_.follow();
    if (auto next = checkout_.next_tick_ms()) {
        ui.frame_after(std::max<std::int64_t>(0, *next - Station::monotonic_ms()));
    }
    ui.frame_after(minute_ms - till_.station().now().utc_ms % minute_ms);
}

void TillDesk::play_customer(kit::Ui& ui) const {
    till::CustomerFacts facts = checkout_.customer_facts();
    bool left = facts.paid && facts.paid->receipt == checkout_state_.closed_receipt;
    if (left) facts.paid.reset();
    till::draw(ui, workplace_.texts(), till::present(facts, workplace_.texts()), ui.screen());
    if (facts.weighing) ui.frame_after(till_.devices().weight_lasts_ms());
}

void TillDesk::on_person() {
    checkout_state_ = {};
    // The customer of the person before is gone: what he paid is on no screen any more.
    const auto& receipt = till_.checkout().last_receipt();
    if (receipt) checkout_state_.closed_receipt = receipt->number;
    checkout_.on_person();
    scale_.close();
    drawer_.close();
    admin_.close();
}

TopBarFacts TillDesk::bar_facts() const {
    Station& station = till_.station();
    TopBarFacts facts{.shop_name = checkout_.shop_name(),
                      .till = station.options().number,
                      .scale = workplace_.health_of("scale"),
                      .printer = workplace_.health_of("printer"),
                      .scanner = workplace_.health_of("scanner"),
                      .unsent = station.unsent(),
                      .block_age_ms = station.block_age_ms(),
                      .conflict = !station.conflict().empty(),
                      .set_aside = !station.set_aside().empty(),
                      .test_shop = checkout_.is_test_shop(),
                      .clock_banner = station.clock().banner,
                      .now = station.now()};
    facts.not_let_in = workplace_.not_let_in();
    facts.plain = station.is_plain();
    facts.admin = admin_.is_open();
    if (till_.devices().has_scale()) facts.scale_check = scale_check();
    if (station.person()) facts.person = station.person()->name;
    if (station.has_server()) {
        facts.server = station.online() ? Health::good : Health::trouble;
    }
    return facts;
}

ScaleCheckDue TillDesk::scale_check() const {
    using domain::InstrumentLock;
    Station& station = till_.station();
    const ScaleStanding now = till_.devices().standing();
    if (now.lock == InstrumentLock::check_failed) return {.state = ScaleCheckDue::State::failed};
    if (now.lock == InstrumentLock::check_missed) return {.state = ScaleCheckDue::State::missed};
    // A lock that another check does not open is told where somebody weighs.
    if (now.lock != InstrumentLock::none || now.checked_today) return {};
    if (!now.check_due_ms) return {.state = ScaleCheckDue::State::today};
    return {.state = ScaleCheckDue::State::due, .by = station.at(*now.check_due_ms)};
}

void TillDesk::play_checkout(kit::Ui& ui, kit::Rect rest) {
    till::CheckoutFacts facts = checkout_.facts();
    till::follow(checkout_state_, facts);
    if (auto code = ui.take_scan()) {
        answer_checkout(facts, till::Scanned{*code});
        facts = checkout_.facts();
    }
    till::CheckoutView view = till::present(checkout_state_, facts, workplace_.texts());
    auto keyboard = [&](kit::Ui& on, kit::Rect place) { write_for(on, place, facts); };
    if (auto action = till::draw(ui, workplace_.texts(), view, rest, keyboard)) {
        answer_checkout(facts, *action);
    }
    bool writes = checkout_state_.dialog == till::Dialog::search || view.keyboard_over_basket;
    if (!writes) workplace_.writing().close();
    if (std::holds_alternative<till::WeighFacts>(facts.prompt)) {
        ui.frame_after(till_.devices().weight_lasts_ms());
    }
}

void TillDesk::answer_checkout(const till::CheckoutFacts& facts,
                               const till::CheckoutAction& action) {
    changed_ = true;
    for (const till::Effect& effect : till::update(checkout_state_, facts, action)) {
        leave_for(checkout_.carry_out(effect));
        bool read = std::holds_alternative<till::effect::Acknowledge>(effect);
        if (read && till_.station().clock().unknown) workplace_.ask_clock();
    }
}

void TillDesk::leave_for(WayOut way) {
    if (way == WayOut::lock) workplace_.lock();
    if (way == WayOut::language) workplace_.switch_language();
    if (way == WayOut::complaint) workplace_.open(SidePages::Page::complaint);
    if (way == WayOut::fault) workplace_.open(SidePages::Page::fault);
    if (way == WayOut::admin) admin_.open();
    if (way == WayOut::withdrawals) admin_.open_withdrawals();
    if (way == WayOut::scale) scale_.open();
    if (way == WayOut::drawer) drawer_.open();
    if (way == WayOut::settings) workplace_.open(SidePages::Page::settings);
}

/// The keyboard on the screen, for the search or for the lot of a pack.
void TillDesk::write_for(kit::Ui& ui, kit::Rect place, const till::CheckoutFacts& facts) {
    bool searches = checkout_state_.dialog == till::Dialog::search;
    const std::string& text = searches ? checkout_state_.search.text : checkout_state_.verify.typed;
    workplace_.writing().open(
        {.id = searches ? "search" : "lot",
         .wished = kit::KeyboardLanguage::latin,  // the search knows pinyin by itself
         .longest = searches ? 120 : domain::longest_lot_bytes},
        text);
    WritingAnswer answer = workplace_.writing().take_typed(ui);
    workplace_.writing().draw_keys(ui, workplace_.texts(), place, answer);
    if (answer.changed && searches) {
        answer_checkout(facts, till::search::Typed{*answer.changed});
    } else if (answer.changed) {
        answer_checkout(facts, till::VerifyAction{till::verify::LotTyped{*answer.changed}});
    }
    if (!answer.done) return;
    if (searches) {
        answer_checkout(facts, till::search::PickSelected{});
    } else {
        answer_checkout(facts, till::VerifyAction{till::verify::Confirm{}});
    }
}

/// A connected scanner, or on a locked screen a badge.
void TillDesk::on_scan(const std::string& code) {
    changed_ = true;
    if (scale_.is_open()) return scale_.scanned(code);
    if (workplace_.scanned(code)) return;
    if (admin_.is_open()) return admin_.scanned(code);
    if (drawer_.is_open()) return drawer_.scanned(code);
    till::CheckoutFacts facts = checkout_.facts();
    till::follow(checkout_state_, facts);
    answer_checkout(facts, till::Scanned{code});
}

void TillDesk::rows_changed() {
    checkout_.on_rows_changed();
    admin_.on_rows_changed();
    changed_ = true;
}

StationEvents TillDesk::station_events() {
    StationEvents events;
    events.server_up = events.server_down = [this] {
        admin_.on_rows_changed();
        changed_ = true;
    };
    events.rows_changed = [this] { rows_changed(); };
    events.figures = [this](const sync::Figures& figures) {
        admin_.on_figures(figures);
        changed_ = true;
    };
    events.answered = [this] {
        admin_.on_answered();
        changed_ = true;
    };
    events.code = [this](const sync::CodeMade& made) {
        admin_.on_code(made);
        changed_ = true;
    };
    events.blocks_applied = [this](const std::vector<domain::Block>& blocks, std::int64_t) {
        checkout_.on_rejudged(till_.checkout().on_blocks(blocks));
        rows_changed();
    };
    events.conflict = [this](const std::string&, const std::string&) { changed_ = true; };
    events.not_let_in = [this](const std::string&, const std::string&) { changed_ = true; };
    events.enrolment = [this](const Enrolment&) { changed_ = true; };
    events.claimed = [this](const sync::HoldClaimed& answer) {
        checkout_.on_claimed(answer);
        changed_ = true;
    };
    return events;
}

DeviceEvents TillDesk::device_events() {
    DeviceEvents events;
    events.scanned = [this](const std::string& code) { on_scan(code); };
    events.misread = [this](const std::string& why) { workplace_.misread(why); };
    // The frame that shows a weight does not wait for the next one that is due anyway (WEIGH-1).
    events.weight_changed = [this] {
        const bool weighs = std::holds_alternative<AskWeight>(till_.checkout().prompt());
        if (weighs || scale_.is_open()) changed_ = true;
    };
    events.changed = [this](const std::string& device, const std::string&,
                            const std::string& reason) {
        // The light of the bar says that, not what: a roll is brought before the customer waits.
        if (device == "printer" && !reason.empty())
            workplace_.say(message_for(reason, "", workplace_.texts().language()));
        changed_ = true;
    };
    events.print = [this](const std::string& job, const std::string& state, const std::string&) {
        if (state == "printed") checkout_.on_printed(job);
        if (state == "printed") scale_.on_printed(job);
        changed_ = true;
    };
    return events;
}

}  // namespace fangxin::terminal
