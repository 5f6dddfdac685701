#include "drivers/label_scales/sender.hpp"

#include "tests/drivers/label_scales/some_goods.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <algorithm>
#include <deque>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

/// A scale at the other end: gives the answers it was told, in order.
struct FarEnd {
    std::deque<std::string> answers;
    std::vector<std::string> asked;
    int opened = 0;
};

class ScriptedLine : public Transport {
  public:
    explicit ScriptedLine(FarEnd& far) : far_(far) {}

    Result<std::size_t> read(std::span<std::byte> into, int, const Interrupt*) override {
        const std::size_t count = std::min(into.size(), coming_.size());
        std::transform(coming_.begin(), coming_.begin() + static_cast<std::ptrdiff_t>(count),
                       into.begin(), [](char c) { return static_cast<std::byte>(c); });
        coming_.erase(0, count);
        if (count == 0 && asked_) return failure("device_gone", "closed");
        return count;
    }
    Result<void> write(std::span<const std::byte> bytes, int) override {
        far_.asked.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        asked_ = far_.answers.empty() || far_.answers.front().empty();
        if (far_.answers.empty()) return {};
        coming_ += far_.answers.front();
        far_.answers.pop_front();
        return {};
    }
    std::string identity() const override { return {}; }

  private:
    FarEnd& far_;
    std::string coming_;
    bool asked_ = false;  ///< and no answer is to come
};

class LabelSender : public ::testing::Test {
  protected:
    std::string send(const std::vector<LabelGoods>& goods, std::deque<std::string> answers) {
        far = {.answers = std::move(answers), .asked = {}, .opened = 0};
        auto sent = SentRecords::open(folder.path(), "one", "dahua-tm");
        if (!sent) return sent.error().code;
        auto answer = send_goods(tests::some_scale("dahua-tm"), goods, *sent, [&] {
            ++far.opened;
            return Result<std::unique_ptr<Transport>>(std::make_unique<ScriptedLine>(far));
        });
        if (!answer) return answer.error().code;
        std::string text = answer->trouble.code;
        for (const LabelAnswer& one : answer->goods) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", one.plu,
                                domain::to_text(one.state));
            for (const std::string& note : one.notes)
                text += " " + note;
        }
        return text;
    }
    static LabelGoods goods(int plu, std::int64_t fen = 2'000) {
        LabelGoods one = tests::some_goods();
        one.plu = plu;
        one.code = fmt::format("{}", plu);
        one.price_fen = fen;
        return one;
    }

    tests::TempDir folder;
    FarEnd far;
};

const std::string ok1 = "0v0001a\r\n\x03";
const std::string ok2 = "0v0002a\r\n\x03";

}  // namespace

// SALE-14
TEST_F(LabelSender, AsksNothingOfAScaleThatKnowsAll) {
    EXPECT_EQ(send({goods(1), goods(2)}, {ok1, ok2}), "1 accepted, 2 accepted");
    EXPECT_EQ(send({goods(1), goods(2)}, {}), "1 unchanged, 2 unchanged");
    EXPECT_EQ(far.opened, 0);
}

// SALE-14
TEST_F(LabelSender, ARefusalStopsNoOtherGoods) {
    EXPECT_EQ(send({goods(1), goods(2)}, {"0e000\r\n\x03", ok2}), "1 refused, 2 accepted");
    EXPECT_EQ(send({goods(1), goods(2)}, {ok1}), "1 accepted, 2 unchanged");
}

TEST_F(LabelSender, ALateAnswerOfALostLineIsNotTheNextOnes) {
    EXPECT_EQ(send({goods(1), goods(2)}, {ok1 + ok1, ok2}), "1 accepted, 2 accepted");
    EXPECT_EQ(far.opened, 2);
}

TEST_F(LabelSender, TriesTwiceAndThenLeavesTheRest) {
    EXPECT_EQ(send({goods(1), goods(2)}, {"", ""}), "device_gone, 1 unanswered, 2 unanswered");
    EXPECT_EQ(far.asked.size(), 2U);
    EXPECT_EQ(send({goods(1), goods(2)}, {"", ok1, ok2}), "1 accepted, 2 accepted");
}

// SALE-14
TEST_F(LabelSender, ClearsAScaleThatCannotLoseOneAndFillsItAgain) {
    send({goods(1), goods(2)}, {ok1, ok2});
    EXPECT_EQ(send({goods(2)}, {"", ""}), "device_gone, 2 unanswered, 1 unanswered");
    EXPECT_EQ(send({goods(2)}, {"0iaa0\r\n\x03", ok2}), "2 accepted, 1 removed");
    EXPECT_EQ(far.asked.front(), "!0IA\r\n");
    EXPECT_EQ(send({goods(2)}, {}), "2 unchanged");
}

// SALE-14
TEST_F(LabelSender, SaysThatAnOlderPriceStaysWhereTheNewOneDoesNotFit) {
    send({goods(1)}, {ok1});
    EXPECT_EQ(send({goods(1, 1'000'000)}, {}), "1 unfit older_stays");
    EXPECT_EQ(send({goods(1), goods(1)}, {}), "1 unchanged, 1 unfit older_stays");
}

TEST_F(LabelSender, ATornOrForeignFileIsNotTrusted) {
    send({goods(1), goods(2)}, {ok1, ok2});
    const auto file = folder / "one.sent";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
    EXPECT_EQ(send({goods(1), goods(2)}, {ok2}), "1 unchanged, 2 accepted");
    tests::write_file(file, "fangxin label scale 1 cas-cl5000\n1 =00\n2 =00\nx\n");
    EXPECT_EQ(send({goods(1), goods(2)}, {ok1, ok2}), "1 accepted, 2 accepted");
    auto held = SentRecords::open(folder.path(), "one", "dahua-tm");
    EXPECT_EQ(send({goods(1)}, {}), "busy");
}

}  // namespace fangxin::drivers
