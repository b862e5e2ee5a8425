#pragma once

#include "sla/local_time.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <optional>
#include <string>

namespace hotline::ticketing {

// 大事化小: a dispute goes to the town's mediators first, then to the county's, then to the city's.
// Persisted numbers.
enum class MediationLevel { town = 1, county = 2, city = 3 };

constexpr auto names_of(MediationLevel) {
    return NameTable<MediationLevel, 3>{{
        {MediationLevel::town, "town"},
        {MediationLevel::county, "county"},
        {MediationLevel::city, "city"},
    }};
}

// Persisted numbers.
enum class MediationOutcome {
    agreed = 1,
    failed = 2,
    declined = 3,  // one of the parties does not want it: mediation is voluntary
};

constexpr auto names_of(MediationOutcome) {
    return NameTable<MediationOutcome, 3>{{
        {MediationOutcome::agreed, "agreed"},
        {MediationOutcome::failed, "failed"},
        {MediationOutcome::declined, "declined"},
    }};
}

// One attempt to settle the dispute (T38, T39).
struct Mediation {
    MediationLevel level = MediationLevel::town;
    UnitId unit;  // that mediates
    int round = 1;
    Instant started_at;
    std::optional<Instant> ended_at;
    std::optional<MediationOutcome> outcome;  // nothing: under way, or the appeal was withdrawn
    std::string words;                        // the agreement, or why there is none
    std::string keeper;                       // who has to keep the agreement …
    std::optional<sla::LocalDay> keep_by;     // … by when

    bool operator==(const Mediation&) const = default;
};

}  // namespace hotline::ticketing
