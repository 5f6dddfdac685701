#include "terminal/station/screens/settings_view.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/station/screens/widths.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

using kit::Key;
using kit::Rect;
using kit::Role;

constexpr float setting_height = 60;

class Drawing {
  public:
    Drawing(kit::Ui& ui, const SettingsView& view) : ui_(ui), view_(view) {}

    std::optional<SettingsAction> wide(Rect rect) {
        rect = kit::inset(rect, 16);
        Rect foot = kit::take_bottom(rect, 72, 16);
        back(kit::take_left(foot, 240));
        Rect right = kit::take_right(rect, 560, 16);
        kit::card(ui_, rect);
        Rect left = kit::inset(rect, 26);
        heading(left, view_.title);
        choices(left, 170);
        kit::card(ui_, right);
        right = kit::inset(right, 26);
        about(right);
        return action_;
    }

    std::optional<SettingsAction> narrow(Rect rect) {
        rect = kit::inset(rect, 12);
        Rect tabs = kit::take_top(rect, 60, 14);
        for (int i = 0; i < 2; ++i) {
            bool about = i == 1;
            if (kit::button(
                    ui_, kit::cell(tabs, {.columns = 2, .rows = 1}, i),
                    about ? view_.about_title : view_.title,
                    {.key = about ? Key::right : Key::left, .selected = view_.at_about == about}))
                action_ = settings::ShowPage{about};
        }
        kit::card(ui_, rect);
        rect = kit::inset(rect, 16);
        if (view_.at_about) {
            about(rect);
        } else {
            choices(rect, 0);
        }
        if (ui_.take_key(Key::escape)) action_ = settings::Back{};
        return action_;
    }

  private:
    void heading(Rect& rect, std::string_view words) {
        ui_.text(kit::take_top(rect, 40, 12), words,
                 {.size = 24, .weight = kit::Weight::bold, .shrink = true});
    }

    /// The label left of the buttons, or above them where `label_width` is 0.
    Rect beside_label(Rect& rest, std::string_view label, float label_width) {
        if (label_width > 0) {
            Rect row = kit::take_top(rest, setting_height, 18);
            ui_.text(kit::take_left(row, label_width, 12), label, {.size = 20, .lines = 2});
            return row;
        }
        ui_.text(kit::take_top(rest, 30), label, {.size = 18, .role = Role::muted});
        return kit::take_top(rest, setting_height, 8);
    }

    void choices(Rect rect, float label_width) {
        auto key = static_cast<std::size_t>(Key::f1);
        for (const SettingsView::Setting& setting : view_.settings) {
            Rect row = beside_label(rect, setting.label, label_width);
            for (int i = 0; i < 2; ++i) {
                const SettingsView::Choice& choice = setting.choices[static_cast<std::size_t>(i)];
                if (kit::button(ui_, kit::cell(row, {.columns = 2, .rows = 1}, i), choice.words,
                                {.key = static_cast<Key>(key++),
                                 .selected = choice.chosen,
                                 .id = kit::id_of(setting.label, static_cast<std::size_t>(i))}))
                    action_ = choice.action;
            }
        }
        volume(rect, label_width);
    }

    void volume(Rect rect, float label_width) {
        const SettingsView::Volume& of = view_.volume;
        Rect row = beside_label(rect, of.label, label_width);
        if (kit::button(ui_, kit::take_left(row, 72, 8), "−",
                        {.enabled = of.can_less, .size = 32, .id = kit::id_of("less")}) ||
            (of.can_less && ui_.take_key(Key::f9)))
            action_ = settings::ChangeVolume{-10};
        Rect test = kit::take_right(row, label_width > 0 ? 190.0F : 150.0F, 8);
        if (kit::button(ui_, kit::take_right(row, 72, 8), "+",
                        {.enabled = of.can_more, .size = 32, .id = kit::id_of("more")}) ||
            (of.can_more && ui_.take_key(Key::f10)))
            action_ = settings::ChangeVolume{10};
        Rect upper = kit::take_top(row, 38);
        ui_.text(
            upper, of.words,
            {.size = 24, .weight = kit::Weight::bold, .align = kit::Align::center, .shrink = true});
        kit::progress_bar(ui_, kit::take_top(row, 10), of.part);
        if (kit::button(ui_, test, of.test, {.key = Key::f11})) action_ = settings::Test{};
        if (of.no_sound.empty()) return;
        ui_.text(kit::take_top(rect, 32), of.no_sound,
                 {.size = 18, .role = Role::warn, .shrink = true});
    }

    void about(Rect rect) {
        heading(rect, view_.about_title);
        float key_width = 130;
        for (const SettingsView::Line& line : view_.about) {
            float growth = ui_.is_large_text() ? 1.25F : 1;
            float width = key_width * growth;
            kit::Type type{20, kit::Weight::regular};
            float height =
                std::max(32 * growth, ui_.height_of(line.value, type, {rect.w - width, 2}) + 4);
            Rect row = kit::take_top(rect, height, 2);
            Rect name{row.x, row.y, width - 8, 32 * growth};
            ui_.text(name, line.name, {.role = Role::muted, .shrink = true});
            ui_.text({row.x + width, row.y, row.w - width, row.h}, line.value,
                     {.role = line.role, .lines = 2, .may_shorten = true});
        }
        kit::take_top(rect, 14);
        heading(rect, view_.devices_title);
        if (!view_.no_devices.empty()) {
            ui_.text(kit::take_top(rect, 32), view_.no_devices, {.role = Role::muted});
            return;
        }
        devices(rect);
    }

    void devices(Rect rect) {
        float height = ui_.is_large_text() ? 66.0F : 56.0F;
        float content = static_cast<float>(view_.devices.size()) * height;
        kit::Ui::ScrollArea area{kit::id_of("devices"), rect, content};
        float offset = ui_.begin_scroll(area);
        float y = rect.y - offset;
        for (const SettingsView::Device& device : view_.devices) {
            draw_device({rect.x, y, content > rect.h ? rect.w - 16 : rect.w, height}, device);
            y += height;
        }
        ui_.end_scroll(area);
    }

    void draw_device(Rect row, const SettingsView::Device& device) {
        Role role = Role::muted;
        kit::Icon icon = kit::Icon::minus;
        if (device.state == Health::good) {
            role = Role::ok;
            icon = kit::Icon::check;
        } else if (device.state == Health::trouble) {
            role = Role::block;
            icon = kit::Icon::cross;
        }
        kit::draw_icon(ui_, kit::centered(kit::take_left(row, 26, 10), {22, 22}), icon, role);
        float width = ui_.width_of(device.health, {18, kit::Weight::bold}) + 1;
        ui_.text(
            kit::take_right(row, width, 10), device.health,
            {.size = 18, .weight = kit::Weight::bold, .role = role, .align = kit::Align::right});
        if (device.detail.empty()) {
            ui_.text(row, device.name, {.may_shorten = true});
            return;
        }
        Rect block = kit::centered(row, {row.w, row.h - 6});
        ui_.text(kit::take_top(block, block.h * 0.54F), device.name, {.may_shorten = true});
        ui_.text(block, device.detail, {.size = 16, .role = Role::muted, .may_shorten = true});
    }

    void back(Rect rect) {
        if (kit::button(ui_, rect, view_.back,
                        {.grade = kit::Grade::main, .key = Key::escape, .icon = kit::Icon::back}))
            action_ = settings::Back{};
    }

    kit::Ui& ui_;
    const SettingsView& view_;
    std::optional<SettingsAction> action_;
};

}  // namespace

std::optional<SettingsAction> draw(kit::Ui& ui, const SettingsView& view, kit::Rect rect) {
    Drawing drawing(ui, view);
    return rect.w >= wide_from ? drawing.wide(rect) : drawing.narrow(rect);
}

}  // namespace fangxin::terminal
