// `export`: in pages, so that neither a long export nor a slow reader of it stops the shop. The
// program asks for the next page after the last row's terminal, epoch and seq.
#include "sync/hex.hpp"
#include "sync/server/command_context.hpp"

namespace fangxin::sync {

namespace {

struct Page {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::int64_t limit = 0;
};

Result<Page> read_page(const CommandContext& context) {
    auto terminal = argument<std::string>(context, "after_terminal");
    auto epoch = argument<std::int64_t>(context, "after_epoch");
    auto seq = argument<std::int64_t>(context, "after_seq");
    auto limit = argument<std::int64_t>(context, "limit", json_integer_limit);
    if (!terminal) return tl::unexpected(terminal.error());
    if (!epoch) return tl::unexpected(epoch.error());
    if (!seq) return tl::unexpected(seq.error());
    if (!limit) return tl::unexpected(limit.error());
    return Page{*terminal, *epoch, *seq, *limit};
}

Query page_query(Database& database, std::string_view sql, const Page& page) {
    Query query = database.query(sql);
    query.bind(page.terminal).bind(page.epoch).bind(page.seq).bind(page.limit);
    return query;
}

void export_ops(const CommandContext& context, const Page& page) {
    Query query = page_query(context.database,
                             "SELECT terminal, epoch, seq, kind, at, person, body, hash FROM ops "
                             "WHERE (terminal, epoch, seq) > ($1, $2, $3) "
                             "ORDER BY terminal, epoch, seq LIMIT $4",
                             page);
    while (query.step()) {
        context.output({{"terminal", query.text(0)},
                        {"epoch", query.int64(1)},
                        {"seq", query.int64(2)},
                        {"kind", query.text(3)},
                        {"at", query.text(4)},
                        {"person", query.text(5)},
                        {"body", query.text(6)},
                        {"hash", hex_of(query.text(7))}});
    }
}

json::array lines_of(Database& database, const Query& sale) {
    json::array lines;
    Query query = database.query(
        "SELECT line, item, batch, batch_basis, lot, quantity, net_mg, amount_fen FROM sale_lines "
        "WHERE terminal = $1 AND epoch = $2 AND seq = $3 ORDER BY place");
    query.bind(sale.text(0)).bind(sale.int64(1)).bind(sale.int64(2));
    while (query.step()) {
        lines.push_back({{"line", query.int64(0)},
                         {"item", query.text(1)},
                         {"batch", query.text(2)},
                         {"batch_basis", query.text(3)},
                         {"lot", query.text(4)},
                         {"quantity", query.int64(5)},
                         {"net_mg", query.int64(6)},
                         {"amount_fen", query.int64(7)}});
    }
    return lines;
}

json::array tenders_of(Database& database, const Query& sale) {
    json::array tenders;
    Query query = database.query(
        "SELECT kind, amount_fen, reference FROM sale_tenders WHERE terminal = $1 AND epoch = $2 "
        "AND seq = $3 ORDER BY place");
    query.bind(sale.text(0)).bind(sale.int64(1)).bind(sale.int64(2));
    while (query.step()) {
        tenders.push_back({{"kind", query.text(0)},
                           {"amount_fen", query.int64(1)},
                           {"reference", query.text(2)}});
    }
    return tenders;
}

void export_sales(const CommandContext& context, const Page& page) {
    Query query = page_query(
        context.database,
        "SELECT terminal, epoch, seq, receipt, at_ms, person, total_fen, rounding_fen, paid_fen, "
        "change_fen, block_cursor FROM sales WHERE (terminal, epoch, seq) > ($1, $2, $3) "
        "ORDER BY terminal, epoch, seq LIMIT $4",
        page);
    while (query.step()) {
        context.output({{"terminal", query.text(0)},
                        {"epoch", query.int64(1)},
                        {"seq", query.int64(2)},
                        {"receipt", query.text(3)},
                        {"at", domain::format_instant(context.zone.at(query.int64(4)))},
                        {"person", query.text(5)},
                        {"total_fen", query.int64(6)},
                        {"rounding_fen", query.int64(7)},
                        {"paid_fen", query.int64(8)},
                        {"change_fen", query.int64(9)},
                        {"block_cursor", query.int64(10)},
                        {"lines", lines_of(context.database, query)},
                        {"tenders", tenders_of(context.database, query)}});
    }
}

}  // namespace

Result<void> run_export(const CommandContext& context) {
    auto what = argument<std::string>(context, "what");
    if (!what) return tl::unexpected(what.error());
    auto page = read_page(context);
    if (!page) return tl::unexpected(page.error());
    if (*what != "ops" && *what != "sales") {
        return failure("bad_arguments", "export knows ops and sales");
    }
    auto done = context.database.reading<bool>([&] {
        if (*what == "ops") {
            export_ops(context, *page);
        } else {
            export_sales(context, *page);
        }
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return {};
}

}  // namespace fangxin::sync
