#include "terminal/station/recall_answers.hpp"

#include "tests/support/checkout_shop.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

class RecallAnswers : public ::testing::Test {
  protected:
    RecallAnswers() {
        shop.put(recall);
        shop.put(sync::TerminalBlocks{"till-2", 1, recall.made_at_ms + 5'000});
        shop.put(sync::TerminalBlocks{"till-3", 0, recall.made_at_ms - 60'000});
        shop.put(sync::TerminalBlocks{"till-4", 0, recall.made_at_ms - 60'000});
    }
    domain::Block made() {
        domain::Block block = shop.recall_of("milk", "L1");
        block.made_at_ms = shop.station().now().utc_ms;
        return block;
    }
    std::string answers(const sync::Figures* figures) {
        Station& station = shop.station();
        std::string text;
        for (const auto& each :
             answers_to(station, recall, heard_terminals(station, figures), figures, texts)) {
            text += each.name + ": ";
            text += answer_words(each, station.at(recall.made_at_ms), texts).words + "\n";
        }
        return text;
    }
    std::string clock(std::int64_t utc_ms) { return domain::clock_text(shop.station().at(utc_ms)); }

    tests::CheckoutShop shop;
    kit::TextTable texts = kit::TextTable::load(domain::Language::en);
    domain::Block recall = made();
};

// SAFE-9
TEST_F(RecallAnswers, EachTerminalSaysWhenItHadTheRecallAndTheServerWhoIsThere) {
    sync::Figures figures{.block = recall.id};
    figures.terminals = {{.terminal = "till-2", .connected = true},
                         {.terminal = "till-3", .connected = true},
                         {.terminal = "till-4", .seen_ms = recall.made_at_ms}};
    figures.acks = {{"till-2", recall.made_at_ms + 300}};
    EXPECT_EQ(answers(&figures),
              "Till 1: 0.1 s\nTill 2: 0.3 s\nTill 3: not yet acknowledged\n"
              "Till 4: offline · last " +
                  clock(recall.made_at_ms) + "\n");
}

// SAFE-9: without the server it is known who has it, and not who is there.
TEST_F(RecallAnswers, WithoutTheServerThereIsTheirOwnWord) {
    const std::string not_yet = "not yet acknowledged\n";
    EXPECT_EQ(answers(nullptr),
              "Till 1: 0.1 s\nTill 2: 5.0 s\nTill 3: " + not_yet + "Till 4: " + not_yet);
    sync::Figures of_another{.block = "R-2"};
    of_another.acks = {{"till-3", recall.made_at_ms + 300}};
    EXPECT_EQ(answers(&of_another), answers(nullptr));
}

TEST_F(RecallAnswers, ATerminalIsNamedAsPeopleCallIt) {
    EXPECT_EQ(terminal_name("till-3", texts), "Till 3");
    EXPECT_EQ(terminal_name("handheld-12", texts), "Handheld 12");
    EXPECT_EQ(terminal_name("server", texts), "server");
}

}  // namespace
}  // namespace fangxin::terminal
