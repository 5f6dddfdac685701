#include "terminal/kit/panels.hpp"
#include "terminal/kit/table.hpp"
#include "tests/kit_gallery_pages.hpp"

#include <array>
#include <fmt/format.h>

namespace fangxin::gallery {

using namespace kit;

namespace {

struct Line {
    const char* name;
    std::vector<RowTag> tags;
    const char* note;
    const char* quantity;
    const char* price;
    const char* amount;
};

const std::vector<Line>& lines() {
    static const std::vector<Line> basket = {
        {"鲜牛奶 950ml", {}, "批号 L1120 · 保质期至 11-27", "1", "12.80", "12.80"},
        {"香蕉", {{"称重", Role::primary}}, "净重 · 皮重 0.010 kg", "1.235 kg", "5.98/kg", "7.39"},
        {"老酸奶 160g×8",
         {{"临期 7 折", Role::warn}},
         "批号 A07 · 保质期至 11-24",
         "1",
         "26.90",
         "18.83"},
        {"五常大米 5kg", {{"有机", Role::ok}}, "", "1", "59.90", "59.90"},
        {"抽纸 3 层 100 抽×6", {{"省 ¥7.95", Role::primary}}, "第 2 件半价", "2", "15.90", "23.85"},
        {"酱油 500ml", {}, "", "1", "9.90", "9.90"},
    };
    return basket;
}

void top_bar(Ui& ui) {
    Rect bar = {0, 0, 1280, 56};
    ui.fill(bar, Role::surface);
    ui.divider({0, 55}, 1280);
    bar = inset(bar, Padding{20, 0});
    const auto word = [&](std::string_view text, Weight weight) {
        const float width = ui.width_of(text, {18, weight}) + 1;
        ui.text(take_left(bar, width, 21), text, {.size = 18, .weight = weight});
    };
    word("放心 · 文一路店", Weight::bold);
    word("3 号收银台", Weight::regular);
    word("王丽 · 早班", Weight::regular);
    ui.text(take_right(bar, ui.width_of("14:32", {24, Weight::bold}) + 1, 22), "14:32",
            {.size = 24, .weight = Weight::bold, .align = Align::right});
    ui.text(take_right(bar, ui.width_of("未上传 0", {18, Weight::regular}) + 1, 22), "未上传 0",
            {.size = 18, .role = Role::muted});
    for (const char* device : {"扫码枪", "打印机", "电子秤", "服务器"}) {
        const Rect at = take_right(bar, status_width(ui, device) + 1, 22);
        status(ui, {at.x, at.center().y}, device, Role::ok);
    }
}

void basket(Ui& ui, std::size_t count) {
    const Rect panel{16, 72, 752, 600};
    card(ui, panel);
    static constexpr std::array columns = {
        Column{"#", 34, Align::left}, Column{"商品", 0, Align::left},
        Column{"数量", 140, Align::right}, Column{"单价", 120, Align::right},
        Column{"金额", 124, Align::right}};
    static constexpr std::array actions = {RowAction{"−1"},   RowAction{"数量"}, RowAction{"+1"},
                                           RowAction{"改价"}, RowAction{"皮重"}, RowAction{"作废"}};
    const auto row = [](std::size_t i) {
        const Line& line = lines()[i % lines().size()];
        Row out;
        out.cells = {{fmt::format("{}", i + 1), 18, Weight::regular, Role::muted},
                     {line.name, 24},
                     {line.quantity, 22},
                     {line.price, 20, Weight::regular, Role::muted},
                     {line.amount, 26, Weight::bold}};
        out.tags = line.tags;
        out.note = line.note;
        return out;
    };
    table(ui, inset(panel, 1),
          {.name = "basket",
           .columns = columns,
           .row_count = count,
           .row = row,
           .selected = 1,
           .actions = actions});
}

void total(Ui& ui) {
    const Rect panel{784, 72, 480, 150};
    card(ui, panel);
    Rect inner = inset(panel, Padding{24, 12});
    Rect head = take_top(inner, 36);
    const float width = ui.text(head, "7 件 · 已省 ", {.role = Role::muted});
    ui.text({head.x + width, head.y, 120, head.h}, "¥16.02",
            {.weight = Weight::bold, .role = Role::ok});
    ui.text(head, "合计", {.role = Role::muted, .align = Align::right});
    big_number(ui, inner, {.before = "¥", .digits = "132.67", .size = 84});
}

void last_scanned(Ui& ui) {
    const Rect panel{784, 234, 480, 86};
    card(ui, panel);
    Rect inner = inset(panel, Padding{20, 12});
    sign(ui, centered(take_left(inner, 56, 16), {56, 56}), Icon::check,
         {.role = Role::ok, .round = true});
    ui.text(take_right(inner, 110, 8), "¥9.90",
            {.size = 32, .weight = Weight::bold, .align = Align::right});
    ui.text(take_top(inner, 36), "酱油 500ml",
            {.size = 26, .weight = Weight::bold, .may_shorten = true});
    ui.text(inner, "6901234567892 · 可售", {.size = 17, .role = Role::muted, .may_shorten = true});
}

void quick_keys(Ui& ui) {
    constexpr std::array tabs = {"散装水果", "蔬菜", "熟食", "面包"};
    for (int i = 0; i < 4; ++i) {
        button(ui, cell({784, 332, 480, 56}, {4, 1, 8}, i), tabs[static_cast<std::size_t>(i)],
               {.selected = i == 0});
    }
    constexpr std::array names = {"香蕉",   "苹果", "橙子", "葡萄", "西瓜",   "梨",
                                  "火龙果", "草莓", "芒果", "柚子", "猕猴桃", "桃"};
    for (int i = 0; i < 12; ++i) {
        const std::string price = fmt::format("{}.98/kg", 5 + i);
        button(ui, cell({784, 396, 480, 280}, {4, 3, 8}, i), names[static_cast<std::size_t>(i)],
               {.grade = Grade::main, .sub = price});
    }
}

void functions(Ui& ui) {
    constexpr std::array words = {"挂单", "取单 2", "退货", "查价", "会员", "更多"};
    constexpr std::array keys = {Key::f2, Key::f3, Key::f4, Key::f5, Key::f6, Key::f10};
    for (int i = 0; i < 6; ++i) {
        const auto at = static_cast<std::size_t>(i);
        button(ui, cell({16, 688, 752, 96}, {6, 1, 8}, i), words[at],
               {.grade = Grade::main, .key = keys[at], .size = 22});
    }
}

}  // namespace

void draw_checkout_of(Ui& ui, std::size_t count) {
    top_bar(ui);
    basket(ui, count);
    total(ui);
    last_scanned(ui);
    quick_keys(ui);
    functions(ui);
    button(ui, {784, 688, 480, 96}, "收款 ¥132.67",
           {.look = Look::primary, .grade = Grade::final, .key = Key::f12});
}

void draw_checkout(Ui& ui) { draw_checkout_of(ui, lines().size()); }

}  // namespace fangxin::gallery
