// Goods by weight on the scale (WEIGH-1): the weight with its marks, the price it comes to, the
// scale's certificate, and in words why it may not be sold yet. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"
#include "terminal/screens/effects.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

/// What the scale's gate answers, with what the register says of the scale before it.
enum class ScaleAnswer {
    no_scale,
    library,
    parameters,
    unregistered,
    certificate_out,
    silent,
    stale,
    fault,
    zero_error,
    over,
    under,
    motion,
    tare_untold,
    below_minimum,
    pan_not_cleared,
    ok
};

struct WeighFacts {
    struct Reading {
        bool stable = false;
        std::int64_t gross_mg = 0;
        std::int64_t tare_mg = 0;  ///< the scale's own and the item's
        std::int64_t net_mg = 0;
    };
    struct Scale {
        std::int64_t max_mg = 0;
        std::int64_t min_mg = 0;
        std::int64_t e_mg = 0;
        std::string certificate;
        std::optional<domain::Date> until;
    };
    std::string name;
    std::int64_t price_fen_per_kg = 0;
    std::optional<Reading> reading;  ///< none: nothing was heard of the scale
    Scale scale;
    ScaleAnswer answer = ScaleAnswer::no_scale;
    domain::Date today;
};

struct WeighView {
    struct Mark {
        std::string words;
        kit::Role role = kit::Role::ok;
    };
    std::string name;
    std::string price;
    std::vector<Mark> marks;
    std::string limits;
    std::string weight;
    kit::Role weight_role = kit::Role::text;
    std::string gross;
    std::string tare;
    std::string amount;
    Mark certificate;
    std::string why_not;  ///< empty: may be sold
    kit::Role why_not_role = kit::Role::warn;
    bool can_add = false;
};

namespace weigh {
struct Add {};
struct GiveUp {};
}  // namespace weigh
using WeighAction = std::variant<weigh::Add, weigh::GiveUp>;

WeighView present(const WeighFacts& facts, const kit::TextTable& texts);
std::optional<Effect> update(const WeighFacts& facts, const WeighAction& action);

}  // namespace fangxin::terminal::till
