// The actions that every terminal has: who works, lists, complaints, recalls, the line to the
// server, the clock. Main loop only.
#pragma once

#include "terminal/station/headless.hpp"

namespace fangxin::terminal {

/// `station` may be null while only the help is wanted: it is used when an action runs.
void add_common_actions(Headless& headless, Station* station);

/// The second person of `approver` and `approver_pin`, where given. Codes as for login.
Result<std::optional<domain::Person>> approver_of(Station& station, const Request& request);

/// Refuses the answer with the right's code unless the person logged in may do it, alone or with
/// the approver that the request names.
bool refused_by_right(Headless& headless, Station& station, const Request& request,
                      domain::Action action, json::object& answer);

/// `unsent`, `block_cursor`, `block_age_s` and `banners`: what every answer of both programs says.
void add_station_state(json::object& answer, Station& station);

/// What the station itself tells by events, common to both programs.
StationEvents common_events(Headless& headless);

/// True while a terminal that was never filled waits for its first snapshot.
std::function<bool()> first_snapshot_gate(Station& station);

}  // namespace fangxin::terminal
