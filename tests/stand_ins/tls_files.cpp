#include "tests/stand_ins/tls_files.hpp"

#include <boost/asio/ssl/context.hpp>

namespace hotline::test {

namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> tls_showing(const TlsFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    context->use_certificate_chain_file(files.certificate);
    context->use_private_key_file(files.key, ssl::context::pem);
    if (files.old_protocols_only) {
        SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context->native_handle(), TLS1_1_VERSION);
        SSL_CTX_set_cipher_list(context->native_handle(), "ALL:@SECLEVEL=0");
    }
    return context;
}

}  // namespace hotline::test
