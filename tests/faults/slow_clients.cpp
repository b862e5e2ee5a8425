#include "tests/faults/slow_clients.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace hotline::test {

SlowClients::~SlowClients() {
    for (const Client& client : clients_) ::close(client.fd);
}

int SlowClients::connect(const std::string& first) const {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // A small window, so that an answer which is not read stays with the server.
    const int window = 4096;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        throw std::runtime_error("a slow client was not even let in");
    }
    (void)::send(fd, first.data(), first.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return fd;
}

void SlowClients::add(const std::string& first, const std::string& drip) {
    clients_.push_back({connect(first), drip});
}

void SlowClients::add_websocket(const std::string& handshake, const std::string& frame) {
    clients_.push_back({connect(handshake), {}});
    const int fd = clients_.back().fd;
    const timeval patience{10, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::string head;
    char byte = 0;
    // Byte by byte: what follows the head is not to be read.
    while (!head.ends_with("\r\n\r\n") && ::recv(fd, &byte, 1, 0) == 1) head += byte;
    if (!head.starts_with("HTTP/1.1 101 ")) throw std::runtime_error("no WebSocket: " + head);
    (void)::send(fd, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void SlowClients::trickle() {
    for (Client& client : clients_) {
        if (client.drip.empty()) continue;
        (void)::send(
            client.fd,
            &client.drip[client.at++ % client.drip.size()],
            1,
            MSG_NOSIGNAL | MSG_DONTWAIT
        );
    }
}

std::size_t SlowClients::still_connected() {
    return static_cast<std::size_t>(std::ranges::count_if(clients_, [](const Client& client) {
        pollfd state{client.fd, POLLRDHUP, 0};
        return ::poll(&state, 1, 0) == 0;
    }));
}

}  // namespace hotline::test
