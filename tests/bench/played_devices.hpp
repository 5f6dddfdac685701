// The devices of a till, played from outside it: a scale, a scanner and a pole display at the other
// ends of pseudo-terminals, and the virtual printer as a program of its own. Owned by a bench.
#pragma once

#include "tests/bench/bench.hpp"
#include "tests/bench/child.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace fangxin::bench {

/// A serial line without a wire: programs open `name()`, and the other end is ours.
class PlayedLine {
  public:
    PlayedLine();
    ~PlayedLine();
    PlayedLine(const PlayedLine&) = delete;
    PlayedLine& operator=(const PlayedLine&) = delete;

    const std::string& name() const { return name_; }
    int descriptor() const { return ours_; }
    /// Gives when the bytes were on the wire.
    Clock::time_point put(std::string_view bytes) const;

  private:
    int ours_ = -1;
    int theirs_ = -1;  ///< kept open: a program that opens and closes it does not hang up on us
    std::string name_;
};

/// A stable weight as Toledo continuous output has it, 18 bytes with their checksum.
std::string toledo_frame(std::int64_t grams);

enum class PlayedScale {
    continuous,  ///< Toledo: 20 frames a second, as fast as 9600 baud let an indicator send
    asked,       ///< 8217: answers each question
};

class PlayedDevices {
  public:
    PlayedDevices(const Run& run, PlayedScale scale);
    ~PlayedDevices();
    PlayedDevices(const PlayedDevices&) = delete;
    PlayedDevices& operator=(const PlayedDevices&) = delete;

    /// The file that names them to a till.
    const std::string& file() const { return file_; }
    const PlayedLine& scale() const { return scale_; }
    const PlayedLine& scanner() const { return scanner_; }
    /// From now on the scale says nothing by itself.
    void hush() { hushed_ = true; }
    /// Messages that the scale and the display have exchanged with the till.
    std::int64_t frames() const { return frames_; }
    std::int64_t pole_bytes() const { return pole_bytes_; }
    /// What playing them has cost this process; the printer is a process of its own.
    double cpu_ms() const;

  private:
    void play();
    void hear_scale();

    PlayedScale kind_;
    PlayedLine scale_;
    PlayedLine scanner_;
    PlayedLine pole_;
    std::optional<Child> printer_;
    std::string file_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> hushed_ = false;
    std::atomic<std::int64_t> frames_ = 0;
    std::atomic<std::int64_t> pole_bytes_ = 0;
    mutable std::thread thread_;  // last: it uses the others
};

}  // namespace fangxin::bench
