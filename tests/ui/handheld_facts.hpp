// What a supermarket's handheld shows, for the rows of the screen table and for tests.
#pragma once

#include "handheld/screens/goods_words.hpp"
#include "handheld/screens/head_model.hpp"
#include "handheld/screens/receive_model.hpp"
#include "terminal/kit/geometry.hpp"

namespace fangxin::ui_rows {

inline constexpr kit::Size handheld_page{480, 800};

inline domain::StoreTime handheld_now() {
    return *domain::parse_instant("2026-11-24T14:32:00+08:00");
}

inline handheld::HeadFacts handheld_head() {
    return {.person = "李强",
            .role = domain::Role::receiver,
            .connected = true,
            .unsent = 3,
            .block_age_ms = 0,
            .now = handheld_now()};
}
inline handheld::HeadFacts handheld_offline() {
    handheld::HeadFacts head = handheld_head();
    head.connected = false;
    head.unsent = 137;
    head.block_age_ms = 40LL * 60 * 1000;
    return head;
}
inline handheld::HeadFacts handheld_old_blocks() {
    handheld::HeadFacts head = handheld_offline();
    head.block_age_ms = 31LL * 60 * 60 * 1000;
    return head;
}

inline std::optional<domain::DayMinute> day(const char* text) {
    return domain::parse_day_minute(text);
}

/// Fresh milk with a lot, good for four more days.
inline handheld::BatchFacts milk_batch() {
    handheld::BatchFacts facts;
    facts.batch = {.id = "6901234567892-L1121",
                   .item = "milk",
                   .lot = "L1121",
                   .production = day("2026-11-21"),
                   .expiry = day("2026-11-28"),
                   .received = *domain::parse_date("2026-11-22"),
                   .supplier = "S01",
                   .decision = domain::Decision::released};
    facts.name = "城北鲜牛奶 950ml";
    facts.supplier = "城北乳业有限公司";
    facts.expiry = facts.batch.expiry;
    facts.stock_milli = 48'000;
    return facts;
}
/// Rice dumplings of 𠮷味坊, recalled.
inline handheld::BatchFacts recalled_batch() {
    handheld::BatchFacts facts;
    facts.batch = {.id = "6922222000016-MY61R",
                   .item = "dumpling",
                   .lot = "MY61R",
                   .production = day("2026-10-30"),
                   .expiry = day("2027-04-30"),
                   .received = *domain::parse_date("2026-11-02"),
                   .decision = domain::Decision::released};
    facts.name = "𠮷味坊㐂家福黑芝麻汤圆礼盒装 1.2kg（家庭分享装）";
    facts.decision = domain::Decision::recalled;
    facts.supplier = "上海吉家食品贸易股份有限公司";
    facts.expiry = facts.batch.expiry;
    facts.stock_milli = -2'000;
    return facts;
}

/// Milk by lot, beer by date, spare ribs by weight.
inline handheld::ReceiveItem milk_item() {
    handheld::ReceiveItem item;
    item.item = {.code = "milk",
                 .name_zh = "城北鲜牛奶 950ml",
                 .price_fen = 1'290,
                 .shelf_life = domain::ShelfLife{7, domain::LifeUnit::days},
                 .supplier = "S01"};
    item.category = {
        .code = "dairy", .batch_control = domain::BatchControl::lot, .share_of_life_percent = 50};
    item.name = item.item.name_zh;
    return item;
}
inline handheld::ReceiveItem rib_item() {
    handheld::ReceiveItem item = milk_item();
    item.item.code = "ribs";
    item.item.name_zh = item.name = "精品猪肋排（冷鲜，散装称重）";
    item.item.unit = domain::Unit::kg;
    item.item.shelf_life = domain::ShelfLife{3, domain::LifeUnit::days};
    item.category.batch_control = domain::BatchControl::date;
    return item;
}
inline std::vector<handheld::SupplierFacts> suppliers() {
    return {{"S01", "城北乳业有限公司", ""},
            {"S02", "上海吉家食品贸易股份有限公司第二分公司", ""},
            {"S03", "金龙肉联厂", "动物防疫条件合格证 沪-2023-0117"}};
}

}  // namespace fangxin::ui_rows
