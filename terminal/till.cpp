#include "terminal/till.hpp"

#include "terminal/checkout/pole_text.hpp"
#include "terminal/checkout/receipts.hpp"

namespace fangxin::terminal {

namespace {

/// What a display greets with whose shop has not said its name.
constexpr std::string_view no_name = "欢迎光临";

}  // namespace

Result<std::unique_ptr<Till>> Till::open(const ProgramOptions& options,
                                         const std::function<DeviceEvents(Till&)>& events) {
    auto opened = open_program(options);
    if (!opened) return tl::unexpected(opened.error());
    std::unique_ptr<Till> till(new Till);
    till->station_ = std::move(opened->station);
    DeviceEvents happened = events(*till);
    happened.receipt = receipt_layout;
    auto devices = Devices::make(opened->devices, *till->station_, std::move(happened));
    if (!devices) return tl::unexpected(devices.error());
    till->devices_ = std::move(*devices);
    till->checkout_ = std::make_unique<Checkout>(*till->station_, till->devices_->paper());
    if (till->devices_->has_scale()) {
        Devices* scale = till->devices_.get();
        till->scale_ = ScalePort{.latest = [scale] { return scale->weight(); },
                                 .gate = scale->gate(),
                                 .instrument = [scale] { return scale->instrument(); }};
        till->checkout_->set_scale(&*till->scale_);
    }
    till->checkout_->restore_draft();
    return till;
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
