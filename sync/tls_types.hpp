// OpenSSL's objects with an owner each, for the files that deal in them. No header of ours shows
// them to anybody else.
#pragma once

#include "sync/certificates.hpp"

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <string>
#include <string_view>

namespace fangxin::sync {

template <auto free>
struct FreedBy {
    template <class Object>
    void operator()(Object* object) const {
        free(object);
    }
};
using BioPtr = std::unique_ptr<BIO, FreedBy<&BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, FreedBy<&X509_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, FreedBy<&X509_REQ_free>>;
using StorePtr = std::unique_ptr<X509_STORE, FreedBy<&X509_STORE_free>>;
using CheckPtr = std::unique_ptr<X509_STORE_CTX, FreedBy<&X509_STORE_CTX_free>>;

/// Null if it is none.
CertPtr read_certificate(std::string_view pem);
std::string certificate_pem(X509* certificate);
std::string spki_of(X509_PUBKEY* key);
CertificateFacts facts_of(X509* certificate);
bool is_issued_by(X509* certificate, X509* authority, Purpose purpose);

}  // namespace fangxin::sync
