#include "handheld/goods_work.hpp"

#include "domain/delivery.hpp"
#include "domain/lot.hpp"
#include "sync/codec.hpp"
#include "sync/effects.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/words.hpp"

#include <fmt/format.h>

namespace fangxin::handheld {

namespace {

Done refused(std::string error, std::string detail = {}) {
    return {.error = std::move(error), .detail = std::move(detail)};
}

/// ISO, or month and day as printed. Empty stays empty; false if it is no date.
bool read_date(const std::string& text, domain::Date today,
               std::optional<domain::DayMinute>& into) {
    if (text.empty()) return true;
    into = domain::parse_day_minute(text);
    if (into) return true;
    auto day = domain::nearest_month_day(text, today);
    if (day) into = domain::DayMinute{*day, std::nullopt};
    return day.has_value();
}

bool same_pack(const domain::Batch& batch, const domain::PackIdentity& identity) {
    return domain::same_lot(batch.lot, identity.lot) && batch.production == identity.production &&
           batch.expiry == identity.expiry;
}

Done refused(const domain::DateRefusal& wrong) {
    // Scripts know a date to come as any other that cannot be.
    const bool to_come = wrong.why == domain::DoorRefusal::production_to_come;
    const auto why = to_come ? domain::DoorRefusal::bad_date : wrong.why;
    return refused(std::string(domain::to_text(why)),
                   wrong.date ? domain::format_day_minute(*wrong.date) : "");
}

}  // namespace

/// What is being received, from its code and from what was keyed.
struct GoodsWork::Pack {
    domain::Item item;
    domain::Category category;
    domain::PackIdentity identity;
};

std::optional<Done> GoodsWork::read_pack(const Received& received, Pack& pack) const {
    domain::ScannedCode code = domain::parse_code(received.code, station_.code_context());
    if (!received.code.empty() && code.error) {
        return refused("bad_code", std::string(domain::to_text(*code.error)));
    }
    const std::string& wanted = received.item.empty() ? received.code : received.item;
    auto found = terminal::find_item(station_, wanted);
    if (!found) return refused("no_such_item", terminal::shown_code(wanted));
    pack.item = found->item;
    pack.category = found->category;
    pack.identity = {code.lot, code.production, code.expiry ? code.expiry : code.best_before};
    if (!received.lot.empty()) pack.identity.lot = received.lot;
    domain::Date today = station_.now().date();
    if (!read_date(received.production, today, pack.identity.production)) {
        return refused("bad_date", received.production);
    }
    if (!read_date(received.expiry, today, pack.identity.expiry)) {
        return refused("bad_date", received.expiry);
    }
    if (!pack.identity.expiry && pack.identity.production && pack.item.shelf_life) {
        pack.identity.expiry =
            domain::expiry_from(*pack.identity.production, *pack.item.shelf_life);
    }
    return std::nullopt;
}

/// What may not come in at all.
std::optional<Done> GoodsWork::refused_at_the_door(const Received& received,
                                                   const Pack& pack) const {
    const domain::Date today = station_.now().date();
    if (auto wrong =
            domain::refused_dates(pack.identity, pack.item, pack.category, station_.now())) {
        return refused(*wrong);
    }
    if (auto wrong = domain::refused_lot(pack.identity.lot, pack.category)) {
        return refused(std::string(domain::to_text(*wrong)));
    }
    if (auto wrong = domain::refused_quantity(received.quantity_milli)) {
        return refused(std::string(domain::to_text(*wrong)));
    }
    std::string supplier = received.supplier.empty() ? pack.item.supplier : received.supplier;
    if (!received.supplier.empty() && !station_.shop().supplier(supplier)) {
        return refused("no_such_supplier", supplier);
    }
    const auto papers = station_.shop().papers_of(supplier);
    if (const domain::SupplierPaper* paper = domain::paper_run_out(papers, today)) {
        return refused("supplier_papers", paper->kind + " " + paper->number);
    }
    return std::nullopt;
}

bool GoodsWork::may_let_in_late(const std::string& approver) const {
    const auto& person = station_.person();
    if (!person) return false;
    if (domain::right_of(person->role, let_in_late) == domain::Right::alone) return true;
    auto second = station_.shop().person(approver);
    return second && domain::may_approve(domain::actor_of(*second), let_in_late, person->number);
}

/// The batch that these goods join, or the id of a new one.
std::string GoodsWork::batch_for(sync::Database& database, const Pack& pack) const {
    sync::LogState number = sync::next_op(database);
    std::string delivery =
        fmt::format("{}-{}-{}", station_.options().terminal, number.epoch, number.last_seq);
    std::string id = sync::batch_id(pack.item.code, pack.identity, delivery);
    if (id.ends_with(delivery)) return id;  // each delivery is a batch of its own
    sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
    for (const domain::Batch& each : shop.batches_of(pack.item.code)) {
        if (same_pack(each, pack.identity)) return each.id;
    }
    return id;
}

/// Every till shows it.
std::string GoodsWork::reason_of(const Received& received) const {
    if (!received.reason.empty()) return received.reason;
    const bool zh = station_.options().language == domain::Language::zh;
    return zh ? "收货时隔离" : "Quarantined when received";
}

Done GoodsWork::receive(const Received& received, const Along& along) {
    Pack pack;
    if (auto wrong = read_pack(received, pack)) return *wrong;
    if (auto wrong = refused_at_the_door(received, pack)) return *wrong;
    bool own_brand = domain::has_mark(pack.item, "private_brand");
    auto decision = domain::from_text<domain::Decision>(
        received.decision.empty() ? "released" : received.decision);
    if (!decision || *decision > domain::Decision::quarantined) {
        return refused("bad_value", "decision: released, inspecting, quarantined");
    }
    bool quarantined = *decision == domain::Decision::quarantined;
    bool late = !quarantined && domain::has_used_too_much_life(pack.identity, pack.item,
                                                               pack.category, station_.now());
    if (late && !may_let_in_late(received.approver)) {
        return refused("life_used",
                       fmt::format("{}", domain::most_life_used_percent(pack.category)));
    }
    sync::BatchReceived op{
        .item = pack.item.code,
        .lot = pack.identity.lot,
        .production = pack.identity.production,
        .expiry = pack.identity.expiry,
        .supplier = received.supplier.empty() ? pack.item.supplier : received.supplier,
        .quantity_milli = received.quantity_milli,
        .decision = quarantined ? domain::Decision::released : *decision,
        .private_brand = own_brand ? domain::PrivateBrandInspection::pending
                                   : domain::PrivateBrandInspection::not_private,
        .received = station_.now().date(),
        .approved_by = late ? received.approver : ""};
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        op.batch = batch_for(database, pack);
        sync::ShopReader shop(database, sync::ShopReader::Side::terminal);
        auto known = shop.batch(op.batch);
        // Its packs on the shelf are for sale, and cannot be told from these.
        if (known && known->decision != *decision && *decision == domain::Decision::inspecting) {
            return failure("batch_known", std::string(domain::to_text(known->decision)));
        }
        auto appended = sync::append_op(database, station_.draft(op));
        if (!appended) return tl::unexpected(appended.error());
        if (along) along(database, op.batch);
        if (!quarantined) return {};
        sync::BatchQuarantined stop{op.batch, op.item, reason_of(received), ""};
        auto stopped = sync::append_op(database, station_.draft(stop));
        if (!stopped) return tl::unexpected(stopped.error());
        return {};
    });
    if (!done) return refused(done.error().code, done.error().detail);
    return done_to(op.batch);
}

Done GoodsWork::done_to(const std::string& id) const {
    auto batch = station_.shop().batch(id);
    if (!batch) return refused("no_such_batch", id);
    auto item = station_.shop().item(batch->item);
    auto blocks = station_.shop().blocks_of(batch->item);
    domain::Decision decision =
        item ? domain::decision_in_force(*batch, blocks, *item) : batch->decision;
    return {.batch = id, .item = batch->item, .decision = std::string(domain::to_text(decision))};
}

template <class Op>
Done GoodsWork::journal(const std::string& batch, const Op& op) {
    auto done = station_.journal(op);
    if (!done) return refused(done.error().code, done.error().detail);
    return done_to(batch);
}

Done GoodsWork::quarantine(const std::string& id, const std::string& reason) {
    auto batch = station_.shop().batch(id);
    if (!batch) return refused("no_such_batch", id);
    if (reason.empty()) return refused("bad_value", "reason");
    return journal(id, sync::BatchQuarantined{batch->id, batch->item, reason, ""});
}

std::vector<std::string> GoodsWork::own_quarantines(const std::string& id) const {
    std::vector<std::string> own;
    auto batch = station_.shop().batch(id);
    if (!batch || !station_.person()) return own;
    for (const domain::Block& block : station_.shop().blocks_of(batch->item)) {
        if (block.kind != domain::BlockKind::quarantine || block.batch != id || block.lifted) {
            continue;
        }
        auto maker = station_.shop().person(block.made_by);
        if (maker && maker->role == station_.person()->role) own.push_back(block.id);
    }
    return own;
}

Done GoodsWork::take_back(const std::string& id, const std::string& reason) {
    if (reason.empty()) return refused("bad_value", "reason");
    auto own = own_quarantines(id);
    if (own.empty()) return refused("not_allowed");
    auto done = station_.transact([&](sync::Database& database) -> Result<void> {
        for (const std::string& block : own) {
            auto appended =
                sync::append_op(database, station_.draft(sync::BlockLifted{block, reason}));
            if (!appended) return tl::unexpected(appended.error());
        }
        return {};
    });
    if (!done) return refused(done.error().code, done.error().detail);
    return done_to(id);
}

Done GoodsWork::release(const std::string& id, const std::string& reason) {
    auto batch = station_.shop().batch(id);
    if (!batch) return refused("no_such_batch", id);
    if (reason.empty()) return refused("bad_value", "reason");
    auto item = station_.shop().item(batch->item);
    if (!item) return refused("no_such_item", batch->item);
    auto blocks = station_.shop().blocks_of(batch->item);
    if (domain::decision_in_force(*batch, blocks, *item) == domain::Decision::recalled) {
        return refused("batch_recalled");
    }
    bool gone = batch->decision == domain::Decision::returned ||
                batch->decision == domain::Decision::disposed;
    if (gone) return refused("batch_gone");
    return journal(id, sync::BatchReleased{batch->id, reason});
}

Done GoodsWork::withdraw(const std::string& id, std::int64_t quantity_milli,
                         const std::string& approver) {
    if (quantity_milli < 0 || quantity_milli > domain::most_delivered_milli)
        return refused("quantity_out_of_range");
    if (auto batch = station_.shop().batch(id)) {
        return journal(id, sync::BatchWithdrawn{batch->id, quantity_milli, approver});
    }
    auto block = station_.shop().block(id);
    if (!block) return refused("no_such_batch", id);
    auto done = station_.journal(sync::BatchWithdrawn{id, quantity_milli, approver});
    if (!done) return refused(done.error().code, done.error().detail);
    return {.batch = id, .item = block->item, .decision = "recalled"};
}

Done GoodsWork::correct(const Correction& correction) {
    auto batch = station_.shop().batch(correction.batch);
    if (!batch) return refused("no_such_batch", correction.batch);
    if (correction.reason.empty()) return refused("bad_value", "reason");
    sync::BatchCorrected op{.batch = batch->id,
                            .lot = correction.lot,
                            .reason = correction.reason,
                            .photo = correction.photo,
                            .old_values = sync::json::serialize(sync::to_json(*batch))};
    domain::Date today = station_.now().date();
    if (!read_date(correction.production, today, op.production)) {
        return refused("bad_date", correction.production);
    }
    if (!read_date(correction.expiry, today, op.expiry)) {
        return refused("bad_date", correction.expiry);
    }
    if (!op.lot && !op.production && !op.expiry) {
        return refused("bad_value", "lot, production, expiry");
    }
    if (correction.photo.empty()) return refused("photo_wanted");
    if (op.lot && !domain::is_lot(*op.lot)) return refused("bad_lot");
    domain::PackIdentity identity{op.lot.value_or(batch->lot), batch->production, batch->expiry};
    if (op.production) identity = {identity.lot, op.production, std::nullopt};
    if (op.expiry) identity.expiry = op.expiry;
    if (auto wrong = domain::impossible_dates(identity, today)) return refused(*wrong);
    return journal(batch->id, op);
}

Done GoodsWork::test(const std::string& id, const std::string& result, const std::string& kind) {
    auto batch = station_.shop().batch(id);
    if (!batch) return refused("no_such_batch", id);
    auto outcome = domain::from_text<domain::TestResult>(result);
    if (!outcome || *outcome == domain::TestResult::none) {
        return refused("bad_value", "result: passed, failed");
    }
    return journal(id, sync::BatchTested{.batch = id, .result = *outcome, .kind = kind});
}

}  // namespace fangxin::handheld
