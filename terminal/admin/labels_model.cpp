#include "terminal/admin/labels_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/admin/equipment_words.hpp"
#include "terminal/admin/figures_text.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace fangxin::admin {

namespace {

using domain::LabelCheck;
using domain::LabelFormatSettings;
using domain::LabelUnit;
using kit::Role;

bool has(const LabelFormatSettings& format, char letter) {
    return format.pattern.find(letter) != std::string::npos;
}

std::string meaning_words(const LabelFormatSettings& format, const kit::TextTable& texts) {
    const bool amount = has(format, 'E');
    const bool count = format.unit == LabelUnit::piece;
    if (amount && has(format, 'N'))
        return count ? texts.tr("Amount and count") : texts.tr("Amount and weight");
    if (amount) return texts.tr_c("of a label", "Amount");
    return count ? texts.tr_c("of a label", "Count") : texts.tr_c("of a label", "Weight");
}

std::string check_words(const LabelFormatSettings& format, const kit::TextTable& texts) {
    const bool has_digit = !format.pattern.empty() && format.pattern.back() == 'C';
    switch (format.check.value_or(has_digit ? LabelCheck::gs1 : LabelCheck::none)) {
        case LabelCheck::gs1:
            return texts.tr("GS1");
        case LabelCheck::left:
            return texts.tr("from the left");
        case LabelCheck::none:
            break;
    }
    return texts.tr_c("of a check digit", "none");
}

std::string unit_words(LabelUnit unit, const kit::TextTable& texts) {
    if (unit == LabelUnit::kg) return texts.tr("kg");
    return unit == LabelUnit::jin ? texts.tr("jin") : texts.tr("pieces");
}

std::string amount_unit_words(int decimals, const kit::TextTable& texts) {
    if (decimals == 2) return texts.tr("fen");
    return decimals == 1 ? texts.tr("jiao") : texts.tr("yuan");
}

Role role_of(char letter) {
    switch (letter) {
        case 'F':
            return Role::muted;
        case 'W':
            return Role::primary;
        case 'E':
            return Role::ok;
        case 'N':
            return Role::warn;
        default:
            return Role::block;
    }
}

std::string letter_words(char letter, const kit::TextTable& texts) {
    switch (letter) {
        case 'F':
            return texts.tr("Flag");
        case 'W':
            return texts.tr("Goods code");
        case 'E':
            return texts.tr_c("of a label", "Amount");
        case 'N':
            return texts.tr("Weight or count");
        case 'V':
            return texts.tr("Price check digit");
        default:
            return texts.tr("Check digit");
    }
}

std::string sold_words(const terminal::LabelTrial& trial) {
    std::string words = trial.item_name;
    if (trial.net_mg > 0) words += " · " + domain::mass_text(trial.net_mg);
    if (trial.pieces > 0) words += fmt::format(" × {}", trial.pieces);
    return words + fmt::format(" · ¥{}", domain::yuan(trial.amount_fen));
}

void add_trial(DetailView& detail, const LabelsFacts& facts, const kit::TextTable& texts) {
    SectionView section{.title = texts.tr("Label in hand"), .facts = {}, .lines = {}};
    if (!facts.trial) {
        section.lines.push_back({texts.tr("Scan a label of the shop's scales: every digit is shown "
                                          "with what it stands for"),
                                 Role::muted, kit::Icon::question});
        detail.sections.push_back(std::move(section));
        return;
    }
    const terminal::LabelTrial& trial = *facts.trial;
    SectionView facts_of{.title = {}, .facts = {}, .lines = {}};
    for (const auto& field : trial.fields) {
        for (const char digit : field.digits)
            detail.boxes.push_back(
                {std::string(1, digit), std::string(1, field.letter), role_of(field.letter)});
        facts_of.facts.push_back({.key = letter_words(field.letter, texts), .value = field.digits});
    }
    if (trial.fields.empty() && !trial.digits.empty()) {
        facts_of.facts.push_back(
            {.key = texts.tr("Code"), .value = terminal::shown_code(trial.digits)});
    }
    if (trial.code.amount_fen) {
        facts_of.facts.push_back({.key = texts.tr_c("of a label", "Amount"),
                                  .value = "¥" + domain::yuan(*trial.code.amount_fen),
                                  .bold = true});
    }
    if (trial.code.weight_mg) {
        facts_of.facts.push_back({.key = texts.tr_c("of a label", "Weight"),
                                  .value = domain::mass_text(*trial.code.weight_mg),
                                  .bold = true});
    }
    if (trial.code.count) {
        facts_of.facts.push_back({.key = texts.tr_c("of a label", "Count"),
                                  .value = fmt::format("{}", *trial.code.count),
                                  .bold = true});
    }
    if (trial.code.error) {
        section.lines.push_back(
            {terminal::message_for("bad_code", domain::to_text(*trial.code.error),
                                   texts.language()),
             Role::block, kit::Icon::exclamation});
    } else if (!trial.refusal.empty()) {
        section.lines.push_back(
            {terminal::message_for(trial.refusal, trial.code.plu, texts.language()), Role::block,
             kit::Icon::exclamation});
    } else {
        section.lines.push_back({texts.tr("Check digits are right"), Role::ok, kit::Icon::check});
        section.lines.push_back(
            {trial.whole_code ? texts.tr("All digits are goods of their own: {}", sold_words(trial))
                              : texts.tr("The till would sell: {}", sold_words(trial)),
             Role::text, kit::Icon::forward});
    }
    // What would happen first, then each field.
    detail.sections.insert(detail.sections.begin(), std::move(facts_of));
    detail.sections.insert(detail.sections.begin(), std::move(section));
}

std::optional<NoticeView> notice_of(const LabelsState& state, const LabelsFacts& facts,
                                    const kit::TextTable& texts) {
    if (state.draft) {
        return may_save(state, facts)
                   ? NoticeView{texts.tr(
                                    "Not saved yet. The label was read: save it for all tills"),
                                Role::primary, kit::Icon::exclamation}
                   : NoticeView{texts.tr("Not saved yet. Scan a label to see how it is read"),
                                Role::warn, kit::Icon::exclamation};
    }
    if (facts.source == terminal::LabelSource::devices_file) {
        return NoticeView{
            texts.tr("This till's own devices file names its formats: set the shop's at "
                     "another"),
            Role::warn, kit::Icon::warning};
    }
    if (facts.is_setting_bad) {
        return NoticeView{texts.tr("The shop's setting cannot be read: the last good one counts"),
                          Role::block, kit::Icon::exclamation};
    }
    if (facts.source == terminal::LabelSource::usual) {
        return NoticeView{texts.tr("The usual formats: this shop has set none of its own"),
                          Role::muted, kit::Icon::none};
    }
    return std::nullopt;
}

ActionView action_of(LabelDeed deed, const kit::TextTable& texts) {
    switch (deed) {
        case LabelDeed::change:
            return {.words = texts.tr("Change")};
        case LabelDeed::add:
            return {.words = texts.tr("Add a format")};
        case LabelDeed::remove:
            return {.words = texts.tr("Take it out")};
        case LabelDeed::drop:
            break;
    }
    return {.words = texts.tr("Drop the changes")};
}

std::vector<std::string> flags_of(const std::string& text) {
    std::vector<std::string> flags;
    std::string flag;
    for (const char c : text + " ") {
        if (c >= '0' && c <= '9') {
            flag += c;
        } else if (!flag.empty()) {
            flags.push_back(std::exchange(flag, {}));
        }
    }
    return flags;
}

template <class E>
std::vector<FormView::Choice> choices_of(auto words) {
    std::vector<FormView::Choice> choices;
    for (const auto& row : domain::EnumTable<E>::rows)
        choices.push_back({std::string(row.text), words(row.value)});
    return choices;
}

}  // namespace

const LabelList& labels_shown(const LabelsState& state, const LabelsFacts& facts) {
    return state.draft ? *state.draft : facts.formats;
}

Result<domain::LabelFormats> formats_of(const LabelList& list) {
    domain::LabelFormats formats;
    for (const LabelFormatSettings& each : list) {
        auto added = domain::LabelFormat::of(each).and_then(
            [&](domain::LabelFormat format) { return formats.add(std::move(format)); });
        if (!added) return tl::unexpected(added.error());
    }
    if (auto both = formats.two_meanings(); !both.empty()) return failure("two_meanings", both);
    return formats;
}

std::vector<LabelDeed> deeds_of(const LabelsState& state, const LabelsFacts& facts) {
    if (!facts.may_edit) return {};
    std::vector<LabelDeed> deeds{LabelDeed::change, LabelDeed::add};
    if (labels_shown(state, facts).size() > 1) deeds.push_back(LabelDeed::remove);
    if (state.draft) deeds.push_back(LabelDeed::drop);
    return deeds;
}

bool may_save(const LabelsState& state, const LabelsFacts& facts) {
    return facts.may_edit && state.draft && !state.draft->empty() && facts.trial &&
           facts.trial->refusal.empty() && !facts.trial->whole_code;
}

std::optional<std::size_t> chosen_label(const ListState& list, const LabelList& shown) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (fmt::format("{}", i) == list.chosen) return i;
    }
    return shown.empty() ? std::nullopt : std::optional<std::size_t>(0);
}

ListPageView present_labels(const ListState& list, const LabelsState& state,
                            const LabelsFacts& facts, const kit::TextTable& texts) {
    ListPageView view{.name = "admin labels", .detail_width = 500};
    const LabelList& shown = labels_shown(state, facts);
    view.chips = {
        {state.draft ? texts.tr("To be saved") : texts.tr_c("of label formats", "In force"), true}};
    if (state.draft && facts.may_edit) {
        view.action = ActionView{.words = texts.tr("Save for all tills"),
                                 .key = kit::Key::f12,
                                 .look = kit::Look::primary,
                                 .enabled = may_save(state, facts)};
    }
    view.columns = {{.title = texts.tr("Pattern")}, {.title = texts.tr("Carries"), .width = 150}};
    const auto chosen = chosen_label(list, shown);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        kit::Row row;
        row.cells = {{.text = shown[i].pattern},
                     {.text = meaning_words(shown[i], texts), .size = 18}};
        row.note = texts.tr("Flags {}", fmt::format("{}", fmt::join(shown[i].flags, " ")));
        add_row(view, {.chosen = chosen == i ? fmt::format("{}", i) : "-"}, fmt::format("{}", i),
                std::move(row));
    }
    if (chosen) {
        const LabelFormatSettings& of = shown[*chosen];
        DetailView detail{.title = fmt::format("{} · {}", of.pattern, meaning_words(of, texts)),
                          .notice = notice_of(state, facts, texts)};
        SectionView how{.title = texts.tr("How it is printed"), .facts = {}, .lines = {}};
        how.facts.push_back(
            {.key = texts.tr("Flags"), .value = fmt::format("{}", fmt::join(of.flags, " "))});
        if (has(of, 'E'))
            how.facts.push_back({.key = texts.tr_c("of a label", "Amount"),
                                 .value = amount_unit_words(of.amount_decimals, texts)});
        if (has(of, 'N'))
            how.facts.push_back(
                {.key = texts.tr("Weight or count"),
                 .value = of.unit == LabelUnit::piece
                              ? unit_words(of.unit, texts)
                              : texts.tr("{}, {} decimals", unit_words(of.unit, texts),
                                         of.weight_decimals)});
        how.facts.push_back({.key = texts.tr("Check digit"), .value = check_words(of, texts)});
        detail.sections.push_back(std::move(how));
        add_trial(detail, facts, texts);
        for (const LabelDeed deed : deeds_of(state, facts))
            detail.actions.push_back(action_of(deed, texts));
        view.detail = std::move(detail);
    }
    view.count = texts.tr_n("{} format", "{} formats", static_cast<std::int64_t>(shown.size()));
    view.empty_icon = kit::Icon::list;
    view.empty_title = texts.tr("No label format");
    view.empty_hint = texts.tr("Labels of the shop's scales are not read");
    return view;
}

FormDraft begin_label(const LabelList& shown, std::optional<std::size_t> of) {
    const LabelFormatSettings usual{.pattern = "FFWWWWWEEEEEC", .flags = {}, .check = {}};
    const LabelFormatSettings& from = of ? shown[*of] : usual;
    return {.kind = FormKind::label_format,
            .subject = of ? fmt::format("{}", *of) : "",
            .values = {{"pattern", from.pattern},
                       {"flags", fmt::format("{}", fmt::join(from.flags, " "))},
                       {"amount", fmt::format("{}", from.amount_decimals)},
                       {"weight", fmt::format("{}", from.weight_decimals)},
                       {"check",
                        std::string(domain::to_text(from.check.value_or(
                            from.pattern.back() == 'C' ? LabelCheck::gs1 : LabelCheck::none)))},
                       {"unit", std::string(domain::to_text(from.unit))}},
            .order = {"pattern", "flags"},
            .field = {},
            .trouble = {}};
}

FormDraft begin_saving_labels() {
    return {.kind = FormKind::save_labels,
            .subject = {},
            .values = {},
            .order = {"reason"},
            .field = {},  // what it says above the field is read first
            .trouble = {}};
}

FormView present_label_form(const FormDraft& draft, const kit::TextTable& texts) {
    FormView view{.back = texts.tr("Back"), .trouble = draft.trouble};
    FormFields fields(view, draft);
    if (draft.kind == FormKind::save_labels) {
        view.title = texts.tr("Save the label formats for all tills");
        view.notes.push_back({texts.tr("Every till reads labels by these from the moment it has "
                                       "them. Labels printed before are read by them too"),
                              Role::warn, kit::Icon::warning});
        FormView::Field& reason = fields.typed("reason", texts.tr("Why"));
        reason.wide = reason.chinese = true;
        view.done = {.words = texts.tr("Save for all tills"),
                     .enabled = !draft.value("reason").empty()};
        return view;
    }
    constexpr std::size_t in_a_row = 4;
    view.title = draft.subject.empty() ? texts.tr("Add a format") : texts.tr("Change the format");
    fields.typed("pattern", texts.tr("Pattern"), "FFWWWWWEEEEEC");
    fields.typed("flags", texts.tr("Flags"), "20 21");
    std::vector<std::string> patterns;
    for (const domain::LabelPreset& preset : domain::label_presets()) {
        if (std::ranges::find(patterns, preset.settings.pattern) == patterns.end())
            patterns.push_back(preset.settings.pattern);
    }
    for (std::size_t i = 0; i < patterns.size(); i += in_a_row) {
        std::vector<FormView::Choice> row;
        for (std::size_t n = i; n < std::min(i + in_a_row, patterns.size()); ++n)
            row.push_back({patterns[n], patterns[n]});
        fields.picked("pattern", i == 0 ? texts.tr("Scales print") : "", std::move(row));
    }
    std::vector<FormView::Choice> amounts;
    for (const int decimals : {2, 1, 0})
        amounts.push_back({fmt::format("{}", decimals), amount_unit_words(decimals, texts)});
    fields.picked("amount", texts.tr("Amount in"), std::move(amounts)).wide = false;
    std::vector<FormView::Choice> weights;
    for (const int decimals : {3, 2, 1, 0})
        weights.push_back({fmt::format("{}", decimals), fmt::format("{}", decimals)});
    fields.picked("weight", texts.tr("Weight decimals"), std::move(weights)).wide = false;
    const auto check = [&](LabelCheck each) {
        return check_words({.pattern = "C", .flags = {}, .check = each}, texts);
    };
    fields.picked("check", texts.tr("Check digit"), choices_of<LabelCheck>(check)).wide = false;
    const auto unit = [&](LabelUnit each) { return unit_words(each, texts); };
    fields.picked("unit", texts.tr("Unit"), choices_of<LabelUnit>(unit)).wide = false;
    view.done = {.words = texts.tr("Try it with a label"),
                 .enabled = !draft.value("pattern").empty() && !draft.value("flags").empty()};
    return view;
}

std::string take_label(const FormDraft& form, LabelsState& state, const LabelsFacts& facts) {
    const auto number = [&](const char* id) {
        const std::string& text = form.value(id);
        return text.size() == 1 ? text[0] - '0' : 0;
    };
    LabelFormatSettings settings{
        .pattern = form.value("pattern"),
        .flags = flags_of(form.value("flags")),
        .weight_decimals = number("weight"),
        .amount_decimals = number("amount"),
        .check = domain::from_text<LabelCheck>(form.value("check")),
        .unit = domain::from_text<LabelUnit>(form.value("unit")).value_or(LabelUnit::kg)};
    if (settings.pattern.empty() || settings.pattern.back() != 'C') {
        settings.check = LabelCheck::none;  // there is no digit to look at
    }
    LabelList list = labels_shown(state, facts);
    const auto place = chosen_label({.chosen = form.subject}, list);
    if (form.subject.empty() || !place) {
        list.push_back(std::move(settings));
    } else {
        list[*place] = std::move(settings);
    }
    if (auto formats = formats_of(list); !formats) return formats.error().code;
    state.draft = std::move(list);
    return {};
}

std::string label_trouble_words(const std::string& code, const kit::TextTable& texts) {
    if (code == "bad_pattern")
        return texts.tr(
            "This pattern cannot be: 13 or 18 letters of F W E N V C, F in front, C at "
            "the end, V beside four or five E or N");
    if (code == "bad_flag")
        return texts.tr(
            "These flags cannot be: of as many digits as the pattern has F, 20 to 29 "
            "under 13 digits, none that payment codes begin with");
    if (code == "two_formats")
        return texts.tr("Another format has one of these flags: a label would be of two");
    if (code == "two_meanings")
        return texts.tr(
            "A label could be read as an amount or as a weight: the flag of one format "
            "begins the flag of another");
    if (code == "bad_check") return texts.tr("Without a C there is no check digit to look at");
    return texts.tr("This format cannot be");
}

}  // namespace fangxin::admin
