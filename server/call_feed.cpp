#include "server/call_feed.hpp"

#include "integrations/mysql/call_store.hpp"
#include "server/actions/call_pictures.hpp"
#include "server/api/call_json.hpp"
#include "server/api/phone/agent_json.hpp"
#include "server/api/phone/command_json.hpp"
#include "server/live_notice.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

#include <boost/asio/as_tuple.hpp>

#include <iterator>

namespace hotline {
namespace {

namespace asio = boost::asio;
using actions::CallPicture;

constexpr std::size_t at_once = 100;
// Only a database that is away makes them wait; whoever misses one finds it with GET /calls.
constexpr std::size_t most_waiting = 10'000;

template <class T>
std::vector<T> take_some(std::set<T>& waiting) {
    auto end = waiting.begin();
    std::advance(end, static_cast<std::ptrdiff_t>(std::min(waiting.size(), at_once)));
    std::vector<T> some(waiting.begin(), end);
    waiting.erase(waiting.begin(), end);
    return some;
}

struct Seen {
    std::vector<CallPicture> calls;
    std::vector<mysql::AgentRow> agents;
};

Result<Seen> look(
    mysql::Connection& db,
    std::vector<std::uint64_t> calls,
    const std::vector<std::string>& names,
    const std::vector<ticketing::UserId>& moved,
    ticketing::Instant now
) {
    const auto named = mysql::calls_named(db, names);
    if (!named) return std::unexpected(named.error());
    calls.insert(calls.end(), named->begin(), named->end());
    auto rows = mysql::calls_by_id(db, calls);
    if (!rows) return std::unexpected(rows.error());
    auto pictures = actions::call_pictures(db, std::move(*rows), now);
    if (!pictures) return std::unexpected(pictures.error());
    auto agents = mysql::read_agents(db, moved);
    if (!agents) return std::unexpected(agents.error());
    return Seen{std::move(*pictures), std::move(*agents)};
}

}  // namespace

CallFeed::CallFeed(
    asio::any_io_executor executor, mysql::Pool& pool, const CitySource& city, Publish publish
)
    : pool_(pool), city_(city), publish_(std::move(publish)), wake_(executor) {
    wake_.expires_at(asio::steady_timer::time_point::max());
}

void CallFeed::changed(const actions::CtiRecord& record) {
    if (calls_.size() < most_waiting) {
        calls_.insert(record.calls.begin(), record.calls.end());
        left_.insert(left_.end(), record.left.begin(), record.left.end());
    }
    callbacks_ |= record.callbacks;
    agents_moved(record.agents);
}

void CallFeed::agents_moved(const std::vector<ticketing::UserId>& agents) {
    agents_.insert(agents.begin(), agents.end());
    wake_.cancel();
}

void CallFeed::callbacks_changed() {
    callbacks_ = true;
    wake_.cancel();
}

void CallFeed::commands_ended(const std::vector<mysql::CallCommand>& commands) {
    for (const mysql::CallCommand& command : commands) {
        if (commands_.size() == most_waiting) break;
        commands_.push_back(command_ended(command.asked_by, api::command_json(command, false)));
    }
    wake_.cancel();
}

void CallFeed::commands_asked() {
    if (commands_.size() < most_waiting) commands_.push_back(hotline::commands_asked());
    wake_.cancel();
}

void CallFeed::filed(const std::string& call_id) {
    if (filed_.size() < most_waiting) filed_.insert(call_id);
    wake_.cancel();
}

asio::awaitable<bool> CallFeed::tell() {
    const auto calls = take_some(calls_);
    const auto names = take_some(filed_);
    const auto now = hotline::now();
    const auto moved = take_some(agents_);
    auto job = [&](mysql::Connection& db) { return look(db, calls, names, moved, now); };
    const auto seen = co_await pool_.read(std::move(job));
    if (!seen) {
        log::trouble("calls not told", seen.error());
        agents_.insert(moved.begin(), moved.end());
        calls_.insert(calls.begin(), calls.end());
        filed_.insert(names.begin(), names.end());
        co_return false;
    }
    const CityPtr city = city_.current();
    std::vector<redis::LiveMessage> messages;
    // Before the news itself: who has it now may have had it before.
    for (const actions::CallLeft& left : std::exchange(left_, {})) {
        messages.push_back(call_left(left.agent, left.call_id));
    }
    // A call finds its agent's place as it is now.
    for (const mysql::AgentRow& agent : seen->agents) {
        messages.push_back(agent_moved(agent.account, api::agent_json(agent)));
    }
    for (const CallPicture& picture : seen->calls) {
        messages.push_back(call_changed(picture.call.agent, api::call_json(picture, *city, now)));
    }
    // After the calls they are about.
    for (redis::LiveMessage& told : std::exchange(commands_, {})) {
        messages.push_back(std::move(told));
    }
    if (std::exchange(callbacks_, false)) messages.push_back(hotline::callbacks_changed());
    co_await publish_(std::move(messages));
    co_return true;
}

asio::awaitable<void> CallFeed::run() {
    for (;;) {
        const bool nothing = calls_.empty() && filed_.empty() && agents_.empty() && !callbacks_;
        if (nothing && commands_.empty()) {
            co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
            // A wake-up also ends a wait that was cancelled for good; this throws then.
            co_await sleep_for(std::chrono::milliseconds(0));
            continue;
        }
        const bool told = co_await tell();
        if (!told) co_await sleep_for(std::chrono::milliseconds(300));
    }
}

}  // namespace hotline
