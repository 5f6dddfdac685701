#include "terminal/desk/till_desk.hpp"

#include "terminal/screens/checkout_view.hpp"
#include "terminal/screens/customer_view.hpp"
#include "terminal/station/screens/login_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>
#include <sstream>

namespace fangxin::terminal {

namespace {

constexpr std::size_t people_shown = 8;
constexpr std::int64_t weighing_frame_ms = 100;
constexpr std::int64_t minute_ms = 60'000;

std::vector<std::string> words_of_list(const std::string& list) {
    std::istringstream in(list);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

KnownPerson known(const domain::Person& person) {
    return {.number = person.number,
            .name = person.name,
            .role = person.role,
            .health_until = person.health_until,
            .locked = person.locked};
}

}  // namespace

TillDesk::TillDesk(Till& till, const Preferences& preferences)
    : till_(till),
      preferences_(preferences),
      texts_(kit::TextTable::load(preferences.language)),
      sounds_([](const Error& error) { station_log("sound", error.code + " " + error.detail); }),
      checkout_(till, texts_, sounds_) {
    sounds_.set_volume(static_cast<int>(preferences.volume));
    if (texts_.trouble()) station_log("words", texts_.trouble()->code);
}

void TillDesk::apply_settings(kit::Settings& settings) const {
    settings.theme = preferences_.dark ? &kit::Theme::dark() : &kit::Theme::light();
    settings.text_scale = preferences_.large_text ? 1.25F : 1;
    settings.key_caps = preferences_.key_caps;
}

void TillDesk::play(kit::Ui& ui) {
    checkout_.tick(Station::monotonic_ms());
    kit::Rect rest = ui.screen();
    ui.fill(rest, kit::Role::background);
    draw_top_bar(ui, present(bar_facts(), texts_), rest);
    if (till_.station().person()) {
        play_checkout(ui, rest);
    } else {
        play_login(ui, rest);
    }
    if (auto next = checkout_.next_tick_ms()) {
        ui.frame_after(std::max<std::int64_t>(0, *next - Station::monotonic_ms()));
    }
    ui.frame_after(minute_ms - till_.station().now().utc_ms % minute_ms);
}

void TillDesk::play_customer(kit::Ui& ui) const {
    till::draw(ui, texts_, till::present(checkout_.customer_facts(), texts_), ui.screen());
}

Health TillDesk::health_of(const std::string& device) const {
    auto state = devices_.find(device);
    if (state == devices_.end()) return Health::absent;
    return state->second ? Health::good : Health::trouble;
}

TopBarFacts TillDesk::bar_facts() const {
    Station& station = till_.station();
    TopBarFacts facts{.shop_name = station.shop().setting("shop_name"),
                      .till = station.options().number,
                      .scale = health_of("scale"),
                      .printer = health_of("printer"),
                      .scanner = health_of("scanner"),
                      .unsent = station.unsent(),
                      .block_age_ms = station.block_age_ms(),
                      .test_shop = station.test_shop(),
                      .clock_banner = station.clock().banner,
                      .now = station.now()};
    if (station.person()) facts.person = station.person()->name;
    if (station.has_server()) {
        facts.server = station.online() ? Health::good : Health::trouble;
    }
    return facts;
}

LoginFacts TillDesk::login_facts() const {
    Station& station = till_.station();
    LoginFacts facts{.shop_name = station.shop().setting("shop_name"),
                     .number = station.options().number,
                     .test_shop = station.test_shop(),
                     .language = texts_.language(),
                     .dark = preferences_.dark,
                     .clock_unknown = station.clock().unknown,
                     .now = station.now()};
    for (const std::string& number : words_of_list(preferences_.lately)) {
        if (auto person = station.shop().person(number)) facts.lately.push_back(known(*person));
    }
    if (auto person = station.shop().person(login_state_.entry.number)) {
        facts.entered = known(*person);
    }
    if (!locked_by_.empty()) {
        if (auto person = station.shop().person(locked_by_)) facts.locked_by = known(*person);
    }
    if (!station.shop().has_people()) {
        facts.data = station.has_server() ? ShopData::arriving : ShopData::no_server;
    }
    return facts;
}

void TillDesk::play_login(kit::Ui& ui, kit::Rect rest) {
    LoginFacts facts = login_facts();
    if (auto code = ui.take_scan()) answer_login(facts, PinAction{pin::Badge{*code}});
    LoginView view = present(login_state_, facts, texts_);
    if (auto action = draw(ui, view, rest)) answer_login(facts, *action);
}

void TillDesk::answer_login(const LoginFacts& facts, const LoginAction& action) {
    auto effect = update(login_state_, facts, action);
    if (!effect) return;
    changed_ = true;
    if (const auto* typed = std::get_if<LogIn>(&*effect)) log_in(*typed);
    if (const auto* language = std::get_if<SetLanguage>(&*effect)) {
        set_language(language->language);
    }
    if (const auto* theme = std::get_if<SetTheme>(&*effect)) {
        Preferences wanted = preferences_;
        wanted.dark = theme->dark;
        prefer(wanted);
    }
}

void TillDesk::log_in(const LogIn& typed) {
    auto done = till_.station().login(typed.number, typed.pin);
    if (!done) {
        PinRefusal refusal{.trouble = trouble_of(done.error().code)};
        if (refusal.trouble == PinTrouble::wait) {
            refusal.wait_until_ms = till_.station().now().utc_ms +
                                    1000 * std::atoll(done.error().detail.c_str());
        }
        (void)update(login_state_, login_facts(), PinAction{pin::Refused{refusal}});
        sounds_.play(kit::Sound::warn, Station::monotonic_ms());
        return;
    }
    login_state_ = {};
    locked_by_.clear();
    auto lately = words_of_list(preferences_.lately);
    std::erase(lately, typed.number);
    lately.insert(lately.begin(), typed.number);
    lately.resize(std::min(lately.size(), people_shown));
    Preferences wanted = preferences_;
    wanted.lately.clear();
    for (const std::string& number : lately)
        wanted.lately += (wanted.lately.empty() ? "" : " ") + number;
    prefer(wanted);
}

void TillDesk::play_checkout(kit::Ui& ui, kit::Rect rest) {
    till::CheckoutFacts facts = checkout_.facts();
    till::follow(checkout_state_, facts);
    if (auto code = ui.take_scan()) {
        answer_checkout(facts, till::Scanned{*code});
        facts = checkout_.facts();
    }
    till::CheckoutView view = till::present(checkout_state_, facts, texts_);
    if (auto action = till::draw(ui, texts_, view, rest)) answer_checkout(facts, *action);
    if (std::holds_alternative<till::WeighFacts>(facts.prompt)) {
        ui.frame_after(weighing_frame_ms);
    }
}

void TillDesk::answer_checkout(const till::CheckoutFacts& facts,
                               const till::CheckoutAction& action) {
    changed_ = true;
    for (const till::Effect& effect : till::update(checkout_state_, facts, action)) {
        leave_for(checkout_.carry_out(effect));
    }
}

void TillDesk::leave_for(WayOut way) {
    if (way == WayOut::lock) {
        locked_by_ = till_.station().person()->number;
        log_out("locked");
        login_state_.entry = entry_for(locked_by_);
    }
    if (way == WayOut::language) {
        bool zh = texts_.language() == domain::Language::zh;
        set_language(zh ? domain::Language::en : domain::Language::zh);
    }
}

void TillDesk::log_out(const std::string& why) {
    till_.station().logout(why);
    checkout_.on_logout();
    login_state_ = {};
}

void TillDesk::set_language(domain::Language language) {
    texts_.speak(language);
    till_.station().speak(language);
    checkout_.on_language();
    Preferences wanted = preferences_;
    wanted.language = language;
    prefer(wanted);
}

void TillDesk::prefer(const Preferences& preferences) {
    preferences_ = preferences;
    sounds_.set_volume(static_cast<int>(preferences.volume));
    save_preferences(till_.station().store(), preferences);
    changed_ = true;
}

/// A connected scanner, or on a locked screen a badge.
void TillDesk::on_scan(const std::string& code) {
    changed_ = true;
    if (!till_.station().person()) {
        return answer_login(login_facts(), PinAction{pin::Badge{code}});
    }
    till::CheckoutFacts facts = checkout_.facts();
    till::follow(checkout_state_, facts);
    answer_checkout(facts, till::Scanned{code});
}

StationEvents TillDesk::station_events() {
    StationEvents events;
    events.server_up = events.server_down = [this] { changed_ = true; };
    events.rows_changed = [this] {
        till_.station().refresh_person();
        checkout_.on_rows_changed();
        changed_ = true;
    };
    events.blocks_applied = [this](const std::vector<domain::Block>& blocks, std::int64_t) {
        checkout_.on_rejudged(till_.checkout().on_blocks(blocks));
        changed_ = true;
    };
    events.conflict = [this](const std::string& code, const std::string& detail) {
        station_log("sync", "conflict " + code + " " + detail);
        changed_ = true;
    };
    events.claimed = [this](const sync::HoldClaimed& answer) {
        checkout_.on_claimed(answer);
        changed_ = true;
    };
    return events;
}

DeviceEvents TillDesk::device_events() {
    DeviceEvents events;
    events.scanned = [this](const std::string& code) { on_scan(code); };
    events.changed = [this](const std::string& device, const std::string& state,
                            const std::string& reason) {
        devices_[device] = state == "found";
        changed_ = true;
        if (till_.station().shop().has_people()) {
            (void)till_.station().journal(sync::DeviceEvent{device, state, reason});
        }
    };
    events.print = [this](const std::string& job, const std::string& state, const std::string&) {
        devices_["printer"] = state == "printed";
        checkout_.on_print(job, state);
        changed_ = true;
    };
    return events;
}

}  // namespace fangxin::terminal
