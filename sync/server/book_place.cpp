#include "sync/server/book_place.hpp"

#include "sync/server/book.hpp"
#include "sync/server/branches.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/postgres_connection.hpp"

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

fs::path file_of(const BookPlace& place) { return place.directory / "store.db"; }

/// For people: without a password.
std::string name_of(const BookPlace& place) {
    if (!place.is_shared()) return place.directory.string();
    auto address = PostgresAddress::read(place.database);
    return address ? address->shown() : "the database";
}

Result<Database> open_database(const BookPlace& place, Database::Access access) {
    if (!place.is_shared()) return Database::open(file_of(place), access);
    auto address = PostgresAddress::read(place.database);
    if (!address) return tl::unexpected(address.error());
    return open_postgres(*address, access);
}

Result<void> find_folder(const BookPlace& place, bool create) {
    std::error_code failed;
    // A server on a shared book has this folder for what is its own, and it may be new.
    if (create || place.is_shared()) fs::create_directories(place.directory, failed);
    if (fs::is_directory(place.directory, failed)) return {};
    return failure("not_found", place.directory.string() + " is no folder of a shop: import one");
}

tl::unexpected<Error> no_shop(const BookPlace& place) {
    return failure("not_found", name_of(place) + " holds no shop: import one");
}

struct How {
    bool create = false;
    bool check = false;  ///< a file whole, before it is used
};

Result<HeldBook> hold(const BookPlace& place, const How& how) {
    if (auto found = find_folder(place, how.create); !found) return tl::unexpected(found.error());
    std::optional<FileLock> lock;
    if (!place.is_shared()) {
        std::error_code failed;
        if (!how.create && !fs::exists(file_of(place), failed)) return no_shop(place);
        auto taken = FileLock::take(place.directory / "store.db.lock");
        if (!taken) return tl::unexpected(taken.error());
        lock.emplace(std::move(*taken));
    }
    auto writer = open_database(place, Database::Access::writer);
    if (!writer) return tl::unexpected(writer.error());
    if (place.is_shared() && !how.create && !has_book(*writer)) {
        // A line that was lost is no empty database.
        if (auto error = writer->take_error()) return tl::unexpected(*error);
        return no_shop(place);
    }
    if (how.check) {
        if (std::string found = writer->quick_check(); found != "ok")
            return failure("damaged", name_of(place) + ": " + found);
    }
    if (auto prepared = prepare_book(*writer); !prepared) return tl::unexpected(prepared.error());
    // A database server may come back with the history of a standby, or of a backup.
    if (place.is_shared()) writer->on_new_session(begin_branch);
    return HeldBook{std::move(lock), std::move(*writer)};
}

}  // namespace

Result<HeldBook> hold_book(const BookPlace& place, bool create) {
    return hold(place, {.create = create});
}

Result<HeldBook> hold_whole_book(const BookPlace& place) {
    auto held = hold(place, {.check = true});
    if (!held) return held;
    auto has_people = held->writer.reading<bool>(
        [&] { return ShopReader(held->writer, ShopReader::Side::server).has_people(); });
    if (!has_people) return tl::unexpected(has_people.error());
    if (!*has_people) return no_shop(place);
    return held;
}

Result<Database> open_book_reader(const BookPlace& place) {
    return open_database(place, Database::Access::reader);
}

}  // namespace fangxin::sync
