#include "terminal/till.hpp"

#include "terminal/checkout/pole_text.hpp"
#include "terminal/checkout/receipts.hpp"

namespace fangxin::terminal {

namespace {

/// What a display greets with whose shop has not said its name.
constexpr std::string_view no_name = "欢迎光临";
constexpr std::int64_t changes_printed = 12;

}  // namespace

Result<std::unique_ptr<Till>> Till::open(const ProgramOptions& options,
                                         const std::function<DeviceEvents(Till&)>& events) {
    auto opened = open_program(options);
    if (!opened) return tl::unexpected(opened.error());
    std::unique_ptr<Till> till(new Till);
    till->station_ = std::move(opened->station);
    DeviceEvents happened = events(*till);
    happened.receipt = receipt_layout;
    till->check_ = std::make_unique<DailyCheck>(*till->station_);
    happened.weighed = [&till = *till](const weighing::Reading& reading) {
        till.check_->observe(reading);
        till.checkout_->observe(reading);
    };
    happened.changed = [check = till->check_.get(), told = std::move(happened.changed)](
                           const std::string& device, const std::string& state,
                           const std::string& reason) {
        // Before another can be in its place.
        if (device == "scale" && state == "lost") check->leave();
        if (told) told(device, state, reason);
    };
    auto devices = Devices::make(opened->devices, *till->station_, std::move(happened));
    if (!devices) return tl::unexpected(devices.error());
    till->devices_ = std::move(*devices);
    till->checkout_ = std::make_unique<Checkout>(*till->station_, till->devices_->paper());
    if (till->devices_->has_scale()) {
        Devices* scale = till->devices_.get();
        till->scale_ = ScalePort{
            .latest = [scale] { return scale->weight(); },
            .gate = scale->gate(),
            .standing = [scale] { return scale->standing(); },
            .begin_day = [scale] { scale->scale_register().begin_day(); },
            .tell = [scale](drivers::ScaleCommand command) { return scale->scale().tell(command); },
            .is_checked_now = [check = till->check_.get()] { return check->is_running(); }};
        till->checkout_->set_scale(&*till->scale_);
    }
    till->checkout_->restore_draft();
    return till;
}

Result<void> Till::check_scale(std::int64_t mass_mg) {
    if (!devices_->has_scale()) return failure("no_scale");
    const ScaleNow now = checkout_->scale_now();
    auto started = check_->start({.mass_mg = mass_mg,
                                  .standing = now.standing,
                                  .seal = now.seal,
                                  .connected = devices_->scale_identity().has_value()});
    if (started) checked_by_ = station_->person()->number;
    return started;
}

Result<void> Till::bind_scale(const std::string& reason,
                              const std::optional<domain::Person>& other) {
    const auto& person = station_->person();
    if (!person) return failure("not_logged_in");
    if (!devices_->has_scale()) return failure("no_scale");
    const bool may =
        domain::right_of(person->role, domain::Action::scale_bind) == domain::Right::alone;
    if (!may && !other) return failure("needs_second_person");
    return devices_->scale_register().bind(devices_->scale_identity(), reason,
                                           may ? *person : *other);
}

WeighingReport Till::weighing_report() {
    const ScaleNow now = checkout_->scale_now();
    WeighingReport report{.language = station_->options().language,
                          .instrument = now.instrument,
                          .state = now.standing.state,
                          .seal = now.seal,
                          .changes = {}};
    for (const sync::Change& change :
         devices_->scale_register().changes(now.instrument, changes_printed)) {
        const domain::StoreTime at = station_->at(change.at_ms);
        report.changes.push_back({domain::format_date(at.date()) + ' ' + domain::clock_text(at),
                                  change.person, change.after});
    }
    return report;
}

std::vector<domain::ReceiptLine> Till::sealed_lines() {
    const int columns = devices_->paper().columns;
    if (!devices_->has_scale() || columns == 0) return {};
    return weighing_lines(weighing_report(), columns);
}

Result<void> Till::print_seal() {
    if (!devices_->has_scale()) return failure("no_scale");
    const Paper& paper = devices_->paper();
    if (paper.columns == 0) return failure("no_printer");
    SealSlip slip{.report = weighing_report(),
                  .shop_name = station_->shop().setting("shop_name"),
                  .till = station_->options().number,
                  .time = station_->now(),
                  .test_shop = station_->test_shop()};
    if (const auto& person = station_->person()) slip.person = person->number + ' ' + person->name;
    const auto lines = layout_seal_slip(slip, paper.columns);
    auto queued = station_->transact([&](sync::Database& database) -> Result<void> {
        queue_slip(database, "seal", drivers::encode(lines, paper.options));
        return {};
    });
    if (queued) devices_->wake_printer();
    return queued;
}

void Till::follow() {
    if (devices_->has_scale()) {
        devices_->scale_register().follow(devices_->scale_identity());
        watch_check();
    }
    refresh_pole();
}

/// Nobody goes on with what another began.
void Till::watch_check() {
    if (!check_->is_running()) return;
    const auto& person = station_->person();
    if (!person || person->number != checked_by_) check_->leave();
}

void Till::refresh_pole() {
    if (!devices_->has_pole()) return;
    if (greeting_.empty() && station_->shop().has_people()) {
        auto name = station_->reader().reading<std::string>(
            [&] { return station_->shop().setting("shop_name", no_name); });
        greeting_ = name.value_or(std::string());
    }
    devices_->show(pole_text(*checkout_, greeting_));
}

}  // namespace fangxin::terminal
