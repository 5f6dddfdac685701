#include "sync/server/import_check.hpp"

#include "domain/fault.hpp"
#include "sync/effects.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/import_rows.hpp"
#include "sync/store_zone.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

using domain::BatchControl;
using domain::DayMinute;

constexpr std::array<std::string_view, 9> setting_keys{
    "shop_name",     "time_zone",       "address",
    "phone",         "complaint_phone", "block_without_supplier_papers",
    "working_hours", "fault_after_s",   contact_months_setting};
constexpr std::array<std::string_view, 3> temperatures{"frozen", "chilled", "hot"};

/// What a row may refer to, and where its problems go.
class Checker {
  public:
    Checker(Database& database, const ImportFolder& folder, ImportProblems& problems)
        : database_(database), folder_(folder), problems_(problems) {}

    template <class R>
    void problem(const R&, int line, std::string_view reason) const {
        problems_.add(ImportedTable<R>::file(), line, reason);
    }

    template <class R>
    bool told(const R&, int line) const {
        return problems_.told(ImportedTable<R>::file(), line);
    }

    /// From the folder, else from the database.
    template <Declared R>
    std::optional<R> find(const std::string& code) const {
        if (const R* row = std::get<ImportedTable<R>>(folder_).find(code)) return *row;
        return find_row<R>(database_, code);
    }

    template <Declared Target, class R>
    void must_exist(const R& row, int line, std::string_view column,
                    const std::string& code) const {
        if (code.empty()) return;  // told by the reader where it is required
        if (std::get<ImportedTable<Target>>(folder_).find(code)) return;
        if (find_row<Target>(database_, code)) return;
        problem(row, line,
                fmt::format("{}: no {} {}", column, singular<Target>(), in_quotes(code)));
    }

    template <Declared Target, class R>
    void all_must_exist(const R& row, int line, std::string_view column,
                        std::string_view codes) const {
        while (!codes.empty()) {
            std::size_t end = std::min(codes.find(';'), codes.size());
            must_exist<Target>(row, line, column, std::string(codes.substr(0, end)));
            codes.remove_prefix(std::min(end + 1, codes.size()));
        }
    }

    template <class R, std::size_t Size>
    void one_of(const R& row, int line, std::string_view column, std::string_view value,
                const std::array<std::string_view, Size>& allowed) const {
        if (value.empty() || std::ranges::find(allowed, value) != allowed.end()) return;
        problem(row, line,
                fmt::format("{}: {} is none of: {}", column, in_quotes(value),
                            fmt::join(allowed, ", ")));
    }

    template <class R, class T>
    void in_order(const R& row, int line, std::string_view what, const std::optional<T>& first,
                  const std::optional<T>& second) const {
        if (first && second && *second < *first) problem(row, line, what);
    }

    bool has_person(const std::string& person) const {
        return find_row<domain::Person>(database_, person).has_value();
    }

  private:
    template <class R>
    static constexpr std::string_view singular() {
        if constexpr (std::is_same_v<R, domain::Category>) return "category";
        if constexpr (std::is_same_v<R, domain::Supplier>) return "supplier";
        if constexpr (std::is_same_v<R, domain::Item>) return "item";
    }

    Database& database_;
    const ImportFolder& folder_;
    ImportProblems& problems_;
};

void check(const Checker& checker, const Setting& row, int line) {
    checker.one_of(row, line, "key", row.key, setting_keys);
    if (row.key == "shop_name" && row.value.empty()) {
        checker.problem(row, line, "value: the shop's name is empty");
    }
    if (row.key == "time_zone" && !StoreZone::find(row.value)) {
        checker.problem(row, line, fmt::format("value: no time zone {}", in_quotes(row.value)));
    }
    if (row.key == "working_hours" && !domain::parse_working_hours(row.value)) {
        checker.problem(row, line, "value: is no span such as 08:00-18:00");
    }
    const bool is_count = !row.value.empty() && row.value.size() <= 6 &&
                          row.value.find_first_not_of("0123456789") == std::string::npos;
    if (row.key == "fault_after_s" && !is_count) {
        checker.problem(row, line, "value: is no number of seconds");
    }
    if (row.key == contact_months_setting &&
        (!is_count || row.value.size() > 3 || row.value == "0"))
        checker.problem(row, line, "value: is no number of months");
}

void check(const Checker& checker, const domain::Category& row, int line) {
    checker.one_of(row, line, "temperature", row.temperature, temperatures);
}

void check(const Checker&, const domain::Supplier&, int) {}
void check(const Checker&, const MemberRow&, int) {}

void check(const Checker& checker, const domain::Item& row, int line) {
    checker.must_exist<domain::Category>(row, line, "category", row.category);
    checker.must_exist<domain::Supplier>(row, line, "supplier", row.supplier);
}

void check(const Checker& checker, const domain::Barcode& row, int line) {
    checker.must_exist<domain::Item>(row, line, "item", row.item);
}

void check(const Checker& checker, const domain::SupplierPaper& row, int line) {
    checker.must_exist<domain::Supplier>(row, line, "supplier", row.supplier);
    checker.in_order(row, line, "until: is before from", row.from, row.until);
}

void check(const Checker& checker, const PersonRow& row, int line) {
    if (!row.pin.empty() || checker.told(row, line) || checker.has_person(row.number)) return;
    checker.problem(row, line, "pin: a person whom the shop does not know yet needs one");
}

void check(const Checker& checker, const domain::Instrument& row, int line) {
    checker.in_order(row, line, "until: is before verified", row.verified, row.until);
    if (row.min_mg > row.max_mg) checker.problem(row, line, "min_mg: is above max_mg");
    // What a till would refuse to weigh by, and a check to check by.
    if (!row.kind.ends_with("scale")) return;
    if (!domain::accuracy_of(row)) checker.problem(row, line, "class: is not II, III or IIII");
    const auto fault = weighing::fault_of(domain::parameters_of(row));
    if (fault == weighing::ParametersFault::tare) {
        checker.problem(row, line, "tare_mg: is not from 0 to max_mg");
    } else if (fault == weighing::ParametersFault::stability) {
        checker.problem(row, line,
                        fmt::format("stable_frames: is not from {} to {}",
                                    weighing::fewest_stable_frames, weighing::most_stable_frames));
    }
}

void check(const Checker& checker, const domain::Promotion& row, int line) {
    if (auto read = domain::read_promotion(row); !read)
        checker.problem(row, line, read.error().detail);
    checker.all_must_exist<domain::Item>(row, line, "items", row.items);
    checker.all_must_exist<domain::Category>(row, line, "categories", row.categories);
}

bool ends_before(const DayMinute& expiry, const DayMinute& production) {
    if (expiry.date != production.date) return expiry.date < production.date;
    return expiry.minute && *expiry.minute < production.minute.value_or(0);
}

void check(const Checker& checker, const BatchRow& row, int line) {
    checker.must_exist<domain::Item>(row, line, "item", row.item);
    checker.must_exist<domain::Supplier>(row, line, "supplier", row.supplier);
    if (row.production && row.expiry && ends_before(*row.expiry, *row.production)) {
        checker.problem(row, line, "expiry: is before production");
    }
    if (row.received && row.production && *row.received < row.production->date) {
        checker.problem(row, line, "received: is before production");
    }
}

/// Absent columns keep what the database holds.
template <Declared R>
void complete(Database& database, ImportedTable<R>& table) {
    if (table.present.all()) return;
    for (R& row : table.rows) {
        auto stored = find_same(database, row);
        if (!stored) continue;
        std::size_t place = 0;
        for_each_field<R>([&](const auto& f) {
            if (!table.present[place++]) row.*(f.pointer) = (*stored).*(f.pointer);
        });
    }
}

/// What tells this delivery from others of the item, where neither lot nor date does.
std::string delivery_of(const BatchRow& row) {
    if (!row.received) return {};
    return row.supplier + "-" + domain::format_date(*row.received);
}

/// Why packs of this delivery could not be told from others; empty if they can.
std::string_view missing_identity(BatchControl control, const BatchRow& row) {
    bool dated = row.production || row.expiry;
    switch (control) {
        case BatchControl::lot:
            return row.lot.empty() && !dated ? "goods followed by lot need a lot or a date" : "";
        case BatchControl::date:
            return dated ? "" : "goods followed by date need a date";
        case BatchControl::delivery:
        case BatchControl::none:
            break;
    }
    bool known = !row.lot.empty() || dated || row.received;
    return known ? "" : "a delivery needs its number as lot, or the day it was received";
}

BatchPlan plan_of(const BatchRow& row, const domain::Item& item) {
    BatchPlan plan;
    plan.received = {.item = row.item,
                     .lot = row.lot,
                     .production = row.production,
                     .expiry = row.expiry,
                     .supplier = row.supplier,
                     .quantity_milli = row.quantity_milli,
                     .decision = row.state,
                     .private_brand = row.private_brand_inspection,
                     .test = row.test,
                     .received = row.received};
    if (!row.expiry && row.production && item.shelf_life) {
        plan.received.expiry = domain::expiry_from(*row.production, *item.shelf_life);
    }
    plan.received.batch =
        batch_id(row.item, {row.lot, row.production, plan.received.expiry}, delivery_of(row));
    plan.gone = domain::is_gone(row.state);
    return plan;
}

}  // namespace

void check_folder(Database& database, ImportFolder& folder, ImportProblems& problems) {
    for_each_table(folder, [&]<class R>(ImportedTable<R>& table) {
        if constexpr (!std::is_same_v<R, PersonRow> && !std::is_same_v<R, MemberRow> &&
                      !std::is_same_v<R, BatchRow>) {
            complete(database, table);
        }
    });
    Checker checker(database, folder, problems);
    for_each_table(folder, [&](const auto& table) {
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            check(checker, table.rows[i], table.lines[i]);
        }
    });
}

std::vector<BatchPlan> plan_batches(Database& database, const ImportFolder& folder,
                                    ImportProblems& problems) {
    Checker checker(database, folder, problems);
    const auto& table = std::get<ImportedTable<BatchRow>>(folder);
    std::vector<BatchPlan> plans;
    std::unordered_map<std::string, int> line_of;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const BatchRow& row = table.rows[i];
        int line = table.lines[i];
        if (checker.told(row, line)) continue;
        auto item = checker.find<domain::Item>(row.item);
        if (!item) continue;
        auto category = checker.find<domain::Category>(item->category);
        if (!category) continue;
        if (auto missing = missing_identity(category->batch_control, row); !missing.empty()) {
            checker.problem(row, line, missing);
            continue;
        }
        plans.push_back(plan_of(row, *item));
        auto [same, fresh] = line_of.emplace(plans.back().received.batch, line);
        if (fresh) continue;
        checker.problem(
            row, line,
            fmt::format("the same batch as in line {}: {}", same->second, in_quotes(same->first)));
    }
    return plans;
}

}  // namespace fangxin::sync
