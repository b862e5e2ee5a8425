#pragma once

#include "integrations/mysql/ticket_query.hpp"
#include "integrations/redis/live_bus.hpp"
#include "server/live/presence.hpp"
#include "server/live/subscriber.hpp"
#include "ticketing/types/ids.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hotline {

// What servers tell each other over the live bus. A ticket's change travels with everything a
// server needs to decide who of its own may see it, and what, without asking the database.
// Topics beginning with '_' are for servers only.
namespace live_topic {
inline constexpr std::string_view tickets = "tickets";
inline constexpr std::string_view calls = "calls";
inline constexpr std::string_view kpi = "kpi";
inline constexpr std::string_view sessions = "_sessions";  // an account's sessions ended
inline constexpr std::string_view notices = "_notices";    // somebody is told something
inline constexpr std::string_view wipes = "_wipes";        // a device is wiped
inline constexpr std::string_view presence = "_presence";  // who is at which ticket
inline constexpr std::string_view commands = "_commands";  // something was asked of a call
inline constexpr std::string_view gap = "_gap";  // a server could not tell the others for a while
}  // namespace live_topic

// The audience of `ticket_changed`.
struct TicketChange {
    mysql::TicketLine line;
    // What was rendered already, by how it is masked: hundreds of viewers share few texts.
    mutable std::unordered_map<int, std::shared_ptr<const std::string>> rendered;
};

// The audience of `call_changed`, `agent_moved` and `call_command`. Without an agent supervisors
// alone hear of it.
struct CallChange {
    ticketing::UserId agent;
    std::string call;         // schema Call; AgentStanding
    bool agent_only = false;  // it is no news to supervisors
};

// The audience of everything else, the same for all who may listen: the data itself.
using SameForAll = std::string;

redis::LiveMessage ticket_changed(const mysql::TicketLine& line);
// So many that each client does better to fetch its list anew.
redis::LiveMessage many_tickets_changed(std::size_t count);
// `call` is schema Call, as JSON text.
redis::LiveMessage call_changed(ticketing::UserId agent, std::string_view call);
// To the agent it rang at before it went to somebody else.
redis::LiveMessage call_left(ticketing::UserId agent, std::string_view call_id);
// `standing` is schema AgentStanding, as JSON text.
redis::LiveMessage agent_moved(ticketing::UserId agent, std::string_view standing);
// What came of something he asked of a call; `command` is schema CallCommand, as JSON text.
redis::LiveMessage command_ended(ticketing::UserId asker, std::string_view command);
// To the servers that have calls in hand, and those platforms wait at for what they are to do.
redis::LiveMessage commands_asked();
// Who waits to be called back is not who it was; to all who may hear of calls.
redis::LiveMessage callbacks_changed();
redis::LiveMessage kpi_changed();
redis::LiveMessage sessions_ended(ticketing::UserId account);
redis::LiveMessage gap_of(std::string_view server);

// A notice for every feed of its receiver; `item` is schema Notice, as JSON text.
redis::LiveMessage notice_told(
    ticketing::UserId receiver, std::uint64_t notice, std::string_view item
);
// `server` has told its own feeds already.
redis::LiveMessage device_wiped(std::string_view device, std::string_view server);

// For the hub; nothing for topics between servers and for what cannot be read.
std::optional<live::Message> read_notice(const redis::LiveMessage& message);

// Of notice_told; `frame` is what a feed is sent.
struct NoticeFrame {
    ticketing::UserId receiver;
    std::uint64_t notice = 0;
    std::string frame;
};
std::optional<NoticeFrame> notice_in(const redis::LiveMessage& message);
// Of device_wiped; "" when it is something else.
std::string device_in(const redis::LiveMessage& message);

// What a server tells of its own sessions.
struct PresenceNews {
    std::string server;
    bool whole = false;   // it has no others at a ticket
    bool asking = false;  // it is new and wants to hear of theirs
    std::vector<live::Whereabouts> told;
};
redis::LiveMessage presence_told(const PresenceNews& news);
std::optional<PresenceNews> presence_in(const redis::LiveMessage& message);

// Of sessions_ended; of gap_of and device_wiped. None and "" when it is something else.
ticketing::UserId account_in(const redis::LiveMessage& message);
std::string server_in(const redis::LiveMessage& message);

}  // namespace hotline
