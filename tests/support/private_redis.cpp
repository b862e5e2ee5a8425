#include "tests/support/private_stores.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace hotline::test {

namespace {

// PING on a connection of its own: the socket file is there long before Redis has read its file.
bool answers_ping(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    char reply[8] = {};
    const bool up =
        ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(fd, "PING\r\n", 6, MSG_NOSIGNAL) == 6 && ::recv(fd, reply, sizeof reply, 0) >= 5;
    ::close(fd);
    return up && std::string_view(reply, 5) == "+PONG";
}

}  // namespace

std::uint16_t free_port() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool bound = fd >= 0 &&
                       ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (fd >= 0) ::close(fd);
    if (!bound) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

PrivateRedis::PrivateRedis() : socket_(folder_.path() / "redis.sock"), port_(free_port()) {
    start();
}

PrivateRedis::~PrivateRedis() {
    stop();
}

void PrivateRedis::start() {
    process_ = ChildProcess{
        {"redis-server",
         "--bind",
         "127.0.0.1",
         "--port",
         std::to_string(port_),
         "--unixsocket",
         socket_.string(),
         "--dir",
         folder_.path().string(),
         "--save",
         "",
         "--appendonly",
         "yes",
         "--appendfsync",
         "always",
         "--no-appendfsync-on-rewrite",
         "no",
         "--maxmemory-policy",
         "noeviction"},
        folder_.path() / "log"
    };
    const bool ready = eventually([&] {
        if (!process_.running()) throw std::runtime_error("redis-server ended at start");
        return answers_ping(socket_.string());
    });
    if (!ready) throw std::runtime_error("redis-server does not answer");
}

void PrivateRedis::stop() {
    process_.stop(std::chrono::seconds{10});
}

void PrivateRedis::crash() {
    process_.signal(SIGKILL);
    process_.wait();
}

void PrivateRedis::freeze() {
    process_.signal(SIGSTOP);
}

void PrivateRedis::thaw() {
    process_.signal(SIGCONT);
}

PrivateRedis& redis() {
    static PrivateRedis instance;
    return instance;
}

}  // namespace hotline::test
