// What an op costs in a book of ten thousand ops and in one of millions: it is to cost the same.
#include "sync/server/feed.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store/store_thread.hpp"
#include "tests/bench/outage_sales.hpp"
#include "tests/bench/shop_processes.hpp"

#include <fmt/format.h>

namespace fangxin::bench {

namespace {

constexpr std::int64_t items = 100;
constexpr std::int64_t tills = 50;
constexpr std::int64_t ops_in_frame = 1000;
constexpr int frames_measured = 10;  // the last before each size
constexpr int singles = 200;

/// A till's log as the book gets it; bodies are written as a till writes them.
class Log {
  public:
    explicit Log(std::int64_t number) : terminal_(fmt::format("till-{}", number)) {}

    sync::ServerPeer::Ingest frame(std::int64_t count, std::int64_t from,
                                   const std::vector<domain::Batch>& batches) {
        sync::OpsFrame frame{.epoch = 1, .first = last_ + 1};
        for (std::int64_t n = from; n < from + count; ++n) {
            sync::Sale sale = made_up_sale(n, batches);
            sale.lines.resize(1);
            sale.total_fen = sale.paid_fen = sale.lines[0].amount_fen;
            sale.tenders = {{"cash", sale.paid_fen}};
            const sync::Envelope envelope{.terminal = terminal_,
                                          .epoch = 1,
                                          .seq = ++last_,
                                          .kind = std::string(sync::Declaration<sync::Sale>::name),
                                          .at = *domain::parse_instant("2026-11-23T12:00:00+08:00"),
                                          .person = "1001"};
            frame.bodies.push_back(sync::write_envelope(envelope, sync::json_text(sale)));
            head_ = sync::chain(head_, frame.bodies.back());
        }
        frame.head = sync::to_hex(head_);
        return {terminal_, std::move(frame)};
    }

  private:
    std::string terminal_;
    std::int64_t last_ = 0;
    sync::Hash head_{};
};

/// The same bodies into a bare table that grows as the book does.
class BareLog {
  public:
    explicit BareLog(const std::filesystem::path& file)
        : database_(file, RawDatabase::Access::writer),
          insert_(
              (database_.execute("CREATE TABLE ops (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)"),
               database_.prepare("INSERT INTO ops (body) VALUES (?)"))) {}

    double add_ms(const std::vector<std::string>& bodies) {
        return ms_of([&] {
            database_.execute("BEGIN IMMEDIATE");
            for (const std::string& body : bodies) {
                insert_.bind(1, body).step();
                insert_.reset();
            }
            database_.execute("COMMIT");
            if (++commits_ % 50 == 0) database_.execute("PRAGMA wal_checkpoint(PASSIVE)");
        });
    }

  private:
    RawDatabase database_;
    RawStatement insert_;
    std::int64_t commits_ = 0;
};

template <class T>
T must(Result<T> result) {
    if (!result) throw Failed("the book: " + result.error().code + " " + result.error().detail);
    return std::move(*result);
}

class Curve {
  public:
    Curve(Run& run, const std::filesystem::path& folder, const sync::BookPlace& place)
        : run_(run), bare_(folder / "floor.db") {
        auto held = must(sync::hold_whole_book(place));
        batches_ =
            made_up_batches(sync::ShopReader(held.writer, sync::ShopReader::Side::server), items);
        reader_.emplace(must(sync::open_book_reader(place)));
        lock_ = std::move(held.lock);
        store_ = std::make_unique<sync::StoreThread>(std::move(held.writer),
                                                     sync::server_pages_per_checkpoint);
        for (std::int64_t n = 1; n <= tills; ++n)
            logs_.emplace_back(n);
    }

    void measure_at(std::int64_t size) {
        constexpr std::int64_t measured = frames_measured * ops_in_frame;
        while (count_ < size - measured)
            (void)take(ops_in_frame);
        Samples took;
        Samples floor;
        for (int i = 0; i < frames_measured; ++i) {
            const Taken taken = take(ops_in_frame);
            took.add(taken.ms * 1000 / ops_in_frame);
            floor.add(taken.bare_ms * 1000 / ops_in_frame);
        }
        const std::string at = size >= 1'000'000 ? fmt::format("{}m", size / 1'000'000)
                                                 : fmt::format("{}k", size / 1000);
        report(
            "curve_op_" + at, "us", took, floor,
            fmt::format("of a sale of one line in frames of {}, with its effects, into a book of "
                        "{} ops of {} tills; with the checkpoints; floor: the same bodies into a "
                        "bare table as long",
                        ops_in_frame, size, tills));
        measure_single(at, size);
        measure_change(at, size);
    }

  private:
    struct Taken {
        double ms = 0;
        double bare_ms = 0;
    };
    Taken take(std::int64_t count) {
        Log& log = logs_[static_cast<std::size_t>(frames_++ % tills)];
        const auto request = log.frame(count, count_, batches_);
        count_ += count;
        Taken taken;
        taken.ms = ms_of([&] {
            store_->run(sync::Priority::acknowledgement, [&](sync::Database& database) {
                const auto done = must(sync::ingest(database, request, "till", 1));
                if (done.taken != count) throw Failed("the book did not take all");
            });
        });
        taken.bare_ms = bare_.add_ms(request.frame.bodies);
        return taken;
    }

    void measure_single(const std::string& at, std::int64_t size) {
        Samples took;
        Samples floor;
        for (int i = 0; i < singles; ++i) {
            const Taken taken = take(1);
            took.add(taken.ms);
            floor.add(taken.bare_ms);
        }
        report("curve_sale_" + at, "ms", took, floor,
               fmt::format("one such sale by itself, until it is durable, at {} ops; floor: its "
                           "body into the bare table",
                           size));
    }

    /// What a terminal's being told of one changed row costs the server.
    void measure_change(const std::string& at, std::int64_t size) {
        Samples took;
        for (int i = 0; i < singles; ++i) {
            std::int64_t before = sync::newest_ver(*reader_);
            store_->run(sync::Priority::bulk, [&](sync::Database& database) {
                auto done = database.transaction([&]() -> Result<void> {
                    sync::ServerRows rows(database);
                    rows.put_any(sync::Setting{"bench", std::to_string(i)});
                    rows.finish();
                    return {};
                });
                if (!done) throw Failed("the book: " + done.error().detail);
            });
            took.add(ms_of([&] {
                const auto blocks = must(sync::load_blocks(*reader_, before));
                (void)must(sync::load_rows(*reader_, "till", {before, blocks.to}));
            }));
        }
        report(
            "curve_told_" + at, "ms", took, {},
            fmt::format("reading a changed row for a till, and that there is no new block, at {} "
                        "ops",
                        size));
    }

    void report(const std::string& name, const std::string& unit, const Samples& took,
                const Samples& floor, const std::string& conditions) {
        Figure figure = figure_of_times(name, took, floor.count() > 0 ? &floor : nullptr);
        figure.unit = unit;
        figure.conditions = conditions + run_.quick_note();
        run_.report(figure);
    }

    Run& run_;
    BareLog bare_;
    std::vector<domain::Batch> batches_;
    std::optional<sync::Database> reader_;
    std::optional<sync::FileLock> lock_;
    std::unique_ptr<sync::StoreThread> store_;
    std::vector<Log> logs_;
    std::int64_t count_ = 0;
    std::int64_t frames_ = 0;
};

}  // namespace

void bench_curve(Run& run) {
    const std::filesystem::path folder = run.fresh_folder("curve");
    const std::int64_t most =
        run.quick ? std::min<std::int64_t>(run.curve_ops, 100'000) : run.curve_ops;
    ShopProcesses shop(run, folder, items);
    Curve curve(run, folder, shop.book());
    for (std::int64_t size = 10'000; size <= most; size *= 10)
        curve.measure_at(size);
}

}  // namespace fangxin::bench
