// What terminals ask of the server that their own database does not tell: another till's basket,
// the store's day, its journal, a customer's number. Part of messages.hpp. A question has a number,
// and its answer bears it.
#pragma once

#include "sync/codec.hpp"

#include <string>
#include <vector>

namespace fangxin::sync {

/// Takes up a basket that another till holds (rules 6).
struct ClaimHold {
    std::int64_t id = 0;
    std::string hold;
};

struct HoldClaimed {
    std::int64_t id = 0;
    std::string code;  ///< empty, or `not_found` `taken`
    std::string body;
};

/// What no terminal holds by itself, for the admin area. Only a live terminal is answered.
struct AskFigures {
    std::int64_t id = 0;
    std::string block;  ///< who has heard of it, which receipts contain it; may be empty
};

struct HourFigure {
    std::int64_t hour = 0;  ///< 0 to 23, of the store's day
    std::int64_t fen = 0;
};

struct TerminalFigure {
    std::string terminal;
    std::string role;
    std::string app;
    bool connected = false;
    std::int64_t seen_ms = 0;
    std::string conflict;
    std::string identity;       ///< `allowed` `revoked` `replaced`; empty: it was never enrolled
    std::int64_t until_ms = 0;  ///< the end of its certificate
    std::int64_t unsent = 0;    ///< as it said when it greeted, less what has come since
    std::int64_t repairs = 0;   ///< of its tables, that differed
};

/// A terminal that a manager is to approve.
struct WaitingFigure {
    std::string terminal;
    std::string role;
    std::string fingerprint;
    std::string address;
    std::int64_t asked_ms = 0;
};

struct AckFigure {
    std::string terminal;
    std::int64_t at_ms = 0;
};

struct Figures {
    std::int64_t id = 0;
    std::int64_t sales_fen = 0;  ///< of the store's day so far, less 抹零, as all sales here
    std::int64_t sales_count = 0;
    std::int64_t week_before_fen = 0;  ///< the same weekday up to the same minute
    std::vector<HourFigure> hours;     ///< those in which something was sold
    std::vector<TerminalFigure> terminals;
    std::string block;
    std::vector<AckFigure> acks;        ///< when each terminal had the block in force
    std::int64_t certain_receipts = 0;  ///< contain what it covers, by a code or date read
    std::int64_t possible_receipts = 0;
    std::vector<WaitingFigure> waiting;
};

/// Finds entries of the store's journal, the newest first (REPT-2). Members that are empty ask for
/// all.
struct AskJournal {
    std::int64_t id = 0;
    std::string person;    ///< number of who asks; how much of it he reads is the server's to say
    std::string terminal;  ///< of these entries
    std::string kind;
    std::string by;     ///< number of who made them
    std::string text;   ///< anywhere in them
    std::string from;   ///< first day, 2026-11-28, by the times that they bear
    std::string until;  ///< last day
    std::string after;  ///< `next` of the page before
};

struct JournalLine {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string kind;
    std::string at;  ///< as it stands in the entry
    std::string person;
    std::string status;  ///< `applied` `flagged` `pending` `rejected`
    std::string begins;  ///< the first characters of its data
};

struct JournalPage {
    std::int64_t id = 0;
    std::vector<JournalLine> lines;
    std::string next;       ///< where to go on; empty: there are no more
    std::string looked_at;  ///< how far back it looked, as the entry there says
    std::string error;      ///< `not_allowed` `bad_value`
};

struct AskEntry {
    std::int64_t id = 0;
    std::string person;
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
};

/// One entry as it is kept, and what proves that it is what was written: from the entry before it
/// on every hash was computed anew.
struct JournalEntry {
    std::int64_t id = 0;
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string body;
    std::string hash;
    std::string status;
    std::string why;
    std::int64_t proved_to = 0;  ///< to here hashes add up: its log's end, or 100,000 ops on
    std::int64_t broken = 0;     ///< the first op that is not what was written; 0: none
    std::string break_is;        ///< `changed` `missing` `cut` `beyond_end` `signature`
    std::int64_t signed_to = 0;  ///< up to here the log is signed
    std::string signed_by;       ///< the key that signed it
    std::string error;           ///< `not_allowed` `not_found`
};

/// A customer's number. That this person looks at it is in the terminal's log before it is asked
/// for: `epoch` and `seq` name that entry (contact_shown).
struct AskContact {
    std::int64_t id = 0;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
};

struct ContactTold {
    std::int64_t id = 0;
    std::string complaint;
    std::string contact;
    /// `not_journalled` `not_allowed` `not_found` `removed` (after the time that it is kept)
    std::string error;
};

template <>
struct Declaration<ClaimHold> {
    static constexpr std::string_view name = "claim_hold";
    static constexpr auto fields =
        std::tuple{field("id", &ClaimHold::id), field("hold", &ClaimHold::hold)};
};
template <>
struct Declaration<HoldClaimed> {
    using R = HoldClaimed;
    static constexpr std::string_view name = "hold_claimed";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("code", &R::code), field("body", &R::body)};
};

template <>
struct Declaration<AskFigures> {
    static constexpr std::string_view name = "ask_figures";
    static constexpr auto fields =
        std::tuple{field("id", &AskFigures::id), field("block", &AskFigures::block)};
};
template <>
struct Declaration<HourFigure> {
    static constexpr std::string_view name = "hour";
    static constexpr auto fields =
        std::tuple{field("hour", &HourFigure::hour), field("fen", &HourFigure::fen)};
};
template <>
struct Declaration<TerminalFigure> {
    using R = TerminalFigure;
    static constexpr std::string_view name = "terminal";
    static constexpr auto fields = std::tuple{field("terminal", &R::terminal),
                                              field("role", &R::role),
                                              field("app", &R::app),
                                              field("connected", &R::connected),
                                              field("seen_ms", &R::seen_ms),
                                              field("conflict", &R::conflict),
                                              field("identity", &R::identity, 4),
                                              field("until_ms", &R::until_ms, 4),
                                              field("unsent", &R::unsent, 5),
                                              field("repairs", &R::repairs, 5)};
};
template <>
struct Declaration<WaitingFigure> {
    using R = WaitingFigure;
    static constexpr std::string_view name = "waiting_terminal";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("role", &R::role),
                   field("fingerprint", &R::fingerprint), field("address", &R::address),
                   field("asked_ms", &R::asked_ms)};
};
template <>
struct Declaration<AckFigure> {
    static constexpr std::string_view name = "ack";
    static constexpr auto fields =
        std::tuple{field("terminal", &AckFigure::terminal), field("at_ms", &AckFigure::at_ms)};
};
template <>
struct Declaration<Figures> {
    using R = Figures;
    static constexpr std::string_view name = "figures";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("sales_fen", &R::sales_fen),
                                              field("sales_count", &R::sales_count),
                                              field("week_before_fen", &R::week_before_fen),
                                              field("hours", &R::hours),
                                              field("terminals", &R::terminals),
                                              field("block", &R::block),
                                              field("acks", &R::acks),
                                              field("certain_receipts", &R::certain_receipts),
                                              field("possible_receipts", &R::possible_receipts),
                                              field("waiting", &R::waiting, 4)};
};

template <>
struct Declaration<AskJournal> {
    using R = AskJournal;
    static constexpr std::string_view name = "ask_journal";
    static constexpr auto fields = std::tuple{
        field("id", &R::id),     field("person", &R::person), field("terminal", &R::terminal),
        field("kind", &R::kind), field("by", &R::by),         field("text", &R::text),
        field("from", &R::from), field("until", &R::until),   field("after", &R::after)};
};
template <>
struct Declaration<JournalLine> {
    using R = JournalLine;
    static constexpr std::string_view name = "journal_line";
    static constexpr auto fields = std::tuple{
        field("terminal", &R::terminal), field("epoch", &R::epoch),  field("seq", &R::seq),
        field("kind", &R::kind),         field("at", &R::at),        field("person", &R::person),
        field("status", &R::status),     field("begins", &R::begins)};
};
template <>
struct Declaration<JournalPage> {
    using R = JournalPage;
    static constexpr std::string_view name = "journal";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("lines", &R::lines), field("next", &R::next),
                   field("looked_at", &R::looked_at), field("error", &R::error)};
};
template <>
struct Declaration<AskEntry> {
    using R = AskEntry;
    static constexpr std::string_view name = "ask_entry";
    static constexpr auto fields = std::tuple{field("id", &R::id), field("person", &R::person),
                                              field("terminal", &R::terminal),
                                              field("epoch", &R::epoch), field("seq", &R::seq)};
};
template <>
struct Declaration<JournalEntry> {
    using R = JournalEntry;
    static constexpr std::string_view name = "entry";
    static constexpr auto fields = std::tuple{field("id", &R::id),
                                              field("terminal", &R::terminal),
                                              field("epoch", &R::epoch),
                                              field("seq", &R::seq),
                                              field("body", &R::body),
                                              field("hash", &R::hash),
                                              field("status", &R::status),
                                              field("why", &R::why),
                                              field("proved_to", &R::proved_to),
                                              field("broken", &R::broken),
                                              field("break_is", &R::break_is),
                                              field("signed_to", &R::signed_to),
                                              field("signed_by", &R::signed_by),
                                              field("error", &R::error)};
};
template <>
struct Declaration<AskContact> {
    using R = AskContact;
    static constexpr std::string_view name = "ask_contact";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("epoch", &R::epoch), field("seq", &R::seq)};
};
template <>
struct Declaration<ContactTold> {
    using R = ContactTold;
    static constexpr std::string_view name = "contact";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("complaint", &R::complaint),
                   field("contact", &R::contact), field("error", &R::error)};
};

}  // namespace fangxin::sync
