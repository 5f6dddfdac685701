#include "terminal/station/screens/top_bar_model.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
constexpr std::int64_t blocks_old_ms = 24 * hour_ms;  // rules 4

void add_light(TopBarView& view, Health health, const char* words) {
    if (health == Health::absent) return;
    view.lights.push_back({words, health == Health::good ? kit::Role::ok : kit::Role::block});
}

std::optional<TopBarView::Notice> notice_of(const TopBarFacts& facts, const kit::TextTable& texts) {
    if (facts.conflict) {
        return TopBarView::Notice{texts.tr("The server refuses this terminal's log: stop using it "
                                           "and call the manager"),
                                  kit::Role::block};
    }
    if (facts.block_age_ms && *facts.block_age_ms > blocks_old_ms) {
        return TopBarView::Notice{texts.tr("No recalls received for {} h: call the manager",
                                           *facts.block_age_ms / hour_ms),
                                  kit::Role::block};
    }
    if (facts.set_aside) {
        return TopBarView::Notice{texts.tr("This terminal's data were damaged and set aside: call "
                                           "the manager"),
                                  kit::Role::warn};
    }
    if (facts.clock_banner) {
        return TopBarView::Notice{texts.tr("The clock may be wrong: check date and time"),
                                  kit::Role::warn};
    }
    if (facts.test_shop) {
        return TopBarView::Notice{texts.tr("Test shop: nothing here is a real sale"),
                                  kit::Role::warn};
    }
    return std::nullopt;
}

}  // namespace

TopBarView present(const TopBarFacts& facts, const kit::TextTable& texts) {
    TopBarView view;
    view.shop =
        facts.shop_name.empty() ? texts.tr("Fangxin") : texts.tr("Fangxin · {}", facts.shop_name);
    if (facts.admin) {
        view.where.push_back(texts.tr("Admin area"));
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
    view.notice = notice_of(facts, texts);
    return view;
}

}  // namespace fangxin::terminal
