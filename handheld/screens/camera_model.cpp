#include "handheld/screens/camera_model.hpp"

#include "terminal/station/words.hpp"

#include <algorithm>

namespace fangxin::handheld {

namespace {

using kit::Icon;
using kit::Role;

/// A picture of a pack in a lit shop is brighter than this by far; in a dark store room it is not.
constexpr int dark_below = 45;
constexpr std::int64_t long_without_ms = 6'000;

class Presenting {
  public:
    Presenting(const CameraState& state, const CameraFacts& facts, const kit::TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    CameraView run() {
        const bool is_photo = state_.use == CameraUse::photo;
        view_.head = present_head(std::string(is_photo ? texts_.tr_c("of the pack", "Photo")
                                                       : texts_.tr_c("on the handheld", "Camera")),
                                  facts_.head, texts_);
        view_.cancel = texts_.tr("Cancel");
        view_.picture = facts_.picture;
        if (view_.picture == nullptr) {
            without_a_picture();
        } else if (is_photo) {
            view_.says = texts_.tr("Date and lot sharp in the picture, then take it");
        } else {
            codes();
        }
        if (view_.picture != nullptr) look_at_the_light();
        if (is_photo) {
            view_.take = texts_.tr_c("of the pack", "Photo");
            view_.can_take = view_.picture != nullptr;
        }
        if (!state_.refusal.empty()) {
            say(Role::block, Icon::warning,
                terminal::message_for(state_.refusal, "", texts_.language()));
        }
        return std::move(view_);
    }

  private:
    void say(Role role, Icon icon, std::string words) {
        view_.role = role;
        view_.icon = icon;
        view_.says = std::move(words);
    }

    void without_a_picture() {
        if (!facts_.is_set_up) {
            view_.instead = {Icon::camera, texts_.tr("No camera here"),
                             texts_.tr("Use the scanner or the search")};
        } else if (facts_.trouble.empty()) {
            view_.is_starting = true;
            view_.says = texts_.tr("The camera is starting…");
        } else {
            view_.instead = {
                Icon::warning, texts_.tr("The camera gives no picture"),
                texts_.tr("{}. It is tried on and on",
                          terminal::message_for(facts_.trouble, "", texts_.language()))};
        }
    }

    void codes() {
        say(Role::primary, Icon::camera, texts_.tr("Hold the code before the camera"));
        bool is_all_confirmed = true;
        for (const CameraFacts::Found& found : facts_.found) {
            view_.frames.push_back({.corners = found.corners,
                                    .role = found.is_confirmed ? Role::ok : Role::warn,
                                    .words = found.text});
            view_.reads = found.text;
            is_all_confirmed = is_all_confirmed && found.is_confirmed;
        }
        if (facts_.found.empty()) {
            if (facts_.without_a_code_ms >= long_without_ms) {
                say(Role::warn, Icon::question,
                    texts_.tr("Nothing found yet: closer, straight, whole in the picture"));
            }
        } else if (is_all_confirmed) {
            say(Role::ok, Icon::check, texts_.tr("Read"));
        } else {
            say(Role::warn, Icon::search, texts_.tr("Hold still: it is looked at once more"));
        }
    }

    void look_at_the_light() {
        if (facts_.light < dark_below && facts_.found.empty()) {
            say(Role::warn, Icon::warning, texts_.tr("It is dark: more light is needed"));
        }
    }

    const CameraState& state_;
    const CameraFacts& facts_;
    const kit::TextTable& texts_;
    CameraView view_;
};

}  // namespace

CameraView present(const CameraState& state, const CameraFacts& facts,
                   const kit::TextTable& texts) {
    return Presenting(state, facts, texts).run();
}

std::optional<camera::Effect> update(CameraState& state, const CameraFacts& facts,
                                     const camera::Action& action) {
    if (const auto* refused = std::get_if<camera::Refused>(&action)) {
        state.refusal = refused->error;
        return std::nullopt;
    }
    if (std::holds_alternative<camera::Cancelled>(action)) return camera::Leave{};
    if (state.use != CameraUse::photo || facts.picture == nullptr) return std::nullopt;
    state.refusal.clear();
    return camera::KeepPhoto{};
}

}  // namespace fangxin::handheld
