#include "server/http/core.hpp"

#include "server/http/connection.hpp"

#include <fmt/format.h>

#include <random>

namespace hotline::http {

namespace {

// Past so many refusals under way a connection is closed without a word.
constexpr std::size_t max_refusals = 256;

std::uint64_t random_start() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) ^ device();
}

// A bijection (splitmix64's finaliser): ids neither repeat nor tell how many requests there were.
std::uint64_t scrambled(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

}  // namespace

bool ClientCounts::take(const std::string& address, std::size_t limit) {
    auto& count = counts_[address];
    if (limit != 0 && count >= limit) return false;
    ++count;
    return true;
}

void ClientCounts::give_back(const std::string& address) {
    const auto found = counts_.find(address);
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

Core::Core(boost::asio::any_io_executor executor, Settings s, Handler h, Hooks k, AddressSet p)
    : settings(std::move(s)),
      handler(std::move(h)),
      hooks(std::move(k)),
      proxies(std::move(p)),
      connections(std::move(executor), hooks.on_failure),
      next_id_(random_start()) {}

std::string Core::next_request_id() {
    return fmt::format("{:016x}", scrambled(next_id_++));
}

std::size_t Core::body_limit(Method method, std::string_view path) const {
    const auto own = hooks.max_body ? hooks.max_body(method, path) : 0;
    return own != 0 ? own : settings.limits.body_bytes;
}

void Core::failed(std::string_view where, std::exception_ptr why) const {
    if (hooks.on_failure) hooks.on_failure(where, std::move(why));
}

void admit(std::shared_ptr<Core> core, TcpSocket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error).address();
    if (error) return;  // gone already
    socket.set_option(boost::asio::ip::tcp::no_delay(true), error);

    const auto& limits = core->settings.limits;
    const auto share_limit = core->proxies.contains(peer) ? 0 : limits.connections_per_address;
    HeldByClient share(core->connections_by_client, address_text(peer), share_limit);
    const bool full = core->stats.connections >= limits.connections;
    // The group is the core's own and lives as long as a coroutine or the server refers to the
    // core.
    auto& group = core->connections;
    if (share && !full) {
        ++core->stats.accepted;
        Held total(core->stats.connections);
        Seat seat{std::move(core), std::move(total), std::move(share)};
        group.spawn("connection", serve_connection(std::move(seat), std::move(socket), peer));
        return;
    }
    ++core->stats.refused;
    // A TLS client cannot be told before an expensive handshake.
    if (core->tls || core->refusals >= max_refusals) return;
    const auto why = full ? ErrorCode::queue_full : ErrorCode::rate_limited;
    group.spawn("refusal", refuse_connection(std::move(core), std::move(socket), why));
}

}  // namespace hotline::http
