#include "terminal/station/screens/goods_words.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

using domain::Decision;
using kit::Role;
using kit::TextTable;

std::string digits_of(Quantity quantity) {
    const bool minus = quantity.milli < 0;
    const std::int64_t milli = minus ? -quantity.milli : quantity.milli;
    std::string text = fmt::format("{}{}", minus ? "-" : "", milli / 1000);
    const std::int64_t part = milli % 1000;
    if (part == 0) return text;
    text += fmt::format(".{:03}", part);
    while (text.back() == '0')
        text.pop_back();
    return text;
}

std::string quantity_text(Quantity quantity, const TextTable& texts) {
    const std::string digits = digits_of(quantity);
    return quantity.unit == domain::Unit::kg ? texts.tr("{} kg", digits)
                                             : texts.tr("{} pcs", digits);
}

Mark days_left(const domain::DayMinute& expiry, const domain::StoreTime& now,
               const TextTable& texts) {
    const std::int64_t days = (expiry.date - now.date()).count();
    if (domain::is_past(expiry, now)) {
        if (days == 0) return {texts.tr("expired today"), Role::block};
        return {texts.tr_n("expired {} day ago", "expired {} days ago", -days), Role::block};
    }
    if (days == 0) return {texts.tr("last day today"), Role::block};
    return {texts.tr_n("{} day left", "{} days left", days), Role::text};
}

Mark decision_mark(Decision decision, const TextTable& texts) {
    switch (decision) {
        case Decision::inspecting:
            return {texts.tr_c("of a batch", "Inspecting"), Role::warn};
        case Decision::released:
            return {texts.tr_c("of a batch", "Released"), Role::ok};
        case Decision::quarantined:
            return {texts.tr_c("of a batch", "Quarantined"), Role::block};
        case Decision::recalled:
            return {texts.tr_c("of a batch", "Recalled"), Role::block};
        case Decision::withdrawn:
            return {texts.tr_c("of a batch", "Withdrawn"), Role::muted};
        case Decision::returned:
            return {texts.tr_c("of a batch", "Returned"), Role::muted};
        case Decision::disposed:
            return {texts.tr_c("of a batch", "Disposed of"), Role::muted};
    }
    return {};
}

std::optional<Mark> age_mark(domain::Age age, const TextTable& texts) {
    if (age == domain::Age::near_expiry) {
        return Mark{texts.tr_c("of a batch", "Near expiry"), Role::warn};
    }
    if (age == domain::Age::expired) {
        return Mark{texts.tr_c("of a batch", "Expired"), Role::block};
    }
    return std::nullopt;
}

std::string said(const domain::Words& words, const TextTable& texts) {
    return std::string(texts.language() == domain::Language::zh ? words.zh : words.en);
}

}  // namespace fangxin::terminal
