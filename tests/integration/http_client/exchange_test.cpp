#include "tests/integration/http_client/client_fixture.hpp"

#include <doctest/doctest.h>

using namespace hotline::test;
using namespace hotline::http_client;
using namespace std::chrono_literals;
using Manner = Reply::Manner;

namespace {

HttpStandIn::Answerer always(Reply reply) {
    return [reply](const Seen&) { return reply; };
}

HttpStandIn::Answerer raw(std::string text) {
    return always({.body = std::move(text), .manner = Manner::raw});
}

}  // namespace

TEST_CASE("a request arrives as it was given and its answer comes back whole") {
    const HttpStandIn peer([](const Seen& seen) {
        return Reply{.status = 201, .body = "for " + seen.body, .fields = {{"Location", "/m/1"}}};
    });
    Caller caller;
    const auto answer = caller.send(
        {.url = peer.url("/push/a?b=c"), .headers = {{"TTL", "30"}}, .body = std::string("\0x", 2)}
    );
    REQUIRE(answer);
    CHECK(answer->status == 201);
    CHECK(answer->body == std::string("for \0x", 6));
    CHECK(answer->header("location") == "/m/1");
    CHECK(answer->header("x-none").empty());
    const auto seen = peer.seen().at(0);
    CHECK(seen.method == "POST");
    CHECK(seen.path == "/push/a");
    CHECK(seen.parameter("b") == "c");
    CHECK(seen.field("ttl") == "30");
    CHECK(seen.field("host") == "127.0.0.1:" + std::to_string(peer.port()));
}

TEST_CASE("an answer may be in pieces, end with the connection, or be announced") {
    Caller caller;
    const HttpStandIn chunked(
        raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    );
    CHECK(caller.get(chunked.url())->body == "abcde");
    const HttpStandIn until_end(raw("HTTP/1.1 200 OK\r\n\r\nall of it"));
    CHECK(caller.get(until_end.url())->body == "all of it");
    const HttpStandIn announced(
        raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            "HTTP/1.1 204 No Content\r\n\r\n")
    );
    const auto answer = caller.get(announced.url());
    REQUIRE(answer);
    CHECK(answer->status == 204);
    CHECK(answer->headers.empty());
    const HttpStandIn head(raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"));
    CHECK(caller.send({.method = "HEAD", .url = head.url()})->status == 200);
}

TEST_CASE("a large answer can be taken piece by piece, and its end is known") {
    const std::string large(300'000, 'x');
    HttpStandIn system([&](const Seen& seen) -> Reply {
        if (seen.path == "/cut") return {.body = large, .manner = Reply::Manner::cut_within};
        return {.status = seen.path == "/none" ? 404U : 200U, .body = large};
    });
    Caller caller([] {
        auto limits = local_limits();
        limits.answer_bytes = 400'000;
        return limits;
    }());
    std::string taken;
    std::size_t longest = 0;
    std::size_t enough = SIZE_MAX;
    const Sink sink = [&](std::string_view piece) -> boost::asio::awaitable<bool> {
        taken += piece;
        longest = std::max(longest, piece.size());
        co_return taken.size() < enough;
    };
    const auto whole = caller.get_into(system.url("/whole"), sink);
    REQUIRE(whole);
    CHECK(whole->body.empty());
    CHECK(taken == large);
    CHECK(longest <= 8192);
    taken.clear();
    // Of another status the answer is told as always.
    const auto none = caller.get_into(system.url("/none"), sink);
    REQUIRE(none);
    CHECK(none->status == 404);
    CHECK(none->body == large);
    CHECK(taken.empty());
    CHECK(caller.get_into(system.url("/cut"), sink).error() == Fault::cut);
    taken.clear();
    enough = 10'000;
    CHECK(caller.get_into(system.url("/whole"), sink).error() == Fault::cut);
    CHECK(taken.size() < 30'000);
}

TEST_CASE("requests to one server follow each other on one connection") {
    const HttpStandIn peer(always({}));
    Caller caller;
    for (int i = 0; i < 3; ++i) CHECK(caller.get(peer.url())->status == 200);
    CHECK(peer.connections() == 1);
}

TEST_CASE("a connection that the server ended at rest costs no failed request") {
    const HttpStandIn peer(always({.fields = {{"Connection", "close"}}}));
    Caller caller;
    for (int i = 0; i < 3; ++i) CHECK(caller.get(peer.url())->status == 200);
    CHECK(peer.connections() == 3);
}

TEST_CASE("no more connections are made to a server than it may have, and all are served") {
    const HttpStandIn peer(always({}));
    auto limits = local_limits();
    limits.connections_per_server = 2;
    Caller caller(limits);
    int answered = 0;
    for (int i = 0; i < 10; ++i) {
        boost::asio::co_spawn(
            caller.io,
            caller.client.send({.url = peer.url()}),
            [&](std::exception_ptr, auto answer) { answered += answer && answer->status == 200; }
        );
    }
    caller.io.run();
    CHECK(answered == 10);
    CHECK(peer.connections() == 2);
}

TEST_CASE("who waits for a connection waits within the limit of the whole call") {
    const HttpStandIn peer(always({.manner = Manner::hang}));
    auto limits = local_limits();
    limits.connections_per_server = 1;
    limits.total = 50ms;
    Caller caller(limits);
    int late = 0;
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(
            caller.io,
            caller.client.send({.url = peer.url()}),
            [&](std::exception_ptr, auto answer) {
                late += !answer && answer.error() == Fault::timeout;
            }
        );
    }
    caller.io.run();
    CHECK(late == 3);
}

TEST_CASE("what goes wrong on the way has a name") {
    auto limits = local_limits();
    limits.total = 200ms;
    limits.answer_bytes = 1000;
    Caller caller(limits);
    const auto fault_of = [&](HttpStandIn::Answerer answerer) {
        const HttpStandIn peer(std::move(answerer));
        return caller.fault(peer.url());
    };
    CHECK(fault_of(always({.manner = Manner::hang})) == Fault::timeout);
    CHECK(fault_of(always({.manner = Manner::cut})) == Fault::cut);
    CHECK(fault_of(always({.body = "long enough", .manner = Manner::cut_within})) == Fault::cut);
    CHECK(fault_of(raw("220 mail.example.com ESMTP\r\n")) == Fault::cut);
    CHECK(fault_of(raw("HTTP/1.1 101 Switching Protocols\r\n\r\n")) == Fault::cut);
    CHECK(fault_of(raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")) == Fault::cut);
    CHECK(fault_of(always({.body = std::string(1001, 'x')})) == Fault::too_large);
    CHECK(fault_of(raw("HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x'))) == Fault::too_large);
    CHECK(
        fault_of(raw("HTTP/1.1 200 OK\r\nX: " + std::string(20000, 'x') + "\r\n\r\n")) ==
        Fault::too_large
    );
    CHECK_FALSE(fault_of(always({.body = std::string(1000, 'x')})));

    std::string gone;
    {
        const HttpStandIn peer(always({}));
        gone = peer.url();
    }
    CHECK(caller.fault(gone) == Fault::unreachable);
}

TEST_CASE("redirects are answers, not followed") {
    const HttpStandIn inside(always({.body = "secret"}));
    const HttpStandIn peer(always({.status = 302, .fields = {{"Location", inside.url()}}}));
    Caller caller;
    CHECK(caller.get(peer.url())->status == 302);
    CHECK(inside.seen().empty());
}

TEST_CASE("what limits forbid is refused before anybody is called") {
    const HttpStandIn peer(always({}));
    auto limits = local_limits();
    limits.public_addresses_only = true;
    Caller careful(limits);
    CHECK(careful.fault(peer.url()) == Fault::not_allowed);
    // A name that leads inside, and other ways to write an address.
    const auto port = std::to_string(peer.port());
    CHECK(careful.fault("http://localhost:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://LOCALHOST:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://any.localhost:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://2130706433:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://0x7f.1:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://[::ffff:127.0.0.1]:" + port) == Fault::not_allowed);

    limits = local_limits();
    limits.https_only = true;
    CHECK(Caller(limits).fault(peer.url()) == Fault::not_allowed);
    limits = local_limits();
    limits.hosts = {"push.example.com"};
    CHECK(Caller(limits).fault(peer.url()) == Fault::not_allowed);
    CHECK(Caller().fault("gopher://127.0.0.1/") == Fault::bad_url);
    CHECK(peer.connections() == 0);
}

TEST_CASE("of what is inside only listed places are called, and this machine never") {
    const HttpStandIn peer(always({}));
    auto limits = local_limits();
    limits.public_addresses_only = true;
    limits.connect = limits.total = 50ms;
    limits.inside = *Inside::parse({"10.255.255.0/24", "localhost", ".localhost"});
    Caller careful(limits);
    // Nobody is there; but it was tried.
    CHECK(careful.fault("http://10.255.255.1/") != Fault::not_allowed);
    CHECK(careful.fault("http://10.255.254.1/") == Fault::not_allowed);
    CHECK(careful.fault("http://[fd00::1]/") == Fault::not_allowed);
    // A listed name is no way round: what it leads to is looked at as well.
    const auto port = std::to_string(peer.port());
    CHECK(careful.fault("http://localhost:" + port) == Fault::not_allowed);
    CHECK(careful.fault("http://any.localhost:" + port) == Fault::not_allowed);
    CHECK(peer.connections() == 0);
}

TEST_CASE("nothing that could begin a field or a request of its own is sent") {
    const HttpStandIn peer(always({}));
    Caller caller;
    const auto refused = [&](Request request) {
        request.url = peer.url();
        const auto answer = caller.send(request);
        return !answer && answer.error() == Fault::bad_url;
    };
    CHECK(refused({.headers = {{"Topic", "a\r\nX: b"}}}));
    CHECK(refused({.headers = {{"Topic", "a\nb"}}}));
    CHECK(refused({.headers = {{"Topic", std::string("a\0b", 3)}}}));
    CHECK(refused({.headers = {{"To pic", "a"}}}));
    CHECK(refused({.headers = {{"", "a"}}}));
    CHECK(refused({.headers = {{"host", "other"}}}));
    CHECK(refused({.headers = {{"Transfer-Encoding", "chunked"}}}));
    CHECK(refused({.method = "GET / HTTP/1.1\r\nX:"}));
    CHECK(refused({.method = ""}));
    CHECK(peer.connections() == 0);
}
