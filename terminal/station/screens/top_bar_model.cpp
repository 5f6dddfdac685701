#include "terminal/station/screens/top_bar_model.hpp"

namespace fangxin::terminal {

namespace {

void add_light(TopBarView& view, Health health, const char* words) {
    if (health == Health::absent) return;
    view.lights.push_back({words, health == Health::good ? kit::Role::ok : kit::Role::block});
}

/// Where it works, its light says what is still to be done.
void add_scale(TopBarView& view, const TopBarFacts& facts, const kit::TextTable& texts) {
    using enum ScaleCheckDue::State;
    if (facts.scale == Health::absent) return;
    add_light(view, facts.scale, texts.tr("Scale"));
    TopBarView::Light& light = view.lights.back();
    light.opens = true;
    if (facts.scale == Health::trouble) return;
    const ScaleCheckDue::State state = facts.scale_check.state;
    if (state == today || state == due) light.role = kit::Role::warn;
    if (state == missed || state == failed) light.role = kit::Role::block;
}

std::optional<StationNotice> check_notice(const ScaleCheckDue& check, const kit::TextTable& texts) {
    using enum ScaleCheckDue::State;
    using kit::Role;
    switch (check.state) {
        case none:
            break;
        case today:
            return StationNotice{texts.tr("The scale's daily check is still to be done"),
                                 Role::warn};
        case due:
            return StationNotice{
                texts.tr("Daily check of the scale: by {}",
                         domain::clock_text(check.by.value_or(domain::StoreTime{}))),
                Role::warn, kit::Icon::clock};
        case missed:
            return StationNotice{
                texts.tr("The scale was not checked in time: it sells nothing until it is"),
                Role::block};
        case failed:
            return StationNotice{texts.tr("The scale failed its check: it sells nothing"),
                                 Role::block};
    }
    return std::nullopt;
}

}  // namespace

TopBarView present(const TopBarFacts& facts, const kit::TextTable& texts) {
    TopBarView view;
    view.shop =
        facts.shop_name.empty() ? texts.tr("Fangxin") : texts.tr("Fangxin · {}", facts.shop_name);
    if (facts.admin) {
        view.where.emplace_back(texts.tr("Admin area"));
    } else if (facts.till > 0) {
        view.where.push_back(texts.tr("Till {}", facts.till));
    }
    if (!facts.person.empty()) view.where.push_back(facts.person);
    add_light(view, facts.server, texts.tr("Server"));
    add_scale(view, facts, texts);
    add_light(view, facts.printer, texts.tr("Printer"));
    add_light(view, facts.scanner, texts.tr("Scanner"));
    view.unsent = texts.tr("Unsent {}", facts.unsent);
    if (facts.unsent > 0 && facts.server != Health::good) view.unsent_role = kit::Role::warn;
    view.clock = domain::clock_text(facts.now);
    if (facts.test_shop) view.test_shop = texts.tr("Test shop");
    view.notice = notice_of({.not_let_in = facts.not_let_in,
                             .conflict = facts.conflict,
                             .block_age_ms = facts.block_age_ms,
                             .set_aside = facts.set_aside,
                             .clock_banner = facts.clock_banner,
                             .plain = facts.plain},
                            texts);
    if (!view.notice) view.notice = check_notice(facts.scale_check, texts);
    if (!view.notice && facts.test_shop) {
        view.notice = StationNotice{.words = texts.tr("Test shop: nothing here is a real sale")};
    }
    return view;
}

}  // namespace fangxin::terminal
