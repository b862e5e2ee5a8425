#pragma once

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/record_act.hpp"
#include "tests/support/emptied_schema.hpp"
#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/ticket_number.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace hotline::test {

// A small city at work on tickets that are really stored.
struct Desk {
    stage::City small;
    City city{small.directory, small.policy, small.calendar};
    mysql::Pool pool{emptied_schema({"enterprise"}), {.threads = 4}};
    ticketing::Loads loads;
    ticketing::Instant now = stage::monday_nine;
    std::uint64_t serial = 0;

    ~Desk() { pool.stop(); }

    // A ticket as intake leaves it.
    std::string accepted(void (*shape)(ticketing::Ticket&, const stage::City&) = nullptr) {
        stage::Stage s;
        ticketing::Ticket fresh = s.ticket;
        fresh.clocks.clear();
        fresh.id = {++serial};
        fresh.number = ticketing::format_ticket_number(now, serial);
        if (shape) shape(fresh, small);
        auto opened = open_ticket(std::move(fresh), {.role = Role::enterprise}, city.at(now));
        mysql::NewTicket entry;
        opened.event.seq = 1;
        ticketing::seal(opened.event, {}, crypto::sm3);
        entry.ticket = std::move(opened.after);
        entry.idempotency_key = "key-" + std::to_string(serial);
        entry.events = {std::move(opened.event)};
        const auto stored = pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_tickets(db, {&entry, 1});
        });
        REQUIRE(stored);
        return entry.ticket.number;
    }

    ticketing::Ticket ticket(const std::string& number) {
        const auto found =
            pool.read_now([&](mysql::Connection& db) { return mysql::read_ticket(db, number); });
        REQUIRE(found);
        REQUIRE(found->has_value());
        return (*found)->ticket;
    }

    std::vector<ticketing::Event> log(const std::string& number) {
        const auto id = ticket(number).id;
        const auto events =
            pool.read_now([&](mysql::Connection& db) { return mysql::read_events(db, id); });
        REQUIRE(events);
        return *events;
    }

    // A filled-in form of somebody who belongs where the ticket is.
    actions::ActCommand command(
        const std::string& number, ticketing::Act act, ticketing::Role role
    ) {
        stage::Stage s;
        s.ticket = ticket(number);
        s.now = now;
        actions::ActCommand wanted;
        wanted.ticket_no = number;
        wanted.request = s.request(act, role);
        wanted.if_match = s.ticket.version;
        return wanted;
    }

    Result<actions::ActOutcome> done(const actions::ActCommand& command) {
        return pool.transact_now([&](mysql::Connection& db) {
            return actions::record_act(db, command, city, loads, now);
        });
    }
    Result<actions::ActOutcome> act(
        const std::string& number, ticketing::Act act, ticketing::Role role
    ) {
        return done(command(number, act, role));
    }

    std::int64_t number_of(std::string_view sql) {
        const auto rows = pool.read_now([&](mysql::Connection& db) { return db.query(sql); });
        REQUIRE(rows);
        return rows->empty() ? -1 : rows->front().integer(0);
    }
    void run(std::string_view sql) {
        REQUIRE(pool.transact_now([&](mysql::Connection& db) { return db.execute(sql); }));
    }

    using Act = ticketing::Act;
    using Role = ticketing::Role;
};

inline std::string told(const Result<actions::ActOutcome>& outcome) {
    if (outcome) return {};
    std::string text(name(outcome.error().code));
    if (!outcome.error().detail.empty()) text += " " + outcome.error().detail;
    for (const auto& field : outcome.error().fields) text += " " + field.field;
    return text;
}

}  // namespace hotline::test
