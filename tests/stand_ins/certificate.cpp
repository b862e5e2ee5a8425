#include "tests/stand_ins/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

namespace hotline::test {

namespace {

struct Release {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Release>;
using Certificate = std::unique_ptr<X509, Release>;

void extend(X509* certificate, int what, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, Release> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str())
    );
    X509_add_ext(certificate, extension.get(), -1);
}

Certificate blank(EVP_PKEY* key, const char* name, long number, bool expired) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), number);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), expired ? -3600 : 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate.get()),
        "CN",
        MBSTRING_ASC,
        reinterpret_cast<const unsigned char*>(name),
        -1,
        -1,
        0
    );
    return certificate;
}

void write(const std::string& file, X509* certificate, EVP_PKEY* key) {
    FILE* out = std::fopen(file.c_str(), "w");
    if (certificate) PEM_write_X509(out, certificate);
    if (key) PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
}

}  // namespace

TestCertificate::TestCertificate(const std::string& names, bool expired) {
    const Key authority_key(EVP_EC_gen("P-256"));
    const auto authority = blank(authority_key.get(), "authority of a test", 1, false);
    X509_set_issuer_name(authority.get(), X509_get_subject_name(authority.get()));
    extend(authority.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(authority.get(), authority_key.get(), EVP_sha256());

    const Key key(EVP_EC_gen("P-256"));
    const auto certificate = blank(key.get(), "a stand-in", 2, expired);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority.get()));
    extend(certificate.get(), NID_subject_alt_name, names);
    X509_sign(certificate.get(), authority_key.get(), EVP_sha256());

    write(this->authority(), authority.get(), nullptr);
    write(files().certificate, certificate.get(), nullptr);
    write(files().key, nullptr, key.get());
}

std::string TestCertificate::authority() const {
    return folder_.path() / "authority.pem";
}

TlsFiles TestCertificate::files() const {
    return {folder_.path() / "certificate.pem", folder_.path() / "key.pem"};
}

}  // namespace hotline::test
