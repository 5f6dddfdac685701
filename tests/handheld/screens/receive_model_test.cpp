#include "handheld/screens/receive_view.hpp"
#include "tests/support/kit_stage.hpp"
#include "tests/ui/handheld_facts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

using receive::Effect;

/// A delivery being received, and what the wiring was asked for.
struct Delivery {
    explicit Delivery(ReceiveItem item) : found(std::move(item)) {
        facts = {.head = ui_rows::handheld_head(), .suppliers = ui_rows::suppliers()};
    }

    std::optional<Effect> act(const receive::Action& action) {
        auto effect = update(state, facts, action, texts);
        if (!state.item.empty()) facts.item = found;
        if (state.item.empty()) facts.item.reset();
        return effect;
    }
    void find(const std::string& code = "6901234567892") {
        act(receive::ItemFound{found, code, "", std::nullopt});
    }
    void key(std::string_view keys) {
        for (const char each : keys)
            act(receive::Keyed{std::string(1, each)});
    }
    void next() { act(receive::Next{}); }
    /// Milk of yesterday, 24 of them, from the usual supplier, released.
    void answer_all() {
        find();
        key("1123");
        next();
        key("L1123");
        next();
        key("24");
        next();
        act(receive::Chosen{0});
        act(receive::Chosen{0});
    }
    std::string page() const {
        const auto view = present(state, facts, texts);
        std::string text = view.head.title;
        if (!view.refusal.empty()) text += " ! " + view.refusal;
        return text;
    }

    ReceiveItem found;
    ReceiveFacts facts;
    ReceiveState state;
    kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
};

bool heard(const std::optional<Effect>& effect) {
    const auto* sound = effect ? std::get_if<receive::Heard>(&*effect) : nullptr;
    return sound != nullptr && sound->accepted;
}

std::string booked(const std::optional<Effect>& effect) {
    const auto* book = effect ? std::get_if<receive::Book>(&*effect) : nullptr;
    if (book == nullptr) return "nothing";
    return fmt::format("{} {} {} {} {} {} {} {}", book->item, book->lot,
                       book->production ? day_text(*book->production) : "-",
                       book->expiry ? day_text(*book->expiry) : "-", book->quantity_milli,
                       book->supplier, domain::to_text(book->decision), book->reason);
}

// RECV-1: item, dates, lot, quantity, supplier, decision, and then it is booked.
TEST(HandheldReceive, AsksOneQuestionAPageAndBooksTheAnswers) {
    Delivery delivery(ui_rows::milk_item());
    EXPECT_EQ(delivery.page(), "收货 1/6");
    delivery.find();
    EXPECT_EQ(delivery.page(), "收货 2/6");
    delivery.key("1123");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 3/6");
    delivery.key("l1123");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 4/6");
    delivery.key("24");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 5/6");
    delivery.act(receive::Chosen{0});
    EXPECT_EQ(delivery.page(), "收货 6/6");
    delivery.act(receive::Chosen{0});
    EXPECT_EQ(delivery.page(), "收货 · 核对");
    EXPECT_EQ(booked(delivery.act(receive::Next{})),
              "milk L1123 2026-11-23 2026-11-30 24000 S01 released ");
    delivery.act(receive::Booked{"milk-L1123", domain::Decision::released});
    EXPECT_EQ(delivery.page(), "已登记");
}

TEST(HandheldReceive, ACodeThatCarriesLotAndDatesSkipsThosePages) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find("(01)06901234567892(11)261121(17)261128(10)L1121");
    EXPECT_EQ(delivery.page(), "收货 4/6");
    const auto view = present(delivery.state, delivery.facts, delivery.texts);
    ASSERT_EQ(view.pack.size(), 2U);
    EXPECT_EQ(view.pack[0].value, "L1121");
    EXPECT_EQ(view.pack[1].value, "2026-11-28 · 还剩 4 天 · 已过 42%");
}

TEST(HandheldReceive, GoodsFollowedByDeliveryAskNeitherDateNorLot) {
    ReceiveItem greens = ui_rows::milk_item();
    greens.category.batch_control = domain::BatchControl::delivery;
    Delivery delivery(greens);
    delivery.find();
    EXPECT_EQ(delivery.page(), "收货 2/4");
    EXPECT_EQ(delivery.state.page, ReceivePage::quantity);
}

// RECV-1: expired goods do not come in, whether keyed or coded.
TEST(HandheldReceive, ExpiredGoodsAreRefusedOnTheDatePage) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find();
    delivery.key("1110");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 商品已过期，不能收货，请拒收");
    Delivery coded(ui_rows::milk_item());
    coded.find("(01)06901234567892(17)261120(10)L1");
    EXPECT_EQ(coded.page(), "收货 2/6 ! 商品已过期，不能收货，请拒收");
}

TEST(HandheldReceive, AWrongOrMissingAnswerIsSaidWhereItIsGiven) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find();
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 请输入包装上的日期");
    delivery.key("1331");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 日期不对，请按包装上的输入");
    delivery.act(receive::Keyed{"clear"});
    delivery.key("20261201");
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 生产日期还没到，请再看一遍包装");
    delivery.act(receive::Keyed{"clear"});
    delivery.key("1123");
    delivery.next();
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 3/6 ! 请输入或扫描包装上的批号");
    delivery.key("A");
    delivery.next();
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 4/6 ! 请输入数量");
}

// RECV-2: a supplier whose papers have run out delivers nothing, and it says which.
TEST(HandheldReceive, ASupplierWhosePapersRanOutIsRefusedByName) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.act(receive::PageOpened{ReceivePage::supplier});
    delivery.act(receive::Chosen{2});
    EXPECT_EQ(delivery.page(),
              "收货 5/6 ! 供应商证照已过期（动物防疫条件合格证 沪-2023-0117），不能收货");
}

TEST(HandheldReceive, GoingBackLosesNoAnswer) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    const ReceiveState before = delivery.state;
    for (int i = 0; i < 6; ++i)
        delivery.act(receive::Back{});
    EXPECT_EQ(delivery.page(), "收货 1/6");
    for (int i = 0; i < 6; ++i)
        delivery.next();
    EXPECT_EQ(delivery.state, before);
}

TEST(HandheldReceive, ALineOfTheSummaryIsChangedAndComesBackToIt) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.act(receive::PageOpened{ReceivePage::quantity});
    delivery.act(receive::Stepped{true});
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 · 核对");
    EXPECT_EQ(delivery.state.quantity, "25");
    delivery.act(receive::PageOpened{ReceivePage::lot});
    delivery.act(receive::Back{});
    EXPECT_EQ(delivery.page(), "收货 · 核对");
}

TEST(HandheldReceive, PuttingAsideWantsItsReason) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.act(receive::PageOpened{ReceivePage::decision});
    delivery.act(receive::Chosen{2});
    delivery.next();
    EXPECT_EQ(delivery.page(), "收货 6/6 ! 请选择原因");
    delivery.act(receive::ReasonChosen{1});
    EXPECT_EQ(booked(delivery.act(receive::Next{})),
              "milk L1123 2026-11-23 2026-11-30 24000 S01 quarantined 到货温度超标");
}

TEST(HandheldReceive, OneCanWriteAReasonOfOnesOwn) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.act(receive::PageOpened{ReceivePage::decision});
    delivery.act(receive::Chosen{2});
    const auto effect = delivery.act(receive::ReasonChosen{5});
    EXPECT_EQ(std::get<receive::Write>(effect.value()).title, "隔离原因");
    delivery.act(receive::Wrote{receive::Field::reason, "箱底全湿"});
    EXPECT_EQ(delivery.page(), "收货 · 核对");
    EXPECT_EQ(present(delivery.state, delivery.facts, delivery.texts).summary.back().value,
              "已隔离 · 箱底全湿");
}

TEST(HandheldReceive, ScanningThePackAgainCountsIt) {
    Delivery delivery(ui_rows::milk_item());
    delivery.found.pieces_per_code = 12;
    delivery.find("(01)06901234567892(11)261121(17)261128(10)L1121");
    delivery.act(receive::Scanned{"6901234567892"});
    delivery.act(receive::Scanned{"6901234567892"});
    EXPECT_EQ(delivery.state.quantity, "24");
    const auto effect = delivery.act(receive::Scanned{"6922222000016"});
    EXPECT_EQ(std::get<receive::FindItem>(effect.value()).code, "6922222000016");
    delivery.act(receive::ItemFound{ui_rows::rib_item(), "6922222000016", "", std::nullopt});
    EXPECT_EQ(delivery.state.quantity, "24");
    EXPECT_EQ(delivery.page(), "收货 4/6 ! 这是另一种商品，请先收完这一种");
}

// A pack of another lot was counted to the one in hand.
TEST(HandheldReceive, APackOfAnotherLotIsNotCounted) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find("(01)06901234567892(11)261121(17)261128(10)L1121");
    delivery.act(receive::Scanned{"(01)06901234567892(11)261121(17)261128(10)L1121"});
    EXPECT_FALSE(
        heard(delivery.act(receive::Scanned{"(01)06901234567892(11)261122(17)261129(10)L1122"})));
    EXPECT_EQ(delivery.state.quantity, "1");
    EXPECT_EQ(delivery.page(), "收货 4/6 ! 这是同一商品的另一批，请先收完手上这批");
    delivery.act(receive::PageOpened{ReceivePage::lot});
    delivery.act(receive::Scanned{"(01)06901234567892(10)L1122"});
    EXPECT_EQ(delivery.state.lot, "L1121") << "one that is counted already";
}

TEST(HandheldReceive, BeforeAnythingIsCountedTheNextPackCorrectsTheOneBefore) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find("(01)06901234567892(11)261121(17)261128(10)L1121");
    delivery.act(receive::PageOpened{ReceivePage::lot});
    delivery.act(receive::Scanned{"(01)06901234567892(10)L1122"});
    EXPECT_EQ(delivery.state.lot, "L1122");
    EXPECT_FALSE(delivery.state.coded_production) << "a date of the other pack";
}

TEST(HandheldReceive, AnotherBatchChosenOnTheFirstPageBeginsAnew) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.act(receive::PageOpened{ReceivePage::item});
    delivery.find();
    EXPECT_EQ(delivery.state.quantity, "24") << "a plain code says nothing else";
    delivery.find("(01)06901234567892(11)261121(10)L9");
    EXPECT_EQ(delivery.page(), "收货 4/6");
    EXPECT_EQ(delivery.state.lot + delivery.state.quantity, "L9");
    EXPECT_EQ(delivery.state.supplier, "S01");
}

// Each scan of goods by weight counted a kilogram.
TEST(HandheldReceive, GoodsByWeightAreNotCountedByTheScan) {
    Delivery delivery(ui_rows::rib_item());
    delivery.find("(01)06901234567892(11)261123");
    EXPECT_FALSE(heard(delivery.act(receive::Scanned{"6901234567892"})));
    EXPECT_EQ(delivery.state.quantity, "");
    EXPECT_EQ(delivery.page(), "收货 3/5 ! 这种商品按重量收，请输入公斤数");
    EXPECT_TRUE(heard(delivery.act(receive::Scanned{"(01)06901234567892(3103)001250"})));
    EXPECT_EQ(delivery.state.quantity, "1.25");
}

// The sound said that it was counted.
TEST(HandheldReceive, AScanThatCountsNothingIsNotAccepted) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find();
    EXPECT_FALSE(heard(delivery.act(receive::Scanned{"6901234567892"})));
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 这个条码没有批号和日期，请按包装输入");
    delivery.answer_all();
    EXPECT_FALSE(heard(delivery.act(receive::Scanned{"6901234567892"})));
    EXPECT_EQ(delivery.page(), "收货 · 核对 ! 这里扫码不计数，请到数量页再扫");
    EXPECT_EQ(delivery.state.quantity, "24");
}

// RECV-1: goods found by name, and then a pack or a case of them, were called another item.
TEST(HandheldReceive, APackAndACaseOfGoodsFoundByNameAreKnown) {
    Delivery delivery(ui_rows::milk_item());
    delivery.act(receive::ItemFound{delivery.found, "milk", "", std::nullopt});
    delivery.act(receive::Scanned{"(01)06901234567892(11)261121(17)261128(10)L1121"});
    const std::string pack = "(01)06901234567892(11)261121(17)261128(10)L1121";
    delivery.act(receive::ItemFound{delivery.found, pack, "", std::nullopt});
    EXPECT_EQ(delivery.page() + " " + delivery.state.lot, "收货 4/6 L1121");
    ReceiveItem by_the_case = delivery.found;
    by_the_case.pieces_per_code = 12;
    delivery.act(receive::Scanned{"16901234567899"});
    delivery.act(receive::ItemFound{by_the_case, "16901234567899", "", std::nullopt});
    EXPECT_EQ(delivery.state.quantity, "12");
    delivery.act(receive::Scanned{"6900000000007"});
    delivery.act(receive::Refused{"no_such_item", ""});
    EXPECT_EQ(delivery.page(), "收货 4/6 ! 没有这个商品。请核对条码或按名称查找");
}

// The code of another item's pack gave its lot and dates to goods that were found by name.
TEST(HandheldReceive, TheDatesOfAnotherItemAreNotTaken) {
    Delivery delivery(ui_rows::milk_item());
    delivery.act(receive::ItemFound{delivery.found, "milk", "", std::nullopt});
    const std::string ribs = "(01)06922222000016(11)261121(10)MY61R";
    delivery.act(receive::Scanned{ribs});
    delivery.act(receive::ItemFound{ui_rows::rib_item(), ribs, "", std::nullopt});
    EXPECT_EQ(delivery.page(), "收货 2/6 ! 这是另一种商品，请先收完这一种");
    EXPECT_EQ(delivery.state.lot, "");
}

TEST(HandheldReceive, TheLotCanBeScannedOnItsPage) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find();
    delivery.key("1123");
    delivery.next();
    delivery.act(receive::Scanned{"my61r"});
    EXPECT_EQ(delivery.state.lot, "MY61R");
    EXPECT_EQ(delivery.page(), "收货 4/6");
}

TEST(HandheldReceive, WeighedGoodsAreKeyedInKilogramsWithDecimals) {
    Delivery delivery(ui_rows::rib_item());
    delivery.find();
    delivery.key("1123");
    delivery.next();
    delivery.key("12.5");
    delivery.next();
    delivery.act(receive::Chosen{0});
    delivery.act(receive::Chosen{1});
    EXPECT_EQ(booked(delivery.act(receive::Next{})),
              "ribs  2026-11-23 2026-11-26 12500 S01 inspecting ");
}

// RECV-6: goods that have used up too much of their life are pointed out at the door.
TEST(HandheldReceive, TooMuchOfTheLifeUsedIsSaid) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find();
    delivery.key("1120");
    EXPECT_EQ(present(delivery.state, delivery.facts, delivery.texts).warning,
              "保质期已过 50% 以上，请拒收或找店长");
    Delivery late(ui_rows::milk_item());
    late.answer_all();
    late.act(receive::PageOpened{ReceivePage::dates});
    late.act(receive::Keyed{"clear"});
    late.key("1120");
    late.next();
    EXPECT_EQ(late.page(), "收货 · 核对");
    EXPECT_NE(present(late.state, late.facts, late.texts).warning, "");
    late.state.decision = domain::Decision::quarantined;
    EXPECT_EQ(present(late.state, late.facts, late.texts).warning, "");
    late.act(receive::Refused{"life_used", "50"});
    EXPECT_EQ(late.page(), "收货 · 核对 ! 保质期已过 50% 以上：拒收、隔离，或请店长确认");
}

TEST(HandheldReceive, WhatTheGoodsWorkRefusesIsMendedOnItsPage) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.next();
    EXPECT_TRUE(delivery.state.busy);
    EXPECT_EQ(booked(delivery.act(receive::Next{})), "nothing");
    delivery.act(receive::Refused{"batch_known", "released"});
    EXPECT_EQ(delivery.page(),
              "收货 6/6 ! 这批已在店内并有处置，不能记为待检。请放行，要停售请用隔离");
    delivery.act(receive::Chosen{0});
    EXPECT_EQ(delivery.page(), "收货 · 核对");
    delivery.next();
    delivery.act(receive::Refused{"disk_full", ""});
    EXPECT_EQ(delivery.page(), "收货 · 核对 ! 本机磁盘已满，没有保存，请叫店长");
}

TEST(HandheldReceive, TheNextBatchOfTheItemBeginsWithItsDate) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.next();
    delivery.act(receive::Booked{"b", domain::Decision::released});
    delivery.act(receive::Finished{receive::After::same_item});
    EXPECT_EQ(delivery.page(), "收货 2/6");
    EXPECT_EQ(delivery.state.lot + delivery.state.quantity, "");
    EXPECT_EQ(delivery.state.supplier, "S01");
}

TEST(HandheldReceive, AnotherItemBeginsAnew) {
    Delivery delivery(ui_rows::milk_item());
    delivery.answer_all();
    delivery.found = ui_rows::rib_item();
    delivery.find();
    EXPECT_EQ(delivery.page(), "收货 2/5");
    EXPECT_EQ(delivery.state.lot + delivery.state.quantity + delivery.state.date.digits, "");
}

TEST(HandheldReceive, ADraftWhoseItemIsGoneAsksForTheItem) {
    Delivery delivery(ui_rows::milk_item());
    delivery.state = {.page = ReceivePage::quantity, .item = "gone"};
    EXPECT_EQ(delivery.page(), "收货 1/6 ! 没有这个商品。请核对条码或按名称查找");
    const auto effect = delivery.act(receive::Scanned{"6901234567892"});
    EXPECT_EQ(std::get<receive::FindItem>(effect.value()).code, "6901234567892");
}

TEST(HandheldReceive, FingersAndKeysAnswerTheQuantity) {
    Delivery delivery(ui_rows::milk_item());
    delivery.find("(01)06901234567892(11)261121(17)261128(10)L1121");
    auto stage = kit::test_stage({.design = ui_rows::handheld_page});
    const auto page = [&](kit::Ui& ui) {
        auto action = draw(ui, delivery.texts,
                           present(delivery.state, delivery.facts, delivery.texts), ui.screen());
        if (action) delivery.act(*action);
    };
    stage->key(kit::Key::digit_2);
    stage->key(kit::Key::digit_4);
    stage->key(kit::Key::plus);
    stage->key(kit::Key::minus);
    stage->key(kit::Key::minus);
    stage->play(page, 0);
    EXPECT_EQ(delivery.state.quantity, "23");
    stage->tap({240, 744});
    stage->play(page, 0);
    EXPECT_EQ(delivery.state.page, ReceivePage::supplier);
    stage->key(kit::Key::escape);
    stage->play(page, 0);
    EXPECT_EQ(delivery.state.page, ReceivePage::quantity);
}

}  // namespace
}  // namespace fangxin::handheld
