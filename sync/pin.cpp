#include "sync/pin.hpp"

#include "domain/check.hpp"

#include <array>
#include <sodium.h>

namespace fangxin::sync {

namespace {
constexpr unsigned long long operations = 2;
constexpr std::size_t memory_bytes = 64 * 1024 * 1024;
}  // namespace

std::string make_verifier(std::string_view pin) {
    FANGXIN_CHECK(sodium_init() >= 0);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    // Fails only without the memory: an empty verifier would lock a person out and say nothing.
    int made = crypto_pwhash_str_alg(text.data(), pin.data(), pin.size(), operations, memory_bytes,
                                     crypto_pwhash_ALG_ARGON2ID13);
    FANGXIN_CHECK(made == 0);
    return text.data();
}

bool verify_pin(std::string_view verifier, std::string_view pin) {
    FANGXIN_CHECK(sodium_init() >= 0);
    std::array<char, crypto_pwhash_STRBYTES> text{};  // libsodium reads up to a NUL
    if (verifier.empty() || verifier.size() >= text.size()) return false;
    verifier.copy(text.data(), verifier.size());
    return crypto_pwhash_str_verify(text.data(), pin.data(), pin.size()) == 0;
}

}  // namespace fangxin::sync
