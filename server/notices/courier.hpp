#pragma once

#include "integrations/mysql/device_store.hpp"
#include "integrations/mysql/notice_deliveries.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/notify/senders.hpp"
#include "server/api/notice_json.hpp"
#include "server/metrics.hpp"
#include "server/notices/bell.hpp"
#include "server/notices/channel_gate.hpp"
#include "server/tasks.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace hotline::notices {

using notify::Senders;
using ticketing::notices::Channel;

struct CourierSettings {
    api::MessageSettings messages;
    std::chrono::milliseconds lease{20'000};
    std::chrono::milliseconds look_every{1'000};
    std::chrono::milliseconds first_retry{1'000};
    std::chrono::milliseconds longest_retry{300'000};
    unsigned most_attempts = 30;
    std::chrono::hours keeps{24};  // a delivery older than this is given up
};

// After how long a delivery that failed so often before is tried again, each a little differently.
std::chrono::milliseconds retry_after(
    unsigned attempts, std::uint64_t delivery, const CourierSettings& settings
);

// Takes the deliveries of one channel under a lease, hands them to its sender as fast as the gate
// lets them, and writes down what came of each. What a server had in hand when it died is sent by
// another, with the same id. Event loop's thread only; outlives its tasks.
class Courier {
public:
    Courier(
        Channel channel,
        notify::Sender& sender,
        mysql::Pool& pool,
        Metrics& metrics,
        boost::asio::any_io_executor executor,
        GateSettings gate,
        CourierSettings settings
    );

    // Spawns the loop.
    void start(TaskGroup& tasks);
    void ring() { bell_.ring(); }

private:
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<bool> take(std::size_t room);
    boost::asio::awaitable<void> send(mysql::Delivery delivery);
    boost::asio::awaitable<void> send_last_words();
    boost::asio::awaitable<void> write_down();
    mysql::DeliveryResult judge(const mysql::Delivery& delivery, const notify::Sent& sent) const;

    Channel channel_;
    notify::Sender& sender_;
    mysql::Pool& pool_;
    Metrics& metrics_;
    ChannelGate gate_;
    CourierSettings settings_;
    Bell bell_;
    TaskGroup* tasks_ = nullptr;
    std::vector<mysql::DeliveryResult> results_;  // not written yet
    std::chrono::steady_clock::time_point next_words_;
};

}  // namespace hotline::notices
