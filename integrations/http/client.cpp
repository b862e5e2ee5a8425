#include "integrations/http/client.hpp"

#include "integrations/http/connection.hpp"
#include "integrations/http/places.hpp"
#include "integrations/http/tls.hpp"
#include "integrations/http/url.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace hotline::http_client {

namespace asio = boost::asio;

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               marks.find(c) != std::string_view::npos;
    });
}

// No value can end its line and begin a field or a request of its own.
bool is_field(const Header& field) {
    constexpr std::array<std::string_view, 4> ours{
        "host", "content-length", "connection", "transfer-encoding"
    };
    const auto printable = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= ' ' && byte != 0x7f);
    };
    return is_token(field.name) && std::ranges::all_of(field.value, printable) &&
           std::ranges::none_of(ours, [&](auto one) { return same_name(one, field.name); });
}

bool can_be_sent(const Request& request) {
    return is_token(request.method) && std::ranges::all_of(request.headers, is_field);
}

std::string text_of(const Request& request, const Url& url) {
    std::string text = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority();
    for (const auto& field : request.headers) text += "\r\n" + field.name + ": " + field.value;
    if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD")) {
        text += "\r\nContent-Length: " + std::to_string(request.body.size());
    }
    return text + "\r\n\r\n" + request.body;
}

// What `limits` forbid before anything is looked up.
std::expected<Url, Fault> admitted(const Request& request, const Limits& limits) {
    auto url = parse_url(request.url);
    if (!url || !can_be_sent(request)) return std::unexpected(Fault::bad_url);
    if (limits.https_only && !url->secure) return std::unexpected(Fault::not_allowed);
    if (!host_admitted(limits.hosts, url->host)) return std::unexpected(Fault::not_allowed);
    return std::move(*url);
}

Trust trusted(const std::string& ca_file) {
    auto trust = trust_in(ca_file);
    if (!trust) throw std::runtime_error(trust.error());
    return std::move(*trust);
}

}  // namespace

struct Client::State {
    State(asio::any_io_executor e, Limits l)
        : executor(std::move(e)),
          limits(std::move(l)),
          trust(trusted(limits.ca_file)),
          places(std::make_shared<Places>(executor, limits.connections_per_server)) {}

    static asio::awaitable<std::expected<Answer, Fault>> send(
        std::shared_ptr<State> state, Request request, Sink sink
    );

    asio::any_io_executor executor;
    Limits limits;
    Trust trust;
    std::shared_ptr<Places> places;
};

asio::awaitable<std::expected<Answer, Fault>> Client::State::send(
    std::shared_ptr<State> state, Request request, Sink sink
) {
    const auto& limits = state->limits;
    const auto begin = std::chrono::steady_clock::now();
    const auto until = begin + limits.total;
    const auto url = admitted(request, limits);
    if (!url) co_return std::unexpected(url.error());

    const auto server = (url->secure ? "https://" : "http://") + url->authority();
    auto place = co_await Places::take(state->places, server, until);
    if (!place) co_return std::unexpected(Fault::timeout);
    auto connection = place->rested();
    if (!connection) {
        connection = std::make_unique<Connection>(state->executor);
        const auto connected_by =
            std::min(until, std::chrono::steady_clock::now() + limits.connect);
        const auto opened = co_await connection->open(*url, limits, state->trust, connected_by);
        if (!opened) co_return std::unexpected(opened.error());
    }
    auto answer = co_await connection->exchange(
        text_of(request, *url),
        request.method == "HEAD",
        limits.answer_bytes,
        until,
        std::move(sink)
    );
    if (answer && connection->reusable()) place->let_rest(std::move(connection));
    co_return answer;
}

Client::Client(asio::any_io_executor executor, Limits limits)
    : state_(std::make_shared<State>(std::move(executor), std::move(limits))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

asio::awaitable<std::expected<Answer, Fault>> Client::send(Request request) {
    return State::send(state_, std::move(request), {});
}

asio::awaitable<std::expected<Answer, Fault>> Client::send_into(Request request, Sink sink) {
    return State::send(state_, std::move(request), std::move(sink));
}

std::string_view Answer::header(std::string_view wanted) const {
    const auto found = std::ranges::find_if(headers, [&](const Header& field) {
        return same_name(field.name, wanted);
    });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view name(Fault fault) {
    switch (fault) {
        case Fault::bad_url:
            return "bad_url";
        case Fault::not_allowed:
            return "not_allowed";
        case Fault::unreachable:
            return "unreachable";
        case Fault::tls:
            return "tls";
        case Fault::timeout:
            return "timeout";
        case Fault::cut:
            return "cut";
        case Fault::too_large:
            return "too_large";
    }
    return "unknown";
}

}  // namespace hotline::http_client
