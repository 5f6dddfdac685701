// Words that several of the till's screens say the same way: names, prices, dates, verdicts. Pure;
// any thread.
#pragma once

#include "domain/basket.hpp"
#include "domain/words.hpp"
#include "terminal/kit/icons.hpp"
#include "terminal/kit/text_table.hpp"

#include <span>
#include <string>

namespace fangxin::terminal::till {

std::string in(const domain::Words& words, const kit::TextTable& texts);

/// English speakers read the Chinese name where there is no other.
std::string name_of(const domain::Line& line, const kit::TextTable& texts);

struct Price {
    std::int64_t fen = 0;
    domain::Unit unit = domain::Unit::piece;
};
/// `12.80` or `5.98/kg`, with the currency in front where it stands alone.
std::string price_text(const Price& price, std::string_view currency = "");

/// `已召回 · 已过期`, worst first.
std::string titles_of(std::span<const domain::Reason> reasons, const kit::TextTable& texts);

/// `11-27`: the year is left out, and the minute is kept.
std::string short_date(const domain::DayMinute& date);

/// A verdict as sign, colour and word.
struct Sign {
    kit::Icon icon = kit::Icon::check;
    kit::Role role = kit::Role::ok;
    std::string words;
};
struct Judged {
    domain::VerdictKind kind = domain::VerdictKind::unknown;
    std::vector<domain::Reason> reasons;
};
Sign sign_of(const Judged& judged, const kit::TextTable& texts);

}  // namespace fangxin::terminal::till
