#include "drivers/scales/registry.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

struct Commands {
    std::string_view id;
    std::string zero;
    std::string tare;
    std::string clear_tare;
};

// WEIGH-1: the bytes of each maker's manual. Mettler-Toledo 8217: PSC Magellan 8500 service manual,
// p. 39; continuous: KERN FTC, p. 42; MT-SICS: AL-IC operating instructions, p. 72; 顶尖: OS2CX
// manual, p. 23; NCI SCP-01: the Magellan's p. 36; A&D: EK-L, p. 28; USB: HID POS 1.02, 4.6.
TEST(ScaleRegistry, TellsEachScaleZeroAndTareInItsOwnBytes) {
    const std::array expected{
        Commands{"mt-8217", "Z", "T\r", "C"},
        Commands{"toledo-continuous", "Z", "T", "C"},
        Commands{"mt-sics", "Z\r\n", "T\r\n", "TAC\r\n"},
        Commands{"cas", "", "", ""},
        Commands{"os2", "<ZK>\t", "<TK>\t", ""},
        Commands{"nci", "Z\r", "T\r", ""},
        Commands{"xk3190", "", "", ""},
        Commands{"xk3190-command", "", "", ""},
        Commands{"st-gs", "", "", ""},
        Commands{"and", "Z\r\n", "T\r\n", ""},
        Commands{"cas-22", "", "", ""},
        Commands{"hid", "\x02\x02", "", ""},
    };
    ASSERT_EQ(scale_drivers().size(), expected.size());
    for (const Commands& one : expected) {
        const ScaleDriver* row = find_scale_driver(one.id);
        ASSERT_NE(row, nullptr) << one.id;
        EXPECT_EQ(row->zero, one.zero) << one.id;
        EXPECT_EQ(row->tare, one.tare) << one.id;
        EXPECT_EQ(row->clear_tare, one.clear_tare) << one.id;
    }
}

}  // namespace
}  // namespace fangxin::drivers
