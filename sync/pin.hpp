// A person's PIN as it is stored and checked (ACCT-2): Argon2id, 64 MiB, so that whoever copies the
// database pays for every guess; and with the store's key, which no database holds, so that he can
// make none (sync.md, secrets). The server makes verifiers where PINs are imported; terminals check
// them. Any thread; each call takes some 60 ms.
#pragma once

#include "sync/store_key.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

/// `k1` and libsodium's own text form, `$argon2id$v=19$m=65536,t=2,p=1$…`, with a fresh salt: two
/// verifiers of one PIN differ. Without a key, as shops had them before, no `k1`.
std::string make_verifier(std::string_view pin, const StoreKey& key = {});

/// Whether it can be checked at all: without the store's key one that was made with it cannot.
bool is_checkable(std::string_view verifier, const StoreKey& key);
/// Whether it was made with a key.
bool is_keyed(std::string_view verifier);

/// False for a wrong PIN, for text that is no verifier or not checkable, and when there is no
/// memory to tell.
bool verify_pin(std::string_view verifier, std::string_view pin, const StoreKey& key = {});

}  // namespace fangxin::sync
