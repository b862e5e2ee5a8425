#pragma once

#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "server/api/directory/book.hpp"
#include "server/api/directory/keeping.hpp"
#include "server/api/directory/learned.hpp"
#include "server/api/directory/own_duty.hpp"
#include "sla/policy_text.hpp"
#include "tests/integration/api/tickets_world.hpp"

namespace hotline::test {

// The small city in the tables, kept through the API by its paths.
struct DirectoryWorld {
    TicketsWorld tickets;
    api::DirectoryKeepingApi keeping{
        tickets.auth.guard, tickets.auth.pool, tickets.source, tickets.loads, tickets.auth.clock
    };
    api::DirectoryBookApi book{
        tickets.auth.guard, tickets.auth.pool, tickets.source, tickets.auth.clock
    };
    api::OwnDutyApi own_duty{tickets.auth.guard, keeping};
    api::LearnedApi learned{tickets.auth.guard, tickets.source};
    http::Router router{routes()};

    DirectoryWorld() {
        clear();
        REQUIRE(tickets.auth.pool.transact_now([this](mysql::Connection& db) {
            return lay_down(db);
        }));
    }
    ~DirectoryWorld() { clear(); }

    std::string unit(std::string_view code) const {
        return std::to_string(tickets.small.unit(code).value);
    }

    http::Response ask(http::Request request, std::string path, std::string version = "") {
        const auto query = path.find('?');
        if (query != std::string::npos) {
            std::string_view rest = std::string_view{path}.substr(query + 1);
            while (!rest.empty()) {
                const auto pair = rest.substr(0, rest.find('&'));
                const auto equals = pair.find('=');
                request.query[std::string(pair.substr(0, equals))] = pair.substr(equals + 1);
                rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
            }
            path.resize(query);
        }
        const bool own = path.starts_with("/me/");
        request.path = (own ? "/api/v1" : "/api/v1/directory") + path;
        if (!version.empty()) request.headers.push_back({"if-match", version});
        return tickets.auth.run(router.dispatch(std::move(request)));
    }
    http::Response get(const Browser& browser, const std::string& path) {
        return ask(browser.get(), path);
    }
    http::Response post(const Browser& browser, const std::string& path, std::string body) {
        return ask(browser.post(std::move(body)), path);
    }
    // With the tag the entry has now, unless another is given.
    http::Response put(
        const Browser& browser, const std::string& path, std::string body, std::string tag = ""
    ) {
        if (tag.empty()) tag = TicketsWorld::etag_of(get(browser, path));
        return ask(browser.request(http::Method::put, std::move(body)), path, tag);
    }
    http::Response step(
        const Browser& browser,
        const std::string& path,
        const std::string& name,
        std::string body = "{}"
    ) {
        const auto tag = TicketsWorld::etag_of(get(browser, path));
        return ask(browser.post(std::move(body)), path + "/" + name, tag);
    }
    // The messages of the rules that were broken, each with its field.
    static std::string broken(const http::Response& response) {
        CHECK(response.status == 422);
        std::string all;
        const auto body = body_of(response);
        for (const auto& error : body.at("errors").as_array()) {
            all += text(error.at("field")) + ": " + text(error.at("message")) + "\n";
        }
        return all;
    }
    std::string id_of(const http::Response& response) {
        REQUIRE(response.status == 201);
        return std::to_string(body_of(response).at("id").as_int64());
    }
    std::int64_t version() {
        const auto read = tickets.auth.pool.read_now(mysql::directory_revision);
        REQUIRE(read);
        return static_cast<std::int64_t>(*read);
    }
    std::int64_t count(const std::string& table) {
        const auto rows = tickets.auth.pool.read_now([&](mysql::Connection& db) {
            return db.query("SELECT COUNT(*) FROM " + table);
        });
        REQUIRE(rows);
        return rows->front().integer(0);
    }

private:
    std::vector<http::Route> routes() {
        std::vector<http::Route> all;
        keeping.add_routes(all);
        book.add_routes(all);
        own_duty.add_routes(all);
        learned.add_routes(all);
        return all;
    }

    Result<void> lay_down(mysql::Connection& db) {
        const auto& city = tickets.small.directory;
        std::vector<reference::Place> places;
        for (const auto& division : city.divisions) places.push_back({division, std::nullopt});
        if (auto r = mysql::insert_places(db, places); !r) return r;
        if (auto r = mysql::insert_entries<ticketing::Unit>(db, city.units); !r) return r;
        std::vector<mysql::StaffedOfficial> staff;
        for (const auto& official : city.officials) {
            staff.push_back({official, "S" + std::to_string(official.id.value), true});
        }
        if (auto r = mysql::insert_officials(db, staff, tickets.auth.now); !r) return r;
        if (auto r = mysql::insert_duties(db, city.duties); !r) return r;
        const ticketing::Enterprise firm{
            .id = {1}, .uscc = "91610526MAK8PBRN70", .name = "蒲城某公司", .division = "610526"
        };
        if (auto r = mysql::insert_entries<ticketing::Enterprise>(db, {&firm, 1}); !r) return r;
        const auto policy = sla::default_policy();
        return mysql::insert_policy(
            db, {policy.version, sla::to_text(policy), ticketing::Instant{}, "", {}, {}, {}}
        );
    }

    void clear() {
        for (const char* table :
             {"division",
              "unit",
              "official",
              "official_leave",
              "duty_turn",
              "duty",
              "enterprise",
              "contact_card",
              "directory_change",
              "policy_version"}) {
            tickets.run("DELETE FROM " + std::string(table));
        }
    }
};

}  // namespace hotline::test
