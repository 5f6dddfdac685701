#include "tests/bench/filled_shop.hpp"

#include "domain/code.hpp"
#include "sync/effects.hpp"
#include "sync/pin.hpp"
#include "sync/store/row_table.hpp"
#include "sync/terminal_journal.hpp"

#include <chrono>
#include <fmt/format.h>
#include <fstream>

namespace fangxin::bench {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t items_per_transaction = 20'000;
constexpr std::int64_t categories = 20;
// Dates that stay good for years: the folder is used again on other days.
constexpr domain::Date produced = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);
constexpr domain::Date expires = std::chrono::sys_days(std::chrono::year(2046) / 1 / 5);

std::string lot_of(std::int64_t n, std::int64_t batch) { return fmt::format("L{}{}", n, batch); }

domain::Item item_of(std::int64_t n) {
    return {.code = item_code_of(n),
            .name_zh = fmt::format("青禾原味饼干 {}", n),
            .name_en = fmt::format("Qinghe biscuits, plain, {}", n),
            .category = fmt::format("{:02}", n % categories),
            .price_fen = 290 + n * 37 % 4700,
            .vat_permille = 130,
            .supplier = fmt::format("S{:02}", n % 40),
            .aisle = fmt::format("Z{:02}", n % 40)};
}

domain::Batch batch_of(std::int64_t n, std::int64_t which) {
    domain::PackIdentity identity{lot_of(n, which),
                                  domain::DayMinute{produced + std::chrono::days(which), {}},
                                  domain::DayMinute{expires + std::chrono::days(which), {}}};
    return {.id = sync::batch_id(item_code_of(n), identity, ""),
            .item = item_code_of(n),
            .lot = identity.lot,
            .production = identity.production,
            .expiry = identity.expiry,
            .received = produced + std::chrono::days(which + 10),
            .supplier = fmt::format("S{:02}", n % 40),
            .decision = domain::Decision::released};
}

void put_base(sync::Database& database, std::int64_t& ver) {
    sync::put_row(database, sync::Setting{"shop_name", "放心超市"}, ++ver);
    sync::put_row(database,
                  domain::Person{.number = filled_cashier,
                                 .name = "林小雨",
                                 .pin_verifier = sync::make_verifier(filled_pin)},
                  ++ver);
    sync::put_row(database,
                  domain::Category{.code = "fruit", .name_zh = "水果", .name_en = "Fruit"}, ++ver);
    sync::put_row(database,
                  domain::Item{.code = "fruit-1",
                               .name_zh = "香蕉",
                               .name_en = "Bananas",
                               .category = "fruit",
                               .unit = domain::Unit::kg,
                               .price_fen = 698,
                               .vat_permille = 90},
                  ++ver);
    sync::put_row(database, domain::Barcode{weighed_plu, "fruit-1", 1}, ++ver);
    sync::put_row(database,
                  domain::Instrument{.kind = "checkout_scale",
                                     .model = "HC15",
                                     .serial = "HC15-0001",
                                     .accuracy_class = "III",
                                     .max_mg = 15'000'000,
                                     .min_mg = 100'000,
                                     .e_mg = 5'000,
                                     .certificate = "LC20260001",
                                     .verified = produced,
                                     .until = expires},
                  ++ver);
    for (std::int64_t c = 0; c < categories; ++c) {
        sync::put_row(database,
                      domain::Category{.code = fmt::format("{:02}", c),
                                       .name_zh = "试验商品",
                                       .name_en = "Made-up goods",
                                       .batch_control = domain::BatchControl::lot},
                      ++ver);
    }
}

void put_item(sync::Database& database, std::int64_t n, std::int64_t& ver) {
    sync::put_row(database, item_of(n), ++ver);
    sync::put_row(database, domain::Barcode{gtin_of(n), item_code_of(n), 1}, ++ver);
    for (std::int64_t which = 0; which < batches_per_item; ++which) {
        sync::put_row(database, batch_of(n, which), ++ver);
    }
    if (!is_recalled(n)) return;
    sync::put_row(database,
                  domain::Block{.id = fmt::format("R-{}", n),
                                .item = item_code_of(n),
                                .level = domain::RecallLevel::I,
                                .reason = "异物"},
                  ++ver);
}

void fill(const fs::path& directory, std::int64_t items) {
    auto journal = sync::open_journal(directory, {"till-1", "till"});
    if (!journal) throw Failed("cannot fill: " + journal.error().detail);
    sync::Database& database = journal->writer;
    std::int64_t ver = 0;
    for (std::int64_t first = 0; first < items; first += items_per_transaction) {
        auto done = database.transaction([&]() -> Result<void> {
            if (first == 0) put_base(database, ver);
            std::int64_t end = std::min(items, first + items_per_transaction);
            for (std::int64_t n = first; n < end; ++n)
                put_item(database, n, ver);
            return {};
        });
        if (!done) throw Failed("cannot fill: " + done.error().detail);
        database.checkpoint();
    }
    sync::mark_clean(database);
    database.checkpoint();
}

}  // namespace

std::string item_code_of(std::int64_t n) { return fmt::format("{:07}", n); }

std::string ean13_of(std::int64_t n) {
    std::string digits = fmt::format("69{:010}", n);
    digits.push_back(*domain::gs1_check_digit(digits));
    return digits;
}

std::string gtin_of(std::int64_t n) { return "0" + ean13_of(n); }

std::string data_matrix_of(std::int64_t n) {
    std::int64_t which = n % batches_per_item;
    return fmt::format("]d201{}11260{:03}174601{:02}10{}", gtin_of(n), 105 + which, 5 + which,
                       lot_of(n, which));
}

bool is_recalled(std::int64_t n) { return n % 1000 == 7; }

fs::path filled_shop(const Run& run, std::int64_t items) {
    fs::path folder = run.data / fmt::format("filled-{}", items);
    fs::path marker = folder / "filled";
    // Raise the number when what is filled in changes.
    std::string want = fmt::format("form 2, schema {}, {} items", sync::schema_version, items);
    std::string have;
    std::getline(std::ifstream(marker), have);
    if (have == want) return folder;
    say(fmt::format("filling {} with {} items, once", folder.string(), items));
    run.fresh_folder(folder.filename().string());
    double ms = ms_of([&] { fill(folder, items); });
    std::ofstream(marker) << want << '\n';
    say(fmt::format("filled in {:.1f} s", ms / 1000));
    return folder;
}

OpenTill::OpenTill(const fs::path& directory, int receipt_columns) {
    auto station =
        terminal::Station::open({.directory = directory, .terminal = "till-1", .role = "till"});
    if (!station) throw Failed("cannot open: " + station.error().code, 4);
    station_ = std::move(*station);
    // The folder may be days old: the till asks about the jump, and we say that the clock is right.
    (void)station_->answer_clock(domain::ClockAnswer::clock_is_right, filled_cashier);
    if (auto done = station_->login(filled_cashier, filled_pin); !done) {
        throw Failed("cannot log in: " + done.error().code);
    }
    checkout_ = std::make_unique<terminal::Checkout>(*station_,
                                                     terminal::Paper{.columns = receipt_columns});
}

void OpenTill::settle() {
    station_->store().run(sync::Priority::checkpoint, [](sync::Database&) {});
}

}  // namespace fangxin::bench
