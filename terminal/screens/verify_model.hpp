// "Which date is on the pack?" (rules 2.5): the batches on record as numbered buttons, another date
// as month and day, the lot where a date does not tell good packs from bad ones. A scan of the
// square code answers as well. Picks look alike whether they block or not. Pure; any thread.
#pragma once

#include "domain/verdict.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/effects.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct VerifyFacts {
    std::string name;
    domain::DatePrinted date_printed = domain::DatePrinted::production;
    std::vector<domain::VerifyChoice> choices;  ///< in date order
    bool ask_lot = false;
    domain::PackIdentity known;  ///< what was answered before the lot was asked
    domain::Date today;
    std::optional<int> line;          ///< it is in the basket already: not read, it is voided
    std::vector<domain::Reason> why;  ///< what is wrong with packs of the item, worst first
};

enum class VerifyPage { choices, date, lot };

struct VerifyState {
    VerifyPage page = VerifyPage::choices;
    std::size_t list_page = 0;
    std::string typed;  ///< digits of MMDD, or the lot
};

struct VerifyView {
    struct Choice {
        std::string date;
        std::string lot;
    };
    VerifyPage page = VerifyPage::choices;
    std::string title;
    std::string name;
    std::string why;              ///< why it is asked; empty: not known
    std::string kind;             ///< what is printed: production date, good until
    std::vector<Choice> choices;  ///< at most 9, in two columns where more than 4
    std::string more;             ///< `1/2`
    bool asks_lot = false;
    std::string typed;
    std::string placeholder;
    std::string problem;  ///< why it cannot be confirmed yet
    bool can_confirm = false;
    std::string hint;
    std::string cannot_read;
};

namespace verify {
struct Pick {
    std::size_t place = 0;
};
struct MoreChoices {};
/// Another date, or another lot where the lot is asked.
struct Other {};
struct BackToChoices {};
/// A key of the pad: a digit, `back`, `clear`.
struct PadKey {
    std::string value;
};
struct LotTyped {
    std::string text;
};
struct Confirm {};
struct CannotRead {};
}  // namespace verify
using VerifyAction =
    std::variant<verify::Pick, verify::MoreChoices, verify::Other, verify::BackToChoices,
                 verify::PadKey, verify::LotTyped, verify::Confirm, verify::CannotRead>;

VerifyView present(const VerifyState& state, const VerifyFacts& facts, const kit::TextTable& texts);
std::optional<Effect> update(VerifyState& state, const VerifyFacts& facts,
                             const VerifyAction& action);

}  // namespace fangxin::terminal::till
