#pragma once

#include "server/api/dead_letters.hpp"
#include "server/api/directory.hpp"
#include "server/api/reference.hpp"
#include "server/api/ticket_list.hpp"
#include "server/api/tickets.hpp"
#include "tests/integration/actions/desk.hpp"
#include "tests/integration/auth/auth_world.hpp"

namespace hotline::test {

// People logged in before a desk of stored tickets. The two worlds have schemas of their own:
// everything here runs on the accounts' one.
struct TicketsWorld {
    AuthWorld auth;
    stage::City small;
    CitySource source{std::make_shared<const City>(small.directory, small.policy, small.calendar)};
    DeskLoads loads;
    api::TicketsApi tickets{auth.guard, auth.pool, source, loads, auth.limits, auth.clock};
    crypto::BlindIndex blind{"a key of the tests"};
    api::TicketListApi lists{auth.guard, auth.pool, source, blind, auth.clock};
    api::DirectoryApi directory{auth.guard, auth.pool, source, loads};
    api::ReferenceApi reference{auth.pool, source};
    std::uint64_t serial = 0;

    TicketsWorld() { auth.now = stage::monday_nine; }

    void run(std::string_view sql) {
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) { return db.execute(sql); }));
    }

    std::string accepted(void (*shape)(ticketing::Ticket&) = nullptr) {
        ticketing::Ticket fresh = stage::Stage().ticket;
        fresh.clocks.clear();
        fresh.id = {++serial};
        fresh.number = ticketing::format_ticket_number(auth.now, serial);
        fresh.appellant.name = "陈大文";
        fresh.enterprise_name = "渭南某某建设有限公司";
        fresh.uscc = "91610500MA6Y2A0K30";
        fresh.content = "施工许可迟迟未办，请联系13800001111";
        if (shape) shape(fresh);
        auto opened = open_ticket(
            std::move(fresh), {.role = ticketing::Role::enterprise}, source.current()->at(auth.now)
        );
        mysql::NewTicket entry;
        opened.event.seq = 1;
        ticketing::seal(opened.event, {}, crypto::sm3);
        entry.ticket = std::move(opened.after);
        entry.idempotency_key = "key-" + std::to_string(serial);
        entry.events = {std::move(opened.event)};
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_tickets(db, {&entry, 1});
        }));
        return entry.ticket.number;
    }

    Browser person(
        ticketing::Role role,
        ticketing::UnitId unit = {},
        ticketing::OfficialId official = {},
        std::string division = {}
    ) {
        mysql::Account wanted;
        wanted.login = "u" + std::to_string(++logins_);
        wanted.name = "测试员";
        wanted.role = role;
        wanted.division = std::move(division);
        wanted.password = *crypto::hash_password("Willow-Tea-42", auth.settings.cost);
        wanted.password_at = auth.now;
        const auto made = auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::create_account(db, wanted);
        });
        REQUIRE(made);
        // The units of the small city live in memory alone, where no foreign key asks for them.
        run("UPDATE account SET unit_id=" + std::to_string(unit.value) +
            ", official_id=" + (official ? std::to_string(official.value) : "NULL") +
            " WHERE id=" + std::to_string(made->value));
        Browser browser{auth};
        REQUIRE(browser.log_in(wanted.login).status == 200);
        return browser;
    }

    http::Request to(const Browser& browser, const std::string& number) const {
        auto request = browser.get();
        request.params = {{"ticket_no", number}};
        return request;
    }
    http::Response show(const Browser& browser, const std::string& number) {
        return auth.run(tickets.show(to(browser, number)));
    }
    http::Response act(
        const Browser& browser,
        const std::string& number,
        const std::string& action,
        std::string body = "{}",
        std::string version = "",
        std::string key = ""
    ) {
        auto request = browser.post(std::move(body));
        request.params = {{"ticket_no", number}, {"action", action}};
        if (version.empty()) version = etag_of(show(browser, number));
        request.headers.push_back({"if-match", version});
        if (key.empty()) key = "some-key-" + std::to_string(++keys_);
        request.headers.push_back({"idempotency-key", key});
        return auth.run(tickets.act(std::move(request)));
    }
    http::Response list(const Browser& browser, std::map<std::string, std::string> query) {
        auto request = browser.get();
        request.query = std::move(query);
        return auth.run(lists.list(std::move(request)));
    }

    static std::string etag_of(const http::Response& response) {
        for (const auto& header : response.headers) {
            if (header.name == "etag") return header.value;
        }
        return "";
    }

private:
    int logins_ = 0;
    int keys_ = 0;
};

}  // namespace hotline::test
