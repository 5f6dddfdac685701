// One history on SQLite and on PostgreSQL: equal answers, equal frames to terminals, equal tables,
// row for row and version for version (sync.md, proof 6).
#include "sync/server/feed.hpp"
#include "sync/server/figures.hpp"
#include "sync/server/importer.hpp"
#include "sync/table_sum.hpp"
#include "tests/support/either_engine.hpp"
#include "tests/support/shop_history.hpp"
#include "tests/support/sync_shop.hpp"
#include "tests/support/written_file.hpp"

namespace fangxin::sync::testing {
namespace {

std::string text_of(const Changed& changed) {
    return fmt::format(" ver {} tills {} others {}", changed.newest_ver,
                       static_cast<int>(changed.tills), static_cast<int>(changed.others));
}

/// A book on one engine, and what it answers to each step.
class Book {
  public:
    explicit Book(Engine engine) : place_(engine), store_(place_.open()) {
        set_meta(store_.db, "server_epoch", "77");  // a random one
        store_.put(domain::Person{.number = "1001", .name = "林小雨"});
        store_.put(domain::Supplier{.code = "S1", .name = "晨牧"});
    }

    std::string take(const HistoryStep& step) {
        return std::visit([&](const auto& each) { return take(each); }, step);
    }
    std::string frames_after(std::int64_t ver);
    std::string tables();
    Store& store() { return store_; }

  private:
    std::string take(const SendFrame& sent) {
        auto done = ingest(store_.db, sent.ingest, sent.role, 5);
        if (!done) return "failed " + done.error().code;
        const ServerPeer::Ingested& answer = done->answer;
        return fmt::format("ack {} ver {} gap {} {} {}", answer.ack.seq, answer.ack.ver, answer.gap,
                           answer.refused, answer.detail) +
               text_of(done->changed);
    }
    std::string take(const SayHello& said) {
        auto greeting = greet(store_.db, said.hello, 6);
        if (!greeting) return "failed " + greeting.error().code;
        return json::serialize(to_json(greeting->welcome)) + text_of(greeting->changed) +
               (greeting->refused ? greeting->refused->code : "");
    }
    std::string take(const ClaimBasket& asked) {
        auto done = claim_hold(store_.db, asked.claim);
        if (!done) return "failed " + done.error().code;
        return done->answer.code + done->answer.body + text_of(done->changed);
    }
    std::string take(const ActAtServer& act) {
        Result<Changed> changed;
        auto done = store_.db.transaction([&]() -> Result<void> {
            changed = append_server_op(store_.db, act.draft);
            return {};
        });
        return done ? text_of(*changed) : "failed " + done.error().code;
    }
    std::string take(const TakeFolder& files) {
        const std::filesystem::path folder = folder_ / "import";
        std::filesystem::create_directories(folder);
        tests::write_file(folder / "items.csv", files.items_csv);
        tests::write_file(folder / "batches.csv", files.batches_csv);
        auto report = import_folder(store_.db, folder, {.now = noon()});
        if (!report) return "failed " + report.error().code;
        std::string told =
            fmt::format("received {} ver {}", report->batches_received, report->newest_ver);
        for (const std::string& problem : report->problems)
            told += " | " + problem;
        return told;
    }
    std::string take(const DeleteHold&) {
        Changed changed;
        auto done = store_.db.transaction([&]() -> Result<void> {
            ServerRows rows(store_.db);
            auto oldest = select_rows<Hold>(store_.db, "ORDER BY id LIMIT 1");
            if (!oldest.empty()) rows.remove<Hold>(oldest[0].id, 7);
            changed = rows.finish();
            return {};
        });
        return code_of(done) + text_of(changed);
    }
    std::string take(const PrepareAgain&) { return code_of(prepare_book(store_.db)); }

    template <Declared R>
    std::string table() {
        return rows(fmt::format("SELECT {},extra,ver FROM {} ORDER BY ver", column_list<R>(),
                                Declaration<R>::name),
                    static_cast<int>(field_count<R>) + 2);
    }
    std::string rows(const std::string& sql, int columns);

    tests::EitherDatabase place_;
    tests::TempDir folder_;
    Store store_;
};

std::string Book::rows(const std::string& sql, int columns) {
    std::string all = sql + "\n";
    Query query = store_.db.query(sql);
    while (query.step()) {
        for (int column = 0; column < columns; ++column)
            all += query.is_null(column) ? "null|" : query.text(column) + "|";
        all += '\n';
    }
    FANGXIN_CHECK(!store_.db.take_error());
    return all;
}

std::string Book::tables() {
    std::string all = table<domain::Block>();
    for_each_row_type([&]<class R>() { all += table<R>(); });
    struct Table {
        const char* name;
        const char* columns;
        const char* order;
        int count;
    };
    for (const Table& each :
         {Table{"ops", "terminal,epoch,seq,kind,at,person,body,hash,status,why",
                "terminal,epoch,seq", 10},
          Table{"terminal_logs", "terminal,epoch,last_seq,head", "terminal,epoch", 4},
          Table{"known_terminals", "terminal,role,app,last_seen_ms,conflict,opened_epoch,repairs",
                "terminal", 7},
          Table{"tombstones", "ver,tbl,key,at_ms", "ver", 4},
          Table{"branches", "from_ver", "from_ver", 1},
          Table{"sales",
                "terminal,epoch,seq,receipt,at_ms,person,total_fen,rounding_fen,paid_fen,"
                "change_fen,block_cursor",
                "terminal,epoch,seq", 11},
          Table{"sale_lines",
                "terminal,epoch,seq,place,line,item,batch,batch_basis,lot,quantity,net_mg,"
                "amount_fen,production,expiry",
                "terminal,epoch,seq,place", 14},
          Table{"block_versions", "block,ver", "block", 2},
          Table{"block_acks", "terminal,block_cursor,at_ms", "terminal,block_cursor", 3},
          Table{"meta", "key,value", "key", 2}}) {
        all +=
            rows(fmt::format("SELECT {} FROM {} ORDER BY {}", each.columns, each.name, each.order),
                 each.count);
    }
    for (const char* name : {"blocks", "items", "supplier_papers", "holds"}) {
        auto part = load_table_rows(store_.db, "handheld", {name, "", newest_ver(store_.db)});
        all += part ? write_message(*part) : part.error().detail;
    }
    return all + write_message(Checkpoint{1, sum_tables(store_.db, "handheld", schema_version)});
}

std::string Book::frames_after(std::int64_t ver) {
    auto blocks = load_blocks(store_.db, ver);
    if (!blocks) return blocks.error().detail;
    blocks->branch.clear();  // a random one
    std::string all = write_message(*blocks);
    for (const char* role : {"till", "handheld"}) {
        auto frame = load_rows(store_.db, role, {ver, newest_ver(store_.db)});
        if (frame) frame->branch.clear();
        all += "\n" + (frame ? write_message(*frame) : frame.error().detail);
    }
    auto figures = load_figures(store_.db, {.id = 1, .block = "R-1"}, noon().utc_ms);
    return all + "\n" + (figures ? write_message(*figures) : figures.error().detail);
}

struct SameOnBoth : ::testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, SameOnBoth, ::testing::Range(1U, 13U));

// SYNC-1, SYNC-4
TEST_P(SameOnBoth, AHistoryLeavesTheSameBook) {
    Book sqlite(Engine::sqlite);
    Book postgres(Engine::postgres);
    ShopHistory history(GetParam());
    for (int n = 0; n < 120; ++n) {
        const HistoryStep step = history.next();
        const std::string answer = sqlite.take(step);
        ASSERT_EQ(answer, postgres.take(step)) << "step " << n;
        ASSERT_EQ(answer.find("failed"), answer.npos) << answer;
        if (const auto* sent = std::get_if<SendFrame>(&step)) {
            const Hello hello{.terminal = sent->ingest.terminal, .role = sent->role};
            const Greeting greeting = *greet(sqlite.store().db, hello, 6);
            (void)greet(postgres.store().db, hello, 6);
            const auto& logs = greeting.welcome.logs;
            history.heard(hello.terminal, logs.empty() ? 0 : logs.back().last_seq);
        }
        if (n % 10 == 0) {
            const std::int64_t from = newest_ver(sqlite.store().db) * (n % 7) / 7;
            ASSERT_EQ(sqlite.frames_after(from), postgres.frames_after(from)) << "step " << n;
        }
    }
    const std::string tables = sqlite.tables();
    ASSERT_EQ(tables, postgres.tables());
    // A history in which nothing happened would prove nothing.
    for (const char* holds : {"|applied|", "|rejected|bad_json", "|rejected|cannot_store",
                              "|pending|unknown_kind", "|quarantine|", "|recall|"})
        EXPECT_NE(tables.find(holds), tables.npos) << holds;
}

}  // namespace
}  // namespace fangxin::sync::testing
