// The number of a recall that a terminal made: it says who, and by which op.
#pragma once

#include "sync/messages.hpp"

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// `R-till-1-1-17`: till-1, epoch 1, op 17. The server's own are `R-` and a number.
inline std::string recall_id(std::string_view terminal, const LogState& op) {
    return fmt::format("R-{}-{}-{}", terminal, op.epoch, op.last_seq);
}

inline bool is_recall_made_at(std::string_view recall, std::string_view terminal) {
    for (int number = 0; number < 2; ++number) {  // of the epoch, and in it
        std::size_t dash = recall.find_last_of('-');
        if (dash == recall.npos) return false;
        recall = recall.substr(0, dash);
    }
    return recall.starts_with("R-") && recall.substr(2) == terminal;
}

}  // namespace fangxin::sync
