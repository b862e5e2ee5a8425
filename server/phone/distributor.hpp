#pragma once

#include "integrations/ari/exchange.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/phone/ledger.hpp"
#include "server/tasks.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace hotline::phone {

// What calls of our own exchange are from, for every server at it.
constexpr const char* exchange_source = "ari";

struct DistributorSettings {
    std::string source = exchange_source;  // of the calls
    std::string instance;                  // this server, the same after a restart
    ari::LinkSettings link;
    ari::ScriptSettings script;
    SkillsByNumber skills;
    std::string message = "hotline-message";  // the dialplan's context for who waited too long
    std::size_t most_waiting = 100;           // in line; more are sent there at once
};

// A telephone exchange of ours and the distribution of its calls (integrations/telephony, T25 to
// T35): what the exchange tells goes into the records, who waits is matched with an agent, what
// came of that goes back. Any number of servers at one exchange: each has calls of its own, and
// those of one that is heard no more are taken over. All on the executor's thread.
class Distributor {
public:
    struct Ears {
        std::function<void(const actions::CtiRecord&)> recorded;
        std::function<void(const actions::MovedAgents&)> moved;
        std::function<void(const std::vector<mysql::CallCommand>&)> commands;  // that have ended
        std::function<ticketing::Instant()> now;
    };

    // Err: what is wrong with the settings.
    static std::expected<std::unique_ptr<Distributor>, std::string> open(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        DistributorSettings settings,
        Ears ears
    );

    void start(TaskGroup& tasks);
    // Calls go on at the exchange; another server takes them over within seconds.
    void stop();

    // Somebody may have become ready.
    void agents_moved() { wake(); }
    // Somebody has asked for something, here or at another server (integrations/telephony, T39).
    void commands_asked() {
        asked_ = true;
        wake();
    }

    const ari::Exchange& exchange() const { return *exchange_; }

    bool is_ready() const;
    std::size_t open_calls() const;

private:
    Distributor(
        boost::asio::any_io_executor executor,
        mysql::Pool& pool,
        DistributorSettings settings,
        Ears ears
    );

    // What a caller was told while he waits.
    struct Said {
        std::optional<int> position;
        ticketing::Instant at{};
        bool wait = false;
        bool way_out = false;
    };

    ari::Exchange::Ears exchange_ears();
    boost::asio::awaitable<std::vector<ari::KnownCall>> known();
    void hear(const ari::Output& word);
    void wake() { wake_.cancel(); }

    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> keep_heard();
    Ends ends_of(const Heard& batch) const;
    void forget_ended(const Heard& batch);
    boost::asio::awaitable<void> match();
    Heard next_heard();
    boost::asio::awaitable<void> take_commands();
    boost::asio::awaitable<void> tell_abilities();
    boost::asio::awaitable<void> stay_owner();
    boost::asio::awaitable<void> be_heard();
    boost::asio::awaitable<void> look_after_others(bool anew);
    boost::asio::awaitable<void> tell_callers();
    void tell_caller(const actions::LineEntry& entry, int position, telephony::LineFigures figures);
    void tell(const actions::MovedAgents& moved);

    mysql::Pool& pool_;
    DistributorSettings settings_;
    Ears ears_;
    boost::asio::steady_timer wake_;
    std::optional<ari::Exchange> exchange_;
    actions::AcdOwner owner_;
    Heard heard_;
    std::size_t apart_ = 0;  // so many are kept one by one: together they were refused
    Ends ends_;
    std::map<std::string, Said> waiting_;
    bool keeping_ = false;  // what was heard is on its way into the records
    bool begun_ = false;    // the exchange has been opened
    bool asked_ = false;    // a command may wait for this server
    int beats_ = 0;
    bool replaced_ = false;  // another program has our name there: our calls are its own
};

}  // namespace hotline::phone
