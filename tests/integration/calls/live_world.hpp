#pragma once

#include "integrations/telephony/call_state.hpp"
#include "tests/integration/calls/calls_world.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace hotline::test {

namespace asio = boost::asio;
namespace beast = boost::beast;

// A browser's WebSocket, on the same loop as the server.
class Listener {
public:
    Listener(
        Loop& loop, std::uint16_t port, std::string ticket, std::string topics, std::string since
    )
        : loop_(loop), socket_(loop.io) {
        loop.spawn(run(port, std::move(ticket), std::move(topics), std::move(since)));
    }

    // What was heard: `type` or `op` of each frame, and the frames.
    std::size_t count(std::string_view type) const {
        std::size_t found = 0;
        for (const auto& frame : frames) found += kind(frame) == type ? 1U : 0U;
        return found;
    }
    const boost::json::value& last(std::string_view type) const {
        for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
            if (kind(*frame) == type) return *frame;
        }
        throw std::runtime_error("not heard");
    }
    static std::string kind(const boost::json::value& frame) {
        const auto& object = frame.as_object();
        const auto* type = object.if_contains("type");
        return std::string((type != nullptr ? *type : object.at("op")).as_string());
    }
    void say(std::string text) { loop_.spawn(write(std::move(text))); }
    bool listening() const { return count("subscribed") == 1; }
    void leave() {
        beast::error_code ignored;
        socket_.next_layer().close(ignored);
    }

    std::vector<boost::json::value> frames;
    bool over = false;
    int code = 0;

private:
    asio::awaitable<void> write(std::string text) {
        co_await socket_.async_write(asio::buffer(text), asio::use_awaitable);
    }
    asio::awaitable<void> run(
        std::uint16_t port, std::string ticket, std::string topics, std::string since
    ) {
        const asio::ip::tcp::endpoint server(asio::ip::address_v4::loopback(), port);
        co_await socket_.next_layer().async_connect(server, asio::use_awaitable);
        socket_.set_option(
            beast::websocket::stream_base::decorator([](beast::websocket::request_type& ask) {
                ask.set(beast::http::field::origin, "http://test");
            })
        );
        const std::string target = "/api/v1/live?ticket=" + ticket;
        constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
        auto [refused] = co_await socket_.async_handshake("test", target, as_result);
        if (!refused) {
            std::string say = R"({"op":"subscribe","topics":)" + topics;
            if (!since.empty()) say += R"(,"since":")" + since + "\"";
            say += "}";
            co_await socket_.async_write(asio::buffer(say), asio::use_awaitable);
        }
        while (!over) {
            beast::flat_buffer buffer;
            auto [error, size] = co_await socket_.async_read(buffer, as_result);
            over = static_cast<bool>(error);
            if (!over)
                frames.push_back(boost::json::parse(beast::buffers_to_string(buffer.data())));
        }
        code = socket_.reason().code;
    }

    Loop& loop_;
    beast::websocket::stream<asio::ip::tcp::socket> socket_;
};

// One server with its live feed and telephone, on stores of the test.
struct LiveWorld {
    CallsStore store;
    PrivateRedis& redis_server;
    Loop loop;
    Linked commands{loop, settings_for(redis_server)};
    Linked reader{loop, settings_for(redis_server)};
    Metrics metrics;
    auth::Settings settings = [] {
        auth::Settings out;
        out.live_ticket_key = "key";
        out.trust = 500ms;
        out.allowed_origins = {"http://test"};
        return out;
    }();
    CitySource city{store.city};
    redis::Limits limits{commands.connection};
    redis::LiveBus bus{commands.connection, reader.connection, stream_name(), 300};
    auth::Sessions sessions{store.pool, settings, now, [this](ticketing::UserId account) {
                                feed.account_ended(account);
                            }};
    auth::LiveTickets tickets{limits, settings, now};
    auth::Guard guard{sessions, tickets, settings, now};
    LiveFeed feed{"a", guard, sessions, bus, city, store.pool, metrics, settings.allowed_origins};
    CallFeed call_feed{
        loop.io.get_executor(),
        store.pool,
        city,
        [this](std::vector<redis::LiveMessage> news) { return feed.publish(std::move(news)); }
    };
    workers::OutboxWorker outbox{store.pool, metrics, [this](workers::OutboxNews news) {
                                     return feed.tell(std::move(news));
                                 }};
    api::CtiDoor door{guard, "the secret", now};
    api::CtiApi cti{door, store.pool, now, [this](const actions::CtiRecord& record) {
                        call_feed.changed(record);
                    }};
    api::CtiLinkApi link{door, store.pool, now, [this](const actions::CtiRecord& record) {
                             call_feed.changed(record);
                         }};
    api::CallDetailsApi details{
        door,
        guard,
        store.pool,
        now,
        [this](const actions::CtiRecord& record) { call_feed.changed(record); }
    };
    api::CallsApi calls{guard, store.pool, city, now};
    TaskGroup tasks{loop.io.get_executor(), [this](std::string_view task, std::exception_ptr) {
                        failed.emplace_back(task);
                    }};
    std::vector<std::string> failed;
    std::unique_ptr<http::Router> router;
    std::unique_ptr<http::Server> server;
    std::map<std::uint64_t, crypto::Digest> logged_in;
    std::string machine_token;
    std::vector<std::unique_ptr<Listener>> listeners;  // to the end: their reading outlives a test

    explicit LiveWorld(PrivateRedis& use = redis()) : redis_server(use) {
        std::vector<http::Route> routes;
        cti.add_routes(routes);
        link.add_routes(routes);
        details.add_routes(routes);
        calls.add_routes(routes);
        router = std::make_unique<http::Router>(std::move(routes));
        http::Hooks hooks;
        hooks.is_upgrade_path = LiveFeed::is_path;
        hooks.upgrade = [this](http::Upgrade& upgrade) { return feed.upgrade(upgrade); };
        auto made = http::Server::listen(
            loop.io.get_executor(),
            {},
            [this](http::Request request) { return router->dispatch(std::move(request)); },
            hooks
        );
        REQUIRE(made);
        server = std::move(*made);
        server->start();
        feed.start(tasks);
        tasks.spawn("calls", call_feed.run());
        tasks.spawn("outbox", outbox.run());
        loop.turn_for(150ms);  // the bus finds its place
    }

    ~LiveWorld() {
        feed.close();
        bool stopped = false;
        boost::asio::co_spawn(loop.io, server->stop(2s), [&](std::exception_ptr) {
            stopped = true;
        });
        loop.until([&] { return stopped; });
        for (const auto& listener : listeners) {
            listener->leave();
            loop.until([&] { return listener->over; });
        }
        tasks.stop();
        bus.stop();
        loop.until([&] { return tasks.size() == 0; });
        // Its threads wake what waits in the loop, which goes first: all of it comes to its end
        // here.
        store.pool.stop();
        loop.turn_for(1ms);
        CHECK(failed.empty());
    }

    static std::string stream_name() {
        static int count = 0;
        return "live-" + std::to_string(++count);
    }

    // A session as log-in makes it.
    void log_in(ticketing::UserId account) {
        mysql::Session session;
        session.token = crypto::token_digest(crypto::random_token());
        session.account = account;
        session.generation = 1;
        session.csrf_token = "x";
        session.created_at = session.seen_at = now();
        session.expires_at = now() + 1h;
        logged_in[account.value] = session.token;
        REQUIRE(store.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_session(db, session);
        }));
    }

    Listener* listen(
        ticketing::UserId account,
        const std::string& topics = R"(["tickets","calls","kpi"])",
        const std::string& since = {}
    ) {
        if (!logged_in.contains(account.value)) log_in(account);
        listeners.push_back(std::make_unique<Listener>(
            loop, server->port(), tickets.issue(logged_in[account.value]), topics, since
        ));
        Listener* listener = listeners.back().get();
        loop.until([&] { return listener->listening() || listener->over; });
        return listener;
    }

    // What a call platform sends, through the API.
    http::Response post_events(const std::string& body, const std::string& source = "pbx") {
        return post("events", body, source);
    }
    http::Response post(
        const std::string& what, const std::string& body, const std::string& source = "pbx"
    ) {
        if (machine_token.empty()) {
            machine_token = crypto::random_token();
            mysql::ApiToken token;
            token.name = "pbx";
            token.scope = "cti";
            token.token = crypto::token_digest(machine_token);
            token.created_by = {1};
            token.created_at = now();
            REQUIRE(store.pool.transact_now([&](mysql::Connection& db) {
                return mysql::insert_api_token(db, token);
            }));
        }
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/cti/" + what;
        request.headers = {
            {"content-type", "application/json"}, {"authorization", "Bearer " + machine_token}
        };
        if (!source.empty()) request.headers.push_back({"x-cti-source", source});
        request.body = body;
        return loop.wait(router->dispatch(std::move(request)));
    }
    // "" while it is not in the records.
    std::string state_of_call(const std::string& call) {
        const auto all = store.now([](mysql::Connection& db) { return mysql::list_calls(db, {}); });
        for (const auto& one : all) {
            if (one.call_id != call) continue;
            return std::string(ticketing::name(static_cast<telephony::CallState>(one.state)));
        }
        return "";
    }
    http::Response ring(
        const std::string& call, const std::string& extension, const std::string& ani
    ) {
        return post_events(
            R"([{"event_id":")" + call + R"(-ring","occurred_at":"2026-11-24T01:00:00Z",)" +
            R"("type":"call.ringing","call_id":")" + call + R"(","agent":")" + extension +
            R"(","ani":")" + ani + R"("}])"
        );
    }
};

}  // namespace hotline::test
