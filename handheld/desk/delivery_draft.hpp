// The delivery in hand, kept in the terminal's own database through a crash or a power cut
// (RECV-1). Each save has a number; a booking voids those up to its own within its transaction, so
// after a crash it is certain whether the delivery was booked: nobody has to be asked. Main loop
// only.
#pragma once

#include "handheld/screens/receive_model.hpp"
#include "sync/store/store_thread.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace fangxin::handheld {

class DeliveryDraft {
  public:
    explicit DeliveryDraft(sync::Database& reader);

    /// Written behind the answers; nothing if it is kept already.
    void keep(sync::StoreThread& store, const ReceiveState& state);
    /// Part of the transaction that books it. Store thread.
    static void booked(sync::Database& writer, std::int64_t number, const std::string& text,
                       const std::string& batch);
    /// What booked() wants, from now on the newest.
    std::int64_t next() { return ++*newest_; }

    /// What a crash left: a delivery in the making, or the batch that it became though nobody was
    /// told any more (`batch` set, page booked).
    static std::optional<ReceiveState> left(sync::Database& reader);

  private:
    std::shared_ptr<std::atomic<std::int64_t>> newest_;
    std::string kept_;
};

}  // namespace fangxin::handheld
