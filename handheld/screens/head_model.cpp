#include "handheld/screens/head_model.hpp"

namespace fangxin::handheld {

namespace {

std::optional<terminal::StationNotice> notice_of(const HeadFacts& facts,
                                                 const kit::TextTable& texts) {
    auto grave = terminal::notice_of({.not_let_in = facts.not_let_in,
                                      .conflict = facts.conflict,
                                      .block_age_ms = facts.block_age_ms,
                                      .set_aside = facts.set_aside,
                                      .clock_banner = facts.clock_banner,
                                      .plain = facts.plain},
                                     texts);
    if (grave) return grave;
    if (!facts.connected) {
        return terminal::StationNotice{
            .words = texts.tr("No server: go on, it is sent when the line is back")};
    }
    if (!facts.test_shop) return std::nullopt;
    return terminal::StationNotice{.words =
                                       texts.tr("Test shop: nothing here is booked in earnest")};
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
    if (facts.test_shop) view.test_shop = texts.tr_c("the mark of a shop", "Test");
    view.clock = domain::clock_text(facts.now);
    view.notice = notice_of(facts, texts);
    return view;
}

}  // namespace fangxin::handheld
