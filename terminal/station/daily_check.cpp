#include "terminal/station/daily_check.hpp"

#include "domain/weighing/amount_text.hpp"
#include "sync/store/meta.hpp"
#include "terminal/station/station_log.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

using domain::InstrumentLock;
using weighing::CheckStep;

constexpr std::string_view mass_key = "scale_check_mass";

/// Of another scale than the one that is bound a check says nothing.
bool is_of_another(InstrumentLock lock) {
    return lock == InstrumentLock::unregistered || lock == InstrumentLock::elsewhere ||
           lock == InstrumentLock::other_device || lock == InstrumentLock::not_bound;
}

/// From the smallest load of the scale to its largest, as far as the class allows an error.
bool is_mass_for(const weighing::CheckTask& task, const domain::Instrument& scale) {
    return task.mass_mg >= scale.min_mg && task.mass_mg <= scale.max_mg &&
           weighing::tolerance_in_service_mg(task.accuracy, task.e_mg, task.mass_mg);
}

}  // namespace

DailyCheck::DailyCheck(Station& station)
    : station_(station), last_mass_mg_(sync::meta_number(station.reader(), mass_key)) {}

Result<void> DailyCheck::start(const Start& start) {
    if (Refusal refusal = station_.may(domain::Action::scale_check); !refusal.code.empty()) {
        return failure(refusal.code);
    }
    if (!start.connected) return failure("no_scale");
    if (!start.seal.genuine) return failure("scale_library");
    const domain::Instrument& scale = start.standing.instrument;
    if (is_of_another(start.standing.lock)) return failure(code_of(start.standing.lock));
    auto accuracy = domain::accuracy_of(scale);
    if (!accuracy) return failure("scale_class", scale.accuracy_class);
    const weighing::CheckTask task{*accuracy, scale.e_mg, start.mass_mg};
    if (!is_mass_for(task, scale)) {
        return failure("check_mass", fmt::format("{}–{} kg", weighing::kilograms(scale.min_mg),
                                                 weighing::kilograms(scale.max_mg)));
    }
    leave();
    check_.emplace(task);
    instrument_ = domain::instrument_id(scale);
    library_ = start.seal.version + ' ' + start.seal.whole;
    trouble_.clear();
    last_mass_mg_ = start.mass_mg;
    station_.store().submit(sync::Priority::bulk,
                            [mass = std::to_string(start.mass_mg)](sync::Database& database) {
                                auto done = database.transaction([&]() -> Result<void> {
                                    sync::set_meta(database, mass_key, mass);
                                    return {};
                                });
                                if (!done) station_log("scale", done.error().detail);
                            });
    if (changed_) changed_();
    return {};
}

void DailyCheck::observe(const weighing::Reading& reading) {
    if (!is_running()) return;
    const CheckStep before = check_->step();
    check_->observe(reading);
    if (check_->step() == before) return;
    if (check_->step() == CheckStep::done) end();
    if (changed_) changed_();
}

Result<void> DailyCheck::give_up() {
    if (!is_running()) return failure("no_check");
    check_->give_up();
    end();
    if (changed_) changed_();
    return {};
}

void DailyCheck::leave() {
    if (!is_running()) return;
    if (check_->step() == CheckStep::take_off) return (void)give_up();
    check_.reset();
    if (changed_) changed_();
}

/// The lock follows from what is written here, on this terminal at once.
void DailyCheck::end() {
    const weighing::CheckResult& result = check_->result();
    auto done = station_.journal(sync::ScaleChecked{.instrument = instrument_,
                                                    .mass_mg = check_->task().mass_mg,
                                                    .zero_mg = result.zero_mg,
                                                    .shown_mg = result.shown_mg,
                                                    .after_mg = result.after_mg,
                                                    .error_mg = result.error_mg,
                                                    .tolerance_mg = result.tolerance_mg,
                                                    .passed = result.passed,
                                                    .library = library_});
    if (done) return;
    trouble_ = done.error().code;
    station_log("scale", done.error().code + " " + done.error().detail);
}

}  // namespace fangxin::terminal
