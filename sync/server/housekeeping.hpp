// What a store's server does once a day, of itself: the month's key for personal data, and what has
// been kept long enough goes. Writer connection, store thread.
#pragma once

#include "sync/server/book.hpp"
#include "sync/server/store_keys.hpp"

namespace fangxin::sync {

/// How long rows stay at hand; the ops that made them stay for ever.
inline constexpr std::int64_t attempts_kept_days = 400;
inline constexpr std::int64_t changes_kept_days = 800;
/// So many days it was done, never more than a week apart, before anything is forgotten.
inline constexpr std::int64_t house_days_wanted = 7;

struct HouseKept {
    Changed changed;
    bool done = true;  ///< false: there is more of the old than one transaction takes
};

/// One transaction; does nothing where it was done today already, by any server of the book. A
/// clock that leaps, or goes back, has to go right for a week before anything is forgotten or
/// another month's key is told.
Result<HouseKept> keep_house(Database& writer, const StoreKeys& keys, std::int64_t now_ms);

}  // namespace fangxin::sync
