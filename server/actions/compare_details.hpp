#pragma once

#include "integrations/telephony/call_detail.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/record_cti_events.hpp"

#include <string>
#include <vector>

namespace hotline::actions {

// Every call that ended in a time that is over, as the books of a platform have it.
struct DetailList {
    ticketing::Instant from{};
    ticketing::Instant until{};
    std::vector<telephony::CallDetail> calls;
};

struct DetailsCompared {
    CtiRecord record;  // of what had been missed
    std::size_t taken_up = 0;
    std::size_t ended = 0;
    std::size_t differing = 0;  // and nothing was done about it
    std::size_t not_told = 0;
};

// The deed (integrations/telephony, T41 to T44). Told again, a list takes the place of the former
// one. conflict: as record_cti_events.
Result<DetailsCompared> compare_details(
    mysql::Connection& db, const std::string& source, const DetailList& list, ticketing::Instant now
);

// T44
Result<CheckResult> check_details(mysql::Connection& db, ticketing::Instant now);

}  // namespace hotline::actions
