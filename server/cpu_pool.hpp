#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace hotline {

// Runs `job` (no arguments, no exceptions) on the pool and resumes the caller on its own executor.
// The job owns what it needs: the caller may be cancelled, the job is not.
template <class F>
boost::asio::awaitable<std::invoke_result_t<F&>> on_pool(boost::asio::thread_pool& pool, F job) {
    using T = std::invoke_result_t<F&>;
    namespace asio = boost::asio;
    auto initiate = [&pool](auto handler, F work) {
        auto home = asio::make_work_guard(asio::get_associated_executor(handler));
        auto run = [handler = std::move(handler), work = std::move(work), home]() mutable {
            auto resume = [handler = std::move(handler), result = work()]() mutable {
                std::move(handler)(std::move(result));
            };
            asio::post(home.get_executor(), std::move(resume));
        };
        asio::post(pool, std::move(run));
    };
    using Token = asio::use_awaitable_t<>;
    co_return co_await asio::async_initiate<const Token, void(T)>(
        std::move(initiate), asio::use_awaitable, std::move(job)
    );
}

}  // namespace hotline
