#pragma once

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace hotline::test {

// What a stand-in shows to whoever comes over TLS.
struct TlsFiles {
    std::string certificate, key;
    bool old_protocols_only = false;
};

std::shared_ptr<boost::asio::ssl::context> tls_showing(const TlsFiles& files);

}  // namespace hotline::test
