// What the till says by ear: accept, warn, block. The tones are computed, there are no files; each
// has its sign on the screen too, so a till without a loudspeaker works as well. The block tone
// comes again until somebody has acknowledged it.
//
//     accept   ▔            1,760 Hz 80 ms
//     warn     ▔▁           1,047 Hz then 784 Hz, 120 ms each
//     block    ▁▁▁▁         247 Hz 600 ms, again every 1.5 s
//
// Owned by the program; main loop only. A tone goes to SDL's queue, which SDL's own thread plays;
// only opening the device may take its time.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace fangxin::kit {

enum class Sound { accept, warn, block };

/// 16-bit samples as they are played, at full volume.
constexpr int samples_per_second = 48'000;
std::vector<std::int16_t> samples_of(Sound sound);

class Sounds {
  public:
    static constexpr std::int64_t block_repeats_after_ms = 1'500;

    /// Opens nothing yet. `tell` hears once why there is no sound (`no_sound_device`), and again
    /// after a loudspeaker came that cannot be used either.
    explicit Sounds(std::function<void(const Error&)> tell);
    ~Sounds();
    Sounds(const Sounds&) = delete;
    Sounds& operator=(const Sounds&) = delete;

    /// Opens the device, if it is not: some drivers take half a second, which is better spent while
    /// nobody scans. Else the first tone does.
    void prepare() { device(); }

    /// Whether a device was opened, by prepare() or the first tone.
    bool works() const { return device_ != nullptr; }

    /// 0 (silent) to 100; what is outside counts as the nearer end. From the next tone on.
    void set_volume(int percent);
    int volume() const { return volume_; }

    /// Plays it now, instead of what may still sound; `block` repeats until silence(). While it
    /// does, only another block is heard: the worst news is not drowned by the next scan.
    void play(Sound sound, std::int64_t now_ms);
    /// What play() was asked for last, heard or not.
    std::optional<Sound> last() const { return last_; }
    /// Somebody acknowledged the block: no more tones, and the one that sounds stops.
    void silence();
    /// Plays the block tone again if it is due.
    void tick(std::int64_t now_ms);
    /// When tick() wants to be called, so that the main loop can sleep; none if nothing repeats.
    std::optional<std::int64_t> next_tick_ms() const { return next_block_ms_; }

  private:
    struct Audio;
    struct Device;
    /// None if it cannot be opened. It is tried once, and again when a loudspeaker came or went.
    Device* device();
    void queue(Sound sound);

    std::function<void(const Error&)> tell_;
    std::unique_ptr<Audio> audio_;
    std::unique_ptr<Device> device_;
    bool tried_ = false;
    int volume_ = 70;
    std::optional<std::int64_t> next_block_ms_;
    std::optional<Sound> last_;
};

}  // namespace fangxin::kit
