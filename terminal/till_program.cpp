#include "terminal/till_program.hpp"

#include "terminal/checkout/checkout.hpp"
#include "terminal/checkout/checkout_actions.hpp"
#include "terminal/checkout/receipts.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/devices.hpp"
#include "terminal/station/headless.hpp"
#include "terminal/station/program.hpp"

namespace fangxin::terminal {

namespace {

/// A scan by a connected scanner is a request that nobody numbered: its answer comes as an event.
void on_scanned(Headless& headless, Station& station, Checkout& checkout, const std::string& code) {
    json::object event{{"event", "scanned"}, {"ok", true}, {"code", code.substr(0, 100)}};
    put_outcome(checkout.scan(code), headless, station, event);
    add_checkout_state(event, station, checkout);
    headless.emit(event);
}

int printer_columns(const DevicesConfig& devices) {
    return devices.printer ? devices.printer->columns : 0;
}

void add_all_actions(Headless& headless, Station* station, Checkout* checkout, Devices* devices) {
    add_common_actions(headless, station);
    add_checkout_actions(headless, station, checkout, devices);
}

StationEvents till_events(Headless& headless, Station& station, Checkout& checkout) {
    StationEvents events = common_events(headless, station);
    auto applied = events.blocks_applied;
    events.blocks_applied = [&, applied](const std::vector<domain::Block>& blocks,
                                         std::int64_t cursor) {
        applied(blocks, cursor);
        emit_rejudged(headless, station, checkout, checkout.on_blocks(blocks));
    };
    auto changed = events.rows_changed;
    events.rows_changed = [&, changed] {
        changed();
        // A batch that was released, or came off the shelf, lets its red line be sold again.
        if (checkout.waits_for_rows()) {
            emit_rejudged(headless, station, checkout, checkout.rejudge_all());
        }
    };
    events.claimed = [&checkout](const sync::HoldClaimed& answer) { checkout.on_claimed(answer); };
    return events;
}

}  // namespace

int run_till(const ProgramOptions& options) {
    auto opened = open_program(options);
    if (!opened) return refuse_to_start("fangxin-terminal", opened.error());
    Station& station = *opened->station;
    Headless headless(&station);
    std::unique_ptr<Checkout> checkout;
    DeviceEvents device_happened = device_events(headless, station, [&](const std::string& code) {
        on_scanned(headless, station, *checkout, code);
    });
    device_happened.receipt = [columns = printer_columns(opened->devices)](
                                  sync::Database& database, const std::string& number, bool copy) {
        return receipt_bytes(database, number, copy, columns);
    };
    auto made = Devices::make(opened->devices, station, std::move(device_happened));
    if (!made) return refuse_to_start("fangxin-terminal", made.error());
    Devices& devices = **made;
    checkout = std::make_unique<Checkout>(station, devices.receipt_columns());
    std::optional<ScalePort> scale;
    if (devices.has_scale()) {
        scale = ScalePort{.latest = [&devices] { return devices.weight(); },
                          .gate = devices.gate(),
                          .instrument = [&devices] { return devices.instrument(); }};
        checkout->set_scale(&*scale);
    }
    add_all_actions(headless, &station, checkout.get(), &devices);
    headless.set_common(
        [&](json::object& answer) { add_checkout_state(answer, station, *checkout); });
    checkout->restore_draft();
    emit_ready(headless, station);
    station.start(till_events(headless, station, *checkout));
    headless.set_gate(first_snapshot_gate(station));
    devices.start();
    headless.run();
    station.logout("the program ended");
    return 0;
}

std::string till_actions_help() {
    Headless headless(nullptr);
    add_all_actions(headless, nullptr, nullptr, nullptr);
    return headless.help();
}

}  // namespace fangxin::terminal
