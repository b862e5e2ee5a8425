#pragma once

#include "server/actions/file_desk.hpp"
#include "server/city.hpp"
#include "server/config/settings.hpp"
#include "server/intake_parts.hpp"
#include "server/knowledge.hpp"
#include "server/metrics.hpp"
#include "server/similar_appeals.hpp"
#include "server/stores.hpp"
#include "server/tasks.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace hotline {

// Everything people and machines talk to: log-in, the API, the live feed, the web apps, and the
// listener in front of them.
class Site {
public:
    static Result<std::unique_ptr<Site>> build(
        boost::asio::any_io_executor executor,
        const config::Settings& settings,
        const std::string& server_id,
        Stores& stores,
        const CitySource& city,
        KnowledgeSource& knowledge,
        IntakeParts& intake,
        actions::FileDesk& files,
        const SimilarAppeals& similar,
        Metrics& metrics
    );
    ~Site();

    void start(TaskGroup& tasks);
    // /readyz says no, live feeds end with 1012, requests under way finish within `drain`.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds drain);
    std::uint16_t port() const;

private:
    struct Parts;
    explicit Site(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace hotline
