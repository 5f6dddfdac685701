#include "terminal/station/screens/station_notice.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
constexpr std::int64_t blocks_old_ms = 24 * hour_ms;  // rules 4

}  // namespace

std::optional<StationNotice> notice_of(const StationTrouble& trouble, const kit::TextTable& texts) {
    using kit::Icon;
    using kit::Role;
    if (!trouble.not_let_in.empty())
        return StationNotice{trouble.not_let_in, Role::block, Icon::warning};
    if (trouble.conflict) {
        return StationNotice{texts.tr("The server refuses this terminal's log: stop using it and "
                                      "call the manager"),
                             Role::block, Icon::warning};
    }
    if (trouble.block_age_ms && *trouble.block_age_ms > blocks_old_ms) {
        return StationNotice{texts.tr("No recalls received for {} h: call the manager",
                                      *trouble.block_age_ms / hour_ms),
                             Role::block, Icon::warning};
    }
    if (trouble.set_aside) {
        return StationNotice{texts.tr("This terminal's data were damaged and set aside: call the "
                                      "manager"),
                             Role::warn, Icon::warning};
    }
    if (trouble.clock_banner) {
        return StationNotice{texts.tr("The clock may be wrong: check date and time"), Role::warn,
                             Icon::clock};
    }
    if (trouble.plain) {
        return StationNotice{texts.tr("WITHOUT TLS: for tests on this machine, not for a shop"),
                             Role::block, Icon::warning};
    }
    return std::nullopt;
}

}  // namespace fangxin::terminal
