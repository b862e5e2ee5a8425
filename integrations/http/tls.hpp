#pragma once

#include <expected>
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace hotline::http_client {

// TLS 1.2 and up, and who is believed to be who he says: the authorities the machine trusts and
// those in a file of ours.
using Trust = std::shared_ptr<boost::asio::ssl::context>;

// `ca_file` is PEM; empty: none. Err: why it cannot be read.
std::expected<Trust, std::string> trust_in(const std::string& ca_file);

// What a handshake that failed has come to, in one sentence. `verdict` is OpenSSL's on the
// certificate that was shown, `error` what ended the handshake.
std::string tls_trouble(const std::string& host, long verdict, const std::string& error);

}  // namespace hotline::http_client
