#include "server/api/open311.hpp"

#include "integrations/mysql/published_tickets.hpp"
#include "integrations/open311/services.hpp"
#include "tests/integration/api/tickets_world.hpp"
#include "tests/unit/open311/published_example.hpp"
#include "ticketing/published.hpp"

#include <set>

using namespace hotline;
using namespace hotline::test;
using ticketing::AppealType;
using ticketing::State;

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789ABCDEF"[byte & 15];
    }
    return out;
}

using Form = std::map<std::string, std::string>;

// The whole of Open311 with the one way of intake behind it; Redis is away, so that a post is
// committed before it is answered.
struct Open311World {
    TicketsWorld tickets;
    AuthWorld& auth = tickets.auth;
    redis::IntakeStream stream{auth.no_redis, auth.no_redis, {}};
    mysql::SerialSource serials{"ticket", 1000};
    actions::CommitWaiters waiters{auth.io.get_executor()};
    actions::Backlog backlog;
    actions::AppealDesk desk{
        stream, auth.pool, serials, waiters, tickets.source, tickets.loads, backlog, {}, "secret"
    };
    api::Open311Api api{
        auth.guard,
        desk,
        auth.pool,
        auth.limits,
        tickets.source,
        {true, "weinan.gov.cn", "https://hotline.example"},
        auth.clock
    };
    http::Router router = [this] {
        std::vector<http::Route> routes;
        api.add_routes(routes);
        return http::Router(std::move(routes));
    }();
    std::string key = token("open311");
    std::string code = open311::service_code(tickets.small.directory.duties.front().topic);

    Open311World() { REQUIRE(mysql::refill_now(auth.pool, serials)); }

    std::string token(const std::string& scope) {
        mysql::ApiToken made;
        std::string secret = crypto::random_token();
        made.name = "city app";
        made.scope = scope;
        made.token = crypto::token_digest(secret);
        made.created_by = {1};
        made.created_at = auth.now;
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_api_token(db, made);
        }));
        return secret;
    }

    http::Response get(const std::string& path, Form query = {}) {
        http::Request request;
        request.path = "/open311/" + path;
        request.query = std::move(query);
        request.remote_address = "192.0.2." + std::to_string(++asked_ % 250);
        return auth.run(router.dispatch(std::move(request)));
    }
    http::Response post(const Form& form, const std::string& format = "json") {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/open311/v2/requests." + format;
        request.headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
        for (const auto& [name, value] : form) {
            request.body += escaped(name) + "=" + escaped(value) + "&";
        }
        return auth.run(router.dispatch(std::move(request)));
    }
    Form example() const { return published_example(code, key); }

private:
    int asked_ = 0;
};

boost::json::object first(const http::Response& response) {
    return boost::json::parse(response.body).as_array().at(0).as_object();
}

// Every answer that refuses is the standard's list with the status of the answer.
void check_refusal(const http::Response& response, int status) {
    CHECK(response.status == status);
    const auto error = first(response);
    CHECK(error.at("code").as_int64() == status);
    CHECK_FALSE(error.at("description").as_string().empty());
}

void as_confidential(ticketing::Ticket& t) {
    t.appellant.confidential = true;
}
void as_complaint(ticketing::Ticket& t) {
    t.type = AppealType::complaint;
}
void as_report(ticketing::Ticket& t) {
    t.type = AppealType::report;
}

}  // namespace

TEST_CASE("the specification's example request is filed, in XML and in JSON, and found again") {
    Open311World world;
    const auto filed = world.post(world.example());
    REQUIRE(filed.status == 201);
    const std::string number = text(first(filed).at("service_request_id"));
    CHECK_FALSE(first(filed).contains("token"));
    auto other = world.example();
    other["description"] = "Another sinkhole in the same street";
    const auto xml = world.post(other, "xml");
    REQUIRE(xml.status == 201);
    CHECK(xml.body.find("<service_requests><request><service_request_id>WN") != std::string::npos);
    const auto found = world.get("v2/requests/" + number + ".json");
    REQUIRE(found.status == 200);
    CHECK(text(first(found).at("status")) == "open");
    CHECK(text(first(found).at("service_code")) == world.code);
    for (const std::string_view word : {"sinkhole", "smith", "1111", "5th", "sfgov"}) {
        CHECK(found.body.find(word) == std::string::npos);
    }
    const auto both =
        world.get("v2/requests.json", {{"service_request_id", number + ",WN2026112300000178,x"}});
    CHECK(boost::json::parse(both.body).as_array().size() == 1);
}

TEST_CASE("the same post again is the same request, by its words or by its key; another is another"
) {
    Open311World world;
    const auto number = [&](const Form& form) {
        const auto filed = world.post(form);
        REQUIRE(filed.status == 201);
        return text(first(filed).at("service_request_id"));
    };
    const std::string one = number(world.example());
    CHECK(number(world.example()) == one);
    world.auth.now += 20h;  // past midnight
    CHECK(number(world.example()) == one);
    auto other = world.example();
    other["api_key"] = world.token("open311");
    CHECK(number(other) != one);
    world.auth.now += std::chrono::days{3};
    CHECK(number(world.example()) != one);
}

TEST_CASE("bad requests are refused in the standard's error format") {
    Open311World world;
    auto form = world.example();
    form.erase("api_key");
    check_refusal(world.post(form), 403);
    for (const std::string& key : {std::string("xyz"), world.token("cti")}) {
        form["api_key"] = key;
        check_refusal(world.post(form), 403);
    }
    form = world.example();
    form["jurisdiction_id"] = "city.gov";
    check_refusal(world.post(form), 404);
    form = world.example();
    form["service_code"] = "001";
    check_refusal(world.post(form), 404);
    form = world.example();
    for (const char* place : {"lat", "long", "address_string"}) form.erase(place);
    check_refusal(world.post(form), 400);
    form = world.example();
    form["description"] = "";
    check_refusal(world.post(form), 400);
    form = world.example();
    form["attribute[uscc]"] = "not a code";
    check_refusal(world.post(form), 400);
    form["description"] = std::string(5000, 'x');
    check_refusal(world.post(form), 400);
    http::Request request;
    request.method = http::Method::post;
    request.path = "/open311/v2/requests.json";
    request.headers = {{"content-type", "application/json"}};
    request.body = "{}";
    check_refusal(world.auth.run(world.router.dispatch(std::move(request))), 415);
    check_refusal(world.get("v2/services/nothing.json"), 404);
    check_refusal(world.get("v2/services.json", {{"jurisdiction_id", "city.gov"}}), 404);
    check_refusal(world.get("v2/requests/WN2026112300000178.json"), 404);
    check_refusal(world.get("v2/requests.json", {{"start_date", "yesterday"}}), 400);
    check_refusal(world.get("v2/tokens/1.json"), 404);
    const auto unknown = world.get("v2/services/nothing.xml");
    CHECK(unknown.body.find("<errors><error><code>404</code><description>") != std::string::npos);
}

TEST_CASE("a token is exchanged for its request once that is there, and cannot be guessed") {
    Open311World world;
    const std::string queued =
        ticketing::format_ticket_number(world.auth.now, *world.serials.take());
    const auto ask = [&](const std::string& number, const std::string& code) {
        return world.get("v2/tokens/" + number + "-" + code + ".json");
    };
    const auto waiting = ask(queued, world.desk.query_code(queued));
    CHECK(waiting.status == 200);
    CHECK(first(waiting).at("service_request_id").is_null());
    const auto number = world.tickets.accepted();
    const auto there = ask(number, world.desk.query_code(number));
    CHECK(text(first(there).at("service_request_id")) == number);
    check_refusal(ask(number, "AAAAAA"), 404);
    check_refusal(ask(number, world.desk.query_code(queued)), 404);
}

TEST_CASE("confidential tickets, complaints, reports and withdrawn ones are found by nobody") {
    Open311World world;
    const auto open = world.tickets.accepted();
    std::vector<std::string> hidden{
        world.tickets.accepted(as_confidential),
        world.tickets.accepted(as_complaint),
        world.tickets.accepted(as_report),
        world.tickets.accepted()
    };
    world.tickets.run("UPDATE ticket SET state=13 WHERE number='" + hidden.back() + "'");
    const auto list = world.get("v2/requests.json");
    REQUIRE(list.status == 200);
    CHECK(list.body.find(open) != std::string::npos);
    for (const std::string& number : hidden) {
        CHECK(list.body.find(number) == std::string::npos);
        check_refusal(world.get("v2/requests/" + number + ".json"), 404);
        const auto by_id = world.get("v2/requests.json", {{"service_request_id", number}});
        CHECK(by_id.body == "[]");
    }
}

TEST_CASE("the database and the core agree on what is published") {
    Open311World world;
    for (const auto& [state, word] : names_of(State{})) {
        for (const auto& [type, name] : names_of(AppealType{})) {
            const auto number = world.tickets.accepted();
            world.tickets.run(
                "UPDATE ticket SET state=" + std::to_string(static_cast<int>(state)) + ", type=" +
                std::to_string(static_cast<int>(type)) + " WHERE number='" + number + "'"
            );
        }
    }
    world.tickets.run("UPDATE ticket SET confidential=1 WHERE id%5=0");
    world.tickets.run("UPDATE ticket SET needs_entry=1 WHERE id%7=0");
    world.tickets.run("UPDATE ticket SET complained_unit_id=1 WHERE id%11=0");
    const auto listed = world.auth.pool.read_now([&](mysql::Connection& db) {
        return mysql::list_published(db, {.from = {}, .to = world.auth.now + 1h}, 1000);
    });
    REQUIRE(listed);
    std::set<std::string> published;
    for (const auto& ticket : *listed) published.insert(ticket.number);
    std::size_t expected = 0;
    for (std::uint64_t id = 1; id <= world.tickets.serial; ++id) {
        const auto number = ticketing::format_ticket_number(world.auth.now, id);
        const auto stored = world.auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::read_ticket(db, number);
        });
        REQUIRE(stored);
        REQUIRE(*stored);
        const bool is = ticketing::is_published((*stored)->ticket);
        expected += is ? 1 : 0;
        CHECK(published.contains(number) == is);
    }
    CHECK(expected > 10);
    CHECK(published.size() == expected);
}

TEST_CASE("services and their definitions are there in both formats, and where to find them") {
    Open311World world;
    CHECK(world.get("v2/services.xml").body.find("<services><service>") != std::string::npos);
    const auto service = world.get("v2/services/" + world.code + ".json");
    CHECK(service.status == 200);
    CHECK(text(body_of(service).at("service_code")) == world.code);
    const auto discovery = body_of(world.get("discovery.json"));
    CHECK(
        text(discovery.at("endpoints").as_array().at(0).as_object().at("url")) ==
        "https://hotline.example/open311/v2"
    );
    for (const auto& header : world.get("v2/services.xml").headers) {
        if (header.name == "content-type") CHECK(header.value == "text/xml; charset=utf-8");
    }
}

TEST_CASE("who asks too often is told to wait") {
    Open311World world;
    int refused = 0;
    for (int i = 0; i < 80; ++i) {
        http::Request request;
        request.path = "/open311/v2/services.json";
        request.remote_address = "192.0.2.99";
        const auto answer = world.auth.run(world.router.dispatch(std::move(request)));
        if (answer.status == 429) ++refused;
    }
    CHECK(refused >= 15);
}

TEST_CASE("who keeps showing keys that are none is told to wait, and a good key still files") {
    Open311World world;
    auto form = world.example();
    form["api_key"] = crypto::random_token();
    int told_to_wait = 0;
    for (int i = 0; i < 30; ++i) {
        const auto answer = world.post(form);
        if (answer.status == 429) {
            ++told_to_wait;
        } else {
            check_refusal(answer, 403);
        }
    }
    CHECK(told_to_wait >= 5);
    CHECK(world.post(world.example()).status == 201);
}
