#pragma once

#include "integrations/http/client.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/actions/settle_handovers.hpp"
#include "server/city.hpp"
#include "server/tasks.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>

namespace hotline::workers {

struct HandoverSettings {
    std::chrono::milliseconds interval{1000};
    // Longer than a call can take: what a dying server had in hand is looked for after it (E14).
    std::chrono::milliseconds lease{60'000};
    std::chrono::milliseconds silent_every{60'000};
    std::string key;  // opens the partners' keys
    std::string agent = "hotline-open311/1";
    http_client::Limits limits;
};

// Hands tickets over to partners and follows them there (E10 to E19). One call at a time for each
// partner, so that a slow one delays nobody else and none is asked too much; any number of servers
// share the work by leases.
class HandoverWorker {
public:
    HandoverWorker(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        const CitySource& city,
        HandoverSettings settings
    );

    // Until cancelled; its lanes are spawned into `tasks`.
    boost::asio::awaitable<void> run(TaskGroup& tasks);

    // Asks the partner what is due next, if anything is: of one ticket, or of all it has taken.
    boost::asio::awaitable<Result<bool>> hand_over_one(std::uint64_t partner);
    boost::asio::awaitable<Result<bool>> follow(std::uint64_t partner);
    boost::asio::awaitable<Result<std::size_t>> tell_silent();

private:
    boost::asio::awaitable<void> lane(std::uint64_t partner);
    boost::asio::awaitable<Result<void>> open_lanes(TaskGroup& tasks);
    boost::asio::awaitable<actions::PartnerAnswer> ask(http_client::Request request);
    http_client::Request get(std::string url) const;
    http_client::Request request_of(const actions::PartnerTask& task) const;

    mysql::Pool& pool_;
    const CitySource& city_;
    HandoverSettings settings_;
    http_client::Client client_;
    std::set<std::uint64_t> open_;
    std::chrono::steady_clock::time_point next_silent_{};
};

}  // namespace hotline::workers
