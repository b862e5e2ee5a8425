#include "integrations/mysql/link_socket.hpp"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

namespace hotline::mysql {

namespace {

bool leads_to(int descriptor, const Settings& settings) {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &length) != 0) return false;
    if (!settings.socket.empty()) {
        if (peer.ss_family != AF_UNIX) return false;
        const auto* local = reinterpret_cast<const sockaddr_un*>(&peer);
        return std::string_view{local->sun_path} == settings.socket;
    }
    if (peer.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in*>(&peer)->sin_port) == settings.port;
    if (peer.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_port) == settings.port;
    return false;
}

struct CloseDirectory {
    void operator()(DIR* directory) const { closedir(directory); }
};

}  // namespace

std::vector<int> sockets_to(const Settings& settings) {
    std::vector<int> found;
    const std::unique_ptr<DIR, CloseDirectory> directory{opendir("/proc/self/fd")};
    if (!directory) return found;
    while (const dirent* entry = readdir(directory.get())) {
        const int descriptor = std::atoi(entry->d_name);
        if (descriptor > 2 && leads_to(descriptor, settings)) found.push_back(descriptor);
    }
    std::ranges::sort(found);
    return found;
}

int new_socket(const std::vector<int>& before, const std::vector<int>& after) {
    std::vector<int> added;
    std::ranges::set_difference(after, before, std::back_inserter(added));
    return added.size() == 1 ? added.front() : -1;
}

}  // namespace hotline::mysql
