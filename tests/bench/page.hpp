#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace hotline::bench {

// An open page: a WebSocket that only listens. Throws std::runtime_error when it is not let in.
class Page {
public:
    Page(std::uint16_t port, const std::string& ticket);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    // The next text frame; nothing within `patience`.
    std::optional<std::string> next(std::chrono::milliseconds patience);

private:
    bool fill(std::chrono::steady_clock::time_point until);
    std::optional<std::string> take();

    int fd_ = -1;
    std::string got_;
};

}  // namespace hotline::bench
