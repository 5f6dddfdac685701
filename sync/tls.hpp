// TLS between a terminal and its server (SYNC-3): version 1.3 alone, certificates of the store's
// own authority alone, no tickets and no cache of sessions. No side judges by its own clock in the
// handshake: a till's may be years off, and it learns the time through this line. Whether a
// terminal's certificate has run out the server says afterwards, in words.
#pragma once

#include "sync/certificates.hpp"

#include <memory>
#include <optional>

struct ssl_st;
struct ssl_ctx_st;

namespace fangxin::sync {

/// Who we are to the other side, and whom we trust. Texts as in certificates.hpp.
struct Credentials {
    std::string key;
    std::string certificate;
    std::string authority;
    bool operator==(const Credentials&) const = default;
};

/// May be shared between threads.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

/// Asks for a terminal's certificate and takes none of another authority; one that has none gets
/// through the handshake, for it may come to be enrolled. Codes of check_pair().
Result<TlsContext> server_tls(const Credentials& own);
/// Takes no other server than one of its authority.
Result<TlsContext> terminal_tls(const Credentials& own);
/// Of a terminal that has no certificate yet: pinned_authority() says whether to go on.
TlsContext enrolling_tls();

/// After a handshake: the other side's certificate, if it showed one.
std::optional<CertificateFacts> peer_certificate(const ssl_st* line);
/// After a handshake: the authority of whoever answered, if its key has this pin (an `spki`) and if
/// it let the other side serve. Code `wrong_store`.
Result<std::string> pinned_authority(const ssl_st* line, std::string_view pin);

}  // namespace fangxin::sync
