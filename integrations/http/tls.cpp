#include "integrations/http/tls.hpp"

#include <boost/asio/ssl/context.hpp>

#include <openssl/x509_vfy.h>

namespace hotline::http_client {

namespace asio = boost::asio;

std::expected<Trust, std::string> trust_in(const std::string& ca_file) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    context->set_options(
        asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
        asio::ssl::context::no_tlsv1_1
    );
    boost::system::error_code failed;
    context->set_default_verify_paths(failed);
    if (failed) return std::unexpected("authorities of this machine: " + failed.message());
    if (!ca_file.empty()) context->load_verify_file(ca_file, failed);
    if (failed) return std::unexpected(ca_file + ": " + failed.message());
    return context;
}

std::string tls_trouble(const std::string& host, long verdict, const std::string& error) {
    const std::string shown = host + " shows a certificate ";
    switch (verdict) {
        case X509_V_OK:
            return "no TLS 1.2 or newer with " + host + ": " + error;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return shown + "that has run out";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return shown + "that is not valid yet, or the clock of this machine is slow";
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return shown + "for another name";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return shown + "of an authority nobody here trusts; ca_file can name it";
        default:
            return shown + "that proves nothing: " + X509_verify_cert_error_string(verdict);
    }
}

}  // namespace hotline::http_client
