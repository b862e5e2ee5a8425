#pragma once

#include "server/api/callbacks.hpp"
#include "server/api/calls.hpp"
#include "server/api/cti.hpp"
#include "server/api/phone/agents.hpp"
#include "server/api/phone/board.hpp"
#include "server/api/phone/call_details.hpp"
#include "server/api/phone/commands.hpp"
#include "server/api/phone/cti_commands.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/api/phone/link.hpp"
#include "server/api/phone/recordings.hpp"
#include "server/api/phone/skills.hpp"
#include "server/api/phone/softphone.hpp"
#include "server/api/phone/staffing.hpp"
#include "server/call_feed.hpp"
#include "server/config/settings.hpp"
#include "server/phone/distributor.hpp"
#include "server/phone/recording_keeper.hpp"
#include "server/tasks.hpp"

#include <memory>
#include <string>
#include <vector>

namespace hotline {

// The telephone: what platforms tell, calls and missed calls, where agents stand, and all of it
// before the people it concerns.
class Switchboard {
public:
    // What it needs of the disk.
    struct Means {
        std::string cti_secret;
        std::unique_ptr<actions::RecordingVault> vault;
        api::SoftphoneLine softphone;
    };
    // internal: a file or folder is not there or not ours. validation_failed: a setting is none.
    static Result<Means> means(const config::Settings& settings);

    Switchboard(
        boost::asio::any_io_executor executor,
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        Means means,
        Metrics& metrics,
        CallFeed::Publish publish
    );

    // A telephone exchange of our own, where the settings name one, and its recordings.
    // validation_failed: they do not lead to one.
    Result<void> open(
        boost::asio::any_io_executor executor,
        const config::TelephonySection& settings,
        const std::string& server_id
    );

    void add_routes(std::vector<http::Route>& routes);
    void start(TaskGroup& tasks);
    // No new calls; those there are go on at the exchange.
    void stop();
    // A ticket was filed with this call.
    void filed(const std::string& call_id) { feed_.filed(call_id); }
    // Something was asked of a call, at whichever server (integrations/telephony, T39).
    void hear_commands();

private:
    Result<void> open_exchange(
        boost::asio::any_io_executor executor,
        const config::ExchangeSection& settings,
        const std::string& server_id
    );
    void moved(const actions::MovedAgents& agents);
    void ended(const std::vector<mysql::CallCommand>& commands);

    mysql::Pool& pool_;
    std::unique_ptr<actions::RecordingVault> vault_;
    Metrics& metrics_;
    CallFeed feed_;
    Bell bell_;
    api::CtiDoor door_;
    api::CtiApi cti_;
    api::CtiLinkApi link_;
    api::CallDetailsApi details_;
    api::CallsApi calls_;
    api::CallbacksApi callbacks_;
    api::AgentsApi agents_;
    api::AgentSkillsApi skills_;
    api::SoftphoneApi softphone_;
    api::PhoneBoardApi board_;
    api::StaffingApi staffing_;
    api::RecordingsApi recordings_;
    api::CallCommandsApi commands_;
    api::CtiCommandsApi cti_commands_;
    std::unique_ptr<phone::Distributor> distributor_;
    std::unique_ptr<phone::RecordingKeeper> recording_keeper_;
};

}  // namespace hotline
