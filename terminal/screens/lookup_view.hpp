// Draws the dialogs in which goods and held baskets are found: price check, search, 取单.
#pragma once

#include "terminal/screens/keyboard_slot.hpp"
#include "terminal/screens/lookup_model.hpp"
#include "terminal/screens/resume_model.hpp"

namespace fangxin::terminal::till {

/// The person wants to leave the dialog.
struct Leave {};

using PriceAnswer = std::variant<Leave, PriceAction>;
std::optional<PriceAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const PriceView& view);

using SearchTouch = std::variant<Leave, SearchAction>;
std::optional<SearchTouch> draw(kit::Ui& ui, const kit::TextTable& texts, const SearchView& view,
                                const KeyboardSlot& keyboard);

using ResumeAnswer = std::variant<Leave, ResumeAction>;
std::optional<ResumeAnswer> draw(kit::Ui& ui, const kit::TextTable& texts, const ResumeView& view);

}  // namespace fangxin::terminal::till
