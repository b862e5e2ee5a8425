#pragma once

#include "integrations/ari/exchange.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/recording_store.hpp"
#include "integrations/telephony/recording_rules.hpp"
#include "server/actions/recording_vault.hpp"
#include "server/metrics.hpp"
#include "server/tasks.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace hotline::phone {

struct RecordingSettings {
    std::string source = "ari";  // of the calls at the exchange
    std::chrono::days keep{730};
    std::chrono::milliseconds settles = telephony::recording_settles;
};

// Recordings from the exchange into our own keeping, and out of it when their time is over
// (integrations/telephony, T46 to T49). Each server at an exchange has one; a row in the database
// says what is to be done, so that a server that dies loses nothing. All on the executor's thread.
class RecordingKeeper {
public:
    struct Needs {
        mysql::Pool& pool;
        actions::RecordingVault& vault;
        const ari::Exchange* exchange;  // none: those that are kept still have their time
        Metrics& metrics;
        std::function<void(std::uint64_t call)> kept;  // it can be heard now
        std::function<ticketing::Instant()> now;
    };
    RecordingKeeper(Needs needs, RecordingSettings settings);

    void start(TaskGroup& tasks);

    // Whether there was something to do: one recording fetched, or removed at the exchange.
    boost::asio::awaitable<bool> do_next();
    // What lies at the exchange of calls that are over and nobody has told of. False: no answer.
    boost::asio::awaitable<bool> look_at_exchange();
    // How many whose time was over are gone.
    boost::asio::awaitable<std::uint64_t> delete_expired();

private:
    boost::asio::awaitable<void> fetch(mysql::Recording recording);
    boost::asio::awaitable<std::string> take_in(mysql::Recording& recording);
    boost::asio::awaitable<void> remove_there(mysql::Recording recording);
    boost::asio::awaitable<bool> settle(mysql::Recording recording, int from);

    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> look_every_hour();
    boost::asio::awaitable<void> clear_every_hour();
    boost::asio::awaitable<void> count();

    Needs needs_;
    RecordingSettings settings_;
};

}  // namespace hotline::phone
