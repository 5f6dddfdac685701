#include "tests/kit_gallery_pages.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/charts.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/kit/live_picture.hpp"
#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::gallery {

using namespace kit;

namespace {

void buttons(Ui& ui) {
    const Rect area{16, 16, 800, 400};
    const std::array<ButtonStyle, 12> styles = {
        ButtonStyle{},
        ButtonStyle{.key = Key::f2},
        ButtonStyle{.selected = true},
        ButtonStyle{.enabled = false},
        ButtonStyle{.look = Look::primary, .grade = Grade::final, .key = Key::f12},
        ButtonStyle{.look = Look::danger, .grade = Grade::final, .key = Key::f9},
        ButtonStyle{.look = Look::primary, .grade = Grade::main, .enabled = false},
        ButtonStyle{.icon = Icon::check},
        ButtonStyle{.grade = Grade::main, .sub = "5.98/kg"},
        ButtonStyle{.grade = Grade::main, .icon = Icon::search},
        ButtonStyle{.grade = Grade::main, .key = Key::escape, .words = Role::block},
        ButtonStyle{.icon = Icon::back},
    };
    constexpr std::array words = {"普通", "带键帽",   "已选", "不可用", "加入",  "知道了",
                                  "完成", "检定合格", "香蕉", "查找",   "拒收…", "返回"};
    for (int i = 0; i < 12; ++i) {
        const auto at = static_cast<std::size_t>(i);
        button(ui, cell(area, {4, 3, 16}, i), words[at], styles[at]);
    }
    button(ui, {16, 432, 180, 84}, "Reprint the last receipt", {.grade = Grade::main});
    button(ui, {212, 432, 180, 84}, "Stop sale of this batch…", {.key = Key::f8});
    button(ui, {408, 432, 408, 84}, "Complete · change ¥17.40",
           {.look = Look::primary, .grade = Grade::final, .key = Key::enter});
    keypad(ui, {840, 16, 424, 280}, {4, 4, 8}, money_pad("清除"));
    auto second = pin_pad("清除");  // the digits press the pad above
    for (PadKey& key : second)
        key.key = Key::none;
    keypad(ui, {840, 352, 424, 300}, {3, 4, 8}, second);
    pin_dots(ui, {840, 304, 424, 40}, 3, 6);
    for (int i = 1; i <= static_cast<int>(Icon::printer); ++i) {
        const Rect at = inset(cell({12, 536, 784, 120}, {14, 2, 0}, i - 1), Padding{4, 6});
        sign(ui, at, static_cast<Icon>(i),
             {.role = std::array{Role::primary, Role::ok, Role::warn,
                                 Role::block}[static_cast<std::size_t>(i % 4)]});
    }
    sign(ui, {16, 680, 84, 84}, Icon::cross, {.role = Role::block, .round = true, .strong = true});
    sign(ui, {116, 680, 84, 84}, Icon::question, {.role = Role::warn});
    sign(ui, {216, 680, 84, 84}, Icon::check, {.role = Role::ok, .round = true});
    text_field(ui, {330, 690, 230, 64}, {.placeholder = "名称或拼音", .icon = Icon::search});
    text_field(ui, {576, 690, 240, 64},
               {.text = "酱油", .composing = "sheng'chou", .icon = Icon::search, .active = true});
    text_field(ui, {840, 690, 424, 64}, {.text = "150.00", .label = "实收", .numeric = true});
}

void notices(Ui& ui) {
    banner(ui, {16, 16, 616, 60},
           {"服务器离线 · 可以继续收银，数据会补传", Role::warn, Icon::warning});
    banner(ui, {16, 92, 616, 60}, {"召回 R-0017 · 一级 · 鲜牛奶 L1117", Role::block, Icon::cross});
    banner(ui, {16, 168, 616, 60}, {"检定合格 · 有效至 2027-03-14", Role::ok, Icon::check});
    float x = 16;
    for (const Role role : {Role::primary, Role::ok, Role::warn, Role::block, Role::muted}) {
        x += tag(ui, {x, 256}, "临期 7 折", {.role = role}) + 10;
    }
    tag(ui, {x, 256}, "稳定", {.role = Role::ok, .icon = Icon::check});
    status(ui, {16, 300}, "服务器", Role::ok);
    status(ui, {140, 300}, "打印机缺纸", Role::block);
    status(ui, {300, 300}, "电子秤不稳", Role::warn);
    badge(ui, {480, 300}, 3);
    badge(ui, {540, 300}, 128, Role::primary);
    progress_bar(ui, {16, 340, 400, 12}, 0.62F);
    spinner(ui, {440, 322, 48, 48});
    card(ui, {16, 392, 616, 190},
         {.fill = Role::block_soft, .border = Role::block, .border_width = 3});
    const std::array<KeyValue, 4> facts = {
        KeyValue{"批号", "D20261110"}, KeyValue{"生产日期", "2026-11-10"},
        KeyValue{"保质期至", "2026-11-22（昨天）", Role::block, true},
        KeyValue{"依据", "4.2.5、4.3.4"}};
    ui.text({40, 404, 568, 40}, "豆腐干 200g", {.size = 28, .weight = Weight::bold});
    key_values(ui, {40, 446, 568, 130}, facts);
    ui.text(
        {16, 600, 616, 80},
        "“对不起，这件已过保质期，我们不能卖给您，马上给您换一件。”请放入红色退货筐，打印下架单。",
        {.size = 24, .vertical = Vertical::top, .lines = 2});
    ui.text({16, 690, 616, 40}, "罕见字 𠮷 𪚥 龘 · emoji 🍌 ☎ · عربي · bad \xff · \U000F1234",
            {.size = 24, .may_shorten = true});
    ui.text({16, 740, 616, 40}, "很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字",
            {.size = 24, .may_shorten = true});
    card(ui, {648, 16, 616, 300});
    const std::array<float, 14> sales = {12, 22, 31, 28, 35, 44, 26, 18, 21, 33, 47, 52, 30, 14};
    std::vector<ChartPoint> bars;
    for (std::size_t i = 0; i < sales.size(); ++i) {
        bars.push_back({fmt::format("{}", i + 8), sales[i], fmt::format("{:.0f}", sales[i])});
    }
    ui.text({668, 28, 400, 36}, "每小时销售（千元）", {.weight = Weight::bold});
    bar_chart(ui, {668, 70, 576, 236}, bars);
    card(ui, {648, 332, 616, 230});
    std::vector<ChartPoint> cold;
    for (std::size_t i = 0; i < 10; ++i) {
        const float value =
            std::array{2.1F, 2.4F, 2.2F, 3.0F, 6.2F, 4.8F, 3.1F, 2.6F, 2.2F, 2.0F}[i];
        cold.push_back({fmt::format("{}:00", i + 8), value, fmt::format("{:.1f}", value)});
    }
    line_chart(ui, {668, 346, 576, 204}, {.points = cold, .lower = 0, .upper = 5});
    photo(ui, {648, 578, 200, 206}, nullptr, "没有照片");
    auto picture = std::make_shared<Picture>();
    picture->width = picture->height = 64;
    picture->rgba.resize(64 * 64 * 4);
    for (std::size_t i = 0; i < picture->rgba.size(); i += 4) {
        picture->rgba[i] = static_cast<std::uint8_t>(i / 4 % 64 * 4);
        picture->rgba[i + 1] = static_cast<std::uint8_t>(i / 4 / 64 * 4);
        picture->rgba[i + 2] = 120;
        picture->rgba[i + 3] = 255;
    }
    photo(ui, {864, 578, 200, 206}, picture, "");
    empty_state(ui, {1072, 578, 192, 206}, {Icon::list, "没有挂单", "扫码就开始一单"});
}

/// A camera's picture with a code that was read, one that is looked at again, one half outside.
void live_page(Ui& ui) {
    auto picture = std::make_shared<Picture>();
    picture->width = 320;
    picture->height = 240;
    for (int i = 0; i < 320 * 240; ++i) {
        const auto grey = static_cast<std::uint8_t>(60 + i % 320 / 3 + i / 320 / 4);
        picture->rgba.insert(picture->rgba.end(),
                             {grey, grey, static_cast<std::uint8_t>(grey + 20), 255});
    }
    const std::array frames = {
        FoundFrame{{{{30, 40}, {140, 20}, {150, 76}, {40, 96}}}, Role::ok, "6901234567892"},
        FoundFrame{{{{180, 150}, {260, 150}, {260, 190}, {180, 190}}}, Role::warn, "69930072"},
        FoundFrame{{{{290, 60}, {360, 60}, {360, 100}, {290, 100}}}, Role::ok, ""}};
    live_picture(ui, {14, 14, 452, 339}, picture, frames);
    live_picture(ui, {14, 370, 452, 420}, picture, {});
}

void dialog_page(Ui& ui) {
    draw_checkout(ui);
    const Dialog dialog(
        ui,
        {.size = {600, 300}, .title = "作废这一行？", .icon = Icon::warning, .role = Role::warn});
    Rect body = dialog.body();
    Rect foot = take_bottom(body, 84);
    ui.text(body, "香蕉 1.235 kg，¥7.39。作废后会记入日志。",
            {.size = 22, .vertical = Vertical::top, .lines = 2});
    button(ui, take_left(foot, 200, 16), "返回", {.grade = Grade::main, .key = Key::escape});
    button(ui, foot, "作废", {.look = Look::danger, .grade = Grade::final, .key = Key::f9});
}

void toast_page(Ui& ui) {
    ui.memory().focus = id_of("basket", 4);
    draw_checkout(ui);
    toast(ui, {"已挂单 · 取单请按 F3", Role::ok, Icon::check}, 2'000);
}

void handheld_home(Ui& ui) {
    ui.fill({0, 0, 480, 60}, Role::warn);
    draw_icon(ui, {14, 20, 22, 22}, Icon::clock, Role::on_strong);
    ui.text({42, 0, 240, 60}, "冷链 · 城北乳业", {.weight = Weight::bold, .role = Role::on_strong});
    ui.text({280, 0, 124, 60}, "12:40",
            {.size = 34, .weight = Weight::bold, .role = Role::on_strong, .align = Align::right});
    ui.text({404, 0, 62, 62}, "/ 30:00",
            {.size = 17, .role = Role::on_strong, .align = Align::right});
    ui.fill({0, 60, 480, 52}, Role::surface);
    ui.divider({0, 111}, 480);
    ui.text({14, 60, 250, 52}, "李强 · 收货", {.size = 22, .weight = Weight::bold});
    status(ui, {337, 87}, "未传 3", Role::ok);
    ui.text({410, 60, 56, 52}, "14:32", {.weight = Weight::bold, .align = Align::right});
    const std::array<ListRow, 5> rows = {
        ListRow{"城北乳业 到货", "12 行 · 冷藏 · 先收", Icon::down, Role::primary, "现在"},
        ListRow{"今天到期 6 批", "豆制品 4 · 熟食 2", Icon::exclamation, Role::block, "下架",
                Role::block},
        ListRow{"临期巡查", "乳品区 · 18 批", Icon::clock, Role::warn, "15:00", Role::warn},
        ListRow{"冷柜测温", "5 台 · 上次 10:05", Icon::list, Role::primary, "已到"},
        ListRow{"投诉核查", "鲜牛奶 L1117 · 异味", Icon::speech, Role::warn, "22 h", Role::warn}};
    for (int i = 0; i < 5; ++i) {
        list_row(ui, {12, 122 + static_cast<float>(i) * 102, 456, 92},
                 rows[static_cast<std::size_t>(i)]);
    }
    ui.fill({0, 716, 480, 84}, Role::surface);
    ui.divider({0, 716}, 480);
    const std::array<NavEntry, 4> tabs = {
        NavEntry{"任务", true, 0, Icon::list}, NavEntry{"收货", false, 0, Icon::down},
        NavEntry{"货架", false, 6, Icon::shelf}, NavEntry{"投诉", false, 0, Icon::speech}};
    for (int i = 0; i < 4; ++i) {
        nav_entry(ui, cell({0, 717, 480, 83}, {4, 1, 0}, i), tabs[static_cast<std::size_t>(i)]);
    }
}

}  // namespace

const std::vector<Page>& pages() {
    static const std::vector<Page> all = {
        {"checkout", {1280, 800}, draw_checkout}, {"buttons", {1280, 800}, buttons},
        {"notices", {1280, 800}, notices},        {"dialog", {1280, 800}, dialog_page},
        {"toast", {1280, 800}, toast_page},       {"handheld", {480, 800}, handheld_home},
        {"search", {1280, 800}, draw_search},     {"live", {480, 800}, live_page},
    };
    return all;
}

}  // namespace fangxin::gallery
