// What holds or covers other things: cards, dialogs, banners, toasts, progress, photos, and the
// words where there is nothing to show.
#pragma once

#include "terminal/kit/icons.hpp"

namespace fangxin::kit {

struct CardStyle {
    Role fill = Role::surface;
    Role border = Role::line;
    float border_width = 1;
    float radius = 14;
};
/// The card of the mockups; for a panel that warns or blocks give its roles and a width of 3.
void card(Ui& ui, Rect rect, const CardStyle& style = {});

/// Lies over the screen, dims it, and alone can be touched as long as it lives:
///
///     kit::Dialog dialog(ui, {.size = {560, 300}, .title = tr("Void the line?")});
///     ui.text(dialog.body(), …);
///     if (kit::button(ui, …)) action = Voided{};
///
/// Its own rectangles are drawn last, after the screen under it.
class Dialog {
  public:
    struct Style {
        Size size{560, 320};
        std::string_view title = {};
        Icon icon = Icon::none;
        Role role = Role::primary;
    };
    Dialog(Ui& ui, const Style& style);
    ~Dialog() { ui_.end_layer(); }
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    Rect body() const { return body_; }

  private:
    Ui& ui_;
    Rect body_;
};

struct Notice {
    std::string_view words;
    Role role = Role::primary;
    Icon icon = Icon::none;
};
/// A strip across the place it is given, with sign and words; it stays as long as it is drawn.
void banner(Ui& ui, Rect rect, const Notice& notice);
/// Words at the lower edge for a while; whoever shows it ends it, until_ms brings the last frame.
void toast(Ui& ui, const Notice& notice, std::int64_t until_ms);

/// 0 to 1.
void progress_bar(Ui& ui, Rect rect, float part);
/// Turns as long as it is drawn: 20 frames a second, so draw it only while something is awaited.
void spinner(Ui& ui, Rect rect);

/// The picture as large as fits, whole; without one, the words in its place.
void photo(Ui& ui, Rect rect, const PicturePtr& picture, std::string_view instead);

struct EmptyState {
    Icon icon = Icon::none;
    std::string_view title;
    std::string_view hint = {};
};
void empty_state(Ui& ui, Rect rect, const EmptyState& state);

}  // namespace fangxin::kit
