// Brings one scale to what it is to know: sends what it has not acknowledged, removes what is gone,
// one question at a time. Blocks its thread, for a bounded time; run again, it goes on where it
// stopped, and a scale that was switched off catches up.
#pragma once

#include "drivers/label_scales/fitted.hpp"
#include "drivers/label_scales/sent_records.hpp"
#include "drivers/transports/transport.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fangxin::drivers {

enum class LabelState {
    accepted,    ///< acknowledged now
    unchanged,   ///< acknowledged before
    removed,     ///< acknowledged as gone
    refused,     ///< by the scale
    unfit,       ///< by us: not sent
    unanswered,  ///< may have arrived or not; sent again the next time
};
}  // namespace fangxin::drivers

namespace fangxin::domain {
template <>
struct EnumTable<drivers::LabelState> {
    static constexpr std::array rows{EnumText{drivers::LabelState::accepted, "accepted"},
                                     EnumText{drivers::LabelState::unchanged, "unchanged"},
                                     EnumText{drivers::LabelState::removed, "removed"},
                                     EnumText{drivers::LabelState::refused, "refused"},
                                     EnumText{drivers::LabelState::unfit, "unfit"},
                                     EnumText{drivers::LabelState::unanswered, "unanswered"}};
};
}  // namespace fangxin::domain

namespace fangxin::drivers {

struct LabelAnswer {
    int plu = 0;
    std::string name;  ///< empty for what is gone
    LabelState state = LabelState::unanswered;
    std::string reason;              ///< the scale's words, or the code of what does not fit
    std::vector<std::string> notes;  ///< as FittedGoods::notes; `older_stays`: what was
                                     ///< sent before lies in the scale still
};

struct ScaleAnswer {
    std::vector<LabelAnswer> goods;  ///< in the order given, then what is gone
    Error trouble;                   ///< why there are unanswered ones; empty code: none

    bool complete() const;  ///< the scale knows all that it is to know, and nothing else
};

struct SendTimes {
    int answer_ms = 2500;  ///< for each answer; the maker's own program waits as long
    int write_ms = 1000;
    int tries = 2;  ///< of each question, each on a new connection
};

/// A new connection to the scale.
using OpenLabelScale = std::function<Result<std::unique_ptr<Transport>>()>;

/// An empty list removes all goods: refuse it before, where it may be a mistake.
/// Errors of the disk alone, `cannot_write`.
Result<ScaleAnswer> send_goods(const LabelScale& scale, const std::vector<LabelGoods>& goods,
                               SentRecords& sent, const OpenLabelScale& open,
                               const SendTimes& times = {});

/// What send_goods would say before it has sent anything: `unchanged`, `unfit` or `unanswered`.
ScaleAnswer standing(const LabelScale& scale, const std::vector<LabelGoods>& goods,
                     const SentRecords& sent);

}  // namespace fangxin::drivers
