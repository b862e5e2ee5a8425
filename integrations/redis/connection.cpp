#include "integrations/redis/connection.hpp"

#include "integrations/redis/connection_core.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <signal.h>

#include <algorithm>
#include <optional>

namespace hotline::redis {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

using Replies = std::vector<Reply>;

// Collects the replies of a pipeline; completes when the last one is in or with the first error.
struct Batch {
    explicit Batch(std::size_t size) : replies(size), missing(size) {}

    void take(std::size_t place, Result<Reply> reply) {
        if (reply) {
            replies[place] = std::move(*reply);
        } else if (!failed) {
            failed = std::move(reply.error());
        }
        if (--missing == 0) finish();
    }
    void finish() {
        auto call = std::exchange(done, nullptr);
        if (!call) return;  // cancelled
        if (failed) return call(std::unexpected(std::move(*failed)));
        call(std::move(replies));
    }

    Replies replies;
    std::size_t missing;
    std::optional<Error> failed;
    std::move_only_function<void(Result<Replies>)> done;
};

// hiredis must not be re-entered from its callbacks, so a coroutine never resumes inside one: its
// handler is posted to its own executor.
template <class T, class Handler>
std::move_only_function<void(Result<T>)> posting(
    Handler handler, const asio::any_io_executor& fallback
) {
    auto executor = asio::get_associated_executor(handler, fallback);
    return [executor, handler = std::move(handler)](Result<T> result) mutable {
        asio::post(executor, [handler = std::move(handler), result = std::move(result)]() mutable {
            std::move(handler)(std::move(result));
        });
    };
}

// Cancelling gives up waiting; the command itself is on its way and its reply is thrown away.
template <class T, class Target>
void give_up_on_cancel(
    const asio::cancellation_slot& slot,
    const asio::any_io_executor& executor,
    const std::shared_ptr<Target>& target
) {
    if (!slot.is_connected()) return;
    auto cancel_slot = slot;
    cancel_slot.assign([executor, target](asio::cancellation_type) {
        asio::dispatch(executor, [target] {
            auto call = std::exchange(target->done, nullptr);
            if (call) call(Result<T>(fail(ErrorCode::deadline_exceeded, "cancelled")));
        });
    });
}

// hiredis 0.14 writes without MSG_NOSIGNAL: with the default action a Redis that went away would
// end the whole process. A handler set by the program itself is left in place.
void survive_broken_pipes() {
    static const bool once = [] {
        struct sigaction current{};
        if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) {
            ::signal(SIGPIPE, SIG_IGN);
        }
        return true;
    }();
    static_cast<void>(once);
}

}  // namespace

Connection::Connection(asio::any_io_executor executor, ConnectionSettings settings)
    : core_(std::make_shared<Core>(std::move(executor), std::move(settings))) {
    survive_broken_pipes();
}

Connection::~Connection() {
    close();
}

asio::awaitable<void> Connection::run() {
    return Core::run(core_);
}

bool Connection::available() const noexcept {
    return core_->available;
}

asio::awaitable<Result<void>> Connection::wait_available(milliseconds limit) {
    const auto core = core_;
    const auto due = std::chrono::steady_clock::now() + limit;
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (!core->available) {
        const auto left = due - std::chrono::steady_clock::now();
        if (left <= 0ms) co_return fail(ErrorCode::store_unavailable, core->last_failure());
        timer.expires_after(std::min<std::chrono::steady_clock::duration>(left, 5ms));
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    co_return Result<void>{};
}

asio::awaitable<Result<Reply>> Connection::command(Command command) {
    return this->command(std::move(command), core_->settings.command_deadline);
}

asio::awaitable<Result<Reply>> Connection::command(Command command, milliseconds deadline) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Reply>)>(
        [](auto handler, std::shared_ptr<Core> core, Command sent, milliseconds within) {
            auto waiter = std::make_shared<Waiter>();
            const auto slot = asio::get_associated_cancellation_slot(handler);
            waiter->done = posting<Reply>(std::move(handler), core->executor);
            give_up_on_cancel<Reply>(slot, core->executor, waiter);
            asio::dispatch(
                core->executor,
                [core, sent = std::move(sent), waiter = std::move(waiter), within]() mutable {
                    core->submit_one(std::move(sent), std::move(waiter), within);
                }
            );
        },
        asio::use_awaitable,
        core_,
        std::move(command),
        deadline
    );
}

asio::awaitable<Result<Replies>> Connection::pipeline(std::vector<Command> commands) {
    return pipeline(std::move(commands), core_->settings.command_deadline);
}

asio::awaitable<Result<Replies>> Connection::pipeline(
    std::vector<Command> commands, milliseconds deadline
) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Replies>)>(
        [](auto handler, std::shared_ptr<Core> core, std::vector<Command> sent, milliseconds within
        ) {
            auto batch = std::make_shared<Batch>(sent.size());
            const auto slot = asio::get_associated_cancellation_slot(handler);
            batch->done = posting<Replies>(std::move(handler), core->executor);
            if (sent.empty()) return batch->finish();
            give_up_on_cancel<Replies>(slot, core->executor, batch);
            std::vector<Core::Item> items(sent.size());
            for (std::size_t place = 0; place < sent.size(); ++place) {
                items[place].command = std::move(sent[place]);
                items[place].waiter = std::make_shared<Waiter>();
                items[place].waiter->done = [batch, place](Result<Reply> reply) {
                    batch->take(place, std::move(reply));
                };
            }
            asio::dispatch(core->executor, [core, items = std::move(items), within]() mutable {
                core->submit(std::move(items), within);
            });
        },
        asio::use_awaitable,
        core_,
        std::move(commands),
        deadline
    );
}

void Connection::subscribe(std::string channel, OnMessage on_message) {
    core_->subscribe(std::move(channel), std::move(on_message));
}

void Connection::close() {
    asio::dispatch(core_->executor, [core = core_] { core->close(); });
}

ConnectionCounts Connection::counts() const noexcept {
    return core_->counts();
}

std::string Connection::last_failure() const {
    return core_->last_failure();
}

const ConnectionSettings& Connection::settings() const noexcept {
    return core_->settings;
}

}  // namespace hotline::redis
