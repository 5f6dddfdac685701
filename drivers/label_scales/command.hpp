// `fangxin-devices label-scales`: goods to the shop's label scales, what each has acknowledged, and
// files for the makers' programs. Its words are in label_scales_options.cpp.
#pragma once

#include "drivers/label_scales/goods_file.hpp"

#include <cstdint>
#include <string>

namespace fangxin::drivers {

struct LabelScalesCommand {
    enum class Do { send, status, csv };
    Do what = Do::send;
    std::string goods;
    std::string scales;
    std::string folder = "label-scales";  ///< of what was acknowledged
    std::string only;                     ///< one scale's id; empty: all
    bool again = false;                   ///< as if nothing had been acknowledged
    std::int64_t wait_ms = 0;             ///< for scales that do not answer yet
    LabelVendor vendor = LabelVendor::general;
    std::string flag = "20";
};

/// The exit code: 0 all scales know all goods, 1 not all, 3 a file is not there, 4 busy.
int run(const LabelScalesCommand& command);

}  // namespace fangxin::drivers
