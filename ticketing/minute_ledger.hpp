#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/lifecycle/surroundings.hpp"
#include "ticketing/types/event.hpp"

#include <chrono>
#include <span>
#include <vector>

namespace hotline::ticketing {

// Whose turn it was (M2 to M4).
enum class Party {
    centre,
    unit,  // with its id
    appellant,
    suspended,
    closed,  // outside office hours, where the matter is not handled round the clock
};

constexpr auto names_of(Party) {
    return sla::NameTable<Party, 5>{{
        {Party::centre, "centre"},
        {Party::unit, "unit"},
        {Party::appellant, "appellant"},
        {Party::suspended, "suspended"},
        {Party::closed, "closed"},
    }};
}

constexpr std::string_view name(Party value) {
    return sla::word_of(value);
}

struct LedgerLine {
    Party party = Party::centre;
    UnitId unit;  // Party::unit only
    std::chrono::milliseconds time{};

    bool operator==(const LedgerLine&) const = default;
};

// Every minute of a ticket's life under exactly one name: the lines add up to `life` (M6).
struct MinuteLedger {
    std::vector<LedgerLine> lines;  // in the order they first had the ticket
    std::chrono::milliseconds life{};

    bool operator==(const MinuteLedger&) const = default;
};

// From the ticket's whole log, in order, up to the present of `around` (M1). `internal` with the
// number of an event whose changes cannot be read, "0" without events.
Result<MinuteLedger> minute_ledger(std::span<const Event> events, const Surroundings& around);

}  // namespace hotline::ticketing
