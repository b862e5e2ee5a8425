#pragma once

#include "tests/stand_ins/tls_files.hpp"
#include "tests/support/child_process.hpp"

#include <string>

namespace hotline::test {

// An authority of this test run only and a certificate it gave to `names`, as a subjectAltName of
// OpenSSL: "DNS:localhost,IP:127.0.0.1".
class TestCertificate {
public:
    explicit TestCertificate(const std::string& names, bool expired = false);

    std::string authority() const;
    TlsFiles files() const;

private:
    TemporaryFolder folder_;
};

}  // namespace hotline::test
