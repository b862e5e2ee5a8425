#pragma once

#include "server/http/stream.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace hotline::http {

class Deadlines;

// The instant at which what a connection waits for is cancelled. Set it before every wait: it fires
// once, up to two ticks late, never early.
class Deadline : public boost::intrusive::list_base_hook<> {
public:
    // Both must outlive it.
    Deadline(Deadlines& set, TcpSocket& socket);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void expire_after(std::chrono::milliseconds limit, bool idle = false);
    void never();
    bool expired() const { return expired_; }
    Deadlines& set() { return set_; }

private:
    friend class Deadlines;

    Deadlines& set_;
    TcpSocket& socket_;
    std::chrono::steady_clock::time_point at_ = std::chrono::steady_clock::time_point::max();
    bool idle_ = false;  // nothing is lost when the wait ends
    bool expired_ = false;
    bool counted_ = false;
};

// One coarse tick for all connections instead of a timer per read and write. It also keeps the Date
// header's text and measures how late the loop runs.
class Deadlines {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds tick{100};

    Deadlines();

    // Ticks until cancelled.
    boost::asio::awaitable<void> run();

    Clock::time_point now() const { return now_; }   // at most a tick old
    std::string_view date() const { return date_; }  // IMF-fixdate
    Clock::duration lag() const { return lag_; }     // of the last tick

    void cancel_idle();
    void close_all();
    std::size_t expired_count() const { return expired_; }  // connections that were too slow

private:
    friend class Deadline;
    void expire(Clock::time_point now);

    boost::intrusive::list<Deadline, boost::intrusive::constant_time_size<false>> entries_;
    Clock::time_point now_ = Clock::now();
    Clock::duration lag_{};
    std::string date_;
    std::size_t expired_ = 0;
};

}  // namespace hotline::http
