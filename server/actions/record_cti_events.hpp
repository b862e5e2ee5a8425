#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/telephony/cti_event.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hotline::actions {

// Past it a call takes no more events: a platform in a loop must not make every further one dearer.
constexpr std::size_t most_events_of_a_call = 500;

// Events of a call that goes on move agents. What is told long afterwards says what was: only
// whoever we still think is on that call is let go (integrations/telephony, T42).
enum class CtiTelling { live, afterwards };

enum class CtiOutcome { accepted, duplicate, call_full };

// It rang at somebody and has gone to somebody else since.
struct CallLeft {
    ticketing::UserId agent;
    std::string call_id;
};

struct CtiRecord {
    std::vector<CtiOutcome> outcomes;  // one per event, in their order
    std::vector<std::uint64_t> calls;  // rows of the calls that came to something new
    std::vector<CallLeft> left;
    std::vector<ticketing::UserId> agents;  // who stands elsewhere now
    bool callbacks = false;                 // who waits to be called back is not who it was

    // What came of further events, behind this.
    void add(CtiRecord more);
};

// The deed: keeps events not seen before (by source and event id) and brings their calls up to
// date: state, whose extension it is, which enterprise calls. Repeating it changes nothing, in
// whatever order. conflict: another transaction took one of the events at the same time; once more.
Result<CtiRecord> record_cti_events(
    mysql::Connection& db,
    const std::string& source,
    std::span<const telephony::CtiEvent> events,
    ticketing::Instant now,
    CtiTelling telling = CtiTelling::live
);

}  // namespace hotline::actions
