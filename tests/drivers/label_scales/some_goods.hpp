// Goods and a scale for the tests of label scales.
#pragma once

#include "drivers/label_scales/registry.hpp"

namespace fangxin::tests {

inline drivers::LabelGoods some_goods() {
    return {.plu = 1,
            .code = "81080",
            .name = "测试一",
            .price_fen = 2'000,
            .shelf_life_hours = 8 * 24};
}

inline drivers::LabelScale some_scale(std::string_view protocol,
                                      const std::string& pattern = "FFWWWWWEEEEEC") {
    return {.id = "one",
            .words = "one",
            .address = {},
            .protocol = *drivers::label_protocol(protocol),
            .format = *domain::LabelFormat::of({.pattern = pattern, .flags = {"22"}}),
            .department = protocol == "dahua-tm" ? 3 : 0};
}

}  // namespace fangxin::tests
