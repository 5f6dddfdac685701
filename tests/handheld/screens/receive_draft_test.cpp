#include "handheld/screens/receive_draft.hpp"

#include <gtest/gtest.h>

namespace fangxin::handheld {
namespace {

ReceiveState whole() {
    ReceiveState state{.page = ReceivePage::item,
                       .back_to_summary = true,
                       .search = "牛奶 950",
                       .code =
                           "]C1010690\x1d"
                           "10L1",
                       .item = "milk",
                       .date = {"1121", 1},
                       .coded_production = domain::parse_day_minute("2026-11-21T06:30"),
                       .coded_expiry = domain::parse_day_minute("2026-11-28"),
                       .lot = "L\\n 11\n21",
                       .lot_is_coded = true,
                       .quantity = "12.5",
                       .supplier = "S01",
                       .decision = domain::Decision::quarantined,
                       .reason = {own_reason, "箱底全湿\n冰袋已化"},
                       .refusal = "supplier_papers",
                       .refusal_detail = "许可证 1"};
    return state;
}

// A power cut on any page loses no answer.
TEST(HandheldReceiveDraft, EveryPageComesBackAsItWas) {
    for (const auto page :
         {ReceivePage::item, ReceivePage::dates, ReceivePage::lot, ReceivePage::quantity,
          ReceivePage::supplier, ReceivePage::decision, ReceivePage::summary}) {
        ReceiveState state = whole();
        state.page = page;
        const auto back = read_draft(write_draft(state));
        ASSERT_TRUE(back) << static_cast<int>(page);
        EXPECT_EQ(*back, state) << static_cast<int>(page);
        ReceiveState bare{.page = page, .item = "milk"};
        EXPECT_EQ(read_draft(write_draft(bare)), bare);
    }
}

TEST(HandheldReceiveDraft, WhatWasBeingBookedCanBeBookedAgain) {
    ReceiveState state = whole();
    state.page = ReceivePage::summary;
    state.busy = true;
    const auto back = read_draft(write_draft(state));
    ASSERT_TRUE(back);
    EXPECT_FALSE(back->busy);
    EXPECT_EQ(back->page, ReceivePage::summary);
}

TEST(HandheldReceiveDraft, NothingIsKeptBeforeAnItemAndAfterBooking) {
    EXPECT_EQ(write_draft({}), "");
    ReceiveState booked = whole();
    booked.page = ReceivePage::booked;
    EXPECT_EQ(write_draft(booked), "");
}

TEST(HandheldReceiveDraft, ReadsWellWhenAPersonHasToLook) {
    ReceiveState state{.page = ReceivePage::quantity, .item = "milk", .lot = "L1121"};
    EXPECT_EQ(write_draft(state),
              "receive 1\npage quantity\nitem milk\npick 0\nlot L1121\nreason -1\nend\n");
}

TEST(HandheldReceiveDraft, ATornOrForeignTextIsNoDraft) {
    const std::string text = write_draft(whole());
    for (std::size_t length = 0; length < text.size(); ++length) {
        EXPECT_FALSE(read_draft(text.substr(0, length))) << length;
    }
    EXPECT_FALSE(read_draft("receive 2\npage item\nend\n"));
    EXPECT_FALSE(read_draft("receive 1\npage nowhere\nend\n"));
    EXPECT_FALSE(read_draft("receive 1\npick 1x\nend\n"));
    EXPECT_FALSE(read_draft("receive 1\ncoded_expiry tomorrow\nend\n"));
    EXPECT_FALSE(read_draft("receive 1\ndecision maybe\nend\n"));
    EXPECT_TRUE(read_draft("receive 1\npage lot\ntemperature 35\nin_doubt yes\nend\n"));
}

}  // namespace
}  // namespace fangxin::handheld
