// The daily check of a scale with a known mass (WEIGH-3, standard 4.2.7): empty, with the mass,
// empty again. The errors allowed are those of OIML R 76-1:2006, 3.5.1 (Table 6) and 3.5.2: in
// service twice the errors of initial verification. Pure: readings come in; one thread.
#pragma once

#include "domain/enum_text.hpp"
#include "domain/weighing/api.hpp"
#include "domain/weighing/reading.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace fangxin::weighing {

enum class AccuracyClass { II, III, IIII };

/// ±1e to 500e, ±2e to 2000e, ±3e to 10000e on class III; on II the borders are 5000, 20000 and
/// 100000, on IIII 50, 200 and 1000. None beyond the last, or without a mass and an e above 0.
FANGXIN_WEIGHING_API std::optional<std::int64_t> tolerance_in_service_mg(AccuracyClass accuracy,
                                                                         std::int64_t e_mg,
                                                                         std::int64_t mass_mg);

struct CheckTask {
    AccuracyClass accuracy = AccuracyClass::III;
    std::int64_t e_mg = 0;
    std::int64_t mass_mg = 0;  ///< what the known mass weighs
};

/// What the person has to do now.
enum class CheckStep { empty_pan, put_mass, take_off, done };

struct CheckResult {
    std::int64_t zero_mg = 0;   ///< shown before
    std::int64_t shown_mg = 0;  ///< with the mass
    std::int64_t after_mg = 0;  ///< shown after
    std::int64_t error_mg = 0;  ///< of what is shown: a pan that is not empty is not zeroed away
    std::int64_t tolerance_mg = 0;
    bool passed = false;
    bool operator==(const CheckResult&) const = default;
};

class FANGXIN_WEIGHING_API ScaleCheck {
  public:
    /// A task without a tolerance is refused before it gets here: its check never passes.
    explicit ScaleCheck(const CheckTask& task);

    /// Every reading, after the stability filter. Those that move or are at fault change nothing,
    /// nor does one with tare: the whole mass is to be seen.
    void observe(const Reading& reading);
    /// The scale does not come to what the step waits for: the check has failed, with what was
    /// shown last.
    void give_up();

    CheckStep step() const { return step_; }
    const CheckTask& task() const { return task_; }
    /// Once it is done.
    const CheckResult& result() const { return result_; }

  private:
    void end(bool came_back);

    CheckTask task_;
    CheckStep step_ = CheckStep::empty_pan;
    CheckResult result_;
    std::int64_t last_mg_ = 0;
};

}  // namespace fangxin::weighing

namespace fangxin::domain {

template <>
struct EnumTable<weighing::AccuracyClass> {
    using enum weighing::AccuracyClass;
    static constexpr auto rows = std::to_array<EnumText<weighing::AccuracyClass>>(
        {{II, "II"}, {III, "III"}, {IIII, "IIII"}});
};

template <>
struct EnumTable<weighing::CheckStep> {
    using enum weighing::CheckStep;
    static constexpr auto rows = std::to_array<EnumText<weighing::CheckStep>>(
        {{empty_pan, "empty_pan"}, {put_mass, "put_mass"}, {take_off, "take_off"}, {done, "done"}});
};

}  // namespace fangxin::domain
