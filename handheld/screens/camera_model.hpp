// The camera's page: its live picture with the codes found in it framed, or the picture that is to
// be taken of a pack. A code that is read goes to the page below by itself, as a scanner's does.
// Pure; any thread.
#pragma once

#include "handheld/screens/head_model.hpp"
#include "terminal/kit/icons.hpp"
#include "terminal/kit/live_picture.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::handheld {

enum class CameraUse { codes, photo };

struct CameraFacts {
    struct Found {
        std::string text;  ///< as it may be shown
        bool is_confirmed = false;
        std::array<kit::Point, 4> corners{};
    };
    HeadFacts head;
    bool is_set_up = true;
    std::string trouble;  ///< error code; empty: it runs, or is starting
    kit::PicturePtr picture;
    std::vector<Found> found;
    int light = 255;                     ///< mean of the picture
    std::int64_t without_a_code_ms = 0;  ///< it runs, and so long nothing was found
};

struct CameraState {
    CameraUse use = CameraUse::codes;
    std::string refusal;  ///< of a photo that could not be kept: error code
};

struct CameraView {
    struct Instead {
        kit::Icon icon = kit::Icon::camera;
        std::string title;
        std::string hint;
    };
    HeadView head;
    kit::PicturePtr picture;
    std::vector<kit::FoundFrame> frames;
    bool is_starting = false;
    std::optional<Instead> instead;  ///< of the picture
    kit::Role role = kit::Role::primary;
    kit::Icon icon = kit::Icon::camera;
    std::string says;   ///< what to do now
    std::string reads;  ///< what is found, in full
    std::string take;   ///< the button that takes the photo; empty: there is none
    bool can_take = false;
    std::string cancel;
};

namespace camera {
struct Taken {};
struct Refused {
    std::string error;
};
struct Cancelled {};
using Action = std::variant<Taken, Refused, Cancelled>;

/// Keep what the camera sees now; answer with Refused, or leave the page.
struct KeepPhoto {};
struct Leave {};
using Effect = std::variant<KeepPhoto, Leave>;
}  // namespace camera

CameraView present(const CameraState& state, const CameraFacts& facts, const kit::TextTable& texts);
std::optional<camera::Effect> update(CameraState& state, const CameraFacts& facts,
                                     const camera::Action& action);

}  // namespace fangxin::handheld
