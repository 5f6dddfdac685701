// A short history on a disk of which one call fails, the first, the second, and so on to the last:
// each step is done whole or not at all, can be done again, and what was done is there after the
// power went.
#include "sync/server/tombstones.hpp"
#include "sync/table_sum.hpp"
#include "sync/terminal_repair.hpp"
#include "tests/sim/crash_vfs.hpp"
#include "tests/support/sync_shop.hpp"

#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <optional>

namespace fangxin::sync::sim {
namespace {

using namespace fangxin::sync::testing;
using Fault = CrashVfs::Fault;

constexpr const char* vfs = "fangxin-failing";
constexpr const char* machine = "machine";
constexpr const char* file = "machine/shop.db";

struct Step {
    const char* name;
    std::function<Result<void>(Database&)> run;
};
struct History {
    std::function<Result<void>(Database&)> prepare;  ///< each time that it is opened
    std::vector<Step> steps;
};

Result<Database> opened(const History& history) {
    auto database = Database::open(file, Database::Access::writer, vfs);
    if (!database) return database;
    if (auto done = history.prepare(*database); !done) return tl::unexpected(done.error());
    return database;
}

std::vector<std::string> texts(Database& database, std::string_view sql,
                               std::string_view bound = "") {
    std::vector<std::string> all;
    Query query = database.query(sql);
    if (!bound.empty()) query.bind(bound);
    while (query.step())
        all.push_back(query.text(0));
    return all;
}

/// Every row of every table, without what is given by chance.
std::string content(Database& database) {
    std::string all;
    for (const std::string& table :
         texts(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        if (table == "branches") continue;
        std::string columns;
        for (const std::string& column :
             texts(database, "SELECT name FROM pragma_table_info($1)", table)) {
            columns += fmt::format("{}quote(\"{}\")", columns.empty() ? "" : " || ' ' || ", column);
        }
        const char* which = table == "meta" ? "WHERE key NOT IN ('server_epoch','own_epoch')" : "";
        for (const std::string& row :
             texts(database,
                   fmt::format("SELECT {} AS row FROM {} {} ORDER BY row", columns, table, which)))
            all += table + " " + row + "\n";
    }
    const auto error = database.take_error();
    FANGXIN_CHECK(!error);
    return all;
}

/// What there is after opening, and after each step.
std::vector<std::string> states_of(const History& history) {
    CrashVfs disk(vfs);
    auto database = opened(history);
    FANGXIN_CHECK(database.has_value());
    std::vector<std::string> states{content(*database)};
    for (const Step& step : history.steps) {
        auto done = step.run(*database);
        EXPECT_TRUE(done) << step.name << ": " << done.error().detail;
        states.push_back(content(*database));
    }
    return states;
}

/// One run, in which one call fails.
class Run {
  public:
    Run(const History& history, Fault fault, std::int64_t call, bool power_goes)
        : history_(history), power_goes_(power_goes), disk_(vfs), random_(call) {
        disk_.fail_call(machine, fault, call);
    }

    /// False once no call was the one to fail.
    bool holds(const std::vector<std::string>& states) {
        open();
        for (std::size_t i = 0; i < history_.steps.size() && !::testing::Test::HasFailure(); ++i)
            take(history_.steps[i], states[i], states[i + 1]);
        if (power_goes_) disk_.power_off(machine);
        database_.reset();
        comes_to_it();
        disk_.power_on(machine, random_);
        open();
        EXPECT_EQ(content(*database_), states.back());
        EXPECT_EQ(database_->quick_check(), "ok");
        return has_failed_;
    }

  private:
    /// Whether the call has just failed; it does so once.
    bool comes_to_it() {
        const bool now = !has_failed_ && disk_.has_failed(machine);
        has_failed_ |= now;
        if (now) disk_.set_full(machine, false);
        return now;
    }

    void open() {
        auto database = opened(history_);
        const bool failed = comes_to_it();
        if (!database && failed) {
            if (power_goes_) power_goes();
            database = opened(history_);
        }
        FANGXIN_CHECK(database.has_value());
        database_.emplace(std::move(*database));
    }

    void power_goes() {
        disk_.power_off(machine);
        database_.reset();
        disk_.power_on(machine, random_);
    }

    void take(const Step& step, const std::string& before, const std::string& after) {
        auto done = step.run(*database_);
        const bool failed = comes_to_it();
        if (!done && !failed) ADD_FAILURE() << step.name << ": " << done.error().detail;
        if (!failed) return;
        if (power_goes_) {
            power_goes();
            open();
            EXPECT_EQ(database_->quick_check(), "ok");
        }
        const std::string now = content(*database_);
        // What was not told to be done may have come through all the same.
        const bool is_done = done.has_value() || (power_goes_ && now == after);
        EXPECT_EQ(now, is_done ? after : before) << step.name;
        if (is_done) return;
        auto again = step.run(*database_);
        EXPECT_TRUE(again) << step.name << ": " << again.error().detail;
        EXPECT_EQ(content(*database_), after) << step.name;
    }

    const History& history_;
    bool power_goes_;
    CrashVfs disk_;
    std::mt19937_64 random_;
    std::optional<Database> database_;
    bool has_failed_ = false;
};

void expect_holds(const History& history, Fault fault, bool power_goes) {
    const auto states = states_of(history);
    std::int64_t call = 0;
    for (; Run(history, fault, call, power_goes).holds(states); ++call) {
        ASSERT_FALSE(::testing::Test::HasFailure()) << "call " << call;
    }
    EXPECT_GT(call, fault == Fault::io_error ? 200 : 20);
    ::testing::Test::RecordProperty("calls", std::to_string(call));
}

template <class T>
Result<void> without_answer(const Result<T>& done) {
    if (!done) return tl::unexpected(done.error());
    return {};
}

template <class Op>
Step appends(const Op& op) {
    return {"append", [op](Database& database) {
                return database.transaction(
                    [&] { return without_answer(append_op(database, fact(op))); });
            }};
}

const Step checkpoint{"checkpoint", [](Database& database) {
                          database.checkpoint();
                          return Result<void>{};
                      }};

Step stores(const BlocksFrame& frame) {
    return {"store blocks", [frame](Database& database) {
                return without_answer(store_blocks(database, frame, noon()));
            }};
}
Step stores(const RowsFrame& frame) {
    return {"store rows", [frame](Database& database) { return store_rows(database, frame); }};
}
Step stores(const TableRows& part) {
    return {"store table", [part](Database& database) {
                return without_answer(store_table(database, {part, 0}, noon()));
            }};
}
Step resets(std::int64_t epoch) {
    return {"reset rows", [epoch](Database& database) { return reset_rows(database, {epoch, 0}); }};
}

RecallMade recall_of(const std::string& lot) {
    return {.block = "R-" + lot, .item = "milk", .lot = lot, .level = domain::RecallLevel::I};
}

struct Frames {
    BlocksFrame blocks;
    RowsFrame rows;
};
Frames frames_after(Store& store, std::int64_t ver) {
    Frames frames{*load_blocks(store.db, ver),
                  *load_rows(store.db, "till", {ver, newest_ver(store.db)})};
    frames.blocks.to = frames.rows.blocks = frames.rows.to;
    frames.rows.complete = true;
    return frames;
}

/// A till's day: goods come, it works, a recall comes, a table is put right, its disk was set back
/// and it begins an epoch, its server is another that knows nothing of the recall.
History till_history() {
    Store store;
    const Frames goods = frames_after(store, 0);
    store.own(recall_of("L1"));
    store.put(Setting{"phone", "1"});
    const Frames recall = frames_after(store, goods.rows.to);
    domain::Item renamed = milk();
    renamed.name_zh = "鲜牛奶";
    store.put(renamed);
    const auto items = *load_table_rows(store.db, "till", {"items", "", newest_ver(store.db)});
    return {[](Database& database) {
                return prepare_journal(database, {"till-1", "till"});
            },
            {resets(7),
             stores(goods.blocks),
             stores(goods.rows),
             appends(sale_of(500, lot_1)),
             appends(ComplaintTaken{.complaint = "C1", .what = "酸了"}),
             appends(BasketHeld{.hold = "H1", .total_fen = 500, .lines = 1, .body = "{}"}),
             {"store ack",
              [ver = goods.rows.to](Database& database) -> Result<void> {
                  auto head =
                      database.reading<std::string>([&] { return op_hash(database, 1, 2); });
                  if (!head) return tl::unexpected(head.error());
                  return store_ack(database, {1, 2, ver, *head});
              }},
             stores(recall.blocks),
             stores(recall.rows),
             appends(LoggedOut{std::string(60'000, 'x')}),
             checkpoint,
             stores(items),
             {"take back",
              [](Database& database) {
                  return take_back(database, {1, 1});
              }},
             {"begin epoch",
              [](Database& database) {
                  return without_answer(begin_epoch(database, {2, 2, true}));
              }},
             resets(8),
             stores(goods.blocks),
             stores(goods.rows)}};
}

Step books(const char* name, const std::function<Result<void>(Database&, ServerRows&)>& work) {
    return {name, [work](Database& database) {
                return database.transaction([&]() -> Result<void> {
                    ServerRows rows(database);
                    if (auto done = work(database, rows); !done) return done;
                    rows.finish();
                    return {};
                });
            }};
}
template <class Op>
Step decides(const Op& op) {
    return {"server op", [op](Database& database) {
                return database.transaction(
                    [&] { return without_answer(append_server_op(database, fact(op))); });
            }};
}
Step greets(const std::string& terminal, const std::string& role) {
    return {
        "greet", [terminal, role](Database& database) {
            return without_answer(greet(database, Hello{.terminal = terminal, .role = role}, 1));
        }};
}
Step ingests(const std::string& terminal, const std::string& role, const OpsFrame& frame) {
    return {"ingest", [=](Database& database) {
                return without_answer(ingest(database, {terminal, frame}, role, 2));
            }};
}

/// A server's: two terminals, ops that come twice, one that is no op, one that waits for its batch,
/// a recall, a held basket that is claimed, deleted and forgotten, and other numbers for all rows.
History server_history() {
    Till till;
    till.append(sale_of(500, lot_1));
    till.append(ComplaintTaken{.complaint = "C1", .what = "酸了"});
    till.append(BasketHeld{.hold = "H1", .total_fen = 500, .lines = 1, .body = "{}"});
    const OpsFrame sales = till.frame_from(1);
    OpsFrame torn{1, 4, {"{\"kind\":"}, ""};
    Hash head{};
    for (const auto& bodies : {sales.bodies, torn.bodies}) {
        for (const std::string& body : bodies)
            head = chain(head, body);
    }
    torn.head = to_hex(head);
    Till handheld({"hand-1", "handheld"});
    handheld.append(BatchWithdrawn{"milk/L2/-", 3000});
    handheld.append(
        BatchReceived{.batch = "milk/L2/-", .item = "milk", .lot = "L2", .quantity_milli = 5000});
    return {[](Database& database) { return prepare_book(database); },
            {books("goods",
                   [](Database&, ServerRows& rows) -> Result<void> {
                       rows.put_any(dairy());
                       rows.put_any(milk());
                       rows.put_any(milk_lot_1());
                       return {};
                   }),
             greets("till-1", "till"),
             greets("hand-1", "handheld"),
             ingests("till-1", "till", sales),
             ingests("till-1", "till", sales),
             decides(recall_of("L1")),
             ingests("hand-1", "handheld", handheld.frame_from(1)),
             checkpoint,
             {"claim",
              [](Database& database) {
                  return without_answer(claim_hold(database, {"till-1", {1, "H1"}}));
              }},
             books("delete",
                   [](Database&, ServerRows& rows) -> Result<void> {
                       rows.remove<Hold>("H1", 1);
                       return {};
                   }),
             books("forget",
                   [](Database& database, ServerRows&) -> Result<void> {
                       drop_old_tombstones(database, 2 + tombstones_kept_ms);
                       return {};
                   }),
             decides(EpochOpened{"till-1", ""}),
             ingests("till-1", "till", torn),
             books("renumber", [](Database& database, ServerRows&) -> Result<void> {
                 begin_server_epoch(database);
                 return {};
             })}};
}

// SYNC-1
TEST(FailingDisk, LosesNothingOfATillWhateverCallFails) {
    expect_holds(till_history(), Fault::io_error, false);
}
TEST(FailingDisk, LosesNothingOfATillWhateverCallFailsBeforeThePowerGoes) {
    expect_holds(till_history(), Fault::io_error, true);
}
TEST(FailingDisk, LosesNothingOfATillWhenItIsFull) {
    expect_holds(till_history(), Fault::disk_full, false);
}
TEST(FailingDisk, LosesNothingOfATillWhenItIsFullBeforeThePowerGoes) {
    expect_holds(till_history(), Fault::disk_full, true);
}
TEST(FailingDisk, LosesNothingOfAServerWhateverCallFails) {
    expect_holds(server_history(), Fault::io_error, false);
}
TEST(FailingDisk, LosesNothingOfAServerWhateverCallFailsBeforeThePowerGoes) {
    expect_holds(server_history(), Fault::io_error, true);
}
TEST(FailingDisk, LosesNothingOfAServerWhenItIsFull) {
    expect_holds(server_history(), Fault::disk_full, false);
}
TEST(FailingDisk, LosesNothingOfAServerWhenItIsFullBeforeThePowerGoes) {
    expect_holds(server_history(), Fault::disk_full, true);
}

using Read = std::function<Result<std::string>(Database&)>;

/// Whatever call fails, it gives the whole answer or none, and the whole one the next time.
void expect_whole(const History& history, const Read& read) {
    CrashVfs disk(vfs);
    auto writer = opened(history);
    for (const Step& step : history.steps)
        ASSERT_TRUE(step.run(*writer)) << step.name;
    const std::string whole = *read(*writer);
    for (std::int64_t call = 0;; ++call) {
        auto reader = Database::open(file, Database::Access::reader, vfs);
        ASSERT_TRUE(reader);
        disk.fail_call(machine, Fault::io_error, call);
        auto answer = read(*reader);
        const bool failed = disk.has_failed(machine);
        disk.fail_call(machine, Fault::io_error, -1);
        ASSERT_EQ(answer ? *answer : *read(*reader), whole) << "call " << call;
        if (!failed) {
            EXPECT_GT(call, 5);
            return;
        }
    }
}

template <class Frame>
Result<std::string> as_text(const Result<Frame>& frame) {
    if (!frame) return tl::unexpected(frame.error());
    return write_message(*frame);
}

// SYNC-2: rows that could not be read are not told as whole.
TEST(FailingDisk, LeavesNoGapInWhatAServerTells) {
    const History history = server_history();
    const std::int64_t all = 1'000'000;
    expect_whole(history, [](Database& database) { return as_text(load_blocks(database, 0)); });
    expect_whole(history, [](Database& database) {
        return as_text(load_rows(database, "handheld", {0, all}));
    });
    expect_whole(history, [](Database& database) {
        return as_text(load_table_rows(database, "till", {"batches", "", all}));
    });
    expect_whole(history, [](Database& database) {
        return as_text(load_hash(database, {"till-1", {1, 2}}));
    });
}

// SAFE-6: where blocks cannot be read nothing is sold.
TEST(FailingDisk, SellsNothingThatIsRecalled) {
    expect_whole(till_history(), [](Database& database) -> Result<std::string> {
        auto verdict =
            ShopReader(database, ShopReader::Side::terminal)
                .judge({.item = "milk", .evidence = {.identity = {.lot = "L1"}}, .now = noon()});
        if (!verdict) return tl::unexpected(verdict.error());
        EXPECT_EQ(verdict->kind, domain::VerdictKind::block);
        return std::string(domain::to_text(verdict->kind));
    });
}

}  // namespace
}  // namespace fangxin::sync::sim
