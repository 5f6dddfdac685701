// What people do at a terminal of a simulated run, and what its disk does to it.
#include "sync/effects.hpp"
#include "tests/sim/sim_terminal.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

/// Not blocks or complaints: what the oracle asks for at every step.
void SimTerminal::damage_a_row() {
    if (!up()) return;
    ++world_.troubles.damaged_rows;
    const std::int64_t what = world_.between(1, 4);
    world_.note(fmt::format("{} loses bits, {}", identity_.terminal, what));
    store_->submit(Priority::sale, [this, what](Database& database) {
        oracle_.goods_were_damaged(identity_.terminal);
        (void)database.transaction([&]() -> Result<void> {
            database.execute(
                what == 1   ? "UPDATE items SET price_fen = price_fen + 1 WHERE code = 'item-1'"
                : what == 2 ? "DELETE FROM items WHERE code = 'item-2'"
                : what == 3 ? "UPDATE batches SET ver = ver - 1 WHERE lot = 'L2' AND ver > 1"
                            : "INSERT INTO settings (key,value,ver) VALUES ('ghost','1',1) "
                              "ON CONFLICT DO NOTHING");
            return {};
        });
    });
}

void SimTerminal::work() {
    if (!up()) return;
    if (world_.chance(100)) image_ = disk_.image_of(identity_.terminal);
    if (world_.chance(10)) {  // a day's backlog at once: several frames
        for (int i = 0; i < 12; ++i) {
            append([this](Database&) {
                return draft(LoggedOut{std::string(60'000, 'x')}, now(), "1001");
            });
        }
    }
    identity_.role == "till" ? work_at_till() : work_at_handheld();
}

std::string SimTerminal::new_id() {
    return fmt::format("{}-{}-{}", identity_.terminal, life_, ++ids_);
}

void SimTerminal::work_at_till() {
    std::int64_t what = world_.between(1, 100);
    if (what <= 60) return sell();
    if (what <= 75) {
        ComplaintTaken complaint{.complaint = new_id(), .what = "酸了"};
        return append([this, complaint](Database&) { return draft(complaint, now(), "1001"); });
    }
    if (what <= 85) {
        BasketHeld held{.hold = new_id(), .total_fen = 500, .lines = 1, .body = "{}"};
        return append([this, held](Database&) { return draft(held, now(), "1001"); });
    }
    claim_a_hold();
}

/// As a till pays: the verdict once more, inside the transaction of the sale.
void SimTerminal::sell() {
    SaleLine line{.line = 1,
                  .item = fmt::format("item-{}", world_.between(1, 3)),
                  .quantity = world_.between(1, 5),
                  .amount_fen = world_.between(1, 1'000'000),
                  .batch_basis = domain::BatchBasis::coded,
                  .lot = fmt::format("L{}", world_.between(1, 6))};
    Sale sale{.receipt = new_id(), .total_fen = line.amount_fen, .paid_fen = line.amount_fen};
    append([this, line, sale](Database& database) mutable -> std::optional<OpDraft> {
        auto verdict = ShopReader(database, ShopReader::Side::terminal)
                           .judge({.item = line.item,
                                   .evidence = {.identity = {.lot = line.lot}},
                                   .now = noon()});
        if (!verdict || verdict->kind == domain::VerdictKind::unknown) return std::nullopt;
        if (verdict->kind == domain::VerdictKind::block) {
            SaleRefused refused{
                .code = new_id(), .item = line.item, .lot = line.lot, .reasons = verdict->reasons};
            return draft(refused, now(), "1001");
        }
        oracle_.sold(identity_.terminal, database, line);
        line.batch = verdict->batch;
        line.reasons = verdict->reasons;
        sale.lines = {line};
        return draft(sale, now(), "1001");
    });
}

void SimTerminal::claim_a_hold() {
    auto holds = ShopReader(database(), ShopReader::Side::terminal).holds();
    std::erase_if(holds, [&](const Hold& hold) { return hold.terminal == identity_.terminal; });
    if (holds.empty()) return;
    auto pick =
        static_cast<std::size_t>(world_.between(0, static_cast<std::int64_t>(holds.size()) - 1));
    claims_[++ids_] = holds[pick].id;
    take(peer_->claim_hold(ids_, holds[pick].id));
}

/// A lot that is delivered just now.
std::string SimTerminal::new_lot() {
    return fmt::format("N{:03}", (world_.now_ms() - world_.between(0, 3000)) / 1500);
}

std::string SimTerminal::some_batch(Database& database) {
    if (world_.chance(100)) {  // the other handheld may have received it, or be about to
        return batch_id(fmt::format("item-{}", world_.between(1, 3)), {.lot = new_lot()}, "");
    }
    auto batches = ShopReader(database, ShopReader::Side::terminal)
                       .batches_of(fmt::format("item-{}", world_.between(1, 3)));
    if (batches.empty()) return "";
    auto last = static_cast<std::int64_t>(batches.size()) - 1;
    // The newest as often as not: another handheld may just have received it.
    return batches[static_cast<std::size_t>(world_.chance(500) ? last : world_.between(0, last))]
        .id;
}

void SimTerminal::work_at_handheld() {
    std::int64_t what = world_.between(1, 5);
    std::string item = fmt::format("item-{}", world_.between(1, 3));
    std::string lot = world_.chance(500) ? fmt::format("L{}", world_.between(1, 8)) : new_lot();
    std::int64_t quantity = world_.between(1, 50) * 1000;
    append([this, what, item, lot, quantity](Database& database) -> std::optional<OpDraft> {
        if (what == 1) {
            BatchReceived received{.batch = batch_id(item, {.lot = lot}, ""),
                                   .item = item,
                                   .lot = lot,
                                   .quantity_milli = quantity,
                                   .decision = domain::Decision::released};
            return draft(received, now(), "2001");
        }
        std::string batch = some_batch(database);
        if (batch.empty()) return std::nullopt;
        if (what == 2) return draft(BatchQuarantined{batch, item, "damp"}, now(), "2001");
        if (what == 3) return draft(BatchReleased{batch, "dry"}, now(), "2001");
        if (what == 4) return draft(BatchWithdrawn{batch, quantity}, now(), "2001");
        return draft(BatchTested{batch, domain::TestResult::failed, "residue", ""}, now(), "2001");
    });
}

}  // namespace fangxin::sync::sim
