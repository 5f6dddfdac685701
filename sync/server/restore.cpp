#include "sync/server/restore.hpp"

#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/book_copy.hpp"
#include "sync/server/branches.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/meta.hpp"
#include "sync/store/private_file.hpp"
#include "sync/store_zone.hpp"

#include <array>
#include <chrono>

namespace fangxin::sync {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

struct Asked {
    fs::path file;
    bool despite_breaks = false;
};

Result<Asked> read_asked(const json::object& arguments) {
    const json::value* file = arguments.if_contains("file");
    const json::value* despite = arguments.if_contains("despite_breaks");
    if (!file || !file->is_string()) return failure("bad_arguments", "restore wants a FILE");
    return Asked{std::string(file->get_string()), despite && *despite == true};
}

/// Beside it nothing may lie that SQLite would take for the rest of it.
Result<Database> open_backup(const fs::path& file) {
    std::error_code failed;
    if (!fs::exists(file, failed)) return failure("not_found", file.string());
    auto backup = Database::open(file, Database::Access::reader);
    if (!backup) return backup;
    if (!backup->has_column("ops", "body") || !backup->has_column("meta", "value"))
        return failure("damaged", file.string() + " is no backup of a shop");
    if (auto error = backup->take_error()) return tl::unexpected(*error);
    auto prepared = backup->reading<bool>([&] {
        auto known = is_prepared(*backup);
        return known && *known;
    });
    if (prepared && !*prepared)
        return failure("newer_version", file.string() + " is another program's");
    return backup;
}

/// What the copy is to say of itself; a broken log is refused, or told.
Result<BookState> prove(Database& backup, const Asked& asked, const CommandOutput& output) {
    auto state = book_state(backup);
    if (!state) return state;
    auto proved = check_copy(backup, *state);
    if (!proved && proved.error().code == "broken" && asked.despite_breaks) {
        output({{"event", "broken"}, {"why", proved.error().detail}});
        return state;
    }
    if (!proved) return tl::unexpected(proved.error());
    return state;
}

/// Numbers that the book gave after this backup was made are given by nobody again, so far as the
/// book that was there still tells them.
Result<void> go_on_from(Database& book, const Asked& asked, const BookState& state,
                        std::int64_t own_epoch_before) {
    return book.transaction([&]() -> Result<void> {
        begin_server_epoch(book, own_epoch_before);
        begin_branch(book);
        book.execute("DROP TABLE IF EXISTS carried_files");
        auto zone = StoreZone::find(
            ShopReader(book, ShopReader::Side::server).setting("time_zone", default_zone));
        if (!zone) return tl::unexpected(zone.error());
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
        auto noted = append_server_op(
            book, draft(BookRestored{asked.file.filename().string(), state.ops(), state.ver},
                        zone->at(now_ms), std::string(server_log_name)));
        if (!noted) return tl::unexpected(noted.error());
        return {};
    });
}

std::int64_t own_epoch_of(Database& book) {
    auto epoch = book.reading<std::int64_t>([&] { return meta_number(book, "own_epoch"); });
    return epoch.value_or(0);
}

std::string stamp() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

/// What SQLite keeps beside a file; part of it, and of no other.
constexpr std::array<std::string_view, 2> beside{"-wal", "-shm"};

/// There is a `store.db` at every moment: the old one under a second name too, then the new one in
/// its place. Empty: there was none.
Result<fs::path> swap_in(const fs::path& made, const fs::path& book) {
    std::error_code failed;
    fs::path aside;
    if (fs::exists(book, failed)) {
        aside = fs::path(book) += ".before-" + stamp();
        for (std::string_view suffix : beside) {
            if (fs::exists(fs::path(book) += suffix, failed))
                fs::rename(fs::path(book) += suffix, fs::path(aside) += suffix, failed);
            if (failed) return failure("cannot_write", failed.message());
        }
        fs::create_hard_link(book, aside, failed);
        if (failed) return failure("cannot_write", failed.message());
    }
    if (auto moved = move_file(made, book); !moved) return tl::unexpected(moved.error());
    Database::clear_damaged(book);
    return aside;
}

std::optional<std::string> carried_key(Database& backup) {
    if (!backup.has_column("carried_files", "name")) return std::nullopt;
    Query query = backup.query("SELECT text FROM carried_files WHERE name = $1");
    query.bind(authority_key);
    return query.step() ? std::optional(query.text(0)) : std::nullopt;
}

/// The key of the authority by which the shop's terminals know it; another one is set aside.
Result<void> keep_key(const fs::path& folder, const std::optional<std::string>& key) {
    if (!key) return {};
    const fs::path file = folder / authority_key;
    auto there = read_private_file(file);
    if (there && *there == *key) return {};
    std::error_code failed;
    if (fs::exists(file, failed)) fs::rename(file, fs::path(file) += ".before-" + stamp(), failed);
    if (failed) return failure("cannot_write", failed.message());
    return write_private_file(file, *key);
}

void put_answer(const CommandOutput& output, const Asked& asked, const BookState& state,
                const std::string& aside) {
    output({{"event", "restored"},
            {"file", asked.file.string()},
            {"ops", state.ops()},
            {"ver", state.ver},
            {"set_aside", aside}});
}

/// The backup as this program keeps a book, going on in a new epoch, in a file of its own.
Result<fs::path> make_book(const BookPlace& place, const Asked& asked, Database& backup,
                           const BookState& state, std::int64_t own_epoch_before) {
    const fs::path made = place.directory / "store.db.restoring";
    remove_book_file(made);  // of one that was cut short
    if (auto copied = copy_book(backup, made, {}); !copied) return tl::unexpected(copied.error());
    auto book = Database::open(made, Database::Access::writer);
    if (!book) return tl::unexpected(book.error());
    if (auto prepared = prepare_book(*book); !prepared) return tl::unexpected(prepared.error());
    if (auto gone_on = go_on_from(*book, asked, state, own_epoch_before); !gone_on)
        return tl::unexpected(gone_on.error());
    book->execute("PRAGMA journal_mode=DELETE");  // nothing beside it while it is moved
    if (auto error = book->take_error()) return tl::unexpected(*error);
    return made;
}

/// The name under which the one before lies now.
Result<std::string> restore_file(const BookPlace& place, const Asked& asked, Database& backup,
                                 const BookState& state) {
    const fs::path file = place.directory / "store.db";
    auto lock = FileLock::take(place.directory / "store.db.lock");
    if (!lock) return failure("busy", "a server runs on this book: stop it first");
    std::error_code failed;
    std::int64_t own_epoch = 0;
    if (fs::exists(file, failed)) {
        // Opened as its writer, so that what lies beside it becomes part of it.
        auto before = Database::open(file, Database::Access::writer);
        if (before) own_epoch = own_epoch_of(*before);
        if (before) before->checkpoint();
    }
    auto made = make_book(place, asked, backup, state, own_epoch);
    if (!made) return tl::unexpected(made.error());
    auto aside = swap_in(*made, file);
    if (!aside) return tl::unexpected(aside.error());
    return aside->string();
}

Result<std::string> restore_shared(const BookPlace& place, const Asked& asked, Database& backup,
                                   const BookState& state) {
    auto held = hold_book(place, true);
    if (!held) return tl::unexpected(held.error());
    auto there = book_state(held->writer);
    if (!there) return tl::unexpected(there.error());
    if (there->ver > 0 || there->ops() > 0)
        return failure("exists", "this database holds a shop: restore into an empty one");
    auto made = make_book(place, asked, backup, state, 0);
    if (!made) return tl::unexpected(made.error());
    Result<void> filled;
    {
        auto from = Database::open(*made, Database::Access::reader);
        filled = from ? fill_book(*from, held->writer) : Result<void>(tl::unexpected(from.error()));
    }
    remove_book_file(*made);
    if (!filled) return tl::unexpected(filled.error());
    return std::string();
}

}  // namespace

Result<void> restore_book(const BookPlace& place, const json::object& arguments,
                          const CommandOutput& output) {
    auto asked = read_asked(arguments);
    if (!asked) return tl::unexpected(asked.error());
    auto backup = open_backup(asked->file);
    if (!backup) return tl::unexpected(backup.error());
    auto state = prove(*backup, *asked, output);
    if (!state) return tl::unexpected(state.error());
    if (auto made = make_private_folder(place.directory); !made) return made;
    auto key = backup->reading<std::optional<std::string>>([&] { return carried_key(*backup); });
    if (!key) return tl::unexpected(key.error());
    auto restored = place.is_shared() ? restore_shared(place, *asked, *backup, *state)
                                      : restore_file(place, *asked, *backup, *state);
    if (!restored) return tl::unexpected(restored.error());
    if (auto kept = keep_key(place.directory, *key); !kept) return kept;
    put_answer(output, *asked, *state, *restored);
    return {};
}

}  // namespace fangxin::sync
