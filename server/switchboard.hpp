#pragma once

#include "server/api/callbacks.hpp"
#include "server/api/calls.hpp"
#include "server/api/cti.hpp"
#include "server/api/phone/agents.hpp"
#include "server/api/phone/board.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/api/phone/link.hpp"
#include "server/api/phone/skills.hpp"
#include "server/api/phone/staffing.hpp"
#include "server/call_feed.hpp"
#include "server/tasks.hpp"

#include <vector>

namespace hotline {

// The telephone: what platforms tell, calls and missed calls, where agents stand, and all of it
// before the people it concerns.
class Switchboard {
public:
    Switchboard(
        boost::asio::any_io_executor executor,
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        std::string cti_secret,
        CallFeed::Publish publish
    );

    void add_routes(std::vector<http::Route>& routes);
    void start(TaskGroup& tasks);
    // A ticket was filed with this call.
    void filed(const std::string& call_id) { feed_.filed(call_id); }

private:
    mysql::Pool& pool_;
    CallFeed feed_;
    api::CtiDoor door_;
    api::CtiApi cti_;
    api::CtiLinkApi link_;
    api::CallsApi calls_;
    api::CallbacksApi callbacks_;
    api::AgentsApi agents_;
    api::AgentSkillsApi skills_;
    api::PhoneBoardApi board_;
    api::StaffingApi staffing_;
};

}  // namespace hotline
