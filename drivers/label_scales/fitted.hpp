// Whether goods fit a scale, judged before anything is sent: a label that the till reads as other
// goods, or a price that lost a digit, is worse than goods that are not there. Pure; any thread.
#pragma once

#include "drivers/label_scales/protocol.hpp"

#include <string>
#include <vector>

namespace fangxin::drivers {

struct FittedGoods {
    std::string record;              ///< what goes to the scale
    std::vector<std::string> notes;  ///< `name_cut`, `shelf_life_cut`: sent, but not whole
};

/// Errors, with the figure in words: `bad_plu` `bad_code` `bad_format` `no_name` `bad_character`
/// `bad_price` `label_amount` (one piece costs more than the label has digits for) `by_piece`
/// `bad_tare` `bad_shelf_life` `bad_category` `bad_label_number` `bad_department` `label_unread`
/// (our own reader would not find the goods on that scale's label).
Result<FittedGoods> fit(const LabelGoods& goods, const LabelScale& scale);

/// UTF-8 in characters of GB 2312, two bytes each; those of ASCII as their wide forms of row 3, for
/// scales hold no others. A name longer than `characters` ends with a whole one.
/// Error: `bad_character`, naming it.
struct GbName {
    std::string bytes;
    bool cut = false;
};
Result<GbName> gb_name(std::string_view utf8, std::size_t characters);

}  // namespace fangxin::drivers
