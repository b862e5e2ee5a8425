#pragma once

#include "integrations/crypto/token.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/redis/connection.hpp"
#include "integrations/redis/limits.hpp"
#include "server/api/admin_accounts.hpp"
#include "server/api/audit.hpp"
#include "server/api/auth.hpp"
#include "server/auth/account_admin.hpp"
#include "server/auth/guard.hpp"
#include "tests/support/emptied_schema.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hotline::test {

using namespace std::chrono_literals;

inline mysql::Settings schema_without_people() {
    return emptied_schema(
        {"account", "session", "api_token", "audit", "audit_head", "agent_standing"}
    );
}

// The whole of auth on an empty schema, with a clock the test moves. Redis is away, as limits
// and tickets must work without it.
struct AuthWorld {
    ticketing::Instant now{1'795'420'800'000ms};
    auth::Clock clock = [this] { return now; };
    auth::Settings settings = [] {
        auth::Settings out;
        out.cost = {.passes = 1, .memory_kib = 64};
        out.refusal_floor = 0ms;
        out.live_ticket_key = "key";
        return out;
    }();
    boost::asio::io_context io;
    boost::asio::thread_pool cpu{2};
    mysql::Pool pool{schema_without_people(), {.threads = 4}};
    redis::Connection no_redis{io.get_executor(), {}};
    redis::Limits limits{no_redis};
    std::vector<ticketing::UserId> ended;
    auth::Sessions sessions{pool, settings, clock, [this](ticketing::UserId id) {
                                ended.push_back(id);
                            }};
    auth::LiveTickets tickets{limits, settings, clock};
    auth::Guard guard{sessions, tickets, settings, clock};
    auth::PasswordHasher hasher{cpu, settings.cost};
    auth::LogIn log_in{pool, hasher, limits, sessions, settings, clock};
    auth::OwnPassword own_password{pool, hasher, sessions, settings, clock};
    auth::AccountAdmin admin{pool, hasher, sessions, clock};
    api::AuthApi api{guard, log_in, own_password, tickets, settings, clock};
    api::AdminAccountsApi admin_api{guard, admin, pool};
    api::AuditApi audit_api{guard, pool, clock};

    ~AuthWorld() { pool.stop(); }

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        auto result = boost::asio::co_spawn(io, std::move(work), boost::asio::use_future);
        io.restart();
        io.run();
        return result.get();
    }

    ticketing::UserId account(
        const std::string& login,
        ticketing::Role role = ticketing::Role::dispatcher,
        const std::string& password = "Willow-Tea-42"
    ) {
        mysql::Account wanted;
        wanted.login = login;
        wanted.name = "测试";
        wanted.role = role;
        wanted.password = *crypto::hash_password(password, settings.cost);
        wanted.password_at = now;
        const auto made = pool.transact_now([&](mysql::Connection& db) {
            return mysql::create_account(db, wanted);
        });
        REQUIRE(made);
        return *made;
    }
};

// A browser: keeps its cookies, sends its CSRF token and origin.
struct Browser {
    std::reference_wrapper<AuthWorld> world;
    std::string token;
    std::string csrf;
    std::string origin = "https://hotline.example";
    std::string address = "192.0.2.7";

    http::Request request(http::Method method, std::string body = "") const {
        http::Request out;
        out.method = method;
        out.secure = true;
        out.remote_address = address;
        out.request_id = "req-1";
        out.body = std::move(body);
        out.headers = {
            {"host", "hotline.example"},
            {"content-type", "application/json"},
            {"user-agent", "test"},
            {"origin", origin},
        };
        if (!token.empty()) out.headers.push_back({"cookie", "__Host-hotline=" + token});
        if (!csrf.empty()) out.headers.push_back({"x-csrf-token", csrf});
        return out;
    }
    http::Request get() const { return request(http::Method::get); }
    http::Request post(std::string body = "{}") const {
        return request(http::Method::post, std::move(body));
    }

    http::Response log_in(const std::string& login, const std::string& password = "Willow-Tea-42") {
        auto response = world.get().run(world.get().api.login(
            post(R"({"login":")" + login + R"(","password":")" + password + R"("})")
        ));
        for (const auto& header : response.headers) {
            if (header.name == "set-cookie") keep(header.value);
        }
        return response;
    }

    void keep(const std::string& line) {
        const auto value = line.substr(line.find('=') + 1, line.find(';') - line.find('=') - 1);
        (line.starts_with("__Host-hotline-csrf=") ? csrf : token) = value;
    }
};

inline std::string code_of(const http::Response& response) {
    const auto body = boost::json::parse(response.body);
    const auto* code = body.is_object() ? body.get_object().if_contains("code") : nullptr;
    return code != nullptr ? std::string(code->get_string()) : "";
}

inline std::string text(const boost::json::value& value) {
    return std::string(value.as_string());
}

inline boost::json::object body_of(const http::Response& response) {
    return boost::json::parse(response.body).as_object();
}

}  // namespace hotline::test
