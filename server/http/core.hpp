#pragma once

#include "server/http/deadlines.hpp"
#include "server/http/forwarded.hpp"
#include "server/http/server.hpp"
#include "server/tasks.hpp"

#include <boost/asio/ssl/context.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hotline::http {

// How many of something each client holds, by address. Bounded by what is counted.
class ClientCounts {
public:
    // `limit` 0: any number.
    bool take(const std::string& address, std::size_t limit);
    void give_back(const std::string& address);

private:
    std::map<std::string, std::size_t, std::less<>> counts_;
};

// What all connections of a server share. Held by each connection's coroutine, so it outlives them
// even when the executor is torn down first.
struct Core {
    Core(boost::asio::any_io_executor executor, Settings s, Handler h, Hooks k, AddressSet p);

    Settings settings;
    Handler handler;
    Hooks hooks;
    AddressSet proxies;
    std::optional<boost::asio::ssl::context> tls;
    Deadlines deadlines;
    ClientCounts connections_by_client;  // direct connections
    ClientCounts requests_by_client;     // requests under way that came through a trusted proxy
    ClientCounts large_bodies_by_client;
    std::size_t large_bodies = 0;
    ServerStats stats;
    std::size_t refusals = 0;  // connections that only wait to be told 429 or 503
    bool draining = false;
    TaskGroup connections;

    // 16 hexadecimal digits, unique within and, by a random start, across servers.
    std::string next_request_id();
    std::size_t body_limit(Method method, std::string_view path) const;
    void failed(std::string_view where, std::exception_ptr why) const;

private:
    std::uint64_t next_id_;
};

// One unit of a count, given back when it dies.
class Held {
public:
    explicit Held(std::size_t& count) : count_(&count) { ++count; }
    Held(Held&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
    ~Held() {
        if (count_) --*count_;
    }

private:
    std::size_t* count_;
};

// One unit of a client's count; empty when the client was at its limit.
class HeldByClient {
public:
    HeldByClient(ClientCounts& counts, std::string address, std::size_t limit)
        : counts_(counts.take(address, limit) ? &counts : nullptr), address_(std::move(address)) {}
    HeldByClient(HeldByClient&& other) noexcept
        : counts_(std::exchange(other.counts_, nullptr)), address_(std::move(other.address_)) {}
    ~HeldByClient() {
        if (counts_) counts_->give_back(address_);
    }
    explicit operator bool() const { return counts_ != nullptr; }

private:
    ClientCounts* counts_;
    std::string address_;
};

// An admitted connection's place in the counts.
struct Seat {
    std::shared_ptr<Core> core;  // first, so that it dies last
    Held total;
    HeldByClient share;
};

// Starts serving a fresh connection, or turns it away: 503 past the total, 429 past its address's
// share.
void admit(std::shared_ptr<Core> core, TcpSocket socket);

}  // namespace hotline::http
