#include "sync/server/importer.hpp"

#include "sync/pin.hpp"
#include "sync/store/row_table.hpp"
#include "tests/support/book_shop.hpp"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <utility>

namespace fangxin::sync {
namespace {

using tests::BookShop;
using tests::Files;
using tests::small_shop;

/// The small shop with one file replaced or added.
Files shop_with(const std::string& file, const std::string& text) {
    Files files = small_shop();
    files[file] = text;
    return files;
}

std::filesystem::path sample_shop() {
    return std::filesystem::path(FANGXIN_SOURCE_DIR) / "assets/sample-shop";
}

std::string printed(const std::optional<domain::Batch>& batch) {
    if (!batch) return "none";
    return fmt::format("{} expiry={} {}{}{}", batch->id,
                       batch->expiry ? domain::format_day_minute(*batch->expiry) : "-",
                       domain::to_text(batch->decision),
                       batch->withdrawal_confirmed ? " confirmed" : "",
                       batch->in_stock ? " in_stock" : "");
}

TEST(Importer, TakesAShopInAndItsGoodsCanBeFound) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    EXPECT_EQ(book.shop.by_code("06901234567892")->item.name_zh, "纯牛奶");
    EXPECT_EQ(book.shop.by_code("01011")->item.name_zh, "香蕉");
    EXPECT_EQ(book.shop.setting("time_zone"), "Asia/Shanghai");
    EXPECT_EQ(printed(book.shop.batch("130101/A1/2026-12-11")),
              "130101/A1/2026-12-11 expiry=2026-12-11 released in_stock");
    EXPECT_EQ(book.shop.stock("130101/A1/2026-12-11")->quantity_milli, 24000);
}

TEST(Importer, SendsNothingWhenAFolderIsImportedAgain) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    auto ver = book.ver();
    auto again = book.import(small_shop());
    EXPECT_EQ(book.ver(), ver);
    EXPECT_EQ(again->batches_received, 0);
    EXPECT_EQ(book.shop.stock("130101/A1/2026-12-11")->quantity_milli, 24000);
}

TEST(Importer, GivesANewVersionToTheChangedRowOnly) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    auto ver = book.ver();
    ASSERT_EQ(book.tried({{"items.csv",
                           "code,name_zh,category,unit,price_fen\n"
                           "130101,纯牛奶,13,piece,480\n"
                           "380101,香蕉,38,kg,698\n"}}),
              "ok");
    EXPECT_EQ(book.ver(), ver + 1);
    EXPECT_EQ(book.shop.item("130101")->price_fen, 480);
}

TEST(Importer, KeepsWhatAColumnThatIsNotThereWouldSay) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    ASSERT_EQ(book.tried({{"items.csv",
                           "code,name_zh,category,unit,price_fen\n"
                           "130101,纯牛奶,13,piece,480\n"}}),
              "ok");
    EXPECT_EQ(book.shop.item("130101")->supplier, "S1");
    EXPECT_EQ(domain::format_shelf_life(*book.shop.item("130101")->shelf_life), "21d");
}

TEST(Importer, ImportsNothingIfOneLineIsWrong) {
    BookShop book;
    Files files = small_shop();
    files["batches.csv"] += "130101,A2,tomorrow,1,released\n";
    EXPECT_EQ(book.tried(files),
              "batches.csv:3: production: 'tomorrow' is no date (write 2026-11-23, "
              "2026-11-23T08:00, today or today-3d)\n");
    EXPECT_EQ(book.ver(), 0);
    EXPECT_FALSE(book.shop.item("130101"));
    EXPECT_FALSE(book.shop.has_people());
}

TEST(Importer, TellsAllThatIsWrongAtOnce) {
    BookShop book;
    Files files = small_shop();
    files["items.csv"] =
        "code,name_zh,category,unit,price_fen,colour\n1,茶,99,box,-1,x\n,,13,kg,1,\n";
    EXPECT_EQ(book.tried(files),
              "barcodes.csv:2: item: no item '130101'\n"
              "barcodes.csv:3: item: no item '380101'\n"
              "batches.csv:2: item: no item '130101'\n"
              "items.csv:1: unknown column 'colour'; known are code,name_zh,name_en,category,unit,"
              "price_fen,vat_permille,shelf_life,date_printed,status,marks,tare_mg,supplier,aisle\n"
              "items.csv:2: unit: 'box' is none of: piece, kg\n"
              "items.csv:2: price_fen: '-1' is not from 0 to 10000000000\n"
              "items.csv:2: category: no category '99'\n"
              "items.csv:3: code: is empty\n"
              "items.csv:3: name_zh: is empty\n");
}

struct BadLine {
    const char* file;
    const char* text;
    const char* reason;
};
class ImporterRefuses : public ::testing::TestWithParam<BadLine> {};

TEST_P(ImporterRefuses, WithTheReason) {
    BookShop book;
    const BadLine& bad = GetParam();
    EXPECT_EQ(book.tried(shop_with(bad.file, bad.text)), std::string(bad.reason) + "\n");
    EXPECT_EQ(book.ver(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Columns, ImporterRefuses,
    ::testing::Values(
        BadLine{"suppliers.csv", "code,phone\nS1,1\n", "suppliers.csv:1: column 'name' is missing"},
        BadLine{"suppliers.csv", "code,name,fax\nS1,晨牧,1\n",
                "suppliers.csv:1: unknown column 'fax'; known are code,name,phone"},
        BadLine{"suppliers.csv", "code,name\nS1,晨牧\nS1,再来\n",
                "suppliers.csv:3: 'S1' stands in line 2 already"},
        BadLine{"prices.csv", "a\n1\n",
                "prices.csv:1: no such table; known are settings.csv categories.csv suppliers.csv "
                "items.csv barcodes.csv supplier_papers.csv people.csv instruments.csv "
                "promotions.csv members.csv batches.csv"},
        BadLine{"suppliers.csv", "code,name\nS1,晨牧\nS2\n",
                "suppliers.csv:3: 1 cells, the header has 2"}));

INSTANTIATE_TEST_SUITE_P(
    Values, ImporterRefuses,
    ::testing::Values(
        BadLine{"suppliers.csv", "code,name\nS1,晨\x07牧\n",
                "suppliers.csv:2: name: holds a control character or a line break"},
        BadLine{"suppliers.csv", "code,name\nS1,\"a\nb\"\n",
                "suppliers.csv:2: name: holds a control character or a line break"},
        BadLine{"suppliers.csv", "code,name\nS1,晨牧\nS2,晨\xE7\x89\n",
                "suppliers.csv:3: not valid UTF-8"},
        BadLine{"suppliers.csv", "code,name\nS1,晨牧\nS/2,b\n",
                "suppliers.csv:3: code: 'S/2' holds a blank, quote or one of / ; ,"},
        BadLine{"categories.csv",
                "code,name_zh,batch_control,temperature\n13,乳品,lot,warm\n38,水果,none,\n",
                "categories.csv:2: temperature: 'warm' is none of: frozen, chilled, hot"},
        BadLine{"categories.csv",
                "code,name_zh,batch_control,open_food\n13,乳品,lot,yes\n38,水果,none,\n",
                "categories.csv:2: open_food: 'yes' is none of: true, false"},
        BadLine{"members.csv", "number,points\n1,1.5\n",
                "members.csv:2: points: '1.5' is not a whole number"},
        BadLine{"members.csv", "number,points\n1,99999999999999999999\n",
                "members.csv:2: points: '99999999999999999999' is not from 0 to 10000000000"}));

INSTANTIATE_TEST_SUITE_P(
    Goods, ImporterRefuses,
    ::testing::Values(
        BadLine{"barcodes.csv", "barcode,item\n6901234567893,130101\n",
                "barcodes.csv:2: barcode: '6901234567893': its check digit would be 2"},
        BadLine{"barcodes.csv", "barcode,item\n1234567,130101\n",
                "barcodes.csv:2: barcode: '1234567' has 7 digits: a GTIN has 8, 12, 13 or 14, a "
                "PLU 1 to 6"},
        BadLine{"barcodes.csv", "barcode,item\n6901234567892,130101\n06901234567892,380101\n",
                "barcodes.csv:3: '06901234567892' stands in line 2 already"},
        BadLine{"barcodes.csv", "barcode,item,quantity\n01011,380101,0\n",
                "barcodes.csv:2: quantity: '0' is not from 1 to 100000"},
        BadLine{"batches.csv", "item,production,expiry\n130101,today,today-1d\n",
                "batches.csv:2: expiry: is before production"},
        BadLine{"batches.csv", "item,lot,expiry\n130101,\" \",today\n",
                "batches.csv:2: lot: ' ' can be no lot"},
        BadLine{"batches.csv", "item,state\n130101,released\n",
                "batches.csv:2: goods followed by lot need a lot or a date"},
        BadLine{"batches.csv", "item,quantity_milli\n380101,5\n",
                "batches.csv:2: a delivery needs its number as lot, or the day it was received"},
        BadLine{"batches.csv", "item,lot,supplier\n130101,A1,S9\n",
                "batches.csv:2: supplier: no supplier 'S9'"},
        BadLine{"batches.csv", "item,lot,production\n130101,A1,today\n130101,A1,today\n",
                "batches.csv:3: the same batch as in line 2: '130101/A1/2026-12-14'"},
        BadLine{"promotions.csv", "id,kind,items,percent\nP1,bundle,130101;5,10\n",
                "promotions.csv:2: items: no item '5'"},
        BadLine{"promotions.csv", "id,kind,items,buy\nP1,nth_discount,130101,2\n",
                "promotions.csv:2: percent: is not from 1 to 100"},
        BadLine{"items.csv",
                "code,name_zh,category,unit,price_fen,shelf_life\n130101,a,13,piece,1,soon\n"
                "380101,b,38,kg,1,\n",
                "items.csv:2: shelf_life: 'soon' is no shelf life (write 24h, 7d or 12m)"}));

INSTANTIATE_TEST_SUITE_P(
    PeopleAndPapers, ImporterRefuses,
    ::testing::Values(
        BadLine{"people.csv", "number,name,role,pin\n1,林,cashier,12345\n",
                "people.csv:2: pin: has not 6 to 32 digits"},
        BadLine{"people.csv", "number,name,role,pin\n1,林,cashier,secret\n",
                "people.csv:2: pin: is not all digits"},
        BadLine{"people.csv", "number,name,role\n1,林,cashier\n",
                "people.csv:2: pin: a person whom the shop does not know yet needs one"},
        BadLine{"people.csv", "number,name,role,pin\n1,林,boss,123456\n",
                "people.csv:2: role: 'boss' is none of: cashier, shift_lead, receiver, inspector, "
                "after_sales, instruments, manager, account_admin"},
        BadLine{"supplier_papers.csv", "supplier,kind,number,from,until\nS1,x,1,today,today-1d\n",
                "supplier_papers.csv:2: until: is before from"},
        BadLine{"instruments.csv", "kind,model,serial,max_mg,min_mg\ns,m,1,5,6\n",
                "instruments.csv:2: min_mg: is above max_mg"},
        BadLine{"settings.csv", "key,value\ntime_zone,Mars/Base\n",
                "settings.csv:2: value: no time zone 'Mars/Base'"},
        BadLine{"settings.csv", "key,value\ntest_shop,0\n",
                "settings.csv:2: key: 'test_shop' is none of: shop_name, time_zone, address, "
                "phone, complaint_phone, block_without_supplier_papers, working_hours, "
                "fault_after_s, contact_months"},
        BadLine{"settings.csv", "key,value\nworking_hours,9 to 5\n",
                "settings.csv:2: value: is no span such as 08:00-18:00"}));

TEST(Importer, KnowsAFolderThatIsNotThereFromOneThatHoldsNothing) {
    BookShop book;
    EXPECT_EQ(import_folder(book.database, book.dir.path() / "no", {}).error().code, "not_found");
    EXPECT_EQ(book.tried({{"notes.txt", "hello"}}), "nothing_to_import");
}

TEST(Importer, UnderstandsDatesRelativeToTheStoresDay) {
    BookShop book;
    Files files = shop_with("batches.csv",
                            "item,lot,production,expiry\n130101,A,today-1d,today+2d\n"
                            "130101,B,today-1dT08:30,2026-12-01T06:00\n");
    ASSERT_EQ(book.tried(files), "ok");
    EXPECT_TRUE(book.shop.batch("130101/A/2026-11-25"));
    EXPECT_EQ(domain::format_day_minute(*book.shop.batch("130101/B/2026-12-01T06:00")->production),
              "2026-11-22T08:30");
}

TEST(Importer, TakesTheDayFromTheTimeZoneOfTheFolder) {
    BookShop book;  // ten in the morning in Shanghai is still the day before in New York
    Files files = shop_with("settings.csv", "key,value\ntime_zone,America/New_York\n");
    ASSERT_EQ(book.tried(files), "ok");
    EXPECT_TRUE(book.shop.batch("130101/A1/2026-12-10"));
}

TEST(Importer, ComputesALifeInHoursFromItsMinute) {
    BookShop book;
    Files files = small_shop();
    files["items.csv"] =
        "code,name_zh,category,unit,price_fen,shelf_life\n"
        "130101,豆浆,13,piece,450,24h\n380101,香蕉,38,kg,698,\n";
    files["batches.csv"] = "item,lot,production\n130101,A,todayT06:30\n";
    ASSERT_EQ(book.tried(files), "ok");
    EXPECT_EQ(printed(book.shop.batch("130101/A/2026-11-24T06:30")),
              "130101/A/2026-11-24T06:30 expiry=2026-11-24T06:30 inspecting");
}

TEST(Importer, ConfirmsThatGoodsTakenBackAreOffTheShelf) {  // rules 2.4
    BookShop book;
    Files files = shop_with("batches.csv",
                            "item,lot,expiry,quantity_milli,state\n"
                            "130101,A,today,6000,withdrawn\n130101,B,today,0,disposed\n"
                            "130101,C,today,6000,quarantined\n");
    ASSERT_EQ(book.tried(files), "ok");
    EXPECT_EQ(printed(book.shop.batch("130101/A/2026-11-23")),
              "130101/A/2026-11-23 expiry=2026-11-23 withdrawn confirmed");
    EXPECT_EQ(printed(book.shop.batch("130101/B/2026-11-23")),
              "130101/B/2026-11-23 expiry=2026-11-23 disposed confirmed");
    EXPECT_EQ(printed(book.shop.batch("130101/C/2026-11-23")),
              "130101/C/2026-11-23 expiry=2026-11-23 quarantined in_stock");
}

// SAFE-6: a recalled delivery without lot or date recalled the whole item, good goods and all.
TEST(Importer, RecallsOneDeliveryAndNotTheWholeItem) {
    BookShop book;
    ASSERT_EQ(book.tried(shop_with("batches.csv",
                                   "item,received,supplier,quantity_milli,state\n"
                                   "380101,today-1d,S1,5000,recalled\n"
                                   "380101,today,S1,5000,released\n")),
              "ok");
    auto recall = book.shop.block("R-380101/S1-2026-11-22");
    ASSERT_TRUE(recall);
    EXPECT_EQ(recall->batch, "380101/S1-2026-11-22");
    EXPECT_FALSE(domain::covers_whole_item(*recall));
    auto item = *book.shop.item("380101");
    EXPECT_TRUE(domain::covers(*recall, *book.shop.batch("380101/S1-2026-11-22"), item));
    EXPECT_FALSE(domain::covers(*recall, *book.shop.batch("380101/S1-2026-11-23"), item));
}

// Shown as the reason on every till, whose people read Chinese.
TEST(Importer, SaysInChineseWhyImportedGoodsAreRecalled) {
    BookShop book;
    ASSERT_EQ(book.tried(shop_with("batches.csv", "item,lot,state\n130101,A,recalled\n")), "ok");
    EXPECT_EQ(book.shop.block("R-130101/A/-")->reason, "导入时已在召回中");
    EXPECT_EQ(book.shop.block("R-130101/A/-")->lot, "A");
}

TEST(Importer, TellsDeliveriesApartByDayWhereTheyHaveNoNumber) {
    BookShop book;
    ASSERT_EQ(book.tried(shop_with("batches.csv",
                                   "item,received,supplier\n380101,today,S1\n"
                                   "380101,today-1d,S1\n")),
              "ok");
    EXPECT_TRUE(book.shop.batch("380101/S1-2026-11-23"));
    EXPECT_TRUE(book.shop.batch("380101/S1-2026-11-22"));
}

TEST(Importer, HashesAPinOnceAndKeepsALock) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    std::string verifier = book.shop.person("1001")->pin_verifier;
    EXPECT_TRUE(verify_pin(verifier, "408213"));
    book.database.execute("UPDATE people SET locked = 1");
    ASSERT_EQ(book.tried({{"people.csv", "number,name,role\n1001,林小雨,manager\n"}}), "ok");
    EXPECT_EQ(book.shop.person("1001")->pin_verifier, verifier);
    EXPECT_TRUE(book.shop.person("1001")->locked);
    ASSERT_EQ(book.tried({{"people.csv", "number,name,role,pin\n1001,林小雨,manager,999999\n"}}),
              "ok");
    EXPECT_TRUE(verify_pin(book.shop.person("1001")->pin_verifier, "999999"));
}

TEST(Importer, MakesVerifiersWithTheStoresKeyAndAnewThoseOfBefore) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    ASSERT_FALSE(is_keyed(book.shop.person("1001")->pin_verifier));
    const ImportOptions with_key{.keys = {StoreKey{std::string(32, 'a')}, {}}};
    ASSERT_EQ(book.tried(small_shop(), with_key), "ok");
    const std::string verifier = book.shop.person("1001")->pin_verifier;
    EXPECT_TRUE(verify_pin(verifier, "408213", with_key.keys.store));
    EXPECT_FALSE(verify_pin(verifier, "408213"));
    ASSERT_EQ(book.tried(small_shop(), with_key), "ok");
    EXPECT_EQ(book.shop.person("1001")->pin_verifier, verifier);
}

TEST(Importer, KeepsOfATelephoneNumberWhatFindsItAndSealsTheRest) {
    BookShop book;
    const SealPair pair = make_seal_pair();
    const ImportOptions options{
        .keys = {StoreKey{std::string(32, 'a')}, SealKey{"2026-11", pair.open}}};
    const Files members{{"members.csv", "number,phone,name\n88,13812345678,王女士\n"}};
    ASSERT_EQ(book.tried(members, options), "ok");
    auto member = [&] { return *find_row<domain::Member>(book.database, "88"); };
    EXPECT_EQ(member().phone, "138****5678");
    EXPECT_EQ(member().phone_tag, phone_tag(options.keys.store, "138 1234 5678"));
    const std::string sealed = member().phone_sealed;
    EXPECT_EQ(open_sealed(pair, sealed), "13812345678");
    const std::int64_t ver = book.ver();
    ASSERT_EQ(book.tried(members, options), "ok");
    EXPECT_EQ(book.ver(), ver);  // nothing changed
    ASSERT_EQ(book.tried({{"members.csv", "number,points\n88,5\n"}}, options), "ok");
    EXPECT_EQ(member().phone_sealed, sealed);
    EXPECT_EQ(member().points, 5);
    EXPECT_EQ(book.tried({{"members.csv", "number,phone_tag\n88,x\n"}}, options),
              "members.csv:1: unknown column 'phone_tag'; known are number,phone,name,points\n");
}

// ACCT-2: an account that wrong PINs locked while the import hashed its PINs was opened by it.
TEST(Importer, KeepsALockThatWasMadeMeanwhile) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    auto lock_once = [&, done = false]() mutable {
        if (!std::exchange(done, true)) book.database.execute("UPDATE people SET locked = 1");
    };
    ASSERT_EQ(book.tried({{"people.csv", "number,name,role,pin\n1001,林小雨,manager,999999\n"}},
                         {.let_pass = lock_once}),
              "ok");
    EXPECT_TRUE(book.shop.person("1001")->locked);
    EXPECT_TRUE(verify_pin(book.shop.person("1001")->pin_verifier, "999999"));
}

// A table that could not be read while an import was planned ended the server at its next sale.
TEST(Importer, TellsWhatItCouldNotReadAndLeavesTheDatabaseUsable) {
    for (const char* table : {"people", "settings"}) {
        BookShop book;
        book.database.execute(fmt::format("DROP TABLE {}", table));
        EXPECT_EQ(book.tried(small_shop(), {.test_shop = true}), "database") << table;
        EXPECT_TRUE(book.database.transaction([]() -> Result<void> { return {}; })) << table;
        EXPECT_EQ(book.ver(), 0) << table;
    }
}

TEST(Importer, ReadsGb18030) {
    BookShop book;
    std::string utf8 = "code,name\nS1,晨牧乳业\n";
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("gb18030", &status);
    std::string bytes(100, '\0');
    auto size = ucnv_fromAlgorithmic(converter, UCNV_UTF8, bytes.data(), 100, utf8.data(),
                                     static_cast<std::int32_t>(utf8.size()), &status);
    ucnv_close(converter);
    bytes.resize(static_cast<std::size_t>(size));
    ASSERT_EQ(book.tried(shop_with("suppliers.csv", bytes)), "ok");
    EXPECT_EQ(book.shop.supplier("S1")->name, "晨牧乳业");
}

TEST(Importer, NeverForgetsThatAShopIsATestShop) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop(), {.test_shop = true}), "ok");
    ASSERT_EQ(book.tried(small_shop()), "ok");
    EXPECT_EQ(book.shop.setting("test_shop"), "1");
}

TEST(Importer, MakesNoTestShopOfOneThatHasPeople) {
    BookShop book;
    ASSERT_EQ(book.tried(small_shop()), "ok");
    EXPECT_EQ(book.tried(small_shop(), {.test_shop = true}), "real_shop");
    EXPECT_EQ(book.shop.setting("test_shop"), "");
}

// A till that was apart sent its day to a new server, which was then marked as a test shop.
TEST(Importer, MakesNoTestShopOfOneThatSells) {
    BookShop book;
    book.database.execute("INSERT INTO sales VALUES ('till-1',1,1,'FX1',0,'1001',1,0,1,0,0)");
    EXPECT_EQ(book.tried(small_shop(), {.test_shop = true}), "real_shop");
    EXPECT_EQ(book.shop.setting("test_shop"), "");
}

TEST(Importer, LeavesTheShopsOwnSettingsAlone) {
    BookShop book;
    ASSERT_EQ(book.tried({{"settings.csv", "key,value\nshop_name,好邻居\n"}}), "ok");
    ASSERT_EQ(book.tried(small_shop()), "ok");
    EXPECT_EQ(book.shop.setting("shop_name"), "好邻居");
    EXPECT_EQ(book.shop.setting("complaint_phone"), "12315");
}

TEST(Importer, TakesTheSampleShopIn) {
    BookShop book;
    auto report = import_folder(book.database, sample_shop(), {.now = tests::monday_morning()});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems, std::vector<std::string>{});
    EXPECT_EQ(report->batches_received, 332);
    auto ver = book.ver();
    ASSERT_TRUE(import_folder(book.database, sample_shop(), {.now = tests::monday_morning()}));
    EXPECT_EQ(book.ver(), ver);
}

// A clash was found when the folder had been written and some items had been made up.
TEST(Importer, MakesNothingUpWhereACodeIsTaken) {
    const std::string header = "code,name_zh,category,unit,price_fen\n";
    const std::string goods = "130101,纯牛奶,13,piece,450\n380101,香蕉,38,kg,698\n";
    struct Taken {
        const char* file;
        std::string text;
    };
    for (const Taken& taken : {Taken{"items.csv", header + goods + "900007,山泉水,13,piece,200\n"},
                               Taken{"barcodes.csv", "barcode,item\n6900000000014,130101\n"}}) {
        BookShop book;
        Files files = shop_with(taken.file, taken.text);
        EXPECT_EQ(book.tried(files, {.generate = 500}), "generate") << taken.file;
        EXPECT_EQ(book.ver(), 0) << taken.file;
        ASSERT_EQ(book.tried(files), "ok") << taken.file;
        auto ver = book.ver();
        EXPECT_EQ(book.tried(files, {.generate = 500}), "generate") << taken.file;
        EXPECT_EQ(book.ver(), ver) << taken.file;
        EXPECT_EQ(book.tried(files, {.generate = 1}), "ok") << "far from what is taken";
    }
}

// Made-up rows are passed over by the database itself; the shop's own among them are not.
TEST(Importer, MakesNothingMoreUpWhereACodeWasTakenMeanwhile) {
    for (const char* taken :
         {"UPDATE items SET category = '13' WHERE code = '900123'",
          "UPDATE barcodes SET item = '900001' WHERE barcode = '06900000001233'"}) {
        BookShop book;
        ImportOptions options{.generate = 200, .now = tests::monday_morning()};
        ASSERT_TRUE(import_folder(book.database, "", options)) << taken;
        book.database.execute(taken);
        auto again = import_folder(book.database, "", options);
        EXPECT_EQ(again ? "ok" : again.error().code, "generate") << taken;
    }
}

TEST(Importer, MakesUpTheSameItemsEverywhere) {
    BookShop book;
    ImportOptions options{.generate = 3000, .now = tests::monday_morning()};
    auto report = import_folder(book.database, "", options);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->generated, 3000);
    EXPECT_EQ(book.shop.by_code("06900000029992")->item.code, "902999");
    EXPECT_EQ(book.shop.item("900013")->name_zh, "山溪原味酸奶 900013");
    EXPECT_EQ(book.shop.batches_of("902999").size(), 1U);
    auto ver = book.ver();
    EXPECT_EQ(import_folder(book.database, "", options)->generated, 0);
    EXPECT_EQ(book.ver(), ver);
}

}  // namespace
}  // namespace fangxin::sync
