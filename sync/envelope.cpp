#include "sync/envelope.hpp"

#include <sodium.h>

namespace fangxin::sync {

Hash chain(const Hash& previous, std::string_view body) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, previous.data(), previous.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(body.data()),
                              body.size());
    Hash hash;
    crypto_hash_sha256_final(&state, hash.data());
    return hash;
}

std::string to_hex(const Hash& hash) {
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
    Hash hash;
    std::size_t size = 0;
    if (hex.size() != hash.size() * 2) return std::nullopt;
    if (sodium_hex2bin(hash.data(), hash.size(), hex.data(), hex.size(), nullptr, &size, nullptr) !=
            0 ||
        size != hash.size()) {
        return std::nullopt;
    }
    return hash;
}

std::string write_envelope(const Envelope& envelope) {
    json::object object;
    object.emplace("terminal", json::string(envelope.terminal));
    object.emplace("epoch", envelope.epoch);
    object.emplace("seq", envelope.seq);
    object.emplace("kind", json::string(envelope.kind));
    object.emplace("at", json::string(domain::format_instant(envelope.at)));
    object.emplace("person", json::string(envelope.person));
    object.emplace("data", envelope.data);
    return json::serialize(object);
}

namespace {

template <class T>
bool take(const json::object& object, std::string_view name, T& into) {
    const json::value* value = object.if_contains(name);
    if (!value) return false;
    auto decoded = JsonValue<T>::decode(*value);
    if (decoded) into = std::move(*decoded);
    return decoded.has_value();
}

}  // namespace

Result<Envelope> read_envelope(std::string_view body) {
    auto object = parse_strict_object(body);
    if (!object) return tl::unexpected(object.error());
    Envelope envelope;
    std::string at;
    if (!take(*object, "terminal", envelope.terminal)) return failure("bad_record", "op.terminal");
    if (!take(*object, "epoch", envelope.epoch)) return failure("bad_record", "op.epoch");
    if (!take(*object, "seq", envelope.seq)) return failure("bad_record", "op.seq");
    if (!take(*object, "kind", envelope.kind)) return failure("bad_record", "op.kind");
    if (!take(*object, "person", envelope.person)) return failure("bad_record", "op.person");
    if (!take(*object, "at", at)) return failure("bad_record", "op.at");
    auto time = domain::parse_instant(at);
    if (!time) return failure("bad_record", "op.at");
    envelope.at = *time;
    json::value* data = object->if_contains("data");
    if (!data || !data->is_object()) return failure("bad_record", "op.data");
    envelope.data = std::move(data->as_object());
    return envelope;
}

}  // namespace fangxin::sync
