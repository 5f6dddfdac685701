#include "terminal/station/scale_register.hpp"

#include "domain/text_width.hpp"
#include "sync/store/meta.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

using domain::Instrument;
using domain::InstrumentLock;
using domain::InstrumentState;

constexpr std::string_view day_key = "scale_day";

std::string kind_of(const InstrumentState& state) {
    return state.instrument.substr(0, state.instrument.find('/'));
}

const InstrumentState* state_of(const std::vector<InstrumentState>& states,
                                const Instrument& instrument) {
    const std::string id = domain::instrument_id(instrument);
    auto found = std::ranges::find(states, id, &InstrumentState::instrument);
    return found == states.end() ? nullptr : &*found;
}

}  // namespace

Instrument unregistered_scale() {
    return {.kind = std::string(domain::checkout_scale_kind),
            .max_mg = 15'000'000,
            .min_mg = 100'000,
            .e_mg = 5'000};
}

std::string identity_to_bind(std::string_view identity) {
    return identity.starts_with("usb:") ? std::string(identity) : std::string();
}

std::string code_of(InstrumentLock lock) {
    if (lock == InstrumentLock::none) return {};
    return "scale_" + std::string(domain::to_text(lock));
}

ScaleRegister::ScaleRegister(Station& station, std::string serial, Use use)
    : station_(station), serial_(std::move(serial)), use_(use) {
    // `2026-11-27 1795744800000`
    const std::string kept = sync::meta(station_.reader(), day_key);
    const std::size_t blank = kept.find(' ');
    if (blank == std::string::npos) return;
    auto date = domain::parse_date(kept.substr(0, blank));
    std::int64_t began_ms = 0;
    std::from_chars(kept.data() + blank + 1, kept.data() + kept.size(), began_ms);
    if (date && began_ms > 0) day_ = Day{*date, began_ms};
}

bool ScaleRegister::is_of_use(std::string_view kind) const {
    return kind == domain::checkout_scale_kind ||
           (use_ == Use::fair_scale && kind == domain::fair_scale_kind);
}

std::string ScaleRegister::bound_here(const Rows& rows) const {
    for (const InstrumentState& state : rows.states) {
        if (state.terminal == station_.options().terminal && is_of_use(kind_of(state))) {
            return state.instrument;
        }
    }
    return {};
}

/// Named in the devices file, else bound here, else the only one.
const Instrument* ScaleRegister::entry_of(const Rows& rows, const std::string& bound) const {
    std::vector<const Instrument*> scales;
    for (const Instrument& each : rows.instruments) {
        if (!is_of_use(each.kind)) continue;
        if (!serial_.empty() && each.serial == serial_) return &each;
        if (serial_.empty() && domain::instrument_id(each) == bound) return &each;
        scales.push_back(&each);
    }
    return serial_.empty() && scales.size() == 1 ? scales.front() : nullptr;
}

std::optional<std::int64_t> ScaleRegister::day_began_ms() const {
    if (!day_ || day_->date != station_.now().date()) return std::nullopt;
    return day_->began_ms;
}

/// Only if anything was written since. The number is asked for first: what comes in between is
/// read again.
void ScaleRegister::read_rows() {
    const std::int64_t version = station_.data_version();
    if (rows_version_ == version) return;
    auto read = station_.reader().reading<Rows>([&] {
        return Rows{station_.shop().instruments(), station_.shop().instrument_states()};
    });
    ++readings_;
    if (!read) return;
    rows_ = std::move(*read);
    rows_version_ = version;
}

ScaleStanding ScaleRegister::standing(const std::optional<std::string>& identity) {
    read_rows();
    ScaleStanding standing{.instrument = unregistered_scale(), .state = {}};
    standing.bound_here = bound_here(rows_);
    const Instrument* entry = entry_of(rows_, standing.bound_here);
    domain::InstrumentQuestion question{.instrument = entry,
                                        .terminal = station_.options().terminal,
                                        .identity = {},
                                        .bound_here = standing.bound_here,
                                        .now = station_.now(),
                                        .day_began_ms = day_began_ms()};
    if (identity) question.identity = identity_to_bind(*identity);
    if (entry != nullptr) {
        question.state = state_of(rows_.states, *entry);
        standing.instrument = *entry;
        standing.ends_in = domain::certificate_ends_in(*entry, question.now.date());
        const auto due = domain::check_due_ms(question);
        standing.checked_today = !due;
        if (question.day_began_ms) standing.check_due_ms = due;
    }
    if (question.state != nullptr) standing.state = *question.state;
    standing.lock = domain::lock_of(question);
    return standing;
}

void ScaleRegister::follow(const std::optional<std::string>& identity) {
    const std::string person = station_.person() ? station_.person()->number : "";
    if (std::exchange(worked_by_, person) != person && !person.empty()) begin_day();
    // Where there is a server, it says first whether the scale is another terminal's.
    if (first_is_settled_ || !identity) return;
    if (station_.has_server() && !station_.caught_up()) return;
    const ScaleStanding now = standing(identity);
    if (now.instrument.serial.empty()) return;
    first_is_settled_ = !now.bound_here.empty() || !now.state.terminal.empty();
    if (first_is_settled_) return;
    auto bound =
        station_.journal(sync::ScaleBound{.instrument = domain::instrument_id(now.instrument),
                                          .identity = identity_to_bind(*identity),
                                          .why = "first"});
    if (!bound) station_log("scale", bound.error().code + " " + bound.error().detail);
}

void ScaleRegister::begin_day() {
    const domain::StoreTime now = station_.now();
    if (day_ && day_->date == now.date()) return;
    day_ = Day{now.date(), now.utc_ms};
    const std::string kept = fmt::format("{} {}", domain::format_date(now.date()), now.utc_ms);
    auto done = station_.store().run(sync::Priority::sale, [&](sync::Database& database) {
        return database.transaction([&]() -> Result<void> {
            sync::set_meta(database, day_key, kept);
            return {};
        });
    });
    if (!done) station_log("scale", done.error().code + " " + done.error().detail);
}

Result<void> ScaleRegister::bind(const std::optional<std::string>& identity,
                                 const std::string& reason, const domain::Person& person) {
    if (domain::right_of(person.role, domain::Action::scale_bind) != domain::Right::alone) {
        return failure("not_allowed");
    }
    if (domain::is_blank(reason)) return failure("why_wanted");
    if (!identity) return failure("no_scale");
    const ScaleStanding now = standing(identity);
    if (now.instrument.serial.empty()) return failure("scale_unregistered");
    const sync::ScaleBound bound{.instrument = domain::instrument_id(now.instrument),
                                 .identity = identity_to_bind(*identity),
                                 .why = reason};
    auto done = station_.append(sync::draft(bound, station_.now(), person.number));
    if (!done) return tl::unexpected(done.error());
    return {};
}

const std::vector<sync::Change>& ScaleRegister::changes(const Instrument& instrument,
                                                        std::int64_t limit) {
    const std::string subject = "instrument:" + domain::instrument_id(instrument);
    const std::int64_t version = station_.data_version();
    if (changes_.version == version && changes_.subject == subject && changes_.limit == limit) {
        return changes_.rows;
    }
    auto read = station_.reader().reading<std::vector<sync::Change>>([&] {
        auto rows = station_.shop().changes(subject, limit);
        std::erase_if(rows, [&](const sync::Change& row) { return row.subject != subject; });
        return rows;
    });
    ++readings_;
    changes_ = {.subject = subject, .limit = limit, .version = {}, .rows = {}};
    if (!read) return changes_.rows;
    changes_.version = version;
    changes_.rows = std::move(*read);
    return changes_.rows;
}

}  // namespace fangxin::terminal
