#include "terminal/station/screens/fault_report_model.hpp"

#include <gtest/gtest.h>

namespace fangxin::terminal {
namespace {

using domain::FaultSeverity;
namespace act = fault_report;

const std::vector<std::string> devices{"scale", "printer"};

const kit::TextTable& chinese() {
    static const kit::TextTable texts = kit::TextTable::load(domain::Language::zh);
    return texts;
}

FaultReportState written() {
    return {.device = "printer", .severity = FaultSeverity::B, .what = "卡纸"};
}

// FAULT-1
TEST(FaultReport, IsSentOnceADeviceIsChosenAndSomethingIsWritten) {
    FaultReportState state;
    const auto hint = [&] { return present(state, devices, chinese()).save_hint; };
    EXPECT_FALSE(update(state, act::Save{}));
    EXPECT_EQ(hint(), "请选择坏了的设备");
    update(state, act::ChooseDevice{"printer"});
    update(state, act::ChooseSeverity{FaultSeverity::A});
    update(state, act::Touch{});
    update(state, act::Wrote{"　 ", false});
    update(state, act::Wrote{{}, true});
    EXPECT_FALSE(state.writing);
    EXPECT_FALSE(update(state, act::Save{})) << "a blank says nothing";
    EXPECT_EQ(hint(), "请写明故障情况，再上报");
    update(state, act::Wrote{"卡纸", true});
    EXPECT_EQ(hint(), "");
    auto effect = update(state, act::Save{});
    ASSERT_TRUE(effect);
    const auto& sent = std::get<ReportFault>(*effect);
    EXPECT_EQ(sent.device + " " + sent.what, "printer 卡纸");
    EXPECT_EQ(sent.severity, FaultSeverity::A);
}

TEST(FaultReport, SaysWhenSomebodyComes) {
    FaultReportState state = written();
    const auto response = [&] { return present(state, devices, chinese()).response; };
    EXPECT_EQ(response(), "2 小时内到场，不分昼夜");
    state.severity = FaultSeverity::C;
    EXPECT_EQ(response(), "4 个工作小时内到场");
}

TEST(FaultReport, WhatWasNotSavedStaysWritten) {
    FaultReportState state = written();
    update(state, act::NotSaved{"磁盘已满"});
    EXPECT_EQ(present(state, devices, chinese()).trouble, "磁盘已满");
    EXPECT_EQ(state.what, "卡纸");
    EXPECT_TRUE(std::holds_alternative<LeaveFaultReport>(*update(state, act::Leave{})));
    EXPECT_EQ(state.what, "卡纸") << "he looks something up and comes back";
    update(state, act::Saved{"F-1"});
    EXPECT_EQ(present(state, devices, chinese()).done->number, "F-1");
    update(state, act::Leave{});
    EXPECT_EQ(state, FaultReportState{});
}

}  // namespace
}  // namespace fangxin::terminal
