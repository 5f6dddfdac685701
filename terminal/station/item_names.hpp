// Items by their codes while a list is made, each read once. Main loop only.
#pragma once

#include "terminal/station/lists.hpp"

#include <map>
#include <optional>
#include <string>

namespace fangxin::terminal {

class ItemNames {
  public:
    explicit ItemNames(Station& station) : station_(station) {}

    const std::optional<sync::FoundItem>& item(const std::string& code) {
        auto [place, fresh] = known_.try_emplace(code);
        if (fresh) place->second = station_.shop().by_item(code);
        return place->second;
    }
    /// In the terminal's language; the code where there is no such item.
    std::string name(const std::string& code) {
        const auto& found = item(code);
        return found ? name_of(found->item, station_.options().language) : code;
    }
    domain::Age age(const domain::Batch& batch) {
        const auto& found = item(batch.item);
        if (!found) return domain::Age::fresh;
        return domain::age_of(batch, found->item, found->category.near_expiry_days, station_.now());
    }
    /// `blocks` may be of all items.
    domain::Decision decision(const domain::Batch& batch,
                              const std::vector<domain::Block>& blocks) {
        const auto& found = item(batch.item);
        return found ? domain::decision_in_force(batch, blocks, found->item) : batch.decision;
    }

  private:
    Station& station_;
    std::map<std::string, std::optional<sync::FoundItem>> known_;
};

}  // namespace fangxin::terminal
