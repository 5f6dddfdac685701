#include "drivers/scales/mt_sics.hpp"

#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::size_t most_ready = 256;
constexpr int answers_between_tries = 10;
using enum ScaleState;

/// Readings of single lines: of `TA A` the mass is the tare.
FrameProtocol lines() {
    return {.rules = {{.frame = "S S {mass} {unit}\\r\\n"},
                      {.frame = "S D {mass} {unit}\\r\\n", .state = motion},
                      {.frame = "S +\\r\\n", .state = over},
                      {.frame = "S -\\r\\n", .state = under},
                      {.frame = "S I\\r\\n", .state = fault},
                      {.frame = "TA A {mass} {unit}\\r\\n"},
                      {.frame = "TA I\\r\\n", .state = fault},
                      {.frame = "TA L\\r\\n", .state = fault},
                      {.frame = "ES\\r\\n", .state = fault},
                      {.frame = "ET\\r\\n", .state = fault},
                      {.frame = "EL\\r\\n", .state = fault}}};
}

}  // namespace

MtSics::MtSics() : lines_(lines()) {}

void MtSics::feed(std::span<const std::byte> bytes) {
    lines_.feed(bytes);
    while (auto line = lines_.next())
        take(std::move(*line));
}

std::optional<Reading> MtSics::next() {
    if (ready_.empty()) return std::nullopt;
    Reading reading = std::move(ready_.front());
    ready_.pop_front();
    return reading;
}

std::size_t MtSics::held() const { return lines_.held() + ready_.size() + (net_ ? 1 : 0); }

void MtSics::take(Reading line) {
    if (line.raw.starts_with("TA")) return take_tare(line);
    const bool weighs = line.state == stable || line.state == motion;
    if (weighs) return take_net(std::move(line));
    // `E…` behind a weight is the answer to our question about its tare.
    if (line.raw.starts_with('E') && net_) return emit_untold(line.raw);
    net_.reset();
    emit(std::move(line));
}

void MtSics::take_net(Reading net) {
    net_ = std::move(net);
    asks_ = true;
}

void MtSics::take_tare(const Reading& tare) {
    if (!net_) return;
    until_asked_ = 0;
    if (tare.state != stable) return emit_untold(tare.raw);
    Reading both = *std::exchange(net_, std::nullopt);
    both.tare_mg = tare.gross_mg;
    both.gross_mg = both.net_mg + both.tare_mg;
    both.raw += tare.raw;
    emit(std::move(both));
}

std::string MtSics::reply() {
    if (!std::exchange(asks_, false) || !net_) return {};
    if (until_asked_ == 0) return "TA\r\n";
    --until_asked_;
    emit_untold({});
    return {};
}

bool MtSics::give_up() {
    if (!net_) return false;
    until_asked_ = answers_between_tries;
    emit_untold({});
    return true;
}

/// The weight stands, and its tare is not known.
void MtSics::emit_untold(const std::string& because) {
    Reading reading = *std::exchange(net_, std::nullopt);
    reading.tare_told = false;
    reading.raw += because;
    emit(std::move(reading));
}

void MtSics::emit(Reading reading) {
    ready_.push_back(std::move(reading));
    if (ready_.size() > most_ready) ready_.pop_front();
}

}  // namespace fangxin::drivers
