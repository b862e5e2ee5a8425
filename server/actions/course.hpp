#pragma once

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decision.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace hotline::actions {

// A ticket on its way through one or more decisions, with the log they make.
class Course {
public:
    explicit Course(const mysql::StoredTicket& stored) : stored_(stored), ticket_(stored.ticket) {}

    const ticketing::Ticket& ticket() const { return ticket_; }

    void take(ticketing::Decision decision) {
        log(std::move(decision.event));
        ticket_ = std::move(decision.after);
    }

    void log(ticketing::Event event) {
        event.seq = stored_.last_seq + static_cast<std::uint32_t>(events_.size()) + 1;
        seal(event, events_.empty() ? stored_.last_hash : events_.back().hash, crypto::sm3);
        events_.push_back(std::move(event));
    }

    // For what happens to a ticket without a decision of its own.
    ticketing::Ticket& changed() { return ticket_; }

    Result<void> store(mysql::Connection& db) const {
        return mysql::store_ticket(db, stored_, ticket_, events_);
    }

private:
    const mysql::StoredTicket& stored_;
    ticketing::Ticket ticket_;
    std::vector<ticketing::Event> events_;
};

}  // namespace hotline::actions
