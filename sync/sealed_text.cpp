#include "sync/sealed_text.hpp"

#include "domain/check.hpp"
#include "sync/hex.hpp"

#include <algorithm>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::size_t month_size = 7;  // 2026-11

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_month(std::string_view text) {
    if (text.size() != month_size || text[4] != '-') return false;
    return std::ranges::all_of(text, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

std::string base64_of(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back();
    return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const int failed = sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(),
                                         nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0) return std::nullopt;
    bytes.resize(size);
    return bytes;
}

}  // namespace

std::optional<SealKey> read_seal_key(std::string_view text) {
    if (text.size() <= month_size || text[month_size] != ':') return std::nullopt;
    auto open = bytes_of_hex(text.substr(month_size + 1));
    if (!is_month(text.substr(0, month_size)) || !open || open->size() != crypto_box_PUBLICKEYBYTES)
        return std::nullopt;
    return SealKey{std::string(text.substr(0, month_size)), *open};
}

std::string text_of(const SealKey& key) { return key.month + ":" + hex_of(key.open); }

SealPair make_seal_pair() {
    FANGXIN_CHECK(sodium_init() >= 0);
    SealPair pair{std::string(crypto_box_PUBLICKEYBYTES, '\0'),
                  std::string(crypto_box_SECRETKEYBYTES, '\0')};
    crypto_box_keypair(bytes_of(pair.open), bytes_of(pair.secret));
    return pair;
}

std::string seal(const SealKey& key, std::string_view text) {
    FANGXIN_CHECK(sodium_init() >= 0);
    FANGXIN_CHECK(key.open.size() == crypto_box_PUBLICKEYBYTES);
    std::string sealed(text.size() + crypto_box_SEALBYTES, '\0');
    const int failed = crypto_box_seal(bytes_of(sealed), bytes_of(text), text.size(),
                                       bytes_of(std::string_view(key.open)));
    FANGXIN_CHECK(failed == 0);
    return key.month + ":" + base64_of(sealed);
}

std::string month_of_sealed(std::string_view sealed) {
    if (sealed.size() <= month_size || sealed[month_size] != ':') return {};
    const std::string_view month = sealed.substr(0, month_size);
    return is_month(month) ? std::string(month) : std::string();
}

std::optional<std::string> open_sealed(const SealPair& pair, std::string_view sealed) {
    if (month_of_sealed(sealed).empty()) return std::nullopt;
    auto bytes = bytes_of_base64(sealed.substr(month_size + 1));
    if (!bytes || bytes->size() < crypto_box_SEALBYTES) return std::nullopt;
    if (pair.open.size() != crypto_box_PUBLICKEYBYTES ||
        pair.secret.size() != crypto_box_SECRETKEYBYTES)
        return std::nullopt;
    std::string text(bytes->size() - crypto_box_SEALBYTES, '\0');
    const int failed = crypto_box_seal_open(bytes_of(text), bytes_of(std::string_view(*bytes)),
                                            bytes->size(), bytes_of(std::string_view(pair.open)),
                                            bytes_of(std::string_view(pair.secret)));
    if (failed != 0) return std::nullopt;
    return text;
}

std::string lock_away(std::string_view secret, std::string_view bytes) {
    FANGXIN_CHECK(sodium_init() >= 0);
    FANGXIN_CHECK(secret.size() == crypto_secretbox_KEYBYTES);
    std::string box(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(box.data(), box.size());
    std::string inside(bytes.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(bytes_of(inside), bytes_of(bytes), bytes.size(),
                          bytes_of(std::string_view(box)), bytes_of(secret));
    return base64_of(box + inside);
}

std::optional<std::string> unlock(std::string_view secret, std::string_view locked) {
    FANGXIN_CHECK(secret.size() == crypto_secretbox_KEYBYTES);
    auto box = bytes_of_base64(locked);
    constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!box || box->size() < around) return std::nullopt;
    const std::string_view all = *box;
    const std::string_view inside = all.substr(crypto_secretbox_NONCEBYTES);
    std::string bytes(all.size() - around, '\0');
    const int failed = crypto_secretbox_open_easy(bytes_of(bytes), bytes_of(inside), inside.size(),
                                                  bytes_of(all), bytes_of(secret));
    if (failed != 0) return std::nullopt;
    return bytes;
}

}  // namespace fangxin::sync
