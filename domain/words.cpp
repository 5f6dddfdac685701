#include "domain/words.hpp"

#include <array>

namespace fangxin::domain {

namespace {

constexpr Words aside = {"放入隔离筐，不要放回货架",
                         "Put it in the quarantine crate, not back on the shelf"};

// Clauses: 4.2.5 spoiled and expired goods are removed; 4.3.3 near and past their date off the
// shelf; 4.3.4 what has gone bad is not sold; 4.4.5 major incidents; 6.3 test room; 8.1.2 supplier
// papers; 8.2.1 every delivery is inspected; 8.2.6 goods-in ledger; 8.5.7 private brands.
// Age: Law on the Protection of Minors, article 59 (2020), since the standard has no clause on it.
constexpr std::array table{
    ReasonWords{Reason::recalled,
                {"已召回", "Recalled"},
                {"这批商品已被召回，不能出售。我给您换一件别的。",
                 "This batch has been recalled, so we cannot sell it. Let me find you another."},
                aside,
                {"§4.4.5", "§4.4.5"}},
    ReasonWords{Reason::expired,
                {"已过期", "Past its date"},
                {"这件商品已过保质期，不能出售。我给您换一件新的。",
                 "This pack is past its date, so we cannot sell it. Let me get you a fresh one."},
                aside,
                {"§4.2.5", "§4.2.5"}},
    ReasonWords{Reason::quarantined,
                {"已隔离", "On hold"},
                {"这批商品正在复查质量，暂时不能出售。",
                 "The quality of this batch is being checked, so we cannot sell it for now."},
                aside,
                {"§4.3.4", "§4.3.4"}},
    ReasonWords{Reason::failed_test,
                {"检测不合格", "Failed a test"},
                {"这批商品检测不合格，不能出售。",
                 "This batch did not pass its safety test, so we cannot sell it."},
                aside,
                {"§6.3", "§6.3"}},
    ReasonWords{Reason::stop_sale,
                {"已停售", "Sale stopped"},
                {"这种商品已停止销售，很抱歉。", "We have stopped selling this item. I am sorry."},
                {"收下商品，交给值班长", "Keep the item and hand it to the shift lead"},
                {"§4.2.5", "§4.2.5"}},
    ReasonWords{
        Reason::withdrawn,
        {"已下架", "Withdrawn"},
        {"这批商品已下架，不应再出现在货架上，不能出售。",
         "This batch was taken off the shelf and should not have been there. We cannot sell it."},
        aside,
        {"§4.3.3", "§4.3.3"}},
    ReasonWords{Reason::not_released,
                {"未验收", "Not yet inspected"},
                {"这批商品还没有验收完，暂时不能出售。",
                 "This delivery has not been inspected yet, so we cannot sell it for now."},
                {"收下商品，交给质检员", "Keep the item and hand it to the quality inspector"},
                {"§8.2.1", "§8.2.1"}},
    ReasonWords{
        Reason::private_brand_uninspected,
        {"自有品牌未检验", "Own brand, not inspected"},
        {"本店品牌的这批商品还没有检验合格，暂时不能出售。",
         "This batch of our own brand has not passed inspection yet, so we cannot sell it."},
        {"收下商品，交给质检员", "Keep the item and hand it to the quality inspector"},
        {"§8.5.7", "§8.5.7"}},
    ReasonWords{Reason::supplier_papers,
                {"供应商证照过期", "Supplier papers run out"},
                {"供应商的证照需要更新，这种商品暂时不能出售。",
                 "The supplier's papers have to be renewed, so we cannot sell this item for now."},
                {"告诉店长", "Tell the manager"},
                {"§8.1.2", "§8.1.2"}},
    ReasonWords{Reason::clock_unknown,
                {"时间待确认", "Time not confirmed"},
                {"收银机的时间需要店长确认，请稍等。",
                 "A manager has to confirm the date on this till first. One moment, please."},
                {"请店长确认日期", "Ask a manager to confirm the date"},
                {"§4.3.3", "§4.3.3"}},
    ReasonWords{Reason::near_expiry,
                {"临近保质期", "Near its date"},
                {"这件商品快到保质期了，请尽快食用。",
                 "This pack is close to its date, so please use it soon."},
                {"照常出售", "Sell it as usual"},
                {"§4.3.3", "§4.3.3"}},
    ReasonWords{Reason::unrecorded_batch,
                {"批次未登记", "Batch not on record"},
                {"这件商品可以出售。", "This item can be sold."},
                {"照常出售，收货处会补登记", "Sell it as usual; receiving will book it"},
                {"§8.2.6", "§8.2.6"}},
    ReasonWords{Reason::age_check,
                {"核对年龄", "Check age"},
                {"这种商品不卖给未成年人，请出示身份证。",
                 "We may not sell this to minors. May I see your identity card?"},
                {"看身份证，未成年则作废该行", "Look at the card; void the line for a minor"},
                {"《未成年人保护法》第五十九条", "Law on the Protection of Minors, art. 59"}}};

constexpr bool table_is_whole() {
    if (table.size() != EnumTable<Reason>::rows.size()) return false;
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].reason) != i) return false;
    }
    return true;
}
static_assert(table_is_whole(), "a row for each reason, in order");

}  // namespace

const ReasonWords& words_of(Reason reason) { return table[static_cast<std::size_t>(reason)]; }

}  // namespace fangxin::domain
