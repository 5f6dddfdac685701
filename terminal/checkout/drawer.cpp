#include "terminal/checkout/drawer.hpp"

#include "domain/money.hpp"
#include "drivers/printers/escpos.hpp"
#include "sync/store/meta.hpp"
#include "terminal/checkout/receipts.hpp"
#include "terminal/checkout/shift_sums.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t day_turns_at_hour = 4;
constexpr std::size_t longest_reason = 200;

std::string shift_key(const std::string& person) { return "shift_of:" + person; }

bool is_amount(std::int64_t fen) { return fen > 0 && fen <= domain::largest_amount_fen; }

std::vector<sync::TenderSum> tenders_of(const domain::ShiftSums& sums) {
    std::vector<sync::TenderSum> tenders;
    for (const domain::TenderTotal& each : sums.tenders)
        tenders.push_back({std::string(domain::to_text(each.kind)), each.count, each.amount_fen});
    return tenders;
}

LogRange log_range(sync::Database& database, const std::string& shift) {
    const sync::LogState next = sync::next_op(database);
    const sync::LogState last{next.epoch, next.last_seq - 1};
    return {shift_begin(database, shift), last, sync::op_hash(database, last.epoch, last.last_seq)};
}

domain::ShiftReport::Range printed(const LogRange& range) {
    const auto number = [](const sync::LogState& op) {
        return fmt::format("{}/{}", op.epoch, op.last_seq);
    };
    return {.from = number(range.from), .to = number(range.to), .head = range.head};
}

/// Gapless: the next op of the log is the one that says so.
void set_range(sync::ShiftClosed& closed, const LogRange& range) {
    closed.from_epoch = range.from.epoch;
    closed.from_seq = range.from.last_seq;
    closed.to_epoch = range.to.epoch;
    closed.to_seq = range.to.last_seq;
    closed.head = range.head;
}

}  // namespace

Result<void> Drawer::may(domain::Action action, const Second& second) const {
    const Refusal refusal = station_.may(action, second);
    return refusal.code.empty() ? Result<void>{} : failure(refusal.code);
}

std::vector<sync::Shift> Drawer::open_here() const {
    auto shifts = station_.reader().reading<std::vector<sync::Shift>>(
        [&] { return station_.shop().open_shifts(); });
    if (!shifts) return {};
    std::erase_if(*shifts, [&](const sync::Shift& each) {
        return each.terminal != station_.options().terminal;
    });
    return std::move(*shifts);
}

std::optional<sync::Shift> Drawer::shift() const {
    auto read = station_.reader().reading<std::optional<sync::Shift>>(
        [&] { return shift_in(station_.reader()); });
    return read ? std::move(*read) : std::nullopt;
}

/// One that was closed by somebody else, here or elsewhere, is nobody's any more.
std::optional<sync::Shift> Drawer::shift_in(sync::Database& database) const {
    const auto& person = station_.person();
    if (!person) return std::nullopt;
    const std::string id = sync::meta(database, shift_key(person->number));
    if (id.empty()) return std::nullopt;
    auto shift = sync::ShopReader(database, sync::ShopReader::Side::terminal).shift(id);
    return shift && shift->closed_at_ms == 0 ? std::move(shift) : std::nullopt;
}

std::string Drawer::business_day() const { return day_in(station_.reader()); }

std::string Drawer::day_in(sync::Database& database) const {
    sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
    const auto turns = shop.number_setting("day_turns_at", day_turns_at_hour);
    return domain::format_date(domain::business_day(
        station_.now(), static_cast<int>(turns),
        [&](domain::Date day) { return shop.business_day(domain::format_date(day)).has_value(); }));
}

/// Not by the log's number: a disk that is set back gives those again.
Result<sync::Shift> Drawer::append_open(sync::Database& database, std::int64_t float_fen) {
    const domain::StoreTime now = station_.now();
    sync::Shift shift{.id = fmt::format("{}-{}", station_.options().terminal, now.utc_ms),
                      .terminal = station_.options().terminal,
                      .person = station_.person()->number,
                      .day = day_in(database),
                      .opened_at_ms = now.utc_ms,
                      .float_fen = float_fen};
    auto appended = sync::append_op(
        database, station_.draft(sync::ShiftOpened{shift.id, shift.day, shift.float_fen}));
    if (!appended) return tl::unexpected(appended.error());
    note_shift_begin(database, shift.id, *appended);
    sync::set_meta(database, shift_key(shift.person), shift.id);
    return shift;
}

Result<sync::Shift> Drawer::open(std::int64_t float_fen) {
    if (auto allowed = may(domain::Action::shift_open, {}); !allowed)
        return tl::unexpected(allowed.error());
    if (float_fen < 0 || float_fen > domain::largest_amount_fen)
        return failure("amount_out_of_range");
    if (shift()) return failure("shift_is_open");
    Result<sync::Shift> opened;
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        opened = append_open(database, float_fen);
        return opened ? Result<void>{} : tl::unexpected(opened.error());
    });
    if (!done) return tl::unexpected(done.error());
    return opened;
}

Result<std::string> Drawer::shift_of_sale(sync::Database& database) {
    if (auto open = shift_in(database)) return open->id;
    auto opened = append_open(database, 0);
    if (!opened) return tl::unexpected(opened.error());
    return opened->id;
}

void Drawer::queue_paper(sync::Database& database, const std::string& name,
                         const LayLines& lay) const {
    if (paper_.columns == 0) return;
    queue_slip(database, name, drivers::encode(lay(paper_.columns), paper_.options));
}

Result<void> Drawer::move(const CashMove& move, const Second& second) {
    static constexpr std::array<std::string_view, 3> kinds{"paid_in", "paid_out", "drop"};
    if (auto allowed = may(domain::Action::drawer, second); !allowed) return allowed;
    if (std::ranges::find(kinds, move.what) == kinds.end()) return failure("bad_value", move.what);
    if (!is_amount(move.amount_fen)) return failure("amount_out_of_range");
    if (move.reason.empty() || move.reason.size() > longest_reason)
        return failure("reason_missing");
    auto open = shift();
    if (!open) return failure("no_shift");
    const sync::CashMoved moved{open->id, move.what, move.amount_fen, move.reason,
                                second ? second->number : ""};
    const domain::CashSlip slip{.language = station_.options().language,
                                .shop_name = station_.shop().setting("shop_name"),
                                .till = station_.options().number,
                                .cashier_number = station_.person()->number,
                                .cashier_name = station_.person()->name,
                                .time = station_.now(),
                                .what = move.what,
                                .amount_fen = move.amount_fen,
                                .reason = move.reason,
                                .approved_by = moved.approved_by,
                                .test_shop = station_.test_shop()};
    return station_.transact([&](sync::Database& database) -> Result<void> {
        auto appended = sync::append_op(database, station_.draft(moved));
        if (!appended) return tl::unexpected(appended.error());
        queue_paper(database, move.what,
                    [&](int columns) { return domain::layout_cash_slip(slip, columns); });
        return {};
    });
}

Result<void> Drawer::open_drawer(const std::string& reason, const Second& second) {
    if (auto allowed = may(domain::Action::drawer, second); !allowed) return allowed;
    if (reason.empty() || reason.size() > longest_reason) return failure("reason_missing");
    auto open = shift();
    if (!open) return failure("no_shift");
    const sync::DrawerOpened opened{open->id, reason, second ? second->number : ""};
    return station_.transact([&](sync::Database& database) -> Result<void> {
        auto appended = sync::append_op(database, station_.draft(opened));
        if (!appended) return tl::unexpected(appended.error());
        queue_paper(database, "drawer",
                    [](int) { return std::vector<domain::ReceiptLine>{domain::DrawerPulse{}}; });
        return {};
    });
}

bool Drawer::tells_cash() const {
    const auto& person = station_.person();
    return person && domain::right_of(person->role, domain::Action::shift_close_other) ==
                         domain::Right::alone;
}

Result<ShiftNow> Drawer::summed(const sync::Shift& shift) const {
    sync::Database& reader = station_.reader();
    return reader.reading<ShiftNow>([&] {
        return ShiftNow{shift, sum_shift(reader, shift), log_range(reader, shift.id)};
    });
}

Result<sync::Shift> Drawer::find(const std::string& id) const {
    if (id.empty()) {
        auto own = shift();
        return own ? Result<sync::Shift>(std::move(*own)) : failure("no_shift");
    }
    for (sync::Shift& each : open_here()) {
        if (each.id == id) return std::move(each);
    }
    return failure("no_shift");
}

Result<ShiftNow> Drawer::now() const {
    if (!station_.person()) return failure("not_logged_in");
    auto open = find("");
    return open ? summed(*open) : tl::unexpected(open.error());
}

domain::ShiftReport Drawer::report_of(const ShiftNow& now) const {
    auto name = station_.shop().person(now.shift.person);
    domain::ShiftReport report{.language = station_.options().language,
                               .shop_name = station_.shop().setting("shop_name"),
                               .till = station_.options().number,
                               .cashier_number = now.shift.person,
                               .cashier_name = name ? name->name : "",
                               .time = station_.now(),
                               .opened = station_.at(now.shift.opened_at_ms),
                               .day = now.shift.day,
                               .float_fen = now.shift.float_fen,
                               .sums = now.sums,
                               .range = printed(now.range),
                               .test_shop = station_.test_shop()};
    for (const sync::Hold& hold : station_.shop().holds()) {
        if (hold.resumed_by.empty()) report.held.push_back({hold.id, hold.lines, hold.total_fen});
    }
    return report;
}

Result<void> Drawer::print_x(const std::vector<domain::ReceiptLine>& weighing) {
    auto sums = now();
    if (!sums) return tl::unexpected(sums.error());
    if (paper_.columns == 0) return failure("no_printer");
    domain::ShiftReport report = report_of(*sums);
    report.tells_cash = tells_cash();
    report.weighing = weighing;
    return station_.transact([&](sync::Database& database) -> Result<void> {
        queue_paper(database, "x-report",
                    [&](int columns) { return domain::layout_shift_report(report, columns); });
        return {};
    });
}

Result<ShiftEnd> Drawer::close(const CashCounted& counted, const Second& second,
                               const std::vector<domain::ReceiptLine>& weighing) {
    if (!station_.person()) return failure("not_logged_in");
    auto shift = find(counted.shift);
    if (!shift) return tl::unexpected(shift.error());
    const bool own = shift->person == station_.person()->number;
    const auto action = own ? domain::Action::shift_close : domain::Action::shift_close_other;
    if (auto allowed = may(action, second); !allowed) return tl::unexpected(allowed.error());
    std::int64_t counted_fen = counted.counts.empty() ? counted.counted_fen : 0;
    for (const sync::CashCount& each : counted.counts) {
        const bool is_money =
            std::ranges::find(domain::denominations, each.fen) != domain::denominations.end();
        if (!is_money || each.pieces < 0 || each.pieces > domain::most_pieces_counted)
            return failure("amount_out_of_range");
        counted_fen += each.fen * each.pieces;
    }
    if (counted_fen < 0 || counted_fen > domain::largest_amount_fen)
        return failure("amount_out_of_range");
    auto now = summed(*shift);
    if (!now) return tl::unexpected(now.error());
    ShiftEnd end{.closed = closed_of(*now, counted, counted_fen)};
    end.difference_fen = counted_fen - end.closed.expected_fen;
    const auto limit = station_.shop().number_setting("cash_difference_fen", cash_difference_fen);
    if (second &&
        domain::right_of(second->role, domain::Action::shift_close_other) == domain::Right::alone)
        end.closed.approved_by = second->number;
    const bool is_looked_at = tells_cash() || !end.closed.approved_by.empty() || counted.alone;
    if (std::abs(end.difference_fen) > limit && !is_looked_at)
        return failure("needs_second_person");
    return finish(*now, std::move(end), weighing);
}

sync::ShiftClosed Drawer::closed_of(const ShiftNow& now, const CashCounted& counted,
                                    std::int64_t counted_fen) const {
    const domain::ShiftSums& sums = now.sums;
    return {.shift = now.shift.id,
            .sales = sums.sales,
            .lines_fen = sums.lines_fen,
            .returns_fen = sums.returns_fen,
            .saved_fen = sums.saved_fen,
            .rounding_fen = sums.rounding_fen,
            .tenders = tenders_of(sums),
            .float_fen = now.shift.float_fen,
            .paid_in_fen = sums.paid_in_fen,
            .paid_out_fen = sums.paid_out_fen,
            .dropped_fen = sums.dropped_fen,
            .expected_fen = domain::expected_cash(sums, now.shift.float_fen),
            .counted_fen = counted_fen,
            .counts = counted.counts};
}

Result<ShiftEnd> Drawer::finish(const ShiftNow& now, ShiftEnd end,
                                const std::vector<domain::ReceiptLine>& weighing) {
    domain::ShiftReport report = report_of(now);
    end.closed.held = static_cast<std::int64_t>(report.held.size());
    report.weighing = weighing;
    report.counted = domain::ShiftReport::Counted{
        .counts = {}, .counted_fen = end.closed.counted_fen, .approved_by = end.closed.approved_by};
    for (const sync::CashCount& each : end.closed.counts)
        report.counted->counts.push_back({each.fen, each.pieces});
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        const LogRange range = log_range(database, end.closed.shift);
        set_range(end.closed, range);
        report.range = printed(range);
        report.z = end.closed.z = sync::take_number(database, "z_reports");
        auto appended = sync::append_op(database, station_.draft(end.closed));
        if (!appended) return tl::unexpected(appended.error());
        queue_paper(database, "z-report",
                    [&](int columns) { return domain::layout_shift_report(report, columns); });
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return end;
}

Result<sync::DayClosed> Drawer::close_day() {
    if (auto allowed = may(domain::Action::shift_close_other, {}); !allowed)
        return tl::unexpected(allowed.error());
    const std::string day = business_day();
    sync::DayClosed closed{.day = day};
    std::int64_t open = 0;
    auto read = station_.reader().reading<bool>([&] {
        for (const sync::Shift& each : station_.shop().shifts(day)) {
            ++closed.shifts;
            closed.sales_fen += each.sales_fen;
            open += each.closed_at_ms == 0 ? 1 : 0;
        }
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (open > 0) return failure("shifts_open", std::to_string(open));
    if (closed.shifts == 0) return failure("nothing_to_close", day);
    auto journalled = station_.journal(closed);
    if (!journalled) return tl::unexpected(journalled.error());
    return closed;
}

}  // namespace fangxin::terminal
