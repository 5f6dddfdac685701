#include "terminal/till_program.hpp"

#include "terminal/checkout/checkout_actions.hpp"
#include "terminal/checkout/drawer_actions.hpp"
#include "terminal/checkout/scale_actions.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/equipment_actions.hpp"
#include "terminal/station/headless.hpp"
#include "terminal/station/words.hpp"
#include "terminal/till.hpp"

namespace fangxin::terminal {

namespace {

/// A scan by a connected scanner is a request that nobody numbered: its answer comes as an event.
void on_scanned(Headless& headless, Station& station, Checkout& checkout, const std::string& code) {
    json::object event{
        {"event", "scanned"}, {"ok", true}, {"code", told_code(code, station.code_context())}};
    put_outcome(checkout.scan(code), headless, station, event);
    add_checkout_state(event, station, checkout);
    headless.emit(event);
}

void add_all_actions(Headless& headless, Till* till) {
    Station* station = till ? &till->station() : nullptr;
    add_common_actions(headless, station);
    add_checkout_actions(headless, station, till ? &till->checkout() : nullptr,
                         till ? &till->devices() : nullptr);
    add_drawer_actions(headless, till);
    add_scale_actions(headless, till);
}

StationEvents till_events(Headless& headless, Station& station, Checkout& checkout) {
    StationEvents events = common_events(headless);
    auto applied = events.blocks_applied;
    events.blocks_applied = [&, applied](const std::vector<domain::Block>& blocks,
                                         std::int64_t cursor) {
        applied(blocks, cursor);
        emit_rejudged(headless, station, checkout, checkout.on_blocks(blocks));
    };
    events.rows_changed = [&] { emit_rejudged(headless, station, checkout, checkout.on_rows()); };
    events.claimed = [&headless, &checkout](const sync::HoldClaimed& answer) {
        std::string late = checkout.on_claimed(answer);
        if (!late.empty()) headless.emit({{"event", "hold_came"}, {"hold", late}});
    };
    return events;
}

}  // namespace

int run_till(const ProgramOptions& options) {
    std::optional<Headless> headless;
    auto opened = Till::open(options, [&headless](Till& till) {
        headless.emplace(&till.station());
        return device_events(*headless, [&](const std::string& code) {
            on_scanned(*headless, till.station(), till.checkout(), code);
        });
    });
    if (!opened) return refuse_to_start("fangxin-terminal", opened.error());
    Till& till = **opened;
    Station& station = till.station();
    add_all_actions(*headless, &till);
    tell_of_checks(*headless, till);
    headless->set_common(
        [&](json::object& answer) { add_checkout_state(answer, station, till.checkout()); });
    emit_ready(*headless, station);
    station.start(till_events(*headless, station, till.checkout()));
    headless->set_gate(first_snapshot_gate(station));
    headless->set_after([&] { till.follow(); });
    EquipmentWatch watch(station, till.devices(), options.devices_file);
    emit_faults(*headless, watch);
    watch.start();
    till.devices().start();
    headless->run();
    station.logout("the program ended");
    return 0;
}

std::string till_actions_help() {
    Headless headless(nullptr);
    add_all_actions(headless, nullptr);
    return headless.help();
}

}  // namespace fangxin::terminal
