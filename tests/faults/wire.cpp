#include "tests/faults/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

namespace hotline::test {

namespace {

using Clock = std::chrono::steady_clock;

// How many bytes the answer at the front of `in` has; 0 while it is not whole.
std::size_t whole(std::string_view in, std::size_t& head) {
    const std::size_t end = in.find("\r\n\r\n");
    if (end == in.npos) return 0;
    head = end + 4;
    std::size_t length = 0;
    constexpr std::string_view name = "content-length: ";
    const std::size_t at = in.substr(0, end).find(name);
    if (at != in.npos) std::from_chars(in.data() + at + name.size(), in.data() + end, length);
    return in.size() >= head + length ? head + length : 0;
}

}  // namespace

std::string WireAnswer::header(std::string_view name) const {
    const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
    if (at == head.npos) return {};
    const std::size_t from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

void Wire::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

bool Wire::connected() {
    if (fd_ >= 0) return true;
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return true;
    close();
    return false;
}

WireAnswer Wire::ask(std::string_view request, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    if (!connected()) return {};
    if (::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
        close();
        return {};
    }
    std::string in;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd waiting{fd_, POLLIN, 0};
        char piece[16 * 1024];
        const bool some = left > 0 && ::poll(&waiting, 1, static_cast<int>(left)) > 0;
        const ssize_t size = some ? ::recv(fd_, piece, sizeof piece, 0) : 0;
        if (size <= 0) {
            close();
            return {};
        }
        in.append(piece, static_cast<std::size_t>(size));
        std::size_t head = 0;
        const std::size_t length = whole(in, head);
        if (length == 0) continue;
        WireAnswer answer;
        std::from_chars(in.data() + 9, in.data() + 12, answer.status);
        answer.head = in.substr(0, head);
        answer.body = in.substr(head, length - head);
        if (answer.header("connection") == "close") close();
        return answer;
    }
}

std::string request_text(
    std::string_view method,
    std::string_view target,
    std::string_view headers,
    std::string_view body
) {
    std::string text;
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    text.append(headers);
    if (!body.empty()) {
        text.append("Content-Type: application/json\r\nContent-Length: ");
        text.append(std::to_string(body.size())).append("\r\n");
    }
    return text.append("\r\n").append(body);
}

std::string json_text(std::string_view json, std::string_view name) {
    const std::string key = "\"" + std::string(name) + "\":\"";
    const std::size_t at = json.find(key);
    if (at == json.npos) return {};
    const std::size_t from = at + key.size();
    return std::string(json.substr(from, json.find('"', from) - from));
}

}  // namespace hotline::test
