#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::bench {

// One answer as the load generator saw it. Views live for the call only.
struct Answer {
    std::size_t connection = 0;
    int status = 0;
    std::string_view head;
    std::string_view body;
    std::chrono::nanoseconds latency{};  // from the first byte sent to the last one received

    // A header's value, name in lower case as the server writes it; empty when absent.
    std::string_view header(std::string_view name) const;
};

// Writes the whole next request of a connection into `out`; leaves it empty when there is none, and
// the connection rests.
using NextRequest = std::function<void(std::size_t connection, std::string& out)>;
using OnAnswer = std::function<void(const Answer&)>;

struct LoadSettings {
    std::uint16_t port = 0;
    std::size_t connections = 1;
    std::chrono::milliseconds duration{1000};    // no request starts after it
    std::chrono::milliseconds patience{10'000};  // for the answers still under way then
};

struct LoadResult {
    std::chrono::nanoseconds elapsed{};  // until the last answer
    std::uint64_t answers = 0;
    std::uint64_t broken = 0;      // connections that ended under a request
    std::uint64_t unanswered = 0;  // still waiting when patience ran out
    std::vector<std::uint32_t> latencies_us;

    double per_second() const;
    double percentile_ms(double share) const;  // 0.5, 0.99; 0 when there is none
};

// One thread, one epoll, keep-alive connections to 127.0.0.1, one request at a time on each: as
// cheap as can be, since it shares the processors with what it measures. Throws
// std::runtime_error when it cannot connect.
LoadResult run_load(
    const LoadSettings& settings, const NextRequest& next, const OnAnswer& answered
);

// An HTTP/1.1 request with a body of JSON; `headers` are whole lines with CRLF.
void write_request(
    std::string& out,
    std::string_view method,
    std::string_view target,
    std::string_view headers = {},
    std::string_view body = {}
);

// RFC 3986: everything but unreserved characters.
std::string percent_encoded(std::string_view text);

}  // namespace hotline::bench
