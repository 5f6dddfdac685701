#include "terminal/admin/field_words.hpp"

#include "domain/amount_text.hpp"
#include "terminal/admin/equipment_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace fangxin::admin {

namespace {

struct FieldWords {
    std::string_view name;
    kit::Msgid words;
};
constexpr std::array table{
    FieldWords{"address", kit::Msgid{"Address"}},
    FieldWords{"certificate", kit::Msgid{"Certificate"}},
    FieldWords{"check_error_mg", kit::Msgid{"of a scale", "Error"}},
    FieldWords{"check_passed", kit::Msgid{"of a scale", "Passed"}},
    FieldWords{"checked_by", kit::Msgid{"Checked by"}},
    FieldWords{"checked_on", kit::Msgid{"Checked on"}},
    FieldWords{"class", kit::Msgid{"Class"}},
    FieldWords{"driver", kit::Msgid{"Driver"}},
    FieldWords{"e_mg", kit::Msgid{"e"}},
    FieldWords{"events", kit::Msgid{"Event counter"}},
    FieldWords{"identity", kit::Msgid{"Identity"}},
    FieldWords{"kind", kit::Msgid{"Kind"}},
    FieldWords{"maker", kit::Msgid{"Maker"}},
    FieldWords{"max, min, e, tare, stable_frames", kit::Msgid{"Max, Min, e or tare"}},
    FieldWords{"max_mg", kit::Msgid{"Max"}},
    FieldWords{"min_mg", kit::Msgid{"Min"}},
    FieldWords{"model", kit::Msgid{"Model"}},
    FieldWords{"production_code", kit::Msgid{"Production code"}},
    FieldWords{"program", kit::Msgid{"Version"}},
    FieldWords{"repair_code", kit::Msgid{"Repair code"}},
    FieldWords{"role", kit::Msgid{"Role"}},
    FieldWords{"seal", kit::Msgid{"Lead seal"}},
    FieldWords{"serial", kit::Msgid{"Serial number"}},
    FieldWords{"stable_frames", kit::Msgid{"Stable frames"}},
    FieldWords{"state", kit::Msgid{"State"}},
    FieldWords{"system", kit::Msgid{"System"}},
    FieldWords{"tare", kit::Msgid{"Largest tare"}},
    FieldWords{"tare_mg", kit::Msgid{"Largest tare"}},
    FieldWords{"terminal", kit::Msgid{"Stands at"}},
    FieldWords{"until", kit::Msgid{"Until"}},
    FieldWords{"verification_code", kit::Msgid{"Verification code"}},
    FieldWords{"verified", kit::Msgid{"Verified"}},
    FieldWords{"verified, until", kit::Msgid{"Verified, or until"}},
    FieldWords{"weighing", kit::Msgid{"Weighing"}}};

const FieldWords* row_of(std::string_view name) {
    const auto row = std::ranges::find(table, name, &FieldWords::name);
    return row == table.end() ? nullptr : &*row;
}

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

std::string field_words(std::string_view name, const kit::TextTable& texts) {
    const FieldWords* row = row_of(name);
    return row == nullptr ? std::string(name) : texts.tr(row->words);
}

std::string change_line(std::string_view line, const kit::TextTable& texts) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return std::string(line);
    const std::string_view name = line.substr(0, equals);
    // The time stands over the change.
    static constexpr std::array times{"since_ms", "told_at_ms", "bound_at_ms", "checked_at_ms"};
    if (std::ranges::find(times, name) != times.end()) return {};
    const FieldWords* row = row_of(name);
    if (row == nullptr) return std::string(line);
    return texts.tr("{}: {}", texts.tr(row->words),
                    value_words(name, line.substr(equals + 1), texts));
}

}  // namespace fangxin::admin
