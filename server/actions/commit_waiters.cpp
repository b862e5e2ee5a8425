#include "server/actions/commit_waiters.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace hotline::actions {

CommitWaiters::Place::Place(CommitWaiters& list, std::string ticket_no)
    : list_(list), ticket_no_(std::move(ticket_no)), timer_(list.executor_) {
    list_.places_.emplace(ticket_no_, this);
}

CommitWaiters::Place::~Place() {
    list_.places_.erase(ticket_no_);
}

boost::asio::awaitable<std::optional<Committed>> CommitWaiters::Place::wait(
    std::chrono::milliseconds limit
) {
    if (!outcome_) {
        timer_.expires_after(limit);
        co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
    co_return std::exchange(outcome_, std::nullopt);
}

void CommitWaiters::tell(std::string_view promised_no, Committed outcome) {
    const auto found = places_.find(std::string(promised_no));
    if (found == places_.end()) return;
    found->second->outcome_ = std::move(outcome);
    found->second->timer_.cancel();
}

}  // namespace hotline::actions
