#include "integrations/redis/connection_core.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace hotline::redis {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

// Replies may already lie in the socket when a busy loop reaches its timer first; they get this
// long to be read before a deadline counts as passed.
constexpr milliseconds reading_grace = 5ms;

}  // namespace

struct Connection::Core::Handshake {
    std::size_t missing = 0;
    std::string refused;
};

Connection::Core::Core(asio::any_io_executor on, ConnectionSettings with)
    : executor(std::move(on)), settings(std::move(with)), timer_(executor) {}

asio::awaitable<void> Connection::Core::run(std::shared_ptr<Core> self) {
    co_await asio::this_coro::throw_if_cancelled(false);
    milliseconds wait = self->settings.backoff_first;
    while (!self->stopped_) {
        const auto began = Link::Clock::now();
        if (co_await bring_up(self)) co_await serve(self);
        self->drop(ErrorCode::store_unavailable, "redis connection closed");
        const auto cancelled = (co_await asio::this_coro::cancellation_state).cancelled();
        if (cancelled != asio::cancellation_type::none) self->stopped_ = true;
        if (self->stopped_) break;
        // A link that lasted was a good one: the next attempt comes soon again.
        if (Link::Clock::now() - began > 2 * self->settings.backoff_last) {
            wait = self->settings.backoff_first;
        }
        co_await pause(self, wait);
        wait = std::min(wait * 2, self->settings.backoff_last);
    }
    self->drop(ErrorCode::store_unavailable, "redis connection closed");
}

asio::awaitable<bool> Connection::Core::bring_up(std::shared_ptr<Core> self) {
    const auto due = Link::Clock::now() + self->settings.connect_deadline;
    const auto opened = co_await open(self);
    if (!opened) {
        self->note_failure(opened.error().detail);
        co_return false;
    }
    while (!self->stopped_ && !self->link_->connected() && !self->link_->down()) {
        if (Link::Clock::now() >= due) {
            self->drop(ErrorCode::store_unavailable, "connect timed out");
        } else {
            co_await pause(self, self->tick());
        }
    }
    if (self->stopped_ || !self->link_->connected()) co_return false;
    if (!co_await shake_hands(self, due)) co_return false;
    self->start_subscriptions();
    ++self->connects_;
    self->note_failure("");
    self->available = true;
    self->timer_.cancel();
    co_return true;
}

asio::awaitable<Result<void>> Connection::Core::open(std::shared_ptr<Core> self) {
    const std::weak_ptr<Core> weak = self;
    self->link_ = std::make_shared<Link>(self->executor, [weak] {
        if (const auto core = weak.lock()) core->changed();
    });
    const auto& to = self->settings;
    if (!to.unix_socket.empty()) co_return self->link_->open_unix(to.unix_socket);

    // hiredis would look the name up with a blocking call.
    boost::system::error_code not_numeric;
    asio::ip::make_address(to.host, not_numeric);
    if (!not_numeric) co_return self->link_->open_tcp(to.host, to.port);
    asio::ip::tcp::resolver resolver(self->executor);
    auto [failed, found] = co_await resolver.async_resolve(to.host, "", quietly);
    if (failed || found.empty()) co_return fail(ErrorCode::store_unavailable, failed.message());
    const std::string address = found.begin()->endpoint().address().to_string();
    co_return self->link_->open_tcp(address, to.port);
}

std::vector<Command> Connection::Core::greeting() const {
    std::vector<Command> commands;
    if (!settings.password.empty()) {
        Command auth{"AUTH"};
        if (!settings.user.empty()) auth.push_back(settings.user);
        auth.push_back(settings.password);
        commands.push_back(std::move(auth));
    }
    if (!settings.name.empty()) commands.push_back({"CLIENT", "SETNAME", settings.name});
    commands.push_back({"PING"});
    return commands;
}

asio::awaitable<bool> Connection::Core::shake_hands(
    std::shared_ptr<Core> self, Link::Clock::time_point due
) {
    const auto state = std::make_shared<Handshake>();
    const std::weak_ptr<Core> weak = self;
    for (Command& command : self->greeting()) {
        ++state->missing;
        auto waiter = std::make_shared<Waiter>();
        waiter->done = [state, weak](Result<Reply> reply) {
            --state->missing;
            if (!reply) state->refused = reply.error().detail;
            if (reply && reply->is_error()) state->refused = reply->text;
            if (const auto core = weak.lock()) core->timer_.cancel();
        };
        self->link_->send(std::move(command), std::move(waiter), due);
    }
    while (state->missing > 0 && !self->link_->down() && !self->stopped_) {
        if (Link::Clock::now() >= due) {
            self->drop(ErrorCode::store_unavailable, "no answer to PING");
        } else {
            co_await pause(self, self->tick());
        }
    }
    if (!state->refused.empty()) self->drop(ErrorCode::store_unavailable, state->refused);
    co_return state->missing == 0 && state->refused.empty() && self->link_->connected();
}

asio::awaitable<void> Connection::Core::serve(std::shared_ptr<Core> self) {
    const auto& settings = self->settings;
    auto next_beat = Link::Clock::now() + settings.ping_every;
    while (!self->stopped_ && !self->link_->down()) {
        co_await pause(self, self->tick());
        const auto cancelled = (co_await asio::this_coro::cancellation_state).cancelled();
        if (cancelled != asio::cancellation_type::none) co_return;
        const auto now = Link::Clock::now();
        self->outstanding_ = self->link_->outstanding();
        if (self->link_->overdue(now)) {
            co_await pause(self, reading_grace);
            self->expire(now);
        } else if (now >= next_beat && self->link_->outstanding() == 0) {
            self->link_->beat(now + settings.command_deadline);
            next_beat = now + settings.ping_every;
        }
    }
}

// A Redis that has been silent is taken for dead: the link goes, and everything on it is unknown.
// One that still answers is only slow, and a new link would make it slower.
void Connection::Core::expire(Link::Clock::time_point now) {
    if (stopped_ || !link_->overdue(now)) return;
    ++expiries_;
    if (Link::Clock::now() - link_->last_heard() >= settings.command_deadline / 2) {
        drop(ErrorCode::deadline_exceeded, "redis did not answer in time");
    } else {
        link_->expire(now, settings.command_deadline);
    }
}

asio::awaitable<void> Connection::Core::pause(std::shared_ptr<Core> self, milliseconds time) {
    self->timer_.expires_after(time);
    co_await self->timer_.async_wait(quietly);
}

Result<void> Connection::Core::admit(std::size_t count) const {
    if (!available || !link_ || !link_->connected()) {
        return fail(ErrorCode::store_unavailable, "redis is away");
    }
    if (!subscriptions_.empty()) {
        return fail(ErrorCode::internal, "command on a connection with subscriptions");
    }
    if (link_->outstanding() + count > settings.max_outstanding) {
        return fail(ErrorCode::queue_full, "too many outstanding redis commands");
    }
    return {};
}

void Connection::Core::submit(std::vector<Item> items, milliseconds deadline) {
    const auto admitted = admit(items.size());
    if (!admitted) {
        for (Item& item : items) item.waiter->complete(std::unexpected(admitted.error()));
        return;
    }
    const auto due = Link::Clock::now() + deadline;
    commands_ += items.size();
    for (Item& item : items) link_->send(std::move(item.command), std::move(item.waiter), due);
}

void Connection::Core::submit_one(
    Command command, std::shared_ptr<Waiter> waiter, milliseconds deadline
) {
    if (auto admitted = admit(1); !admitted) {
        return waiter->complete(std::unexpected(std::move(admitted.error())));
    }
    ++commands_;
    link_->send(std::move(command), std::move(waiter), Link::Clock::now() + deadline);
}

void Connection::Core::subscribe(std::string channel, OnMessage on_message) {
    subscriptions_.emplace_back(std::move(channel), std::move(on_message));
}

void Connection::Core::start_subscriptions() {
    for (const auto& [channel, on_message] : subscriptions_) {
        link_->subscribe(channel, [on = executor, call = on_message](std::string payload) {
            asio::post(on, [call, payload = std::move(payload)] { call(payload); });
        });
    }
}

void Connection::Core::close() {
    stopped_ = true;
    drop(ErrorCode::store_unavailable, "redis connection closed");
    timer_.cancel();
}

void Connection::Core::changed() {
    if (link_ && link_->down()) {
        available = false;
        outstanding_ = 0;
    }
    timer_.cancel();
}

void Connection::Core::drop(ErrorCode code, std::string why) {
    available = false;
    if (!link_) return;
    if (!link_->down()) link_->tear_down(Error{code, std::move(why), {}});
    note_failure(link_->why_down());
}

void Connection::Core::note_failure(std::string why) {
    const std::scoped_lock lock(failure_mutex_);
    failure_ = std::move(why);
}

std::string Connection::Core::last_failure() const {
    const std::scoped_lock lock(failure_mutex_);
    return failure_;
}

ConnectionCounts Connection::Core::counts() const noexcept {
    return ConnectionCounts{
        .commands = commands_,
        .connects = connects_,
        .expiries = expiries_,
        .outstanding = outstanding_,
    };
}

milliseconds Connection::Core::tick() const {
    return std::clamp(settings.command_deadline / 8, 5ms, 50ms);
}

}  // namespace hotline::redis
