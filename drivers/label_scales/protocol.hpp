// What one make of label scale wants on the wire: a record of bytes for goods, and what its answer
// says. Pure; any thread. The conversation is sender.hpp's, the rows are registry.hpp's.
#pragma once

#include "domain/result.hpp"
#include "drivers/label_scales/goods.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// How much a scale's fields hold. Goods beyond them are refused before anything is sent.
struct LabelLimits {
    int plu = 0;                    ///< the largest
    std::int64_t price_fen = 0;     ///< the largest
    std::int64_t tare_grams = 0;    ///< the largest; 0: no source says how a tare is sent
    int shelf_life_days = 0;        ///< the largest
    bool shelf_life_hours = false;  ///< or whole days only
    bool pieces = false;            ///< or goods by weight only
    std::size_t name_characters = 0;
    int category = 0;
    int label_number = 0;
    int department = 0;
    std::size_t code_digits = 5;  ///< behind a flag of two
};

enum class LabelOrder { put, erase, erase_all };

/// What was sent last, for the answer to be compared with.
struct LabelQuestion {
    LabelOrder order = LabelOrder::put;
    int plu = 0;
};

struct LabelReply {
    bool accepted = false;
    std::string reason;  ///< the scale's, where it refused
    bool operator==(const LabelReply&) const = default;
};

struct LabelProtocol {
    std::string_view id;
    std::string_view words;
    std::string_view unconfirmed;  ///< what no public source says, for whoever sets the scale up
    std::string_view tcp_port;
    LabelLimits limits;
    /// Of goods that fit; `name` is in the bytes of gb_name().
    std::string (*put)(const LabelGoods& goods, const LabelScale& scale, std::string_view name);
    std::string (*erase)(const LabelScale& scale, int plu);  ///< null: only all at once
    std::string (*erase_all)(const LabelScale& scale);
    /// The first whole answer, taken off the front of `received`; none if it is not whole yet.
    std::optional<LabelReply> (*take_reply)(std::string& received, const LabelQuestion& asked);
};

}  // namespace fangxin::drivers
