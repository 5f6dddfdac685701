#include "sync/envelope.hpp"

#include "domain/check.hpp"
#include "sync/hex.hpp"
#include "sync/json_text.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <fmt/format.h>
#include <memory>
#include <openssl/evp.h>

namespace fangxin::sync {

namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

/// OpenSSL's, because it uses the processor's own SHA instructions: 3 µs for a sale of ten lines
/// where libsodium's takes 20, in the transaction that the customer waits for.
Hash chain(const Hash& previous, std::string_view body) {
    static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    Hash hash;
    bool done = EVP_DigestInit_ex(context.get(), sha256, nullptr) == 1 &&
                EVP_DigestUpdate(context.get(), previous.data(), previous.size()) == 1 &&
                EVP_DigestUpdate(context.get(), body.data(), body.size()) == 1 &&
                EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) == 1;
    FANGXIN_CHECK(done);
    return hash;
}

std::string to_hex(const Hash& hash) {
    return hex_of({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
    auto bytes = bytes_of_hex(hex);
    Hash hash;
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

std::string write_envelope(const Envelope& envelope, std::string_view data) {
    std::string text = R"({"terminal":)";
    append_json(text, envelope.terminal);
    fmt::format_to(std::back_inserter(text), R"(,"epoch":{},"seq":{},"kind":)", envelope.epoch,
                   envelope.seq);
    append_json(text, envelope.kind);
    text += R"(,"at":)";
    append_json(text, domain::format_instant(envelope.at));
    text += R"(,"person":)";
    append_json(text, envelope.person);
    text += R"(,"data":)";
    text += data;
    text += '}';
    return text;
}

std::string write_envelope(const Envelope& envelope) {
    return write_envelope(envelope, json::serialize(envelope.data));
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

Result<Envelope> read_envelope(std::string_view body, Zeros zeros) {
    // A tree of some hundred small pieces: taken from one block, they are given back with it.
    auto memory = json::make_shared_resource<json::monotonic_resource>(body.size() * 4 + 1024);
    // Its texts become columns.
    auto object = parse_strict_object(body, zeros, memory);
    if (!object) return tl::unexpected(object.error());
    std::string terminal;
    std::string kind;
    std::string person;
    std::string at;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    if (!take(*object, "terminal", terminal)) return failure("bad_record", "op.terminal");
    if (!take(*object, "epoch", epoch)) return failure("bad_record", "op.epoch");
    if (!take(*object, "seq", seq)) return failure("bad_record", "op.seq");
    if (!take(*object, "kind", kind)) return failure("bad_record", "op.kind");
    if (!take(*object, "person", person)) return failure("bad_record", "op.person");
    if (!take(*object, "at", at)) return failure("bad_record", "op.at");
    auto time = domain::parse_instant(at);
    if (!time) return failure("bad_record", "op.at");
    json::value* data = object->if_contains("data");
    if (!data || !data->is_object()) return failure("bad_record", "op.data");
    // Made with its data: an object that is assigned is copied out of its block.
    return Envelope{.terminal = std::move(terminal),
                    .epoch = epoch,
                    .seq = seq,
                    .kind = std::move(kind),
                    .at = *time,
                    .person = std::move(person),
                    .data = std::move(data->as_object())};
}

}  // namespace fangxin::sync
