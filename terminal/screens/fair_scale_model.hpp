// The customers' check scale (公平秤): the weight as large as it goes, the certificate, and a label
// or receipt compared with what lies on the scale. Everything is said in both languages side by
// side, since nobody logs in who could choose one. Pure; any thread.
#pragma once

#include "domain/fair_weight.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::fair {

enum class Trouble {
    none,
    no_scale,
    silent,
    no_certificate,  ///< none in force, or in no register
    out_of_use       ///< locked for another reason, a fault, another library
};

struct Facts {
    struct Reading {
        bool stable = false;
        bool over = false;
        bool under = false;
        std::int64_t net_mg = 0;
        std::int64_t gross_mg = 0;
    };
    struct Told {
        std::string name;
        std::int64_t weight_mg = 0;
        bool by_price = false;
        std::optional<domain::FairComparison> comparison;
    };
    Trouble trouble = Trouble::none;
    std::optional<Reading> reading;
    std::int64_t max_mg = 0;
    std::int64_t min_mg = 0;
    std::int64_t e_mg = 0;
    std::string certificate;
    std::optional<domain::Date> until;
    std::vector<Told> told;  ///< of a label one, of a receipt its weighed lines
    /// What was scanned says no weight, or is another terminal's.
    enum class Unread { none, no_weight, elsewhere, bad_code };
    Unread unread = Unread::none;
};

struct State {
    std::optional<std::size_t> chosen;  ///< of several lines
    bool keying = false;
    std::string typed;  ///< grams
};

/// The same thing twice.
struct Both {
    std::string zh;
    std::string en;
};

struct View {
    struct Mark {
        Both words;
        kit::Role role = kit::Role::ok;
    };
    struct Row {
        Both name;
        std::string value;
    };
    struct Comparison {
        std::string name;
        std::vector<Row> rows;
        Both answer;
        Both advice;
        kit::Role role = kit::Role::primary;
    };
    Both title;
    Both purpose;
    std::string weight;
    kit::Role weight_role = kit::Role::text;
    std::vector<Mark> marks;
    Both trouble;  ///< empty: it weighs
    Both certificate;
    std::string limits;
    std::optional<Comparison> comparison;
    std::vector<std::string> choices;  ///< lines of a receipt
    Both hint;
    Both key_weight;
    Both clear;
    bool can_clear = false;
    struct Pad {
        std::string typed;
        bool can_confirm = false;
        Both title;
        Both confirm;
        Both cancel;
        std::string erase;
    };
    std::optional<Pad> pad;
};

struct Choose {
    std::size_t line = 0;
};
struct OpenPad {};
struct ClosePad {};
struct PadKey {
    std::string value;
};
struct ConfirmWeight {};
struct Clear {};
using Action = std::variant<Choose, OpenPad, ClosePad, PadKey, ConfirmWeight, Clear>;

/// The weight that somebody keyed off a receipt.
struct UseWeight {
    std::int64_t weight_mg = 0;
};
struct Forget {};
using Effect = std::variant<UseWeight, Forget>;

/// Words in both languages.
struct Languages {
    const kit::TextTable& zh;
    const kit::TextTable& en;
};
View present(const State& state, const Facts& facts, const Languages& texts);
std::optional<Effect> update(State& state, const Facts& facts, const Action& action);

}  // namespace fangxin::terminal::fair
