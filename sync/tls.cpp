#include "sync/tls.hpp"

#include "domain/check.hpp"
#include "sync/tls_types.hpp"

#include <openssl/pem.h>

namespace fangxin::sync {

namespace {

TlsContext new_context(const SSL_METHOD* method) {
    TlsContext context(SSL_CTX_new(method), &SSL_CTX_free);
    FANGXIN_CHECK(context != nullptr);
    SSL_CTX* raw = context.get();
    FANGXIN_CHECK(SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) == 1);
    FANGXIN_CHECK(SSL_CTX_set_max_proto_version(raw, TLS1_3_VERSION) == 1);
    FANGXIN_CHECK(SSL_CTX_set1_groups_list(raw, "P-256") == 1);
    FANGXIN_CHECK(SSL_CTX_set1_sigalgs_list(raw, "ECDSA+SHA256") == 1);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    FANGXIN_CHECK(SSL_CTX_set_num_tickets(raw, 0) == 1);
    SSL_CTX_set_max_early_data(raw, 0);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    return context;
}

Result<void> use(SSL_CTX* context, const Credentials& own) {
    if (auto pair = check_pair(own.key, own.certificate); !pair) return pair;
    CertPtr certificate = read_certificate(own.certificate);
    CertPtr authority = read_certificate(own.authority);
    if (!authority) return failure("bad_certificate", "no authority");
    BioPtr bio(BIO_new_mem_buf(own.key.data(), static_cast<int>(own.key.size())));
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    FANGXIN_CHECK(key && SSL_CTX_use_certificate(context, certificate.get()) == 1);
    FANGXIN_CHECK(SSL_CTX_use_PrivateKey(context, key.get()) == 1);
    FANGXIN_CHECK(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) == 1);
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
    // Sent along, for a terminal that has only the authority's pin yet.
    FANGXIN_CHECK(SSL_CTX_add1_chain_cert(context, authority.get()) == 1);
    return {};
}

}  // namespace

Result<TlsContext> server_tls(const Credentials& own) {
    TlsContext context = new_context(TLS_server_method());
    if (auto used = use(context.get(), own); !used) return tl::unexpected(used.error());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

Result<TlsContext> terminal_tls(const Credentials& own) {
    TlsContext context = new_context(TLS_client_method());
    if (auto used = use(context.get(), own); !used) return tl::unexpected(used.error());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

TlsContext enrolling_tls() {
    TlsContext context = new_context(TLS_client_method());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    return context;
}

std::optional<CertificateFacts> peer_certificate(const ssl_st* line) {
    X509* shown = SSL_get0_peer_certificate(line);
    if (!shown) return std::nullopt;
    return facts_of(shown);
}

Result<std::string> pinned_authority(const ssl_st* line, std::string_view pin) {
    X509* server = SSL_get0_peer_certificate(line);
    const STACK_OF(X509)* chain = SSL_get_peer_cert_chain(line);
    for (int i = 0; server && i < sk_X509_num(chain); ++i) {
        X509* each = sk_X509_value(chain, i);
        if (spki_of(X509_get_X509_PUBKEY(each)) != pin) continue;
        if (is_issued_by(server, each, Purpose::serve)) return certificate_pem(each);
    }
    return failure("wrong_store", "whoever answers there is not the store of this code");
}

}  // namespace fangxin::sync
