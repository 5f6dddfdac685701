// Fault tickets: what is broken, by when somebody has to be there, who is on it, and how the last
// year went (FAULT-1). Pure; any thread.
#pragma once

#include "terminal/admin/equipment_words.hpp"
#include "terminal/admin/form_model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

struct FaultFact {
    std::string id;
    std::string device;  ///< `scale`, `scanner-2`
    std::string what;    ///< a code, or a person's words
    std::string detail;
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    domain::FaultState state = domain::FaultState::open;
    std::string terminal;   ///< as people call it
    std::string raised_by;  ///< name; empty: the terminal itself
    domain::StoreTime raised_at;
    domain::StoreTime due;
    std::string taken_by;
    std::optional<domain::StoreTime> taken_at;
    std::optional<domain::StoreTime> well_at;
    std::string fixed_by;
    std::optional<domain::StoreTime> fixed_at;
    std::string cause;
    std::string fix;
};

struct FaultsFacts {
    std::vector<FaultFact> faults;     ///< open and taken ones, and a year of the rest
    std::vector<std::string> devices;  ///< what a ticket can be of
    bool may_work = false;
    domain::StoreTime now;
};

enum class FaultFilter { open, taken, fixed, year };

/// Nobody was there in time.
bool is_overdue(const FaultFact& fact, const domain::StoreTime& now);
/// Somebody was: on it, or done with it, by the time it was due. None while that is open.
std::optional<bool> answered_in_time(const FaultFact& fact, const domain::StoreTime& now);

ListPageView present_faults(const ListState& state, const FaultsFacts& facts,
                            const kit::TextTable& texts);

/// What the row's buttons do, by their place.
enum class FaultDeed { take, fix };
std::vector<FaultDeed> deeds_of(const FaultFact& fact, const FaultsFacts& facts);
const FaultFact* chosen_fault(const ListState& state, const FaultsFacts& facts);

FormDraft begin_raising();
FormDraft begin_fixing(const FaultFact& fact);
/// Of the kinds raise_fault and fix_fault.
FormView present_fault_form(const FormDraft& draft, const FaultsFacts& facts,
                            const kit::TextTable& texts);

}  // namespace fangxin::admin
