#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/redis/live_bus.hpp"
#include "server/city.hpp"
#include "server/live/presence.hpp"
#include "server/live/session.hpp"
#include "server/live_notice.hpp"
#include "server/live_views.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hotline {

// Tells those at a ticket who else is (live/README.md, rules J1 to J6). Each server tells the bus
// of its own sessions, a few times a second at most, and hears of all. Event loop's thread only.
class LivePresence {
public:
    struct Settings {
        std::chrono::milliseconds tell_every{200};
        std::chrono::milliseconds whole_every{10'000};
        std::chrono::milliseconds silence{35'000};  // of a server that is gone
    };

    LivePresence(
        std::string server_id,
        mysql::Pool& pool,
        redis::LiveBus& bus,
        const CitySource& city,
        Settings settings
    );

    // For live::Endpoint.
    live::Presence hooks();

    // What a server told of its sessions.
    void receive(const redis::LiveMessage& message);
    // J2: who may not see the ticket any longer is not at it.
    void changed(const TicketChange& change);
    void many_changed() { look_again_ = true; }

    // Until cancelled. Spawn it once.
    boost::asio::awaitable<void> run();

private:
    struct Here {
        std::uint64_t session = 0;
        std::optional<live::Place> place;  // of a ticket its person may see
        std::string told;                  // the people last told of
    };
    using Session = std::pair<live::Subscriber*, std::uint64_t>;

    boost::asio::awaitable<void> at(live::Subscriber& who, std::optional<live::Place> place);
    void left(live::Subscriber& who);
    boost::asio::awaitable<Result<std::string>> admitted(const LiveUser& user, std::string ticket)
        const;
    boost::asio::awaitable<void> look_again();
    void move(live::Subscriber& who, Here& here, std::optional<live::Place> place);
    boost::asio::awaitable<void> publish(bool whole, bool asking);
    std::vector<live::Whereabouts> all() const;
    void tell(const live::PresenceBoard::Tickets& tickets);
    void tell(live::Subscriber& who, Here& here);

    std::string server_id_;
    mysql::Pool& pool_;
    redis::LiveBus& bus_;
    const CitySource& city_;
    Settings settings_;
    live::PresenceBoard board_;
    std::map<live::Subscriber*, Here> here_;
    std::map<std::uint64_t, live::Whereabouts> news_;  // of own sessions, not told yet
    std::uint64_t last_session_ = 0;
    bool look_again_ = false;
    bool whole_due_ = false;
};

}  // namespace hotline
