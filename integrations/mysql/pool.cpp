#include "integrations/mysql/pool.hpp"

#include "integrations/mysql/pool_threads.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <latch>

namespace hotline::mysql {

namespace asio = boost::asio;

class Pool::Impl : public PoolThreads {
public:
    using PoolThreads::PoolThreads;
};

Pool::Pool(Settings settings, PoolSettings pool, JobObserver observer)
    : impl_(std::make_unique<Impl>(std::move(settings), pool, std::move(observer))) {}

Pool::~Pool() {
    stop();
}

bool Pool::healthy() const {
    return impl_->stats().healthy;
}

PoolStats Pool::stats() const {
    return impl_->stats();
}

void Pool::stop() {
    impl_->stop();
}

void Pool::block_on(std::shared_ptr<Job> job, JobKind kind, Lane lane) {
    std::latch done{1};
    auto entry = std::make_shared<Ticketed>();
    entry->job = std::move(job);
    entry->kind = kind;
    entry->lane = lane;
    entry->wake = [&done] { done.count_down(); };
    impl_->submit(entry);
    done.wait();
}

asio::awaitable<void> Pool::wait_for(std::shared_ptr<Job> job, JobKind kind, Lane lane) {
    auto entry = std::make_shared<Ticketed>();
    entry->job = std::move(job);
    entry->kind = kind;
    entry->lane = lane;
    PoolThreads* threads = impl_.get();
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [threads](auto handler, TicketedJob waiting) {
            auto executor = asio::get_associated_executor(handler);
            auto slot = asio::get_associated_cancellation_slot(handler);
            if (slot.is_connected())
                slot.assign([threads, waiting](asio::cancellation_type) {
                    threads->cancel(waiting);
                });
            auto work = asio::make_work_guard(executor);
            waiting->wake =
                [executor, slot, work = std::move(work), handler = std::move(handler)]() mutable {
                    // The executor's thread lets go of the work, too: once it has the handler, its
                    // loop may end and be gone before this thread comes to its next line.
                    auto resume =
                        [slot, work = std::move(work), handler = std::move(handler)]() mutable {
                            if (slot.is_connected()) slot.clear();
                            std::move(handler)();
                        };
                    asio::post(executor, std::move(resume));
                };
            threads->submit(waiting);
        },
        asio::use_awaitable,
        std::move(entry)
    );
}

}  // namespace hotline::mysql
