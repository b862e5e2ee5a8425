#include "server/workers/agent_watch.hpp"

#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

constexpr auto agents_looked_at_every = std::chrono::seconds(1);
constexpr int looks_between_sign_outs = 30;

}  // namespace

boost::asio::awaitable<void> watch_agents(
    mysql::Pool& pool, std::function<void(const actions::MovedAgents& moved)> on_moved
) {
    for (int look = 0;; ++look) {
        const bool gone_too = look % looks_between_sign_outs == 0;
        const auto moved = co_await pool.transact(
            [&](mysql::Connection& db) -> Result<actions::MovedAgents> {
                auto ended = actions::end_wrap_ups(db, now());
                if (!ended || !gone_too) return ended;
                const auto gone = actions::sign_out_the_gone(db, now());
                if (!gone) return gone;
                ended->insert(ended->end(), gone->begin(), gone->end());
                return ended;
            },
            mysql::Lane::background
        );
        if (!moved) {
            log::trouble("agents not looked at", moved.error());
        } else if (!moved->empty()) {
            on_moved(*moved);
        }
        co_await sleep_for(agents_looked_at_every);
    }
}

}  // namespace hotline::workers
