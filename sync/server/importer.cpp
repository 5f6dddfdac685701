#include "sync/server/importer.hpp"

#include "sync/server/import_check.hpp"
#include "sync/server/import_generate.hpp"
#include "sync/server/import_people.hpp"
#include "sync/server/import_rows.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/store_zone.hpp"

namespace fangxin::sync {

namespace {

constexpr std::string_view person = "server";

/// What a shop is called until it says so itself; on every receipt, so plainly a sample.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> sample_settings{{
    {"shop_name", "放心超市"},
    {"time_zone", default_zone},
    {"address", "示例市示例路1号"},
    {"phone", "0571-00000000"},
    {"complaint_phone", "12315"},
}};

bool put_if_changed(Database& database, ServerRows& rows, const auto& row) {
    auto stored = find_same(database, row);
    if (stored && same_row(*stored, row)) return false;
    rows.put_any(row);
    return true;
}

/// One import's second half: everything was checked, now it is written.
class ImportWriter {
  public:
    ImportWriter(Database& database, const ImportFolder& folder, const domain::StoreTime& now,
                 ImportReport& report)
        : database_(database), folder_(folder), now_(now), report_(report) {}

    Result<void> write(const ImportOptions& options, const std::vector<BatchPlan>& batches,
                       const std::vector<domain::Person>& people) {
        write_rows(options, people);
        if (auto received = receive(batches); !received) return received;
        auto generated = generate_items(database_, options.generate, now_);
        if (!generated) return tl::unexpected(generated.error());
        report_.generated = *generated;
        return {};
    }

  private:
    void write_rows(const ImportOptions& options, const std::vector<domain::Person>& people) {
        ServerRows rows(database_);
        for_each_table(folder_, [&]<class R>(const ImportedTable<R>& table) {
            if constexpr (std::is_same_v<R, BatchRow>) return;
            if constexpr (std::is_same_v<R, PersonRow>) {
                write_table(rows, table.file(), people);
            } else if constexpr (!std::is_same_v<R, BatchRow>) {
                write_table(rows, table.file(), table.rows);
            }
        });
        for (const auto& [key, value] : sample_settings) {
            if (find_row<Setting>(database_, key)) continue;
            rows.put_any(Setting{std::string(key), std::string(value)});
        }
        if (options.test_shop) put_if_changed(database_, rows, Setting{"test_shop", "1"});
        rows.finish();
    }

    template <Declared R>
    void write_table(ServerRows& rows, const std::string& file, const std::vector<R>& table) {
        if (table.empty()) return;
        ImportedFile done{file.substr(0, file.find('.')), static_cast<std::int64_t>(table.size()),
                          0};
        for (const R& row : table)
            done.changed += put_if_changed(database_, rows, row) ? 1 : 0;
        report_.files.push_back(std::move(done));
    }

    /// So that it is listed, acknowledged and can be lifted like any other.
    static RecallMade recall_of(const BatchReceived& batch) {
        RecallMade recall{
            .block = fmt::format("R-{}", batch.batch), .item = batch.item, .lot = batch.lot};
        recall.reason = "imported as recalled";
        const auto& date = batch.production ? batch.production : batch.expiry;
        if (recall.lot.empty() && date) recall.from = recall.to = date->date;
        return recall;
    }

    Result<void> receive(const std::vector<BatchPlan>& batches) {
        std::vector<OpDraft> ops;
        for (const BatchPlan& plan : batches) {
            if (find_row<domain::Batch>(database_, plan.received.batch)) continue;
            ops.push_back(draft(plan.received, now_, std::string(person)));
            ++report_.batches_received;
            if (plan.received.decision == domain::Decision::recalled) {
                ops.push_back(draft(recall_of(plan.received), now_, std::string(person)));
            }
            if (!plan.gone) continue;
            // It is off the shelf, and nobody has to be asked about it (rules 2.4).
            BatchWithdrawn withdrawn{plan.received.batch, plan.received.quantity_milli};
            ops.push_back(draft(withdrawn, now_, std::string(person)));
        }
        if (!batches.empty()) {
            report_.files.push_back(
                {"batches", static_cast<std::int64_t>(batches.size()), report_.batches_received});
        }
        if (ops.empty()) return {};
        auto appended = append_server_ops(database_, ops);
        if (!appended) return tl::unexpected(appended.error());
        return {};
    }

    Database& database_;
    const ImportFolder& folder_;
    domain::StoreTime now_;
    ImportReport& report_;
};

/// Made before the transaction: hashing PINs takes longer than all the rest.
struct ImportPlan {
    ImportFolder folder;
    domain::StoreTime now;
    std::vector<BatchPlan> batches;
    std::vector<domain::Person> people;
    ImportProblems problems;
};

bool is_test_shop(Database& database) {
    auto marked = find_row<Setting>(database, "test_shop");
    return marked && marked->value == "1";
}

Result<void> make_plan(Database& database, const std::filesystem::path& folder,
                       const ImportOptions& options, ImportPlan& plan) {
    plan.now = options.now;
    if (folder.empty()) return {};
    if (auto looked = look_at_folder(folder, plan.problems); !looked) return looked;
    plan.now = read_folder(folder, options.now, plan.problems, plan.folder);
    auto checked = database.reading<bool>([&] {
        check_folder(database, plan.folder, plan.problems);
        plan.batches = plan_batches(database, plan.folder, plan.problems);
        if (plan.problems.empty()) {
            plan.people = people_of(database, std::get<ImportedTable<PersonRow>>(plan.folder));
        }
        return true;
    });
    if (!checked) return tl::unexpected(checked.error());
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
    auto done = database.transaction([&]() -> Result<void> {
        ShopReader shop(database, ShopReader::Side::server);
        if (options.test_shop && !is_test_shop(database) && shop.has_people()) {
            return failure("real_shop", "this is a real shop; a test shop begins as one");
        }
        ImportWriter writer(database, plan.folder, plan.now, report);
        auto written = writer.write(options, plan.batches, plan.people);
        report.test_shop = is_test_shop(database);
        report.newest_ver = newest_ver(database);
        return written;
    });
    if (!done) return tl::unexpected(done.error());
    return report;
}

}  // namespace fangxin::sync
