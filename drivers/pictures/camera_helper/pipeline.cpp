#include "drivers/pictures/camera_helper/pipeline.hpp"

#include <cstring>
#include <fmt/format.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <random>

namespace fangxin::drivers {

namespace {

constexpr GstClockTime look_for_trouble = 100 * GST_MSECOND;

struct Unref {
    void operator()(gpointer object) const { gst_object_unref(object); }
    void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
    void operator()(GstMessage* message) const { gst_message_unref(message); }
    void operator()(GstSample* sample) const { gst_sample_unref(sample); }
    void operator()(GError* error) const { g_error_free(error); }
    void operator()(gchar* text) const { g_free(text); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

std::string code_of(const GError& error, bool has_played) {
    if (error.domain == GST_RESOURCE_ERROR) {
        if (has_played) return "device_gone";
        if (error.code == GST_RESOURCE_ERROR_NOT_FOUND) return "not_found";
        if (error.code == GST_RESOURCE_ERROR_BUSY) return "busy";
        return "open_failed";
    }
    // Parts that do not agree, missing ones, bytes that are no picture.
    return has_played ? "device_gone" : "bad_pipeline";
}

/// Where ours begins; whatever a text calls its own elements, it is not this.
std::string name_of_our_own() {
    std::random_device dice;
    return fmt::format("fangxin-{:08x}{:08x}", dice(), dice());
}

/// Modes that a webcam sends over USB 2 without delay come first.
constexpr const char* device_text =
    "v4l2src name={0}-source ! capsfilter caps=\""
    "image/jpeg,width=[1,1280],height=[1,1280];video/x-raw,width=[1,1280],height=[1,1280];"
    "image/jpeg;video/x-raw\" ! decodebin ! identity name={0}";

}  // namespace

struct Pipeline::Impl {
    Owned<GstElement> pipeline;
    Owned<GstElement> sink;
    bool has_played = false;

    ~Impl() {
        if (pipeline) gst_element_set_state(pipeline.get(), GST_STATE_NULL);
    }

    PipelineTrouble ended() const {
        if (!has_played) return {"bad_pipeline", "it ended without a picture"};
        return {"camera_ended", "the end of the file"};
    }

    /// The first error that it tells of; empty code: none.
    PipelineTrouble trouble() const {
        const Owned<GstBus> bus(gst_element_get_bus(pipeline.get()));
        const Owned<GstMessage> message(gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR));
        if (!message) return {};
        GError* error = nullptr;
        gchar* more = nullptr;
        gst_message_parse_error(message.get(), &error, &more);
        const Owned<GError> owned(error);
        const Owned<gchar> owned_more(more);
        return {code_of(*error, has_played), error->message};
    }

    PipelineTrouble append(const PipelineWish& wish, const std::string& last);
};

namespace {

/// Under a name that no text has: GStreamer's own, `videorate0`, may be taken.
GstElement* add(GstElement* pipeline, const char* kind, const std::string& before) {
    const std::string name = before + "-" + kind;
    GstElement* element = gst_element_factory_make(kind, name.c_str());
    if (element != nullptr) gst_bin_add(GST_BIN(pipeline), element);
    return element;
}

/// What goes wrong is told by code and detail; a till's standard error is not for critics.
void say_nothing(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

}  // namespace

/// Makes what the source gives into pictures that we can show, behind its last element.
PipelineTrouble Pipeline::Impl::append(const PipelineWish& wish, const std::string& last) {
    GstElement* whole = pipeline.get();
    GstElement* rate = add(whole, "videorate", last);
    GstElement* colors = add(whole, "videoconvert", last);
    GstElement* size = add(whole, "videoscale", last);
    GstElement* filter = add(whole, "capsfilter", last);
    GstElement* end = add(whole, "appsink", last);
    if (!rate || !colors || !size || !filter || !end)
        return {"bad_pipeline", "GStreamer's base plugins are not installed"};
    g_object_set(rate, "drop-only", TRUE, "max-rate", wish.most_per_second, nullptr);
    const Owned<GstCaps> caps(gst_caps_from_string(
        fmt::format("video/x-raw,format=RGBA,width=[1,{}],height=[1,{}],pixel-aspect-ratio=1/1",
                    wish.most_width, wish.most_height)
            .c_str()));
    g_object_set(filter, "caps", caps.get(), nullptr);
    // A queue of one: whoever is slow gets the newest, and nothing grows.
    g_object_set(end, "max-buffers", 1, "drop", TRUE, "enable-last-sample", FALSE, nullptr);
    const Owned<GstElement> before(gst_bin_get_by_name(GST_BIN(whole), last.c_str()));
    sink.reset(GST_ELEMENT(gst_object_ref(end)));
    if (!before || !gst_element_link_many(before.get(), rate, size, colors, filter, end, nullptr))
        return {"bad_pipeline", "what it ends in gives no picture"};
    return {};
}

Pipeline::Pipeline() : impl_(std::make_unique<Impl>()) {}
Pipeline::~Pipeline() = default;

std::variant<std::monostate, PipelineTrouble> Pipeline::prepare() {
    g_log_set_default_handler(say_nothing, nullptr);
    GError* error = nullptr;
    if (gst_init_check(nullptr, nullptr, &error)) return std::monostate{};
    const Owned<GError> owned(error);
    return PipelineTrouble{"bad_pipeline", error ? error->message : "no GStreamer"};
}

std::variant<std::monostate, PipelineTrouble> Pipeline::start(const PipelineWish& wish) {
    GError* error = nullptr;
    const std::string last = name_of_our_own();
    const std::string text = wish.is_device
                                 ? fmt::format(fmt::runtime(device_text), last)
                                 : fmt::format("{} ! identity name={}", wish.source, last);
    GstElement* made =
        gst_parse_launch_full(text.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
    const Owned<GError> owned(error);
    if (made != nullptr) impl_->pipeline.reset(GST_ELEMENT(gst_object_ref_sink(made)));
    if (error != nullptr) return PipelineTrouble{"bad_pipeline", error->message};
    if (!GST_IS_PIPELINE(made)) return PipelineTrouble{"bad_pipeline", "it is no pipeline"};
    if (wish.is_device) {
        const Owned<GstElement> source(
            gst_bin_get_by_name(GST_BIN(made), (last + "-source").c_str()));
        g_object_set(source.get(), "device", wish.source.c_str(), nullptr);
    }
    if (auto trouble = impl_->append(wish, last); !trouble.code.empty()) return trouble;
    if (gst_element_set_state(made, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
        auto trouble = impl_->trouble();
        if (trouble.code.empty()) trouble = {"open_failed", "it does not start"};
        return trouble;
    }
    return std::monostate{};
}

std::variant<PipelinePicture, PipelineTrouble> Pipeline::next() {
    auto* sink = GST_APP_SINK(impl_->sink.get());
    Owned<GstSample> sample;
    while (!sample) {
        sample.reset(gst_app_sink_try_pull_sample(sink, look_for_trouble));
        if (sample) break;
        if (auto trouble = impl_->trouble(); !trouble.code.empty()) return trouble;
        if (gst_app_sink_is_eos(sink)) return impl_->ended();
    }
    GstVideoInfo info;
    GstVideoFrame frame;
    GstCaps* caps = gst_sample_get_caps(sample.get());
    if (caps == nullptr || !gst_video_info_from_caps(&info, caps) ||
        !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample.get()), GST_MAP_READ))
        return PipelineTrouble{"bad_pipeline", "its frames cannot be read"};
    PipelinePicture picture{.width = GST_VIDEO_FRAME_WIDTH(&frame),
                            .height = GST_VIDEO_FRAME_HEIGHT(&frame),
                            .rgba = {}};
    const std::size_t row = static_cast<std::size_t>(picture.width) * 4;
    picture.rgba.resize(row * static_cast<std::size_t>(picture.height));
    const auto* from = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y)
        std::memcpy(&picture.rgba[y * row],
                    from + static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0),
                    row);
    gst_video_frame_unmap(&frame);
    impl_->has_played = true;
    return picture;
}

}  // namespace fangxin::drivers
