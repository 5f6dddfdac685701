// Batches as the handheld's lists and pages show them, their items and suppliers looked up once for
// a whole list. Main loop only.
#pragma once

#include "handheld/screens/goods_words.hpp"
#include "terminal/station/item_names.hpp"

#include <map>
#include <string>
#include <vector>

namespace fangxin::handheld {

class BatchReading {
  public:
    explicit BatchReading(terminal::Station& station) : station_(station), names_(station) {}

    /// `blocks` holds at least those of the batch's item.
    BatchFacts of(const domain::Batch& batch, const std::vector<domain::Block>& blocks);

  private:
    const std::string& supplier(const std::string& code);

    terminal::Station& station_;
    terminal::ItemNames names_;
    std::map<std::string, std::string> suppliers_;
};

}  // namespace fangxin::handheld
