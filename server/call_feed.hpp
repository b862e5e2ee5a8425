#pragma once

#include "integrations/mysql/command_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/redis/live_bus.hpp"
#include "server/actions/record_cti_events.hpp"
#include "server/city.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace hotline {

// Puts calls before the people who take them: reads what a call has come to, who calls and what
// they last raised, and publishes it. One loop, so that of two changes of a call the later is told
// last; a call that changes again while it waits is told once.
class CallFeed {
public:
    using Publish =
        std::function<boost::asio::awaitable<void>(std::vector<redis::LiveMessage> messages)>;

    CallFeed(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        const CitySource& city,
        Publish publish
    );

    // Calls that came to something new; committed.
    void changed(const actions::CtiRecord& record);
    // Who stands elsewhere now (integrations/telephony, T15).
    void agents_moved(const std::vector<ticketing::UserId>& agents);
    // Who waits to be called back changed without a call.
    void callbacks_changed();
    // To those who asked, what came of it; and to all servers, that something was asked.
    void commands_ended(const std::vector<mysql::CallCommand>& commands);
    void commands_asked();
    // A ticket was filed with this call.
    void filed(const std::string& call_id);

    // Until cancelled. Spawn it once.
    boost::asio::awaitable<void> run();

private:
    boost::asio::awaitable<bool> tell();

    mysql::Pool& pool_;
    const CitySource& city_;
    Publish publish_;
    boost::asio::steady_timer wake_;
    std::set<std::uint64_t> calls_;
    std::set<std::string> filed_;
    std::set<ticketing::UserId> agents_;
    std::vector<actions::CallLeft> left_;
    std::vector<redis::LiveMessage> commands_;  // ready to be told
    bool callbacks_ = false;
};

}  // namespace hotline
