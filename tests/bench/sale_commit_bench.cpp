// A payment of ten lines until it is durable: judged again, op, receipt and print job in one
// transaction.
#include "tests/bench/bench.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/raw_sqlite.hpp"

#include <fmt/format.h>

namespace fangxin::bench {

namespace {

constexpr int lines = 10;
constexpr std::int64_t shop_items = 10'000;
constexpr std::int64_t plenty_fen = 100'000;
constexpr int receipt_columns = 48;
constexpr std::int64_t floor_checkpoint_every = 500;

/// A basket of ten different items; then one payment, timed.
double sell(OpenTill& till, std::int64_t sale) {
    for (std::int64_t line = 0; line < lines; ++line) {
        std::int64_t n = (sale * 97 + line * 13) % shop_items;
        till.checkout().scan(ean13_of(is_recalled(n) ? n + 1 : n));
    }
    till.settle();
    if (till.checkout().basket().lines.size() != lines) throw Failed("the basket is not whole");
    terminal::Outcome outcome;
    double ms = ms_of([&] { outcome = till.checkout().pay_cash(plenty_fen); });
    if (!outcome.error.empty()) throw Failed("payment refused: " + outcome.error);
    return ms;
}

/// What the last sale wrote: op with its hash, receipt, print job.
std::size_t bytes_of_last_sale(const std::filesystem::path& file) {
    RawDatabase database(file, RawDatabase::Access::reader);
    std::size_t bytes = 0;
    for (const char* sql :
         {"SELECT body, hash FROM ops WHERE kind = 'sale' ORDER BY epoch DESC, seq DESC LIMIT 1",
          "SELECT number, epoch, seq, head FROM receipts ORDER BY number DESC LIMIT 1",
          "SELECT name, receipt, copy, bytes FROM print_jobs ORDER BY id DESC LIMIT 1"}) {
        RawStatement row = database.prepare(sql);
        if (!row.step()) throw Failed("no sale was stored");
        bytes += row.read_row();
    }
    return bytes;
}

/// One row of so many bytes in one FULL transaction.
class BareCommit {
  public:
    BareCommit(const std::filesystem::path& file, std::size_t bytes)
        : database_(file, RawDatabase::Access::writer), body_(bytes, 'x') {
        database_.execute("CREATE TABLE sales (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
        insert_.emplace(database_.prepare("INSERT INTO sales (body) VALUES (?)"));
    }
    double commit() {
        double ms = ms_of([&] {
            database_.execute("BEGIN IMMEDIATE");
            insert_->bind(1, body_).step();
            insert_->reset();
            database_.execute("COMMIT");
        });
        if (++count_ % floor_checkpoint_every == 0) database_.execute("PRAGMA wal_checkpoint");
        return ms;
    }

  private:
    RawDatabase database_;
    std::string body_;
    std::optional<RawStatement> insert_;
    std::int64_t count_ = 0;
};

}  // namespace

void bench_sale_commit(Run& run) {
    std::filesystem::path folder = filled_shop(run, shop_items);
    OpenTill till(folder, receipt_columns);
    int warm_up = 20;
    int rounds = run.quick ? 200 : 1'000;
    for (int i = 0; i < warm_up; ++i)
        sell(till, i);
    std::size_t bytes = bytes_of_last_sale(folder / "terminal.db");
    BareCommit bare(run.fresh_folder("sale-floor") / "floor.db", bytes);
    Samples took;
    Samples floor;
    for (int i = 0; i < rounds; ++i) {  // in turn: the disk's moods reach both
        took.add(sell(till, warm_up + i));
        floor.add(bare.commit());
    }
    Figure figure = figure_of_times("sale_commit", took, &floor);
    figure.target = Target{.of = Target::Of::ratio, .limit = 2};
    figure.conditions = fmt::format(
        "{} lines, {} bytes of op, receipt and print job, {} items; floor: one row of as many "
        "bytes, WAL FULL (p99 {:.3g} ms){}",
        lines, bytes, shop_items, floor.percentile(99), run.quick_note());
    run.report(figure);
}

}  // namespace fangxin::bench
