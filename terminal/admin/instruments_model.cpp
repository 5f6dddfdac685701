#include "terminal/admin/instruments_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/admin/figures_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using domain::CertificateState;
using domain::Instrument;
using kit::Role;

std::string date_text(const std::optional<domain::Date>& date) {
    return date ? domain::format_date(*date) : "—";
}

NoticeView certificate_notice(const Instrument& of, domain::Date today,
                              const kit::TextTable& texts) {
    switch (domain::certificate_state(of, today)) {
        case CertificateState::none:
            return {texts.tr("No certificate on record: it may not sell"), Role::block,
                    kit::Icon::exclamation};
        case CertificateState::not_yet:
            return {texts.tr("Its certificate begins on {}", date_text(of.verified)), Role::block,
                    kit::Icon::clock};
        case CertificateState::run_out:
            return {texts.tr("Its certificate has run out: it may not sell"), Role::block,
                    kit::Icon::exclamation};
        case CertificateState::ends_soon:
            return {texts.tr_n("Its certificate ends in {} day: have it verified",
                               "Its certificate ends in {} days: have it verified",
                               *domain::certificate_ends_in(of, today)),
                    Role::warn, kit::Icon::warning};
        case CertificateState::in_force:
            break;
    }
    return {texts.tr("Certificate in force"), Role::ok, kit::Icon::check};
}

kit::RowTag certificate_tag(const Instrument& of, domain::Date today, const kit::TextTable& texts) {
    switch (domain::certificate_state(of, today)) {
        case CertificateState::none:
            return {texts.tr("No certificate"), Role::block};
        case CertificateState::not_yet:
            return {texts.tr("Not in force yet"), Role::block};
        case CertificateState::run_out:
            return {texts.tr("Run out"), Role::block};
        case CertificateState::ends_soon:
            return {texts.tr("Ends in {} days", *domain::certificate_ends_in(of, today)),
                    Role::warn};
        case CertificateState::in_force:
            break;
    }
    return {texts.tr("In force"), Role::ok};
}

std::vector<kit::RowTag> tags_of(const InstrumentFact& fact, domain::Date today,
                                 const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags{certificate_tag(fact.instrument, today, texts)};
    if (fact.state.checked_on && !fact.state.check_passed) {
        tags.push_back({texts.tr("Check failed"), Role::block});
    } else if (needs_check(fact, today)) {
        tags.push_back({texts.tr("Not checked today"), Role::warn});
    }
    return tags;
}

kit::Row row_of(const InstrumentFact& fact, domain::Date today, const kit::TextTable& texts) {
    const Instrument& of = fact.instrument;
    kit::Row row;
    row.cells = {{.text = fmt::format("{} {}", instrument_kind_words(of.kind, texts), of.serial)},
                 {.text = date_text(of.until), .size = 18},
                 {.text = fact.terminal.empty() ? "—" : fact.terminal, .size = 18}};
    row.tags = tags_of(fact, today, texts);
    return row;
}

std::string check_words(const InstrumentFact& fact, const kit::TextTable& texts) {
    if (!fact.state.checked_on) return texts.tr("never");
    return fmt::format("{} · {} · {}", domain::format_date(*fact.state.checked_on),
                       fact.state.check_passed ? texts.tr("passed") : texts.tr("failed"),
                       fact.checked_by);
}

DetailView detail_of(const InstrumentFact& fact, const InstrumentsFacts& facts,
                     const kit::TextTable& texts) {
    const Instrument& of = fact.instrument;
    const domain::Date today = facts.now.date();
    DetailView detail{
        .title = fmt::format("{} {}", instrument_kind_words(of.kind, texts), of.serial),
        .tags = tags_of(fact, today, texts),
        .notice = certificate_notice(of, today, texts)};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) detail.facts.push_back({.key = name, .value = value});
    };
    add(texts.tr("Maker"), of.maker);
    add(texts.tr("Model"), of.model);
    add(texts.tr("Class"), of.accuracy_class);
    if (of.max_mg > 0) {
        add(texts.tr("Max / Min / e"),
            fmt::format("{} / {} / {}", domain::mass_text(of.max_mg), domain::mass_text(of.min_mg),
                        domain::mass_text(of.e_mg)));
        add(texts.tr("Largest tare"),
            of.tare_mg ? domain::mass_text(*of.tare_mg) : texts.tr("up to Max"));
    }
    add(texts.tr("Certificate"), of.certificate);
    add(texts.tr("Verified"), date_text(of.verified));
    add(texts.tr("Until"), date_text(of.until));
    add(texts.tr("Production code"), of.production_code);
    add(texts.tr("Repair code"), of.repair_code);
    add(texts.tr("Verification code"), of.verification_code);
    add(texts.tr("Lead seal"), of.seal);
    add(texts.tr("Stands at"), fact.terminal.empty() ? texts.tr("no terminal") : fact.terminal);
    add(texts.tr("Identity"), fact.state.identity);
    add(texts.tr("Last check"), check_words(fact, texts));
    add(texts.tr("Event counter"), fmt::format("{}", fact.state.events));
    detail.key_width = 150;
    detail.sections.push_back(changes_section(fact.changes, facts.now, texts));
    if (facts.may_edit) {
        detail.actions = {{.words = texts.tr("Renew certificate"),
                           .key = kit::Key::f12,
                           .look = kit::Look::primary},
                          {.words = texts.tr("Change entry")}};
    }
    return detail;
}

bool fits(const InstrumentFact& fact, InstrumentFilter filter, domain::Date today) {
    if (filter == InstrumentFilter::ending) return needs_certificate(fact, today);
    return filter == InstrumentFilter::all || needs_check(fact, today);
}

std::string words_of(InstrumentFilter filter, const kit::TextTable& texts) {
    if (filter == InstrumentFilter::ending) return texts.tr("Certificates");
    if (filter == InstrumentFilter::unchecked) return texts.tr("Checks");
    return texts.tr_c("of a filter", "All");
}

/// A field of the form: where its text comes from and goes to.
struct Entry {
    const char* id;  ///< field_words has its words
    std::string Instrument::*text = nullptr;
    std::int64_t Instrument::*mass = nullptr;
    std::optional<domain::Date> Instrument::*date = nullptr;
};
constexpr Entry of_text(const char* id, std::string Instrument::*to) {
    return {id, to, nullptr, nullptr};
}
constexpr Entry of_mass(const char* id, std::int64_t Instrument::*to) {
    return {id, nullptr, to, nullptr};
}
constexpr Entry of_date(const char* id, std::optional<domain::Date> Instrument::*to) {
    return {id, nullptr, nullptr, to};
}
const std::array certificate_entries{of_text("certificate", &Instrument::certificate),
                                     of_text("verification_code", &Instrument::verification_code),
                                     of_date("verified", &Instrument::verified),
                                     of_date("until", &Instrument::until)};
const std::array other_entries{of_text("serial", &Instrument::serial),
                               of_text("model", &Instrument::model),
                               of_text("maker", &Instrument::maker),
                               of_text("class", &Instrument::accuracy_class),
                               of_mass("max", &Instrument::max_mg),
                               of_mass("min", &Instrument::min_mg),
                               of_mass("e", &Instrument::e_mg),
                               of_text("production_code", &Instrument::production_code),
                               of_text("repair_code", &Instrument::repair_code),
                               of_text("seal", &Instrument::seal)};

std::vector<Entry> entries_of(FormKind kind) {
    std::vector<Entry> all;
    if (kind == FormKind::instrument) all.assign(other_entries.begin(), other_entries.end());
    all.insert(all.end(), certificate_entries.begin(), certificate_entries.end());
    return all;
}

/// What it is called by cannot change: that would be another instrument.
bool is_name(const Entry& entry) {
    const std::string_view id = entry.id;
    return id == "serial" || id == "model";
}

std::string text_of(const Instrument& instrument, const Entry& entry) {
    if (entry.text != nullptr) return instrument.*(entry.text);
    if (entry.mass != nullptr) {
        const std::int64_t mass = instrument.*(entry.mass);
        return mass > 0 ? domain::mass_text(mass) : "";
    }
    const auto& date = instrument.*(entry.date);
    return date ? domain::format_date(*date) : "";
}

FormDraft begin(FormKind kind, const InstrumentFact* fact) {
    FormDraft draft{.kind = kind};
    const Instrument none{.kind = std::string(domain::checkout_scale_kind),
                          .accuracy_class = "III"};
    const Instrument& of = fact != nullptr ? fact->instrument : none;
    if (fact != nullptr) draft.subject = domain::instrument_id(of);
    draft.values["kind"] = of.kind;
    draft.values["tare"] = of.tare_mg ? domain::mass_text(*of.tare_mg) : "";
    for (const Entry& each : entries_of(kind)) {
        draft.values[each.id] = text_of(of, each);
        if (fact == nullptr || !is_name(each)) draft.order.emplace_back(each.id);
    }
    if (kind == FormKind::instrument) draft.order.emplace_back("tare");
    draft.order.emplace_back("reason");
    return draft;
}

}  // namespace

bool needs_certificate(const InstrumentFact& fact, domain::Date today) {
    return domain::certificate_state(fact.instrument, today) != CertificateState::in_force;
}

bool needs_check(const InstrumentFact& fact, domain::Date today) {
    if (fact.instrument.kind != domain::checkout_scale_kind || fact.state.terminal.empty()) {
        return false;
    }
    return fact.state.checked_on != today || !fact.state.check_passed;
}

ListPageView present_instruments(const ListState& state, const InstrumentsFacts& facts,
                                 const kit::TextTable& texts) {
    ListPageView view{.name = "admin instruments", .detail_width = 420};
    const domain::Date today = facts.now.date();
    constexpr std::array filters{InstrumentFilter::all, InstrumentFilter::ending,
                                 InstrumentFilter::unchecked};
    const InstrumentFilter chosen = filters[std::min(state.filter, filters.size() - 1)];
    for (const InstrumentFilter each : filters) {
        const auto count = std::ranges::count_if(
            facts.instruments, [&](const auto& fact) { return fits(fact, each, today); });
        view.chips.push_back({fmt::format("{} {}", words_of(each, texts), count), each == chosen});
    }
    if (facts.may_edit) {
        view.action = ActionView{.words = texts.tr("New instrument"), .key = kit::Key::f11};
    }
    view.columns = {{.title = texts.tr("Instrument")},
                    {.title = texts.tr("Until"), .width = 120},
                    {.title = texts.tr("Stands at"), .width = 120}};
    std::vector<const InstrumentFact*> shown;
    for (const InstrumentFact& each : facts.instruments) {
        if (fits(each, chosen, today)) shown.push_back(&each);
    }
    for (const InstrumentFact* each : shown) {
        if (is_full(view)) break;
        const std::string id = domain::instrument_id(each->instrument);
        add_row(view, state, id, row_of(*each, today, texts));
        if (id == state.chosen) view.detail = detail_of(*each, facts, texts);
    }
    view.count =
        texts.tr_n("{} instrument", "{} instruments", static_cast<std::int64_t>(shown.size()));
    view.detail_hint = texts.tr("Choose an instrument to see all of it");
    view.empty_icon = kit::Icon::check;
    view.empty_title =
        facts.instruments.empty() ? texts.tr("The register is empty") : texts.tr("All is well");
    view.empty_hint = facts.instruments.empty()
                          ? texts.tr("A scale that is in no register sells nothing")
                          : texts.tr("None of the instruments needs this");
    return view;
}

const InstrumentFact* chosen_instrument(const ListState& state, const InstrumentsFacts& facts) {
    const auto found = std::ranges::find_if(facts.instruments, [&](const InstrumentFact& each) {
        return domain::instrument_id(each.instrument) == state.chosen;
    });
    return found == facts.instruments.end() ? nullptr : &*found;
}

FormDraft begin_certificate(const InstrumentFact& fact) {
    FormDraft draft = begin(FormKind::certificate, &fact);
    for (const Entry& each : certificate_entries)
        draft.values[each.id].clear();
    draft.field = "certificate";
    return draft;
}

FormDraft begin_instrument(const InstrumentFact* fact) { return begin(FormKind::instrument, fact); }

FormView present_instrument_form(const FormDraft& draft, const InstrumentsFacts& facts,
                                 const kit::TextTable& texts) {
    FormView view{.back = texts.tr("Back"), .trouble = draft.trouble};
    FormFields fields(view, draft);
    const InstrumentFact* known = chosen_instrument({.chosen = draft.subject}, facts);
    const bool renews = draft.kind == FormKind::certificate;
    view.title = renews             ? texts.tr("Renew certificate")
                 : known == nullptr ? texts.tr("New instrument")
                                    : texts.tr("Change entry");
    if (known != nullptr) {
        view.title += " · " + known->instrument.serial;
    }
    if (!renews && known == nullptr) {
        std::vector<FormView::Choice> kinds;
        for (const char* kind :
             {"checkout_scale", "label_scale", "fair_scale", "thermometer", "weights"})
            kinds.push_back({kind, instrument_kind_words(kind, texts)});
        fields.picked("kind", texts.tr("Kind"), std::move(kinds));
    }
    for (const Entry& each : entries_of(draft.kind)) {
        if (known != nullptr && is_name(each)) continue;
        const std::string_view id = each.id;
        std::string hint;
        if (each.date != nullptr) hint = texts.tr("year-month-day");
        if (each.mass != nullptr) hint = id == "max" ? "15 kg" : id == "min" ? "100 g" : "5 g";
        fields.typed(each.id, field_words(each.id, texts), std::move(hint));
    }
    if (!renews) fields.typed("tare", field_words("tare", texts), texts.tr("up to Max"));
    FormView::Field& reason = fields.typed("reason", texts.tr("Why"));
    reason.chinese = true;
    view.done = {.words = texts.tr("Save"), .enabled = !draft.value("reason").empty()};
    return view;
}

Result<Instrument> read_instrument(const FormDraft& draft, Instrument known,
                                   const kit::TextTable& texts) {
    if (draft.subject.empty()) known.kind = draft.value("kind");
    for (const Entry& each : entries_of(draft.kind)) {
        const std::string& text = draft.value(each.id);
        if (each.text != nullptr) {
            known.*(each.text) = text;
        } else if (each.mass != nullptr) {
            auto mass = text.empty() ? std::optional<std::int64_t>(0) : parse_mass_text(text);
            if (!mass) return failure("bad_value", field_words(each.id, texts));
            known.*(each.mass) = *mass;
        } else {
            auto date = domain::parse_date(text);
            if (!date && !text.empty()) return failure("bad_value", field_words(each.id, texts));
            known.*(each.date) = date;
        }
    }
    if (draft.kind != FormKind::instrument) return known;
    const std::string& tare = draft.value("tare");
    known.tare_mg = parse_mass_text(tare);
    if (!known.tare_mg && !tare.empty()) {
        return failure("bad_value", field_words("tare", texts));
    }
    return known;
}

}  // namespace fangxin::admin
