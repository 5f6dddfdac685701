#include "domain/weighing/stability.hpp"
#include "drivers/devices/commands.hpp"
#include "drivers/devices/scale_reader.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <functional>

namespace fangxin::drivers {

namespace {

constexpr int fewest_frames = 3;

/// What the scale shows, once it is stable and what is asked for. Errors: those of
/// ScaleReader::next; `not_stable` when nothing of the kind comes in time.
Result<std::int64_t> stable_mass_mg(ScaleReader& scale, const CheckScale& command,
                                    const std::string& words,
                                    const std::function<bool(std::int64_t)>& is_it) {
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
        if (judged.state == ScaleState::stable && is_it(judged.gross_mg)) return judged.gross_mg;
    }
    return failure("not_stable", fmt::format("{}: the scale says {}", words, last));
}

}  // namespace

/// Empty, with the mass, empty again. The error is of what the scale shows; a pan that is not empty
/// is not zeroed in silence.
ExitCode run(const CheckScale& command) {
    const auto tolerance_mg =
        tolerance_in_service_mg(command.accuracy, command.e_mg, command.mass_mg);
    if (!tolerance_mg) return fail({"bad_mass", "too large for the class, or no mass"});
    auto scale = ScaleReader::open(command.address, command.driver);
    if (!scale) return fail(scale.error());
    auto is_empty = [&](std::int64_t mg) { return std::abs(mg) <= command.e_mg; };
    auto is_loaded = [&](std::int64_t mg) { return mg >= command.mass_mg / 2; };
    auto zero =
        stable_mass_mg(*scale, command, "Empty the pan, and zero the scale if need be.", is_empty);
    if (!zero) return fail(zero.error());
    auto shown = stable_mass_mg(
        *scale, command, fmt::format("Put the mass of {} g on the pan.", command.mass_mg / 1000),
        is_loaded);
    if (!shown) return fail(shown.error());
    auto after = stable_mass_mg(*scale, command, "Take it off.", is_empty);
    const std::int64_t error_mg = *shown - command.mass_mg;
    const bool passed = std::abs(error_mg) <= *tolerance_mg && after.has_value();
    boost::json::object result{{"result", passed ? "pass" : "fail"},
                               {"mass_mg", command.mass_mg},
                               {"shown_mg", *shown},
                               {"error_mg", error_mg},
                               {"tolerance_mg", *tolerance_mg},
                               {"e_mg", command.e_mg},
                               {"class", domain::to_text(command.accuracy)},
                               {"zero_mg", *zero}};
    if (after) result["zero_after_mg"] = *after;
    if (!print_result(result, command.json)) return not_whole();
    if (!after) return fail(after.error());
    if (passed) return done;
    return fail(
        {"out_of_tolerance", fmt::format("{} mg off, {} mg allowed", error_mg, *tolerance_mg)});
}

}  // namespace fangxin::drivers
