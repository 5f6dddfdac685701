#include "sync/server/book_copy.hpp"

#include "sync/server/book.hpp"
#include "sync/server/log_check.hpp"
#include "sync/store/row_batch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t rows_at_once = 1000;

tl::unexpected<Error> cannot_write(const fs::path& path) {
    return failure("cannot_write", fmt::format("{}: {}", path.string(), std::strerror(errno)));
}

Result<void> sync_to_disk(const fs::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return cannot_write(path);
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced ? Result<void>() : cannot_write(path);
}

BookState read_state(Database& book) {
    BookState state{.ver = newest_ver(book)};
    Query query = book.query(
        "SELECT terminal, epoch, last_seq, head FROM terminal_logs ORDER BY terminal, epoch");
    while (query.step()) {
        state.logs.push_back(
            {query.text(0), query.int64(1), {query.int64(2), hash_of(query.text(3))}});
    }
    return state;
}

/// The columns of a table, as the file that holds or will hold them declares them.
struct Table {
    std::string name;
    std::vector<std::pair<std::string, ColumnKind>> columns;

    std::string column_list() const {
        std::string list;
        for (const auto& [column, kind] : columns)
            list += fmt::format("{}\"{}\"", list.empty() ? "" : ",", column);
        return list;
    }
    RowShape shape() const {
        std::vector<RowShape::Column> shaped;
        for (const auto& [column, kind] : columns)
            shaped.push_back({column, kind});
        return RowShape(name, shaped);
    }
};

ColumnKind kind_of(std::string_view table, std::string_view column, std::string_view type) {
    if (type == "INTEGER") return ColumnKind::integer;
    if (type == "BLOB") return ColumnKind::bytes;
    // The one that may be torn; SQLite's file does not tell them apart.
    return table == "ops" && column == "body" ? ColumnKind::raw_text : ColumnKind::text;
}

std::vector<Table> tables_of(Database& file) {
    std::vector<Table> tables;
    Query names = file.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY "
        "name");
    while (names.step())
        tables.push_back({names.text(0), {}});
    for (Table& table : tables) {
        Query columns = file.query("SELECT name, type FROM pragma_table_info($1) ORDER BY cid");
        for (columns.bind(table.name); columns.step();) {
            table.columns.emplace_back(columns.text(0),
                                       kind_of(table.name, columns.text(0), columns.text(1)));
        }
    }
    return tables;
}

void put_value(RowBatch& rows, const Query& from, int column, ColumnKind kind) {
    if (from.is_null(column)) {
        rows.bind_null();
    } else if (kind == ColumnKind::integer) {
        rows.bind(from.int64(column));
    } else if (kind == ColumnKind::bytes) {
        rows.bind_bytes(from.text(column));
    } else if (kind == ColumnKind::raw_text) {
        rows.bind_raw_text(from.text(column));
    } else {
        rows.bind(from.text(column));
    }
}

void copy_rows(Database& from, Database& to, const Table& table) {
    const RowShape shape = table.shape();
    RowBatch rows(to, shape);
    to.execute(fmt::format("DELETE FROM {}", table.name));
    Query query = from.query(fmt::format("SELECT {} FROM {}", table.column_list(), table.name));
    for (std::int64_t count = 1; query.step(); ++count) {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            put_value(rows, query, static_cast<int>(i), table.columns[i].second);
        rows.end_row();
        if (count % rows_at_once == 0) rows.flush();
    }
    rows.flush();
}

/// All of one moment: whoever writes meanwhile is not seen.
Result<void> copy_tables(Database& from, Database& to, Database& file) {
    const std::vector<Table> tables = tables_of(file);
    Result<void> written;
    auto read = from.reading<bool>([&] {
        written = to.transaction([&]() -> Result<void> {
            for (const Table& table : tables)
                copy_rows(from, to, table);
            // Half of what is there must not be committed.
            if (auto error = from.take_error()) return tl::unexpected(*error);
            return {};
        });
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return written;
}

Result<BookState> copy_into(Database& book, const fs::path& file,
                            const std::function<void()>& between) {
    if (book.engine() == Engine::sqlite) {
        if (auto copied = book.copy_to(file, between); !copied)
            return tl::unexpected(copied.error());
        return book_state(book);
    }
    auto copy = Database::open(file, Database::Access::writer);
    if (!copy) return tl::unexpected(copy.error());
    if (auto prepared = prepare_book(*copy); !prepared) return tl::unexpected(prepared.error());
    if (auto filled = copy_tables(book, *copy, *copy); !filled)
        return tl::unexpected(filled.error());
    copy->execute("PRAGMA journal_mode=DELETE");  // one file, with nothing beside it
    if (auto error = copy->take_error()) return tl::unexpected(*error);
    return book_state(*copy);
}

}  // namespace

std::int64_t BookState::ops() const {
    std::int64_t all = 0;
    for (const Log& log : logs)
        all += log.end.last_seq;
    return all;
}

Result<BookState> book_state(Database& book) {
    return book.reading<BookState>([&] { return read_state(book); });
}

Result<BookState> copy_book(Database& book, const fs::path& file,
                            const std::function<void()>& between) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0 && errno == EEXIST) return failure("exists", file.string());
    if (made < 0) return cannot_write(file);
    ::close(made);
    auto state = copy_into(book, file, between);
    if (state) {
        if (auto synced = sync_to_disk(file, O_RDWR); !synced)
            state = tl::unexpected(synced.error());
    }
    if (!state) remove_book_file(file);
    return state;
}

void remove_book_file(const fs::path& file) {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"})
        fs::remove(fs::path(file) += suffix, ignored);
}

Result<void> fill_book(Database& from, Database& to) { return copy_tables(from, to, from); }

Result<void> check_copy(Database& copy, const BookState& expected,
                        const std::function<void()>& between) {
    if (std::string found = copy.quick_check(); found != "ok") return failure("damaged", found);
    auto state = book_state(copy);
    if (!state) return tl::unexpected(state.error());
    const bool same_logs = std::ranges::equal(
        state->logs, expected.logs, [](const BookState::Log& a, const BookState::Log& b) {
            return a.terminal == b.terminal && a.epoch == b.epoch &&
                   a.end.last_seq == b.end.last_seq && a.end.head == b.end.head;
        });
    if (state->ver != expected.ver || !same_logs)
        return failure("differs", "the copy ends where the book does not");
    auto logs = logs_to_check(copy);
    if (!logs) return tl::unexpected(logs.error());
    for (CheckedLog& log : *logs) {
        if (auto checked = check_log(copy, log, {}, between); !checked) return checked;
        if (!log.why.empty()) return failure("broken", first_break(log));
    }
    return {};
}

Result<void> move_file(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return cannot_write(to);
    const fs::path folder = to.has_parent_path() ? to.parent_path() : fs::path(".");
    return sync_to_disk(folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace fangxin::sync
