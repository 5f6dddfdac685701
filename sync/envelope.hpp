// An op in its envelope: who, where, when and which number, around the declared body. The text is
// made once, when the op is journalled; from then on it is stored, sent, hashed and exported as
// these bytes.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"
#include "sync/codec.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// SHA-256 (FIPS 180-4), 32 bytes.
using Hash = std::array<unsigned char, 32>;

/// Where a chain stands: the hash of its last op; 32 zero bytes before the first.
/// hash = SHA-256(previous hash ‖ body), per terminal and epoch.
Hash chain(const Hash& previous, std::string_view body);
std::string to_hex(const Hash& hash);
std::optional<Hash> hash_from_hex(std::string_view hex);

struct Envelope {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string kind;
    domain::StoreTime at;
    std::string person;
    json::object data;
};

/// The server's own log in its book; no terminal bears this name.
inline constexpr std::string_view server_log_name = "server";

std::string write_envelope(const Envelope& envelope);
/// The same with the data as JSON text; `envelope.data` is not looked at.
std::string write_envelope(const Envelope& envelope, std::string_view data);
/// Refuses with `bad_json` or `bad_record`; the detail names the member.
/// A text with U+0000 in it no column holds: only whoever wrote it takes it.
Result<Envelope> read_envelope(std::string_view body, Zeros zeros = Zeros::refused);

template <class Op>
json::object op_data(const Op& op) {
    return to_json(op);
}

}  // namespace fangxin::sync
