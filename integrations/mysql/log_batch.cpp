#include "integrations/mysql/log_batch.hpp"

#include "ticketing/notices/receivers.hpp"

namespace hotline::mysql {

Result<void> insert_all(Connection& db, std::initializer_list<const InsertBatch*> batches) {
    for (const InsertBatch* batch : batches) {
        if (batch->empty()) continue;
        if (auto written = db.insert(*batch); !written) return std::unexpected(written.error());
    }
    return {};
}

void LogBatch::add_route(const ticketing::Ticket& ticket, ticketing::Instant at) {
    if (ticket.route_trace.empty()) return;
    routes.add({ticket.id.value, ticket.dispatch_count, at, ticket.route_trace});
}

void LogBatch::add(const ticketing::Event& event, ticketing::Urgency urgency) {
    add_event(events, event);
    add_told(event, urgency);
}

void LogBatch::add_told(const ticketing::Event& event, ticketing::Urgency urgency) {
    const int rank = ticketing::notices::rank_of(event, urgency);
    outbox.add({event.ticket.value, event.seq, event.at, rank});
}

void LogBatch::add_work(const ticketing::Event& last) {
    derive.add({last.ticket.value, last.seq});
}

Result<void> LogBatch::write(Connection& db) const {
    return insert_all(db, {&routes, &events, &outbox, &derive});
}

}  // namespace hotline::mysql
