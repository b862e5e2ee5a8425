#pragma once

#include "integrations/http/client.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/webhook_deliveries.hpp"
#include "integrations/mysql/webhook_store.hpp"
#include "server/metrics.hpp"
#include "server/tasks.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::workers {

struct WebhookSettings {
    std::chrono::milliseconds interval{250};
    // Longer than an attempt can take: what a dying server had in hand comes back after it.
    std::chrono::milliseconds lease{30'000};
    unsigned lanes = 4;  // messages under way for one endpoint
    std::string key;     // secrets are made from it
    std::string agent = "hotline-webhooks/1";
    http_client::Limits limits;
};

// Sends what waits for other systems. Each endpoint has lanes of its own, so that a slow one delays
// nobody else; any number of servers share the work by leases.
class WebhookWorker {
public:
    WebhookWorker(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        Metrics& metrics,
        WebhookSettings settings
    );

    // Until cancelled; its lanes are spawned into `tasks`.
    boost::asio::awaitable<void> run(TaskGroup& tasks);
    boost::asio::awaitable<void> purge();

    // Sends one message of this endpoint, if one is due; false when there is none.
    boost::asio::awaitable<Result<bool>> send_one(std::uint64_t webhook);

private:
    struct Attempt {
        mysql::Webhook webhook;
        mysql::WebhookDelivery delivery;
    };
    boost::asio::awaitable<void> lane(std::uint64_t webhook);
    boost::asio::awaitable<Result<std::size_t>> open_lanes(TaskGroup& tasks);
    boost::asio::awaitable<void> measure();
    http_client::Request request_of(const Attempt& attempt) const;
    // Notes how it ended, in one transaction.
    Result<bool> settle(
        mysql::Connection& db,
        const Attempt& attempt,
        unsigned status,
        std::string_view fault,
        std::optional<std::chrono::seconds> asked
    ) const;

    mysql::Pool& pool_;
    Metrics& metrics_;
    WebhookSettings settings_;
    http_client::Client client_;
    std::map<std::uint64_t, unsigned> open_;  // lanes by endpoint
    std::chrono::steady_clock::time_point next_measure_{};
};

}  // namespace hotline::workers
