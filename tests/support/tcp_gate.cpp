#include "tests/support/tcp_gate.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hotline::test {

namespace {

constexpr int tick_ms = 10;  // how soon a thread sees a changed setting

sockaddr_in ipv4(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    return address;
}

bool send_all(int descriptor, const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = send(descriptor, data, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        data += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool readable(int descriptor, int patience_ms) {
    pollfd waiting{descriptor, POLLIN, 0};
    return poll(&waiting, 1, patience_ms) > 0;
}

}  // namespace

struct TcpGate::Pair {
    int client;
    int server;
    std::atomic<bool> cut = false;
    bool swallow_answer = false;
    std::thread thread;

    Pair(int from, int to) : client(from), server(to) {}
    ~Pair() {
        if (thread.joinable()) thread.join();
        close(client);
        if (server >= 0) close(server);
    }
};

TcpGate::TcpGate(std::string unix_socket) : TcpGate({}, 0) {
    unix_socket_ = std::move(unix_socket);
}

TcpGate::TcpGate(std::string host, std::uint16_t port)
    : upstream_host_(std::move(host)), upstream_port_(port) {
    sockaddr_in address = ipv4("127.0.0.1", 0);
    socklen_t length = sizeof address;
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool listening =
        bind(listener_, reinterpret_cast<const sockaddr*>(&address), length) == 0 &&
        listen(listener_, 64) == 0 &&
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    if (!listening) throw std::runtime_error("the gate cannot listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_loop(); }};
}

TcpGate::~TcpGate() {
    stopping_ = true;
    acceptor_.join();
    pairs_.clear();
    close(listener_);
}

void TcpGate::heal() {
    refuse_ = false;
    black_hole_ = false;
    delay_ = std::chrono::milliseconds{0};
    const std::lock_guard lock{mutex_};
    needle_.clear();
}

void TcpGate::refuse(bool on) {
    refuse_ = on;
}

void TcpGate::black_hole(bool on) {
    black_hole_ = on;
}

void TcpGate::delay(std::chrono::milliseconds each) {
    delay_ = each;
}

void TcpGate::cut() {
    const std::lock_guard lock{mutex_};
    for (Pair& pair : pairs_) pair.cut = true;
}

void TcpGate::cut_answer_to(std::string needle) {
    const std::lock_guard lock{mutex_};
    needle_ = std::move(needle);
}

int TcpGate::connect_upstream() const {
    if (unix_socket_.empty()) {
        const sockaddr_in address = ipv4(upstream_host_, upstream_port_);
        const int link = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        setsockopt(link, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (connect(link, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return link;
        close(link);
        return -1;
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, unix_socket_.c_str(), sizeof address.sun_path - 1);
    const int link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(link, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return link;
    close(link);
    return -1;
}

void TcpGate::accept_loop() {
    while (!stopping_) {
        if (!readable(listener_, tick_ms)) continue;
        const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        const int on = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const int server = refuse_ ? -1 : connect_upstream();
        if (server < 0) {
            close(client);
            continue;
        }
        ++connections_;
        const std::lock_guard lock{mutex_};
        Pair& pair = pairs_.emplace_back(client, server);
        pair.thread = std::thread{[this, &pair] { pump(pair); }};
    }
}

void TcpGate::pump(Pair& pair) {
    std::vector<pollfd> ends{{pair.client, POLLIN, 0}, {pair.server, POLLIN, 0}};
    while (!stopping_ && !pair.cut) {
        if (black_hole_) {
            std::this_thread::sleep_for(std::chrono::milliseconds{tick_ms});
            continue;
        }
        if (poll(ends.data(), ends.size(), tick_ms) <= 0) continue;
        if (ends[0].revents != 0 && !pass(pair, true)) break;
        if (ends[1].revents != 0 && !pass(pair, false)) break;
    }
    shutdown(pair.client, SHUT_RDWR);
    shutdown(pair.server, SHUT_RDWR);
}

bool TcpGate::pass(Pair& pair, bool from_client) {
    char piece[16 * 1024];
    const int from = from_client ? pair.client : pair.server;
    const int to = from_client ? pair.server : pair.client;
    const ssize_t size = recv(from, piece, sizeof piece, 0);
    if (size <= 0) return false;
    if (!from_client && pair.swallow_answer) return false;
    const std::string_view text{piece, static_cast<std::size_t>(size)};
    if (from_client) {
        const std::lock_guard lock{mutex_};
        if (!needle_.empty() && text.find(needle_) != std::string_view::npos) {
            needle_.clear();
            pair.swallow_answer = true;
        }
    }
    if (const auto pause = delay_.load(); pause.count() > 0) std::this_thread::sleep_for(pause);
    return send_all(to, text.data(), text.size());
}

}  // namespace hotline::test
