#include "drivers/devices/commands.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/output.hpp"
#include "drivers/pictures/camera.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace fangxin::drivers {

ExitCode run(const DecodePictures& command) {
    Decoder decoder;
    ExitCode worst = done;
    for (const std::string& file : command.files) {
        auto decoded = decoder.decode_file(file);
        if (!print_line(json_line(file, decoded))) return not_whole();
        if (!decoded) worst = std::max(worst, fail(decoded.error()));
    }
    return worst;
}

namespace {

/// What a camera's threads have told, for the one that prints.
class Heard {
  public:
    void scan(const Decoded& code) {
        const std::lock_guard lock(mutex_);
        codes_.push_back(code);
        news_.notify_all();
    }
    void change(const DeviceChange& change) {
        if (change.connected) return;
        const std::lock_guard lock(mutex_);
        if (trouble_.code.empty()) trouble_ = change.reason;
        news_.notify_all();
    }
    /// The next code; else why there is none.
    Result<Decoded> next(std::int64_t wait_ms) {
        std::unique_lock lock(mutex_);
        const auto wait = std::chrono::milliseconds(wait_ms);
        news_.wait_for(lock, wait, [this] { return !codes_.empty() || !trouble_.code.empty(); });
        if (!codes_.empty()) {
            Decoded code = std::move(codes_.front());
            codes_.pop_front();
            return code;
        }
        if (!trouble_.code.empty()) return tl::unexpected(trouble_);
        return failure("no_code", fmt::format("none in {} ms", wait_ms));
    }

  private:
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<Decoded> codes_;
    Error trouble_;
};

}  // namespace

ExitCode run(const DecodeLive& command) {
    Heard heard;
    Camera camera({.feed = {.source = command.source, .pipeline = command.pipeline}},
                  {.on_scan = [&](const Decoded& code) { heard.scan(code); },
                   .on_change = [&](const DeviceChange& change) { heard.change(change); }});
    camera.start();
    for (std::int64_t told = 0; command.count == 0 || told < command.count; ++told) {
        auto code = heard.next(command.wait_ms);
        if (!code && code.error().code == "camera_ended" && told > 0 && command.count == 0)
            return done;
        if (!code) return fail(code.error());
        if (!print_line(json_line(*code))) return not_whole();
    }
    return done;
}

}  // namespace fangxin::drivers
