// How long a cashier's keystroke in the search field takes, over a large shop's names.
#include "domain/search_index.hpp"
#include "domain/text_width.hpp"
#include "tests/bench/bench.hpp"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <utility>

namespace fangxin::bench {

namespace {

constexpr std::int64_t names = 100'000;
constexpr std::size_t rows_on_screen = 60;
constexpr int rows_changed = 100;

using Word = std::pair<const char*, const char*>;
constexpr std::array brands{
    Word{"青禾", "Qinghe"},      Word{"长岭", "Changling"},        Word{"特选醇", "Texuan"},
    Word{"果泡可乐", "Guo-Pao"}, Word{"厦门", "Xiamen"},           Word{"重庆", "Chongqing"},
    Word{"晨露", "Châlet"},      Word{"放心选", "Fangxin Select"}, Word{"海晏", "Haiyan"},
    Word{"双禾", "Shuanghe"},    Word{"三棵松", "Three Pines"},    Word{"恰好", "Qiahao"},
    Word{"乐果", "Le Guo's"}};
constexpr std::array flavours{Word{"原味", "plain"},
                              Word{"麻辣", "spicy"},
                              Word{"有机", "organic"},
                              Word{"无糖", "sugar-free"},
                              Word{"红枣", "red date"},
                              Word{"黑芝麻", "black sesame"},
                              Word{"香草", "vanilla"},
                              Word{"蜂蜜柚子", "honey pomelo"},
                              Word{"高钙低脂", "high calcium"},
                              Word{"五香", "five-spice"},
                              Word{"海盐", "sea salt"}};
constexpr std::array goods{Word{"纯牛奶", "milk"},           Word{"酸奶", "yoghurt"},
                           Word{"饼干", "biscuits"},         Word{"瓜子", "sunflower seeds"},
                           Word{"长粒香米", "rice"},         Word{"方便面", "instant noodles"},
                           Word{"火腿肠", "sausage"},        Word{"酱油", "soy sauce"},
                           Word{"干红葡萄酒", "red wine"},   Word{"洗衣液", "detergent"},
                           Word{"巧克力", "chocolate"},      Word{"薯片", "crisps"},
                           Word{"绿豆糕", "mung bean cake"}, Word{"速冻水饺", "dumplings"},
                           Word{"矿泉水", "water"},          Word{"卫生纸", "tissue"},
                           Word{"茉莉花茶", "jasmine tea"}};

constexpr std::array typed_texts{"niunai",       "nn",       "qhywbg",   "changling",  "zlgh",
                                 "牛奶",         "青禾原味", "milk",     "guo-pao",    "chocolate",
                                 "690000004",    "100042",   "xm",       "shamen",     "zhongqing",
                                 "lvdou gao 25", "洗衣 500", "mlhc 750", "sugar milk", "a"};

struct Name {
    std::string code;
    std::string zh;
    std::string en;
    std::string bar_code;
};

std::vector<Name> made_up_names() {
    std::vector<Name> all;
    for (std::int64_t n = 0; n < names; ++n) {
        const auto at = static_cast<std::size_t>(n);
        const Word& brand = brands[at % brands.size()];
        const Word& flavour = flavours[at / brands.size() % flavours.size()];
        const Word& what = goods[at / (brands.size() * flavours.size()) % goods.size()];
        const std::int64_t grams = 50 + n / 2431 * 25;
        all.push_back(
            {fmt::format("{}", 100'000 + n),
             fmt::format("{}{}{}{}g", brand.first, flavour.first, what.first, grams),
             fmt::format("{} {}, {}, {} g", brand.second, what.second, flavour.second, grams),
             fmt::format("0690{:010}", n)});
    }
    return all;
}

void put(domain::SearchIndex& index, const Name& name) {
    index.put(
        {.code = name.code, .name_zh = name.zh, .name_en = name.en, .codes = {name.bar_code}});
}

/// `牛奶` as typed: `牛`, then `牛奶`.
std::vector<std::string> keystrokes_of(std::string_view text) {
    std::vector<std::string> all;
    std::string so_far;
    while (!text.empty()) {
        domain::append_utf8(so_far, domain::take_code_point(text));
        all.push_back(so_far);
    }
    return all;
}

/// The least that a search without an index does: it looks through all names for the bytes.
std::int64_t occurrences(const std::string& text, const std::string& wanted) {
    std::int64_t count = 0;
    const char* at = text.data();
    const char* end = at + text.size();
    while (const void* hit =
               ::memmem(at, static_cast<std::size_t>(end - at), wanted.data(), wanted.size())) {
        ++count;
        at = static_cast<const char*>(hit) + wanted.size();
    }
    return count;
}

void measure_keystrokes(Run& run, const domain::SearchIndex& index, const std::string& all_names,
                        const std::string& conditions) {
    Samples took;
    Samples floor;
    volatile std::int64_t seen = 0;  // keeps the work from being optimised away
    for (int round = 0; round < (run.quick ? 3 : 20); ++round) {
        for (const char* text : typed_texts) {
            domain::SearchAsTyped field(index);
            for (const std::string& typed : keystrokes_of(text)) {
                took.add(ms_of([&] {
                    seen =
                        seen + static_cast<std::int64_t>(field.find(typed, rows_on_screen).size());
                }));
                floor.add(ms_of([&] { seen = seen + occurrences(all_names, typed); }));
            }
        }
    }
    Figure figure = figure_of_times("search_keystroke", took, &floor);
    figure.target = Target{Target::Of::p99, Target::Bound::at_most, 30};
    figure.conditions = conditions;
    run.report(figure);
}

void measure_change(Run& run, domain::SearchIndex& index, const std::vector<Name>& all) {
    Samples took;
    std::size_t next = 0;
    for (int round = 0; round < (run.quick ? 20 : 200); ++round) {
        took.add(ms_of([&] {
            for (int i = 0; i < rows_changed; ++i)
                put(index, all[next++ * 7919 % all.size()]);
        }));
    }
    Figure figure = figure_of_times("search_change", took, nullptr);
    figure.conditions = fmt::format("{} rows changed among {} names, while the index is in use{}",
                                    rows_changed, names, run.quick_note());
    run.report(figure);
}

}  // namespace

void bench_search(Run& run) {
    const std::vector<Name> all = made_up_names();
    domain::SearchIndex index;
    const double build_ms = ms_of([&] {
        for (const Name& name : all)
            put(index, name);
    });
    std::string all_names;
    for (const Name& name : all)
        all_names += name.zh + '\n' + name.en + '\n' + name.code + '\n' + name.bar_code + '\n';
    measure_keystrokes(
        run, index, all_names,
        fmt::format("{} names, {} texts typed letter by letter, best {} sorted; filled in {:.0f} "
                    "ms, {:.1f} MiB; floor: memmem over the same {:.1f} MiB of names and codes{}",
                    names, typed_texts.size(), rows_on_screen, build_ms,
                    static_cast<double>(index.bytes()) / 1048576,
                    static_cast<double>(all_names.size()) / 1048576, run.quick_note()));
    measure_change(run, index, all);
}

}  // namespace fangxin::bench
