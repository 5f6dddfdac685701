// The goods of a shop as reference records: categories, items, the codes they are found by, who
// supplies them. Plain values; sync/records.hpp declares how they are stored and sent.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::domain {

/// How goods of a category are followed (rules 1).
enum class BatchControl { none, delivery, date, lot };
template <>
struct EnumTable<BatchControl> {
    static constexpr std::array rows{
        EnumText{BatchControl::none, "none"}, EnumText{BatchControl::delivery, "delivery"},
        EnumText{BatchControl::date, "date"}, EnumText{BatchControl::lot, "lot"}};
};

enum class Unit { piece, kg };
template <>
struct EnumTable<Unit> {
    static constexpr std::array rows{EnumText{Unit::piece, "piece"}, EnumText{Unit::kg, "kg"}};
};

/// Which date the category prints on the pack; the verify question asks for this one.
enum class DatePrinted { production, expiry };
template <>
struct EnumTable<DatePrinted> {
    static constexpr std::array rows{EnumText{DatePrinted::production, "production"},
                                     EnumText{DatePrinted::expiry, "expiry"}};
};

/// `no_reorder` sells through; `stop_sale` is refused at every till.
enum class ItemStatus { active, no_reorder, stop_sale };
template <>
struct EnumTable<ItemStatus> {
    static constexpr std::array rows{EnumText{ItemStatus::active, "active"},
                                     EnumText{ItemStatus::no_reorder, "no_reorder"},
                                     EnumText{ItemStatus::stop_sale, "stop_sale"}};
};

struct Category {
    std::string code;
    std::string name_zh;
    std::string name_en;
    BatchControl batch_control = BatchControl::none;
    std::string temperature;  ///< `frozen` `chilled` `hot` or empty (COLD-1)
    std::optional<std::int64_t> near_expiry_days;
    std::optional<std::int64_t> share_of_life_percent;  ///< used life refused at the door (RECV-6)
    std::string label_standard;
    std::string papers;  ///< kinds asked per batch, `;` between them (RECV-3)
    bool open_food = false;
    std::optional<std::int64_t> minimum_age;
};

struct Item {
    std::string code;
    std::string name_zh;
    std::string name_en;
    std::string category;
    Unit unit = Unit::piece;
    std::int64_t price_fen = 0;  ///< per piece, or per kilogram
    std::int64_t vat_permille = 0;
    std::optional<ShelfLife> shelf_life;
    DatePrinted date_printed = DatePrinted::production;
    ItemStatus status = ItemStatus::active;
    std::string marks;  ///< `green` `organic` `private_brand` …, `;` between them
    std::int64_t tare_mg = 0;
    std::string supplier;
    std::string aisle;
};

/// True if `mark` is one of the item's marks.
bool has_mark(const Item& item, std::string_view mark);

/// One code of an item; a case code counts several pieces.
struct Barcode {
    std::string barcode;  ///< GTIN as 14 digits, or the PLU as printed
    std::string item;
    std::int64_t quantity = 1;
};

struct Supplier {
    std::string code;
    std::string name;
    std::string phone;
};

struct SupplierPaper {
    std::string supplier;
    std::string kind;
    std::string number;
    std::optional<Date> from;
    std::optional<Date> until;
};

struct Member {
    std::string number;
    std::string phone;  ///< a part of it, as screens and receipts show it
    std::string name;
    std::int64_t points = 0;
    std::string phone_tag;     ///< by which the whole number finds him (sync/store_key.hpp)
    std::string phone_sealed;  ///< all of it, for the server alone (sync/sealed_text.hpp)
};

}  // namespace fangxin::domain
