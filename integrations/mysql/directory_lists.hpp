#pragma once

#include "integrations/mysql/directory_rows.hpp"

// The directory as people keep it: pages of entries with what stands beside them on the screen.
namespace hotline::mysql {

// What people read beside an entry; each kind fills what it has.
struct Beside {
    std::string unit_name;
    std::string parent_name;  // units
    std::string deputy_name;  // officials
    std::string official_name;
    std::string enterprise_name;
    ticketing::UnitId unit;         // leaves: the official's
    std::int64_t officials = 0;     // units: active ones
    std::int64_t open_tickets = 0;  // units: as lead
    std::int64_t cards = 0;         // officials: active ones
    bool on_leave = false;          // officials: on the day of the filter
};

template <class Entry>
struct Listed {
    Stored<Entry> stored;
    Beside beside;
};

template <class Entry>
struct Page {
    std::vector<Listed<Entry>> items;
    std::uint64_t total = 0;
};

// Nothing set: all of them. A kind looks at what it has.
struct DirectoryFilter {
    std::uint64_t id = 0;  // this one alone
    std::string q;
    ticketing::UnitId parent;
    std::vector<ticketing::UnitId> units;  // of one of these; units: one of these
    ticketing::OfficialId official;
    ticketing::EnterpriseId enterprise;
    std::string division, zone, industry;
    std::optional<ticketing::UnitLevel> level;
    std::optional<bool> active, on_leave, five_above;
    std::optional<sla::LocalDay> from, to;
    sla::LocalDay today{};
    std::uint64_t offset = 0;
    std::uint64_t limit = 50;
};

// In the order people look for them: units by code, officials by staff number, leaves by their last
// beginning, turns by day, cards and enterprises in the order they came.
template <class Entry>
Result<Page<Entry>> list_entries(Connection& db, const DirectoryFilter& filter);

// Tickets that are not final yet.
Result<std::int64_t> open_tickets_of_unit(Connection& db, ticketing::UnitId unit);
Result<std::int64_t> open_tickets_of_official(Connection& db, ticketing::OfficialId official);

}  // namespace hotline::mysql
