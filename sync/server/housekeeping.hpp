// What a store's server does once a day, of itself: the month's key for personal data, and what has
// been kept long enough goes. Writer connection, store thread.
#pragma once

#include "sync/server/book.hpp"
#include "sync/server/store_keys.hpp"

namespace fangxin::sync {

/// How long rows stay at hand; the ops that made them stay for ever.
inline constexpr std::int64_t attempts_kept_days = 400;
inline constexpr std::int64_t changes_kept_days = 800;
inline constexpr std::int64_t holds_kept_days = 30;

struct HouseKept {
    Changed changed;
    bool done = true;  ///< false: there is more of the old than one transaction takes
};

/// One transaction; does nothing where it was done today already, by any server of the book. After
/// a gap of more than 40 days, which may be a clock that is wrong, nothing is forgotten until the
/// next day.
Result<HouseKept> keep_house(Database& writer, const StoreKeys& keys, std::int64_t now_ms);

}  // namespace fangxin::sync
