#pragma once

#include "integrations/mysql/enterprise_life.hpp"
#include "server/api/ticket_json.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace hotline::api {

// What one look at an enterprise brought (A16).
struct EnterpriseLife {
    ticketing::Enterprise enterprise;
    ticketing::EnterpriseFigures figures;
    bool all_counted = true;  // false: older tickets are not in the figures
    std::vector<mysql::TicketLine> open;
    std::vector<std::uint64_t> readable;  // of these, ascending: what he may open
    std::vector<ticketing::organisation::Card> cards;
};
// Schema EnterpriseLife.
std::string enterprise_life_json(const EnterpriseLife& life, const Viewer& viewer);

// A page of what happened, merged from its sources; each is read on from its own place.
struct LifePlace {
    std::uint64_t ticket = 0;  // ids; 0: the newest too
    std::uint64_t call = 0;
    std::uint64_t change = 0;
};
std::string life_cursor(const LifePlace& place);
std::optional<LifePlace> life_place_from(std::string_view text);

struct LifePage {
    std::vector<mysql::TicketLine> tickets;
    std::vector<std::uint64_t> readable;  // as above
    std::unordered_map<std::uint64_t, mysql::TicketResult> results;
    std::vector<mysql::PhoneCall> calls;
    std::vector<mysql::DirectoryChange> changes;
};
// Schema EnterpriseTimeline: the newest `limit` of what was read after `from`.
std::string life_page_json(
    const LifePage& page, const LifePlace& from, std::size_t limit, const Viewer& viewer
);

}  // namespace hotline::api
