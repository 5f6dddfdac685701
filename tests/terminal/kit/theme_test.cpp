#include "terminal/kit/theme.hpp"

#include <gtest/gtest.h>

namespace fangxin::kit {

TEST(Theme, CountsContrastAsWcagDoes) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0F, 0.01F);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48F, 0.01F);
    EXPECT_EQ(contrast({9, 9, 9}, {9, 9, 9}), 1.0F);
}

TEST(Theme, KeepsEveryTextLegibleInBothThemes) {
    for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
        for (const RolePair pair : text_pairs()) {
            EXPECT_GE(contrast(theme->of(pair.text), theme->of(pair.on)), 4.5F)
                << (theme->is_dark() ? "dark " : "light ") << static_cast<int>(pair.text) << " on "
                << static_cast<int>(pair.on);
        }
    }
}

TEST(Theme, ShowsTheFocusOnEveryGround) {
    for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
        for (const Role on : {Role::background, Role::surface, Role::primary_soft}) {
            EXPECT_GE(contrast(theme->of(Role::focus), theme->of(on)), 3.0F);
        }
    }
}

}  // namespace fangxin::kit
