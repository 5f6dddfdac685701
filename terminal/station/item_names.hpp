// Items by their codes while a list is made, each read once, and what follows for their batches
// and blocks. Main loop only.
#pragma once

#include "terminal/station/lists.hpp"

#include <algorithm>
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
    domain::BatchStanding standing(const domain::Batch& batch,
                                   const std::vector<domain::Block>& blocks) {
        const auto& found = item(batch.item);
        return {decision(batch, blocks), age(batch),
                found ? domain::expiry_of(batch, found->item) : batch.expiry};
    }
    domain::WithdrawalCause withdrawal_cause(const domain::Batch& batch,
                                             const domain::BatchStanding& standing) {
        return domain::withdrawal_cause(batch, standing, station_.now().date());
    }
    /// False: the block is of packs that no batch on record is of.
    bool is_on_record(const domain::Block& block) {
        const auto& found = item(block.item);
        return domain::covers_whole_item(block) ||
               std::ranges::any_of(station_.shop().batches_of(block.item), [&](const auto& batch) {
                   return found && domain::covers(block, batch, found->item);
               });
    }

  private:
    Station& station_;
    std::map<std::string, std::optional<sync::FoundItem>> known_;
};

}  // namespace fangxin::terminal
