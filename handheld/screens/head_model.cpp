#include "handheld/screens/head_model.hpp"

#include <fmt/format.h>

namespace fangxin::handheld {

namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
constexpr std::int64_t blocks_old_ms = 24 * hour_ms;  // rules 4

std::optional<HeadView::Notice> notice_of(const HeadFacts& facts, const kit::TextTable& texts) {
    using kit::Icon;
    using kit::Role;
    if (facts.block_age_ms && *facts.block_age_ms > blocks_old_ms) {
        return HeadView::Notice{texts.tr("No recalls received for {} h: call the manager",
                                         *facts.block_age_ms / hour_ms),
                                Role::block, Icon::warning};
    }
    if (facts.clock_banner) {
        return HeadView::Notice{texts.tr("The time comes from the journal: check date and time"),
                                Role::warn, Icon::clock};
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

std::string role_name(domain::Role role, const kit::TextTable& texts) {
    switch (role) {
        case domain::Role::cashier:
            return texts.tr_c("a role", "Cashier");
        case domain::Role::shift_lead:
            return texts.tr_c("a role", "Shift lead");
        case domain::Role::receiver:
            return texts.tr_c("a role", "Receiver");
        case domain::Role::inspector:
            return texts.tr_c("a role", "Quality inspector");
        case domain::Role::after_sales:
            return texts.tr_c("a role", "After-sales");
        case domain::Role::instruments:
            return texts.tr_c("a role", "Instruments");
        case domain::Role::manager:
            return texts.tr_c("a role", "Store manager");
        case domain::Role::account_admin:
            return texts.tr_c("a role", "Account administrator");
    }
    return {};
}

HeadView present_head(std::string title, const HeadFacts& facts, const kit::TextTable& texts) {
    HeadView view;
    view.title = std::move(title);
    view.server = texts.tr("Unsent {}", facts.unsent);
    if (!facts.connected) {
        view.server_role = kit::Role::warn;
        view.server = facts.unsent == 0 ? std::string(texts.tr_c("on the handheld", "Offline"))
                                        : texts.tr_c("on the handheld", "Offline {}", facts.unsent);
    }
    const int minute = facts.now.minute_of_day();
    view.clock = fmt::format("{:02}:{:02}", minute / 60, minute % 60);
    view.notice = notice_of(facts, texts);
    return view;
}

}  // namespace fangxin::handheld
