// `backup FILE`: the whole book in one file, taken while the shop sells, and proved before it takes
// the place of an older one.
#include "sync/server/book.hpp"
#include "sync/server/book_copy.hpp"
#include "sync/server/command_context.hpp"
#include "sync/store/private_file.hpp"

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

/// An older backup may be replaced; a photo, or the running shop's own file, may not.
Result<void> may_replace(const fs::path& file) {
    std::error_code failed;
    if (!fs::exists(file, failed)) return {};
    const fs::path wal = fs::path(file) += "-wal";
    if (fs::exists(fs::path(file) += ".lock", failed) || fs::exists(wal, failed))
        return failure("bad_arguments", file.string() + " is a database in use");
    auto older = Database::open(file, Database::Access::reader);
    if (!older) return failure("exists", file.string() + " is no backup");
    const bool book = older->has_column("ops", "body") && older->has_column("meta", "value");
    if (older->take_error() || !book) return failure("exists", file.string() + " is no backup");
    return {};
}

/// Into the copy: without it no terminal would know a shop that was put back on another disk.
Result<void> carry_key(const fs::path& draft, const fs::path& folder) {
    auto key = read_private_file(folder / authority_key);
    if (!key) return tl::unexpected(key.error());
    if (!*key) return {};
    auto copy = Database::open(draft, Database::Access::writer);
    if (!copy) return tl::unexpected(copy.error());
    auto carried = copy->transaction([&]() -> Result<void> {
        copy->define(carried_ddl);
        copy->query("INSERT INTO carried_files (name,text) VALUES ($1,$2)")
            .bind(authority_key)
            .bind(**key)
            .run();
        return {};
    });
    if (!carried) return carried;
    copy->execute("PRAGMA journal_mode=DELETE");  // one file, with nothing beside it
    if (auto error = copy->take_error()) return tl::unexpected(*error);
    return {};
}

}  // namespace

Result<void> run_backup(const CommandContext& context) {
    auto name = argument<std::string>(context, "file");
    if (!name) return tl::unexpected(name.error());
    const fs::path file = *name;
    if (file.empty()) return failure("bad_arguments", "backup wants a FILE");
    auto folder = argument<std::string>(context, "data");
    if (!folder) return tl::unexpected(folder.error());
    if (auto may = may_replace(file); !may) return may;
    const fs::path draft = fs::path(file) += ".part";
    std::error_code ignored;
    fs::remove(draft, ignored);  // of one that was cut short
    auto state = copy_book(context.database, draft, context.let_pass);
    if (!state) return tl::unexpected(state.error());
    Result<void> proved;
    {
        auto copy = Database::open(draft, Database::Access::reader);
        proved = copy ? check_copy(*copy, *state, context.let_pass)
                      : Result<void>(tl::unexpected(copy.error()));
    }
    if (proved && !folder->empty()) proved = carry_key(draft, *folder);
    if (proved) proved = move_file(draft, file);
    if (!proved) {
        fs::remove(draft, ignored);
        return proved;
    }
    context.output({{"event", "backed_up"},
                    {"file", file.string()},
                    {"bytes", static_cast<std::int64_t>(fs::file_size(file, ignored))},
                    {"ops", state->ops()},
                    {"ver", state->ver}});
    return {};
}

}  // namespace fangxin::sync
