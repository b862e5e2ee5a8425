#pragma once

#include "server/api/remembered.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace hotline::api {

// Answers that are remembered for a moment, and worked out once for all who ask meanwhile: news of
// a change makes every open page ask the same at the same time. For the I/O thread.
template <class T>
class AskedOnce {
public:
    AskedOnce(std::chrono::milliseconds keep, std::size_t most) : kept_(keep, most) {}

    // What is known, what another is just being told, or what `work_out` (to an awaitable
    // Result<T>) comes to. `now` is when the question was asked.
    template <class WorkOut>
    boost::asio::awaitable<Result<T>> answer(
        std::string key, ticketing::Instant now, WorkOut work_out
    ) {
        for (;;) {
            if (auto known = kept_.find(key, now)) co_return std::move(*known);
            const std::shared_ptr<Work> other = under_way(key);
            if (!other) break;
            co_await other->ended.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
            // None: who worked it out has gone away meanwhile, which is his end alone.
            if (other->outcome) co_return *other->outcome;
        }
        const auto executor = co_await boost::asio::this_coro::executor;
        const Mine mine(*this, key, executor);
        Result<T> outcome = co_await work_out();
        if (outcome) kept_.put(std::move(key), *outcome, now);
        const auto state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() == boost::asio::cancellation_type::none) {
            mine.work->outcome = outcome;
        }
        co_return outcome;
    }

    // As Remembered::forget. Who asks from now on does not wait for an answer of before either.
    void forget(ticketing::Instant now) {
        kept_.forget(now);
        works_->clear();
    }

private:
    struct Work {
        explicit Work(const boost::asio::any_io_executor& executor) : ended(executor) {}

        boost::asio::steady_timer ended;
        std::optional<Result<T>> outcome;
    };

    using Works = std::unordered_map<std::string, std::shared_ptr<Work>>;

    // From the question to its answer, however that ends.
    struct Mine {
        Mine(
            const AskedOnce& asked,
            const std::string& asked_key,
            const boost::asio::any_io_executor& executor
        )
            : works(asked.works_), key(asked_key), work(std::make_shared<Work>(executor)) {
            work->ended.expires_at(boost::asio::steady_timer::time_point::max());
            (*works)[key] = work;
        }
        ~Mine() {
            const auto found = works->find(key);
            if (found != works->end() && found->second == work) works->erase(found);
            work->ended.cancel();
        }
        Mine(const Mine&) = delete;
        Mine& operator=(const Mine&) = delete;

        std::shared_ptr<Works> works;  // a request cut off at the end may outlive its API
        std::string key;
        std::shared_ptr<Work> work;
    };

    std::shared_ptr<Work> under_way(const std::string& key) const {
        const auto found = works_->find(key);
        return found == works_->end() ? nullptr : found->second;
    }

    Remembered<T> kept_;
    std::shared_ptr<Works> works_ = std::make_shared<Works>();
};

}  // namespace hotline::api
