#include "domain/weighing/check.hpp"

#include "domain/weighing/stability.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/devices/scale_reader.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace fangxin::drivers {

namespace {

using weighing::CheckStep;

constexpr int fewest_frames = 3;

std::string words_of(CheckStep step, std::int64_t mass_mg) {
    if (step == CheckStep::empty_pan) return "Empty the pan, and zero the scale if need be.";
    if (step == CheckStep::take_off) return "Take it off.";
    return fmt::format("Put the mass of {} g on the pan.", mass_mg / 1000);
}

/// Goes on until the check leaves this step. Errors: those of ScaleReader::next; `not_stable` when
/// nothing of the kind comes in time.
Result<void> pass(ScaleReader& scale, weighing::ScaleCheck& check, const CheckScale& command) {
    const CheckStep step = check.step();
    const std::string words = words_of(step, command.mass_mg);
    tell(words);
    weighing::StabilityFilter filter(std::max(command.driver.stable_frames, fewest_frames));
    const std::int64_t until_ms = monotonic_now_ms() + command.wait_ms;
    std::string last;
    while (monotonic_now_ms() < until_ms) {
        auto reading = scale.next(until_ms - monotonic_now_ms());
        if (!reading && reading.error().code == "silent" && !last.empty()) break;
        if (!reading) return tl::unexpected(reading.error());
        const Reading judged = filter.apply(std::move(*reading));
        last = fmt::format("{} {} mg", domain::to_text(judged.state), judged.gross_mg);
        check.observe(judged);
        if (check.step() != step) return {};
    }
    return failure("not_stable", fmt::format("{}: the scale says {}", words, last));
}

boost::json::object told(const weighing::CheckResult& result, const CheckScale& command) {
    return {{"result", result.passed ? "pass" : "fail"},
            {"mass_mg", command.mass_mg},
            {"shown_mg", result.shown_mg},
            {"error_mg", result.error_mg},
            {"tolerance_mg", result.tolerance_mg},
            {"e_mg", command.e_mg},
            {"class", domain::to_text(command.accuracy)},
            {"zero_mg", result.zero_mg}};
}

}  // namespace

ExitCode run(const CheckScale& command) {
    const weighing::CheckTask task{command.accuracy, command.e_mg, command.mass_mg};
    if (!weighing::tolerance_in_service_mg(task.accuracy, task.e_mg, task.mass_mg)) {
        return fail({"bad_mass", "too large for the class, or no mass"});
    }
    auto scale = ScaleReader::open(command.address, command.driver);
    if (!scale) return fail(scale.error());
    weighing::ScaleCheck check(task);
    Result<void> passed;
    while (passed && check.step() != CheckStep::done)
        passed = pass(*scale, check, command);
    // Before the mass was on the pan there is nothing to report.
    if (!passed && check.step() != CheckStep::take_off) return fail(passed.error());
    if (!passed) check.give_up();
    boost::json::object result = told(check.result(), command);
    if (passed) result["zero_after_mg"] = check.result().after_mg;
    if (!print_result(result, command.json)) return not_whole();
    if (!passed) return fail(passed.error());
    if (check.result().passed) return done;
    return fail(
        {"out_of_tolerance", fmt::format("{} mg off, {} mg allowed", check.result().error_mg,
                                         check.result().tolerance_mg)});
}

}  // namespace fangxin::drivers
