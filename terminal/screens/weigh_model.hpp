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
    elsewhere,
    other_device,
    not_bound,
    check_failed,
    check_missed,
    checking,
    tare_stays,
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
        std::int64_t preset_mg = 0;  ///< of the tare: keyed, or the item's
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
    std::optional<int> ends_in;  ///< days until the certificate ends, while that is warned of
    std::string bound_at;        ///< the terminal that has it
    std::int64_t most_tare_mg = 0;
    bool can_zero = false;  ///< the scale can be told
    bool can_tare = false;
    bool can_clear_tare = false;
    bool tare_is_keyed = false;
};

struct WeighState {
    bool keying = false;  ///< the pad for a tare is open
    std::string typed;    ///< grams
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
    std::string way_on;  ///< to where the lock can be opened; empty: nowhere, and tools instead
    bool can_zero = false;
    bool can_tare = false;
    bool can_key_tare = false;
    bool can_clear = false;
    struct Pad {
        std::string typed;
        std::string hint;
        bool can_confirm = false;
    };
    std::optional<Pad> pad;
};

namespace weigh {
struct Add {};
struct GiveUp {};
struct Zero {};
struct TakeTare {};
struct ClearTare {};
struct OpenPad {};
struct ClosePad {};
/// A digit, `back`, `clear`.
struct PadKey {
    std::string value;
};
struct ConfirmTare {};
struct GoOn {};
}  // namespace weigh
using WeighAction =
    std::variant<weigh::Add, weigh::GiveUp, weigh::Zero, weigh::TakeTare, weigh::ClearTare,
                 weigh::OpenPad, weigh::ClosePad, weigh::PadKey, weigh::ConfirmTare, weigh::GoOn>;

WeighView present(const WeighState& state, const WeighFacts& facts, const kit::TextTable& texts);
std::optional<Effect> update(WeighState& state, const WeighFacts& facts, const WeighAction& action);

/// What an answer is called where a scale refuses, as a sentence with the way out; empty for ok.
std::string why_not(const WeighFacts& facts, const kit::TextTable& texts);
/// What goes away by itself is no trouble; what needs another person is red.
kit::Role role_of(ScaleAnswer answer);

}  // namespace fangxin::terminal::till
