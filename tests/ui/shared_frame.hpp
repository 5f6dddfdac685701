// The bar over a shared screen, as till and handheld have it, the keyboard under it, and facts of a
// shop at work.
#pragma once

#include "handheld/screens/head_view.hpp"
#include "terminal/station/screens/top_bar_view.hpp"
#include "terminal/station/screens/writing.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/ui/screen_rows.hpp"

#include <utility>

namespace fangxin::ui_rows {

inline terminal::TopBarFacts at_work() {
    using terminal::Health;
    return {.shop_name = "文一路店",
            .till = 3,
            .person = "王丽",
            .server = Health::good,
            .scale = Health::good,
            .printer = Health::good,
            .scanner = Health::good,
            .block_age_ms = 0,
            .now = *domain::parse_instant("2026-11-24T14:32:00+08:00")};
}

inline handheld::HeadFacts head_facts(const terminal::TopBarFacts& bar) {
    return {.connected = bar.server == terminal::Health::good,
            .unsent = bar.unsent,
            .block_age_ms = bar.block_age_ms,
            .conflict = bar.conflict,
            .set_aside = bar.set_aside,
            .clock_banner = bar.clock_banner,
            .test_shop = bar.test_shop,
            .now = bar.now};
}

/// The keyboard on the screen as a desk draws it, with `text` written and `letters` composing.
inline void draw_keys(kit::Ui& ui, const kit::TextTable& texts, kit::Rect rect,
                      std::string_view text, std::string_view letters = {}) {
    const tests::TempDir folder;
    kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
    for (const char letter : letters)
        pinyin.feed(letter);
    terminal::Writing writing(pinyin);
    const auto wished =
        letters.empty() ? kit::KeyboardLanguage::latin : kit::KeyboardLanguage::chinese;
    writing.open({.id = "field", .wished = wished, .longest = 120}, text);
    terminal::WritingAnswer answer = writing.take_typed(ui);
    writing.draw_keys(ui, texts, rect, answer);
}

/// What is under the bar of a till or of a handheld; `title` is the handheld's.
using Body = std::function<void(kit::Ui&, const kit::TextTable&, kit::Rect)>;
struct Framed {
    std::string screen;
    std::string state;
    std::string title;
    terminal::TopBarFacts bar = at_work();
};
inline ScreenRow on_till(const Framed& of, Body body) {
    return {of.screen, of.state, till_size,
            [of, body = std::move(body)](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                terminal::draw_top_bar(ui, terminal::present(of.bar, texts), rest);
                body(ui, texts, rest);
            }};
}
inline ScreenRow on_handheld(const Framed& of, Body body) {
    return {of.screen, "handheld_" + of.state, handheld_size,
            [of, body = std::move(body)](kit::Ui& ui, const kit::TextTable& texts) {
                kit::Rect rest = ui.screen();
                handheld::HeadView head =
                    handheld::present_head(of.title, head_facts(of.bar), texts);
                head.can_go_back = false;  // as on the handheld: these pages have their own
                handheld::draw_head(ui, texts, head, rest);
                body(ui, texts, rest);
            }};
}

}  // namespace fangxin::ui_rows
