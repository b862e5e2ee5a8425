#pragma once

#include "ticketing/errors.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hotline::actions {

// What the asker learns of the number it was promised.
struct Committed {
    enum class Kind { created, existing, other_body, dead_lettered } kind = Kind::created;
    std::string ticket_no;  // the ticket's; another than promised when `existing`
};

// POSTs waiting for their own commit. Lives on the I/O thread: every call comes from there.
class CommitWaiters {
public:
    explicit CommitWaiters(boost::asio::any_io_executor executor)
        : executor_(std::move(executor)) {}

    // A place in the list, taken before the entry is queued so that no notice is missed; left when
    // it dies.
    class Place {
    public:
        Place(CommitWaiters& list, std::string ticket_no);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        // Nothing when `limit` passed first.
        boost::asio::awaitable<std::optional<Committed>> wait(std::chrono::milliseconds limit);

    private:
        friend class CommitWaiters;
        CommitWaiters& list_;
        std::string ticket_no_;
        boost::asio::steady_timer timer_;
        std::optional<Committed> outcome_;
    };

    void tell(std::string_view promised_no, Committed outcome);
    std::size_t size() const { return places_.size(); }

private:
    boost::asio::any_io_executor executor_;
    std::unordered_map<std::string, Place*> places_;
};

}  // namespace hotline::actions
