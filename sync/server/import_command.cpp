#include "sync/server/command_context.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/importer.hpp"
#include "sync/server/store_keys.hpp"

namespace fangxin::sync {

namespace {

/// One that was here lately with a program of before could let nobody in by a PIN that it cannot
/// check; it is not asked about for ever.
bool all_terminals_know_keys(Database& database, std::int64_t now_ms) {
    constexpr std::int64_t lately_ms = 30LL * 24 * 60 * 60 * 1000;
    Query query = database.query(
        "SELECT 1 FROM known_terminals WHERE log_key = '' AND app <> '' AND last_seen_ms > $1 "
        "LIMIT 1");
    query.bind(now_ms - lately_ms);
    return !query.step();
}

Result<ImportKeys> keys_to_import_with(const CommandContext& context) {
    auto directory = argument<std::string>(context, "data");
    if (!directory) return tl::unexpected(directory.error());
    if (directory->empty()) return ImportKeys{};
    auto keys = open_store_keys(*directory, context.database);
    if (!keys) return tl::unexpected(keys.error());
    ImportKeys with{keys->shared, {}};
    auto all_know = context.database.reading<bool>(
        [&] { return all_terminals_know_keys(context.database, context.now.utc_ms); });
    if (!all_know) return tl::unexpected(all_know.error());
    if (!*all_know) {
        context.output({{"event", "unkeyed"}});
        return ImportKeys{};
    }
    auto made = context.database.transaction([&]() -> Result<void> {
        const std::string month = domain::format_date(context.now.date()).substr(0, 7);
        with.seal = contact_key_of(context.database, month, keys->vault);
        return {};
    });
    if (!made) return tl::unexpected(made.error());
    return with;
}

}  // namespace

Result<void> run_import(const CommandContext& context) {
    auto folder = argument<std::string>(context, "folder");
    auto test_shop = argument<bool>(context, "test_shop");
    auto generate = argument<std::int64_t>(context, "generate");
    if (!folder) return tl::unexpected(folder.error());
    if (!test_shop) return tl::unexpected(test_shop.error());
    if (!generate) return tl::unexpected(generate.error());
    if (folder->empty() && *generate == 0) {
        return failure("bad_arguments", "a folder, or --generate N, or both");
    }
    auto keys = keys_to_import_with(context);
    if (!keys) return tl::unexpected(keys.error());
    auto report = import_folder(context.database, *folder,
                                {.test_shop = *test_shop,
                                 .generate = *generate,
                                 .now = context.now,
                                 .keys = *keys,
                                 .let_pass = context.let_pass});
    if (!report) return tl::unexpected(report.error());
    for (const std::string& problem : report->problems) {
        context.output({{"event", "refused"}, {"reason", problem}});
    }
    if (!report->problems.empty()) {
        return failure("bad_import",
                       fmt::format("{} refused, nothing was imported", report->problems.size()));
    }
    json::object rows;
    json::object changed;
    for (const ImportedFile& file : report->files) {
        rows[file.table] = file.rows;
        changed[file.table] = file.changed;
    }
    context.output({{"event", "imported"},
                    {"folder", *folder},
                    {"rows", rows},
                    {"changed", changed},
                    {"batches_received", report->batches_received},
                    {"generated", report->generated},
                    {"test_shop", report->test_shop},
                    {"ver", report->newest_ver}});
    return {};
}

}  // namespace fangxin::sync
