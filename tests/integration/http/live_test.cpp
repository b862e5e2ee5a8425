// The WebSocket feed over real connections.
#include "server/live/session.hpp"
#include "tests/integration/http/fixture.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

struct User : live::Principal {
    explicit User(std::string n) : name(std::move(n)) {}
    std::string name;
};

asio::awaitable<Result<std::shared_ptr<const live::Principal>>> redeem(
    http::Request, std::string ticket
) {
    if (!ticket.starts_with("good")) co_return fail(ErrorCode::not_authenticated);
    co_return std::make_shared<User>(ticket);
}

asio::awaitable<std::optional<std::vector<live::Message>>> replay(
    std::vector<std::string> topics, std::string since
) {
    if (since == "forgotten") co_return std::nullopt;
    std::vector<live::Message> messages;
    messages.push_back({since + "+1", topics.at(0), "old", nullptr, "{}"});
    co_return messages;
}

// A server with nothing but the feed at /live.
struct Feed {
    live::Hub hub{
        [](const live::Principal&, const live::Message& message) {
            return std::make_shared<const std::string>(message.data);
        },
        [](const live::Principal&, std::string_view topic) { return topic != "forbidden"; }
    };
    live::Endpoint endpoint;
    RunningServer server;

    explicit Feed(live::EndpointSettings settings = {})
        : endpoint(hub, std::move(settings), redeem, replay), server({}, describe, hooks()) {}

    http::Hooks hooks() {
        http::Hooks result;
        result.is_upgrade_path = [](std::string_view path) { return path == "/live"; };
        result.upgrade = [this](http::Upgrade& upgrade) { return endpoint.serve(upgrade); };
        return result;
    }

    void publish(const std::string& id, const std::string& topic, const std::string& data = "{}") {
        server.on_loop([&] { hub.publish({id, topic, "changed", nullptr, data}); });
    }
    std::size_t sessions() {
        std::size_t count = 0;
        server.on_loop([&] { count = hub.stats().sessions; });
        return count;
    }
};

class Socket {
public:
    explicit Socket(std::uint16_t port, const std::string& ticket = "good", std::string origin = {})
        : stream_(io_) {
        stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
        const auto host = "127.0.0.1:" + std::to_string(port);
        if (origin.empty()) origin = "http://" + host;
        stream_.set_option(
            beast::websocket::stream_base::decorator([origin](beast::websocket::request_type& ask) {
                if (origin != "none") ask.set(beast::http::field::origin, origin);
            })
        );
        beast::websocket::response_type answer;
        stream_.handshake(answer, host, "/live?ticket=" + ticket, error_);
        status_ = static_cast<int>(answer.result_int());
    }

    int status() const { return status_; }
    void say(const std::string& text) { stream_.write(asio::buffer(text)); }
    void say_binary(const std::string& text) {
        stream_.binary(true);
        stream_.write(asio::buffer(text));
    }
    // The next frame, or "closed CODE".
    std::string hear() {
        beast::flat_buffer buffer;
        stream_.read(buffer, error_);
        if (error_) return "closed " + std::to_string(stream_.reason().code);
        return beast::buffers_to_string(buffer.data());
    }
    std::string subscribe(const std::string& rest) {
        say(R"({"op":"subscribe",)" + rest + "}");
        return hear();
    }

private:
    asio::io_context io_;
    beast::websocket::stream<asio::ip::tcp::socket> stream_;
    beast::error_code error_;
    int status_ = 0;
};

}  // namespace

TEST_CASE("a session says hello, subscribes and hears what is published, counted") {
    Feed feed;
    Socket socket(feed.server.port());
    REQUIRE(socket.status() == 101);
    const auto hello = boost::json::parse(socket.hear());
    CHECK(hello.at("op") == "hello");
    CHECK(hello.at("server_time").as_string().ends_with("Z"));
    CHECK(
        socket.subscribe(R"("topics":["tickets","forbidden"])") ==
        R"({"op":"subscribed","topics":["tickets"]})"
    );
    feed.publish("1-0", "tickets", R"({"no":"T1"})");
    feed.publish("2-0", "forbidden");
    feed.publish("3-0", "tickets");
    CHECK(
        socket.hear() ==
        R"({"n":1,"id":"1-0","topic":"tickets","type":"changed","data":{"no":"T1"}})"
    );
    CHECK(socket.hear() == R"({"n":2,"id":"3-0","topic":"tickets","type":"changed","data":{}})");
    socket.say(R"({"op":"ping"})");
    CHECK(socket.hear() == R"({"op":"pong"})");
    socket.say(R"({"op":"unsubscribe","topics":["tickets"]})");
    socket.say(R"({"op":"ping"})");
    CHECK(socket.hear() == R"({"op":"pong"})");
    feed.publish("4-0", "tickets");
    socket.say(R"({"op":"ping"})");
    CHECK(socket.hear() == R"({"op":"pong"})");
}

TEST_CASE("events that wait together come in one message to who splits lines") {
    Feed feed;
    Socket socket(feed.server.port());
    socket.hear();
    socket.subscribe(R"("topics":["tickets"],"lines":true)");
    feed.server.on_loop([&] {
        for (const auto* id : {"1-0", "2-0"}) {
            feed.hub.publish({id, "tickets", "changed", nullptr, "{}"});
        }
    });
    CHECK(
        socket.hear() == R"({"n":1,"id":"1-0","topic":"tickets","type":"changed","data":{}})"
                         "\n"
                         R"({"n":2,"id":"2-0","topic":"tickets","type":"changed","data":{}})"
    );
}

TEST_CASE("who splits lines gets what came within a moment in one message, however it came") {
    Feed feed({.gather = 400ms});
    Socket socket(feed.server.port());
    socket.hear();
    socket.subscribe(R"("topics":["tickets"],"lines":true)");
    feed.publish("1-0", "tickets");
    CHECK(socket.hear() == R"({"n":1,"id":"1-0","topic":"tickets","type":"changed","data":{}})");
    feed.publish("2-0", "tickets");
    feed.publish("3-0", "tickets");
    CHECK(
        socket.hear() == R"({"n":2,"id":"2-0","topic":"tickets","type":"changed","data":{}})"
                         "\n"
                         R"({"n":3,"id":"3-0","topic":"tickets","type":"changed","data":{}})"
    );
}

TEST_CASE("a session that waits for more to tell ends at once when it is to end") {
    Feed feed({.gather = 1h});
    Socket socket(feed.server.port());
    socket.hear();
    socket.subscribe(R"("topics":["tickets"],"lines":true)");
    feed.publish("1-0", "tickets");
    socket.hear();
    feed.publish("2-0", "tickets");
    feed.server.on_loop([&] { feed.hub.close_all(); });
    CHECK(socket.hear() == "closed 1012");
}

TEST_CASE("a session resumes where it left off, or is told to fetch anew") {
    Feed feed;
    Socket socket(feed.server.port());
    socket.hear();
    socket.subscribe(R"("topics":["tickets"],"since":"7-0")");
    CHECK(socket.hear() == R"({"n":1,"id":"7-0+1","topic":"tickets","type":"old","data":{}})");
    socket.subscribe(R"("topics":["tickets"],"since":"forgotten")");
    CHECK(socket.hear() == R"({"op":"resync"})");
    feed.publish("9-0", "tickets");
    CHECK(boost::json::parse(socket.hear()).at("n") == 2);
}

TEST_CASE("without the right origin and ticket there is no session") {
    Feed feed;
    const auto port = feed.server.port();
    CHECK(Socket(port, "good", "https://evil.example").status() == 403);
    CHECK(Socket(port, "good", "none").status() == 403);
    CHECK(Socket(port, "good", "null").status() == 403);
    CHECK(Socket(port, "bad").status() == 401);
    CHECK(feed.sessions() == 0);

    Feed listed({.allowed_origins = {"https://hotline.example"}});
    CHECK(Socket(listed.server.port(), "good", "https://hotline.example").status() == 101);
    CHECK(Socket(listed.server.port(), "good", "https://hotline.example.evil").status() == 403);
}

TEST_CASE("what is no operation ends the session with a code that says so") {
    Feed feed;
    const auto code_after = [&](const std::string& text, bool binary = false) {
        Socket socket(feed.server.port());
        socket.hear();
        if (binary) {
            socket.say_binary(text);
        } else {
            socket.say(text);
        }
        return socket.hear();
    };
    CHECK(code_after("hello") == "closed 1008");
    CHECK(code_after(R"({"op":"subscribe"})") == "closed 1008");
    CHECK(code_after(R"({"op":"ping"})", true) == "closed 1003");
    CHECK(code_after(std::string(70'000, 'x')) == "closed 1009");
    for (int i = 0; i < 50 && feed.sessions() > 0; ++i) std::this_thread::sleep_for(20ms);
    CHECK(feed.sessions() == 0);
}

TEST_CASE("sessions are ended for revoked rights and for a restart") {
    Feed feed;
    Socket a(feed.server.port(), "good-a");
    Socket b(feed.server.port(), "good-b");
    a.hear();
    b.hear();
    feed.server.on_loop([&] {
        feed.hub.close_sessions(
            [](const live::Principal& who) {
                return dynamic_cast<const User&>(who).name == "good-a";
            },
            4401
        );
    });
    CHECK(a.hear() == "closed 4401");
    b.say(R"({"op":"ping"})");
    CHECK(b.hear() == R"({"op":"pong"})");
    feed.server.on_loop([&] { feed.hub.close_all(); });
    CHECK(b.hear() == "closed 1012");
    feed.server.begin_stop(5s);
    feed.server.wait();
}

TEST_CASE("a client that never reads is dropped and the others hear everything") {
    live::EndpointSettings settings;
    settings.write_timeout = 500ms;
    Feed feed(settings);
    Socket slow(feed.server.port());
    Socket good(feed.server.port());
    for (auto* socket : {&slow, &good}) {
        socket->hear();
        socket->subscribe(R"("topics":["t"])");
    }
    const std::string data = "\"" + std::string(60'000, 'd') + "\"";
    for (int i = 1; i <= 400; ++i) {
        feed.publish(std::to_string(i), "t", data);
        REQUIRE(boost::json::parse(good.hear()).at("n") == i);
    }
    // It may have had time to be told why: the answer to that is waited for as long as any.
    for (int i = 0; i < 300 && feed.sessions() > 1; ++i) std::this_thread::sleep_for(50ms);
    CHECK(feed.sessions() == 1);
}

TEST_CASE("frames before the 101 are refused, and other paths ignore the upgrade") {
    Feed feed;
    const std::string fields =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://test\r\n";
    Client early(feed.server.port());
    CHECK(early.send(get("/live?ticket=good", fields) + "\x81\x80").receive().status == 400);
    Client elsewhere(feed.server.port());
    CHECK(elsewhere.send(get("/other", fields)).receive().status == 200);
    Client plain(feed.server.port());
    CHECK(plain.send(get("/live?ticket=good")).receive().status == 200);
}
