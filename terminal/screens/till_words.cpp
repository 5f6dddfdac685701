#include "terminal/screens/till_words.hpp"

#include "domain/amount_text.hpp"

namespace fangxin::terminal::till {

std::string in(const domain::Words& words, const kit::TextTable& texts) {
    return std::string(texts.language() == domain::Language::zh ? words.zh : words.en);
}

std::string name_of(const domain::Line& line, const kit::TextTable& texts) {
    return std::string(domain::name_in(texts.language(), {line.name_zh, line.name_en}));
}

std::string price_text(const Price& price, std::string_view currency) {
    return domain::yuan(price.fen, currency) + (price.unit == domain::Unit::kg ? "/kg" : "");
}

std::string titles_of(std::span<const domain::Reason> reasons, const kit::TextTable& texts) {
    std::string all;
    for (domain::Reason reason : reasons) {
        if (!all.empty()) all += " · ";
        all += in(domain::words_of(reason).title, texts);
    }
    return all;
}

std::string short_date(const domain::DayMinute& date) { return domain::day_text(date).substr(5); }

Sign sign_of(const Judged& judged, const kit::TextTable& texts) {
    switch (judged.kind) {
        case domain::VerdictKind::allow:
            return {kit::Icon::check, kit::Role::ok, texts.tr("May be sold")};
        case domain::VerdictKind::warn:
            return {kit::Icon::exclamation, kit::Role::warn,
                    texts.tr("May be sold · {}", titles_of(judged.reasons, texts))};
        case domain::VerdictKind::verify:
            return {kit::Icon::question, kit::Role::warn, texts.tr("Check the date on the pack")};
        case domain::VerdictKind::block:
            return {kit::Icon::cross, kit::Role::block,
                    texts.tr("Not for sale · {}", titles_of(judged.reasons, texts))};
        case domain::VerdictKind::unknown:
            break;
    }
    return {kit::Icon::question, kit::Role::block,
            texts.tr("Not on record: search by name, or call the shift lead")};
}

}  // namespace fangxin::terminal::till
