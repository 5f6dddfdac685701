#include "terminal/kit/theme.hpp"

#include <array>
#include <gtest/gtest.h>

namespace fangxin::kit {

namespace {

/// A text role on a background role.
struct RolePair {
    Role text;
    Role on;
};

// Every pair that widgets use.
constexpr std::array pairs = {
    RolePair{Role::text, Role::background},    RolePair{Role::text, Role::surface},
    RolePair{Role::text, Role::raised},        RolePair{Role::text, Role::primary_soft},
    RolePair{Role::text, Role::ok_soft},       RolePair{Role::text, Role::warn_soft},
    RolePair{Role::text, Role::block_soft},    RolePair{Role::muted, Role::background},
    RolePair{Role::muted, Role::surface},      RolePair{Role::muted, Role::raised},
    RolePair{Role::muted, Role::primary_soft}, RolePair{Role::muted, Role::ok_soft},
    RolePair{Role::muted, Role::warn_soft},    RolePair{Role::muted, Role::block_soft},
    RolePair{Role::primary, Role::surface},    RolePair{Role::primary, Role::primary_soft},
    RolePair{Role::primary, Role::background}, RolePair{Role::ok, Role::surface},
    RolePair{Role::ok, Role::raised},          RolePair{Role::ok, Role::ok_soft},
    RolePair{Role::ok, Role::background},      RolePair{Role::warn, Role::surface},
    RolePair{Role::warn, Role::raised},        RolePair{Role::warn, Role::warn_soft},
    RolePair{Role::warn, Role::background},    RolePair{Role::block, Role::surface},
    RolePair{Role::block, Role::raised},       RolePair{Role::block, Role::block_soft},
    RolePair{Role::block, Role::background},   RolePair{Role::on_strong, Role::primary},
    RolePair{Role::on_strong, Role::ok},       RolePair{Role::on_strong, Role::warn},
    RolePair{Role::on_strong, Role::block},
};

}  // namespace

TEST(Theme, CountsContrastAsWcagDoes) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0F, 0.01F);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48F, 0.01F);
    EXPECT_EQ(contrast({9, 9, 9}, {9, 9, 9}), 1.0F);
}

TEST(Theme, KeepsEveryTextLegibleInBothThemes) {
    for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
        for (const RolePair pair : pairs) {
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
