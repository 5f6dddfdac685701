#include "terminal/station/screens/pin_entry_model.hpp"

#include <algorithm>
#include <array>

namespace fangxin::terminal {

namespace {

constexpr std::size_t longest = 12;
constexpr int least_places = 6;
/// The longest a person ever waits (rules 8). More means that the clock was set back.
constexpr std::int64_t longest_wait_ms = 15LL * 60 * 1000;

struct CodeOfTrouble {
    std::string_view code;
    PinTrouble trouble;
};
constexpr std::array codes = {CodeOfTrouble{"no_such_person", PinTrouble::no_such_person},
                              CodeOfTrouble{"wrong_pin", PinTrouble::wrong_pin},
                              CodeOfTrouble{"wait", PinTrouble::wait},
                              CodeOfTrouble{"locked", PinTrouble::locked},
                              CodeOfTrouble{"not_allowed", PinTrouble::not_allowed},
                              CodeOfTrouble{"not_synced", PinTrouble::not_synced}};

std::int64_t wait_left_s(const PinEntry& entry, const domain::StoreTime& now) {
    if (entry.refusal.trouble != PinTrouble::wait) return 0;
    std::int64_t left = entry.refusal.wait_until_ms - now.utc_ms;
    if (left <= 0 || left > longest_wait_ms) return 0;
    return (left + 999) / 1000;
}

std::string words_of(const PinEntry& entry, std::int64_t wait_s, const kit::TextTable& texts) {
    switch (entry.refusal.trouble) {
        case PinTrouble::none:
            return {};
        case PinTrouble::no_such_person:
            return texts.tr("No such number: check it");
        case PinTrouble::wrong_pin:
            return texts.tr("Wrong PIN: enter it again");
        case PinTrouble::wait:
            return wait_s > 0 ? texts.tr("Too many wrong tries: wait {} s", wait_s) : std::string();
        case PinTrouble::locked:
            return texts.tr("Account locked: ask the account administrator");
        case PinTrouble::not_allowed:
            return texts.tr("This person may not do it: ask another");
        case PinTrouble::himself:
            return texts.tr("Nobody approves himself: ask a second person");
        case PinTrouble::not_synced:
            return texts.tr("The shop's data are not here yet: connect to the server");
        case PinTrouble::not_saved:
            return texts.tr("Not saved: call the manager");
    }
    return {};
}

class Typing {
  public:
    Typing(PinEntry& entry, const PinEntryFacts& facts) : entry_(entry), facts_(facts) {}

    std::optional<PinTyped> operator()(const pin::Digit& typed) {
        if (is_waiting()) return {};
        entry_.refusal = {};
        std::string& text = active();
        if (text.size() < longest) text += typed.digit;
        return {};
    }
    std::optional<PinTyped> operator()(pin::Erase) {
        if (!active().empty()) {
            active().pop_back();
        } else if (entry_.field == PinField::pin && !facts_.number_is_known) {
            entry_.field = PinField::number;
        }
        return {};
    }
    std::optional<PinTyped> operator()(pin::Clear) {
        active().clear();
        return {};
    }
    std::optional<PinTyped> operator()(const pin::Touch& touch) {
        if (!facts_.number_is_known) entry_.field = touch.field;
        return {};
    }
    std::optional<PinTyped> operator()(pin::Confirm) {
        if (!at_pin()) {
            if (!entry_.number.empty()) entry_.field = PinField::pin;
            return {};
        }
        if (facts_.busy || is_waiting() || entry_.pin.empty() || entry_.number.empty()) return {};
        PinTyped typed{entry_.number, std::move(entry_.pin)};
        entry_.pin.clear();
        entry_.refusal = {};
        return typed;
    }
    std::optional<PinTyped> operator()(pin::Cancel) { return {}; }
    std::optional<PinTyped> operator()(const pin::Badge& badge) {
        if (!facts_.number_is_known) entry_ = entry_for(badge.number);
        return {};
    }
    std::optional<PinTyped> operator()(const pin::Refused& refused) {
        entry_.pin.clear();
        entry_.refusal = refused.refusal;
        bool other_number = refused.refusal.trouble == PinTrouble::no_such_person ||
                            refused.refusal.trouble == PinTrouble::himself ||
                            refused.refusal.trouble == PinTrouble::not_allowed;
        if (other_number && !facts_.number_is_known) {
            entry_.number.clear();
            entry_.field = PinField::number;
        }
        return {};
    }

  private:
    std::string& active() { return at_pin() ? entry_.pin : entry_.number; }
    bool at_pin() const { return facts_.number_is_known || entry_.field == PinField::pin; }
    bool is_waiting() const { return wait_left_s(entry_, facts_.now) > 0; }

    PinEntry& entry_;
    const PinEntryFacts& facts_;
};

}  // namespace

PinTrouble trouble_of(std::string_view code) {
    if (code.empty()) return PinTrouble::none;
    const auto* row = std::ranges::find(codes, code, &CodeOfTrouble::code);
    return row == codes.end() ? PinTrouble::not_saved : row->trouble;
}

PinEntry entry_for(std::string number) {
    return {.number = std::move(number), .field = PinField::pin};
}

PinEntryView present(const PinEntry& entry, const PinEntryFacts& facts,
                     const kit::TextTable& texts) {
    std::int64_t wait_s = wait_left_s(entry, facts.now);
    bool at_pin = facts.number_is_known || entry.field == PinField::pin;
    PinEntryView view;
    view.asks_number = !facts.number_is_known;
    view.number = entry.number;
    view.number_label = texts.tr("Staff number");
    view.number_active = !at_pin;
    view.pin_label = texts.tr("PIN");
    view.pin_active = at_pin;
    view.typed = static_cast<int>(entry.pin.size());
    view.places = std::max(least_places, view.typed);
    view.trouble = words_of(entry, wait_s, texts);
    view.clear = texts.tr("Clear");
    view.counts_down = wait_s > 0;
    view.can_type = wait_s == 0;
    bool is_locked = entry.refusal.trouble == PinTrouble::locked;
    view.can_confirm =
        view.can_type && !facts.busy && !is_locked && !(at_pin ? entry.pin : entry.number).empty();
    return view;
}

std::optional<PinTyped> update(PinEntry& entry, const PinEntryFacts& facts,
                               const PinAction& action) {
    Typing typing(entry, facts);
    return std::visit(typing, action);
}

}  // namespace fangxin::terminal
