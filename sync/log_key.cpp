#include "sync/log_key.hpp"

#include "domain/check.hpp"
#include "sync/hex.hpp"
#include "sync/store/private_file.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view key_file = "log.key";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_of(const SignedEnd& end) {
    return fmt::format("fangxin log 1\n{}\n{}\n{}\n{}\n", end.terminal, end.epoch, end.seq,
                       end.head);
}

}  // namespace

LogKey::LogKey(std::string_view seed) {
    FANGXIN_CHECK(sodium_init() >= 0);
    FANGXIN_CHECK(seed.size() == crypto_sign_SEEDBYTES);
    static_assert(crypto_sign_SECRETKEYBYTES == std::tuple_size_v<decltype(secret_)>);
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
    crypto_sign_seed_keypair(open.data(), secret_.data(), bytes_of(seed));
    name_ = hex_of({reinterpret_cast<const char*>(open.data()), open.size()});
}

Result<LogKey> LogKey::open(const std::filesystem::path& directory) {
    auto kept = read_private_file(directory / key_file);
    if (!kept) return tl::unexpected(kept.error());
    if (*kept) {
        auto seed = bytes_of_hex(**kept);
        if (!seed || seed->size() != crypto_sign_SEEDBYTES)
            return failure("bad_key", (directory / key_file).string());
        return LogKey(*seed);
    }
    FANGXIN_CHECK(sodium_init() >= 0);
    std::string seed(crypto_sign_SEEDBYTES, '\0');
    randombytes_buf(seed.data(), seed.size());
    if (auto written = write_private_file(directory / key_file, hex_of(seed)); !written)
        return tl::unexpected(written.error());
    return LogKey(seed);
}

std::string LogKey::sign(const SignedEnd& end) const {
    const std::string text = text_of(end);
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(text), text.size(), secret_.data());
    return hex_of({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

bool is_signed_by(std::string_view name, const SignedEnd& end, std::string_view signature) {
    FANGXIN_CHECK(sodium_init() >= 0);
    auto key = bytes_of_hex(name);
    auto bytes = bytes_of_hex(signature);
    if (!key || key->size() != crypto_sign_PUBLICKEYBYTES) return false;
    if (!bytes || bytes->size() != crypto_sign_BYTES) return false;
    const std::string text = text_of(end);
    return crypto_sign_verify_detached(bytes_of(*bytes), bytes_of(text), text.size(),
                                       bytes_of(*key)) == 0;
}

}  // namespace fangxin::sync
