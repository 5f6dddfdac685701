// A person's PIN as it is stored and checked (ACCT-2): Argon2id, 64 MiB, so that whoever copies the
// database pays for every guess. The server makes verifiers where PINs are imported; terminals
// check them, also offline. One call takes about 60 ms and 64 MiB; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::sync {

/// libsodium's own text form, `$argon2id$v=19$m=65536,t=2,p=1$…`, with a fresh salt: two verifiers
/// of one PIN differ.
std::string make_verifier(std::string_view pin);

/// False for a wrong PIN, for text that is no verifier, and when there is no memory to tell.
bool verify_pin(std::string_view verifier, std::string_view pin);

}  // namespace fangxin::sync
