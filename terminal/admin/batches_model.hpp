// The batches that the shop knows, with decision and age: who may be sold, what expires,
// what is blocked and by whom, and what was sold without being on record (SAFE-5). Pure; any
// thread.
#pragma once

#include "domain/batch.hpp"
#include "terminal/admin/list_page_model.hpp"
#include "terminal/admin/recall_facts.hpp"

#include <string>
#include <vector>

namespace fangxin::admin {

/// A block in force on a batch, with the words that only the wiring knows.
struct BlockFact {
    domain::Block block;
    std::string made_by;
    domain::StoreTime made_at;
};

struct BatchFact {
    domain::Batch batch;
    std::string item_name;
    std::string supplier;
    domain::Decision decision = domain::Decision::released;  ///< in force: decision_in_force()
    domain::Age age = domain::Age::fresh;
    domain::WithdrawalCause cause =
        domain::WithdrawalCause::none;  ///< why to clear the shelf of it
    std::vector<BlockFact> blocks;
    /// Sold, and on no record: `batch` says what the pack said, and since when.
    std::optional<domain::StoreTime> unrecorded_since;
};

struct BatchesFacts {
    std::vector<BatchFact> batches;  ///< by expiry, the earliest first
    bool may_recall = false;         ///< alone or with a second person
    domain::StoreTime now;
};

/// The chips, in their order.
enum class BatchFilter { all, near_expiry, to_withdraw, blocked, inspecting, unrecorded };
bool fits(const BatchFact& fact, BatchFilter filter);

ListPageView present_batches(const ListState& state, const BatchesFacts& facts,
                             const kit::TextTable& texts);

/// The batch whose details are shown, if it is still there.
const BatchFact* chosen_batch(const ListState& state, const BatchesFacts& facts);

/// `Released`, and the role it is shown in.
kit::RowTag decision_tag(domain::Decision decision, const kit::TextTable& texts);

}  // namespace fangxin::admin
