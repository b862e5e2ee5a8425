#pragma once

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decision.hpp"

#include <cstdint>
#include <utility>

namespace hotline::actions {

// A ticket on its way through one or more decisions, with the log they make.
class Course {
public:
    explicit Course(const mysql::StoredTicket& stored) : moved_{stored, stored.ticket, {}} {}

    const ticketing::Ticket& ticket() const { return moved_.after; }
    // Whether nothing has happened on it yet.
    bool empty() const { return moved_.events.empty(); }

    void take(ticketing::Decision decision) {
        log(std::move(decision.event));
        moved_.after = std::move(decision.after);
    }

    void log(ticketing::Event event) {
        const mysql::StoredTicket& before = moved_.before;
        event.seq = before.last_seq + static_cast<std::uint32_t>(moved_.events.size()) + 1;
        seal(event, empty() ? before.last_hash : moved_.events.back().hash, crypto::sm3);
        moved_.events.push_back(std::move(event));
    }

    // For what happens to a ticket without a decision of its own.
    ticketing::Ticket& changed() { return moved_.after; }

    Result<void> store(mysql::Connection& db) const {
        return mysql::store_tickets(db, {&moved_, 1});
    }
    // For a batch of them.
    mysql::MovedTicket moved() && { return std::move(moved_); }

private:
    mysql::MovedTicket moved_;
};

}  // namespace hotline::actions
