#include "terminal/station/screens/field_words.hpp"

#include "domain/amount_text.hpp"
#include "terminal/station/screens/named_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace fangxin::terminal {

namespace {

constexpr std::array kind_table{NamedWords{"checkout_scale", kit::Msgid{"Checkout scale"}},
                                NamedWords{"label_scale", kit::Msgid{"Label scale"}},
                                NamedWords{"fair_scale", kit::Msgid{"Fair scale"}},
                                NamedWords{"thermometer", kit::Msgid{"Thermometer"}},
                                NamedWords{"weights", kit::Msgid{"Weights"}}};
constexpr std::array field_table{
    NamedWords{"address", kit::Msgid{"Address"}},
    NamedWords{"bound_by", kit::Msgid{"Bound by"}},
    NamedWords{"certificate", kit::Msgid{"Certificate"}},
    NamedWords{"check_error_mg", kit::Msgid{"of a scale", "Error"}},
    NamedWords{"check_passed", kit::Msgid{"of a scale", "Passed"}},
    NamedWords{"checked_by", kit::Msgid{"Checked by"}},
    NamedWords{"checked_on", kit::Msgid{"Checked on"}},
    NamedWords{"class", kit::Msgid{"Class"}},
    NamedWords{"driver", kit::Msgid{"Driver"}},
    NamedWords{"e", kit::Msgid{"e"}},
    NamedWords{"e_mg", kit::Msgid{"e"}},
    NamedWords{"events", kit::Msgid{"Event counter"}},
    NamedWords{"identity", kit::Msgid{"Identity"}},
    NamedWords{"kind", kit::Msgid{"Kind"}},
    NamedWords{"maker", kit::Msgid{"Maker"}},
    NamedWords{"max, min, e, tare, stable_frames", kit::Msgid{"Max, Min, e or tare"}},
    NamedWords{"max", kit::Msgid{"Max"}},
    NamedWords{"max_mg", kit::Msgid{"Max"}},
    NamedWords{"min", kit::Msgid{"Min"}},
    NamedWords{"min_mg", kit::Msgid{"Min"}},
    NamedWords{"model", kit::Msgid{"Model"}},
    NamedWords{"production_code", kit::Msgid{"Production code"}},
    NamedWords{"program", kit::Msgid{"Version"}},
    NamedWords{"repair_code", kit::Msgid{"Repair code"}},
    NamedWords{"role", kit::Msgid{"Role"}},
    NamedWords{"seal", kit::Msgid{"Lead seal"}},
    NamedWords{"serial", kit::Msgid{"Serial number"}},
    NamedWords{"stable_frames", kit::Msgid{"Stable frames"}},
    NamedWords{"state", kit::Msgid{"State"}},
    NamedWords{"system", kit::Msgid{"System"}},
    NamedWords{"tare", kit::Msgid{"Largest tare"}},
    NamedWords{"tare_mg", kit::Msgid{"Largest tare"}},
    NamedWords{"terminal", kit::Msgid{"Stands at"}},
    NamedWords{"until", kit::Msgid{"Until"}},
    NamedWords{"verification_code", kit::Msgid{"Verification code"}},
    NamedWords{"verified", kit::Msgid{"Verified"}},
    NamedWords{"verified, until", kit::Msgid{"Verified, or until"}},
    NamedWords{"weighing", kit::Msgid{"Weighing"}}};

std::string value_words(std::string_view name, std::string_view value,
                        const kit::TextTable& texts) {
    if (value == "true") return texts.tr("yes");
    if (value == "false") return texts.tr("no");
    if (name == "kind") return instrument_kind_words(std::string(value), texts);
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool is_mass =
        name.ends_with("_mg") && failed == std::errc() && end == value.data() + value.size();
    return is_mass ? domain::mass_text(number) : std::string(value);
}

}  // namespace

std::string instrument_kind_words(const std::string& kind, const kit::TextTable& texts) {
    return words_or_name(kind_table, kind, texts);
}

std::string field_words(std::string_view name, const kit::TextTable& texts) {
    return words_or_name(field_table, name, texts);
}

std::string change_line(std::string_view line, const kit::TextTable& texts) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return std::string(line);
    const std::string_view name = line.substr(0, equals);
    // The time stands over the change.
    static constexpr std::array times{"since_ms", "told_at_ms", "bound_at_ms", "checked_at_ms"};
    if (std::ranges::find(times, name) != times.end()) return {};
    const kit::Msgid* words = words_in(field_table, name);
    if (words == nullptr) return std::string(line);
    return texts.tr("{}: {}", texts.tr(*words), value_words(name, line.substr(equals + 1), texts));
}

}  // namespace fangxin::terminal
