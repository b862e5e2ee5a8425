#include "tests/bench/sla_tickets.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/now.hpp"
#include "tests/bench/tables.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/core.h>

#include <vector>

namespace hotline::bench {
namespace {

using ticketing::Act;
using ticketing::Role;

constexpr std::uint64_t first_serial = 60'000'000;  // far above what the server leases
constexpr std::size_t batch_size = 500;

std::vector<const ticketing::Official*> workers(const City& city) {
    std::vector<const ticketing::Official*> found;
    for (const auto& official : city.directory.officials) {
        if (official.active) found.push_back(&official);
    }
    return found;
}

ticketing::Ticket fresh(std::uint64_t serial, ticketing::Instant now) {
    ticketing::Ticket ticket;
    ticket.id = {serial};
    ticket.number = ticketing::format_ticket_number(now, serial);
    ticket.type = serial % 3 == 0 ? ticketing::AppealType::complaint : ticketing::AppealType::help;
    ticket.title = "施工许可迟迟未办";
    ticket.content = "施工许可申报已逾一月，窗口未给答复，影响开工，请协调。";
    ticket.appellant.phone = "13800001111";
    return ticket;
}

mysql::NewTicket dispatched(
    std::uint64_t serial,
    const ticketing::Official& official,
    const City& city,
    ticketing::Instant now
) {
    auto opened = open_ticket(fresh(serial, now), {.role = Role::enterprise}, city.at(now));
    ticketing::ActRequest request;
    request.act = Act::dispatch;
    request.actor = {.role = Role::system};
    request.unit = official.unit;
    request.official = official.id;
    auto sent = must(decide(opened.after, request, city.at(now)));
    opened.event.seq = 1;
    seal(opened.event, {}, crypto::sm3);
    sent.event.seq = 2;
    seal(sent.event, opened.event.hash, crypto::sm3);
    mysql::NewTicket entry;
    entry.ticket = std::move(sent.after);
    entry.idempotency_key = fmt::format("bench-sla-{}", serial);
    entry.events = {std::move(opened.event), std::move(sent.event)};
    return entry;
}

}  // namespace

void lay_down_tickets(const Instance& instance, const City& city, std::uint64_t count) {
    auto db = must(mysql::Connection::open(instance.owner()));
    const auto people = workers(city);
    const auto now = hotline::now();
    std::vector<mysql::NewTicket> batch;
    for (std::uint64_t n = 0; n < count; ++n) {
        batch.push_back(dispatched(first_serial + n, *people[n % people.size()], city, now));
        if (batch.size() < batch_size && n + 1 < count) continue;
        must(db.begin());
        must(mysql::insert_tickets(db, batch));
        must(db.execute("DELETE FROM outbox WHERE ticket_id>=?", {first_serial}));
        must(db.execute("DELETE FROM derive_todo WHERE ticket_id>=?", {first_serial}));
        must(db.commit());
        batch.clear();
        if ((n + 1) % 20'000 == 0) fmt::print(stderr, "  {} tickets laid down\n", n + 1);
    }
}

}  // namespace hotline::bench
