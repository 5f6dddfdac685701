#include "drivers/label_scales/registry.hpp"

#include "drivers/label_scales/cas_cl5000.hpp"
#include "drivers/label_scales/dahua_tm.hpp"

#include <array>

namespace fangxin::drivers {

std::span<const LabelProtocol* const> label_protocols() {
    static constexpr std::array rows = {&dahua_tm, &cas_cl5000};
    return rows;
}

Result<const LabelProtocol*> label_protocol(std::string_view id) {
    std::string known;
    for (const LabelProtocol* row : label_protocols()) {
        if (row->id == id) return row;
        known += fmt::format("{}{}", known.empty() ? "" : ", ", row->id);
    }
    return failure("unknown_protocol", fmt::format("{} is none of {}", id, known));
}

}  // namespace fangxin::drivers
