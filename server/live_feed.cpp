#include "server/live_feed.hpp"

#include "server/live_notice.hpp"
#include "server/log.hpp"

#include <algorithm>

namespace hotline {
namespace {

namespace asio = boost::asio;
using live::Principal;

constexpr std::uint16_t session_over = 4001;
constexpr std::uint16_t come_back = 1012;
constexpr std::size_t most_replayed = 1000;
// With auth::Settings::trust it bounds how long a feed outlives its session.
constexpr auto look_every = std::chrono::milliseconds(400);

bool is_over(const Error& error) {
    return error.code == ErrorCode::session_expired || error.code == ErrorCode::not_authenticated;
}

bool everybody(const Principal&) {
    return true;
}

}  // namespace

LiveFeed::LiveFeed(
    std::string server_id,
    auth::Guard& guard,
    auth::Sessions& sessions,
    redis::LiveBus& bus,
    const CitySource& city,
    mysql::Pool& pool,
    Metrics& metrics,
    std::vector<std::string> allowed_origins,
    LivePresence::Settings presence
)
    : server_id_(std::move(server_id)),
      guard_(guard),
      sessions_(sessions),
      bus_(bus),
      metrics_(metrics),
      hub_(LiveViews(city), may_listen),
      presence_(server_id_, pool, bus, city, presence),
      endpoint_(
          hub_,
          {.allowed_origins = std::move(allowed_origins)},
          [this](http::Request request, const std::string&) {
              return authenticate(std::move(request));
          },
          [this](std::vector<std::string> topics, std::string since) {
              return replay(std::move(topics), std::move(since));
          },
          presence_.hooks()
      ) {}

void LiveFeed::start(TaskGroup& tasks) {
    tasks_ = &tasks;
    tasks.spawn(
        "live bus",
        bus_.run(
            [this](const redis::LiveMessage& message) { receive(message); }, [this] { send_away(); }
        )
    );
    tasks.spawn("live sessions", watch_sessions());
    tasks.spawn("presence", presence_.run());
}

asio::awaitable<std::optional<http::Response>> LiveFeed::upgrade(http::Upgrade& upgrade) const {
    return endpoint_.serve(upgrade);
}

asio::awaitable<Result<std::shared_ptr<const Principal>>> LiveFeed::authenticate(
    http::Request request
) {
    const auto caller = co_await guard_.by_live_ticket(request);
    if (!caller) co_return std::unexpected(caller.error());
    auto user = std::make_shared<const LiveUser>(caller->actor, caller->session, caller->device);
    users_.push_back(user);
    co_return std::shared_ptr<const Principal>(std::move(user));
}

asio::awaitable<std::optional<std::vector<live::Message>>> LiveFeed::replay(
    std::vector<std::string> topics, std::string since
) {
    const auto found = co_await bus_.replay(std::move(since), most_replayed);
    const bool known = found && !found->gone && found->messages.size() < most_replayed;
    if (!known) co_return std::nullopt;
    std::vector<live::Message> messages;
    for (const redis::LiveMessage& message : found->messages) {
        if (std::ranges::find(topics, message.topic) == topics.end()) continue;
        if (auto notice = read_notice(message)) messages.push_back(std::move(*notice));
    }
    co_return messages;
}

asio::awaitable<void> LiveFeed::publish(std::vector<redis::LiveMessage> messages) {
    if (messages.empty()) co_return;
    auto sent = messages;
    // What the others missed meanwhile they cannot resume; told first, so that nothing slips
    // between.
    const bool was_alone = alone_;
    if (was_alone) sent.insert(sent.begin(), gap_of(server_id_));
    const auto ids = co_await bus_.publish(std::move(sent));
    if (ids) {
        if (was_alone) alone_ = false;
        co_return;
    }
    alone_ = true;
    for (redis::LiveMessage& message : messages) {
        message.id = last_id_;
        receive(message);
    }
}

asio::awaitable<void> LiveFeed::tell(workers::OutboxNews news) {
    std::vector<redis::LiveMessage> messages;
    for (const auto& line : news.tickets) messages.push_back(ticket_changed(line));
    if (news.many > 0) messages.push_back(many_tickets_changed(news.many));
    co_await publish(std::move(messages));
}

asio::awaitable<void> LiveFeed::tell_figures() {
    std::vector<redis::LiveMessage> messages{kpi_changed()};
    co_await publish(std::move(messages));
}

void LiveFeed::receive(const redis::LiveMessage& message) {
    last_id_ = message.id;
    if (message.topic == live_topic::kpi && figures_moved_) figures_moved_();
    if (message.topic == live_topic::sessions) {
        const auto account = account_in(message);
        if (account && tasks_ != nullptr) {
            tasks_->spawn("sessions ended", account_ended_elsewhere(account));
        }
    } else if (message.topic == live_topic::notices) {
        receive_notice(message);
    } else if (message.topic == live_topic::wipes) {
        if (server_in(message) != server_id_) order_wipe(device_in(message));
    } else if (message.topic == live_topic::gap) {
        if (server_in(message) != server_id_) send_away();
    } else if (message.topic == live_topic::presence) {
        presence_.receive(message);
    } else if (message.topic == live_topic::commands) {
        if (commands_asked_) commands_asked_();
    } else if (hub_.stats().sessions > 0) {
        if (const auto notice = read_notice(message)) pass_on(*notice);
    }
}

void LiveFeed::pass_on(const live::Message& message) {
    if (message.type == "ticket_changed") {
        presence_.changed(*static_cast<const TicketChange*>(message.audience.get()));
    } else if (message.type == "tickets_many") {
        presence_.many_changed();
    }
    hub_.publish(message);
}

void LiveFeed::receive_notice(const redis::LiveMessage& message) {
    if (hub_.stats().sessions == 0) return;
    const auto notice = notice_in(message);
    if (!notice) return;
    const auto told = hub_.tell(
        [&](const Principal& who) {
            return static_cast<const LiveUser&>(who).actor().user == notice->receiver;
        },
        notice->frame
    );
    if (told > 0 && heard_.shown) heard_.shown(notice->notice);
}

asio::awaitable<void> LiveFeed::wipe(std::string device) {
    order_wipe(device);
    std::vector<redis::LiveMessage> messages;
    messages.push_back(device_wiped(device, server_id_));
    co_await publish(std::move(messages));
}

void LiveFeed::order_wipe(const std::string& device) {
    if (device.empty()) return;
    if (heard_.wiped) heard_.wiped(device);
    hub_.tell(
        [&](const Principal& who) { return static_cast<const LiveUser&>(who).device() == device; },
        R"({"type":"wipe"})"
    );
}

// They come back at once and find that they have to fetch anew.
void LiveFeed::send_away() {
    if (figures_moved_) figures_moved_();
    hub_.close_sessions(everybody, come_back);
}

void LiveFeed::account_ended(ticketing::UserId account) {
    if (tasks_ == nullptr) return;
    tasks_->spawn("sessions ended", close_ended(users(account)));
    std::vector<redis::LiveMessage> messages;
    messages.push_back(sessions_ended(account));
    tasks_->spawn("sessions ended", publish(std::move(messages)));
}

asio::awaitable<void> LiveFeed::account_ended_elsewhere(ticketing::UserId account) {
    sessions_.forget_account(account);
    co_await close_ended(users(account));
}

LiveFeed::Users LiveFeed::users(ticketing::UserId account) {
    std::erase_if(users_, [](const auto& user) { return user.expired(); });
    Users found;
    for (const auto& known : users_) {
        auto user = known.lock();
        if (user && (!account || user->actor().user == account)) found.push_back(std::move(user));
    }
    return found;
}

asio::awaitable<void> LiveFeed::close_ended(Users users) {
    for (const auto& user : users) {
        const auto alive = co_await guard_.alive(user->session());
        if (alive || !is_over(alive.error())) continue;  // a store that is away ends nobody's work
        hub_.close_sessions(
            [&](const Principal& who) {
                return static_cast<const LiveUser&>(who).session() == user->session();
            },
            session_over
        );
    }
}

asio::awaitable<void> LiveFeed::watch_sessions() {
    for (;;) {
        metrics_.live_sessions.Set(static_cast<double>(hub_.stats().sessions));
        co_await close_ended(users());
        co_await sleep_for(look_every);
    }
}

}  // namespace hotline
