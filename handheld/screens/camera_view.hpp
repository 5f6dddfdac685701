// Draws the camera's page.
#pragma once

#include "handheld/screens/camera_model.hpp"

namespace fangxin::handheld {

std::optional<camera::Action> draw(kit::Ui& ui, const kit::TextTable& texts, const CameraView& view,
                                   kit::Rect rect);

}  // namespace fangxin::handheld
