#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace hotline::test {

// What came back for one request; status 0 when nothing whole came in time.
struct WireAnswer {
    int status = 0;
    std::string head;
    std::string body;

    std::string header(std::string_view name) const;  // name in lower case
};

// A keep-alive connection to 127.0.0.1 that never waits longer than it is told; connects when
// needed and again after a failure.
class Wire {
public:
    explicit Wire(std::uint16_t port) : port_(port) {}
    ~Wire() { close(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    WireAnswer ask(std::string_view request, std::chrono::milliseconds patience);
    void close();

private:
    bool connected();

    std::uint16_t port_;
    int fd_ = -1;
};

// The whole text of a request; `headers` are lines with CRLF.
std::string request_text(
    std::string_view method,
    std::string_view target,
    std::string_view headers = {},
    std::string_view body = {}
);

// The value of a text field of a flat JSON answer; empty when absent.
std::string json_text(std::string_view json, std::string_view name);

}  // namespace hotline::test
