#include "handheld/screens/head_model.hpp"

namespace fangxin::handheld {

namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
constexpr std::int64_t blocks_old_ms = 24 * hour_ms;  // rules 4

std::optional<HeadView::Notice> notice_of(const HeadFacts& facts, const kit::TextTable& texts) {
    using kit::Icon;
    using kit::Role;
    if (facts.conflict) {
        return HeadView::Notice{texts.tr("The server refuses this terminal's log: stop using it "
                                         "and call the manager"),
                                Role::block, Icon::warning};
    }
    if (facts.block_age_ms && *facts.block_age_ms > blocks_old_ms) {
        return HeadView::Notice{texts.tr("No recalls received for {} h: call the manager",
                                         *facts.block_age_ms / hour_ms),
                                Role::block, Icon::warning};
    }
    if (facts.set_aside) {
        return HeadView::Notice{texts.tr("This terminal's data were damaged and set aside: call "
                                         "the manager"),
                                Role::warn, Icon::warning};
    }
    if (facts.clock_banner) {
        return HeadView::Notice{texts.tr("The clock may be wrong: check date and time"), Role::warn,
                                Icon::clock};
    }
    if (!facts.connected) {
        return HeadView::Notice{texts.tr("No server: go on, it is sent when the line is back"),
                                Role::warn, Icon::warning};
    }
    if (facts.test_shop) {
        return HeadView::Notice{texts.tr("Test shop: nothing here is booked in earnest"),
                                Role::warn, Icon::warning};
    }
    return std::nullopt;
}

}  // namespace

HeadView present_head(std::string title, const HeadFacts& facts, const kit::TextTable& texts) {
    HeadView view;
    view.title = std::move(title);
    view.server = texts.tr("Unsent {}", facts.unsent);
    if (!facts.connected) {
        view.server_role = kit::Role::warn;
        view.server = facts.unsent == 0 ? std::string(texts.tr_c("on the handheld", "Offline"))
                                        : texts.tr_c("on the handheld", "Offline {}", facts.unsent);
    }
    view.clock = domain::clock_text(facts.now);
    view.notice = notice_of(facts, texts);
    return view;
}

}  // namespace fangxin::handheld
