// What follows from selling: shifts and days, members' accounts, what came back of which receipt,
// vouchers and payments. Declared as in sync/records.hpp; their effects: checkout_effects.cpp.
#pragma once

#include "domain/calendar.hpp"
#include "sync/declaration.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace fangxin::sync {

/// A cashier's time at a drawer (SALE-8): open until it is closed, on whichever business day.
struct Shift {
    std::string id;  ///< the terminal's, with its own name in it
    std::string terminal;
    std::string person;
    std::string day;  ///< business day, 2026-11-28
    std::int64_t opened_at_ms = 0;
    std::int64_t float_fen = 0;
    std::int64_t closed_at_ms = 0;  ///< 0: it is open
    std::string closed_by;
    std::int64_t z = 0;  ///< number of its Z report at this terminal
    std::int64_t sales = 0;
    std::int64_t sales_fen = 0;
    std::int64_t expected_fen = 0;  ///< cash that has to be in the drawer
    std::int64_t counted_fen = 0;
};

/// A business day that was closed (日结, SALE-18).
struct BusinessDay {
    std::string day;
    std::int64_t closed_at_ms = 0;
    std::string closed_by;
    std::string terminal;
    std::int64_t shifts = 0;
    std::int64_t sales_fen = 0;
};

/// What a member has at this shop beside what was imported of him (SALE-16).
struct MemberAccount {
    std::string member;
    std::int64_t points = 0;
    std::int64_t stored_fen = 0;
};

/// How much of a receipt's line has come back (SALE-12).
struct ReturnedLine {
    std::string id;  ///< receipt/line
    std::string receipt;
    std::int64_t line = 0;
    std::int64_t units = 0;  ///< pieces, or milligrams of a weighed line
    std::int64_t amount_fen = 0;
};

/// A voucher as the shop gave it out (SALE-5): worth something once.
struct Voucher {
    std::string serial;
    std::int64_t amount_fen = 0;
    std::optional<domain::Date> from;
    std::optional<domain::Date> until;
};
struct VoucherUse {
    std::string serial;
    std::string receipt;
    std::string terminal;
    std::int64_t at_ms = 0;
};

/// One order at the payment gateway (SALE-13). Its number stands in the tender of the sale.
struct Payment {
    std::string order;
    std::string terminal;
    std::string person;
    std::string kind;  ///< `wechat` …, as of a tender
    std::int64_t amount_fen = 0;
    std::string state;  ///< `unknown` `paid` `declined` `reversed` `refunded`
    std::string reference;
    std::string receipt;  ///< of the sale that it paid
    std::int64_t begun_at_ms = 0;
    std::int64_t ended_at_ms = 0;
};

/// A price for what is left of a batch near its end (rules 5), on so many labels.
struct Markdown {
    std::string batch;
    std::string item;
    std::int64_t price_fen = 0;  ///< per piece, or per kilogram
    std::int64_t labels = 0;
    std::int64_t sold = 0;
};

template <>
struct Declaration<Shift> {
    using R = Shift;
    static constexpr std::string_view name = "shifts";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("id", &R::id, 6),
                                              field("terminal", &R::terminal, 6),
                                              field("person", &R::person, 6),
                                              field("day", &R::day, 6),
                                              field("opened_at_ms", &R::opened_at_ms, 6),
                                              field("float_fen", &R::float_fen, 6),
                                              field("closed_at_ms", &R::closed_at_ms, 6),
                                              field("closed_by", &R::closed_by, 6),
                                              field("z", &R::z, 6),
                                              field("sales", &R::sales, 6),
                                              field("sales_fen", &R::sales_fen, 6),
                                              field("expected_fen", &R::expected_fen, 6),
                                              field("counted_fen", &R::counted_fen, 6)};
};

template <>
struct Declaration<BusinessDay> {
    using R = BusinessDay;
    static constexpr std::string_view name = "business_days";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("day", &R::day, 6),
                                              field("closed_at_ms", &R::closed_at_ms, 6),
                                              field("closed_by", &R::closed_by, 6),
                                              field("terminal", &R::terminal, 6),
                                              field("shifts", &R::shifts, 6),
                                              field("sales_fen", &R::sales_fen, 6)};
};

template <>
struct Declaration<MemberAccount> {
    using R = MemberAccount;
    static constexpr std::string_view name = "member_accounts";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("member", &R::member, 6), field("points", &R::points, 6),
                   field("stored_fen", &R::stored_fen, 6)};
};

template <>
struct Declaration<ReturnedLine> {
    using R = ReturnedLine;
    static constexpr std::string_view name = "returned_lines";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "receipt";
    static constexpr auto fields = std::tuple{
        field("id", &R::id, 6), field("receipt", &R::receipt, 6), field("line", &R::line, 6),
        field("units", &R::units, 6), field("amount_fen", &R::amount_fen, 6)};
};

template <>
struct Declaration<Voucher> {
    using R = Voucher;
    static constexpr std::string_view name = "vouchers";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("serial", &R::serial, 6), field("amount_fen", &R::amount_fen, 6),
                   field("from", &R::from, 6), field("until", &R::until, 6)};
};

template <>
struct Declaration<VoucherUse> {
    using R = VoucherUse;
    static constexpr std::string_view name = "voucher_uses";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields =
        std::tuple{field("serial", &R::serial, 6), field("receipt", &R::receipt, 6),
                   field("terminal", &R::terminal, 6), field("at_ms", &R::at_ms, 6)};
};

template <>
struct Declaration<Payment> {
    using R = Payment;
    static constexpr std::string_view name = "payments";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "";
    static constexpr auto fields = std::tuple{field("order", &R::order, 6),
                                              field("terminal", &R::terminal, 6),
                                              field("person", &R::person, 6),
                                              field("kind", &R::kind, 6),
                                              field("amount_fen", &R::amount_fen, 6),
                                              field("state", &R::state, 6),
                                              field("reference", &R::reference, 6),
                                              field("receipt", &R::receipt, 6),
                                              field("begun_at_ms", &R::begun_at_ms, 6),
                                              field("ended_at_ms", &R::ended_at_ms, 6)};
};

template <>
struct Declaration<Markdown> {
    using R = Markdown;
    static constexpr std::string_view name = "markdowns";
    static constexpr std::size_t keys = 1;
    static constexpr std::string_view index = "item";
    static constexpr auto fields =
        std::tuple{field("batch", &R::batch, 6), field("item", &R::item, 6),
                   field("price_fen", &R::price_fen, 6), field("labels", &R::labels, 6),
                   field("sold", &R::sold, 6)};
};

}  // namespace fangxin::sync
