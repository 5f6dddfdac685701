// A small shop for the tests of sync/: milk of one lot, a till's files and a server's. Tests only.
#pragma once

#include "domain/check.hpp"
#include "sync/ops.hpp"
#include "sync/overlay.hpp"
#include "sync/server/book.hpp"
#include "sync/server/feed.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store/meta.hpp"
#include "sync/terminal_journal.hpp"
#include "tests/support/temp_dir.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync::testing {

inline domain::StoreTime noon() { return *domain::parse_instant("2026-11-23T12:00:00+08:00"); }
inline domain::DayMinute day(std::string_view text) { return *domain::parse_day_minute(text); }

inline domain::Category dairy() {
    return {.code = "dairy", .name_zh = "乳品", .batch_control = domain::BatchControl::lot};
}
inline domain::Item milk() {
    return {.code = "milk",
            .name_zh = "牛奶",
            .category = "dairy",
            .price_fen = 500,
            .shelf_life = domain::ShelfLife{7, domain::LifeUnit::days}};
}
inline const std::string lot_1 = "milk/L1/2026-11-30";
inline domain::Batch milk_lot_1() {
    return {.id = lot_1,
            .item = "milk",
            .lot = "L1",
            .production = day("2026-11-23"),
            .expiry = day("2026-11-30"),
            .decision = domain::Decision::released};
}

template <class Op>
OpDraft fact(const Op& op) {
    return draft(op, noon(), "1001");
}
inline Sale sale_of(std::int64_t fen, const std::string& batch = "") {
    Sale sale{.receipt = "FX1", .total_fen = fen, .paid_fen = fen};
    sale.lines = {SaleLine{
        .line = 1, .item = "milk", .quantity = 1, .amount_fen = fen, .batch = batch, .lot = "L1"}};
    return sale;
}

template <Declared R>
std::string printed(const std::optional<R>& row) {
    return row ? json::serialize(to_json(*row)) : "none";
}
template <class T>
std::string code_of(const Result<T>& done) {
    return done ? "ok" : done.error().code;
}

/// A terminal's database in a folder of its own.
struct Till {
    explicit Till(const TerminalIdentity& identity = {"till-1", "till"})
        : journal(*open_journal(folder.path(), identity)), db(journal.writer) {}

    template <class Op>
    LogState append(const Op& op) {
        LogState number;
        auto done = db.transaction([&]() -> Result<void> {
            auto appended = append_op(db, fact(op));
            if (appended) number = *appended;
            return appended ? Result<void>{} : tl::unexpected(appended.error());
        });
        FANGXIN_CHECK(done.has_value());
        return number;
    }
    OpsFrame frame_from(std::int64_t first, std::int64_t epoch = 1) {
        auto loaded = load_ops(db, epoch, first);
        return {epoch, first, loaded.bodies, loaded.head};
    }
    ShopReader shop() { return ShopReader(db, ShopReader::Side::terminal); }

    tests::TempDir folder;
    OpenedJournal journal;
    Database& db;
};

/// A server's database that has milk of lot 1.
struct Store {
    Store() : db(*Database::open(folder / "store.db", Database::Access::writer)) { fill(); }
    /// In an empty database.
    explicit Store(Database database) : db(std::move(database)) { fill(); }

    void fill() {
        FANGXIN_CHECK(prepare_book(db).has_value());
        put(dairy());
        put(milk());
        put(milk_lot_1());
        (void)greet(db, Hello{.terminal = "till-1", .role = "till"}, 1);
    }

    template <Declared R>
    void put(const R& row) {
        auto done = db.transaction([&]() -> Result<void> {
            ServerRows rows(db);
            rows.put_any(row);
            rows.finish();
            return {};
        });
        FANGXIN_CHECK(done.has_value());
    }
    template <class Op>
    Changed own(const Op& op) {
        Changed changed;
        auto done = db.transaction([&]() -> Result<void> {
            changed = *append_server_op(db, fact(op));
            return {};
        });
        FANGXIN_CHECK(done.has_value());
        return changed;
    }
    ServerPeer::Ingested take(const OpsFrame& frame, std::string_view role = "till") {
        auto done = ingest(db, {"till-1", frame}, role, 1);
        return done ? done->answer : ServerPeer::Ingested{.refused = done.error().detail};
    }
    std::string one(std::string_view sql) {
        Query query = db.query(sql);
        return query.step() ? query.text(0) : "nothing";
    }
    ShopReader shop() { return ShopReader(db, ShopReader::Side::server); }

    tests::TempDir folder;
    Database db;
};

/// Everything that the till lacks, as the server would feed it.
inline void feed(Store& store, Till& till, bool complete = false) {
    auto state = load_terminal_state(till.db, {"till-1", "till"});
    auto blocks = load_blocks(store.db, state.blocks);
    blocks->from = state.blocks;
    FANGXIN_CHECK(store_blocks(till.db, *blocks, noon()).has_value());
    auto rows = load_rows(store.db, "till", {state.rows, blocks->to});
    rows->blocks = blocks->to;
    rows->complete = complete;
    FANGXIN_CHECK(store_rows(till.db, *rows).has_value());
}

}  // namespace fangxin::sync::testing
