// The pages about the shop's equipment: faults, devices, instruments, label formats.
#include "terminal/desk/admin_facts.hpp"
#include "terminal/station/faults.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t year_ms = 365LL * 24 * 60 * 60 * 1000;
constexpr std::int64_t most_changes = 20;

std::optional<domain::StoreTime> moment(const Station& station, std::int64_t at_ms) {
    return at_ms == 0 ? std::nullopt : std::optional(station.at(at_ms));
}

/// The last instant of a day.
domain::StoreTime end_of(domain::Date day, const domain::StoreTime& now) {
    constexpr std::int64_t minute_ms = 60'000;
    const std::int64_t minutes = ((day - now.date()).count() + 1) * 24 * 60 - now.minute_of_day();
    return {now.utc_ms - now.utc_ms % minute_ms + minutes * minute_ms, now.offset_minutes};
}

}  // namespace

std::vector<admin::ChangeFact> AdminReader::changes_of(const std::string& subject) {
    std::vector<admin::ChangeFact> facts;
    for (const sync::Change& each : station_.shop().changes(subject, most_changes)) {
        const std::size_t slash = each.subject.find('/');
        const bool of_device = each.subject.starts_with("device:") && slash != std::string::npos;
        facts.push_back(
            {.at = station_.at(each.at_ms),
             .person = each.person.empty() ? "" : person_name(each.person),
             .subject =
                 of_device ? admin::device_words(each.subject.substr(slash + 1), texts_) : "",
             .before = each.before,
             .after = each.after});
    }
    return facts;
}

const admin::FaultsFacts& AdminReader::faults() {
    if (read_->faults) return *read_->faults;
    admin::FaultsFacts& facts = read_->faults.emplace();
    facts.now = station_.now();
    facts.may_work = station_.may(domain::Action::fault_work).code.empty();
    facts.devices = fault_devices();
    for (const sync::FaultTicket& each : station_.shop().faults(facts.now.utc_ms - year_ms)) {
        facts.faults.push_back(
            {.id = each.id,
             .device = each.device,
             .what = each.what,
             .detail = each.detail,
             .severity = each.severity,
             .state = each.state,
             .terminal = terminal_name(each.terminal, texts_),
             .raised_by = each.raised_by.empty() ? "" : person_name(each.raised_by),
             .raised_at = station_.at(each.raised_at_ms),
             .due = station_.at(each.due_ms),
             .taken_by = each.taken_by.empty() ? "" : person_name(each.taken_by),
             .taken_at = moment(station_, each.taken_at_ms),
             .well_at = moment(station_, each.well_at_ms),
             .fixed_by = each.fixed_by.empty() ? "" : person_name(each.fixed_by),
             .fixed_at = moment(station_, each.fixed_at_ms),
             .cause = each.cause,
             .fix = each.fix});
    }
    return facts;
}

admin::DevicesFacts AdminReader::devices(const std::string& chosen) {
    admin::DevicesFacts facts{.terminals = {}, .now = station_.now()};
    for (const sync::TerminalSetup& each : station_.shop().terminal_setups()) {
        admin::SetupFact setup{.id = each.terminal,
                               .name = terminal_name(each.terminal, texts_),
                               .is_this = each.terminal == station_.options().terminal,
                               .role = each.role,
                               .program = each.program,
                               .system = each.system,
                               .weighing = each.weighing,
                               .configuration = each.configuration,
                               .told_at = station_.at(each.told_at_ms)};
        for (const sync::TerminalDevice& device : station_.shop().terminal_devices(each.terminal)) {
            setup.devices.push_back({.device = device.device,
                                     .driver = device.driver,
                                     .address = device.address,
                                     .identity = device.identity,
                                     .state = device.state,
                                     .reason = device.reason,
                                     .since = station_.at(device.since_ms)});
        }
        if (each.terminal == chosen) {
            setup.changes = changes_of("terminal:" + each.terminal);
            auto of_devices = changes_of("device:" + each.terminal + "/");
            setup.changes.insert(setup.changes.end(), of_devices.begin(), of_devices.end());
            std::ranges::stable_sort(setup.changes, [](const auto& a, const auto& b) {
                return a.at.utc_ms > b.at.utc_ms;
            });
        }
        facts.terminals.push_back(std::move(setup));
    }
    return facts;
}

const admin::InstrumentsFacts& AdminReader::instruments(const std::string& chosen) {
    if (read_->instruments) return *read_->instruments;
    admin::InstrumentsFacts& facts = read_->instruments.emplace();
    facts.now = station_.now();
    facts.may_edit = station_.may(domain::Action::scale_bind).code.empty();
    for (const domain::Instrument& each : station_.shop().instruments()) {
        const std::string id = domain::instrument_id(each);
        admin::InstrumentFact fact{.instrument = each};
        if (auto state = station_.shop().instrument_state(id)) fact.state = std::move(*state);
        if (!fact.state.terminal.empty())
            fact.terminal = terminal_name(fact.state.terminal, texts_);
        if (!fact.state.checked_by.empty()) fact.checked_by = person_name(fact.state.checked_by);
        if (id == chosen) fact.changes = changes_of("instrument:" + id);
        facts.instruments.push_back(std::move(fact));
    }
    return facts;
}

admin::LabelsFacts AdminReader::labels(const admin::LabelsState& shown) {
    const LabelsInForce& labels = station_.labels();
    admin::LabelsFacts facts{.formats = {},
                             .source = labels.source,
                             .is_setting_bad = !labels.trouble.empty(),
                             // By a file of this till's own nobody else reads.
                             .may_edit = labels.source != LabelSource::devices_file &&
                                         station_.may(domain::Action::edit_reference).code.empty(),
                             .trial = {}};
    for (const domain::LabelFormat& each : labels.formats.all())
        facts.formats.push_back(each.settings());
    if (shown.code.empty()) return facts;
    auto tried = shown.draft ? admin::formats_of(*shown.draft)
                             : Result<domain::LabelFormats>(labels.formats);
    if (tried) facts.trial = try_label(station_, *tried, shown.code);
    return facts;
}

/// One duty for all of them: the one that is late the longest.
void AdminReader::add_faults(admin::TodayFacts& facts) {
    const admin::FaultFact* worst = nullptr;
    std::int64_t others = 0;
    for (const admin::FaultFact& each : faults().faults) {
        if (!is_overdue(each, facts.now)) continue;
        others += worst != nullptr ? 1 : 0;
        if (worst == nullptr || each.due.utc_ms < worst->due.utc_ms) worst = &each;
    }
    if (worst == nullptr) return;
    admin::Duty duty{
        .kind = admin::Duty::Kind::fault,
        .what = fmt::format("{} · {}", worst->terminal, admin::fault_words(worst->what, texts_)),
        .due = worst->due,
        .since = worst->raised_at,
        .id = worst->id};
    if (others > 0) duty.what = texts_.tr("{} and {} more", duty.what, others);
    facts.duties.push_back(std::move(duty));
}

void AdminReader::add_instruments(admin::TodayFacts& facts) {
    const domain::Date today = facts.now.date();
    const admin::InstrumentsFacts& all = instruments("");
    const auto add = [&](admin::Duty::Kind kind, auto needs) {
        const admin::InstrumentFact* first = nullptr;
        std::int64_t others = 0;
        for (const admin::InstrumentFact& each : all.instruments) {
            if (!needs(each, today)) continue;
            others += first != nullptr ? 1 : 0;
            if (first == nullptr || each.instrument.until < first->instrument.until) first = &each;
        }
        if (first == nullptr) return;
        admin::Duty duty{.kind = kind,
                         .what = fmt::format(
                             "{} {}", admin::instrument_kind_words(first->instrument.kind, texts_),
                             first->instrument.serial),
                         .id = domain::instrument_id(first->instrument)};
        if (!first->terminal.empty()) duty.what += " · " + first->terminal;
        const auto& until = first->instrument.until;
        if (kind == admin::Duty::Kind::certificate && until) duty.due = end_of(*until, facts.now);
        if (others > 0) duty.what = texts_.tr("{} and {} more", duty.what, others);
        facts.duties.push_back(std::move(duty));
    };
    add(admin::Duty::Kind::certificate, admin::needs_certificate);
    add(admin::Duty::Kind::scale_check, admin::needs_check);
}

}  // namespace fangxin::terminal
