#pragma once

#include "integrations/http/connection.hpp"

#include <boost/asio/steady_timer.hpp>

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace hotline::http_client {

// Who may have a connection to which server, and the ones at rest.
class Places : public std::enable_shared_from_this<Places> {
public:
    Places(boost::asio::any_io_executor executor, std::size_t per_server);

    // The right to one connection, given on to whoever waits when it dies.
    class Place {
    public:
        Place(std::shared_ptr<Places> places, std::string server);
        Place(Place&& other) noexcept = default;
        Place& operator=(Place&&) = delete;
        ~Place();

        // A connection at rest that is still good, or nothing.
        std::unique_ptr<Connection> rested();
        void let_rest(std::unique_ptr<Connection> connection);

    private:
        std::shared_ptr<Places> places_;
        std::string server_;
    };

    // Nothing when none became free in time. A static coroutine, so that it keeps what it uses.
    static boost::asio::awaitable<std::optional<Place>> take(
        std::shared_ptr<Places> places, std::string server, Instant until
    );

private:
    struct Resting {
        std::unique_ptr<Connection> connection;
        Instant since;
    };
    struct Waiter {
        boost::asio::steady_timer timer;
        bool called = false;
    };
    struct Server {
        std::size_t taken = 0;
        std::list<Resting> resting;  // the latest first
        std::list<Waiter*> waiting;
    };

    void give_back(const std::string& server);
    void drop_stale();

    boost::asio::any_io_executor executor_;
    std::size_t per_server_;
    std::map<std::string, Server> servers_;
};

}  // namespace hotline::http_client
