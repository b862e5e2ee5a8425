#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace hotline::bench {

// An open page: its WebSocket. Throws std::runtime_error when it is not let in.
class Page {
public:
    // `buffer`: bytes the system keeps for a page that does not read; 0: its own choice.
    Page(std::uint16_t port, const std::string& ticket, int buffer = 0);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    // The next text frame; nothing within `patience`.
    std::optional<std::string> next(std::chrono::milliseconds patience);

    // One short text frame, masked as a client's must be.
    void say(const std::string& text) const;
    // What has come until now, for many pages on one thread: false when the connection is over.
    bool read_some();
    // The next frame of what was read, of those that came together one by one; a close frame is
    // "closed CODE".
    std::optional<std::string> take();
    int socket() const { return fd_; }

private:
    bool fill(std::chrono::steady_clock::time_point until);

    int fd_ = -1;
    std::string got_;
    std::size_t taken_ = 0;          // of what was got
    std::deque<std::string> lines_;  // of a message, not taken yet
};

}  // namespace hotline::bench
