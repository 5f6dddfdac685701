#include "terminal/checkout/shift_sums.hpp"

#include "sync/checkout_ops.hpp"
#include "sync/codec.hpp"
#include "sync/envelope.hpp"
#include "sync/store/meta.hpp"

#include <charconv>

namespace fangxin::terminal {

namespace {

std::string begin_key(const std::string& shift) { return "shift_begin:" + shift; }

template <class Op>
std::optional<Op> fact_of(const sync::Envelope& op) {
    if (op.kind != sync::Declaration<Op>::name) return std::nullopt;
    auto fact = sync::from_json<Op>(op.data);
    return fact ? std::optional<Op>(std::move(*fact)) : std::nullopt;
}

domain::TenderKind kind_of(const sync::Tender& tender) {
    return domain::from_text<domain::TenderKind>(tender.kind).value_or(domain::TenderKind::other);
}

void add(domain::ShiftSums& sums, const sync::Sale& sale) {
    ++sums.sales;
    for (const sync::SaleLine& line : sale.lines) {
        sums.lines_fen += line.amount_fen;
        sums.saved_fen += line.saved_fen;
    }
    for (const sync::ReturnLine& line : sale.returns)
        sums.returns_fen += line.amount_fen;
    sums.rounding_fen += sale.rounding_fen;
    std::int64_t change_fen = sale.change_fen;  // given back in cash, out of the first
    for (const sync::Tender& tender : sale.tenders) {
        const bool is_cash = kind_of(tender) == domain::TenderKind::cash;
        const std::int64_t back = is_cash ? std::exchange(change_fen, 0) : 0;
        domain::add_tender(sums, kind_of(tender), tender.amount_fen - back);
    }
}

void add(domain::ShiftSums& sums, const sync::CashMoved& moved) {
    if (moved.what == "paid_in") sums.paid_in_fen += moved.amount_fen;
    if (moved.what == "paid_out") sums.paid_out_fen += moved.amount_fen;
    if (moved.what == "drop") sums.dropped_fen += moved.amount_fen;
}

}  // namespace

void note_shift_begin(sync::Database& database, const std::string& shift,
                      const sync::LogState& op) {
    sync::set_meta(database, begin_key(shift), fmt::format("{}/{}", op.epoch, op.last_seq));
}

sync::LogState shift_begin(sync::Database& database, const std::string& shift) {
    const std::string text = sync::meta(database, begin_key(shift));
    sync::LogState begin;
    const auto slash = text.find('/');
    if (slash == text.npos) return begin;
    std::from_chars(text.data(), text.data() + slash, begin.epoch);
    std::from_chars(text.data() + slash + 1, text.data() + text.size(), begin.last_seq);
    return begin;
}

domain::ShiftSums sum_shift(sync::Database& database, const sync::Shift& shift) {
    domain::ShiftSums sums;
    const sync::LogState begin = shift_begin(database, shift.id);
    sync::Query ops = database.query(
        "SELECT body FROM ops WHERE (epoch, seq) >= ($1, $2) AND "
        "kind IN ('sale', 'cash_moved', 'drawer_opened', 'sale_voided') ORDER BY epoch, seq");
    ops.bind(begin.epoch).bind(begin.last_seq);
    while (ops.step()) {
        auto op = sync::read_envelope(ops.text(0));
        if (!op) continue;
        if (auto sale = fact_of<sync::Sale>(*op); sale && sale->shift == shift.id) {
            add(sums, *sale);
        } else if (auto moved = fact_of<sync::CashMoved>(*op); moved && moved->shift == shift.id) {
            add(sums, *moved);
        } else if (auto drawer = fact_of<sync::DrawerOpened>(*op)) {
            sums.drawer_openings += drawer->shift == shift.id ? 1 : 0;
        } else if (op->kind == sync::Declaration<sync::SaleVoided>::name) {
            sums.voided += op->person == shift.person ? 1 : 0;
        }
    }
    return sums;
}

}  // namespace fangxin::terminal
