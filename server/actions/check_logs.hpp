#pragma once

#include "integrations/mysql/proof_store.hpp"
#include "server/actions/check_records.hpp"

#include <unordered_set>
#include <vector>

namespace hotline::actions {

// One pass over all logs proves three things at once. Part of check_records.
class LogProof {
public:
    explicit LogProof(std::unordered_set<std::uint64_t> to_derive)
        : to_derive_(std::move(to_derive)) {}

    void take(ticketing::Event event, const mysql::RowHead& head);
    // After the last event: against the sums and the sources that are kept.
    void finish(const sla::Rollups& kept, const mysql::Sources& sources);

    CheckResult chains{.name = "event_chains"};
    CheckResult rows{.name = "ticket_rows"};
    CheckResult rollups{.name = "rollups"};

private:
    void close_ticket();
    void check_row(const std::string& where);
    void check_fields(const ticketing::Ticket& row, const std::string& where);
    void add_up(const std::string& where);

    std::unordered_set<std::uint64_t> to_derive_;
    std::vector<ticketing::Event> log_;  // of the ticket under way
    mysql::RowHead head_;
    sla::DailyCounters counted_;
    mysql::Sources sources_;
};

}  // namespace hotline::actions
