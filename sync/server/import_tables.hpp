// The files of an import folder, declared: which columns each has comes from the record's own
// declaration, what a cell of it must be from the rules here. To add a file: its rules, its place
// in `ImportFolder`, its line in sync/server/README.md.
#pragma once

#include "sync/records.hpp"
#include "sync/server/import_values.hpp"

#include <array>
#include <bitset>
#include <string>
#include <unordered_map>
#include <vector>

namespace fangxin::sync {

/// A line of people.csv: the PIN as the shop keeps it, never stored.
struct PersonRow {
    std::string number;
    std::string name;
    domain::Role role = domain::Role::cashier;
    std::string pin;
    std::optional<domain::Date> health_until;
    std::optional<domain::Date> training_until;
};

/// A line of members.csv: the telephone number is stored as a part of it, and sealed.
struct MemberRow {
    std::string number;
    std::string phone;
    std::string name;
    std::int64_t points = 0;
};

/// A line of batches.csv: a delivery that the shop has on its hands.
struct BatchRow {
    std::string item;
    std::string lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::optional<domain::Date> received;
    std::int64_t quantity_milli = 0;
    domain::Decision state = domain::Decision::inspecting;
    std::string supplier;
    domain::PrivateBrandInspection private_brand_inspection =
        domain::PrivateBrandInspection::not_private;
    domain::TestResult test = domain::TestResult::none;
};

template <>
struct Declaration<PersonRow> {
    using R = PersonRow;
    static constexpr std::string_view name = "people";
    static constexpr std::size_t keys = 1;
    static constexpr auto fields = std::tuple{field("number", &R::number),
                                              field("name", &R::name),
                                              field("role", &R::role),
                                              field("pin", &R::pin),
                                              field("health_until", &R::health_until),
                                              field("training_until", &R::training_until)};
};

template <>
struct Declaration<MemberRow> {
    using R = MemberRow;
    static constexpr std::string_view name = "members";
    static constexpr std::size_t keys = 1;
    static constexpr auto fields =
        std::tuple{field("number", &R::number), field("phone", &R::phone), field("name", &R::name),
                   field("points", &R::points)};
};

template <>
struct Declaration<BatchRow> {
    using R = BatchRow;
    static constexpr std::string_view name = "batches";
    static constexpr std::size_t keys = 0;  // the batch id, which needs the item's shelf life
    static constexpr auto fields =
        std::tuple{field("item", &R::item),
                   field("lot", &R::lot),
                   field("production", &R::production),
                   field("expiry", &R::expiry),
                   field("received", &R::received),
                   field("quantity_milli", &R::quantity_milli),
                   field("state", &R::state),
                   field("supplier", &R::supplier),
                   field("private_brand_inspection", &R::private_brand_inspection),
                   field("test", &R::test)};
};

enum class CellForm { text, code, barcode, lot, pin };

struct ColumnRule {
    std::string_view name;
    bool required = false;  ///< in the header, and in no row empty
    CellForm form = CellForm::text;
    IntegerRange range{};
};

constexpr ColumnRule key(std::string_view name) {
    return {.name = name, .required = true, .form = CellForm::code};
}
constexpr ColumnRule refers(std::string_view name) {
    return {.name = name, .form = CellForm::code};
}
constexpr ColumnRule required(std::string_view name) { return {.name = name, .required = true}; }
constexpr ColumnRule number(std::string_view name, std::int64_t most) {
    return {.name = name, .range = {.most = most}};
}

inline constexpr std::int64_t fen_limit = 10'000'000'000;    // a hundred million yuan
inline constexpr std::int64_t mass_limit = 100'000'000'000;  // a hundred tonnes in milligrams

/// Columns that are not here are optional text, or numbers from 0.
template <class R>
struct ImportRules;
template <>
struct ImportRules<Setting> {
    static constexpr std::array columns{key("key"), ColumnRule{"value"}};
};
template <>
struct ImportRules<domain::Category> {
    static constexpr std::array columns{key("code"),
                                        required("name_zh"),
                                        required("batch_control"),
                                        number("near_expiry_days", 3650),
                                        number("share_of_life_percent", 100),
                                        number("minimum_age", 120)};
};
template <>
struct ImportRules<domain::Supplier> {
    static constexpr std::array columns{key("code"), required("name")};
};
template <>
struct ImportRules<domain::Item> {
    static constexpr std::array columns{
        key("code"),
        required("name_zh"),
        ColumnRule{"category", true, CellForm::code},
        required("unit"),
        ColumnRule{"price_fen", true, CellForm::text, {0, fen_limit}},
        number("vat_permille", 1000),
        number("tare_mg", mass_limit),
        refers("supplier")};
};
template <>
struct ImportRules<domain::Barcode> {
    static constexpr std::array columns{
        ColumnRule{"barcode", true, CellForm::barcode}, key("item"),
        ColumnRule{"quantity", false, CellForm::text, {1, 100'000}}};
};
template <>
struct ImportRules<domain::SupplierPaper> {
    static constexpr std::array columns{key("supplier"), required("kind"), required("number")};
};
template <>
struct ImportRules<BatchRow> {
    static constexpr std::array columns{key("item"), ColumnRule{"lot", false, CellForm::lot},
                                        number("quantity_milli", mass_limit), refers("supplier")};
};
template <>
struct ImportRules<PersonRow> {
    static constexpr std::array columns{key("number"), required("name"), required("role"),
                                        ColumnRule{"pin", false, CellForm::pin}};
};
template <>
struct ImportRules<domain::Instrument> {
    static constexpr std::array columns{required("kind"),
                                        required("model"),
                                        required("serial"),
                                        number("max_mg", mass_limit),
                                        number("min_mg", mass_limit),
                                        number("e_mg", mass_limit)};
};
template <>
struct ImportRules<domain::Promotion> {
    static constexpr std::array columns{key("id"), required("kind"), number("percent", 100),
                                        number("amount_fen", fen_limit),
                                        number("threshold_fen", fen_limit)};
};
template <>
struct ImportRules<MemberRow> {
    static constexpr std::array columns{key("number"), number("points", fen_limit)};
};

/// The rows of one file; empty where the folder has no such file.
template <Declared R>
struct ImportedTable {
    std::vector<R> rows;
    std::vector<int> lines;
    std::bitset<field_count<R>> present;  ///< columns that the header has
    std::unordered_map<std::string, std::size_t> by_key;

    static std::string file() { return std::string(Declaration<R>::name) + ".csv"; }
    const R* find(const std::string& row_key) const {
        auto found = by_key.find(row_key);
        return found == by_key.end() ? nullptr : &rows[found->second];
    }
};

/// In the order in which one may refer to another; settings first, they hold the time zone.
using ImportFolder =
    std::tuple<ImportedTable<Setting>, ImportedTable<domain::Category>,
               ImportedTable<domain::Supplier>, ImportedTable<domain::Item>,
               ImportedTable<domain::Barcode>, ImportedTable<domain::SupplierPaper>,
               ImportedTable<PersonRow>, ImportedTable<domain::Instrument>,
               ImportedTable<domain::Promotion>, ImportedTable<MemberRow>, ImportedTable<BatchRow>>;

/// Calls `visit.operator()<R>(table)` for each file in order.
template <class Folder, class Visit>
void for_each_table(Folder& folder, Visit&& visit) {
    std::apply([&](auto&... table) { (visit(table), ...); }, folder);
}

}  // namespace fangxin::sync
