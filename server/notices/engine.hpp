#pragma once

#include "integrations/redis/live_bus.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/actions/step_notices.hpp"
#include "server/city.hpp"
#include "server/notices/courier.hpp"
#include "server/workers/intake_pressure.hpp"

#include <functional>

namespace hotline::notices {

struct EngineSettings {
    actions::NoticeWays ways;  // `channels` is found out from the senders
    CourierSettings courier;
    std::map<Channel, GateSettings> gates;
    std::chrono::hours keeps{24 * 90};  // notices that came to their end
};

// Being told, from the outbox to what came of each message: derives notices from changes, takes
// their steps when they are due, hands them to open pages and to the couriers. All of it is rows in
// the database: any number of servers may do it side by side, and one that is killed leaves nothing
// undone. Event loop's thread only.
class Engine {
public:
    using Publish =
        std::function<boost::asio::awaitable<void>(std::vector<redis::LiveMessage> messages)>;

    Engine(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        const CitySource& city,
        const actions::Backlog& intake,
        Metrics& metrics,
        Senders senders,
        Publish publish,
        EngineSettings settings
    );

    void start(TaskGroup& tasks);

    // There is something new to tell: changes were handed on, or a bulletin written.
    void ring();
    // A page here has been handed this notice.
    void shown(std::uint64_t notice);

    ticketing::notices::Channels channels() const { return settings_.ways.channels; }
    // As configured; those that were set since count for what is done.
    const ticketing::notices::Rules& configured() const { return configured_; }

private:
    boost::asio::awaitable<void> derive();
    boost::asio::awaitable<void> step();
    boost::asio::awaitable<void> look_at_rules();
    boost::asio::awaitable<void> tell_pages();
    boost::asio::awaitable<bool> tell_some_pages();
    boost::asio::awaitable<void> keep_shown();
    boost::asio::awaitable<void> sweep();

    mysql::Pool& pool_;
    const CitySource& city_;
    const actions::Backlog& intake_;
    Metrics& metrics_;
    Publish publish_;
    EngineSettings settings_;
    ticketing::notices::Rules configured_;
    std::uint32_t rules_version_ = 0;  // of settings_.ways.rules
    Senders senders_;
    std::vector<std::unique_ptr<Courier>> couriers_;
    std::vector<Channel> courier_channels_;
    Bell todo_;
    Bell due_;
    Bell pages_;
    Bell seen_;
    std::vector<std::uint64_t> shown_;
};

}  // namespace hotline::notices
