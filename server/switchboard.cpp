#include "server/switchboard.hpp"

#include "server/now.hpp"
#include "server/workers/agent_watch.hpp"

namespace hotline {

Switchboard::Switchboard(
    boost::asio::any_io_executor executor,
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    std::string cti_secret,
    CallFeed::Publish publish
)
    : pool_(pool),
      feed_(executor, pool, city, std::move(publish)),
      door_(guard, std::move(cti_secret), hotline::now),
      cti_(
          door_,
          pool,
          hotline::now,
          [this](const actions::CtiRecord& record) { feed_.changed(record); }
      ),
      link_(
          door_,
          pool,
          hotline::now,
          [this](const actions::CtiRecord& record) { feed_.changed(record); }
      ),
      calls_(guard, pool, city, hotline::now),
      callbacks_(guard, pool, hotline::now, [this] { feed_.callbacks_changed(); }),
      agents_(
          guard,
          pool,
          hotline::now,
          [this](const actions::MovedAgents& moved) { feed_.agents_moved(moved); }
      ),
      skills_(guard, pool, hotline::now),
      board_(guard, pool, hotline::now),
      staffing_(guard, pool, hotline::now) {}

void Switchboard::add_routes(std::vector<http::Route>& routes) {
    cti_.add_routes(routes);
    link_.add_routes(routes);
    calls_.add_routes(routes);
    callbacks_.add_routes(routes);
    agents_.add_routes(routes);
    skills_.add_routes(routes);
    board_.add_routes(routes);
    staffing_.add_routes(routes);
}

void Switchboard::start(TaskGroup& tasks) {
    tasks.spawn("calls", feed_.run());
    tasks.spawn("agents", workers::watch_agents(pool_, [this](const actions::MovedAgents& moved) {
                    feed_.agents_moved(moved);
                }));
}

}  // namespace hotline
