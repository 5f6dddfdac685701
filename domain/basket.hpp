// The basket at a till (SALE-3, SAFE-2, SAFE-6): lines, each with what is known of the pack and the
// verdict it was given. Pure values; whoever owns a basket changes it from one thread.
// Nothing becomes a line without a verdict that lets it be sold; a line that a later verdict blocks
// stays where it is, turns red, and stops payment until it is voided.
#pragma once

#include "domain/goods.hpp"
#include "domain/member.hpp"
#include "domain/promotion.hpp"
#include "domain/verdict.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace fangxin::domain {

/// What a weighed line keeps of its weighing (WEIGH-5), besides gross, tare and net.
struct Weighing {
    std::string instrument;           ///< serial number of the scale
    std::string frame_hex;            ///< what the scale sent, raw
    std::string status;               ///< `stable`
    std::string library_version;      ///< of the legally relevant part (WEIGH-4)
    std::string library_hash;         ///< of the seal: its code and the scale's parameters
    std::int64_t preset_tare_mg = 0;  ///< of the line's tare, what the scale did not take
    bool operator==(const Weighing&) const = default;
};

struct Line {
    int number = 0;    ///< stable for the life of the basket, from 1; set by add()
    std::string code;  ///< as scanned or keyed
    std::string item;
    std::string name_zh;
    std::string name_en;
    Unit unit = Unit::piece;
    std::int64_t quantity = 1;  ///< pieces; 1 for a weighed line
    std::int64_t gross_mg = 0;
    std::int64_t tare_mg = 0;
    std::int64_t net_mg = 0;
    std::int64_t unit_price_fen = 0;  ///< per piece, or per kilogram
    std::int64_t vat_permille = 0;
    std::int64_t amount_fen = 0;  ///< what the customer pays for the line, savings taken off
    std::int64_t saved_fen = 0;   ///< set by pricing; any change of quantity sets it back to 0
    std::vector<LinePromotion> promotions;       ///< of which that comes
    std::string category;                        ///< of the item, for promotions
    std::string marks;                           ///< of the item: `green` `organic` … (SALE-15)
    std::optional<std::int64_t> list_price_fen;  ///< where a person gave another unit price
    std::string price_reason;
    std::string price_approved_by;  ///< second person, where the role needs one (rules 8)
    PackEvidence evidence;
    VerdictKind verdict = VerdictKind::allow;
    std::vector<Reason> reasons;
    std::string batch;
    BatchBasis basis = BatchBasis::none;
    bool blocked = false;       ///< the last verdict was `block`: red, payment refused
    bool label_amount = false;  ///< the label's amount wins and is never recomputed (rules 7)
    std::optional<Weighing> weighing;
};

/// Goods that the customer brings back (SALE-6): part of the basket, so that an exchange is one
/// payment.
struct ReturnedGoods {
    int number = 0;         ///< like a line's, of the same numbers
    std::string receipt;    ///< empty: without one
    std::int64_t line = 0;  ///< of that receipt
    std::string item;
    std::string name_zh;
    std::string name_en;
    std::int64_t quantity = 1;           ///< pieces
    std::optional<std::int64_t> net_mg;  ///< of goods sold by weight
    std::int64_t amount_fen = 0;         ///< given back, as a negative number
    std::int64_t vat_permille = 0;
    std::string batch;
    std::string to;  ///< `shelf` `dispose` `supplier`
    std::string reason;
};

struct Basket {
    std::vector<Line> lines;
    std::vector<ReturnedGoods> returns;
    std::optional<BasketMember> member;
    int next_number = 1;
    bool age_confirmed = false;  ///< the age question is asked once a basket (rules 2.7)
};

inline constexpr std::int64_t most_pieces = 9'999;

enum class BasketRefusal {
    no_such_line,
    quantity_out_of_range,  ///< not 1..9,999
    not_by_piece,           ///< weighed, or priced by a label
    amount_out_of_range,    ///< above money.hpp's largest_amount_fen, or negative
    verdict_forbids,        ///< verify, block or unknown: not a line
    already_blocked,        ///< a blocked line can only be voided
    price_is_labelled       ///< the label's amount wins (rules 7)
};

/// Adds a line and gives its number. A piece line equal to one that is there (item, code, evidence,
/// price; not weighed, not a label, not blocked) raises that line's quantity instead and gives its
/// number. Amounts of piece lines and of weighed lines without a label are computed here; `number`,
/// `blocked` and `saved_fen` of `line` are ignored. Verdict fields must be set (take_verdict).
tl::expected<int, BasketRefusal> add(Basket& basket, Line line);

struct QuantityChange {
    int line = 0;
    std::int64_t quantity = 0;
};
tl::expected<void, BasketRefusal> set_quantity(Basket& basket, const QuantityChange& change);
/// Also of goods that come back.
tl::expected<void, BasketRefusal> void_line(Basket& basket, int line);
int add_return(Basket& basket, ReturnedGoods goods);

/// Another unit price than the shop's, by a person, for the whole line (SALE-3). It has no part in
/// promotions of goods any more.
struct PriceOverride {
    int line = 0;
    std::int64_t unit_price_fen = 0;
    std::string reason;
    std::string approved_by;
};
tl::expected<void, BasketRefusal> override_price(Basket& basket, const PriceOverride& change);

Line* find_line(Basket& basket, int line);
const Line* find_line(const Basket& basket, int line);

/// Writes a verdict into a line, new or judged again (a new block, resume, payment).
void take_verdict(Line& line, const Verdict& verdict);
/// The answer to `verify` on a line that is in the basket already: what was read, and its verdict.
tl::expected<void, BasketRefusal> answer_verify(Basket& basket, int line,
                                                const PackEvidence& evidence,
                                                const Verdict& verdict);

/// The age question was answered with yes: no line asks again.
void confirm_age(Basket& basket);

/// Of lines and returns together; below zero where the shop pays.
std::int64_t total_fen(const Basket& basket);
bool is_empty(const Basket& basket);
std::int64_t saved_fen(const Basket& basket);

enum class PayRefusal { empty, blocked, verify, age_check };
template <>
struct EnumTable<PayRefusal> {
    static constexpr std::array rows{
        EnumText{PayRefusal::empty, "basket_empty"}, EnumText{PayRefusal::blocked, "line_blocked"},
        EnumText{PayRefusal::verify, "line_verify"}, EnumText{PayRefusal::age_check, "age_check"}};
};
/// Why payment is refused; none if it may start. The gravest first.
std::optional<PayRefusal> pay_refusal(const Basket& basket);
inline bool can_pay(const Basket& basket) { return !pay_refusal(basket); }

}  // namespace fangxin::domain
