#include "terminal/till.hpp"

#include "terminal/checkout/pole_text.hpp"
#include "terminal/checkout/receipts.hpp"

namespace fangxin::terminal {

Result<std::unique_ptr<Till>> Till::open(const ProgramOptions& options,
                                         const std::function<DeviceEvents(Till&)>& events) {
    auto opened = open_program(options);
    if (!opened) return tl::unexpected(opened.error());
    std::unique_ptr<Till> till(new Till);
    till->station_ = std::move(opened->station);
    DeviceEvents happened = events(*till);
    happened.receipt = receipt_bytes;
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
    if (greeting_.empty()) greeting_ = station_->shop().setting("shop_name");
    devices_->show(pole_text(*checkout_, greeting_));
}

}  // namespace fangxin::terminal
