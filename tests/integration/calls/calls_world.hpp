#pragma once

#include "integrations/crypto/token.hpp"
#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "integrations/mysql/session_store.hpp"
#include "server/actions/accept_appeals.hpp"
#include "server/api/calls.hpp"
#include "server/api/cti.hpp"
#include "server/api/phone/call_details.hpp"
#include "server/api/phone/link.hpp"
#include "server/call_feed.hpp"
#include "server/http/router.hpp"
#include "server/http/server.hpp"
#include "server/live_feed.hpp"
#include "server/now.hpp"
#include "server/workers/outbox.hpp"
#include "tests/integration/redis/loop.hpp"
#include "tests/support/emptied_schema.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/ticket_number.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hotline::test {

inline mysql::Settings schema_with_units() {
    const mysql::Settings schema = emptied_schema(
        {"account",
         "session",
         "api_token",
         "phone_call",
         "cti_event",
         "call_recording",
         "agent_standing",
         "agent_move",
         "cti_link",
         "call_detail_difference",
         "call_detail_list",
         "acd_call",
         "acd_owner",
         "call_command",
         "call_commander",
         "agent_skill",
         "enterprise",
         "unit"}
    );
    const mysql::ThreadScope scope;
    auto db = mysql::Connection::open(schema);
    REQUIRE(db);
    REQUIRE(mysql::insert_entries<ticketing::Unit>(*db, small_city::make().units));
    return schema;
}

inline CityPtr a_city() {
    return std::make_shared<const City>(
        small_city::make(), sla::default_policy(), sla::test::calendar_of({2025, 2026})
    );
}

// A schema with people, firms and tickets, and no server around it.
struct CallsStore {
    mysql::Pool pool{schema_with_units(), {.threads = 4}};
    CityPtr city = a_city();
    std::uint64_t serial = 1;

    ~CallsStore() { pool.stop(); }

    template <class Job>
    auto now(Job job) {
        auto result = pool.transact_now(std::move(job));
        if (!result) FAIL(std::string(name(result.error().code)), " ", result.error().detail);
        return std::move(*result);
    }

    ticketing::UserId account(
        const std::string& login,
        ticketing::Role role,
        std::string extension = {},
        std::string_view unit = {}
    ) {
        mysql::Account wanted;
        wanted.login = login;
        wanted.name = login;
        wanted.role = role;
        wanted.extension = std::move(extension);
        wanted.unit = small_city::id_of(city->directory, unit);
        wanted.password = "unused";
        wanted.password_at = hotline::now();
        return now([&](mysql::Connection& db) { return mysql::create_account(db, wanted); });
    }

    void enterprise(std::uint64_t id, const std::string& name, const std::string& phone) {
        const ticketing::Enterprise firm{
            .id = {id},
            .uscc = "91610500MA6Y00000" + std::to_string(id % 10),
            .name = name,
            .division = "610526",
            .phone = phone
        };
        const auto made = pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_entries<ticketing::Enterprise>(db, {&firm, 1});
        });
        REQUIRE(made);
    }

    static ticketing::Appeal appeal(const std::string& phone) {
        ticketing::Appeal appeal;
        appeal.channel = ticketing::Channel::phone;
        appeal.title = "工地停工";
        appeal.content = "厂房施工许可办不下来，联系 13912345678";
        appeal.type = ticketing::AppealType::help;
        appeal.topic = "规划建设";
        appeal.division = "610526";
        appeal.urgency = ticketing::Urgency::normal;
        appeal.appellant.name = "王小明";
        appeal.appellant.phone = phone;
        return appeal;
    }

    // Files them as the agent's form does; the ticket numbers.
    std::vector<std::string> file(std::vector<ticketing::Appeal> appeals) {
        std::vector<actions::PromisedAppeal> promised;
        for (auto& appeal : appeals) {
            appeal.idempotency_key = "key-" + std::to_string(serial);
            promised.push_back(
                {ticketing::format_ticket_number(hotline::now(), serial++),
                 std::move(appeal),
                 {},
                 hotline::now()}
            );
        }
        ticketing::Loads loads;
        const auto accepted = now([&](mysql::Connection& db) {
            return actions::accept_appeals(db, promised, *city, loads, hotline::now(), false);
        });
        std::vector<std::string> numbers;
        for (const auto& one : accepted) numbers.push_back(one.ticket_no);
        return numbers;
    }
    std::string file(ticketing::Appeal appeal) {
        std::vector<ticketing::Appeal> one;
        one.push_back(std::move(appeal));
        return file(std::move(one)).front();
    }
};

inline telephony::CtiEvent event(
    const std::string& call, telephony::CtiKind kind, const std::string& id, int second = 0
) {
    telephony::CtiEvent made;
    made.call_id = call;
    made.event_id = id;
    made.kind = kind;
    made.occurred_at = hotline::now() + std::chrono::seconds(second);
    return made;
}

}  // namespace hotline::test
