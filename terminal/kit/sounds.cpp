#include "terminal/kit/sounds.hpp"

#include <SDL.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>
#include <utility>

namespace fangxin::kit {

namespace {

struct Tone {
    double hertz;
    int milliseconds;
};
constexpr Tone accept_tones[] = {{1760, 80}};
constexpr Tone warn_tones[] = {{1047, 120}, {784, 120}};
constexpr Tone block_tones[] = {{247, 600}};

std::span<const Tone> tones_of(Sound sound) {
    switch (sound) {
        case Sound::accept:
            return accept_tones;
        case Sound::warn:
            return warn_tones;
        case Sound::block:
            return block_tones;
    }
    return {};
}

constexpr double loudest = 0.8 * INT16_MAX;
constexpr int samples_per_ms = samples_per_second / 1000;
/// A tone that begins or ends at once clicks.
constexpr int ramp_samples = 5 * samples_per_ms;

void append(std::vector<std::int16_t>& samples, const Tone& tone) {
    const int count = tone.milliseconds * samples_per_ms;
    for (int i = 0; i < count; ++i) {
        const double turn = 2 * std::numbers::pi * tone.hertz * i / samples_per_second;
        // The third harmonic lets small loudspeakers be heard where 247 Hz alone is not.
        const double wave = 0.85 * std::sin(turn) + 0.15 * std::sin(3 * turn);
        const double edge = std::min({1.0, static_cast<double>(i) / ramp_samples,
                                      static_cast<double>(count - 1 - i) / ramp_samples});
        samples.push_back(static_cast<std::int16_t>(loudest * edge * wave));
    }
}

}  // namespace

std::vector<std::int16_t> samples_of(Sound sound) {
    std::vector<std::int16_t> samples;
    for (const Tone& tone : tones_of(sound))
        append(samples, tone);
    return samples;
}

/// SDL's audio, and word of loudspeakers that come and go, from whichever thread SDL has it.
struct Sounds::Audio {
    bool is_on = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    std::atomic<bool> has_changed = false;

    Audio() {
        if (is_on) SDL_AddEventWatch(&Audio::hear, this);
    }
    ~Audio() {
        if (!is_on) return;
        SDL_DelEventWatch(&Audio::hear, this);
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    Audio(const Audio&) = delete;
    Audio& operator=(const Audio&) = delete;

    static int hear(void* self, SDL_Event* event) {
        const bool is_device =
            event->type == SDL_AUDIODEVICEADDED || event->type == SDL_AUDIODEVICEREMOVED;
        if (is_device && event->adevice.iscapture == 0)
            static_cast<Audio*>(self)->has_changed = true;
        return 1;
    }
};

struct Sounds::Device {
    explicit Device(SDL_AudioDeviceID opened) : id(opened) {}
    ~Device() { SDL_CloseAudioDevice(id); }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    SDL_AudioDeviceID id;
};

Sounds::Sounds(std::function<void(const Error&)> tell) : tell_(std::move(tell)) {}
Sounds::~Sounds() = default;

Sounds::Device* Sounds::device() {
    if (audio_ && audio_->has_changed.exchange(false)) {
        device_.reset();
        tried_ = false;
    }
    if (tried_) return device_.get();
    tried_ = true;
    if (!audio_) audio_ = std::make_unique<Audio>();
    if (!audio_->is_on) {
        tell_(Error{"no_sound_device", SDL_GetError()});
        return nullptr;
    }
    SDL_AudioSpec wanted{};
    wanted.freq = samples_per_second;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;  // 21 ms: what a tone is late at most
    // No changes allowed: SDL converts for a device that wants something else.
    const SDL_AudioDeviceID opened = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    audio_->has_changed = false;  // SDL names all that there are when it starts
    if (opened == 0) {
        tell_(Error{"no_sound_device", SDL_GetError()});
        return nullptr;
    }
    device_ = std::make_unique<Device>(opened);
    SDL_PauseAudioDevice(opened, 0);
    return device_.get();
}

void Sounds::set_volume(int percent) { volume_ = std::clamp(percent, 0, 100); }

void Sounds::queue(Sound sound) {
    if (volume_ == 0) return;
    const Device* device = this->device();
    if (device == nullptr) return;
    std::vector<std::int16_t> samples = samples_of(sound);
    // Ears hear ratios: half the number sounds half as loud when its square is played.
    const int factor = volume_ * volume_;
    for (std::int16_t& sample : samples)
        sample = static_cast<std::int16_t>(sample * factor / 10'000);
    SDL_ClearQueuedAudio(device->id);
    const auto bytes = static_cast<std::uint32_t>(samples.size() * sizeof(samples.front()));
    // It fails only without memory, and then a tone is not what is missed.
    SDL_QueueAudio(device->id, samples.data(), bytes);
}

void Sounds::play(Sound sound, std::int64_t now_ms) {
    last_ = sound;
    if (next_block_ms_ && sound != Sound::block) return;
    if (sound == Sound::block) next_block_ms_ = now_ms + block_repeats_after_ms;
    queue(sound);
}

void Sounds::silence() {
    if (!next_block_ms_) return;
    next_block_ms_.reset();
    if (device_) SDL_ClearQueuedAudio(device_->id);
}

void Sounds::tick(std::int64_t now_ms) {
    if (!next_block_ms_ || now_ms < *next_block_ms_) return;
    // Counted from now: after a pause of the machine it does not catch up.
    next_block_ms_ = now_ms + block_repeats_after_ms;
    queue(Sound::block);
}

}  // namespace fangxin::kit
