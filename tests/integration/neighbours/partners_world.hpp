#pragma once

#include "integrations/mysql/handover_store.hpp"
#include "server/actions/hand_over.hpp"
#include "server/api/handovers.hpp"
#include "server/api/partners.hpp"
#include "server/now.hpp"
#include "server/workers/handovers.hpp"
#include "server/workers/outbox.hpp"
#include "tests/integration/notices/notices_world.hpp"
#include "tests/stand_ins/partner_stand_in.hpp"

#include <set>

namespace hotline::test {

// A county's office with a system of its own, the tickets that go there, and who is told.
struct PartnersWorld : NoticesWorld {
    using asio_void = boost::asio::awaitable<void>;
    using State = mysql::HandoverState;

    static constexpr const char* own_key = "a key of the tests";

    static http_client::Limits lenient() {
        http_client::Limits limits;
        limits.public_addresses_only = false;
        limits.https_only = false;
        limits.connect = std::chrono::milliseconds(300);
        limits.total = std::chrono::milliseconds(300);
        return limits;
    }

    PartnerStandIn partner;
    Metrics metrics;
    api::PartnersApi partners{
        auth.io.get_executor(),
        auth.guard,
        auth.pool,
        source,
        {own_key, {}, true, lenient()},
        auth.clock
    };
    api::HandoversApi handovers{auth.guard, auth.pool, source, hotline::now};
    workers::OutboxWorker outbox{auth.pool, metrics, [](workers::OutboxNews) -> asio_void {
                                     co_return;
                                 }};
    ticketing::UnitId housing = small.unit("610526.housing");
    Browser admin = person(ticketing::Role::admin);
    Browser dispatcher = person(ticketing::Role::dispatcher);
    Browser worker_of_unit = person(ticketing::Role::official, housing, small.worker);
    Browser clerk = person(ticketing::Role::unit_clerk, housing);
    std::uint64_t id = 0;

    explicit PartnersWorld(const std::string& more = "") {
        for (const char* table : {"partner", "partner_service"}) {
            run("DELETE FROM " + std::string(table));
        }
        outbox.also([](mysql::Connection& db, std::span<const mysql::OutboxRow> rows) {
            return actions::queue_handovers(db, rows, hotline::now());
        });
        const auto made = auth.run(partners.create(admin.post(input(more))));
        REQUIRE(made.status == 201);
        id = static_cast<std::uint64_t>(body_of(made).at("id").as_int64());
    }

    std::string input(const std::string& more = "") const {
        return R"({"name":"蒲城城管","base_url":")" + partner.base_url() +
               R"(","jurisdiction_id":"pucheng","api_key":")" + PartnerStandIn::key +
               R"(","active":true,"unit_id":)" + std::to_string(housing.value) +
               R"(,"services":[{"topic":"规划建设","service_code":"001"}])" + more + "}";
    }
    http::Request about(http::Request request) {
        request.params["partner_id"] = std::to_string(id);
        return request;
    }
    http::Response change(const std::string& body) {
        return auth.run(partners.change(about(admin.post(body))));
    }

    // A ticket that goes to the partner's unit and is signed for there.
    std::string dispatched(void (*shape)(ticketing::Ticket&) = nullptr) {
        const std::string number = accepted(shape);
        const std::string body = R"({"unit_id":)" + std::to_string(housing.value) +
                                 R"(,"official_id":)" + std::to_string(small.worker.value) + "}";
        REQUIRE(act(dispatcher, number, "dispatch", body).status == 200);
        REQUIRE(auth.run(outbox.sweep()));
        return number;
    }

    workers::HandoverWorker worker() {
        workers::HandoverSettings settings;
        settings.key = own_key;
        settings.limits = lenient();
        return {auth.io.get_executor(), auth.pool, source, settings};
    }
    // Everything that is due; how many calls that took. Each time another server does it.
    int work() {
        auto one = worker();
        for (int calls = 0;; ++calls) {
            const auto sent = auth.run(one.hand_over_one(id));
            REQUIRE(sent);
            if (*sent) continue;
            const auto followed = auth.run(one.follow(id));
            REQUIRE(followed);
            if (!*followed) return calls;
        }
    }
    // What waits is due now, as if its time had come.
    void let_time_pass() {
        run("UPDATE partner SET paused_until=NULL");
        run("UPDATE handover SET next_at=UTC_TIMESTAMP(3)-INTERVAL 1 SECOND WHERE state<=4");
    }
    void age(const std::string& minutes) {
        for (const char* column : {"queued_at", "sent_at", "seen_at"}) {
            run("UPDATE handover SET " + std::string(column) + "=" + column + "-INTERVAL " +
                minutes + " MINUTE");
        }
        let_time_pass();
    }
    std::size_t tell_silent() {
        auto one = worker();
        const auto told = auth.run(one.tell_silent());
        REQUIRE(told);
        return *told;
    }
    // E18, as the proof asks it.
    std::uint64_t untold() {
        const auto found = auth.pool.read_now([](mysql::Connection& db) {
            const auto now = hotline::now();
            return mysql::untold_handovers(
                db,
                now - open311::silent_for_number - std::chrono::minutes(5),
                now - open311::silent_for_status - std::chrono::minutes(5)
            );
        });
        REQUIRE(found);
        return found->count;
    }

    http::Request of(const std::string& ticket_no, http::Request request) {
        request.params["ticket_no"] = ticket_no;
        return request;
    }
    boost::json::object handover(const std::string& ticket_no) {
        const auto shown = auth.run(handovers.show(of(ticket_no, clerk.get())));
        REQUIRE(shown.status == 200);
        return body_of(shown);
    }
    std::string state(const std::string& ticket_no) {
        return text(handover(ticket_no).at("state"));
    }
    http::Response deed(const Browser& by, const std::string& ticket_no, const std::string& body) {
        return auth.run(handovers.act(of(ticket_no, by.post(body))));
    }
    std::size_t listed(const Browser& by) {
        const auto list = auth.run(handovers.list(by.get()));
        REQUIRE(list.status == 200);
        return body_of(list).at("items").as_array().size();
    }
    // The newest line of the ticket's log.
    std::string last_word(const std::string& ticket_no) {
        const auto log = auth.run(tickets.events(to(dispatcher, ticket_no)));
        REQUIRE(log.status == 200);
        return text(body_of(log).at("items").as_array().back().as_object().at("reason"));
    }
    // Why a person was told.
    std::set<std::string> told(const Browser& who) {
        REQUIRE(auth.run(outbox.sweep()));
        derive();
        const auto rows = auth.pool.read_now([&](mysql::Connection& db) {
            return db.query(
                "SELECT DISTINCT occasion FROM notice WHERE receiver=?", {user_of(who)}
            );
        });
        REQUIRE(rows);
        std::set<std::string> words;
        for (const auto row : *rows) {
            words.emplace(ticketing::name(static_cast<ticketing::notices::Occasion>(row.integer(0)))
            );
        }
        return words;
    }
};

}  // namespace hotline::test
