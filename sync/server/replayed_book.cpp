#include "sync/server/replayed_book.hpp"

#include "sync/effects.hpp"
#include "sync/server/book.hpp"
#include "sync/server/import_settings.hpp"
#include "sync/server/sales_tables.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store/row_batch.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace fangxin::sync {

namespace {

template <class R>
constexpr bool is_reference =
    std::is_same_v<R, domain::Category> || std::is_same_v<R, domain::Item> ||
    std::is_same_v<R, domain::Barcode> || std::is_same_v<R, domain::Supplier> ||
    std::is_same_v<R, domain::SupplierPaper> || std::is_same_v<R, domain::Promotion> ||
    std::is_same_v<R, domain::Member> || std::is_same_v<R, Voucher> ||
    std::is_same_v<R, domain::Person>;

/// As they were before any op: nobody was locked, and a shop had the settings that all begin with.
template <Declared R>
void seed(Database& book, Database& into) {
    Query query = book.query(select_sql<R>(""));
    while (query.step()) {
        R row = read_row<R>(query);
        if constexpr (std::is_same_v<R, domain::Person>) row.locked = false;
        put_row(into, row, 0);
    }
}

void seed_settings(Database& into) {
    for (const auto& [key, value] : first_settings)
        put_row(into, Setting{std::string(key), std::string(value)}, 0);
}

struct SalesTable {
    std::string_view name;
    std::string_view key;
    std::vector<RowShape::Column> columns;
};

const SalesTable& sales_table(std::string_view name) {
    static const std::array tables{
        SalesTable{"sales", "terminal, epoch, seq", sale_columns()},
        SalesTable{"sale_lines", "terminal, epoch, seq, place", sale_line_columns()},
        SalesTable{"sale_tenders", "terminal, epoch, seq, place", sale_tender_columns()}};
    return *std::ranges::find(tables, name, &SalesTable::name);
}

std::string select_all(const SalesTable& table) {
    std::string columns;
    for (const auto& column : table.columns)
        columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column.name);
    return fmt::format("SELECT {} FROM {} ORDER BY {}", columns, table.name, table.key);
}

/// A row's values, the first three its sale's number.
struct SaleRow {
    std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t> key;
    std::vector<std::string> values;

    std::string name() const {
        return fmt::format("{}/{}/{}", std::get<0>(key), std::get<1>(key), std::get<2>(key));
    }
};

std::optional<SaleRow> read_sale(Query& query, const SalesTable& table) {
    if (!query.step()) return std::nullopt;
    SaleRow row;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        row.values.push_back(table.columns[i].kind == ColumnKind::integer
                                 ? std::to_string(query.int64(column))
                                 : query.text(column));
    }
    row.key = {query.text(0), query.int64(1), query.int64(2),
               table.name == "sales" ? 0 : query.int64(3)};
    return row;
}

void copy_sales(Database& from, Database& to, const SalesTable& table) {
    constexpr std::int64_t at_once = 1000;
    const RowShape shape(table.name, table.columns);
    RowBatch rows(to, shape);
    to.execute(fmt::format("DELETE FROM {}", table.name));
    Query query = from.query(select_all(table));
    for (std::int64_t count = 1; query.step(); ++count) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const int column = static_cast<int>(i);
            if (table.columns[i].kind == ColumnKind::integer) {
                rows.bind(query.int64(column));
            } else {
                rows.bind(query.text(column));
            }
        }
        rows.end_row();
        if (count % at_once == 0) rows.flush();
    }
    rows.flush();
}

}  // namespace

Result<ReplayedBook> ReplayedBook::begin(Database& book) {
    auto made = Database::open("", Database::Access::writer);  // in memory, and on disk beyond it
    if (!made) return tl::unexpected(made.error());
    ReplayedBook replayed(std::move(*made));
    Database& into = replayed.database_;
    if (auto prepared = prepare_book(into); !prepared) return tl::unexpected(prepared.error());
    Result<void> seeded;
    auto read = book.reading<std::string>([&] {
        seeded = into.transaction([&]() -> Result<void> {
            for_each_row_type([&]<class R>() {
                if constexpr (is_reference<R>) seed<R>(book, into);
            });
            seed_settings(into);
            return {};
        });
        return meta(book, "server_epoch");
    });
    if (!read) return tl::unexpected(read.error());
    if (!seeded) return tl::unexpected(seeded.error());
    auto done = into.transaction([&]() -> Result<void> {
        set_meta(into, "server_epoch", *read);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return replayed;
}

void ReplayedBook::apply_one(ServerRows& rows, const OrderedOp& op) {
    auto envelope = read_envelope(op.body);
    if (!envelope || !apply_effect(rows, *envelope)) return;
    if (const std::string awaited = rows.take_awaited(); !awaited.empty()) {
        waiting_[awaited].push_back(op);
        return;
    }
    const std::string arrived = rows.take_arrived();
    auto waited = waiting_.find(arrived);
    if (arrived.empty() || waited == waiting_.end()) return;
    std::vector<OrderedOp> now = std::move(waited->second);
    waiting_.erase(waited);
    std::ranges::sort(now, {}, [](const OrderedOp& each) {
        return std::tuple(each.terminal, each.number.epoch, each.number.last_seq);
    });
    for (const OrderedOp& each : now)
        apply_one(rows, each);
}

Result<void> ReplayedBook::apply(std::span<const OrderedOp> ops) {
    return database_.transaction([&]() -> Result<void> {
        ServerRows rows(database_);
        for (const OrderedOp& op : ops) {
            if (op.status != "rejected" && op.status != "known") apply_one(rows, op);
        }
        rows.finish();
        return {};
    });
}

Result<void> ReplayedBook::finish() {
    return database_.transaction([&]() -> Result<void> {
        database_.execute("DELETE FROM settings WHERE ver = 0");
        return {};
    });
}

std::vector<std::string> differing_sales(Database& book, Database& ops, std::string_view name) {
    const SalesTable& table = sales_table(name);
    std::vector<std::string> all;
    Query left = book.query(select_all(table));
    Query right = ops.query(select_all(table));
    auto note = [&](const SaleRow& row) {
        if (all.empty() || all.back() != row.name()) all.push_back(row.name());
    };
    auto ours = read_sale(left, table);
    auto theirs = read_sale(right, table);
    while (ours || theirs) {
        if (!theirs || (ours && ours->key < theirs->key)) {
            note(*ours);
            ours = read_sale(left, table);
        } else if (!ours || theirs->key < ours->key) {
            note(*theirs);
            theirs = read_sale(right, table);
        } else {
            if (ours->values != theirs->values) note(*ours);
            ours = read_sale(left, table);
            theirs = read_sale(right, table);
        }
    }
    return all;
}

Result<void> replace_sales(Database& book, Database& ops) {
    for (std::string_view name : sales_table_names)
        copy_sales(ops, book, sales_table(name));
    if (auto error = ops.take_error()) return tl::unexpected(*error);
    return {};
}

}  // namespace fangxin::sync
