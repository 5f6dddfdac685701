#include "handheld/screens/goods_words.hpp"

#include "domain/amount_text.hpp"
#include "terminal/station/words.hpp"

#include <fmt/format.h>

namespace fangxin::handheld {

using domain::Decision;
using kit::Role;
using kit::TextTable;

std::string digits_of(Quantity quantity) {
    const bool minus = quantity.milli < 0;
    const std::int64_t milli = minus ? -quantity.milli : quantity.milli;
    std::string text = fmt::format("{}{}", minus ? "-" : "", milli / 1000);
    std::int64_t part = milli % 1000;
    if (part == 0) return text;
    text += fmt::format(".{:03}", part);
    while (text.back() == '0')
        text.pop_back();
    return text;
}

std::string quantity_text(Quantity quantity, const TextTable& texts) {
    constexpr std::int64_t mg_per_milli = 1'000;
    if (quantity.unit == domain::Unit::kg) {
        return domain::kilograms(quantity.milli * mg_per_milli) + " kg";
    }
    return texts.tr("{} pcs", digits_of(quantity));
}

std::string day_text(const domain::DayMinute& day) {
    std::string text = domain::format_date(day.date);
    if (day.minute) text += fmt::format(" {:02}:{:02}", *day.minute / 60, *day.minute % 60);
    return text;
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

std::optional<std::int64_t> life_used_percent(const domain::PackIdentity& pack,
                                              const domain::StoreTime& now) {
    if (!pack.production || !pack.expiry) return std::nullopt;
    constexpr std::int64_t day_minutes = 24LL * 60;
    const bool by_minute = pack.expiry->minute.has_value();
    const std::int64_t life_days = (pack.expiry->date - pack.production->date).count();
    std::int64_t life = life_days * day_minutes;
    std::int64_t used = (now.date() - pack.production->date).count() * day_minutes;
    if (by_minute) {
        life += *pack.expiry->minute - pack.production->minute.value_or(0);
        used += now.minute_of_day() - pack.production->minute.value_or(0);
    }
    if (life <= 0) return std::nullopt;
    return std::max<std::int64_t>(0, used) * 100 / life;
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

std::string refusal_text(std::string_view code, std::string_view detail, const TextTable& texts) {
    if (code.empty()) return {};
    return terminal::message_for(code, detail, texts.language());
}

}  // namespace fangxin::handheld
