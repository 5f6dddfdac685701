#include "tests/bench/till_at_desk.hpp"

#include "terminal/station/desk_window.hpp"
#include "tests/bench/filled_shop.hpp"

namespace fangxin::bench {

TillAtDesk::TillAtDesk(const std::filesystem::path& shop, int lines,
                       const std::string& devices_file) {
    terminal::ProgramOptions options;
    options.station = {.directory = shop, .terminal = "till-1", .role = "till"};
    options.devices_file = devices_file;
    auto till =
        terminal::Till::open(options, [this](terminal::Till&) { return terminal::told_to(desk_); });
    if (!till) throw Failed("cannot open: " + till.error().code, 4);
    till_ = std::move(*till);
    station().speak(domain::Language::zh);
    // The folder may be days old: the till asks about the jump, and we say that the clock is right.
    (void)station().answer_clock(domain::ClockAnswer::clock_is_right, filled_cashier);
    if (auto done = station().login(filled_cashier, filled_pin); !done) {
        throw Failed("cannot log in: " + done.error().code);
    }
    desk_ = std::make_unique<terminal::TillDesk>(*till_, terminal::Preferences{.volume = 0});
    station().start(desk_->station_events());
    watch_ = std::make_unique<terminal::EquipmentWatch>(station(), till_->devices(), devices_file);
    watch_->start();
    while (this->lines() != 0)  // of the last run
        (void)till_->checkout().void_line(till_->checkout().basket().lines.back().number);
    for (std::int64_t n = 100; this->lines() < static_cast<std::size_t>(lines); ++n) {
        if (!is_recalled(n)) (void)till_->checkout().scan(data_matrix_of(n));
        if (n > 100 + 2 * lines) throw Failed("the basket cannot be filled");
    }
}

std::int64_t TillAtDesk::pieces() const {
    std::int64_t sum = 0;
    for (const domain::Line& line : till_->checkout().basket().lines)
        sum += line.quantity;
    return sum;
}

}  // namespace fangxin::bench
