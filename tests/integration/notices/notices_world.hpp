#pragma once

#include "integrations/mysql/notice_work.hpp"
#include "integrations/mysql/outbox_store.hpp"
#include "server/actions/derive_notices.hpp"
#include "server/actions/step_notices.hpp"
#include "server/api/bulletins.hpp"
#include "server/api/devices.hpp"
#include "server/api/notice_rules.hpp"
#include "server/api/notices.hpp"
#include "server/http/router.hpp"
#include "tests/integration/api/tickets_world.hpp"

namespace hotline::test {

// People at their tickets, and what they are told of them; the clock is the test's.
struct NoticesWorld : TicketsWorld {
    using Channel = ticketing::notices::Channel;
    using Channels = ticketing::notices::Channels;

    auth::WipedDevices wiped{auth.pool};
    std::vector<std::string> told_wiped;
    int rung = 0;
    actions::NoticeWays ways{
        Channels::of({Channel::live, Channel::web_push, Channel::wecom, Channel::sms}), {}, false
    };
    api::NoticeSetting setting{ways.channels, ways.rules, "key"};
    api::NoticesApi notices{auth.guard, auth.pool, auth.clock, setting};
    api::BulletinsApi bulletins{auth.guard, auth.pool, source, auth.clock, setting, [this] {
                                    ++rung;
                                }};
    api::NoticeRulesApi rules{auth.guard, auth.pool, source, auth.clock, setting};
    api::DevicesApi devices{
        auth.guard,
        auth.sessions,
        wiped,
        auth.pool,
        auth.clock,
        false,
        [this](std::string device) -> boost::asio::awaitable<void> {
            told_wiped.push_back(std::move(device));
            co_return;
        }
    };
    std::unique_ptr<http::Router> router;

    NoticesWorld() {
        std::vector<http::Route> routes;
        notices.add_routes(routes);
        bulletins.add_routes(routes);
        rules.add_routes(routes);
        devices.add_routes(routes);
        router = std::make_unique<http::Router>(std::move(routes));
        for (const char* table : {"device", "bulletin", "notice_preference", "notice_rules"}) {
            run("DELETE FROM " + std::string(table));
        }
    }

    std::uint64_t number(const std::string& sql) {
        const auto rows = auth.pool.read_now([&](mysql::Connection& db) { return db.query(sql); });
        REQUIRE(rows);
        return rows->front().unsigned_integer(0);
    }
    std::uint64_t user_of(const Browser& browser) {
        const auto session = auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::find_session(db, crypto::token_digest(browser.token));
        });
        REQUIRE(session);
        REQUIRE(session->has_value());
        return (*session)->account.id.value;
    }

    http::Response ask(
        const Browser& browser,
        http::Method method,
        std::string path,
        std::string body = "",
        const std::string& device = ""
    ) {
        auto request = browser.request(method, std::move(body));
        const auto query = path.find('?');
        if (query != std::string::npos) {
            const auto rest = path.substr(query + 1);
            request.query[rest.substr(0, rest.find('='))] = rest.substr(rest.find('=') + 1);
            path.resize(query);
        }
        request.path = "/api/v1" + path;
        if (!device.empty()) request.headers.push_back({"x-device", device});
        if (auto refused = wiped.refusal(request)) return std::move(*refused);
        return auth.run(router->dispatch(std::move(request)));
    }

    std::vector<std::uint64_t> waiting_outbox() {
        const auto rows = auth.pool.read_now([](mysql::Connection& db) {
            return db.query("SELECT id FROM outbox ORDER BY id");
        });
        REQUIRE(rows);
        std::vector<std::uint64_t> ids;
        for (const auto row : *rows) ids.push_back(row.unsigned_integer(0));
        return ids;
    }
    // What the outbox worker does after telling, then what the engine does.
    void hand_on(const std::vector<std::uint64_t>& ids) {
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::hand_on_outbox(db, ids);
        }));
    }
    void hand_on() { hand_on(waiting_outbox()); }
    actions::DerivedNotices derive() {
        const auto derived = auth.pool.transact_now([&](mysql::Connection& db) {
            return actions::derive_notices(db, *source.current(), auth.now, 100);
        });
        REQUIRE(derived);
        return *derived;
    }
    actions::SteppedNotices step() {
        const auto stepped = auth.pool.transact_now([&](mysql::Connection& db) {
            return actions::step_notices(db, *source.current(), ways, auth.now, 100);
        });
        REQUIRE(stepped);
        return *stepped;
    }
    void tell() {
        hand_on();
        derive();
        step();
    }
    boost::json::array list(const Browser& browser, const std::string& query = "") {
        const auto answer = ask(browser, http::Method::get, "/notices" + query);
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
};

}  // namespace hotline::test
