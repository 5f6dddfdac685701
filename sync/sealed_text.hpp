// Personal data that a terminal takes down and cannot read again (sync.md, personal data): sealed
// to the store's key of the month (libsodium's crypto_box_seal, X25519), which only the server can
// open, and nobody any more once that month's key is forgotten. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// The setting that tells terminals the key of the month. The server changes it by itself.
inline constexpr std::string_view contact_key_setting = "contact_key";

/// The key of a month as the setting `contact_key` tells it: `2026-11:` and 64 hex digits.
struct SealKey {
    std::string month;
    std::string open;  ///< public, 32 bytes
};
std::optional<SealKey> read_seal_key(std::string_view text);
std::string text_of(const SealKey& key);

/// A new pair.
struct SealPair {
    std::string open;
    std::string secret;
};
SealPair make_seal_pair();

/// `2026-11:` and the sealed bytes in Base64.
std::string seal(const SealKey& key, std::string_view text);
/// Of which month; empty: this is nothing sealed.
std::string month_of_sealed(std::string_view sealed);
/// Nothing if it was not sealed to this pair, or was changed.
std::optional<std::string> open_sealed(const SealPair& pair, std::string_view sealed);

/// Bytes kept under a secret of 32 bytes (secretbox), Base64, and back; nothing if they were
/// changed or kept under another.
std::string lock_away(std::string_view secret, std::string_view bytes);
std::optional<std::string> unlock(std::string_view secret, std::string_view locked);

}  // namespace fangxin::sync
