// The number of a recall that a terminal made: it says who, and by which op.
#pragma once

#include "sync/messages.hpp"

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// `R-till-1-1-17`: till-1, epoch 1, op 17. The server's own: server_recall_id().
inline std::string recall_id(std::string_view terminal, const LogState& op) {
    return fmt::format("R-{}-{}-{}", terminal, op.epoch, op.last_seq);
}

/// `R-17`, and `R-4711-17` once the server was put back from a backup: terminals may hold an R-17
/// of before.
inline std::string server_recall_id(const LogState& op) {
    return op.epoch == 1 ? fmt::format("R-{}", op.last_seq)
                         : fmt::format("R-{}-{}", op.epoch, op.last_seq);
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
