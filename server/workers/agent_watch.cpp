#include "server/workers/agent_watch.hpp"

#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

constexpr auto agents_looked_at_every = std::chrono::seconds(1);
constexpr int looks_between_sign_outs = 30;

struct Seen {
    actions::MovedAgents moved;
    std::vector<mysql::CallCommand> ended;
};

Result<Seen> look_at_agents(mysql::Connection& db, bool gone_too) {
    auto moved = actions::end_wrap_ups(db, now());
    if (!moved) return std::unexpected(moved.error());
    if (gone_too) {
        const auto gone = actions::sign_out_the_gone(db, now());
        if (!gone) return std::unexpected(gone.error());
        moved->insert(moved->end(), gone->begin(), gone->end());
    }
    auto ended = actions::expire_commands(db, now());
    if (!ended) return std::unexpected(ended.error());
    return Seen{std::move(*moved), std::move(*ended)};
}

}  // namespace

boost::asio::awaitable<void> watch_agents(
    mysql::Pool& pool,
    std::function<void(const actions::MovedAgents& moved)> on_moved,
    std::function<void(const std::vector<mysql::CallCommand>& ended)> on_ended
) {
    for (int look = 0;; ++look) {
        const bool gone_too = look % looks_between_sign_outs == 0;
        auto job = [gone_too](mysql::Connection& db) { return look_at_agents(db, gone_too); };
        const auto seen = co_await pool.transact(std::move(job), mysql::Lane::background);
        if (!seen) {
            log::trouble("agents not looked at", seen.error());
        } else {
            if (!seen->moved.empty()) on_moved(seen->moved);
            if (!seen->ended.empty()) on_ended(seen->ended);
        }
        co_await sleep_for(agents_looked_at_every);
    }
}

}  // namespace hotline::workers
