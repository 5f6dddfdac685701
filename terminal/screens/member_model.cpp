#include "terminal/screens/member_model.hpp"

#include "terminal/kit/field.hpp"

#include <utility>

namespace fangxin::terminal::till {

namespace {
constexpr std::size_t longest_number = 20;
}

std::string member_words(const domain::BasketMember& customer) {
    const std::string& number =
        customer.phone.empty() ? domain::masked_member(customer.number) : customer.phone;
    return customer.name.empty() ? number : customer.name + "  " + number;
}

MemberView present(const MemberState& state, const MemberFacts& facts,
                   const std::optional<domain::BasketMember>& customer,
                   const kit::TextTable& texts) {
    MemberView view{.typed = state.typed, .can_find = !state.typed.empty()};
    if (facts.trouble && !state.asked.empty() && facts.trouble->asked == state.asked)
        view.trouble = facts.trouble->words;
    if (!customer) return view;
    view.name = customer->name.empty() ? texts.tr("Member") : customer->name;
    view.number =
        customer->phone.empty() ? domain::masked_member(customer->number) : customer->phone;
    view.points = texts.tr_n("{} point", "{} points", customer->points);
    return view;
}

std::optional<Effect> update(MemberState& state, const MemberAction& action) {
    if (const auto* key = std::get_if<member::PadKey>(&action)) {
        state.asked.clear();
        kit::key_in(state.typed, key->value, longest_number);
        return std::nullopt;
    }
    if (std::holds_alternative<member::Drop>(action)) return effect::DropMember{};
    if (state.typed.empty()) return std::nullopt;
    state.asked = std::exchange(state.typed, {});
    return effect::FindMember{state.asked};
}

}  // namespace fangxin::terminal::till
