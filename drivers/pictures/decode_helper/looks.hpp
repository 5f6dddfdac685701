// One picture looked at in one way after another, the cheap and likely ones first; whoever asks
// decides by the clock how many. One thread.
#pragma once

#include "drivers/pictures/decode_helper/patches.hpp"
#include "drivers/pictures/decode_helper/symbol.hpp"

#include <utility>

namespace fangxin::drivers {

class Looks {
  public:
    enum class From { file, camera };

    Looks(GreyPicture picture, From from) : picture_(std::move(picture)), from_(from) {}

    /// The whole picture by ZXing; a file also on a wider ground, for those that are cut at the
    /// code's edge; each patch, smoothed and then sharpened; EAN and UPC by zbar.
    std::optional<Symbol> look(int number);
    bool has(int number);
    /// Whether a code's kind and reader are to be believed at once, or two looks said the same.
    /// UPC-E and DataBar say little that would betray a wrong reading.
    bool sure(const Symbol& symbol);

  private:
    enum class What { whole, wide, smooth, sharp, zbar_patch, zbar_whole };
    struct Step {
        What what;
        std::size_t patch = 0;
    };
    void plan();
    std::optional<Symbol> take(const Step& step);
    std::optional<Symbol> look_at_patch(const Step& step) const;

    GreyPicture picture_;
    From from_;
    int margin_ = 0;  ///< that picture_ was given around
    std::vector<Patch> patches_;
    std::vector<Step> steps_{{What::whole}};
    bool planned_ = false;
    std::vector<std::string> unsure_;  ///< format and text of those seen once
};

}  // namespace fangxin::drivers
