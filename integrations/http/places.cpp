#include "integrations/http/places.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace hotline::http_client {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds longest_rest{30};

}  // namespace

Places::Places(asio::any_io_executor executor, std::size_t per_server)
    : executor_(std::move(executor)), per_server_(per_server) {}

asio::awaitable<std::optional<Places::Place>> Places::take(
    std::shared_ptr<Places> places, std::string name, Instant until
) {
    places->drop_stale();
    auto& server = places->servers_[name];
    if (server.taken < places->per_server_) {
        ++server.taken;
        co_return Place(std::move(places), std::move(name));
    }
    Waiter waiter{asio::steady_timer(places->executor_, until), false};
    // Whoever is torn down while waiting leaves the queue too.
    struct Queued {
        std::list<Waiter*>& queue;
        std::list<Waiter*>::iterator at;
        const Waiter& waiter;
        ~Queued() {
            if (!waiter.called) queue.erase(at);
        }
    };
    const auto at = server.waiting.insert(server.waiting.end(), &waiter);
    const Queued queued{server.waiting, at, waiter};
    co_await waiter.timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!waiter.called) co_return std::nullopt;
    co_return Place(std::move(places), std::move(name));
}

// A place goes straight to who has waited longest, so that nobody comes in between.
void Places::give_back(const std::string& name) {
    const auto found = servers_.find(name);
    Server& server = found->second;
    if (!server.waiting.empty()) {
        Waiter& next = *server.waiting.front();
        server.waiting.pop_front();
        next.called = true;
        next.timer.cancel();
        return;
    }
    if (--server.taken == 0 && server.resting.empty()) servers_.erase(found);
}

void Places::drop_stale() {
    const auto oldest = std::chrono::steady_clock::now() - longest_rest;
    for (auto it = servers_.begin(); it != servers_.end();) {
        auto& server = it->second;
        while (!server.resting.empty() && server.resting.back().since < oldest) {
            server.resting.pop_back();
        }
        const bool unused = server.taken == 0 && server.resting.empty();
        it = unused ? servers_.erase(it) : std::next(it);
    }
}

Places::Place::Place(std::shared_ptr<Places> places, std::string server)
    : places_(std::move(places)), server_(std::move(server)) {}

Places::Place::~Place() {
    if (places_) places_->give_back(server_);
}

std::unique_ptr<Connection> Places::Place::rested() {
    auto& resting = places_->servers_[server_].resting;
    while (!resting.empty()) {
        auto connection = std::move(resting.front().connection);
        resting.pop_front();
        if (connection->quiet()) return connection;
    }
    return nullptr;
}

void Places::Place::let_rest(std::unique_ptr<Connection> connection) {
    auto& resting = places_->servers_[server_].resting;
    resting.push_front({std::move(connection), std::chrono::steady_clock::now()});
    // No more than may be open: whoever waits takes the latest at once, the others end by and by.
    if (resting.size() > places_->per_server_) resting.pop_back();
}

}  // namespace hotline::http_client
