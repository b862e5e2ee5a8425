#pragma once

#include "integrations/ari/adopt.hpp"
#include "integrations/ari/call_words.hpp"
#include "server/actions/command_calls.hpp"
#include "server/actions/distribute_calls.hpp"
#include "server/actions/own_calls.hpp"
#include "server/actions/record_cti_events.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hotline::phone {

// What an exchange has told and said since the last time, in its order: that a telephone was
// pressed away comes before the call's waiting again, and only so it is known why.
using Heard = std::vector<ari::Output>;

// How a call ended, as far as that was told; it says how the call left the distribution.
using Ends = std::map<std::string, telephony::LeftAs>;

// Words that are events for the records as well: a wish to be called back, a score.
std::optional<telephony::CtiEvent> event_of(const ari::Output& word);
// Notes what the event tells of its call's end.
void note_end(Ends& ends, const telephony::CtiEvent& event);

// What a call needs of its agent, by the number that was called (integrations/telephony, T26).
using SkillsByNumber = std::map<std::string, std::vector<telephony::SkillWish>>;
// Of lines "number skill:level skill:level?". validation_failed, with the line: it is no such line.
Result<SkillsByNumber> skills_by_number(const std::vector<std::string>& lines);

// The name a server listens under at the exchange: of its id, which may have other characters.
std::string application_name(const std::string& server_id);

struct Kept {
    actions::CtiRecord record;
    actions::MovedAgents agents;
    std::vector<mysql::CallCommand> commands;  // that have ended
};

// Records and distribution brought up to what was heard, inside the caller's transaction; hearing
// the same again changes nothing. Errors: as record_cti_events and the deeds of distribute_calls.
Result<Kept> keep(
    mysql::Connection& db,
    const std::string& source,
    const actions::AcdOwner& owner,
    const SkillsByNumber& skills,
    const Heard& heard,
    const Ends& ends,
    ticketing::Instant now
);

// The calls of this source that are not over in the distribution: this owner's, and, marked as
// elsewhere, those of other servers, of which one may be dead.
Result<std::vector<ari::KnownCall>> known_calls(
    mysql::Connection& db, const std::string& source, const actions::AcdOwner& owner
);

// What somebody asked for, for the call's script (integrations/telephony, T36).
ari::Input wish_for_script(const mysql::CallCommand& command);
// All that this exchange can be asked for (T40).
std::string exchange_abilities();

// An offer of the distribution, for the call's script.
ari::Offer offer_for_script(const actions::Offer& offer);

}  // namespace hotline::phone
