#include "terminal/station/screens/login_model.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr std::size_t most_people = 8;
constexpr int health_warning_days = 30;  // ACCT-3

/// Who the pad is for: fixed by the lock, chosen, or found by the number typed.
std::optional<KnownPerson> person_at_pad(const LoginState& state, const LoginFacts& facts) {
    if (facts.locked_by && !state.not_me) return facts.locked_by;
    if (state.entry.field != PinField::pin) return std::nullopt;
    auto chosen = std::ranges::find(facts.lately, state.entry.number, &KnownPerson::number);
    if (chosen != facts.lately.end()) return *chosen;
    if (facts.entered && facts.entered->number == state.entry.number) return facts.entered;
    return std::nullopt;
}

bool is_locked(const LoginState& state, const LoginFacts& facts) {
    return facts.locked_by && !state.not_me;
}

PinEntryFacts entry_facts(const LoginState& state, const LoginFacts& facts) {
    bool known = is_locked(state, facts) || person_at_pad(state, facts).has_value();
    return {.now = facts.now, .number_is_known = known, .busy = facts.busy};
}

std::optional<LoginView::Notice> health_of(const KnownPerson& person, const LoginFacts& facts,
                                           const kit::TextTable& texts) {
    if (!person.health_until) return std::nullopt;
    auto left = (*person.health_until - facts.now.date()).count();
    if (left < 0) {
        return LoginView::Notice{texts.tr("Health certificate ran out {}: no open food",
                                          domain::format_date(*person.health_until)),
                                 kit::Role::block};
    }
    if (left > health_warning_days) return std::nullopt;
    return LoginView::Notice{texts.tr_n("Health certificate: {} day left, renew it soon",
                                        "Health certificate: {} days left, renew it soon", left),
                             kit::Role::warn};
}

LoginView::Waiting waiting_of(const LoginFacts& facts, const kit::TextTable& texts) {
    if (facts.data == ShopData::no_server) {
        return {texts.tr("The server cannot be reached"),
                texts.tr("This terminal has no shop data yet. Check that the server is on and the "
                         "network cable is in; it goes on by itself"),
                std::nullopt, false};
    }
    LoginView::Waiting waiting{texts.tr("The shop's data are on their way"),
                               texts.tr("The first time takes a minute or so"), std::nullopt, true};
    if (facts.arrived_percent) {
        waiting.part = static_cast<float>(*facts.arrived_percent) / 100;
        waiting.hint = texts.tr("{} % has arrived", *facts.arrived_percent);
    }
    return waiting;
}

void add_people(LoginView& view, const LoginState& state, const LoginFacts& facts,
                const kit::TextTable& texts) {
    for (const KnownPerson& person : facts.lately) {
        if (view.people.size() == most_people) break;
        bool chosen = state.entry.field == PinField::pin && state.entry.number == person.number;
        std::string note = role_and_number(person, texts);
        if (person.locked) note = texts.tr("Locked · {}", person.number);
        view.people.push_back({person.name, note, chosen, person.locked});
    }
    if (view.people.empty()) view.nobody = texts.tr("Nobody has worked here yet");
}

void add_pad(LoginView& view, const LoginState& state, const LoginFacts& facts,
             const kit::TextTable& texts) {
    view.entry = present(state.entry, entry_facts(state, facts), texts);
    bool to_pin = !view.entry.pin_active;
    view.confirm = facts.busy    ? texts.tr("Please wait…")
                   : to_pin      ? texts.tr("Next")
                   : view.locked ? texts.tr("Unlock")
                                 : texts.tr("Log in");
    auto person = person_at_pad(state, facts);
    if (!person) {
        view.who = texts.tr("Staff number and PIN");
        view.who_note = texts.tr("Or scan the badge");
        return;
    }
    view.who = person->name;
    view.who_note = role_and_number(*person, texts);
    view.health = health_of(*person, facts, texts);
    if (!person->locked) return;
    view.entry.trouble = texts.tr("Account locked: ask the account administrator");
    view.entry.can_type = view.entry.can_confirm = false;
}

class Doing {
  public:
    Doing(LoginState& state, const LoginFacts& facts) : state_(state), facts_(facts) {}

    std::optional<LoginEffect> operator()(const PinAction& action) {
        if (facts_.data != ShopData::here) return {};
        bool badge = std::holds_alternative<pin::Badge>(action);
        if (badge && !is_locked(state_, facts_)) {
            state_.entry = entry_for(std::get<pin::Badge>(action).number);
            state_.at_entry = true;
            return {};
        }
        if (std::holds_alternative<pin::Digit>(action)) state_.at_entry = true;
        if (is_locked(state_, facts_)) state_.entry.number = facts_.locked_by->number;
        if (auto person = person_at_pad(state_, facts_); person && person->locked) return {};
        auto typed = update(state_.entry, entry_facts(state_, facts_), action);
        if (!typed) return {};
        return LogIn{std::move(typed->number), std::move(typed->pin)};
    }
    std::optional<LoginEffect> operator()(const login::Choose& choice) {
        if (choice.person >= facts_.lately.size()) return {};
        state_.entry = entry_for(facts_.lately[choice.person].number);
        state_.at_entry = true;
        return {};
    }
    std::optional<LoginEffect> operator()(login::OtherNumber) {
        state_.entry = {};
        state_.at_entry = true;
        return {};
    }
    std::optional<LoginEffect> operator()(login::Back) {
        bool back_to_lock = state_.not_me && !state_.at_entry;
        state_ = {.not_me = state_.not_me && !back_to_lock};
        return {};
    }
    std::optional<LoginEffect> operator()(login::NotMe) {
        state_ = {.not_me = true};
        return {};
    }
    std::optional<LoginEffect> operator()(login::ToggleLanguage) {
        bool chinese = facts_.language == domain::Language::zh;
        return SetLanguage{chinese ? domain::Language::en : domain::Language::zh};
    }
    std::optional<LoginEffect> operator()(login::ToggleTheme) { return SetTheme{!facts_.dark}; }
    std::optional<LoginEffect> operator()(login::AnswerClock) { return ShowClockQuestion{}; }

  private:
    LoginState& state_;
    const LoginFacts& facts_;
};

}  // namespace

LoginView present(const LoginState& state, const LoginFacts& facts, const kit::TextTable& texts) {
    LoginView view;
    view.shop =
        facts.shop_name.empty() ? texts.tr("Fangxin") : texts.tr("Fangxin · {}", facts.shop_name);
    view.where =
        facts.handheld ? texts.tr("Handheld {}", facts.number) : texts.tr("Till {}", facts.number);
    if (facts.test_shop) view.test_shop = texts.tr("Test shop");
    if (facts.clock_unknown) view.clock = texts.tr("Which date is right? A manager answers");
    view.language = facts.language == domain::Language::zh ? "English" : "中文";
    view.theme = facts.dark ? texts.tr("Light") : texts.tr("Dark");
    view.back = texts.tr("Back");
    view.locked = is_locked(state, facts);
    view.at_entry = state.at_entry || view.locked;
    view.can_go_back = state.at_entry || state.not_me;
    if (facts.data != ShopData::here) {
        view.waiting = waiting_of(facts, texts);
        return view;
    }
    view.title = view.locked ? texts.tr("Locked") : texts.tr("Who is at work?");
    view.other_number = texts.tr("Other number…");
    if (view.locked) {
        view.not_me = texts.tr("Somebody else…");
    } else {
        add_people(view, state, facts, texts);
    }
    add_pad(view, state, facts, texts);
    return view;
}

std::optional<LoginEffect> update(LoginState& state, const LoginFacts& facts,
                                  const LoginAction& action) {
    Doing doing(state, facts);
    return std::visit(doing, action);
}

}  // namespace fangxin::terminal
