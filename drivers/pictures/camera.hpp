// A camera that is live: its newest picture, the codes found in it, and the scans they become. It
// comes and goes like every device (device_loop.hpp); decoding is behind, one picture at a time,
// and what came meanwhile is not decoded. The program makes one for a page that shows it, and none
// else: nothing of a camera runs, or is loaded, without one. The callbacks run on its own threads
// and only queue an event.
#pragma once

#include "drivers/device_loop.hpp"
#include "drivers/pictures/camera_feed.hpp"
#include "drivers/pictures/read_confirmation.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace fangxin::drivers {

struct CameraOptions {
    CameraFeedOptions feed;
    DecoderOptions decoder{.timeout_ms = 1000};
    ConfirmationRules rules;
    DeviceTimes times{.first_retry_ms = 300};
    int remembered_ms = 700;  ///< how long a code is shown after the last picture that had it
};

struct FoundCode {
    Decoded code;               ///< its corners in pixels of the picture
    bool is_confirmed = false;  ///< else it needs a second look
    std::int64_t at_ms = 0;     ///< when it was read last; monotonic
};

/// What there is to show now.
struct CameraSight {
    std::shared_ptr<const CameraPicture> picture;  ///< none: not yet, or lost
    std::vector<FoundCode> codes;
    std::int64_t number = 0;    ///< of the picture; counts up
    std::int64_t since_ms = 0;  ///< of the first picture after it was opened
    std::int64_t found_ms = 0;  ///< when a code was found last; 0: none since then
    int light = 255;            ///< mean of the last decoded picture, 0 is black
};

struct CameraHandlers {
    /// There is a newer picture, or other codes.
    std::function<void()> on_sight;
    /// Each code once, until it has been out of view for a while.
    std::function<void(const Decoded&)> on_scan;
    std::function<void(const DeviceChange&)> on_change;
    /// Whether the shop sells something under a code that is not sure. May take its time.
    ReadConfirmation::Known known;
};

class Camera final : private Conversation {
  public:
    Camera(const CameraOptions& options, CameraHandlers handlers);
    ~Camera() override;  ///< stops

    /// Once.
    void start();
    /// No callback runs or will run any more: within the decoder's time-out, most often at once.
    void stop();
    void wake() { loop_.wake(); }
    DeviceHealth health() const { return loop_.health(); }
    /// Any thread.
    CameraSight sight() const;

  private:
    void opened(std::int64_t) override {}
    void received(std::span<const std::byte>, std::int64_t) override {}
    void changed(const DeviceChange& change) override;
    void took(CameraPicture&& picture);
    void begin_anew();
    void decode();
    void look_at(const CameraPicture& picture);
    void remember(const Decoded& code, bool is_confirmed, std::int64_t now_ms);

    CameraOptions options_;
    CameraHandlers handlers_;
    mutable std::mutex mutex_;
    std::condition_variable newer_;
    CameraSight sight_;  // under the mutex, as are the next four
    std::shared_ptr<const CameraPicture> to_decode_;
    bool is_anew_ = false;  ///< what was in view is not any more
    bool is_stopping_ = false;
    Decoder decoder_;  // the decoding thread's, as is the next
    ReadConfirmation confirmation_;
    std::thread decoding_;
    DeviceLoop loop_;  // last: its thread uses the others
};

/// Grey as a code reader wants it, by the weights of ITU-R BT.601.
std::vector<std::byte> grey_of(const CameraPicture& picture);

}  // namespace fangxin::drivers
