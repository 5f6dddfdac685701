#include "terminal/station/screens/clock_question_model.hpp"

namespace fangxin::terminal {

namespace {

PinEntryFacts entry_facts(const ClockQuestionFacts& facts) {
    return {.now = facts.now, .busy = facts.busy};
}

ClockQuestionView::Choice choice_of(std::string title, const domain::StoreTime& at, bool chosen) {
    return {std::move(title), domain::format_date(at.date()), domain::clock_text(at), chosen};
}

}  // namespace

ClockQuestionView present(const ClockQuestionState& state, const ClockQuestionFacts& facts,
                          const kit::TextTable& texts) {
    ClockQuestionView view;
    view.title = texts.tr("Which date is right?");
    view.why = texts.tr(
        "Clock and journal are more than a day apart. Best-before dates are judged "
        "by the date that is chosen here");
    view.clock =
        choice_of(texts.tr("This terminal's clock"), facts.clock, state.right == RightDate::clock);
    view.journal = choice_of(texts.tr("Last entry of the journal"), facts.journal,
                             state.right == RightDate::journal);
    view.at_pad = state.right != RightDate::none;
    view.who = view.at_pad ? texts.tr("A manager confirms") : texts.tr("Choose a date first");
    view.back = texts.tr("Back");
    view.entry = present(state.entry, entry_facts(facts), texts);
    if (!view.at_pad) view.entry.can_type = view.entry.can_confirm = false;
    view.confirm = facts.busy              ? texts.tr("Please wait…")
                   : view.entry.pin_active ? texts.tr("Confirm")
                                           : texts.tr("Next");
    return view;
}

std::optional<ClockQuestionEffect> update(ClockQuestionState& state,
                                          const ClockQuestionFacts& facts,
                                          const ClockQuestionAction& action) {
    if (const auto* choice = std::get_if<clock_question::Choose>(&action)) {
        state.right = choice->right;
        return {};
    }
    const auto* typing = std::get_if<PinAction>(&action);
    if (typing == nullptr || std::holds_alternative<pin::Cancel>(*typing)) {
        if (state.right == RightDate::none) return CloseClockQuestion{};
        state = {};
        return {};
    }
    if (state.right == RightDate::none) return {};
    auto typed = update(state.entry, entry_facts(facts), *typing);
    if (!typed) return {};
    return AnswerClock{state.right, std::move(typed->number), std::move(typed->pin)};
}

}  // namespace fangxin::terminal
