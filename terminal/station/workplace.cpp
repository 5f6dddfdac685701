#include "terminal/station/workplace.hpp"

#include "sync/enrolment_text.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/approval_view.hpp"
#include "terminal/station/screens/clock_question_view.hpp"
#include "terminal/station/screens/enrol_view.hpp"
#include "terminal/station/screens/login_view.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <sstream>

namespace fangxin::terminal {

namespace {

constexpr std::size_t people_shown = 8;
constexpr std::int64_t toast_ms = 4'000;

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

Workplace::Workplace(Station& station, Devices& devices, const Preferences& preferences)
    : station_(station),
      devices_(devices),
      preferences_(preferences),
      texts_(kit::TextTable::load(preferences.language)),
      sounds_([](const Error& error) { station_log("sound", error.code + " " + error.detail); }),
      pinyin_({.data = kit::Pinyin::usual_data_folder(),
               .user = station.options().directory / "pinyin"}),
      pages_(around()) {
    if (pinyin_.trouble()) station_log("pinyin", pinyin_.trouble()->code);
    sounds_.set_volume(static_cast<int>(preferences.volume));
    if (texts_.trouble()) station_log("words", texts_.trouble()->code);
}

void Workplace::apply_settings(kit::Settings& settings) const {
    settings.theme = preferences_.dark ? &kit::Theme::dark() : &kit::Theme::light();
    settings.text_scale = preferences_.large_text ? 1.25F : 1;
    settings.key_caps = preferences_.key_caps;
}

/// Somebody came or went, here or because the server locked the account: the next person finds
/// nothing half done of the one before.
void Workplace::follow_person() {
    const auto& person = station_.person();
    std::string number = person ? person->number : "";
    if (!station_.clock().unknown) clock_question_.reset();
    if (number == worked_by_) return;
    worked_by_ = number;
    login_ = {};
    pages_.close();
    toast_.reset();
    if (auto asked = std::exchange(asked_, std::nullopt)) asked->given_up();
    tells_.person();
    if (person && station_.clock().unknown) ask_clock();
}

bool Workplace::play(kit::Ui& ui, kit::Rect rest) {
    if (is_enrolling()) {
        play_enrolment(ui, rest);
    } else if (clock_question_) {
        play_clock_question(ui, rest);
    } else if (!station_.person()) {
        play_login(ui, rest);
    } else if (pages_.page() != SidePages::Page::none) {
        if (auto code = ui.take_scan()) pages_.scanned(*code);
        pages_.play(ui, rest);
    } else {
        if (asked_) {
            if (auto code = ui.take_scan()) answer_approval(pin::Badge{*code});
        }
        return false;
    }
    return true;
}

bool Workplace::is_in_front() const {
    return is_enrolling() || clock_question_ || !station_.person() ||
           pages_.page() != SidePages::Page::none;
}

void Workplace::play_over(kit::Ui& ui) {
    if (asked_) {
        auto action = draw(ui, present(approval_, approval_facts(), texts_));
        if (action) answer_approval(*action);
    }
    draw_toast(ui);
}

void Workplace::say(std::string words) {
    toast_ = Toast{std::move(words), Station::monotonic_ms() + toast_ms};
    changed_ = true;
    sound(kit::Sound::warn);
}

void Workplace::misread(const std::string& why) { say(message_for(why, "", texts_.language())); }

void Workplace::draw_toast(kit::Ui& ui) {
    if (!toast_) return;
    const std::int64_t left = toast_->until_ms - Station::monotonic_ms();
    if (left <= 0) return toast_.reset();
    kit::toast(ui, {.words = toast_->words, .icon = kit::Icon::warning}, ui.now_ms() + left);
}

bool Workplace::scanned(const std::string& code) {
    changed_ = true;
    if (is_enrolling() || (!station_.person() && sync::begins_enrolment_code(code))) {
        answer_enrolment(enrol::Scanned{code});
    } else if (clock_question_) {
        answer_clock_question(PinAction{pin::Badge{code}});
    } else if (!station_.person()) {
        answer_login(login_facts(), PinAction{pin::Badge{code}});
    } else if (asked_) {
        answer_approval(pin::Badge{code});
    } else if (pages_.page() != SidePages::Page::none) {
        pages_.scanned(code);
    } else {
        return false;
    }
    return true;
}

void Workplace::lock() {
    locked_by_ = station_.person()->number;
    station_.logout("locked");
    follow_person();
    login_.entry = entry_for(locked_by_);
}

void Workplace::switch_language() {
    Preferences wanted = preferences_;
    bool zh = texts_.language() == domain::Language::zh;
    wanted.language = zh ? domain::Language::en : domain::Language::zh;
    prefer(wanted);
}

Health Workplace::health_of(const std::string& device) const {
    auto well = devices_.is_well(device);
    if (!well) return Health::absent;
    return *well ? Health::good : Health::trouble;
}

std::string Workplace::not_let_in() const {
    if (station_.not_let_in().empty()) return {};
    return message_for(station_.not_let_in(), "", texts_.language());
}

/// Before it is a store's nobody works here; a code that is read at the login comes in front too,
/// for a terminal that was revoked or away for too long.
bool Workplace::is_enrolling() const {
    const auto state = station_.enrolment().state;
    const bool is_on_its_way = state == EnrolmentState::asking || state == EnrolmentState::waiting;
    const bool is_wanted = station_.needs_enrolment() && !station_.shop().has_people();
    return !station_.person() && (is_on_its_way || is_wanted || !enrolment_.trouble.empty());
}

EnrolFacts Workplace::enrol_facts() const {
    const Enrolment& enrolment = station_.enrolment();
    EnrolFacts facts{.number = station_.options().number,
                     .handheld = station_.options().role == "handheld",
                     .has_camera = tells_.camera && devices_.has_camera(),
                     .fingerprint = enrolment.fingerprint,
                     .language = texts_.language()};
    if (enrolment.state == EnrolmentState::asking) facts.step = EnrolFacts::Step::asking;
    if (enrolment.state == EnrolmentState::waiting) facts.step = EnrolFacts::Step::waiting;
    if (enrolment.state == EnrolmentState::failed) facts.step = EnrolFacts::Step::failed;
    if (!enrolment.error.empty())
        facts.trouble = message_for(enrolment.error, enrolment.detail, texts_.language());
    return facts;
}

void Workplace::play_enrolment(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) answer_enrolment(enrol::Scanned{*code});
    auto action = draw(ui, present(enrolment_, enrol_facts(), texts_), rest);
    if (action) answer_enrolment(*action);
}

void Workplace::answer_enrolment(const EnrolAction& action) {
    auto effect = update(enrolment_, enrol_facts(), action);
    changed_ = true;
    if (!effect) return;
    if (std::holds_alternative<SpeakOther>(*effect)) return switch_language();
    if (std::holds_alternative<GiveUpEnrolment>(*effect)) return station_.give_up_enrolment();
    if (std::holds_alternative<ReadCodeByCamera>(*effect)) return tells_.camera();
    const auto* typed = std::get_if<EnrolBy>(&*effect);
    auto done = station_.enrol(typed ? typed->code : find_enrolment_code());
    if (done) return;
    (void)update(
        enrolment_, enrol_facts(),
        enrol::Refused{message_for(done.error().code, done.error().detail, texts_.language())});
    sound(kit::Sound::warn);
}

LoginFacts Workplace::login_facts() const {
    LoginFacts facts{.shop_name = station_.shop().setting("shop_name"),
                     .number = station_.options().number,
                     .handheld = station_.options().role == "handheld",
                     .test_shop = station_.test_shop(),
                     .language = texts_.language(),
                     .dark = preferences_.dark,
                     .clock_unknown = station_.clock().unknown,
                     .now = station_.now()};
    for (const std::string& number : words_of_list(preferences_.lately)) {
        if (auto person = station_.shop().person(number)) facts.lately.push_back(known(*person));
    }
    if (auto person = station_.shop().person(login_.entry.number)) {
        facts.entered = known(*person);
    }
    if (!locked_by_.empty()) {
        if (auto person = station_.shop().person(locked_by_)) facts.locked_by = known(*person);
    }
    if (!station_.shop().has_people()) {
        facts.data = station_.has_server() ? ShopData::arriving : ShopData::no_server;
    }
    return facts;
}

void Workplace::play_login(kit::Ui& ui, kit::Rect rest) {
    LoginFacts facts = login_facts();
    if (auto code = ui.take_scan()) {
        if (sync::begins_enrolment_code(*code)) return answer_enrolment(enrol::Scanned{*code});
        answer_login(facts, PinAction{pin::Badge{*code}});
    }
    LoginView view = present(login_, facts, texts_);
    if (auto action = draw(ui, view, rest)) answer_login(facts, *action);
}

void Workplace::answer_login(const LoginFacts& facts, const LoginAction& action) {
    auto effect = update(login_, facts, action);
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

ClockQuestionFacts Workplace::clock_facts() const {
    domain::ClockReading reading = station_.clock();
    return {.clock = station_.at(reading.clock_ms),
            .journal = station_.at(reading.last_journal_ms.value_or(reading.clock_ms)),
            .now = station_.now()};
}

void Workplace::play_clock_question(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) answer_clock_question(PinAction{pin::Badge{*code}});
    if (!clock_question_) return;
    auto action = draw(ui, present(*clock_question_, clock_facts(), texts_), rest);
    if (action) answer_clock_question(*action);
}

void Workplace::answer_clock_question(const ClockQuestionAction& action) {
    auto effect = update(*clock_question_, clock_facts(), action);
    if (!effect) return;
    changed_ = true;
    const auto* typed = std::get_if<AnswerClock>(&*effect);
    if (typed == nullptr) return clock_question_.reset();
    auto answer = typed->right == RightDate::clock ? domain::ClockAnswer::clock_is_right
                                                   : domain::ClockAnswer::journal_is_right;
    auto done = station_.answer_clock(answer, typed->number, typed->pin);
    if (done) return clock_question_.reset();
    (void)update(*clock_question_, clock_facts(),
                 PinAction{pin::Refused{refusal_of(done.error())}});
    sound(kit::Sound::warn);
}

PinRefusal Workplace::refusal_of(const Error& error) const {
    PinRefusal refusal{.trouble = trouble_of(error.code)};
    if (refusal.trouble == PinTrouble::wait) {
        refusal.wait_until_ms = station_.now().utc_ms + 1000 * std::atoll(error.detail.c_str());
    }
    return refusal;
}

void Workplace::log_in(const LogIn& typed) {
    auto done = station_.login(typed.number, typed.pin);
    if (!done) {
        (void)update(login_, login_facts(), PinAction{pin::Refused{refusal_of(done.error())}});
        sound(kit::Sound::warn);
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

void Workplace::ask_second_person(SecondPerson asked) {
    asked_ = std::move(asked);
    approval_ = {};
    changed_ = true;
}

ApprovalFacts Workplace::approval_facts() const {
    ApprovalFacts facts{.action = asked_->action,
                        .what = asked_->what,
                        .asked_by = worked_by_,
                        .now = station_.now()};
    if (auto person = station_.shop().person(approval_.entry.number)) {
        facts.entered = known(*person);
    }
    return facts;
}

void Workplace::answer_approval(const ApprovalAction& action) {
    auto effect = update(approval_, approval_facts(), action);
    changed_ = true;
    if (!effect) return;
    if (const auto* typed = std::get_if<TryApproval>(&*effect)) return try_approval(*typed);
    std::exchange(asked_, std::nullopt)->given_up();
}

void Workplace::try_approval(const TryApproval& typed) {
    auto second = station_.second_person(typed.number, typed.pin);
    if (second && domain::may_approve(domain::actor_of(*second), asked_->action, worked_by_)) {
        return std::exchange(asked_, std::nullopt)->confirmed(*second);
    }
    PinRefusal refusal =
        second ? PinRefusal{.trouble = PinTrouble::not_allowed} : refusal_of(second.error());
    (void)update(approval_, approval_facts(), pin::Refused{refusal});
    sound(kit::Sound::warn);
}

SidePages::Around Workplace::around() {
    return {.station = station_,
            .texts = texts_,
            .writing = writing_,
            .preferences = [this] { return preferences_; },
            .prefer = [this](const Preferences& wanted) { prefer(wanted); },
            .refuse = [this](kit::Msgid words) { refuse(words); },
            .test_tone = [this] { sound(kit::Sound::accept); },
            .has_sound = [this] { return sounds_.works(); },
            .devices = [this] { return device_facts(); }};
}

std::vector<SettingsFacts::Device> Workplace::device_facts() const {
    std::vector<SettingsFacts::Device> devices;
    for (const auto& [name, words] : {std::pair{"scale", texts_.tr("Scale")},
                                      {"printer", texts_.tr("Printer")},
                                      {"scanner", texts_.tr("Scanner")},
                                      {"camera", texts_.tr_c("a device", "Camera")}}) {
        if (health_of(name) == Health::absent) continue;
        const std::string why = devices_.trouble_of(name);
        devices.push_back(
            {words, why.empty() ? "" : message_for(why, "", texts_.language()), health_of(name)});
    }
    return devices;
}

/// In force at once, and kept.
void Workplace::prefer(const Preferences& preferences) {
    bool other_language = preferences.language != preferences_.language;
    preferences_ = preferences;
    if (other_language) {
        texts_.speak(preferences.language);
        station_.speak(preferences.language);
        tells_.language();
    }
    sounds_.set_volume(static_cast<int>(preferences.volume));
    save_preferences(station_.store(), preferences);
    changed_ = true;
}

}  // namespace fangxin::terminal
