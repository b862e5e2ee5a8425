#pragma once

#include "integrations/mysql/search_index.hpp"
#include "tests/integration/actions/desk.hpp"
#include "tests/unit/sla/dice.hpp"

#include <set>
#include <string>
#include <vector>

namespace hotline::test {

// Tickets spread at random over everything scope and filters look at.
class Archive {
public:
    Archive(Desk& desk, int count) : desk_(desk) {
        std::vector<mysql::NewTicket> entries;
        for (int i = 0; i < count; ++i) entries.push_back(one());
        const auto stored = desk.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_tickets(db, entries);
        });
        REQUIRE(stored);
        for (auto& entry : entries) tickets.push_back(std::move(entry.ticket));
        // A part in a ticket is given later than its birth; every second one is still open.
        const auto charged = desk.pool.transact_now([&](mysql::Connection& db) {
            mysql::InsertBatch batch{"ticket_charge", "ticket_id, unit_id, waited_for"};
            for (const ticketing::Ticket& t : tickets) {
                for (const ticketing::UnitId unit : t.charged_units) {
                    batch.add({t.id.value, unit.value, t.id.value % 2});
                }
            }
            return db.insert(batch);
        });
        REQUIRE(charged);
        const auto indexed = desk.pool.transact_now([&](mysql::Connection& db) {
            std::vector<mysql::SearchText> texts;
            for (const ticketing::Ticket& t : tickets)
                texts.push_back({t.id, t.title + " " + t.content});
            return mysql::index_texts(db, texts);
        });
        REQUIRE(indexed);
        desk.run("ANALYZE TABLE ticket");
    }

    // Gives a ticket another text, in its row and in the index.
    void rewrite(const ticketing::Ticket& ticket, const std::string& content) {
        const auto id = ticket.id.value;
        for (ticketing::Ticket& t : tickets) {
            if (t.id == ticket.id) t.content = content;
        }
        const auto done = desk_.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
            const auto row = db.execute("UPDATE ticket SET content=? WHERE id=?", {content, id});
            if (!row) return std::unexpected(row.error());
            const mysql::SearchText text{ticket.id, content};
            return mysql::index_texts(db, {&text, 1});
        });
        REQUIRE(done);
    }

    ticketing::UnitId any_unit() {
        const auto& units = desk_.small.directory.units;
        return units[static_cast<std::size_t>(
                         dice.between(0, static_cast<std::int64_t>(units.size()) - 1)
                     )]
            .id;
    }
    ticketing::OfficialId any_official() {
        return {static_cast<std::uint64_t>(dice.between(1, 3))};
    }

    sla::test::Dice dice;
    std::vector<ticketing::Ticket> tickets;

private:
    mysql::NewTicket one() {
        mysql::NewTicket entry;
        ticketing::Ticket& t = entry.ticket;
        t.id = {++desk_.serial};
        t.number = ticketing::format_ticket_number(desk_.now, desk_.serial);
        t.state = static_cast<ticketing::State>(dice.between(1, 14));
        t.type = static_cast<ticketing::AppealType>(dice.between(1, 6));
        t.urgency = static_cast<ticketing::Urgency>(dice.between(1, 3));
        t.channel = static_cast<ticketing::Channel>(dice.between(1, 3));
        t.topic = dice.one_in(2) ? "用电" : "规划建设";
        t.title = dice.one_in(3) ? "停电" : "施工许可";
        t.content = dice.one_in(4) ? "变压器烧坏，已停电两天" : "材料已交，迟迟不批";
        t.division = dice.one_in(2) ? "610526" : "610527";
        if (!dice.one_in(4)) t.lead_unit = any_unit();
        if (dice.one_in(2)) t.official = any_official();
        if (dice.one_in(3)) t.case_owner = any_official();
        if (dice.one_in(5)) t.visiting_official = any_official();
        if (dice.one_in(2)) t.created_by = {static_cast<std::uint64_t>(dice.between(50, 52))};
        if (dice.one_in(5)) t.complained_unit = any_unit();
        std::set<ticketing::UnitId> helping;
        while (dice.one_in(3)) helping.insert(any_unit());
        t.co_units.assign(helping.begin(), helping.end());
        for (const ticketing::UnitId unit : helping) {
            if (dice.one_in(2)) t.co_answered.push_back(unit);
        }
        std::set<ticketing::UnitId> charged;
        while (dice.one_in(4)) charged.insert(any_unit());
        t.charged_units.assign(charged.begin(), charged.end());
        t.hard_case = dice.one_in(3);
        t.appellant.confidential = dice.one_in(4);
        t.appellant.phone = dice.one_in(3) ? "13800001234" : "13911112222";
        t.accepted_at = desk_.now - std::chrono::hours{24} * dice.between(0, 3);
        if (dice.one_in(2)) {
            const sla::Limit limit = sla::natural_hours(static_cast<int>(dice.between(1, 9)));
            t.clocks = {sla::start(sla::ClockKind::handle, limit, desk_.now, desk_.city.calendar)};
        }
        ticketing::Event event;
        event.ticket = t.id;
        event.seq = 1;
        event.at = desk_.now;
        event.changes = "{}";
        ticketing::seal(event, {}, crypto::sm3);
        entry.idempotency_key = "k" + t.number;
        entry.events = {event};
        return entry;
    }

    Desk& desk_;
};

}  // namespace hotline::test
