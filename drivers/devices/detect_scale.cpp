#include "drivers/devices/detect_scale.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace fangxin::drivers {

namespace {

constexpr int frames_of_proof = 2;
constexpr int write_ms = 1000;
constexpr int between_ms = 100;  // two questions
constexpr std::size_t most_heard = 4096;

struct Candidate {
    const ScaleDriver* driver = nullptr;
    std::unique_ptr<ScaleParser> parser;
    std::optional<Reading> last;
    int frames = 0;

    bool fits() const { return frames >= frames_of_proof; }
    /// True if there was a reading.
    bool read_on() {
        const int before = frames;
        while (auto reading = parser->next()) {
            ++frames;
            // The last: the first may complain of what was asked before in another protocol.
            last = std::move(reading);
        }
        return frames != before;
    }
};

/// Several parsers on one line: all are fed, and each says whether it understands.
class Candidates {
  public:
    Candidates(const std::vector<const ScaleDriver*>& drivers, const LineSettings& line)
        : line_(line) {
        for (const ScaleDriver* driver : drivers)
            all_.push_back({.driver = driver, .parser = driver->make(), .last = {}});
    }

    /// True if a frame was read whole.
    bool feed(std::span<const std::byte> bytes) {
        bool any = false;
        for (Candidate& each : all_) {
            each.parser->feed(bytes);
            any = each.read_on() || any;
        }
        return any;
    }
    /// What a scale was asked beside its weight it does not answer.
    void give_up() {
        for (Candidate& each : all_) {
            if (each.parser->give_up()) each.read_on();
        }
    }
    /// What the scale waits for in the middle of a conversation: once, though several know it.
    std::string reply() {
        std::string said;
        for (Candidate& each : all_) {
            std::string reply = each.parser->reply();
            if (said.empty()) said = std::move(reply);
        }
        return said;
    }
    bool any_fits() const { return std::ranges::any_of(all_, &Candidate::fits); }
    std::vector<FoundScale> found() const {
        std::vector<FoundScale> scales;
        for (const Candidate& each : all_) {
            if (!each.fits()) continue;
            scales.push_back({.driver = *each.driver, .reading = *each.last});
            scales.back().driver.line = line_;
        }
        return scales;
    }

  private:
    LineSettings line_;
    std::vector<Candidate> all_;
};

std::vector<const ScaleDriver*> serial_drivers() {
    std::vector<const ScaleDriver*> drivers;
    for (const ScaleDriver& row : scale_drivers()) {
        if (row.cable == Cable::serial) drivers.push_back(&row);
    }
    return drivers;
}

/// The factories' settings, and what else is met on shops' scales.
std::vector<LineSettings> usual_lines() {
    std::vector<LineSettings> lines{{.baud = 9600}};
    for (const ScaleDriver* row : serial_drivers())
        lines.push_back(row->line);
    for (const int baud : {4800, 2400, 19200})
        lines.push_back({.baud = baud});
    for (const int baud : {4800, 19200})
        lines.push_back({.baud = baud, .data_bits = 7, .parity = Parity::even});
    std::vector<LineSettings> once;
    for (const LineSettings& line : lines) {
        if (std::ranges::find(once, line) == once.end()) once.push_back(line);
    }
    return once;
}

class Detector {
  public:
    Detector(const DeviceAddress& address, const DetectTimes& times)
        : address_(address), times_(times) {}

    Result<Detection> listen(const LineSettings& line) const;
    Result<Detection> ask(const std::vector<const ScaleDriver*>& drivers,
                          const LineSettings& line) const;

  private:
    Result<void> ask_once(Transport& port, Candidates& candidates,
                          const std::string& question) const;

    const DeviceAddress& address_;
    DetectTimes times_;
};

Result<Detection> Detector::listen(const LineSettings& line) const {
    auto port = open_device(address_, {.line = line});
    if (!port) return tl::unexpected(port.error());
    Candidates candidates(serial_drivers(), line);
    Detection heard{.scales = {}, .heard = {}, .line = line};
    std::array<std::byte, 512> buffer;
    std::int64_t until_ms = monotonic_now_ms() + times_.listen_ms;
    bool fits = false;
    while (monotonic_now_ms() < until_ms) {
        auto count = (*port)->read(buffer, static_cast<int>(until_ms - monotonic_now_ms()));
        if (!count) return tl::unexpected(within(count.error(), format_address(address_)));
        const auto came = std::span(buffer).first(*count);
        for (const std::byte byte : came) {
            if (heard.heard.size() < most_heard) heard.heard += static_cast<char>(byte);
        }
        candidates.feed(came);
        if (!fits && candidates.any_fits()) {
            fits = true;
            until_ms = monotonic_now_ms() + times_.more_ms;
        }
    }
    heard.scales = candidates.found();
    if (!heard.scales.empty()) heard.heard.clear();
    return heard;
}

Result<void> Detector::ask_once(Transport& port, Candidates& candidates,
                                const std::string& question) const {
    auto say = [&](const std::string& bytes) {
        return port.write(std::as_bytes(std::span(bytes)), write_ms);
    };
    if (auto said = say(question); !said) return said;
    std::array<std::byte, 512> buffer;
    const std::int64_t until_ms = monotonic_now_ms() + times_.answer_ms;
    for (std::int64_t now_ms = monotonic_now_ms(); now_ms < until_ms; now_ms = monotonic_now_ms()) {
        auto count = port.read(buffer, static_cast<int>(until_ms - now_ms));
        if (!count) return tl::unexpected(count.error());
        if (candidates.feed(std::span(buffer).first(*count))) break;
        if (auto said = say(candidates.reply()); !said) return said;
    }
    // What comes late belongs to this question, not to the next.
    auto late = port.read(buffer, between_ms);
    if (!late) return tl::unexpected(late.error());
    candidates.feed(std::span(buffer).first(*late));
    candidates.give_up();
    return {};
}

Result<Detection> Detector::ask(const std::vector<const ScaleDriver*>& drivers,
                                const LineSettings& line) const {
    auto port = open_device(address_, {.line = line});
    if (!port) return tl::unexpected(port.error());
    Candidates candidates(drivers, line);
    for (int times = 0; times < frames_of_proof; ++times) {
        auto asked = ask_once(**port, candidates, drivers.front()->ask);
        if (!asked) return tl::unexpected(within(asked.error(), format_address(address_)));
    }
    return Detection{.scales = candidates.found(), .heard = {}, .line = line};
}

/// Those with one question in common are asked together: CAS and OS2 differ in a checksum alone.
std::vector<std::vector<const ScaleDriver*>> by_question() {
    std::vector<std::vector<const ScaleDriver*>> groups;
    for (const ScaleDriver* row : serial_drivers()) {
        if (row->ask.empty()) continue;
        auto group = std::ranges::find_if(groups, [&](const auto& each) {
            return each.front()->ask == row->ask && each.front()->line == row->line;
        });
        if (group == groups.end()) {
            groups.push_back({row});
        } else {
            group->push_back(row);
        }
    }
    return groups;
}

}  // namespace

Result<Detection> detect_scale(const DeviceAddress& address,
                               const std::optional<LineSettings>& line, const DetectTimes& times) {
    const Detector detector(address, times);
    const auto lines = line ? std::vector{*line} : usual_lines();
    Detection heard;
    for (const LineSettings& each : lines) {
        auto listened = detector.listen(each);
        if (!listened || !listened->scales.empty()) return listened;
        if (heard.heard.empty()) heard = *listened;
        if (listened->heard.empty()) break;
    }
    if (!heard.heard.empty()) return heard;
    for (const auto& group : by_question()) {
        auto asked = detector.ask(group, line.value_or(group.front()->line));
        if (!asked || !asked->scales.empty()) return asked;
    }
    return heard;
}

}  // namespace fangxin::drivers
