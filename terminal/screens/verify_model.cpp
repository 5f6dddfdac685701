#include "terminal/screens/verify_model.hpp"

#include "domain/lot.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/screens/till_words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t most_choices = 9;

using Choices = std::vector<domain::VerifyChoice>;

/// While the lot is asked only the packs of the date that was read are still meant.
Choices choices_in_question(const VerifyFacts& facts) {
    if (!facts.ask_lot) return facts.choices;
    const auto& read = facts.date_printed == domain::DatePrinted::production
                           ? facts.known.production
                           : facts.known.expiry;
    Choices of_date;
    for (const domain::VerifyChoice& choice : facts.choices) {
        if (read && choice.date && choice.date->date == read->date) of_date.push_back(choice);
    }
    return of_date.empty() ? facts.choices : of_date;
}

std::size_t pages_of(const Choices& choices) {
    return std::max<std::size_t>(1, (choices.size() + most_choices - 1) / most_choices);
}

std::string kind_words(const VerifyFacts& facts, const kit::TextTable& texts) {
    if (facts.ask_lot) return texts.tr("Lot, as printed on the pack");
    if (facts.date_printed == domain::DatePrinted::production) {
        return texts.tr("Production date, as printed on the pack");
    }
    return texts.tr("Good until, as printed on the pack");
}

VerifyView::Choice shown(const domain::VerifyChoice& choice, bool ask_lot,
                         const kit::TextTable& texts) {
    const std::string date = choice.date ? domain::day_text(*choice.date) : "";
    const std::string lot = choice.lot.empty() ? "" : texts.tr("Lot {}", choice.lot);
    if (ask_lot || date.empty()) return {choice.lot.empty() ? texts.tr("No lot") : lot, date};
    return {date, lot};
}

bool is_a_day(const std::string& mmdd, domain::Date today) {
    return mmdd.size() == 4 && !domain::dates_of_month_day(mmdd, today).empty();
}

void fill_date(VerifyView& view, const VerifyState& state, const VerifyFacts& facts,
               const kit::TextTable& texts) {
    view.typed = state.typed;
    if (view.typed.size() > 2) view.typed.insert(2, "-");
    view.placeholder = texts.tr("MM-DD");
    view.can_confirm = is_a_day(state.typed, facts.today);
    if (state.typed.size() == 4 && !view.can_confirm) {
        view.problem = texts.tr("There is no such day: look again");
    }
}

std::optional<Effect> confirm(const VerifyState& state, const VerifyFacts& facts) {
    if (state.page == VerifyPage::date && is_a_day(state.typed, facts.today)) {
        return effect::AnswerVerify{.date = state.typed};
    }
    if (state.page == VerifyPage::lot && domain::is_lot(state.typed)) {
        return effect::AnswerVerify{.lot = state.typed};
    }
    return std::nullopt;
}

}  // namespace

VerifyView present(const VerifyState& state, const VerifyFacts& facts,
                   const kit::TextTable& texts) {
    VerifyView view;
    view.page = state.page;
    view.asks_lot = facts.ask_lot;
    view.title = facts.ask_lot ? texts.tr("Which lot is on the pack?")
                               : texts.tr("Which date is on the pack?");
    view.name = facts.name;
    if (!facts.why.empty()) {  // the worst: the room is for one that can be read
        view.why = texts.tr("Some batches: {}", titles_of(std::span(facts.why).first(1), texts));
    }
    view.kind = kind_words(facts, texts);
    view.hint = texts.tr("Cannot read it? Do not sell it, fetch another pack");
    view.cannot_read =
        facts.line ? texts.tr("Cannot read: void it") : texts.tr("Cannot read: not sold");
    if (state.page == VerifyPage::date) {
        fill_date(view, state, facts, texts);
    } else if (state.page == VerifyPage::lot) {
        view.typed = state.typed;
        view.placeholder = texts.tr("The lot, as on the pack");
        view.can_confirm = domain::is_lot(state.typed);
    }
    const Choices choices = choices_in_question(facts);
    const std::size_t page = std::min(state.list_page, pages_of(choices) - 1);
    for (std::size_t i = page * most_choices;
         i < std::min(choices.size(), (page + 1) * most_choices); ++i) {
        view.choices.push_back(shown(choices[i], facts.ask_lot, texts));
    }
    if (pages_of(choices) > 1) view.more = fmt::format("{}/{}", page + 1, pages_of(choices));
    return view;
}

std::optional<Effect> update(VerifyState& state, const VerifyFacts& facts,
                             const VerifyAction& action) {
    const Choices choices = choices_in_question(facts);
    if (const auto* pick = std::get_if<verify::Pick>(&action)) {
        const std::size_t index =
            std::min(state.list_page, pages_of(choices) - 1) * most_choices + pick->place;
        if (index >= choices.size()) return std::nullopt;
        const domain::VerifyChoice& choice = choices[index];
        return effect::AnswerVerify{
            .date = choice.date ? domain::format_day_minute(*choice.date) : "", .lot = choice.lot};
    }
    if (std::holds_alternative<verify::CannotRead>(action)) return effect::CannotRead{};
    if (std::holds_alternative<verify::Confirm>(action)) return confirm(state, facts);
    if (std::holds_alternative<verify::MoreChoices>(action)) {
        state.list_page = (state.list_page + 1) % pages_of(choices);
    } else if (std::holds_alternative<verify::Other>(action)) {
        state.page = facts.ask_lot ? VerifyPage::lot : VerifyPage::date;
        state.typed.clear();
    } else if (std::holds_alternative<verify::BackToChoices>(action)) {
        state = {.list_page = state.list_page};
    } else if (const auto* key = std::get_if<verify::PadKey>(&action)) {
        kit::key_in(state.typed, key->value, 4);
    } else if (const auto* typed = std::get_if<verify::LotTyped>(&action)) {
        if (typed->text.size() <= domain::longest_lot_bytes) state.typed = typed->text;
    }
    return std::nullopt;
}

}  // namespace fangxin::terminal::till
