// Where in a picture a code may lie, and each such place alone, turned upright and made clear: so a
// code at any angle, small, noisy or pale is read, and one in a corner as well. Pure; one thread.
#pragma once

#include "drivers/pictures/decode_helper/picture.hpp"

#include <vector>

namespace fangxin::drivers {

/// A place full of edges: a box that may be turned, in pixels of the picture.
struct Patch {
    double middle_x = 0;
    double middle_y = 0;
    double angle = 0;  ///< radians; of its width against the picture's
    double width = 0;
    double height = 0;
    bool bars = false;  ///< its edges have one direction, across the width: a linear code
};

/// The most likely first, five at most.
std::vector<Patch> find_patches(const GreyPicture& picture);

enum class Clearing { smooth, sharp };

/// A patch cut out, turned upright and enlarged.
struct Cutting {
    GreyPicture picture;
    Patch patch;
    double scale = 1;  ///< its pixels for one of the picture

    PicturePoint in_whole(PicturePoint in_cutting) const;
};
/// Bars are smoothed along themselves, over what a stacked code's rows have in height.
Cutting cut_out(const GreyPicture& picture, const Patch& patch, Clearing clearing);

}  // namespace fangxin::drivers
