#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/insert_batch.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <initializer_list>

namespace hotline::mysql {

// Sends those that are not empty, in order.
Result<void> insert_all(Connection& db, std::initializer_list<const InsertBatch*> batches);

// What every change of a ticket leaves behind: its log and the work that follows from it.
struct LogBatch {
    InsertBatch routes{"ticket_route", "ticket_id, dispatch_no, at, trace"};
    InsertBatch events{"ticket_event", event_columns};
    InsertBatch outbox{"outbox", "ticket_id, seq, next_at, rank_no"};
    InsertBatch derive{"derive_todo", "ticket_id, seq"};

    void add_route(const ticketing::Ticket& ticket, ticketing::Instant at);
    // The event and that it is to be told.
    void add(const ticketing::Event& event, ticketing::Urgency urgency);
    void add_told(const ticketing::Event& event, ticketing::Urgency urgency);
    // The ticket's figures and search follow from its log up to here.
    void add_work(const ticketing::Event& last);
    Result<void> write(Connection& db) const;
};

}  // namespace hotline::mysql
