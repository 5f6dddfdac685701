#include "terminal/desk/till_desk.hpp"

#include "terminal/screens/checkout_view.hpp"
#include "terminal/screens/customer_view.hpp"
#include "terminal/station/screens/clock_question_view.hpp"
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
      pinyin_({.data = kit::Pinyin::usual_data_folder(),
               .user = till.station().options().directory / "pinyin"}),
      checkout_(till, texts_, sounds_),
      pages_(around()) {
    if (pinyin_.trouble()) station_log("pinyin", pinyin_.trouble()->code);
    sounds_.set_volume(static_cast<int>(preferences.volume));
    if (texts_.trouble()) station_log("words", texts_.trouble()->code);
}

void TillDesk::apply_settings(kit::Settings& settings) const {
    settings.theme = preferences_.dark ? &kit::Theme::dark() : &kit::Theme::light();
    settings.text_scale = preferences_.large_text ? 1.25F : 1;
    settings.key_caps = preferences_.key_caps;
}

void TillDesk::play(kit::Ui& ui) {
    follow_person();
    if (checkout_.tick(Station::monotonic_ms())) changed_ = true;
    kit::Rect rest = ui.screen();
    ui.fill(rest, kit::Role::background);
    draw_top_bar(ui, present(bar_facts(), texts_), rest);
    if (!till_.station().clock().unknown) clock_question_.reset();
    if (clock_question_) {
        play_clock_question(ui, rest);
    } else if (!till_.station().person()) {
        play_login(ui, rest);
    } else if (pages_.page() != SidePages::Page::none) {
        if (auto code = ui.take_scan()) pages_.scanned(*code);
        pages_.play(ui, rest);
    } else {
        play_checkout(ui, rest);
    }
    if (auto next = checkout_.next_tick_ms()) {
        ui.frame_after(std::max<std::int64_t>(0, *next - Station::monotonic_ms()));
    }
    ui.frame_after(minute_ms - till_.station().now().utc_ms % minute_ms);
}

void TillDesk::play_customer(kit::Ui& ui) const {
    till::CustomerFacts facts = checkout_.customer_facts();
    bool left = facts.paid && facts.paid->receipt == checkout_state_.closed_receipt;
    if (left) facts.paid.reset();
    till::draw(ui, texts_, till::present(facts, texts_), ui.screen());
    if (facts.weighing) ui.frame_after(weighing_frame_ms);
}

/// Somebody came or went, here or because the server locked the account: the next person finds
/// nothing half done of the one before.
void TillDesk::follow_person() {
    const auto& person = till_.station().person();
    std::string number = person ? person->number : "";
    if (number == worked_by_) return;
    worked_by_ = number;
    login_state_ = {};
    checkout_state_ = {};
    pages_.close();
    checkout_.on_person();
    if (person && till_.station().clock().unknown) clock_question_.emplace();
}

Health TillDesk::health_of(const std::string& device) const {
    auto well = till_.devices().is_well(device);
    if (!well) return Health::absent;
    return *well ? Health::good : Health::trouble;
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
                      .conflict = !station.conflict().empty(),
                      .set_aside = !station.set_aside().empty(),
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
        Preferences wanted = preferences_;
        wanted.language = language->language;
        prefer(wanted);
    }
    if (const auto* theme = std::get_if<SetTheme>(&*effect)) {
        Preferences wanted = preferences_;
        wanted.dark = theme->dark;
        prefer(wanted);
    }
    if (std::holds_alternative<ShowClockQuestion>(*effect)) clock_question_.emplace();
}

ClockQuestionFacts TillDesk::clock_facts() const {
    Station& station = till_.station();
    domain::ClockReading reading = station.clock();
    return {.clock = station.at(reading.clock_ms),
            .journal = station.at(reading.last_journal_ms.value_or(reading.clock_ms)),
            .now = station.now()};
}

void TillDesk::play_clock_question(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) answer_clock_question(PinAction{pin::Badge{*code}});
    if (!clock_question_) return;
    auto action = draw(ui, present(*clock_question_, clock_facts(), texts_), rest);
    if (action) answer_clock_question(*action);
}

void TillDesk::answer_clock_question(const ClockQuestionAction& action) {
    auto effect = update(*clock_question_, clock_facts(), action);
    if (!effect) return;
    changed_ = true;
    const auto* typed = std::get_if<AnswerClock>(&*effect);
    if (typed == nullptr) return clock_question_.reset();
    auto answer = typed->right == RightDate::clock ? domain::ClockAnswer::clock_is_right
                                                   : domain::ClockAnswer::journal_is_right;
    auto done = till_.station().answer_clock(answer, typed->number, typed->pin);
    if (done) return clock_question_.reset();
    (void)update(*clock_question_, clock_facts(),
                 PinAction{pin::Refused{refusal_of(done.error())}});
    sounds_.play(kit::Sound::warn, Station::monotonic_ms());
}

PinRefusal TillDesk::refusal_of(const Error& error) const {
    PinRefusal refusal{.trouble = trouble_of(error.code)};
    if (refusal.trouble == PinTrouble::wait) {
        refusal.wait_until_ms =
            till_.station().now().utc_ms + 1000 * std::atoll(error.detail.c_str());
    }
    return refusal;
}

void TillDesk::log_in(const LogIn& typed) {
    auto done = till_.station().login(typed.number, typed.pin);
    if (!done) {
        (void)update(login_state_, login_facts(),
                     PinAction{pin::Refused{refusal_of(done.error())}});
        sounds_.play(kit::Sound::warn, Station::monotonic_ms());
        return;
    }
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
    auto keyboard = [&](kit::Ui& on, kit::Rect place) { write_for(on, place, facts); };
    if (auto action = till::draw(ui, texts_, view, rest, keyboard)) {
        answer_checkout(facts, *action);
    }
    bool writes = checkout_state_.dialog == till::Dialog::search || view.keyboard_over_basket;
    if (!writes) writing_.close();
    if (std::holds_alternative<till::WeighFacts>(facts.prompt)) {
        ui.frame_after(weighing_frame_ms);
    }
}

void TillDesk::answer_checkout(const till::CheckoutFacts& facts,
                               const till::CheckoutAction& action) {
    changed_ = true;
    for (const till::Effect& effect : till::update(checkout_state_, facts, action)) {
        leave_for(checkout_.carry_out(effect));
        bool read = std::holds_alternative<till::effect::Acknowledge>(effect);
        if (read && till_.station().clock().unknown) clock_question_.emplace();
    }
}

void TillDesk::leave_for(WayOut way) {
    if (way == WayOut::lock) {
        locked_by_ = till_.station().person()->number;
        till_.station().logout("locked");
        follow_person();
        login_state_.entry = entry_for(locked_by_);
    }
    if (way == WayOut::language) {
        Preferences wanted = preferences_;
        bool zh = texts_.language() == domain::Language::zh;
        wanted.language = zh ? domain::Language::en : domain::Language::zh;
        prefer(wanted);
    }
    if (way == WayOut::complaint) pages_.open(SidePages::Page::complaint);
    if (way == WayOut::settings) pages_.open(SidePages::Page::settings);
}

/// The keyboard on the screen, for the search or for the lot of a pack.
void TillDesk::write_for(kit::Ui& ui, kit::Rect place, const till::CheckoutFacts& facts) {
    bool searches = checkout_state_.dialog == till::Dialog::search;
    const std::string& text = searches ? checkout_state_.search.text : checkout_state_.verify.typed;
    writing_.open({.id = searches ? "search" : "lot",
                   .wished = kit::KeyboardLanguage::latin,  // the search knows pinyin by itself
                   .longest = 120},
                  text);
    WritingAnswer answer = writing_.draw(ui, texts_, place);
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

SidePages::Around TillDesk::around() {
    return {.station = till_.station(),
            .texts = texts_,
            .writing = writing_,
            .preferences = [this] { return preferences_; },
            .prefer = [this](const Preferences& wanted) { prefer(wanted); },
            .refuse_by_ear = [this] { sounds_.play(kit::Sound::warn, Station::monotonic_ms()); },
            .test_tone = [this] { sounds_.play(kit::Sound::accept, Station::monotonic_ms()); },
            .has_sound = [this] { return sounds_.works(); },
            .devices = [this] { return device_facts(); }};
}

std::vector<SettingsFacts::Device> TillDesk::device_facts() const {
    std::vector<SettingsFacts::Device> devices;
    for (const auto& [name, words] : {std::pair{"scale", texts_.tr("Scale")},
                                      {"printer", texts_.tr("Printer")},
                                      {"scanner", texts_.tr("Scanner")}}) {
        if (health_of(name) != Health::absent) devices.push_back({words, "", health_of(name)});
    }
    return devices;
}

/// In force at once, and kept.
void TillDesk::prefer(const Preferences& preferences) {
    bool other_language = preferences.language != preferences_.language;
    preferences_ = preferences;
    if (other_language) {
        texts_.speak(preferences.language);
        till_.station().speak(preferences.language);
        checkout_.on_language();
    }
    sounds_.set_volume(static_cast<int>(preferences.volume));
    save_preferences(till_.station().store(), preferences);
    changed_ = true;
}

/// A connected scanner, or on a locked screen a badge.
void TillDesk::on_scan(const std::string& code) {
    changed_ = true;
    if (clock_question_) return answer_clock_question(PinAction{pin::Badge{code}});
    if (!till_.station().person()) {
        return answer_login(login_facts(), PinAction{pin::Badge{code}});
    }
    if (pages_.page() != SidePages::Page::none) return pages_.scanned(code);
    till::CheckoutFacts facts = checkout_.facts();
    till::follow(checkout_state_, facts);
    answer_checkout(facts, till::Scanned{code});
}

StationEvents TillDesk::station_events() {
    StationEvents events;
    events.server_up = events.server_down = [this] { changed_ = true; };
    events.rows_changed = [this] {
        checkout_.on_rows_changed();
        changed_ = true;
    };
    events.blocks_applied = [this](const std::vector<domain::Block>& blocks, std::int64_t) {
        checkout_.on_rejudged(till_.checkout().on_blocks(blocks));
        changed_ = true;
    };
    events.conflict = [this](const std::string&, const std::string&) { changed_ = true; };
    events.claimed = [this](const sync::HoldClaimed& answer) {
        checkout_.on_claimed(answer);
        changed_ = true;
    };
    return events;
}

DeviceEvents TillDesk::device_events() {
    DeviceEvents events;
    events.scanned = [this](const std::string& code) { on_scan(code); };
    events.changed = [this](const std::string&, const std::string&, const std::string&) {
        changed_ = true;
    };
    events.print = [this](const std::string& job, const std::string& state, const std::string&) {
        if (state == "printed") checkout_.on_printed(job);
        changed_ = true;
    };
    return events;
}

}  // namespace fangxin::terminal
