// An open camera: pictures as fangxin-camera gives them, the newest only. For the device loop it is
// a transport on which each picture is one byte; the picture itself goes to whoever opened it.
// Owned by the device loop's thread; open() is called there too.
#pragma once

#include "drivers/pictures/child_program.hpp"
#include "drivers/transports/transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::drivers {

/// Rows from the top without gaps; red, green, blue, alpha.
struct CameraPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
};

struct CameraFeedOptions {
    std::string source;    ///< `/dev/video0`, or a USB address as in transports/address.hpp
    std::string pipeline;  ///< instead: GStreamer's text up to its sink
    int most_side = 1280;  ///< pixels; larger pictures are made smaller
    int most_per_second = 15;
    int ready_ms = 90'000;  ///< for GStreamer to look through its plugins, on its first start
    int first_picture_ms = 8000;
    int next_picture_ms = 4000;
    std::string program = default_program();

    /// fangxin-camera beside the running program.
    static std::string default_program();
};

class CameraFeed final : public Transport {
  public:
    using Took = std::function<void(CameraPicture&&)>;

    /// Returns with the first picture taken. Errors: `bad_pipeline`, `not_found`, `busy`,
    /// `no_permission`, `open_failed`, `camera_silent` (nothing came), `camera_died` (the program
    /// did, of too large a frame or a bad driver), `cannot_start`; and an empty code if `interrupt`
    /// was raised.
    static Result<std::unique_ptr<Transport>> open(const CameraFeedOptions& options,
                                                   const Interrupt& interrupt, Took took);

    /// 1 for a picture taken. Errors: those of open(), `device_gone`, `camera_ended`.
    Result<std::size_t> read(std::span<std::byte> into, int timeout_ms,
                             const Interrupt* interrupt) override;
    Result<void> write(std::span<const std::byte>, int) override { return failure("read_only"); }
    std::string identity() const override { return identity_; }

  private:
    CameraFeed(const CameraFeedOptions& options, Took took)
        : options_(options), took_(std::move(took)) {}
    Result<std::string> first_words();
    /// Until it says something, `until_ms` or the interrupt comes; false for the latter two.
    bool hears(std::int64_t until_ms, const Interrupt* interrupt) const;
    Result<ChildProgram::Message> receive() const;
    Result<void> become_ready(const Interrupt& interrupt);
    Result<void> take();
    Result<CameraPicture> picture_of(const ChildProgram::Message& message) const;

    CameraFeedOptions options_;
    Took took_;
    std::string identity_;
    std::int64_t asked_ms_ = 0;
    int patience_ms_ = 0;
    ChildProgram program_;
};

}  // namespace fangxin::drivers
