// What a view draws with, for one pass over its screen: colours by role, text, targets, and the one
// edge of this pass. Rectangles are explicit and in design units. The widgets (button.hpp,
// table.hpp …) are functions over it; a view uses those and text() and needs target() seldom.
//
//     std::optional<Action> draw(kit::Ui& ui, const View& view) {
//         std::optional<Action> action;
//         kit::card(ui, {784, 72, 480, 150});
//         ui.text({800, 80, 200, 40}, view.items, {.role = kit::Role::muted});
//         if (kit::button(ui, {784, 688, 480, 96}, view.pay, {.look = kit::Look::primary}))
//             action = Pay{};
//         return action;
//     }
//
// Made by Stage for each pass and gone after it; what lasts lies in Memory. UI thread.
#pragma once

#include "terminal/kit/canvas.hpp"
#include "terminal/kit/edges.hpp"
#include "terminal/kit/layout_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fangxin::kit {

/// Says which target a press belongs to. Made from words and place when a view gives none; give one
/// (with id_of) where the words change while a finger may be down.
using Id = std::uint64_t;
Id id_of(std::string_view words, std::uint64_t number = 0);

struct Settings {
    const Theme* theme = &Theme::light();
    float text_scale = 1;  ///< 1.25 in large-text mode
    bool key_caps = true;  ///< a keyboard is attached
};

enum class Align : std::uint8_t { left, center, right };
enum class Vertical : std::uint8_t { top, middle, bottom };

struct TextStyle {
    float size = 20;
    Weight weight = Weight::regular;
    Role role = Role::text;
    Align align = Align::left;
    Vertical vertical = Vertical::middle;
    int lines = 1;             ///< at most; more text ends in `…`
    bool may_shorten = false;  ///< names may be long: the layout test does not complain
    bool shrink = false;       ///< first smaller (down to 3/5), then cut
    bool enabled = true;
};

struct Target {
    std::string_view what;  ///< its words, for the layout test and the id
    Rect rect;
    Id id = 0;
    Key key = Key::none;
    float min_size = 56;
    Spacing spacing = Spacing::apart;
    bool enabled = true;
    bool focusable = true;
};

struct Touch {
    bool down = false;       ///< show it pressed
    bool activated = false;  ///< act now
    bool focused = false;    ///< show the ring
};

/// What lasts from pass to pass: the press, the focus, where lists are scrolled to.
struct Memory {
    struct Scroll {
        float offset = 0;
        float drag_from = 0;  ///< offset when the press began
        std::optional<std::size_t> shown;
    };
    /// What was activated last, until something else is touched: see Ui::is_too_soon().
    struct Activation {
        Id id = 0;
        Rect rect;
        Key key = Key::none;
        std::int64_t at_ms = 0;
        bool is_shown = false;  ///< what came of it

        void shown_after(std::int64_t ms) {
            if (!is_shown) at_ms += ms;
            is_shown = true;
        }
    };
    Id pressed = 0;
    std::optional<Activation> last;
    Point pressed_at;
    Point pointer;
    bool pointer_down = false;
    Id scrolling = 0;  ///< the list that follows the finger
    Id focus = 0;
    int top_layer = 0;
    bool text_is_taken = false;  ///< an active text field takes letters and digits
    std::unordered_map<Id, Scroll> scrolls;
};

class Ui {
  public:
    struct Pass {
        Canvas& canvas;
        Memory& memory;
        const Settings& settings;
        Size design;
        std::int64_t now_ms = 0;
        const Edge* edge = nullptr;
        LayoutLog* log = nullptr;
    };
    explicit Ui(const Pass& pass);

    Rect screen() const { return {0, 0, pass_.design.w, pass_.design.h}; }
    const Theme& theme() const { return *pass_.settings.theme; }
    Color color(Role role) const { return theme().of(role); }
    bool is_large_text() const { return pass_.settings.text_scale > 1; }
    /// Units that grow with the text that they hold.
    float grown(float units) const { return units * pass_.settings.text_scale; }
    bool shows_key_caps() const { return pass_.settings.key_caps; }
    std::int64_t now_ms() const { return pass_.now_ms; }
    /// Draws again by then at the latest, for clocks and what moves. Without it nothing is drawn
    /// until something happens.
    void frame_after(std::int64_t ms);

    // --- drawing ---
    Canvas& canvas() { return pass_.canvas; }
    void fill(Rect rect, Role role, float radius = 0);
    void border(Rect rect, Role role, Outline outline) {
        canvas().border(rect, color(role), outline);
    }
    void divider(Point from, float width);
    /// The width that the text took.
    float text(Rect room, std::string_view words, const TextStyle& style = {});
    /// The size in which a text of `size` is drawn: larger in large-text mode.
    float type_size(float size) const;
    float width_of(std::string_view words, Type type);
    /// The lines that `words` takes in `width`, and their height.
    float height_of(std::string_view words, Type type, Limits limits);
    /// The ring around what has the focus.
    void focus_ring(Rect rect, float radius);
    /// Lies over what is pressed; `on` is the role of its words, or the one that it would take.
    void press_veil(Rect rect, float radius, Role on = Role::primary);

    // --- being touched ---
    Touch target(const Target& target);
    /// The code a scanner typed in this pass, once. On top of everything: dialogs do not hide it.
    std::optional<std::string> take_scan();
    /// True once when this key was pressed and nobody took it; for keys without a button, and for
    /// one that goes on from button to button. Held down, only arrows, pages and erasing repeat.
    bool take_key(Key key);
    /// The text typed in this pass, once.
    std::optional<std::string> take_text();
    /// Letters, digits and blanks go to take_text() and not to the keys of buttons; arrows do not
    /// move the focus away.
    void own_text() { text_owned_ = true; }

    // --- layers, parts and scrolling ---
    /// What follows lies on top and alone can be touched, until end_layer().
    void begin_layer();
    void end_layer() { --layer_; }
    bool is_reachable() const { return layer_ >= pass_.memory.top_layer; }
    /// What follows is seen and touched only inside of `rect`, until end_part(): the keyboard on
    /// the screen, or something like it, will lie over the rest.
    void begin_part(Rect rect);
    void end_part();
    struct ScrollArea {
        Id id = 0;
        Rect rect;
        float content_height = 0;
        bool is_of_rows = false;  ///< many alike: Tab passes over those that are out of sight
    };
    /// How far on either side of a list of rows those out of sight are drawn: the focus, where
    /// something has it, goes there by an arrow or by PgUp and PgDn.
    float beyond(const ScrollArea& area, float row_height) const {
        return pass_.memory.focus == 0 ? row_height : area.rect.h;
    }
    /// Clips to the area, lets it follow finger and wheel, and returns how far it is scrolled.
    float begin_scroll(const ScrollArea& area);
    /// Draws the bar when there is more than fits.
    void end_scroll(const ScrollArea& area);
    /// Scrolls so far that this part of the content is visible. What gets the focus by a key is
    /// shown so by itself, and PgUp and PgDn scroll where nobody takes them.
    void show_part(const ScrollArea& area, float from, float to);
    Memory& memory() { return pass_.memory; }

    // --- for Stage ---
    void finish();
    std::optional<std::int64_t> wants_frame_ms() const { return wants_frame_ms_; }

  private:
    struct OpenScroll {
        ScrollArea area;
        float offset = 0;
        bool is_whole = true;  ///< nothing lies over a part of it
        int layer = 0;
    };
    struct Focusable {
        Id id;
        Rect rect;
        int layer = 0;
        std::optional<std::size_t> scroll;  ///< of scrolls_: it may have to be shown
        bool is_hidden = false;
    };
    Id identity(const Target& target) const;
    void add_focusable(const Target& target, Id id, Rect visible);
    void activate(const Memory::Activation& activation);
    void forget_activation();
    /// A double tap, or a key struck twice, must not hit what has only just appeared in the place
    /// of what it was meant for. The same target may be tapped as quickly as one likes.
    bool is_too_soon(Id id) const;
    bool key_activates(const Target& target, Id id);
    void move_focus(Key key);
    /// Where Tab stops: the first of every `step`-th that is no row out of sight.
    const Focusable& stop_from(std::ptrdiff_t first, std::ptrdiff_t step) const;
    void focus(const Focusable& to);
    /// PgUp and PgDn: the focus goes a page on in its list; where it cannot, all lists do.
    void turn_page(Key key);
    const Focusable* beside(const Focusable& from, Key direction) const;
    void draw_line(Rect room, std::string_view words, const TextStyle& style, float middle);
    void log_text(std::string_view words, Rect room, Rect ink, const TextStyle& style,
                  bool shortened);
    template <class T>
    const T* edge_as() const {
        return pass_.edge == nullptr || taken_ ? nullptr : std::get_if<T>(pass_.edge);
    }

    Pass pass_;
    bool taken_ = false;
    bool text_owned_ = false;
    int layer_ = 0;
    int highest_layer_ = 0;
    int parts_open_ = 0;
    std::vector<Focusable> focusables_;
    std::vector<OpenScroll> scrolls_;       ///< of this pass
    std::optional<std::size_t> in_scroll_;  ///< of scrolls_
    bool focus_moved_ = false;
    std::optional<std::int64_t> wants_frame_ms_;
};

}  // namespace fangxin::kit
