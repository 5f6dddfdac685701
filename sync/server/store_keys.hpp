// The store's secrets, all made of one: the key of its authority (`ca.key`), which every server of
// the book has and every backup carries. What a database holds is not enough to guess a PIN, to
// read a telephone number, or to write a log that nobody wrote. Any thread.
#pragma once

#include "sync/log_key.hpp"
#include "sync/store/database.hpp"
#include "sync/store_key.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace fangxin::sync {

struct StoreKeys {
    StoreKey shared;    ///< that its terminals are told
    LogKey log;         ///< signs the server's own log
    std::string vault;  ///< 32 bytes, under which what nobody else opens is locked away
};

/// Code `bad_key`.
Result<StoreKeys> keys_of_store(std::string_view ca_key);
/// Of this server's folder, where an authority is made if the book has none. Codes of
/// StoreAuthority::open().
Result<StoreKeys> open_store_keys(const std::filesystem::path& directory, Database& writer);
/// Nothing is made; code `no_ca_key` where there is none.
Result<StoreKeys> read_store_keys(const std::filesystem::path& directory);

}  // namespace fangxin::sync
