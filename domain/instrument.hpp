// The register of measuring instruments and when one of them may not sell (WEIGH-2, WEIGH-3; rules
// 8; standard 4.2.7, 6.1.4; JJG 539-2016: verified every year). Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/weighing/check.hpp"
#include "domain/weighing/parameters.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::domain {

/// An entry of the register. A change of any of it is journalled with both values.
struct Instrument {
    std::string kind;  ///< `checkout_scale` `label_scale` `fair_scale` …
    std::string model;
    std::string serial;
    std::string accuracy_class;
    std::int64_t max_mg = 0;
    std::int64_t min_mg = 0;
    std::int64_t e_mg = 0;
    std::string certificate;
    std::optional<Date> verified;
    std::optional<Date> until;
    std::string maker;
    std::string production_code;          ///< 生产码 (JJG 1204-2025)
    std::string repair_code;              ///< 维修码
    std::string verification_code;        ///< 检定码
    std::string seal;                     ///< 铅封: the number on the lead or paper seal
    std::optional<std::int64_t> tare_mg;  ///< the largest tare to be keyed; none: up to Max
    std::int64_t stable_frames = weighing::fewest_stable_frames;
    bool operator==(const Instrument&) const = default;
};

inline constexpr std::string_view checkout_scale_kind = "checkout_scale";
inline constexpr std::string_view fair_scale_kind = "fair_scale";

/// Its key in one word.
std::string instrument_id(const Instrument& instrument);

/// The part that decides what is sold (WEIGH-4): a change of it counts as an event.
weighing::Parameters parameters_of(const Instrument& instrument);

/// As its plate or its certificate writes it: `III`, `Ⅲ`, `3`, `(三级)`. Unsaid it is III, the
/// class of shops' scales with the smaller errors allowed. None: it is no class.
std::optional<weighing::AccuracyClass> accuracy_of(const Instrument& instrument);

/// What happened to an instrument: where it stands, how its last check went.
struct InstrumentState {
    std::string instrument;  ///< instrument_id()
    std::string terminal;    ///< at which it was bound; empty: at none
    std::string identity;    ///< of the device, as USB tells it; empty of a plain serial line
    std::string bound_by;
    std::int64_t bound_at_ms = 0;
    std::optional<Date> checked_on;  ///< the shop's day
    std::int64_t checked_at_ms = 0;
    bool check_passed = false;
    std::int64_t check_error_mg = 0;
    std::string checked_by;
    std::int64_t events = 0;  ///< changes of its parameters so far (WELMEC 7.2, U7)
    bool operator==(const InstrumentState&) const = default;
};

/// Whether goods may be sold by it (WEIGH-2, standard 6.1.4): a certificate that began and has not
/// run out. One that nobody recorded is none.
bool has_certificate_in_force(const Instrument& instrument, Date today);

/// A warning starts so many days before a certificate ends (WEIGH-2).
inline constexpr int certificate_warning_days = 30;
/// Days until the last one on which it may sell, while that is to be warned of; 0 on that day.
std::optional<int> certificate_ends_in(const Instrument& instrument, Date today);

enum class CertificateState { none, not_yet, in_force, ends_soon, run_out };
template <>
struct EnumTable<CertificateState> {
    static constexpr std::array rows{EnumText{CertificateState::none, "none"},
                                     EnumText{CertificateState::not_yet, "not_yet"},
                                     EnumText{CertificateState::in_force, "in_force"},
                                     EnumText{CertificateState::ends_soon, "ends_soon"},
                                     EnumText{CertificateState::run_out, "run_out"}};
};
CertificateState certificate_state(const Instrument& instrument, Date today);

/// A check that is missing locks so long after the day's first work (WEIGH-3).
inline constexpr std::int64_t check_grace_ms = 2 * 60 * 60 * std::int64_t{1000};

/// The first that holds is the answer; that it is another scale comes before all that is said of
/// the one in the register.
enum class InstrumentLock {
    none,
    unregistered,
    elsewhere,     ///< bound at another terminal
    other_device,  ///< the scale that is connected is not the one that was bound
    not_bound,     ///< another one was bound here
    certificate,
    check_failed,
    check_missed
};

struct InstrumentQuestion {
    const Instrument* instrument = nullptr;  ///< none: not in the register
    const InstrumentState* state = nullptr;  ///< none: nothing happened to it yet
    std::string terminal;
    /// Of the device that is connected; none while there is none, and then nobody compares.
    std::optional<std::string> identity;
    /// Which one is bound at this terminal, if any is.
    std::string bound_here;
    StoreTime now;
    /// The first work of this day at this terminal; none: not yet.
    std::optional<std::int64_t> day_began_ms;
};

InstrumentLock lock_of(const InstrumentQuestion& question);

/// When the day's check is due: `now` at the latest counts as too late. None: it is done.
std::optional<std::int64_t> check_due_ms(const InstrumentQuestion& question);

template <>
struct EnumTable<InstrumentLock> {
    using enum InstrumentLock;
    static constexpr auto rows =
        std::to_array<EnumText<InstrumentLock>>({{none, "none"},
                                                 {unregistered, "unregistered"},
                                                 {elsewhere, "elsewhere"},
                                                 {other_device, "other_device"},
                                                 {not_bound, "not_bound"},
                                                 {certificate, "certificate"},
                                                 {check_failed, "check_failed"},
                                                 {check_missed, "check_missed"}});
};

}  // namespace fangxin::domain
