// Keys, requests and certificates of a store (SYNC-3): P-256 and SHA-256 only, as PEM texts. The
// store's own authority issues them; a terminal and its server trust nobody else. Any thread.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

/// A new private key (PKCS 8).
std::string make_key();

/// The number that a key is (RFC 5480), 32 bytes: what other secrets may be derived from. Code
/// `bad_key`.
Result<std::string> secret_of_key(std::string_view key);

/// What is known of a certificate, or of a request for one. `spki` is the SHA-256 of the public key
/// as it stands in it (SubjectPublicKeyInfo, RFC 5280), 64 hex digits: it names its holder.
struct CertificateFacts {
    std::string spki;
    std::string name;  ///< its subject's common name
    std::int64_t from_ms = 0;
    std::int64_t until_ms = 0;
};
/// Code `bad_certificate`.
Result<CertificateFacts> certificate_facts(std::string_view pem);
/// A request that is signed by the key it asks for. Code `bad_request`: no request, another kind of
/// key, a wrong signature.
Result<CertificateFacts> request_facts(std::string_view pem);
/// Asks for a certificate of this key. Code `bad_key`.
Result<std::string> make_request(std::string_view key, std::string_view name);

/// Who issues certificates.
struct Authority {
    std::string key;
    std::string certificate;
};
/// Its certificate never runs out: it is replaced, not renewed.
Authority make_authority(std::string_view name);
/// Code `bad_key`, `bad_certificate`, or `other_key`: the key is not the certificate's.
Result<void> check_pair(std::string_view key, std::string_view certificate);

enum class Purpose { serve, connect };  ///< a terminal's certificate cannot play the server
struct Issue {
    std::string request;
    std::string name;  ///< common name; the request's own is not believed
    Purpose purpose = Purpose::connect;
    std::int64_t from_ms = 0;
    std::int64_t until_ms = 0;
    std::vector<std::string> hosts;  ///< addresses and names of a server
};
/// Codes `bad_request`, `bad_key`.
Result<std::string> issue(const Authority& authority, const Issue& asked);

/// True if this authority signed it for that purpose. When it runs out is not looked at.
bool is_issued_by(std::string_view certificate, std::string_view authority, Purpose purpose);

/// What people compare: `3F2A-90C1-77B4-E0D2`, the first 64 bits of an `spki`.
std::string fingerprint_of(std::string_view spki);

/// Two thirds of its life are over.
bool is_to_be_renewed(const CertificateFacts& certificate, std::int64_t now_ms);

}  // namespace fangxin::sync
