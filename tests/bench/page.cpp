#include "tests/bench/page.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace hotline::bench {

using Clock = std::chrono::steady_clock;

Page::Page(std::uint16_t port, const std::string& ticket)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string host = "127.0.0.1:" + std::to_string(port);
    const std::string hello =
        "GET /api/v1/live?ticket=" + ticket + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" +
        host +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const bool sent =
        ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(fd_, hello.data(), hello.size(), MSG_NOSIGNAL) > 0;
    const auto until = Clock::now() + std::chrono::seconds(5);
    while (sent && got_.find("\r\n\r\n") == got_.npos && fill(until)) {
    }
    const auto end = got_.find("\r\n\r\n");
    if (end == got_.npos || got_.find(" 101 ") == got_.npos) {
        throw std::runtime_error("no live feed: " + got_.substr(0, 200));
    }
    got_.erase(0, end + 4);
}

Page::~Page() {
    ::close(fd_);
}

bool Page::fill(Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd wait{fd_, POLLIN, 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) <= 0) return false;
    char piece[4096];
    const ssize_t size = ::recv(fd_, piece, sizeof piece, 0);
    if (size <= 0) return false;
    got_.append(piece, static_cast<std::size_t>(size));
    return true;
}

// RFC 6455 5.2: a server's frames are not masked; ours are whole and below 64 KiB.
std::optional<std::string> Page::take() {
    if (got_.size() < 2) return std::nullopt;
    const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(got_[at]); };
    std::size_t head = 2;
    std::size_t size = byte(1) & 0x7fU;
    if (size == 126) {
        if (got_.size() < 4) return std::nullopt;
        size = byte(2) * 256U + byte(3);
        head = 4;
    }
    if (got_.size() < head + size) return std::nullopt;
    std::string frame = got_.substr(head, size);
    got_.erase(0, head + size);
    return frame;
}

std::optional<std::string> Page::next(std::chrono::milliseconds patience) {
    const auto until = Clock::now() + patience;
    for (;;) {
        if (auto frame = take()) return frame;
        if (!fill(until)) return std::nullopt;
    }
}

}  // namespace hotline::bench
