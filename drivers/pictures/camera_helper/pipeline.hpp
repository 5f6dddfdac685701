// The one place that knows GStreamer: a source made to give pictures of bounded size, the newest
// one only. Inside fangxin-camera, which may be killed at any time. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fangxin::drivers {

/// What a source is asked to give.
struct PipelineWish {
    bool is_device = false;  ///< `source` is a V4L2 node, not the text of a pipeline
    std::string source;      ///< as for gst-launch-1.0, up to its sink
    int most_width = 1280;   ///< larger pictures are made smaller, in their own proportions
    int most_height = 1280;
    int most_per_second = 15;
};

/// Red, green, blue, alpha; rows from the top without gaps.
struct PipelinePicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
};

/// `bad_pipeline` (not understood, or its parts do not fit), `not_found`, `busy`, `open_failed`,
/// `device_gone`, `camera_ended` (a file is at its end).
struct PipelineTrouble {
    std::string code;
    std::string detail;  ///< GStreamer's words
};

class Pipeline {
  public:
    Pipeline();
    ~Pipeline();
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    /// Finds the plugins; on a machine's first start that may take a minute, for it tries them all.
    std::variant<std::monostate, PipelineTrouble> prepare();
    /// Starts it. Waits as long as its source does.
    std::variant<std::monostate, PipelineTrouble> start(const PipelineWish& wish);
    /// The newest picture that was not given before; waits for it.
    std::variant<PipelinePicture, PipelineTrouble> next();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::drivers
