// Fault tickets as people and the terminal itself write them (FAULT-1). Anybody who is logged in
// raises one; `fault_work` takes and mends. Main loop only.
#pragma once

#include "domain/fault.hpp"
#include "terminal/station/station.hpp"

#include <string>
#include <vector>

namespace fangxin::terminal {

struct FaultWords {
    std::string device;    ///< `scale`, `scanner-2`, `other` …
    std::string severity;  ///< `A`, `B`, `C`
    std::string what;
};
/// Codes: `not_logged_in`, `bad_value`. Answers with the ticket's number.
Result<std::string> raise_fault(Station& station, const FaultWords& words);
/// The terminal's own; `fault` is a ticket that it stands for again, empty: a new one.
Result<std::string> raise_own_fault(Station& station, sync::FaultRaised raised);

/// Codes: those of the right, `no_such_fault`, `fault_taken`, `fault_fixed`.
Result<void> take_fault(Station& station, const std::string& fault);
/// Codes besides: `cause_wanted`, `fix_wanted`.
Result<void> fix_fault(Station& station, const std::string& fault, const std::string& cause,
                       const std::string& fix);

/// What a ticket can be of, when a person writes it.
std::vector<std::string> fault_devices();

}  // namespace fangxin::terminal
