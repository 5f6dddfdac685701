#include "sync/server/importer.hpp"

#include "sync/server/import_check.hpp"
#include "sync/server/import_generate.hpp"
#include "sync/server/import_people.hpp"
#include "sync/server/import_rows.hpp"
#include "sync/server/import_settings.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store_zone.hpp"

#include <algorithm>
#include <span>

namespace fangxin::sync {

namespace {

constexpr std::string_view person = "server";

template <Declared R>
bool put_if_changed(Database& database, ServerRows& rows, R row) {
    auto stored = find_same(database, row);
    if constexpr (std::is_same_v<R, domain::Person>) {
        if (stored) row.locked = stored->locked;  // wrong PINs may have locked it meanwhile
    }
    if (stored && same_row(*stored, row)) return false;
    rows.put_any(row);
    return true;
}

InstrumentSet fact_of(const domain::Instrument& row) {
    return {.instrument = row, .reason = "import", .approved_by = {}};
}
SettingSet fact_of(const Setting& row) {
    return {.key = row.key, .value = row.value, .reason = "import"};
}
/// Of what a change is kept with who, when and both values.
template <Declared R>
constexpr bool is_journalled = requires(const R& row) {
    fact_of(row);
};

/// What one transaction takes: some milliseconds of the writer.
constexpr std::size_t rows_at_once = 300;

/// One import's second half: everything was checked, now it is written, a piece a transaction.
class ImportWriter {
  public:
    ImportWriter(Database& database, const ImportFolder& folder, const ImportOptions& options,
                 ImportReport& report)
        : database_(database), folder_(folder), options_(options), report_(report) {}

    Result<void> write(const std::vector<BatchPlan>& batches,
                       const std::vector<domain::Person>& people,
                       const std::vector<domain::Member>& members) {
        auto written = piece([&] { return write_settings(); });
        for_each_table(folder_, [&]<class R>(const ImportedTable<R>& table) {
            if (!written) return;
            if constexpr (std::is_same_v<R, PersonRow>) {
                written = write_table(table.file(), people);
            } else if constexpr (std::is_same_v<R, MemberRow>) {
                written = write_table(table.file(), members);
            } else if constexpr (!std::is_same_v<R, BatchRow>) {
                written = write_table(table.file(), table.rows);
            }
        });
        if (written) written = receive(batches);
        if (!written) return written;
        auto generated = generate_items(
            database_,
            {.count = options_.generate, .now = options_.now, .let_pass = options_.let_pass});
        if (!generated) return tl::unexpected(generated.error());
        report_.generated = *generated;
        return {};
    }

  private:
    template <class Work>
    Result<void> piece(const Work& work) {
        auto done = database_.transaction(work);
        if (done && options_.let_pass) options_.let_pass();
        return done;
    }

    Result<void> write_settings() {
        ServerRows rows(database_);
        for (const auto& [key, value] : first_settings) {
            if (find_row<Setting>(database_, key)) continue;
            rows.put_any(Setting{std::string(key), std::string(value)});
        }
        if (options_.test_shop) put_if_changed(database_, rows, Setting{"test_shop", "1"});
        rows.finish();
        return {};
    }

    template <Declared R>
    Result<void> write_table(const std::string& file, const std::vector<R>& table) {
        if (table.empty()) return {};
        ImportedFile done{file.substr(0, file.find('.')), static_cast<std::int64_t>(table.size()),
                          0};
        for (std::size_t first = 0; first < table.size(); first += rows_at_once) {
            std::size_t end = std::min(first + rows_at_once, table.size());
            auto written = piece([&]() -> Result<void> {
                if constexpr (is_journalled<R>) {
                    return enter(std::span(table).subspan(first, end - first), done);
                } else {
                    ServerRows rows(database_);
                    for (std::size_t i = first; i < end; ++i)
                        done.changed += put_if_changed(database_, rows, table[i]) ? 1 : 0;
                    rows.finish();
                    return {};
                }
            });
            if (!written) return written;
        }
        report_.files.push_back(std::move(done));
        return {};
    }

    /// As a person enters them: journalled, with both values kept, and counted where a protected
    /// parameter of an instrument changes (WEIGH-4).
    template <Declared R>
    Result<void> enter(std::span<const R> table, ImportedFile& done) {
        std::vector<OpDraft> ops;
        for (const R& row : table) {
            auto stored = find_same(database_, row);
            if (stored && same_row(*stored, row)) continue;
            ops.push_back(draft(fact_of(row), options_.now, std::string(person)));
            ++done.changed;
        }
        if (ops.empty()) return {};
        auto appended = append_server_ops(database_, ops);
        if (!appended) return tl::unexpected(appended.error());
        return {};
    }

    /// So that it is listed, acknowledged and can be lifted like any other. A delivery that has
    /// neither lot nor date is recalled by its id: other deliveries of the item stay for sale.
    static RecallMade recall_of(const BatchReceived& batch) {
        RecallMade recall{
            .block = fmt::format("R-{}", batch.batch), .item = batch.item, .lot = batch.lot};
        recall.reason = "导入时已在召回中";
        if (!recall.lot.empty()) return recall;
        const auto& date = batch.production ? batch.production : batch.expiry;
        if (date) recall.from = recall.to = date->date;
        if (!date) recall.batch = batch.batch;
        return recall;
    }

    Result<void> receive(const std::vector<BatchPlan>& batches) {
        if (batches.empty()) return {};
        for (std::size_t first = 0; first < batches.size(); first += rows_at_once) {
            std::span<const BatchPlan> some(batches);
            auto received = piece([&] {
                return receive_some(
                    some.subspan(first, std::min(rows_at_once, batches.size() - first)));
            });
            if (!received) return received;
        }
        report_.files.push_back(
            {"batches", static_cast<std::int64_t>(batches.size()), report_.batches_received});
        return {};
    }

    Result<void> receive_some(std::span<const BatchPlan> batches) {
        std::vector<OpDraft> ops;
        for (const BatchPlan& plan : batches) {
            if (find_row<domain::Batch>(database_, plan.received.batch)) continue;
            ops.push_back(draft(plan.received, options_.now, std::string(person)));
            ++report_.batches_received;
            if (plan.received.decision == domain::Decision::recalled) {
                ops.push_back(draft(recall_of(plan.received), options_.now, std::string(person)));
            }
            if (!plan.gone) continue;
            // It is off the shelf, and nobody has to be asked about it (rules 2.4).
            BatchWithdrawn withdrawn{plan.received.batch, plan.received.quantity_milli};
            ops.push_back(draft(withdrawn, options_.now, std::string(person)));
        }
        if (ops.empty()) return {};
        auto appended = append_server_ops(database_, ops);
        if (!appended) return tl::unexpected(appended.error());
        return {};
    }

    Database& database_;
    const ImportFolder& folder_;
    const ImportOptions& options_;
    ImportReport& report_;
};

/// Made before anything is written: hashing PINs takes longer than all the rest.
struct ImportPlan {
    ImportFolder folder;
    domain::StoreTime now;
    std::vector<BatchPlan> batches;
    std::vector<domain::Person> people;
    std::vector<domain::Member> members;
    ImportProblems problems;
};

bool is_test_shop(Database& database) {
    auto marked = find_row<Setting>(database, "test_shop");
    return marked && marked->value == "1";
}

/// A till that was apart may have sent its sales to a new database before any people are in it.
bool is_at_work(Database& database) {
    if (ShopReader(database, ShopReader::Side::server).has_people()) return true;
    Query sale = database.query("SELECT 1 FROM sales LIMIT 1");
    return sale.step();
}

/// What would be refused in the middle, were it not asked for first.
Result<void> may_write(Database& database, const ImportOptions& options,
                       const ImportFolder& folder) {
    if (options.test_shop && !is_test_shop(database) && is_at_work(database)) {
        return failure("real_shop", "this is a real shop; a test shop begins as one");
    }
    return may_generate(database, folder, options.generate);
}

Result<void> make_plan(Database& database, const std::filesystem::path& folder,
                       const ImportOptions& options, ImportPlan& plan) {
    plan.now = options.now;
    if (!folder.empty()) {
        if (auto looked = look_at_folder(folder, plan.problems); !looked) return looked;
        plan.now = read_folder(folder, options.now, plan.problems, plan.folder);
    }
    auto checked = database.reading<Result<void>>([&]() -> Result<void> {
        check_folder(database, plan.folder, plan.problems);
        plan.batches = plan_batches(database, plan.folder, plan.problems);
        if (!plan.problems.empty()) return {};
        return may_write(database, options, plan.folder);
    });
    if (!checked) return tl::unexpected(checked.error());
    if (!*checked || !plan.problems.empty()) return *checked;
    auto people = people_of(database, std::get<ImportedTable<PersonRow>>(plan.folder),
                            options.keys.store, options.let_pass);
    if (!people) return tl::unexpected(people.error());
    plan.people = std::move(*people);
    auto members =
        members_of(database, std::get<ImportedTable<MemberRow>>(plan.folder), options.keys);
    if (!members) return tl::unexpected(members.error());
    plan.members = std::move(*members);
    return {};
}

}  // namespace

Result<ImportReport> import_folder(Database& database, const std::filesystem::path& folder,
                                   const ImportOptions& options) {
    ImportReport report;
    ImportPlan plan;
    if (auto made = make_plan(database, folder, options, plan); !made) {
        return tl::unexpected(made.error());
    }
    report.problems = plan.problems.sorted();
    if (!report.problems.empty()) return report;
    ImportOptions as_planned = options;
    as_planned.now = plan.now;
    auto done = ImportWriter(database, plan.folder, as_planned, report)
                    .write(plan.batches, plan.people, plan.members);
    if (!done) return tl::unexpected(done.error());
    auto told = database.reading<bool>([&] {
        report.test_shop = is_test_shop(database);
        report.newest_ver = newest_ver(database);
        return true;
    });
    if (!told) return tl::unexpected(told.error());
    return report;
}

}  // namespace fangxin::sync
