#include "sync/server/journal_search.hpp"

#include "domain/permissions.hpp"
#include "domain/text_width.hpp"
#include "sync/ops.hpp"
#include "sync/server/log_check.hpp"
#include "sync/server/op_rows.hpp"
#include "sync/shop_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fangxin::sync {

namespace {

using domain::ReportScope;

constexpr std::int64_t rows_a_page = 1000;
constexpr std::size_t begins_size = 160;
constexpr std::size_t text_limit = 200;
constexpr char between = '\x1f';

struct KindGroup {
    std::string_view kind;
    std::string_view group;
};
template <class Op>
constexpr std::string_view kind_of = Declaration<Op>::name;
constexpr std::array kinds{KindGroup{kind_of<Sale>, "sales"},
                           KindGroup{kind_of<SaleVoided>, "sales"},
                           KindGroup{kind_of<BasketHeld>, "sales"},
                           KindGroup{kind_of<BasketResumed>, "sales"},
                           KindGroup{kind_of<ReceiptReprinted>, "sales"},
                           KindGroup{kind_of<ShiftOpened>, "sales"},
                           KindGroup{kind_of<ShiftClosed>, "sales"},
                           KindGroup{kind_of<DayClosed>, "sales"},
                           KindGroup{kind_of<CashMoved>, "sales"},
                           KindGroup{kind_of<DrawerOpened>, "sales"},
                           KindGroup{kind_of<PaymentBegun>, "sales"},
                           KindGroup{kind_of<PaymentEnded>, "sales"},
                           KindGroup{kind_of<StoredValueAdded>, "sales"},
                           KindGroup{kind_of<BatchMarkedDown>, "quality"},
                           KindGroup{kind_of<SaleRefused>, "quality"},
                           KindGroup{kind_of<BlocksApplied>, "quality"},
                           KindGroup{kind_of<BlockKept>, "quality"},
                           KindGroup{kind_of<BatchReceived>, "quality"},
                           KindGroup{kind_of<BatchQuarantined>, "quality"},
                           KindGroup{kind_of<BatchReleased>, "quality"},
                           KindGroup{kind_of<BatchWithdrawn>, "quality"},
                           KindGroup{kind_of<BatchCorrected>, "quality"},
                           KindGroup{kind_of<BatchTested>, "quality"},
                           KindGroup{kind_of<RecallMade>, "quality"},
                           KindGroup{kind_of<BlockLifted>, "quality"},
                           KindGroup{kind_of<ComplaintTaken>, "complaints"},
                           KindGroup{kind_of<ContactShown>, "complaints"},
                           KindGroup{kind_of<InstrumentSet>, "instruments"},
                           KindGroup{kind_of<ScaleBound>, "instruments"},
                           KindGroup{kind_of<ScaleChecked>, "instruments"},
                           KindGroup{kind_of<ScaleTold>, "instruments"},
                           KindGroup{kind_of<DeviceEvent>, "instruments"},
                           KindGroup{kind_of<FaultRaised>, "instruments"},
                           KindGroup{kind_of<FaultTaken>, "instruments"},
                           KindGroup{kind_of<FaultPassed>, "instruments"},
                           KindGroup{kind_of<FaultFixed>, "instruments"},
                           KindGroup{kind_of<LoggedIn>, "accounts"},
                           KindGroup{kind_of<LoggedOut>, "accounts"},
                           KindGroup{kind_of<LoginFailed>, "accounts"},
                           KindGroup{kind_of<AccountOpened>, "accounts"},
                           KindGroup{kind_of<EnrolmentOpened>, "accounts"},
                           KindGroup{kind_of<EnrolmentAsked>, "accounts"},
                           KindGroup{kind_of<EnrolmentFailed>, "accounts"},
                           KindGroup{kind_of<TerminalApproved>, "accounts"},
                           KindGroup{kind_of<TerminalRefused>, "accounts"},
                           KindGroup{kind_of<TerminalRevoked>, "accounts"},
                           KindGroup{kind_of<CertificateIssued>, "accounts"},
                           KindGroup{kind_of<LogKeyKnown>, "accounts"}};

/// Who asks, and from where.
struct Reader {
    ReportScope scope = ReportScope::none;
    std::string person;
    std::string_view terminal;
};

Reader reader_of(Database& database, const std::string& person, std::string_view terminal) {
    ShopReader shop(database, ShopReader::Side::server);
    auto known = shop.person(person);
    if (!known || known->locked) return {};
    return {domain::report_scope_of(known->role), person, terminal};
}

bool may_read(const Reader& reader, const JournalLine& line) {
    const std::string_view group = journal_group(line.kind);
    switch (reader.scope) {
        case ReportScope::everything:
            return true;
        case ReportScope::own_till:
            return line.terminal == reader.terminal;
        case ReportScope::own_work:
            return line.person == reader.person;
        case ReportScope::quality:
            return group == "quality";
        case ReportScope::complaints:
            return group == "complaints";
        case ReportScope::instruments:
            return group == "instruments";
        case ReportScope::accounts:
            return group == "accounts";
        case ReportScope::none:
            break;
    }
    return false;
}

/// Where a page ends, as text and back.
struct Place {
    std::string at = "\x7f";  // behind every time
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
};

std::string text_of(const Place& place) {
    return fmt::format("{}{}{}{}{}{}{}", place.at, between, place.terminal, between, place.epoch,
                       between, place.seq);
}

bool read_number(std::string_view text, std::int64_t& into) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::optional<Place> read_place(std::string_view text) {
    if (text.empty()) return Place{};
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(between);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) break;
        text.remove_prefix(end + 1);
    }
    Place place;
    if (parts.size() != 4 || !read_number(parts[2], place.epoch) ||
        !read_number(parts[3], place.seq))
        return std::nullopt;
    place.at = parts[0];
    place.terminal = parts[1];
    return place;
}

/// The days as texts between which the times of entries lie; `until` is not part of it.
struct Days {
    std::string from;
    std::string until = "\x7f";
};

std::optional<Days> read_days(const AskJournal& asked) {
    Days days;
    if (!asked.from.empty()) {
        auto first = domain::parse_date(asked.from);
        if (!first) return std::nullopt;
        days.from = domain::format_date(*first);
    }
    if (!asked.until.empty()) {
        auto last = domain::parse_date(asked.until);
        if (!last) return std::nullopt;
        days.until = domain::format_date(*last + std::chrono::days{1});
    }
    return days;
}

/// The beginning of what an entry says, whole characters.
std::string beginning_of(std::string_view body) {
    constexpr std::string_view member = "\"data\":";
    const std::size_t data = body.find(member);
    if (data != body.npos) {
        body.remove_prefix(data + member.size());
        if (body.ends_with('}')) body.remove_suffix(1);
    }
    return std::string(domain::whole_beginning(body, begins_size));
}

bool is_asked_for(const AskJournal& asked, const JournalLine& line, std::string_view body) {
    if (!asked.terminal.empty() && line.terminal != asked.terminal) return false;
    if (!asked.by.empty() && line.person != asked.by) return false;
    const bool of_kind =
        asked.kind.empty() || asked.kind == line.kind || asked.kind == journal_group(line.kind);
    return of_kind && (asked.text.empty() || body.find(asked.text) != body.npos);
}

/// One page of the table, in the order of `ops_at`; false at its end.
bool look_through(Database& database, const AskJournal& asked, const Reader& reader,
                  const Days& days, Place& place, JournalPage& page) {
    Query query = database.query(
        "SELECT terminal, epoch, seq, kind, at, person, status, body FROM ops WHERE at >= $1 AND "
        "at < $2 AND (at, terminal, epoch, seq) < ($3, $4, $5, $6) "
        "ORDER BY at DESC, terminal DESC, epoch DESC, seq DESC LIMIT $7");
    query.bind(days.from).bind(days.until).bind(place.at).bind(place.terminal);
    query.bind(place.epoch).bind(place.seq).bind(rows_a_page);
    std::int64_t count = 0;
    while (std::ssize(page.lines) < journal_lines_a_page && query.step()) {
        ++count;
        JournalLine line{.terminal = query.text(0),
                         .epoch = query.int64(1),
                         .seq = query.int64(2),
                         .kind = query.text(3),
                         .at = query.text(4),
                         .person = query.text(5),
                         .status = query.text(6),
                         .begins = {}};
        place = {line.at, line.terminal, line.epoch, line.seq};
        const std::string body = query.text(7);
        if (!may_read(reader, line) || !is_asked_for(asked, line, body)) continue;
        line.begins = beginning_of(body);
        page.lines.push_back(std::move(line));
    }
    return count == rows_a_page || std::ssize(page.lines) == journal_lines_a_page;
}

}  // namespace

std::string_view journal_group(std::string_view kind) {
    const auto* found = std::ranges::find(kinds, kind, &KindGroup::kind);
    return found == kinds.end() ? std::string_view() : found->group;
}

Result<JournalPage> search_journal(Database& database, const AskJournal& asked,
                                   std::string_view terminal) {
    return database.reading<JournalPage>([&] {
        JournalPage page{.id = asked.id};
        const Reader reader = reader_of(database, asked.person, terminal);
        if (reader.scope == ReportScope::none) {
            page.error = "not_allowed";
            return page;
        }
        const auto days = read_days(asked);
        auto place = read_place(asked.after);
        if (!days || !place || asked.text.size() > text_limit) {
            page.error = "bad_value";
            return page;
        }
        bool more = true;
        for (std::int64_t looked = 0; more && looked < journal_looks; looked += rows_a_page) {
            more = look_through(database, asked, reader, *days, *place, page);
            if (std::ssize(page.lines) == journal_lines_a_page) break;
        }
        page.looked_at = place->at == Place{}.at ? "" : place->at;
        if (more) page.next = text_of(*place);
        return page;
    });
}

Result<JournalEntry> prove_entry(Database& database, const AskEntry& asked,
                                 std::string_view terminal, std::string_view own_key) {
    return database.reading<JournalEntry>([&] {
        JournalEntry entry{
            .id = asked.id, .terminal = asked.terminal, .epoch = asked.epoch, .seq = asked.seq};
        JournalLine line{.terminal = asked.terminal};
        {
            Query query = database.query(
                "SELECT kind, person, status, why, body, hash FROM ops WHERE terminal = $1 AND "
                "epoch = $2 AND seq = $3");
            query.bind(asked.terminal).bind(asked.epoch).bind(asked.seq);
            if (!query.step()) {
                entry.error = "not_found";
                return entry;
            }
            line.kind = query.text(0);
            line.person = query.text(1);
            entry.status = query.text(2);
            entry.why = query.text(3);
            entry.body = query.text(4);
            entry.hash = to_hex(hash_of(query.text(5)));
        }
        if (!may_read(reader_of(database, asked.person, terminal), line)) {
            return JournalEntry{.id = asked.id, .error = "not_allowed"};
        }
        CheckedLog log{.terminal = asked.terminal, .epoch = asked.epoch, .ops = asked.seq - 1};
        check_log_from(database, log, own_key);
        entry.proved_to = log.ops;
        entry.broken = log.broken;
        entry.break_is = log.why;
        entry.signed_to = log.signed_to;
        entry.signed_by = log.signed_by;
        return entry;
    });
}

}  // namespace fangxin::sync
