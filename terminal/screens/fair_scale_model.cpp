#include "terminal/screens/fair_scale_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/kit/field.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <utility>

namespace fangxin::terminal::fair {

namespace {

using domain::FairAnswer;
using kit::Role;

constexpr std::size_t most_digits = 5;
constexpr std::int64_t mg_of_gram = 1'000;

class Words {
  public:
    explicit Words(const Languages& texts) : texts_(texts) {}
    Both operator()(kit::Msgid words) const { return {texts_.zh.tr(words), texts_.en.tr(words)}; }
    template <class... Values>
    Both operator()(kit::Msgid words, const Values&... values) const {
        return {texts_.zh.tr(words, values...), texts_.en.tr(words, values...)};
    }

  private:
    const Languages& texts_;
};

std::string kg(std::int64_t mg) { return domain::kilograms(mg) + " kg"; }

Both trouble_words(Trouble trouble, const Words& say) {
    switch (trouble) {
        case Trouble::none:
            break;
        case Trouble::no_scale:
            return say(kit::Msgid("The scale is not connected"));
        case Trouble::silent:
            return say(kit::Msgid("The scale does not answer"));
        case Trouble::no_certificate:
            return say(kit::Msgid("Out of use: no certificate is in force"));
        case Trouble::out_of_use:
            return say(kit::Msgid("Out of use: please ask at the service desk"));
    }
    return {};
}

void fill_weight(View& view, const Facts& facts, const Words& say) {
    view.weight = "–.–––";
    view.weight_role = Role::muted;
    view.trouble = trouble_words(facts.trouble, say);
    if (facts.trouble != Trouble::none || !facts.reading) return;
    const Facts::Reading& reading = *facts.reading;
    if (reading.over) {
        view.marks.push_back({say(kit::Msgid("Too heavy")), Role::block});
        return;
    }
    view.weight = domain::kilograms(reading.net_mg);
    if (reading.under) {
        view.marks.push_back({say(kit::Msgid("Under zero")), Role::warn});
        return;
    }
    if (reading.stable) view.weight_role = Role::text;
    view.marks.push_back(reading.stable ? View::Mark{say(kit::Msgid("Stable")), Role::ok}
                                        : View::Mark{say(kit::Msgid("Moving")), Role::warn});
    if (reading.stable && reading.gross_mg == 0) {
        view.marks.push_back({say(kit::Msgid("Zero")), Role::primary});
    }
}

Both certificate_of(const Facts& facts, const Words& say) {
    if (facts.trouble == Trouble::no_certificate || !facts.until) {
        return say(kit::Msgid("The scale has no certificate"));
    }
    const std::string until = domain::format_date(*facts.until);
    return say(kit::Msgid("Verified · certificate {} · until {}"), facts.certificate, until);
}

const Facts::Told* told_of(const State& state, const Facts& facts) {
    if (facts.told.size() == 1) return &facts.told.front();
    if (!state.chosen || *state.chosen >= facts.told.size()) return nullptr;
    return &facts.told[*state.chosen];
}

void judge(View::Comparison& view, const domain::FairComparison& of, const Words& say) {
    const std::string difference = fmt::format("{}{} kg", of.difference_mg > 0 ? "+" : "",
                                               domain::kilograms(of.difference_mg));
    view.rows.push_back({say(kit::Msgid("Measured here")), kg(of.measured_mg)});
    view.rows.push_back({say(kit::Msgid("Difference")), difference});
    view.rows.push_back({say(kit::Msgid("Allowed error")), "±" + kg(of.allowed_mg)});
    switch (of.answer) {
        case FairAnswer::within:
            view.answer = say(kit::Msgid("Within the error allowed"));
            view.role = Role::ok;
            return;
        case FairAnswer::under:
            view.answer = say(kit::Msgid("Less than the label says"));
            view.role = Role::block;
            break;
        case FairAnswer::over:
            view.answer = say(kit::Msgid("More than the label says"));
            view.role = Role::warn;
            break;
    }
    view.advice = say(kit::Msgid("Please take goods and receipt to the service desk"));
}

View::Comparison comparison_of(const Facts::Told& told, const Words& say) {
    View::Comparison view{.name = told.name, .rows = {}, .answer = {}, .advice = {}};
    const kit::Msgid label =
        told.by_price ? kit::Msgid("By its price of today") : kit::Msgid("On the label");
    view.rows.push_back({say(label), kg(told.weight_mg)});
    if (told.comparison) {
        judge(view, *told.comparison, say);
    } else {
        view.answer = say(kit::Msgid("Put the goods on the scale"));
    }
    return view;
}

Both hint_of(const Facts& facts, const Words& say) {
    switch (facts.unread) {
        case Facts::Unread::no_weight:
            return say(kit::Msgid("It tells no weight: key the one on the receipt"));
        case Facts::Unread::elsewhere:
            return say(kit::Msgid("Please key the weight that is on the receipt"));
        case Facts::Unread::bad_code:
            return say(kit::Msgid("This could not be read: scan again"));
        case Facts::Unread::none:
            break;
    }
    if (facts.told.size() > 1) return say(kit::Msgid("Choose a line of the receipt"));
    return say(kit::Msgid("Put the goods on, and scan their label"));
}

std::int64_t typed_mg(const State& state) {
    std::int64_t grams = 0;
    for (const char digit : state.typed)
        grams = grams * 10 + (digit - '0');
    return grams * mg_of_gram;
}

}  // namespace

View present(const State& state, const Facts& facts, const Languages& texts) {
    const Words say(texts);
    View view;
    view.title = say(kit::Msgid("Fair scale"));
    view.purpose = say(kit::Msgid("To check your goods, not for trade"));
    fill_weight(view, facts, say);
    view.certificate = certificate_of(facts, say);
    view.limits = fmt::format("Max {}  Min {}  e = {}", domain::mass_text(facts.max_mg),
                              domain::mass_text(facts.min_mg), domain::mass_text(facts.e_mg));
    if (const Facts::Told* told = told_of(state, facts)) {
        view.comparison = comparison_of(*told, say);
    } else if (facts.told.size() > 1) {
        for (const Facts::Told& each : facts.told)
            view.choices.push_back(each.name + "  " + kg(each.weight_mg));
    }
    if (facts.trouble == Trouble::none) view.hint = hint_of(facts, say);
    view.key_weight = say(kit::Msgid("Key a weight"));
    view.clear = say(kit::Msgid("Start again"));
    view.can_clear = !facts.told.empty() || facts.unread != Facts::Unread::none;
    if (state.keying) {
        view.pad = View::Pad{.typed = domain::kilograms(typed_mg(state)),
                             .can_confirm = typed_mg(state) > 0,
                             .title = say(kit::Msgid("The weight on the receipt")),
                             .confirm = say(kit::Msgid("Compare")),
                             .cancel = say(kit::Msgid("Cancel")),
                             .erase = texts.zh.tr("Clear")};
    }
    return view;
}

std::optional<Effect> update(State& state, const Facts& facts, const Action& action) {
    if (const auto* key = std::get_if<PadKey>(&action)) {
        kit::key_in(state.typed, key->value, most_digits);
        return std::nullopt;
    }
    if (const auto* choose = std::get_if<Choose>(&action)) {
        if (choose->line < facts.told.size()) state.chosen = choose->line;
        return std::nullopt;
    }
    const State before = std::exchange(state, {});
    if (std::holds_alternative<OpenPad>(action)) state.keying = true;
    if (std::holds_alternative<Clear>(action)) return Forget{};
    if (std::holds_alternative<ConfirmWeight>(action) && typed_mg(before) > 0) {
        return UseWeight{typed_mg(before)};
    }
    return std::nullopt;
}

}  // namespace fangxin::terminal::fair
