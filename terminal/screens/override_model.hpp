// Another price for a line, by a person (SALE-3): which, and why. Pure; any thread.
#pragma once

#include "domain/basket.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/effects.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct OverrideState {
    int line = 0;
    std::string typed;  ///< yuan, per piece or per kilogram
    std::size_t reason = 0;
};
struct OverrideView {
    std::string name;
    std::string list_price;  ///< as the shop has it
    std::string typed;
    std::string amount;  ///< what the line comes to then; empty: nothing is typed
    std::vector<std::string> reasons;
    std::size_t reason = 0;
    bool can_confirm = false;
};

namespace price_override {
struct PadKey {
    std::string value;
};
struct Reason {
    std::size_t place = 0;
};
struct Confirm {};
}  // namespace price_override
using OverrideAction =
    std::variant<price_override::PadKey, price_override::Reason, price_override::Confirm>;

/// Neither a label's amount nor a line that must not be sold takes another price.
bool may_override(const domain::Line& line);

OverrideView present(const OverrideState& state, const domain::Basket& basket,
                     const kit::TextTable& texts);
std::optional<Effect> update(OverrideState& state, const domain::Basket& basket,
                             const OverrideAction& action);

/// Why a line gets another price, as the journal keeps it too.
std::vector<kit::Msgid> override_reasons();

}  // namespace fangxin::terminal::till
