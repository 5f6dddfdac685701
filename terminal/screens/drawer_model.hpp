// The page of the drawer (SALE-8, SALE-19): the shift that is open in it, cash in and out, the X
// report, and the blind count that closes it. Nothing here tells a cashier what has to come out
// before he has counted. Pure; any thread.
#pragma once

#include "domain/shift.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

enum class CashKind { paid_in, paid_out, drop, no_sale };

struct DrawerFacts {
    struct Shift {
        std::string id;
        std::string person;
        std::string day;
        std::string opened;  ///< `07:58`
        std::int64_t float_fen = 0;
        std::int64_t sales = 0;
        std::int64_t due_fen = 0;
        std::optional<std::int64_t> expected_fen;  ///< for who may know it
    };
    struct End {
        std::int64_t z = 0;
        std::int64_t expected_fen = 0;
        std::int64_t counted_fen = 0;
        std::int64_t difference_fen = 0;
        std::int64_t held = 0;
    };
    std::optional<Shift> shift;  ///< of who is logged in
    std::vector<Shift> others;   ///< that are open at this till
    bool may_close_others = false;
    bool has_printer = true;
    std::optional<End> ended;  ///< the shift that was just closed
    std::string trouble;       ///< why the last thing asked was not done; empty: it was
};

enum class DrawerPage { shift, open, cash, count, ended };

struct DrawerState {
    DrawerPage page = DrawerPage::shift;
    CashKind kind = CashKind::drop;
    std::string typed;       ///< yuan: the float, or what is moved
    std::size_t reason = 0;  ///< of those offered for this kind
    std::string counting;    ///< id of the shift that is counted; empty: one's own
    std::array<std::int64_t, domain::denominations.size()> pieces{};
    std::size_t selected = 0;  ///< the denomination that the pad counts
    bool fresh = true;         ///< the next digit begins a number
    std::string ended_shown;   ///< the Z report that was left
};

struct DrawerView {
    struct Row {
        std::string name;
        std::string value;
    };
    struct Other {
        std::string id;
        std::string words;
        bool can_close = false;
    };
    struct Denomination {
        std::string words;  ///< `¥100`
        std::string pieces;
        std::string amount;
        bool selected = false;
    };
    DrawerPage page = DrawerPage::shift;
    std::string title;
    std::vector<Row> rows;
    std::vector<Other> others;
    std::string typed;
    std::vector<std::string> reasons;
    std::size_t reason = 0;
    std::vector<Denomination> counts;
    std::string sum;
    std::string difference;  ///< of a shift that was closed
    kit::Role difference_role = kit::Role::ok;
    std::string note;
    std::string trouble;
    bool can_confirm = false;
    bool has_shift = false;
    bool has_printer = true;
    bool needs_amount = true;  ///< the drawer is opened without one
};

namespace drawer {
struct Back {};
struct Open {};  ///< the page that opens a shift
struct Count {
    std::string shift;  ///< of somebody else; empty: one's own
};
struct Cash {
    CashKind kind = CashKind::drop;
};
struct PrintX {};
struct PadKey {
    std::string value;
};
struct Reason {
    std::size_t place = 0;
};
struct Select {
    std::size_t place = 0;
};
struct Confirm {};
}  // namespace drawer
using DrawerAction =
    std::variant<drawer::Back, drawer::Open, drawer::Count, drawer::Cash, drawer::PrintX,
                 drawer::PadKey, drawer::Reason, drawer::Select, drawer::Confirm>;

/// What the page asks done.
namespace drawer_effect {
struct Leave {};
struct OpenShift {
    std::int64_t float_fen = 0;
};
struct MoveCash {
    CashKind kind = CashKind::drop;
    std::int64_t amount_fen = 0;
    std::string reason;
};
struct PrintX {};
struct CloseShift {
    std::string shift;
    std::vector<std::pair<std::int64_t, std::int64_t>> counts;  ///< fen, pieces
};
}  // namespace drawer_effect
using DrawerEffect =
    std::variant<drawer_effect::Leave, drawer_effect::OpenShift, drawer_effect::MoveCash,
                 drawer_effect::PrintX, drawer_effect::CloseShift>;

/// A shift that was just closed shows how it ended; to be called before present().
void follow(DrawerState& state, const DrawerFacts& facts);
DrawerView present(const DrawerState& state, const DrawerFacts& facts, const kit::TextTable& texts);
std::optional<DrawerEffect> update(DrawerState& state, const DrawerFacts& facts,
                                   const DrawerAction& action, const kit::TextTable& texts);

}  // namespace fangxin::terminal::till
