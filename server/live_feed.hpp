#pragma once

#include "integrations/redis/live_bus.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/sessions.hpp"
#include "server/city.hpp"
#include "server/http/response.hpp"
#include "server/http/upgrade.hpp"
#include "server/live/hub.hpp"
#include "server/live/session.hpp"
#include "server/live_presence.hpp"
#include "server/live_views.hpp"
#include "server/metrics.hpp"
#include "server/tasks.hpp"
#include "server/workers/outbox.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline {

// Changes, from whichever server they happen on, to the people at this one. Everything goes through
// the bus and comes back from it, so that each feed has one order and can be resumed anywhere;
// while Redis is away this server tells its own people directly. Event loop's thread only.
class LiveFeed {
public:
    LiveFeed(
        std::string server_id,
        auth::Guard& guard,
        auth::Sessions& sessions,
        redis::LiveBus& bus,
        const CitySource& city,
        mysql::Pool& pool,
        Metrics& metrics,
        std::vector<std::string> allowed_origins,
        LivePresence::Settings presence = {}
    );

    // Spawns the loops.
    void start(TaskGroup& tasks);

    // For http::Hooks.
    static bool is_path(std::string_view path) { return path == "/api/v1/live"; }
    boost::asio::awaitable<std::optional<http::Response>> upgrade(http::Upgrade& upgrade) const;

    boost::asio::awaitable<void> publish(std::vector<redis::LiveMessage> messages);
    // What the outbox has to tell.
    boost::asio::awaitable<void> tell(workers::OutboxNews news);
    // That figures moved.
    boost::asio::awaitable<void> tell_figures();

    // Told which notices an open page here has been handed, and which devices were wiped.
    struct Heard {
        std::function<void(std::uint64_t notice)> shown;
        std::function<void(const std::string& device)> wiped;
    };
    void listen(Heard heard) { heard_ = std::move(heard); }
    // Told, at every server, that something was asked of a call.
    void on_commands(std::function<void()> asked) { commands_asked_ = std::move(asked); }

    // Told, at every server, that figures moved, or may have unheard; before anybody who listens
    // here.
    void on_figures(std::function<void()> moved) { figures_moved_ = std::move(moved); }

    // Tells the device's feeds to delete what they keep: those here at once, before the end of its
    // sessions closes them, the others by the bus.
    boost::asio::awaitable<void> wipe(std::string device);

    // Some of the account's sessions ended here: open feeds of those close, here and elsewhere.
    void account_ended(ticketing::UserId account);

    // Ends every feed with 1012; no new ones from then on.
    void close() { hub_.close_all(); }

    const live::Hub& hub() const { return hub_; }

private:
    using Users = std::vector<std::shared_ptr<const LiveUser>>;

    boost::asio::awaitable<Result<std::shared_ptr<const live::Principal>>> authenticate(
        http::Request request
    );
    boost::asio::awaitable<std::optional<std::vector<live::Message>>> replay(
        std::vector<std::string> topics, std::string since
    );
    boost::asio::awaitable<void> watch_sessions();
    boost::asio::awaitable<void> close_ended(Users users);
    boost::asio::awaitable<void> account_ended_elsewhere(ticketing::UserId account);
    Users users(ticketing::UserId account = {});
    void receive(const redis::LiveMessage& message);
    void pass_on(const live::Message& message);
    void receive_notice(const redis::LiveMessage& message);
    void order_wipe(const std::string& device);
    void send_away();

    std::string server_id_;
    auth::Guard& guard_;
    auth::Sessions& sessions_;
    redis::LiveBus& bus_;
    Metrics& metrics_;
    live::Hub hub_;
    LivePresence presence_;
    live::Endpoint endpoint_;
    Heard heard_;
    std::function<void()> commands_asked_;
    std::function<void()> figures_moved_;
    TaskGroup* tasks_ = nullptr;
    std::vector<std::weak_ptr<const LiveUser>> users_;
    std::string last_id_ = "0-0";  // of the bus
    bool alone_ = false;           // told its own people what the others did not hear
};

}  // namespace hotline
