#pragma once

#include "server/api/kpi.hpp"
#include "server/api/kpi_boards.hpp"
#include "server/api/kpi_cases.hpp"
#include "server/api/kpi_frozen.hpp"
#include "tests/integration/auth/auth_world.hpp"
#include "tests/integration/figures/line.hpp"
#include "tests/support/child_process.hpp"
#include "ticketing/facts.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <string>

namespace hotline::test {

// A line with everything that tells its figures, and a browser in front of it.
struct Office {
    test::Line line;
    test::AuthWorld world;
    CitySource source{
        std::make_shared<const City>(line.world.city, line.world.policy, line.world.calendar)
    };
    api::KpiApi api{world.guard, line.pool, source, world.clock};
    api::KpiCasesApi behind{world.guard, line.pool, source, world.clock};
    test::Browser browser{world};
    test::TemporaryFolder folder;
    crypto::Signer signer = *crypto::Signer::open(folder.path() / "key.pem");
    api::KpiFrozenApi frozen{world.guard, line.pool, source, signer, 20, world.clock};
    api::KpiBoardsApi boards{world.guard, line.pool, source, world.clock};

    // Tickets that have lived a while, all derived.
    void live(std::uint64_t tickets = 60) {
        line.open(tickets, 300);
        line.live_on(40);
        line.derive();
    }
    void log_in(const std::string& login, ticketing::Role role, std::uint64_t unit = 0) {
        world.account(login, role);
        REQUIRE(world.pool.transact_now([&](mysql::Connection& db) {
            const mysql::Param home = unit == 0 ? mysql::Param(nullptr) : mysql::Param(unit);
            return db.execute("UPDATE account SET unit_id=? WHERE login=?", {home, login});
        }));
        browser.log_in(login);
    }

    boost::json::object rates(std::map<std::string, std::string> query) {
        http::Request request = browser.get();
        request.query = std::move(query);
        const auto response = world.run(api.rates(std::move(request)));
        REQUIRE(response.status == 200);
        return boost::json::parse(*response.shared_body).as_object();
    }
    http::Response cases(const std::string& rate, std::map<std::string, std::string> query) {
        http::Request request = browser.get();
        request.query = std::move(query);
        request.params["rate"] = rate;
        return world.run(behind.list(std::move(request)));
    }
    struct Told {
        std::int64_t times = 0;
        int visible = 0;
        int hidden = 0;
        boost::json::array items;
    };
    // All pages, seven tickets each.
    Told cases_told(
        const std::string& rate,
        const std::string& side,
        std::map<std::string, std::string> query = {{"from", "2026-01-01"}, {"to", "2026-12-31"}}
    ) {
        query["side"] = side;
        query["limit"] = "7";
        Told told;
        for (;;) {
            const auto response = cases(rate, query);
            REQUIRE(response.status == 200);
            const auto page = boost::json::parse(response.body).as_object();
            CHECK(page.at("items").as_array().size() <= 7);
            for (const auto& item : page.at("items").as_array()) {
                told.times += item.at("times").as_int64();
                ++(item.at("visible").as_bool() ? told.visible : told.hidden);
                told.items.push_back(item);
            }
            if (!page.contains("next_cursor")) {
                CHECK(page.at("total").as_int64() == told.times);
                return told;
            }
            query["cursor"] = test::text(page.at("next_cursor"));
        }
    }
    sla::PeriodSums expected(const std::function<bool(const sla::CounterKey&)>& wanted) {
        sla::PeriodSums sums;
        for (const test::Life& life : line.lives) {
            const auto facts = ticketing::facts_of(life.walk().events());
            for (const auto& [key, amount] : sla::contributions(*facts)) {
                if (wanted(key)) sums.add(key, amount);
            }
        }
        return sums;
    }
};

}  // namespace hotline::test
