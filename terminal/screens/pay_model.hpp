// Cash: what is due after 抹零, what the customer gives, the change while it is typed; then the
// panel of a sale that is done. Enter completes nothing (rules 9). Pure; any thread.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"
#include "terminal/screens/effects.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct PayFacts {
    std::int64_t total_fen = 0;  ///< sum of the lines
};

struct PayState {
    std::string typed;  ///< `150`, `150.5`
};

struct PayView {
    std::string due;
    std::string rounding;                  ///< empty: none
    std::vector<std::string> suggestions;  ///< exact first
    std::string tendered;
    bool nothing_typed = true;
    std::string finish;  ///< with the change, or what is missing
    bool can_finish = false;
};

namespace pay {
struct Suggest {
    std::size_t place = 0;
};
/// A key of the pad: a digit, `00`, `.`, `back`, `clear`.
struct PadKey {
    std::string value;
};
struct Finish {};
struct Back {};
}  // namespace pay
using PayAction = std::variant<pay::Suggest, pay::PadKey, pay::Finish, pay::Back>;

/// The due amount and the next 10, 50 and 100 yuan above it, each once.
///     132.60 → 132.60 140.00 150.00 200.00        100.00 → 100.00 110.00 150.00 200.00
std::vector<std::int64_t> cash_suggestions(std::int64_t due_fen);

PayView present(const PayState& state, const PayFacts& facts, const kit::TextTable& texts);
/// Leaving is the owner's: Back gives no effect.
std::optional<Effect> update(PayState& state, const PayFacts& facts, const PayAction& action);

enum class Printing { none, printing, printed, waiting };

struct PaidFacts {
    std::string receipt;
    std::int64_t total_fen = 0;
    std::int64_t rounding_fen = 0;
    std::int64_t paid_fen = 0;
    std::int64_t change_fen = 0;
    std::optional<std::int64_t> points;  ///< that the member has now
    std::int64_t points_earned = 0;
    Printing printing = Printing::none;
};

struct PaidView {
    std::string change;
    std::string due;
    std::string paid;
    std::string receipt;
    std::string points;  ///< empty: no member
    std::string printing;
    kit::Role printing_role = kit::Role::muted;
    bool can_reprint = true;
};

namespace paid {
struct Next {};
struct ReprintReceipt {};
}  // namespace paid
using PaidAction = std::variant<paid::Next, paid::ReprintReceipt>;

PaidView present(const PaidFacts& facts, const kit::TextTable& texts);

}  // namespace fangxin::terminal::till
