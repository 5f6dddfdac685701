// Every declared row and op survives JSON and the store unchanged; what does not fit is named.
#include "sync/codec.hpp"

#include "sync/json_text.hpp"
#include "tests/support/sync_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::sync::testing {
namespace {

// One value of each member type that is not its default.
void fill(std::int64_t& value) { value = json_integer_limit - 1; }
void fill(bool& value) { value = true; }
void fill(std::string& value) { value = "牛奶 \"L1\" \\ \b\f\n\r\t\x01\x1f\x7f/"; }
void fill(domain::Date& value) { value = *domain::parse_date("2028-02-29"); }
void fill(domain::DayMinute& value) { value = day("2026-11-23T14:05"); }
void fill(domain::ShelfLife& value) { value = {12, domain::LifeUnit::months}; }
template <class E>
requires std::is_enum_v<E>
void fill(E& value) { value = domain::EnumTable<E>::rows.back().value; }
template <Declared R>
void fill(R& record);
template <class T>
void fill(std::optional<T>& value) {
    fill(value.emplace());
}
template <class T>
void fill(std::vector<T>& values) {
    values.resize(2);
    fill(values[1]);
}
template <Declared R>
void fill(R& record) {
    for_each_field<R>([&](const auto& field) { fill(record.*(field.pointer)); });
}

template <Declared R>
std::string through_json(const R& record) {
    auto object = parse_strict_object(json::serialize(to_json(record)));
    if (!object) return object.error().detail;
    json::object unknown;
    auto back = from_json<R>(*object, &unknown);
    if (!back) return back.error().detail;
    return json::serialize(to_json(*back)) + (unknown.empty() ? "" : " and more");
}

template <Declared R>
void expect_round_trips() {
    R full{};
    fill(full);
    EXPECT_EQ(through_json(full), json::serialize(to_json(full))) << Declaration<R>::name;
    EXPECT_EQ(through_json(R{}), json::serialize(to_json(R{}))) << Declaration<R>::name;
    EXPECT_EQ(json_text(full), json::serialize(to_json(full))) << Declaration<R>::name;
    EXPECT_EQ(json_text(R{}), json::serialize(to_json(R{}))) << Declaration<R>::name;
}

template <class... R>
void expect_all_round_trip(std::tuple<R...>*) {
    (expect_round_trips<R>(), ...);
}

TEST(Codec, EveryRowRoundTrips) { expect_all_round_trip(static_cast<AllRows*>(nullptr)); }

TEST(Codec, EveryOpRoundTrips) { expect_all_round_trip(static_cast<AllOps*>(nullptr)); }

TEST(Codec, EveryRowComesBackFromItsTable) {
    Store store;
    for_each_row_type([&]<class R>() {
        R full{};
        fill(full);
        store.put(full);
        auto rows = select_rows<R>(store.db, "ORDER BY ver DESC LIMIT 1");
        ASSERT_EQ(rows.size(), 1U) << Declaration<R>::name;
        EXPECT_EQ(json::serialize(to_json(rows[0])), json::serialize(to_json(full)));
    });
}

template <Declared R>
std::string refusal(std::string_view text) {
    auto record = from_json<R>(*parse_strict_object(text));
    return record ? "read" : record.error().code + " " + record.error().detail;
}

TEST(Codec, RefusesAWrongTypeByTheMembersName) {
    EXPECT_EQ(refusal<Setting>(R"({"key":"a","value":1})"), "bad_record settings.value");
    EXPECT_EQ(refusal<Tender>(R"({"kind":"cash","amount_fen":"1"})"),
              "bad_record tender.amount_fen");
    EXPECT_EQ(refusal<BatchQuarantined>(R"({"batch":null,"item":"","reason":""})"),
              "bad_record batch_quarantined.batch");
}

TEST(Codec, RefusesAWordThatTheEnumerationDoesNotHave) {
    json::object item = to_json(milk());
    item["unit"] = "dozen";
    EXPECT_EQ(refusal<domain::Item>(json::serialize(item)), "bad_record items.unit");
}

TEST(Codec, RefusesADateThatIsNone) {
    json::object batch = to_json(milk_lot_1());
    batch["expiry"] = "2026-02-30";
    EXPECT_EQ(refusal<domain::Batch>(json::serialize(batch)), "bad_record batches.expiry");
}

TEST(Codec, RefusesAMissingMemberByName) {
    EXPECT_EQ(refusal<Setting>(R"({"key":"a"})"), "bad_record settings.value");
}

TEST(Codec, RefusesALineInsideASaleByTheListsName) {
    json::object sale = to_json(sale_of(500));
    sale["lines"].as_array()[0].as_object()["amount_fen"] = true;
    EXPECT_EQ(refusal<Sale>(json::serialize(sale)), "bad_record sale.lines");
}

TEST(Codec, AMissingOrNullOptionalIsEmpty) {
    json::object batch = to_json(milk_lot_1());
    batch.erase("production");
    batch["expiry"] = nullptr;
    auto read = from_json<domain::Batch>(batch);
    ASSERT_TRUE(read.has_value());
    EXPECT_FALSE(read->production || read->expiry);
    EXPECT_FALSE(to_json(*read).contains("expiry"));
}

TEST(Codec, HandsBackWhatANewerProgramWrote) {
    json::object unknown;
    auto object = parse_strict_object(R"({"key":"a","value":"b","since":2,"by":{"n":1}})");
    ASSERT_TRUE(from_json<Setting>(*object, &unknown).has_value());
    EXPECT_EQ(json::serialize(unknown), R"({"by":{"n":1},"since":2})");
}

TEST(Codec, ATerminalKeepsWhatANewerServerWrote) {
    Till till;
    json::object row = to_json(Setting{"shop_name", "放心"});
    row["colour"] = "red";
    ASSERT_EQ(code_of(store_rows(till.db, {.from = 0, .to = 5, .rows = {{"settings", 5, row}}})),
              "ok");
    Query extra = till.db.query("SELECT extra FROM settings");
    ASSERT_TRUE(extra.step());
    EXPECT_EQ(extra.text(0), R"({"colour":"red"})");
}

}  // namespace
}  // namespace fangxin::sync::testing
