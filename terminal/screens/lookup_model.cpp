#include "terminal/screens/lookup_model.hpp"

#include "terminal/kit/field.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

constexpr std::size_t longest_code = 14;
constexpr std::size_t hits_on_a_page = 8;
constexpr std::size_t longest_text = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number that was typed behind a name, 1 to 8.
std::optional<std::size_t> picked_by_digit(const std::string& before, const std::string& now) {
    const bool has_digit = std::ranges::any_of(before, is_digit);
    if (before.empty() || has_digit || now.size() != before.size() + 1) return std::nullopt;
    const char last = now.back();
    if (!now.starts_with(before) || last < '1' || last > '8') return std::nullopt;
    return static_cast<std::size_t>(last - '1');
}

std::size_t page_of(const SearchState& state) { return state.selected / hits_on_a_page; }

SearchAnswer pick(SearchState& state, const SearchFacts& facts, std::size_t index) {
    if (facts.text != state.text || index >= facts.hits.size()) return {};
    const SearchHit& hit = facts.hits[index];
    state = {};
    if (hit.is_code) return {effect::Scan{hit.code}, true};
    return {effect::SellItem{hit.item}, true};
}

SearchAnswer typed(SearchState& state, const SearchFacts& facts, const std::string& text) {
    if (text.size() > longest_text) return {};
    if (const auto place = picked_by_digit(state.text, text)) {
        const std::size_t index = page_of(state) * hits_on_a_page + *place;
        if (index < facts.hits.size()) return pick(state, facts, index);
    }
    state = {.text = text};
    return {effect::Search{text}};
}

void move(SearchState& state, const SearchFacts& facts, int by) {
    const auto count = static_cast<std::int64_t>(facts.hits.size());
    const std::int64_t to = static_cast<std::int64_t>(state.selected) + by;
    if (to >= 0 && to < count) state.selected = static_cast<std::size_t>(to);
}

}  // namespace

PriceView present(const PriceState& state, const PriceFacts& facts, const kit::TextTable& texts) {
    PriceView view;
    view.typed = state.typed;
    view.can_ask = !state.typed.empty();
    view.answered = facts.answer && !state.asked.empty() && facts.answer->code == state.asked;
    if (!view.answered) return view;
    const PriceFacts::Answer& answer = *facts.answer;
    view.code = answer.code;
    view.sign = sign_of(answer.judged, texts);
    view.name = answer.name.empty() ? texts.tr("Unknown code") : answer.name;
    if (answer.name.empty()) return view;
    view.price = price_text({answer.price.fen * answer.pieces, answer.price.unit}, "¥");
    if (answer.pieces > 1) {
        view.of_a_piece =
            texts.tr("Case of {} · {} each", answer.pieces, price_text(answer.price, "¥"));
    }
    return view;
}

std::optional<Effect> update(PriceState& state, const PriceAction& action) {
    if (const auto* key = std::get_if<price::PadKey>(&action)) {
        kit::key_in(state.typed, key->value, longest_code);
        return std::nullopt;
    }
    if (state.typed.empty()) return std::nullopt;
    state.asked = std::exchange(state.typed, {});
    return effect::LookUp{state.asked};
}

SearchView present(const SearchState& state, const SearchFacts& facts) {
    SearchView view;
    view.text = state.text;
    view.searched = !state.text.empty() && facts.text == state.text;
    view.keyboard = {66, 422, 1148, 328};
    if (!view.searched) return view;
    const std::size_t page = page_of(state);
    for (std::size_t i = page * hits_on_a_page;
         i < std::min(facts.hits.size(), (page + 1) * hits_on_a_page); ++i) {
        const SearchHit& hit = facts.hits[i];
        view.rows.push_back(
            {hit.item, hit.name, hit.code, price_text(hit.price, "¥"), i == state.selected});
    }
    const std::size_t pages = (facts.hits.size() + hits_on_a_page - 1) / hits_on_a_page;
    if (pages > 1) view.page = fmt::format("{}/{}", page + 1, pages);
    return view;
}

SearchAnswer update(SearchState& state, const SearchFacts& facts, const SearchAction& action) {
    if (const auto* text = std::get_if<search::Typed>(&action)) {
        return typed(state, facts, text->text);
    }
    if (const auto* moved = std::get_if<search::Move>(&action)) {
        move(state, facts, moved->by);
    } else if (std::holds_alternative<search::NextPage>(action)) {
        const std::size_t next = (page_of(state) + 1) * hits_on_a_page;
        state.selected = next < facts.hits.size() ? next : 0;
    } else if (const auto* place = std::get_if<search::Pick>(&action)) {
        return pick(state, facts, page_of(state) * hits_on_a_page + place->place);
    } else {
        return pick(state, facts, state.selected);
    }
    return {};
}

}  // namespace fangxin::terminal::till
