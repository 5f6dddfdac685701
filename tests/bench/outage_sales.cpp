#include "tests/bench/outage_sales.hpp"

#include "sync/ops.hpp"
#include "sync/terminal_journal.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/raw_sqlite.hpp"

#include <fmt/format.h>

namespace fangxin::bench {

sync::Sale made_up_sale(std::int64_t n, const std::vector<domain::Batch>& batches) {
    sync::Sale sale{.receipt = fmt::format("FX00199{:08}", n), .block_cursor = 1};
    for (std::int64_t line = 1; line <= lines_per_sale; ++line) {
        const domain::Batch& batch =
            batches[static_cast<std::size_t>(n * 7 + line * 31) % batches.size()];
        sale.lines.push_back({.line = line,
                              .code = "6900000000000",
                              .item = batch.item,
                              .name = "青禾原味饼干 " + batch.item,
                              .quantity = 1,
                              .unit_price_fen = 590,
                              .amount_fen = 590,
                              .vat_permille = 130,
                              .batch = batch.id,
                              .batch_basis = domain::BatchBasis::sole});
        sale.total_fen += 590;
    }
    sale.paid_fen = sale.total_fen;
    sale.tenders.push_back({"cash", sale.paid_fen});
    return sale;
}

std::vector<domain::Batch> made_up_batches(sync::ShopReader shop, std::int64_t items) {
    std::vector<domain::Batch> batches;
    for (std::int64_t n = 0; n < items; ++n) {
        for (auto& batch : shop.batches_of(std::to_string(900'000 + n)))
            batches.push_back(batch);
    }
    return batches;
}

Written write_sales(const std::filesystem::path& till, std::int64_t count) {
    auto journal = sync::open_journal(till, {"till-1", "till"});
    if (!journal) throw Failed("cannot open the till's journal: " + journal.error().code);
    sync::Database& database = journal->writer;
    const std::vector<domain::Batch> batches = made_up_batches(
        sync::ShopReader(database, sync::ShopReader::Side::terminal), made_up_items);
    auto now = *domain::parse_instant("2026-11-23T12:00:00+08:00");
    Written written{.first_seq = sync::next_op(database).last_seq};
    for (std::int64_t first = 0; first < count; first += sales_per_transaction) {
        auto done = database.transaction([&]() -> Result<void> {
            for (std::int64_t n = first; n < first + sales_per_transaction; ++n) {
                auto appended =
                    sync::append_op(database, sync::draft(made_up_sale(n, batches), now, "1001"));
                if (!appended) return tl::unexpected(appended.error());
                written.end = *appended;
            }
            return {};
        });
        if (!done) throw Failed("cannot write sales: " + done.error().detail);
    }
    sync::mark_clean(database);
    database.checkpoint();
    return written;
}

std::vector<std::string> bodies_of(const std::filesystem::path& till, const Written& written) {
    std::vector<std::string> bodies;
    RawDatabase source(till / "terminal.db", RawDatabase::Access::reader);
    RawStatement read =
        source.prepare("SELECT body FROM ops WHERE epoch = ? AND seq >= ? ORDER BY seq");
    read.bind(1, written.end.epoch).bind(2, written.first_seq);
    while (read.step())
        bodies.push_back(read.text(0));
    return bodies;
}

}  // namespace fangxin::bench
