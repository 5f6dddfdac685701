#include "drivers/scales/registry.hpp"

#include "drivers/scales/toledo.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

template <class Parser>
std::unique_ptr<ScaleParser> make() {
    struct Owner final : ScaleParser {
        void feed(std::span<const std::byte> bytes) override { parser.feed(bytes); }
        std::optional<Reading> next() override { return parser.next(); }
        Parser parser;
    };
    return std::make_unique<Owner>();
}

constexpr std::array rows{
    ScaleDriver{.id = "toledo-continuous",
                .words = "Toledo continuous output: 8142, 8530, IND, Wildcat, 托利多",
                // 8N1 also reads a scale set to 7E1: as many bits, and the parser drops the eighth
                .line = {.baud = 9600, .data_bits = 8, .parity = Parity::none, .stop_bits = 1},
                .make = make<ToledoContinuous>},
};

}  // namespace

std::span<const ScaleDriver> scale_drivers() { return rows; }

const ScaleDriver* find_scale_driver(std::string_view id) {
    auto row = std::find_if(rows.begin(), rows.end(), [id](const auto& r) { return r.id == id; });
    return row == rows.end() ? nullptr : &*row;
}

}  // namespace fangxin::drivers
