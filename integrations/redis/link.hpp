#pragma once

#include "integrations/redis/reply.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct redisAsyncContext;

namespace hotline::redis {

// Whoever waits for one reply. Completed at most once; later completions are ignored, so a caller
// who gave up and the reply which comes after all do not meet.
struct Waiter {
    std::move_only_function<void(Result<Reply>)> done;

    void complete(Result<Reply> result) {
        if (auto call = std::exchange(done, nullptr)) call(std::move(result));
    }
};

// One hiredis context driven by Asio, from connect to its end; never reused. Lives on one executor.
//
// `done` and `on_change` run inside hiredis and must only post: the library may not be re-entered.
class Link : public std::enable_shared_from_this<Link> {
public:
    using Clock = std::chrono::steady_clock;
    using OnMessage = std::function<void(std::string payload)>;

    // `on_change`: connected() or down() has become true.
    Link(boost::asio::any_io_executor executor, std::function<void()> on_change);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    // Begins to connect; the outcome comes by on_change. `address` is a numeric address.
    Result<void> open_unix(const std::string& path);
    Result<void> open_tcp(const std::string& address, std::uint16_t port);

    bool connected() const { return connected_ && !down_; }
    bool down() const { return down_; }
    const std::string& why_down() const { return why_down_; }

    void send(Command command, std::shared_ptr<Waiter> waiter, Clock::time_point due);
    // Sending it again is harmless and makes Redis answer, which serves as the heartbeat.
    void subscribe(const std::string& channel, OnMessage on_message);
    void beat(Clock::time_point due);

    std::size_t outstanding() const { return sent_.size() + queued_.size(); }
    bool overdue(Clock::time_point now) const;
    // Gives up the overdue commands alone: their replies will be thrown away. The commands count as
    // overdue again after `renewed`, should the replies not come.
    void expire(Clock::time_point now, std::chrono::milliseconds renewed);
    Clock::time_point last_heard() const { return last_heard_; }

    // Ends the link; every outstanding command gets `why`.
    void tear_down(Error why);

private:
    struct Hooks;  // what hiredis calls

    struct Sent {
        std::shared_ptr<Waiter> waiter;
        Clock::time_point due;
    };
    struct Queued {
        Command command;
        Sent sent;
    };

    Result<void> adopt(redisAsyncContext* context);
    void transmit(const Command& command, Sent sent);
    void feed();
    void arm_read();
    void arm_write();
    void mark_down();
    void fail_queued();

    boost::asio::posix::stream_descriptor descriptor_;
    std::function<void()> on_change_;
    redisAsyncContext* context_ = nullptr;  // freed by hiredis; null from then on
    Error reason_;
    std::string why_down_;
    std::deque<Sent> sent_;      // in hiredis, answered in this order
    std::deque<Queued> queued_;  // not yet given to hiredis
    std::map<std::string, OnMessage> subscriptions_;
    std::vector<const char*> argv_;
    std::vector<std::size_t> argv_lengths_;
    Clock::time_point last_heard_;
    Clock::time_point beat_due_ = Clock::time_point::max();  // of a subscribed link
    bool connected_ = false;
    bool down_ = false;
    bool want_read_ = false;
    bool want_write_ = false;
    bool read_armed_ = false;
    bool write_armed_ = false;
};

}  // namespace hotline::redis
