// Who the customer is (SALE-16): a telephone or card number is keyed, or the card scanned. Pure;
// any thread.
#pragma once

#include "domain/member.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/effects.hpp"

#include <optional>
#include <string>
#include <variant>

namespace fangxin::terminal::till {

struct MemberFacts {
    /// Why the last number that was asked for is no member's.
    struct Trouble {
        std::string asked;
        std::string words;
    };
    std::optional<Trouble> trouble;
};
struct MemberState {
    std::string typed;
    std::string asked;
};
struct MemberView {
    std::string typed;
    bool can_find = false;
    std::string trouble;  ///< empty: none
    // Of the customer who is known already; empty: nobody is.
    std::string name;
    std::string number;
    std::string points;
};

namespace member {
/// A key of the pad: a digit, `back`, `clear`.
struct PadKey {
    std::string value;
};
struct Find {};
/// The customer is nobody that the shop knows.
struct Drop {};
}  // namespace member
using MemberAction = std::variant<member::PadKey, member::Find, member::Drop>;

MemberView present(const MemberState& state, const MemberFacts& facts,
                   const std::optional<domain::BasketMember>& customer,
                   const kit::TextTable& texts);
std::optional<Effect> update(MemberState& state, const MemberAction& action);

/// `Zhang 138****5678`, as a line of the basket's foot.
std::string member_words(const domain::BasketMember& customer);

}  // namespace fangxin::terminal::till
