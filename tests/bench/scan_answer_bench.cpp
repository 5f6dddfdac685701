// From a scan to its answer in a large shop, through the checkout's own path, with nothing but its
// database under it.
#include "tests/bench/bench.hpp"
#include "tests/bench/disk.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/raw_sqlite.hpp"

#include <fmt/format.h>
#include <random>

namespace fangxin::bench {

namespace {

/// Random items of the shop, the same ones in every run.
class Picks {
  public:
    Picks(std::int64_t items, std::uint64_t seed) : of_(0, items - 1), random_(seed) {}
    std::int64_t sold() {
        std::int64_t n = of_(random_);
        return is_recalled(n) ? n + 1 : n;
    }
    std::int64_t recalled() {
        std::int64_t n = of_(random_);
        return n - n % 1000 + 7;
    }

  private:
    std::uniform_int_distribution<std::int64_t> of_;
    std::mt19937_64 random_;
};

/// The lookups that no scan can do without, bare: its code, its item, its batches.
class BareLookups {
  public:
    explicit BareLookups(const std::filesystem::path& file)
        : database_(file, RawDatabase::Access::reader),
          barcode_(database_.prepare("SELECT * FROM barcodes WHERE barcode = ?")),
          item_(database_.prepare("SELECT * FROM items WHERE code = ?")),
          batches_(database_.prepare("SELECT * FROM batches WHERE item = ?")) {}

    void look_up(const std::string& gtin) {
        barcode_.bind(1, gtin);
        if (!barcode_.step()) throw Failed("the filled shop lacks " + gtin);
        std::string code = barcode_.text(1);
        read_all(item_.bind(1, code));
        read_all(batches_.bind(1, code));
        barcode_.reset();
    }

  private:
    static void read_all(RawStatement& statement) {
        while (statement.step())
            statement.read_row();
        statement.reset();
    }

    RawDatabase database_;
    RawStatement barcode_;
    RawStatement item_;
    RawStatement batches_;
};

/// One scan that becomes a line; the line is taken out again, so that the basket stays small.
double scan_and_void(OpenTill& till, const std::string& code) {
    terminal::Outcome outcome;
    double ms = ms_of([&] { outcome = till.checkout().scan(code); });
    if (!outcome.line) throw Failed("scan " + code + " became no line: " + outcome.error);
    till.checkout().void_line(*outcome.line);
    till.settle();
    return ms;
}

std::string code_of(std::int64_t n, int round) {
    return round % 2 == 0 ? ean13_of(n) : data_matrix_of(n);
}

void allowed_scans(Run& run, OpenTill& till, BareLookups& bare, std::int64_t items) {
    Picks picks(items, 1);
    Picks bare_picks(items, 2);
    Samples took;
    Samples floor;
    int rounds = run.quick ? 4'000 : 20'000;
    for (int i = 0; i < rounds; ++i) {
        took.add(scan_and_void(till, code_of(picks.sold(), i)));
        std::string gtin = gtin_of(bare_picks.sold());
        floor.add(ms_of([&] { bare.look_up(gtin); }));
    }
    Figure figure = figure_of_times("scan_answer", took, &floor);
    figure.target = Target{.limit = 1};
    figure.conditions = fmt::format(
        "{} codes, {} batches, random, EAN-13 and DataMatrix in turn, page cache warm{}", items,
        items * batches_per_item, run.quick_note());
    run.report(figure);
}

/// A refusal is journalled before it is shown: one durable transaction is in it.
void refused_scans(Run& run, OpenTill& till, BareLookups& bare, std::int64_t items) {
    Picks picks(items, 3);
    SyncedFile file(run.data / "refused.probe");
    Samples took;
    Samples floor;
    int rounds = run.quick ? 200 : 1'000;
    for (int i = 0; i < rounds; ++i) {
        std::int64_t n = picks.recalled();
        std::string code = code_of(n, i);
        terminal::Outcome outcome;
        took.add(ms_of([&] { outcome = till.checkout().scan(code); }));
        if (!outcome.verdict || outcome.verdict->kind != domain::VerdictKind::block) {
            throw Failed("a recalled pack was not refused: " + code);
        }
        till.checkout().acknowledge();
        std::string gtin = gtin_of(picks.recalled());
        floor.add(ms_of([&] {
            bare.look_up(gtin);
            file.append_page();
        }));
    }
    Figure figure = figure_of_times("scan_refused", took, &floor);
    figure.conditions = fmt::format(
        "recalled goods in the same shop, until the attempt is durable; floor: lookups and one "
        "fdatasync{}",
        run.quick_note());
    run.report(figure);
}

/// The first scans after the machine was started: every page comes from the disk.
void cold_scans(Run& run, const std::filesystem::path& folder, std::int64_t items) {
    std::filesystem::path file = folder / "terminal.db";
    int rounds = run.quick ? 50 : 200;
    Samples took;
    Samples floor;
    {
        OpenTill till(folder);
        Picks picks(items, 4);
        till.settle();
        drop_from_page_cache(file);
        for (int i = 0; i < rounds; ++i)
            took.add(scan_and_void(till, code_of(picks.sold(), i)));
    }
    BareLookups bare(file);
    Picks picks(items, 5);
    drop_from_page_cache(file);
    for (int i = 0; i < rounds; ++i) {
        std::string gtin = gtin_of(picks.sold());
        floor.add(ms_of([&] { bare.look_up(gtin); }));
    }
    Figure figure = figure_of_times("scan_answer_cold", took, &floor);
    figure.conditions =
        fmt::format("the same, page cache dropped before the first scan{}", run.quick_note());
    run.report(figure);
}

}  // namespace

void bench_scan_answer(Run& run) {
    std::int64_t items = run.quick ? 100'000 : 1'000'000;
    std::filesystem::path folder = filled_shop(run, items);
    warm_page_cache(folder / "terminal.db");
    {
        OpenTill till(folder);
        BareLookups bare(folder / "terminal.db");
        allowed_scans(run, till, bare, items);
        refused_scans(run, till, bare, items);
    }
    cold_scans(run, folder, items);
}

}  // namespace fangxin::bench
