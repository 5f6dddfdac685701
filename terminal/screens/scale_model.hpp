// The page of the till's scale (WEIGH-2, WEIGH-3, WEIGH-4): whether it may sell and what to do
// about it, the daily check, binding, and what an inspector asks: the entry in the register, the
// legal library's seal, the last changes. Open to anybody, logged in or not; what it does is not.
// Pure; any thread.
#pragma once

#include "domain/instrument.hpp"
#include "domain/weighing/check.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/weigh_model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct ScaleFacts {
    WeighFacts weigh;  ///< of no goods; the scale's part of it
    domain::Instrument instrument;
    domain::InstrumentState state;
    bool checked_today = false;
    std::optional<domain::StoreTime> check_by;
    struct Seal {
        std::string version;
        std::string code;
        std::string parameters;
        std::string short_form;
        bool genuine = false;
    };
    Seal seal;
    struct Change {
        std::string when;
        std::string who;
        std::string what;  ///< `name=value` of what is new, one after the other
    };
    std::vector<Change> changes;
    /// The check that runs or has ended last, as long as this page shows it.
    struct Check {
        weighing::CheckStep step = weighing::CheckStep::empty_pan;
        std::int64_t mass_mg = 0;
        std::int64_t tolerance_mg = 0;
        weighing::CheckResult result;
    };
    std::optional<Check> check;
    std::int64_t last_mass_mg = 0;
    bool logged_in = true;
    bool may_check = true;
    bool has_printer = true;
    bool printing = false;
    domain::StoreTime now;
};

enum class ScalePage { overview, mass, why };

struct ScaleState {
    ScalePage page = ScalePage::overview;
    std::string typed;  ///< of a mass, grams
};

struct ScaleView {
    struct Row {
        std::string name;
        std::string value;
        kit::Role role = kit::Role::text;
    };
    struct Check {
        std::string heading;  ///< what to do, or what came of it
        std::string what;     ///< and in full
        kit::Role role = kit::Role::primary;
        int step = 0;              ///< 0 to 2; 3: it is over
        std::vector<Row> figures;  ///< of a result
        std::string again;         ///< after a failure
        bool running = true;
    };
    struct Choice {
        std::string words;
        std::int64_t mass_mg = 0;
    };
    struct Masses {
        std::vector<Choice> choices;
        std::string typed;
        bool can_confirm = false;
    };
    std::string status;
    std::string advice;
    kit::Role status_role = kit::Role::ok;
    WeighView weigh;
    std::vector<Row> today;  ///< certificate, check, where it is bound
    std::vector<Row> entry;
    std::vector<Row> seal;
    std::vector<Row> changes;
    std::string no_changes;
    bool can_check = false;
    bool can_bind = false;
    bool can_print = false;
    std::string why_nothing;  ///< nobody is logged in
    std::optional<Check> check;
    std::optional<Masses> masses;
    std::optional<std::vector<std::string>> reasons;  ///< why it is bound
};

namespace scale {
struct Back {};
struct Zero {};
struct BeginCheck {};
struct TakeMass {
    std::int64_t mass_mg = 0;
};
struct PadKey {
    std::string value;
};
struct ConfirmMass {};
struct GiveUp {};
struct LeaveCheck {};
struct BeginBind {};
struct BindBecause {
    std::string reason;
};
struct Print {};
}  // namespace scale
using ScaleAction =
    std::variant<scale::Back, scale::Zero, scale::BeginCheck, scale::TakeMass, scale::PadKey,
                 scale::ConfirmMass, scale::GiveUp, scale::LeaveCheck, scale::BeginBind,
                 scale::BindBecause, scale::Print>;

namespace scale_effect {
struct Leave {};
struct Zero {};
struct Check {
    std::int64_t mass_mg = 0;
};
struct GiveUp {};
struct LeaveCheck {};
/// After a second person's PIN, where the one who works may not.
struct Bind {
    std::string reason;
};
struct Print {};
}  // namespace scale_effect
using ScaleEffect =
    std::variant<scale_effect::Leave, scale_effect::Zero, scale_effect::Check, scale_effect::GiveUp,
                 scale_effect::LeaveCheck, scale_effect::Bind, scale_effect::Print>;

ScaleView present(const ScaleState& state, const ScaleFacts& facts, const kit::TextTable& texts);
std::optional<ScaleEffect> update(ScaleState& state, const ScaleFacts& facts,
                                  const ScaleAction& action);

}  // namespace fangxin::terminal::till
