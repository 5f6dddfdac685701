// The basket in hand, kept through a crash. Saved behind the cashier's work, since nobody waits for
// a scan to be durable; dropped or replaced inside the transaction that pays, holds or takes a
// basket up. A save that was asked for before that and is still waiting in the store's queue is
// then void: written late, it brought a paid basket back after a restart, and it was paid twice.
//
// Saves are numbered. Dropping writes only the number up to which drafts are void, beside others
// that every payment writes; deleting the row would touch three more pages of the disk.
// Main loop; the functions that take a writer run on the store thread.
#pragma once

#include "domain/basket.hpp"
#include "sync/store/store_thread.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace fangxin::terminal {

class BasketDraft {
  public:
    /// Goes on after the numbers of the last program.
    explicit BasketDraft(sync::Database& reader);

    /// Only the last of several that wait is written.
    void save(sync::StoreThread& store, const domain::Basket& basket);

    /// In the caller's transaction. If that is rolled back, save() again.
    void drop(sync::Database& writer);
    void replace(sync::Database& writer, const std::string& body);

    /// What the last program left; none, or one that cannot be read, is none.
    static std::optional<domain::Basket> load(sync::Database& reader);

  private:
    /// The number of the save that counts. Shared: a save may outlive the checkout.
    std::shared_ptr<std::atomic<std::int64_t>> newest_;
};

}  // namespace fangxin::terminal
