#include "tests/bench/page.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <utility>

namespace hotline::bench {

using Clock = std::chrono::steady_clock;

Page::Page(std::uint16_t port, const std::string& ticket, int buffer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
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

bool Page::read_some() {
    char piece[65'536];
    for (;;) {
        const ssize_t size = ::recv(fd_, piece, sizeof piece, MSG_DONTWAIT);
        if (size < 0) return errno == EAGAIN;
        if (size == 0) return false;
        got_.append(piece, static_cast<std::size_t>(size));
        if (static_cast<std::size_t>(size) < sizeof piece) return true;
    }
}

// RFC 6455 5.2: the mask may be anything.
void Page::say(const std::string& text) const {
    std::string frame = "\x81";
    if (text.size() < 126) {
        frame += static_cast<char>(0x80U | text.size());
    } else {
        frame += static_cast<char>(0xfe);
        frame += static_cast<char>(text.size() >> 8U);
        frame += static_cast<char>(text.size() & 0xffU);
    }
    frame += std::string(4, '\0') + text;
    if (::send(fd_, frame.data(), frame.size(), MSG_NOSIGNAL) < 0) {
        throw std::runtime_error("a page could not speak");
    }
}

// RFC 6455 5.2: a server's frames are not masked; ours are whole and below 64 KiB.
std::optional<std::string> Page::take() {
    if (!lines_.empty()) {
        std::string line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }
    const std::size_t left = got_.size() - taken_;
    const auto byte = [this](std::size_t at) {
        return static_cast<unsigned char>(got_[taken_ + at]);
    };
    std::size_t head = 2;
    std::size_t size = left < 2 ? 0 : byte(1) & 0x7fU;
    if (size == 126) {
        head = 4;
        size = left < 4 ? 0 : byte(2) * 256U + byte(3);
    }
    if (left < head || left < head + size) {
        got_.erase(0, std::exchange(taken_, 0));
        return std::nullopt;
    }
    std::string frame = got_.substr(taken_ + head, size);
    if ((byte(0) & 0x0fU) == 8) {
        frame =
            size < 2 ? "closed" : "closed " + std::to_string(byte(head) * 256U + byte(head + 1));
    }
    taken_ += head + size;
    for (auto end = frame.rfind('\n'); end != frame.npos; end = frame.rfind('\n')) {
        lines_.push_front(frame.substr(end + 1));
        frame.resize(end);
    }
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
