#include "terminal/kit/ui.hpp"

#include <algorithm>
#include <cmath>

namespace fangxin::kit {

Id id_of(std::string_view words, std::uint64_t number) {
    Id id = 0xCBF29CE484222325U ^ (number * 0x9E3779B97F4A7C15U);  // FNV-1a
    for (const char c : words)
        id = (id ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return id == 0 ? 1 : id;
}

namespace {

constexpr float wheel_units = 65;
constexpr std::int64_t double_tap_ms = 400;

/// What goes on or back: a finger that stays on it must not go through one screen after another.
constexpr bool decides(Key key) {
    return key == Key::enter || key == Key::space || key == Key::escape;
}
/// Keys that one holds down to get far.
constexpr bool may_repeat(Key key) {
    return key == Key::backspace || (key >= Key::up && key <= Key::end);
}

}  // namespace

Ui::Ui(const Pass& pass) : pass_(pass) {
    forget_activation();
    Memory& memory = pass_.memory;
    if (const auto* press = edge_as<Press>()) {
        memory.pointer = memory.pressed_at = press->at;
        memory.pointer_down = true;
        memory.pressed = memory.focus = memory.scrolling = 0;
        for (auto& [id, scroll] : memory.scrolls)
            scroll.drag_from = scroll.offset;
    } else if (const auto* move = edge_as<Move>()) {
        memory.pointer = move->at;
    } else if (const auto* release = edge_as<Release>()) {
        memory.pointer = release->at;
    } else if (edge_as<Cancel>() != nullptr) {
        memory.pressed = memory.scrolling = 0;
        memory.pointer_down = false;
    }
    if (pass_.log != nullptr) {
        *pass_.log = LayoutLog{};
        pass_.log->screen = screen();
    }
}

void Ui::frame_after(std::int64_t ms) {
    const std::int64_t at = pass_.now_ms + std::max<std::int64_t>(ms, 0);
    wants_frame_ms_ = std::min(at, wants_frame_ms_.value_or(at));
}

/// In a list the place is that in its content: it stays the same target when it is scrolled.
Id Ui::identity(const Target& t) const {
    if (t.id != 0) return t.id;
    const float scrolled = in_scroll_ ? scrolls_[*in_scroll_].offset : 0;
    const auto x = static_cast<std::uint64_t>(t.rect.x);
    const auto y = static_cast<std::uint64_t>(std::lround(std::max(0.0F, t.rect.y + scrolled)));
    return id_of(t.what, (x << 16U) | y);
}

Touch Ui::target(const Target& t) {
    const Rect visible = intersection(t.rect, canvas().clip());
    // A row at the edge of its list is half hidden, and may be; nothing else is.
    const bool is_whole = parts_open_ == 0 || nearly_same(visible, t.rect);
    if (pass_.log != nullptr && is_whole) {
        pass_.log->targets.push_back({std::string(t.what), t.rect, t.min_size, t.spacing, layer_});
    }
    if (pass_.log != nullptr && t.enabled && t.key != Key::none)
        pass_.log->keys.push_back({t.key, std::string(t.what), layer_});
    if (!t.enabled || !is_reachable()) return {};
    Memory& memory = pass_.memory;
    const Id id = identity(t);
    if (t.focusable) add_focusable(t, id, visible);
    Touch touch;
    const bool hit = edge_as<Press>() != nullptr && visible.contains(memory.pointer);
    if (hit && !is_too_soon(id)) memory.pressed = id;
    const bool inside = memory.pressed == id && visible.contains(memory.pointer);
    touch.down = inside && memory.pointer_down && memory.scrolling == 0;
    touch.focused = memory.focus == id;
    Key key = t.key;
    if (touch.down && edge_as<Release>() != nullptr) touch.activated = true;
    if (key_activates(t, id)) {
        key = edge_as<KeyPress>()->key;
        touch.activated = true;
    }
    if (touch.activated) activate({.id = id, .rect = visible, .key = key});
    return touch;
}

/// What a list has scrolled out of sight can get the focus too, and is shown then.
void Ui::add_focusable(const Target& t, Id id, Rect visible) {
    const bool is_hidden = visible.empty();
    const bool may_be_shown = in_scroll_ && scrolls_[*in_scroll_].is_whole;
    if (is_hidden && !may_be_shown) return;
    focusables_.push_back({id, may_be_shown ? t.rect : visible, layer_,
                           may_be_shown ? in_scroll_ : std::nullopt, is_hidden});
}

void Ui::activate(const Memory::Activation& activation) {
    pass_.memory.last = activation;
    pass_.memory.last->at_ms = pass_.now_ms;
    taken_ = true;
}

void Ui::forget_activation() {
    std::optional<Memory::Activation>& last = pass_.memory.last;
    if (!last) return;
    const auto* press = edge_as<Press>();
    const auto* key = edge_as<KeyPress>();
    const bool is_elsewhere = press != nullptr && !last->rect.contains(press->at);
    const bool is_other_key = key != nullptr && key->key != last->key;
    if (is_elsewhere || is_other_key || edge_as<Scan>() != nullptr) last.reset();
}

bool Ui::is_too_soon(Id id) const {
    const std::optional<Memory::Activation>& last = pass_.memory.last;
    return last && last->id != id && pass_.now_ms - last->at_ms < double_tap_ms;
}

bool Ui::key_activates(const Target& t, Id id) {
    const auto* press = edge_as<KeyPress>();
    if (press == nullptr || is_too_soon(id)) return false;
    const Id focus = pass_.memory.focus;
    if (press->key == Key::enter || press->key == Key::space) {
        if (press->repeated) return false;  // a key held down pays only once
        if (press->key == Key::space && pass_.memory.text_is_taken) return false;  // it is written
        if (focus == id) return true;
        if (focus != 0) return false;
    }
    if (t.key == Key::none || press->key != t.key) return false;
    if (press->repeated && t.key != Key::backspace) return false;
    return !(makes_text(t.key) && pass_.memory.text_is_taken);
}

std::optional<std::string> Ui::take_scan() {
    const auto* scan = edge_as<Scan>();
    if (scan == nullptr) return std::nullopt;
    taken_ = true;
    return scan->code;
}

bool Ui::take_key(Key key) {
    const auto* press = edge_as<KeyPress>();
    if (press == nullptr || press->key != key || !is_reachable()) return false;
    if (press->repeated && !may_repeat(key)) return false;
    const Id id = id_of("key", static_cast<std::uint64_t>(key));
    if (is_too_soon(id)) return false;
    activate({.id = id, .key = key});
    return true;
}

std::optional<std::string> Ui::take_text() {
    const auto* text = edge_as<Text>();
    if (text == nullptr || !is_reachable()) return std::nullopt;
    taken_ = true;
    return text->utf8;
}

void Ui::begin_layer() {
    ++layer_;
    highest_layer_ = std::max(highest_layer_, layer_);
}

void Ui::begin_part(Rect rect) {
    canvas().push_clip(rect);
    ++parts_open_;
}

void Ui::end_part() {
    canvas().pop_clip();
    --parts_open_;
}

float Ui::begin_scroll(const ScrollArea& area) {
    Memory& memory = pass_.memory;
    Memory::Scroll& scroll = memory.scrolls[area.id];
    const float most = std::max(0.0F, area.content_height - area.rect.h);
    const Rect visible = intersection(area.rect, canvas().clip());
    if (is_reachable()) {
        const bool began_here = memory.pointer_down && visible.contains(memory.pressed_at);
        const float moved = memory.pointer.y - memory.pressed_at.y;
        if (began_here && edge_as<Move>() != nullptr) {
            if (memory.scrolling == 0 && most > 0 && std::abs(moved) > EdgeQueue::drag_starts) {
                memory.scrolling = area.id;
                memory.pressed = 0;
            }
            if (memory.scrolling == area.id) scroll.offset = scroll.drag_from - moved;
        }
        const auto* wheel = edge_as<Wheel>();
        if (wheel != nullptr && visible.contains(wheel->at)) {
            scroll.offset += wheel->lines * wheel_units;
            taken_ = true;
        }
    }
    scroll.offset = std::clamp(scroll.offset, 0.0F, most);
    const bool is_whole = nearly_same(visible, area.rect);
    in_scroll_ = scrolls_.size();
    scrolls_.push_back({area, scroll.offset, is_whole, layer_});
    begin_part(area.rect);
    return scroll.offset;
}

void Ui::end_scroll(const ScrollArea& area) {
    end_part();
    in_scroll_.reset();
    if (area.content_height <= area.rect.h) return;
    const float part = area.rect.h / area.content_height;
    const float length = std::max(32.0F, (area.rect.h - 8) * part);
    const float way = area.rect.h - 8 - length;
    const float at = pass_.memory.scrolls[area.id].offset / (area.content_height - area.rect.h);
    const Rect bar{area.rect.right() - 9, area.rect.y + 4 + way * at, 5, length};
    canvas().fill(bar, color(Role::muted), 2.5F);
}

void Ui::show_part(const ScrollArea& area, float from, float to) {
    Memory::Scroll& scroll = pass_.memory.scrolls[area.id];
    if (to > scroll.offset + area.rect.h) scroll.offset = to - area.rect.h;
    scroll.offset = std::min(scroll.offset, from);
}

void Ui::finish() {
    Memory& memory = pass_.memory;
    memory.top_layer = highest_layer_;
    memory.text_is_taken = text_owned_;
    if (edge_as<Release>() != nullptr ||
        (taken_ && pass_.edge != nullptr && std::holds_alternative<Release>(*pass_.edge))) {
        memory.pressed = memory.scrolling = 0;
        memory.pointer_down = false;
    }
    std::erase_if(focusables_, [&](const Focusable& f) { return f.layer < highest_layer_; });
    if (const auto* press = edge_as<KeyPress>()) {
        move_focus(press->key);
        turn_page(press->key);
    }
    // What was scrolled out of sight has it no more: Enter presses nothing that nobody sees.
    const bool still_there = std::ranges::any_of(focusables_, [&](const Focusable& f) {
        return f.id == memory.focus && (focus_moved_ || !f.is_hidden);
    });
    if (!still_there) memory.focus = 0;
}

void Ui::move_focus(Key key) {
    if (focusables_.empty()) return;
    Memory& memory = pass_.memory;
    const auto at = std::ranges::find(focusables_, memory.focus, &Focusable::id);
    const bool none = at == focusables_.end();
    const auto count = static_cast<std::ptrdiff_t>(focusables_.size());
    const std::ptrdiff_t index = at - focusables_.begin();
    switch (key) {
        case Key::tab:
        case Key::back_tab: {
            const std::ptrdiff_t step = key == Key::tab ? 1 : count - 1;
            focus(stop_from(none ? (key == Key::tab ? 0 : step) : (index + step) % count, step));
            break;
        }
        case Key::up:
        case Key::down:
        case Key::left:
        case Key::right:
            if (text_owned_ && none) break;
            if (none) {
                focus(stop_from(0, 1));
            } else if (const Focusable* next = beside(*at, key)) {
                focus(*next);
            }
            break;
        default:
            break;
    }
}

const Ui::Focusable& Ui::stop_from(std::ptrdiff_t first, std::ptrdiff_t step) const {
    const auto count = static_cast<std::ptrdiff_t>(focusables_.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const Focusable& to = focusables_[static_cast<std::size_t>((first + i * step) % count)];
        const bool is_row = to.scroll && scrolls_[*to.scroll].area.is_of_rows;
        if (!is_row || !to.is_hidden) return to;
    }
    return focusables_[static_cast<std::size_t>(first)];
}

void Ui::focus(const Focusable& to) {
    pass_.memory.focus = to.id;
    focus_moved_ = true;
    if (!to.scroll) return;
    const OpenScroll& open = scrolls_[*to.scroll];
    const float from = to.rect.y - open.area.rect.y + open.offset;
    show_part(open.area, from, from + to.rect.h);
}

void Ui::turn_page(Key key) {
    if (key != Key::page_up && key != Key::page_down) return;
    const float sign = key == Key::page_down ? 0.85F : -0.85F;
    const auto at = std::ranges::find(focusables_, pass_.memory.focus, &Focusable::id);
    if (at != focusables_.end() && at->scroll) {
        const Point from = at->rect.center();
        const float there = from.y + scrolls_[*at->scroll].area.rect.h * sign;
        const auto distance = [&](const Focusable& f) {
            if (f.scroll != at->scroll) return 1e9F;
            return std::abs(f.rect.center().y - there) + std::abs(f.rect.center().x - from.x) / 8;
        };
        const auto to = std::ranges::min_element(focusables_, {}, distance);
        if (to != at) return focus(*to);
    }
    for (const OpenScroll& open : scrolls_) {
        if (open.layer < highest_layer_) continue;
        const float most = std::max(0.0F, open.area.content_height - open.area.rect.h);
        const float to = open.offset + open.area.rect.h * sign;
        pass_.memory.scrolls[open.area.id].offset = std::clamp(to, 0.0F, most);
    }
}

const Ui::Focusable* Ui::beside(const Focusable& from, Key direction) const {
    const bool along_x = direction == Key::left || direction == Key::right;
    const float sign = direction == Key::right || direction == Key::down ? 1.0F : -1.0F;
    const Focusable* best = nullptr;
    float best_distance = 1e9F;
    for (const Focusable& to : focusables_) {
        const Point a = from.rect.center();
        const Point b = to.rect.center();
        const float along = (along_x ? b.x - a.x : b.y - a.y) * sign;
        const float across = std::abs(along_x ? b.y - a.y : b.x - a.x);
        if (along < 1 || (to.is_hidden && to.scroll != from.scroll)) continue;
        const float distance = along + 2 * across;
        if (distance < best_distance) {
            best_distance = distance;
            best = &to;
        }
    }
    return best;
}

}  // namespace fangxin::kit
