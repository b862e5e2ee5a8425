#include "server/api/enterprises.hpp"

#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/enterprise_life.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "tests/integration/api/tickets_world.hpp"

#include <boost/json/serialize.hpp>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

constexpr std::uint64_t the_firm = 7;

void clear_firms(TicketsWorld& world) {
    for (const char* table : {"enterprise", "contact_card", "phone_call", "directory_change"}) {
        world.run("DELETE FROM " + std::string(table));
    }
}

// One enterprise before a desk of tickets.
struct FirmWorld {
    TicketsWorld tickets;
    api::EnterprisesApi api{
        tickets.auth.guard,
        tickets.auth.pool,
        tickets.source,
        tickets.auth.limits,
        tickets.auth.clock
    };

    FirmWorld() {
        clear_firms(tickets);
        const ticketing::Enterprise firm{
            .id = {the_firm},
            .uscc = "91610500MA6Y2A0K30",
            .name = "蒲城果业有限公司",
            .division = "610526",
            .phone = "13800138000"
        };
        REQUIRE(tickets.auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_entries<ticketing::Enterprise>(db, {&firm, 1});
        }));
    }
    ~FirmWorld() { clear_firms(tickets); }

    std::string ticket(void (*shape)(ticketing::Ticket&)) { return tickets.accepted(shape); }

    http::Request to(http::Request request, std::uint64_t id = the_firm) const {
        request.params = {{"enterprise_id", std::to_string(id)}};
        return request;
    }
    http::Response show(const Browser& browser, std::uint64_t id = the_firm) {
        return tickets.auth.run(api.show(to(browser.get(), id)));
    }
    http::Response timeline(const Browser& browser, std::map<std::string, std::string> query = {}) {
        auto request = to(browser.get());
        request.query = std::move(query);
        return tickets.auth.run(api.timeline(std::move(request)));
    }
    http::Response reveal(const Browser& browser, std::string body) {
        return tickets.auth.run(api.reveal(to(browser.post(std::move(body)))));
    }
};

boost::json::object firm_body(const http::Response& response) {
    REQUIRE(response.status == 200);
    return boost::json::parse(response.body).as_object();
}

void of_the_firm(ticketing::Ticket& ticket) {
    ticket.enterprise = {the_firm};
    ticket.title = "车间频繁停电";
    ticket.topic = "供电";
}
void hidden_of_the_firm(ticketing::Ticket& ticket) {
    of_the_firm(ticket);
    ticket.appellant.confidential = true;
}
void visit_of_the_firm(ticketing::Ticket& ticket) {
    of_the_firm(ticket);
    ticket.channel = ticketing::Channel::visit;
}

}  // namespace

TEST_CASE(
    "A16 an enterprise's page is for who has to do with it, and as unknown as an invented one to "
    "others"
) {
    FirmWorld world;
    auto& city = world.tickets.small;
    const auto housing = city.unit("610526.housing");
    CHECK(world.show(world.tickets.person(Role::agent)).status == 200);
    CHECK(world.show(world.tickets.person(Role::manager, {}, {}, "610526")).status == 200);
    CHECK(world.show(world.tickets.person(Role::manager, {}, {}, "610527")).status == 404);
    CHECK(world.show(world.tickets.person(Role::admin)).status == 403);
    const auto clerk = world.tickets.person(Role::unit_clerk, housing);
    const auto none = world.show(clerk, 999);
    const auto foreign = world.show(clerk);
    CHECK(none.status == 404);
    CHECK(foreign.status == 404);
    CHECK(world.timeline(clerk).status == 404);
    const auto number = world.ticket(of_the_firm);
    world.tickets.run(
        "UPDATE ticket SET lead_unit_id=" + std::to_string(housing.value) + " WHERE number='" +
        number + "'"
    );
    const auto shown = firm_body(world.show(clerk));
    CHECK(shown.at("figures").at("tickets") == 1);
    CHECK(shown.at("open").as_array().size() == 1);
    CHECK(shown.at("open").at(0).at("readable") == true);
}

TEST_CASE(
    "the page counts what is in scope, hides whom A7 hides, and sends nobody where he may not go"
) {
    FirmWorld world;
    world.ticket(of_the_firm);
    const auto filed = world.ticket(visit_of_the_firm);
    world.ticket(hidden_of_the_firm);
    world.ticket(nullptr);
    const auto agent = world.tickets.person(Role::agent);
    world.tickets.run(
        "UPDATE ticket SET created_by=(SELECT MAX(id) FROM account) WHERE number='" + filed + "'"
    );
    const auto shown = firm_body(world.show(agent));
    CHECK(shown.at("enterprise").at("phone") == "138****8000");
    CHECK(shown.at("enterprise").at("uscc") == "9161**********0K30");
    CHECK(shown.at("figures").at("tickets") == 2);
    CHECK(shown.at("figures").at("visits") == 1);
    CHECK(shown.at("figures").at("all_counted") == true);
    CHECK(shown.at("figures").at("topics").at(0).at("text") == "供电");
    CHECK(shown.at("figures").at("words").at(0).at("text") == "车间频繁停电");
    CHECK(shown.at("open").as_array().size() == 2);
    // The newest is his own, the other is not.
    CHECK(shown.at("open").at(0).at("readable") == true);
    CHECK(shown.at("open").at(1).at("readable") == false);
    const auto supervisor = firm_body(world.show(world.tickets.person(Role::supervisor)));
    CHECK(supervisor.at("open").at(0).at("readable") == true);
    CHECK(supervisor.at("figures").at("tickets") == 2);
}

TEST_CASE("the timeline goes through tickets, visits, calls and changes page by page, losing none"
) {
    FirmWorld world;
    for (int i = 0; i < 5; ++i) {
        world.ticket(i % 2 == 0 ? of_the_firm : visit_of_the_firm);
        world.tickets.auth.now += 1h;
        const std::string at = "'2026-11-2" + std::to_string(i) + " 01:00:00'";
        world.tickets.run(
            "INSERT INTO phone_call (source,call_id,state,ani,enterprise_id,offered_at,answered_at,"
            "ended_at) VALUES ('pbx','c" +
            std::to_string(i) + "',8,'13800138000',7," + at + "," + at + "," + at + ")"
        );
    }
    world.tickets.run(
        "INSERT INTO directory_change (at,user_name,deed,kind,entity_id,entity_name,after_text,"
        "source) VALUES ('2026-01-01','王主任',1,6,7,'蒲城果业','{}','console')"
    );
    const auto supervisor = world.tickets.person(Role::supervisor);
    std::map<std::string, int> kinds;
    std::string last = "9999";
    std::string cursor;
    int pages = 0;
    do {
        std::map<std::string, std::string> query{{"limit", "3"}};
        if (!cursor.empty()) query["cursor"] = cursor;
        const auto page = firm_body(world.timeline(supervisor, query));
        for (const auto& item : page.at("items").as_array()) {
            ++kinds[std::string(item.at("kind").as_string())];
            const std::string at(item.at("at").as_string());
            CHECK(at <= last);
            last = at;
        }
        CHECK(boost::json::serialize(page).find("13800138000") == std::string::npos);
        cursor =
            page.contains("next_cursor") ? std::string(page.at("next_cursor").as_string()) : "";
        ++pages;
    } while (!cursor.empty() && pages < 20);
    CHECK(
        kinds == std::map<std::string, int>{{"call", 5}, {"change", 1}, {"ticket", 3}, {"visit", 2}}
    );
    CHECK(pages == 4);
    // Who may not read calls is told of none.
    const auto reviewer = firm_body(world.timeline(world.tickets.person(Role::reviewer)));
    CHECK(boost::json::serialize(reviewer).find(R"("kind":"call")") == std::string::npos);
    CHECK(world.timeline(supervisor, {{"cursor", "1.2"}}).status == 422);
    CHECK(world.timeline(supervisor, {{"cursor", "1.2.3.4"}}).status == 422);
}

TEST_CASE("19: an enterprise's number is shown in clear for a reason, on the record") {
    FirmWorld world;
    const auto agent = world.tickets.person(Role::agent);
    const auto shown = firm_body(world.reveal(agent, R"({"field":"phone","reason":"回拨核实"})"));
    CHECK(shown.at("value") == "13800138000");
    const auto audit = world.tickets.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "enterprise.reveal", {}, 10);
    });
    REQUIRE(audit);
    REQUIRE(audit->size() == 1);
    CHECK(audit->front().entry.object == "enterprise:7");
    CHECK(audit->front().entry.detail.find("13800138000") == std::string::npos);
    CHECK(world.reveal(agent, R"({"field":"name","reason":"回拨核实"})").status == 422);
    CHECK(world.reveal(agent, R"({"field":"phone"})").status == 422);
    const auto clerk = world.tickets.person(Role::unit_clerk);
    CHECK(world.reveal(clerk, R"({"field":"phone","reason":"回拨核实"})").status == 403);
}

TEST_CASE("an enterprise's tickets are read by its own index") {
    FirmWorld world;
    for (int i = 0; i < 40; ++i) {
        world.ticket([](ticketing::Ticket& ticket) { ticket.enterprise = {ticket.id.value + 100}; }
        );
    }
    world.ticket(of_the_firm);
    ticketing::Scope scope;
    scope.units = {{1}, {2}};
    scope.closed_complaints = {{3}};
    const auto plan = [&](const mysql::QueryText& query) {
        const auto rows = world.tickets.auth.pool.read_now([&](mysql::Connection& db) {
            return db.query("EXPLAIN " + query.text(), query.values());
        });
        REQUIRE(rows);
        const bool tells_partitions = rows->columns() == 12;  // MySQL does
        return rows->front().string(tells_partitions ? 6 : 5);
    };
    CHECK(plan(mysql::enterprise_matters_text(scope, {the_firm}, 1001)) == "ticket_enterprise");
}
