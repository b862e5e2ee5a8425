#include "server/http/deadlines.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fmt/chrono.h>

#include <utility>

namespace hotline::http {

namespace asio = boost::asio;

Deadlines::Deadlines() {
    expire(now_);
}

asio::awaitable<void> Deadlines::run() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (true) {
        const auto due = Clock::now() + tick;
        timer.expires_at(due);
        co_await timer.async_wait(asio::use_awaitable);
        const auto now = Clock::now();
        lag_ = now - due;
        expire(now);
    }
}

void Deadlines::expire(Clock::time_point now) {
    now_ = now;
    const auto wall = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    date_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(wall));
    for (auto& entry : entries_) {
        if (entry.at_ > now) continue;
        entry.never();
        entry.expired_ = true;
        // The farewell of a connection that was too slow may be too slow as well.
        if (!entry.idle_ && !std::exchange(entry.counted_, true)) ++expired_;
        boost::system::error_code ignored;
        entry.socket_.cancel(ignored);
    }
}

void Deadlines::cancel_idle() {
    for (auto& entry : entries_) {
        boost::system::error_code ignored;
        if (entry.idle_ && entry.at_ != Clock::time_point::max()) entry.socket_.cancel(ignored);
    }
}

void Deadlines::close_all() {
    for (auto& entry : entries_) {
        boost::system::error_code ignored;
        entry.socket_.close(ignored);
    }
}

Deadline::Deadline(Deadlines& set, TcpSocket& socket) : set_(set), socket_(socket) {
    set_.entries_.push_back(*this);
}

Deadline::~Deadline() {
    set_.entries_.erase(set_.entries_.iterator_to(*this));
}

void Deadline::expire_after(std::chrono::milliseconds limit, bool idle) {
    at_ = set_.now_ + limit + Deadlines::tick;
    idle_ = idle;
    expired_ = false;
}

void Deadline::never() {
    at_ = Deadlines::Clock::time_point::max();
}

}  // namespace hotline::http
