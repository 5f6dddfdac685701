// What the till's screens ask of the wiring: each is one call of Checkout, or of what is around it.
// The models say them, the main loop carries them out and shows the facts that came of it. Values.
#pragma once

#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace fangxin::terminal::till {

namespace effect {

/// Checkout::scan; sound by the verdict.
struct Scan {
    std::string code;
};
/// A scan that this screen cannot take: show these words, with the sound of a warning.
struct RefuseScan {
    kit::Msgid words;
};
/// An item without a code in hand, from a quick key or a search.
struct SellItem {
    std::string item;
};
/// Said before the scan: pieces of the next item.
struct SetNextQuantity {
    std::int64_t quantity = 1;
};
struct SetQuantity {
    int line = 0;
    std::int64_t quantity = 1;
};
/// Another price for a line, and why: by whoever may, else with a second person.
struct OverridePrice {
    int line = 0;
    std::int64_t unit_price_fen = 0;
    std::size_t reason = 0;  ///< of override_reasons()
};
struct VoidLine {
    int line = 0;
};
struct VoidSale {};
struct Hold {};
struct Resume {
    std::string hold;
};
/// The server was asked and the person will not wait any longer.
struct GiveUpWaiting {};

/// Yes to the age question.
struct ConfirmAge {};
struct PayCash {
    std::int64_t tendered_fen = 0;
};
struct Reprint {
    std::string receipt;
};

/// The block was read.
struct Acknowledge {};
struct PrintWithdrawalSlip {};

/// What is on the pack: a date as MMDD or ISO, a lot, or both.
struct AnswerVerify {
    std::string date;
    std::string lot;
};
struct CannotRead {};

struct Weigh {};
struct GiveUpWeighing {};
/// Of what is weighed now; none: the item's own again.
struct KeyTare {
    std::optional<std::int64_t> tare_mg;
};
enum class ScaleOrder { zero, take_tare, clear_tare };
struct TellScale {
    ScaleOrder order = ScaleOrder::zero;
};
/// The page of the scale: bind it, check it, its papers.
struct OpenScale {};
/// The page of the drawer: shift, cash in and out, the count.
struct OpenDrawerPage {};

/// Price check: judge it, sell nothing.
struct LookUp {
    std::string code;
};
/// What is typed in the search field now.
struct Search {
    std::string text;
};

/// A member's number, card or telephone number, as keyed or scanned.
struct FindMember {
    std::string text;
};
struct DropMember {};

struct Complain {};
struct ReportFault {};
struct OpenWithdrawals {};
struct Lock {};
struct OpenSettings {};
struct OpenAdmin {};
struct SwitchLanguage {};

}  // namespace effect

using Effect =
    std::variant<effect::Scan, effect::RefuseScan, effect::SellItem, effect::SetNextQuantity,
                 effect::SetQuantity, effect::OverridePrice, effect::VoidLine, effect::VoidSale,
                 effect::Hold, effect::Resume, effect::GiveUpWaiting, effect::ConfirmAge,
                 effect::PayCash, effect::Reprint, effect::Acknowledge, effect::PrintWithdrawalSlip,
                 effect::AnswerVerify, effect::CannotRead, effect::Weigh, effect::GiveUpWeighing,
                 effect::KeyTare, effect::TellScale, effect::OpenScale, effect::OpenDrawerPage,
                 effect::LookUp, effect::Search, effect::FindMember, effect::DropMember,
                 effect::Complain, effect::ReportFault, effect::OpenWithdrawals, effect::Lock,
                 effect::OpenSettings, effect::OpenAdmin, effect::SwitchLanguage>;

}  // namespace fangxin::terminal::till
