#include "sync/store_key.hpp"

#include "domain/check.hpp"
#include "domain/masked_text.hpp"
#include "sync/hex.hpp"
#include "sync/store/private_file.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view key_file = "store.key";
constexpr std::size_t key_bytes = crypto_kdf_KEYBYTES;
constexpr std::size_t tag_bytes = 16;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string text_of(const StoreKey& key) { return hex_of(key.bytes); }

StoreKey read_store_key(std::string_view text) {
    auto bytes = bytes_of_hex(text);
    return bytes && bytes->size() == key_bytes ? StoreKey{*bytes} : StoreKey{};
}

Result<StoreKey> load_store_key(const std::filesystem::path& directory) {
    auto text = read_private_file(directory / key_file);
    if (!text) return tl::unexpected(text.error());
    if (!*text) return StoreKey{};
    StoreKey key = read_store_key(**text);
    if (key.empty()) return failure("bad_key", (directory / key_file).string());
    return key;
}

Result<void> save_store_key(const std::filesystem::path& directory, const StoreKey& key) {
    return write_private_file(directory / key_file, text_of(key));
}

std::string derived_key(std::string_view key, std::string_view purpose) {
    FANGXIN_CHECK(sodium_init() >= 0);
    FANGXIN_CHECK(key.size() == crypto_kdf_KEYBYTES);
    std::array<char, crypto_kdf_CONTEXTBYTES> context{};
    std::copy_n(purpose.begin(), std::min(purpose.size(), context.size()), context.begin());
    std::string derived(key_bytes, '\0');
    const int failed = crypto_kdf_derive_from_key(reinterpret_cast<unsigned char*>(derived.data()),
                                                  derived.size(), 1, context.data(), bytes_of(key));
    FANGXIN_CHECK(failed == 0);
    return derived;
}

std::string phone_tag(const StoreKey& key, std::string_view phone) {
    const std::string digits = domain::phone_digits(phone);
    if (key.empty() || digits.empty()) return {};
    const std::string secret = derived_key(key.bytes, "phone");
    std::string tag(tag_bytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(tag.data()), tag.size(), bytes_of(digits),
                       digits.size(), bytes_of(secret), secret.size());
    return hex_of(tag);
}

}  // namespace fangxin::sync
