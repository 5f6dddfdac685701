#include "sync/pin.hpp"

#include "domain/check.hpp"
#include "sync/hex.hpp"

#include <array>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr unsigned long long operations = 2;
constexpr std::size_t memory_bytes = 64 * 1024 * 1024;
constexpr std::string_view keyed = "k1";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// What is hashed: of a PIN and a key something that cannot be guessed without the key.
std::string peppered(std::string_view pin, const StoreKey& key) {
    const std::string secret = derived_key(key.bytes, "pin");
    std::string bytes(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), bytes_of(pin),
                       pin.size(), bytes_of(secret), secret.size());
    return hex_of(bytes);
}

}  // namespace

std::string make_verifier(std::string_view pin, const StoreKey& key) {
    FANGXIN_CHECK(sodium_init() >= 0);
    const std::string hashed = key.empty() ? std::string(pin) : peppered(pin, key);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    // Fails only without the memory: an empty verifier would lock a person out and say nothing.
    int made = crypto_pwhash_str_alg(text.data(), hashed.data(), hashed.size(), operations,
                                     memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    FANGXIN_CHECK(made == 0);
    return std::string(key.empty() ? "" : keyed) + text.data();
}

bool is_keyed(std::string_view verifier) { return verifier.starts_with(keyed); }

bool is_checkable(std::string_view verifier, const StoreKey& key) {
    return !is_keyed(verifier) || !key.empty();
}

bool verify_pin(std::string_view verifier, std::string_view pin, const StoreKey& key) {
    FANGXIN_CHECK(sodium_init() >= 0);
    if (!is_checkable(verifier, key)) return false;
    const std::string hashed = is_keyed(verifier) ? peppered(pin, key) : std::string(pin);
    if (is_keyed(verifier)) verifier.remove_prefix(keyed.size());
    std::array<char, crypto_pwhash_STRBYTES> text{};  // libsodium reads up to a NUL
    if (verifier.empty() || verifier.size() >= text.size()) return false;
    verifier.copy(text.data(), verifier.size());
    return crypto_pwhash_str_verify(text.data(), hashed.data(), hashed.size()) == 0;
}

}  // namespace fangxin::sync
