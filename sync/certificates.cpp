#include "sync/certificates.hpp"

#include "domain/check.hpp"
#include "sync/tls_types.hpp"

#include <array>
#include <ctime>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace fangxin::sync {

namespace {

constexpr long x509_v3 = 2;
// RFC 5280 4.1.2.5: no date at which it would run out.
constexpr const char* never = "99991231235959Z";
constexpr const char* always = "20200101000000Z";  // also for a server whose clock is set back

BioPtr reading(std::string_view pem) {
    return BioPtr(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

/// A key in a file that asks for a password is none of ours; OpenSSL would ask at the terminal.
int no_password(char*, int, int, void*) { return -1; }

KeyPtr read_key(std::string_view pem) {
    return KeyPtr(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, &no_password, nullptr));
}
RequestPtr read_request(std::string_view pem) {
    return RequestPtr(PEM_read_bio_X509_REQ(reading(pem).get(), nullptr, &no_password, nullptr));
}

template <class Write, class Object>
std::string pem_of(Write write, Object* object) {
    BioPtr bio(BIO_new(BIO_s_mem()));
    FANGXIN_CHECK(bio && write(bio.get(), object) == 1);
    return text_of(bio.get());
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    return key && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "prime256v1";
}

std::int64_t ms_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    return static_cast<std::int64_t>(::timegm(&parts)) * 1000;
}

void set_name(X509_NAME* into, std::string_view name) {
    FANGXIN_CHECK(X509_NAME_add_entry_by_txt(into, "CN", MBSTRING_UTF8,
                                             reinterpret_cast<const unsigned char*>(name.data()),
                                             static_cast<int>(name.size()), -1, 0) == 1);
}

std::string name_of(const X509_NAME* name) {
    const int place = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (place < 0) return {};
    unsigned char* text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
    if (size < 0) return {};
    std::string found(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return found;
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    FANGXIN_CHECK(made && X509_add_ext(certificate, made, -1) == 1);
    X509_EXTENSION_free(made);
}

/// A random serial of 127 bits: it says nothing of how many there are.
void set_serial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    FANGXIN_CHECK(RAND_bytes(bytes.data(), bytes.size()) == 1);
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
    BIGNUM* number = BN_bin2bn(bytes.data(), bytes.size(), nullptr);
    FANGXIN_CHECK(number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)));
    BN_free(number);
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string text;
    for (const std::string& host : hosts) {
        // What is neither an address nor a plain name would be taken for OpenSSL's own grammar.
        if (host.find_first_of(",;@\n ") != host.npos) continue;
        ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
        text += (text.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + host;
        ASN1_OCTET_STRING_free(address);
    }
    return text;
}

/// A host's name or address without what it may be followed by (`%eth0`).
void set_extensions(X509* certificate, X509* issuer, const Issue& asked) {
    const bool serves = asked.purpose == Purpose::serve;
    extend(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate, issuer, NID_key_usage, "critical,digitalSignature");
    extend(certificate, issuer, NID_ext_key_usage, serves ? "serverAuth" : "clientAuth");
    extend(certificate, issuer, NID_subject_key_identifier, "hash");
    extend(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    const std::string names = alternative_names(asked.hosts);
    if (!names.empty()) extend(certificate, issuer, NID_subject_alt_name, names);
}

}  // namespace

CertPtr read_certificate(std::string_view pem) {
    return CertPtr(PEM_read_bio_X509(reading(pem).get(), nullptr, &no_password, nullptr));
}

std::string certificate_pem(X509* certificate) { return pem_of(&PEM_write_bio_X509, certificate); }

std::string spki_of(X509_PUBKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(key, &der);
    if (size <= 0) return {};
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned hash_size = 0;
    FANGXIN_CHECK(EVP_Digest(der, static_cast<std::size_t>(size), hash.data(), &hash_size,
                             EVP_sha256(), nullptr) == 1);
    OPENSSL_free(der);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < hash_size; ++i) {
        text += digits[hash[i] >> 4];
        text += digits[hash[i] & 15];
    }
    return text;
}

CertificateFacts facts_of(X509* certificate) {
    return {spki_of(X509_get_X509_PUBKEY(certificate)), name_of(X509_get_subject_name(certificate)),
            ms_of(X509_get0_notBefore(certificate)), ms_of(X509_get0_notAfter(certificate))};
}

bool is_issued_by(X509* certificate, X509* authority, Purpose purpose) {
    StorePtr store(X509_STORE_new());
    CheckPtr check(X509_STORE_CTX_new());
    FANGXIN_CHECK(store && check);
    X509_STORE_add_cert(store.get(), authority);
    if (X509_STORE_CTX_init(check.get(), store.get(), certificate, nullptr) != 1) return false;
    X509_VERIFY_PARAM* how = X509_STORE_CTX_get0_param(check.get());
    X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_purpose(
        how, purpose == Purpose::serve ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
    return X509_verify_cert(check.get()) == 1;
}

Result<std::string> secret_of_key(std::string_view pem) {
    const KeyPtr key = read_key(pem);
    if (!is_p256(key.get())) return failure("bad_key", "no P-256 key");
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1)
        return failure("bad_key", "no private key");
    std::string bytes(32, '\0');
    const int size = BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                                  static_cast<int>(bytes.size()));
    BN_clear_free(number);
    if (size != static_cast<int>(bytes.size())) return failure("bad_key", "another size");
    return bytes;
}

std::string make_key() {
    KeyPtr key(EVP_EC_gen("P-256"));
    BioPtr bio(BIO_new(BIO_s_mem()));
    FANGXIN_CHECK(key && bio);
    FANGXIN_CHECK(PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                                nullptr) == 1);
    return text_of(bio.get());
}

Result<CertificateFacts> certificate_facts(std::string_view pem) {
    CertPtr certificate = read_certificate(pem);
    if (!certificate) return failure("bad_certificate", "no certificate");
    return facts_of(certificate.get());
}

Result<CertificateFacts> request_facts(std::string_view pem) {
    RequestPtr request = read_request(pem);
    if (!request) return failure("bad_request", "no request for a certificate");
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (!is_p256(key)) return failure("bad_request", "its key is not of P-256");
    if (X509_REQ_verify(request.get(), key) != 1)
        return failure("bad_request", "it is not signed by its own key");
    return CertificateFacts{.spki = spki_of(X509_REQ_get_X509_PUBKEY(request.get())),
                            .name = name_of(X509_REQ_get_subject_name(request.get()))};
}

Result<std::string> make_request(std::string_view key_pem, std::string_view name) {
    KeyPtr key = read_key(key_pem);
    if (!is_p256(key.get())) return failure("bad_key", "no P-256 key");
    RequestPtr request(X509_REQ_new());
    FANGXIN_CHECK(request && X509_REQ_set_version(request.get(), 0) == 1);
    set_name(X509_REQ_get_subject_name(request.get()), name);
    FANGXIN_CHECK(X509_REQ_set_pubkey(request.get(), key.get()) == 1);
    FANGXIN_CHECK(X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0);
    return pem_of(&PEM_write_bio_X509_REQ, request.get());
}

Authority make_authority(std::string_view name) {
    Authority authority{.key = make_key()};
    KeyPtr key = read_key(authority.key);
    CertPtr made(X509_new());
    FANGXIN_CHECK(key && made && X509_set_version(made.get(), x509_v3) == 1);
    set_serial(made.get());
    ASN1_TIME_set_string(X509_getm_notBefore(made.get()), always);
    ASN1_TIME_set_string(X509_getm_notAfter(made.get()), never);
    set_name(X509_get_subject_name(made.get()), name);
    X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
    X509_set_pubkey(made.get(), key.get());
    extend(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(made.get(), made.get(), NID_key_usage, "critical,keyCertSign");
    extend(made.get(), made.get(), NID_subject_key_identifier, "hash");
    FANGXIN_CHECK(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
    authority.certificate = certificate_pem(made.get());
    return authority;
}

Result<void> check_pair(std::string_view key_pem, std::string_view certificate_pem) {
    KeyPtr key = read_key(key_pem);
    if (!is_p256(key.get())) return failure("bad_key", "no P-256 key");
    CertPtr certificate = read_certificate(certificate_pem);
    if (!certificate) return failure("bad_certificate", "no certificate");
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return failure("other_key", "the key is not the certificate's");
    return {};
}

Result<std::string> issue(const Authority& authority, const Issue& asked) {
    auto facts = request_facts(asked.request);
    if (!facts) return tl::unexpected(facts.error());
    if (auto pair = check_pair(authority.key, authority.certificate); !pair)
        return tl::unexpected(pair.error());
    KeyPtr key = read_key(authority.key);
    CertPtr issuer = read_certificate(authority.certificate);
    RequestPtr request = read_request(asked.request);
    CertPtr made(X509_new());
    FANGXIN_CHECK(made && X509_set_version(made.get(), x509_v3) == 1);
    set_serial(made.get());
    X509_time_adj_ex(X509_getm_notBefore(made.get()), 0, 0, nullptr);
    ASN1_TIME_set(X509_getm_notBefore(made.get()), static_cast<std::time_t>(asked.from_ms / 1000));
    ASN1_TIME_set(X509_getm_notAfter(made.get()), static_cast<std::time_t>(asked.until_ms / 1000));
    set_name(X509_get_subject_name(made.get()), asked.name);
    X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
    X509_set_pubkey(made.get(), X509_REQ_get0_pubkey(request.get()));
    set_extensions(made.get(), issuer.get(), asked);
    FANGXIN_CHECK(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
    return certificate_pem(made.get());
}

bool is_issued_by(std::string_view certificate_pem, std::string_view authority_pem,
                  Purpose purpose) {
    CertPtr certificate = read_certificate(certificate_pem);
    CertPtr authority = read_certificate(authority_pem);
    return certificate && authority && is_issued_by(certificate.get(), authority.get(), purpose);
}

std::string fingerprint_of(std::string_view spki) {
    constexpr std::size_t digits = 16;
    std::string text;
    for (std::size_t i = 0; i < std::min(digits, spki.size()); ++i) {
        if (i > 0 && i % 4 == 0) text += '-';
        const char digit = spki[i];
        text += digit >= 'a' && digit <= 'f' ? static_cast<char>(digit - 'a' + 'A') : digit;
    }
    return text;
}

bool is_to_be_renewed(const CertificateFacts& certificate, std::int64_t now_ms) {
    const std::int64_t life = certificate.until_ms - certificate.from_ms;
    return now_ms >= certificate.from_ms + life / 3 * 2;
}

}  // namespace fangxin::sync
