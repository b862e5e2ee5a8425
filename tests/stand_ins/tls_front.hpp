#pragma once

#include "tests/stand_ins/tls_files.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hotline::test {

// TLS on a free port of 127.0.0.1 before a stand-in on another that speaks without, with a thread
// of its own.
class TlsFront {
public:
    TlsFront(std::uint16_t behind, const TlsFiles& files);
    ~TlsFront();
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;

    std::uint16_t port() const;

    // Another certificate, to whoever comes from now on.
    void show(const TlsFiles& files);

    std::size_t heard() const;  // bytes that were said to it over TLS
    // By what name each visitor asked for it (RFC 6066), "" where he named none.
    std::vector<std::string> names() const;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace hotline::test
