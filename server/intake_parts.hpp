#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/serial_lease.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/actions/commit_waiters.hpp"
#include "server/city.hpp"
#include "server/config/settings.hpp"
#include "server/desk_loads.hpp"
#include "server/stores.hpp"
#include "server/workers/figures_news.hpp"
#include "server/workers/intake.hpp"

#include <deque>
#include <memory>
#include <span>

namespace hotline {

// What an appeal passes between the door and its ticket, and the workers that keep it going.
class IntakeParts {
public:
    static Result<std::unique_ptr<IntakeParts>> build(
        boost::asio::any_io_executor executor,
        const config::Settings& settings,
        const std::string& server_id,
        Stores& stores,
        const CitySource& city,
        Metrics& metrics
    );

    void start(TaskGroup& tasks);
    // Another server committed what we accepted.
    void take(std::span<const redis::CommitNotice> notices);

    DeskLoads loads;
    actions::CommitWaiters waiters;
    actions::Backlog backlog;
    mysql::SerialSource serials;
    actions::AppealDesk desk;
    const crypto::BlindIndex blind;
    workers::FiguresNews figures;

private:
    IntakeParts(
        boost::asio::any_io_executor executor,
        const config::Settings& settings,
        const std::string& server_id,
        Stores& stores,
        const CitySource& city,
        Metrics& metrics,
        std::string query_code_secret,
        crypto::BlindIndex blind_index,
        crypto::Signer signer
    );

    Stores& stores_;
    const CitySource& city_;
    Metrics& metrics_;
    std::string server_id_;
    std::chrono::milliseconds watch_interval_;
    workers::IntakeRush rush_;
    std::deque<workers::IntakeWorker> workers_;
    crypto::Signer signer_;  // of the checkpoints over the event chains
};

}  // namespace hotline
