#include "server/http/router.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace hotline::http;
namespace asio = boost::asio;

namespace {

asio::awaitable<Response> echo(Request request) {
    std::string text = request.path;
    for (const auto& [key, value] : request.params) text += " " + key + "=" + value;
    co_return json(text);
}

asio::awaitable<Response> literal(Request) {
    co_return json("literal");
}
asio::awaitable<Response> file(Request) {
    co_return json("file");
}

Router a_router(Handler fallback = {}) {
    std::vector<Route> routes;
    routes.push_back({Method::get, "/tickets", echo});
    routes.push_back({Method::post, "/tickets", echo, 99});
    routes.push_back({Method::get, "/tickets/counts", literal});
    routes.push_back({Method::get, "/tickets/{no}", echo});
    routes.push_back({Method::post, "/tickets/{no}/actions/{action}", echo, 7});
    routes.push_back({Method::get, "/tickets/counts/by/unit", literal});
    return Router(std::move(routes), std::move(fallback));
}

Response ask(const Router& router, Method method, const std::string& path) {
    asio::io_context io;
    Request request;
    request.method = method;
    request.path = path;
    auto answer = asio::co_spawn(io, router.dispatch(request), asio::use_future);
    io.run();
    return answer.get();
}

std::string allow_of(const Response& response) {
    for (const auto& header : response.headers) {
        if (header.name == "allow") return header.value;
    }
    return {};
}

}  // namespace

TEST_CASE("a literal segment wins over a named one, and named ones are handed on") {
    const auto router = a_router();
    CHECK(ask(router, Method::get, "/tickets").body == "/tickets");
    CHECK(ask(router, Method::get, "/tickets/counts").body == "literal");
    CHECK(ask(router, Method::get, "/tickets/T1").body == "/tickets/T1 no=T1");
    const auto act = ask(router, Method::post, "/tickets/T1/actions/sign_for");
    CHECK(act.body == "/tickets/T1/actions/sign_for action=sign_for no=T1");
    CHECK(act.route == "/tickets/{no}/actions/{action}");
}

TEST_CASE("a dead end below a literal falls back to the named branch") {
    const auto answer = ask(a_router(), Method::post, "/tickets/counts/actions/note");
    CHECK(answer.body == "/tickets/counts/actions/note action=note no=counts");
}

TEST_CASE("an unknown path is 404 or the fallback's, and named segments are not empty") {
    CHECK(ask(a_router(), Method::get, "/nothing").status == 404);
    CHECK(ask(a_router(), Method::get, "/tickets/").status == 404);
    CHECK(ask(a_router(), Method::get, "/tickets/T1/actions").status == 404);
    CHECK(ask(a_router(), Method::get, "*").status == 404);
    CHECK(ask(a_router(file), Method::get, "/nothing").body == "file");
}

TEST_CASE("another method on a known path is 405 with the methods there are") {
    const auto answer = ask(a_router(file), Method::del, "/tickets");
    CHECK(answer.status == 405);
    CHECK(allow_of(answer) == "OPTIONS, GET, HEAD, POST");
    const auto options = ask(a_router(), Method::options, "/tickets/T1");
    CHECK(options.status == 204);
    CHECK(allow_of(options) == "OPTIONS, GET, HEAD");
    CHECK(ask(a_router(), Method::head, "/tickets").status == 200);
}

TEST_CASE("body limits are per route") {
    const auto router = a_router();
    CHECK(router.max_body(Method::post, "/tickets") == 99);
    CHECK(router.max_body(Method::post, "/tickets/a/actions/b") == 7);
    CHECK(router.max_body(Method::get, "/tickets") == 0);
    CHECK(router.max_body(Method::post, "/elsewhere") == 0);
}

TEST_CASE("two rows for one method and path are a mistake") {
    std::vector<Route> routes;
    routes.push_back({Method::get, "/a/{x}", echo});
    routes.push_back({Method::get, "/a/{y}", echo});
    CHECK_THROWS_AS(Router(std::move(routes)), std::invalid_argument);
}
