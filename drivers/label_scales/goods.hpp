// What a label scale is to know of goods, and the scales of a shop. Values; any thread.
#pragma once

#include "domain/label_format.hpp"
#include "drivers/transports/address.hpp"

#include <cstdint>
#include <string>

namespace fangxin::drivers {

struct LabelGoods {
    int plu = 0;                 ///< its place in the scale, what is keyed in
    std::string code;            ///< the digits that the label carries, W of the format
    std::string name;            ///< UTF-8
    std::int64_t price_fen = 0;  ///< of a kilogram, or of a piece
    bool by_piece = false;
    std::int64_t tare_mg = 0;
    int shelf_life_hours = 0;  ///< 0: the label says nothing of it
    int label_number = 0;      ///< which of the scale's label layouts
    int category = 0;
    bool operator==(const LabelGoods&) const = default;
};

struct LabelProtocol;

struct LabelScale {
    std::string id;     ///< also its file's name: letters, digits, `-`, `_`
    std::string words;  ///< `Fish counter`
    TcpAddress address;
    const LabelProtocol* protocol = nullptr;  ///< never null; registry.hpp
    domain::LabelFormat format;               ///< of the labels it prints, with one flag
    int department = 0;

    const std::string& flag() const { return format.flags().front(); }
};

}  // namespace fangxin::drivers
