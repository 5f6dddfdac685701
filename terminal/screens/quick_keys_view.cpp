#include "terminal/screens/quick_keys_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/panels.hpp"

#include <array>

namespace fangxin::terminal::till {

namespace {

constexpr std::array letters = {kit::Key::q, kit::Key::w, kit::Key::e, kit::Key::r,
                                kit::Key::a, kit::Key::s, kit::Key::d, kit::Key::f,
                                kit::Key::z, kit::Key::x, kit::Key::c, kit::Key::v};
using kit::Role;
constexpr kit::Grid key_grid{4, 3, 8};

/// Names of goods may be long: two lines, smaller, before they are cut. The letter stands in the
/// corner, as a cap beside the name would take its room; large text leaves none for it.
struct KeyFace {
    std::string_view name;
    std::string_view below;
    kit::Id id = 0;
};
bool draw_key(kit::Ui& ui, kit::Rect rect, const KeyFace& face, std::size_t place) {
    const kit::Touch touch =
        ui.target({.what = face.name, .rect = rect, .id = face.id, .min_size = 72});
    ui.fill(rect, Role::surface, 12);
    if (touch.down) ui.fill(rect, Role::primary_soft, 12);
    ui.border(rect, Role::line, {12, 1});
    if (touch.focused) ui.focus_ring(rect, 12);
    const bool letter = ui.shows_key_caps() && !ui.is_large_text();
    kit::Rect inner = kit::inset(rect, kit::Padding{6, 6});
    const kit::Rect price = kit::take_bottom(inner, ui.is_large_text() ? 24.0F : 22.0F);
    const bool is_long = ui.width_of(face.name, {24, kit::Weight::regular}) > inner.w;
    if (letter) {
        ui.text({rect.x + 7, rect.y + 2, 18, 18}, kit::name_of(letters[place]),
                {.size = 12, .role = Role::muted});
    }
    if (letter && is_long) kit::take_left(inner, 10);
    ui.text(inner, face.name,
            {.size = is_long ? 19.0F : 24.0F,
             .align = kit::Align::center,
             .lines = is_long ? 2 : 1,
             .may_shorten = true,
             .shrink = true});
    ui.text(price, face.below,
            {.size = 16, .role = Role::muted, .align = kit::Align::center, .shrink = true});
    return ui.take_key(letters[place]) || touch.activated;
}

std::optional<QuickAction> draw_tabs(kit::Ui& ui, const QuickView& view, kit::Rect rect) {
    std::optional<QuickAction> action;
    for (std::size_t i = 0; i < view.tabs.size(); ++i) {
        const QuickView::Tab& tab = view.tabs[i];
        if (kit::button(ui, kit::cell(rect, {4, 1, 8}, static_cast<int>(i)), tab.words,
                        {.selected = tab.selected, .id = kit::id_of("tab", i)})) {
            action = quick::ShowCategory{tab.category};
        }
    }
    if (!view.more_tabs.empty() &&
        kit::button(ui, kit::cell(rect, {4, 1, 8}, 3), view.more_tabs,
                    {.icon = kit::Icon::forward, .id = kit::id_of("more tabs")})) {
        action = quick::MoreTabs{};
    }
    return action;
}

}  // namespace

std::optional<QuickAction> draw(kit::Ui& ui, const kit::TextTable& texts, const QuickView& view,
                                kit::Rect rect) {
    if (view.tabs.empty()) {
        kit::card(ui, rect);
        kit::empty_state(ui, kit::inset(rect, 12),
                         {.title = texts.tr("No quick keys yet"),
                          .hint = texts.tr("Goods with a PLU and no bar code stand here")});
        return std::nullopt;
    }
    std::optional<QuickAction> action = draw_tabs(ui, view, kit::take_top(rect, 56, 8));
    for (std::size_t i = 0; i < view.keys.size(); ++i) {
        const QuickView::Key& key = view.keys[i];
        const kit::Rect at = kit::cell(rect, key_grid, static_cast<int>(i));
        if (draw_key(ui, at, {key.name, key.price, kit::id_of(key.item, 0x901C)}, i)) {
            action = quick::Sell{key.item};
        }
    }
    if (!view.more_keys.empty()) {
        const kit::Rect at = kit::cell(rect, key_grid, 11);
        if (draw_key(ui, at, {texts.tr("More"), view.more_keys, kit::id_of("more keys")}, 11)) {
            action = quick::MoreKeys{};
        }
    }
    if (ui.memory().focus == 0) {
        if (ui.take_key(kit::Key::left)) action = quick::Turn{-1};
        if (ui.take_key(kit::Key::right)) action = quick::Turn{1};
    }
    return action;
}

}  // namespace fangxin::terminal::till
