#include "tests/bench/redis_probe.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace hotline::bench {

RedisProbe::RedisProbe(const std::filesystem::path& socket)
    : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("no Redis at " + socket.string());
    }
}

RedisProbe::~RedisProbe() {
    ::close(fd_);
}

std::uint64_t RedisProbe::integer(const std::string& command) {
    const std::string line = command + "\r\n";
    ::send(fd_, line.data(), line.size(), MSG_NOSIGNAL);
    std::string reply;
    char piece[256];
    while (reply.find("\r\n") == reply.npos) {
        const ssize_t size = ::recv(fd_, piece, sizeof piece, 0);
        if (size <= 0) throw std::runtime_error("Redis hung up");
        reply.append(piece, static_cast<std::size_t>(size));
    }
    if (!reply.starts_with(':')) throw std::runtime_error(command + ": " + reply);
    return std::stoull(reply.substr(1));
}

double xadd_per_second(
    const std::filesystem::path& socket, int clients, int pipeline, std::size_t payload
) {
    const std::string command = "redis-benchmark -s '" + socket.string() + "' -n " +
                                std::to_string(pipeline > 1 ? 200'000 : 100'000) + " -c " +
                                std::to_string(clients) + " -P " + std::to_string(pipeline) +
                                " --csv XADD bench:xadd '*' payload " + std::string(payload, 'x') +
                                " 2>/dev/null";
    FILE* output = ::popen(command.c_str(), "r");
    if (output == nullptr) return 0;
    // CSV: a head line, then "test","rps",…
    double rate = 0;
    std::string text;
    char line[4096];
    while (std::fgets(line, sizeof line, output) != nullptr) text = line;
    ::pclose(output);
    const std::size_t comma = text.rfind("\",\"") == text.npos ? text.npos : text.find("\",\"");
    if (comma != text.npos) rate = std::strtod(text.c_str() + comma + 3, nullptr);
    RedisProbe(socket).integer("DEL bench:xadd");
    return rate;
}

}  // namespace hotline::bench
