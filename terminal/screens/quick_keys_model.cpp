#include "terminal/screens/quick_keys_model.hpp"

#include "terminal/screens/till_words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

/// `per` fit when nothing has to lead on, one less on each page otherwise.
struct Pages {
    std::size_t count = 0;
    std::size_t per = 0;

    std::size_t on_a_page() const { return count <= per ? per : per - 1; }
    std::size_t pages() const {
        return std::max<std::size_t>(1, (count + on_a_page() - 1) / on_a_page());
    }
};

Pages key_pages(const QuickFacts& facts, std::size_t category) {
    return {category < facts.size() ? facts[category].keys.size() : 0, 12};
}

/// The list may have become shorter since.
QuickState settled(QuickState state, const QuickFacts& facts) {
    if (facts.empty()) return {};
    state.category = std::min(state.category, facts.size() - 1);
    state.page = std::min(state.page, key_pages(facts, state.category).pages() - 1);
    return state;
}

void turn(QuickState& state, const QuickFacts& facts, int by) {
    if (by > 0) {
        if (state.page + 1 < key_pages(facts, state.category).pages()) {
            ++state.page;
            return;
        }
        state = {(state.category + 1) % facts.size(), 0};
        return;
    }
    if (state.page > 0) {
        --state.page;
        return;
    }
    state.category = (state.category + facts.size() - 1) % facts.size();
    state.page = key_pages(facts, state.category).pages() - 1;
}

}  // namespace

QuickView present(const QuickState& given, const QuickFacts& facts) {
    QuickView view;
    if (facts.empty()) return view;
    const QuickState state = settled(given, facts);
    const Pages tabs{facts.size(), 4};
    const std::size_t tab_page = state.category / tabs.on_a_page();
    for (std::size_t i = tab_page * tabs.on_a_page();
         i < std::min(facts.size(), (tab_page + 1) * tabs.on_a_page()); ++i) {
        view.tabs.push_back({facts[i].name, i, i == state.category});
    }
    if (tabs.pages() > 1) view.more_tabs = fmt::format("{}/{}", tab_page + 1, tabs.pages());
    const std::vector<QuickKey>& keys = facts[state.category].keys;
    const Pages pages = key_pages(facts, state.category);
    for (std::size_t i = state.page * pages.on_a_page();
         i < std::min(keys.size(), (state.page + 1) * pages.on_a_page()); ++i) {
        view.keys.push_back(
            {keys[i].item, keys[i].name, price_text({keys[i].price_fen, keys[i].unit}, "¥")});
    }
    if (pages.pages() > 1) view.more_keys = fmt::format("{}/{}", state.page + 1, pages.pages());
    return view;
}

std::optional<std::string> update(QuickState& state, const QuickFacts& facts,
                                  const QuickAction& action) {
    if (facts.empty()) return std::nullopt;
    state = settled(state, facts);
    if (const auto* show = std::get_if<quick::ShowCategory>(&action)) {
        state = settled({show->category, 0}, facts);
    } else if (std::holds_alternative<quick::MoreTabs>(action)) {
        const Pages tabs{facts.size(), 4};
        const std::size_t next = (state.category / tabs.on_a_page() + 1) % tabs.pages();
        state = {next * tabs.on_a_page(), 0};
    } else if (std::holds_alternative<quick::MoreKeys>(action)) {
        state.page = (state.page + 1) % key_pages(facts, state.category).pages();
    } else if (const auto* turned = std::get_if<quick::Turn>(&action)) {
        turn(state, facts, turned->by);
    } else if (const auto* sell = std::get_if<quick::Sell>(&action)) {
        return sell->item;
    }
    return std::nullopt;
}

}  // namespace fangxin::terminal::till
