#include "server/actions/call_pictures.hpp"

#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/telephony/call_state.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace hotline::actions {
namespace {

using mysql::PhoneCall;
using mysql::TicketLine;

constexpr std::size_t history_length = 5;

std::string number_outside(const PhoneCall& call) {
    return call.direction == static_cast<int>(telephony::Direction::in) ? call.ani : call.dnis;
}

bool is_open(const TicketLine& line) {
    return !is_final(line.ticket.state);
}

// The last of them, and where there are more, the last open ones: what the caller asks after may be
// older than all the rest.
Result<void> add_tickets(
    mysql::Connection& db,
    mysql::TicketFilter filter,
    ticketing::Instant now,
    std::vector<TicketLine>& history
) {
    ticketing::Scope scope;
    scope.everything = true;
    filter.named_only = true;
    for (const bool open_alone : {false, true}) {
        if (open_alone) filter.states = ticketing::unfinished_states();
        const mysql::TicketListing listing{
            .scope = scope, .filter = filter, .after = {}, .limit = history_length, .now = now
        };
        auto found = mysql::list_tickets(db, listing);
        if (!found) return std::unexpected(found.error());
        const bool that_is_all =
            found->size() < history_length || std::ranges::all_of(*found, is_open);
        for (TicketLine& line : *found) history.push_back(std::move(line));
        if (that_is_all) break;
    }
    return {};
}

Result<std::vector<TicketLine>> history_of(
    mysql::Connection& db,
    const std::string& number,
    ticketing::EnterpriseId enterprise,
    ticketing::Instant now
) {
    std::vector<TicketLine> history;
    if (!number.empty()) {
        const auto done = add_tickets(db, {.phone = number}, now, history);
        if (!done) return std::unexpected(done.error());
    }
    if (enterprise) {
        const auto done = add_tickets(db, {.enterprise = enterprise}, now, history);
        if (!done) return std::unexpected(done.error());
    }
    const auto id = [](const TicketLine& line) { return line.ticket.id; };
    std::ranges::sort(history, std::greater{}, id);
    const auto doubles = std::ranges::unique(history, {}, id);
    history.erase(doubles.begin(), doubles.end());
    std::ranges::stable_partition(history, is_open);
    if (history.size() > history_length) history.resize(history_length);
    return history;
}

Result<std::map<ticketing::EnterpriseId, ticketing::Enterprise>> enterprises_of(
    mysql::Connection& db, const std::vector<PhoneCall>& calls
) {
    std::vector<ticketing::EnterpriseId> ids;
    for (const PhoneCall& call : calls) {
        if (call.enterprise) ids.push_back(call.enterprise);
    }
    std::ranges::sort(ids);
    const auto doubles = std::ranges::unique(ids);
    ids.erase(doubles.begin(), doubles.end());
    auto found = mysql::find_enterprises_by_id(db, ids);
    if (!found) return std::unexpected(found.error());
    std::map<ticketing::EnterpriseId, ticketing::Enterprise> by_id;
    for (auto& enterprise : *found) by_id.emplace(enterprise.id, std::move(enterprise));
    return by_id;
}

}  // namespace

Result<std::vector<CallPicture>> call_pictures(
    mysql::Connection& db, std::vector<PhoneCall> calls, ticketing::Instant now
) {
    const auto enterprises = enterprises_of(db, calls);
    if (!enterprises) return std::unexpected(enterprises.error());
    std::map<std::pair<std::string, ticketing::EnterpriseId>, std::vector<TicketLine>> histories;
    std::vector<CallPicture> pictures;
    for (PhoneCall& call : calls) {
        const std::pair caller{number_outside(call), call.enterprise};
        auto known = histories.find(caller);
        if (known == histories.end()) {
            auto history = history_of(db, caller.first, caller.second, now);
            if (!history) return std::unexpected(history.error());
            known = histories.emplace(caller, std::move(*history)).first;
        }
        CallPicture& picture = pictures.emplace_back();
        picture.history = known->second;
        const auto enterprise = enterprises->find(call.enterprise);
        if (enterprise != enterprises->end()) picture.enterprise = enterprise->second;
        picture.call = std::move(call);
    }
    return pictures;
}

}  // namespace hotline::actions
