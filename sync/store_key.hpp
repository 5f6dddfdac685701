// The one secret that the store's terminals share and no database holds (sync.md, secrets): PINs
// are hashed with it, and members are found by telephone numbers that are stored nowhere. The
// server derives it from its authority's key and tells it in its welcome; a terminal keeps it in
// `store.key` (0600) beside its database. Any thread.
#pragma once

#include "domain/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// 32 bytes, or none: a server of before told none.
struct StoreKey {
    std::string bytes;
    bool empty() const { return bytes.empty(); }
    bool operator==(const StoreKey&) const = default;
};

/// 64 hex digits, or nothing for none; what is neither is none.
std::string text_of(const StoreKey& key);
StoreKey read_store_key(std::string_view text);

/// None if there is no such file. Codes `cannot_open`, `bad_key` (the file is no key).
Result<StoreKey> load_store_key(const std::filesystem::path& directory);
/// Code `cannot_write`.
Result<void> save_store_key(const std::filesystem::path& directory, const StoreKey& key);

/// What is made of the key for one purpose: 32 bytes that tell nothing of it. At most 8 characters
/// of `purpose` count. The key must be one.
std::string derived_key(std::string_view key, std::string_view purpose);

/// By which a member is found: the same for one number however it is written, 32 hex digits. Empty
/// without a key or a digit.
std::string phone_tag(const StoreKey& key, std::string_view phone);

}  // namespace fangxin::sync
