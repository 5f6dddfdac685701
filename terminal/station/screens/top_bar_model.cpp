#include "terminal/station/screens/top_bar_model.hpp"

namespace fangxin::terminal {

namespace {

void add_light(TopBarView& view, Health health, const char* words) {
    if (health == Health::absent) return;
    view.lights.push_back({words, health == Health::good ? kit::Role::ok : kit::Role::block});
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
    add_light(view, facts.scale, texts.tr("Scale"));
    add_light(view, facts.printer, texts.tr("Printer"));
    add_light(view, facts.scanner, texts.tr("Scanner"));
    view.unsent = texts.tr("Unsent {}", facts.unsent);
    if (facts.unsent > 0 && facts.server != Health::good) view.unsent_role = kit::Role::warn;
    view.clock = domain::clock_text(facts.now);
    if (facts.test_shop) view.test_shop = texts.tr("Test shop");
    view.notice = notice_of({.conflict = facts.conflict,
                             .block_age_ms = facts.block_age_ms,
                             .set_aside = facts.set_aside,
                             .clock_banner = facts.clock_banner},
                            texts);
    if (!view.notice && facts.test_shop) {
        view.notice = StationNotice{.words = texts.tr("Test shop: nothing here is a real sale")};
    }
    return view;
}

}  // namespace fangxin::terminal
