#include "integrations/ari/link.hpp"

#include "integrations/ari/event_socket.hpp"
#include "integrations/crypto/digest.hpp"
#include "integrations/http/url.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace hotline::ari {

namespace asio = boost::asio;

namespace {

constexpr std::size_t list_bytes = 8UL * 1024 * 1024;
constexpr int strangers_in_a_row = 3;  // A28

http_client::Limits limits_of(const LinkSettings& settings) {
    http_client::Limits limits;
    limits.total = settings.answer_within;
    limits.answer_bytes = list_bytes;
    limits.public_addresses_only = false;
    limits.https_only = false;
    limits.connections_per_server = settings.connections;
    limits.ca_file = settings.ca_file;
    return limits;
}

http_client::Limits limits_of_recordings(const LinkSettings& settings) {
    http_client::Limits limits = limits_of(settings);
    limits.total = settings.recording_within;
    limits.answer_bytes = settings.recording_bytes;
    return limits;
}

}  // namespace

struct Link::State : std::enable_shared_from_this<Link::State> {
    State(
        asio::any_io_executor e,
        LinkSettings s,
        Ears listeners,
        http_client::Url u,
        http_client::Trust t
    )
        : executor(e),
          settings(std::move(s)),
          ears(std::move(listeners)),
          url(std::move(u)),
          trust(std::move(t)),
          authorization("Basic " + crypto::base64(settings.user + ":" + settings.password)),
          client(e, limits_of(settings)),
          recordings(e, limits_of_recordings(settings)),
          wait(e) {
        url.target = url.target == "/" ? "" : url.target;
        url.target += "/events?app=" + settings.application;
    }

    static asio::awaitable<void> run(std::shared_ptr<State> state) {
        auto pause = state->settings.first_wait;
        while (!state->stopped) {
            state->socket = std::make_unique<EventSocket>(state->executor);
            // Named, since g++ 12 ends unnamed ones twice when they are built in a co_await.
            EventSocket::Opening opening{state->url, state->authorization, state->trust};
            std::function<void()> opened = [state] {
                state->up = true;
                state->ears.up();
            };
            std::function<void(std::string_view)> text = [state](std::string_view told) {
                state->hear(told);
            };
            const auto why =
                co_await state->socket->run(std::move(opening), std::move(opened), std::move(text));
            if (std::exchange(state->up, false)) pause = state->settings.first_wait;
            if (state->stopped) co_return;
            const bool strange = std::exchange(state->let_go, false);
            state->ears.down(strange ? "requests to it fail at TLS" : why);
            if (state->stopped) co_return;
            state->wait.expires_after(pause);
            pause = std::min(pause * 2, state->settings.longest_wait);
            co_await state->wait.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

    void hear(std::string_view text) {
        const auto event = read_event(text);
        if (!event) return ears.unread(event.error());
        if (stopped) return;
        if (event->kind == EventKind::replaced) {
            stop();
            return ears.replaced();
        }
        ears.event(*event);
    }

    void stop() {
        stopped = true;
        up = false;
        wait.cancel();
        if (socket) socket->close();
    }

    // A28: who cannot be asked is not to have calls. Opened again, the socket says what is wrong.
    template <class Outcome>
    void note(const Outcome& outcome) {
        const bool stranger = !outcome && outcome.error() == http_client::Fault::tls;
        strangers = stranger ? strangers + 1 : 0;
        if (!up || strangers < strangers_in_a_row) return;
        let_go = true;
        socket->close();
    }

    http_client::Request request_of(const Command& command) const {
        const auto http = http_ask(command, settings.application);
        http_client::Request request;
        request.method = http.method;
        request.url = settings.base_url + http.path;
        request.headers.push_back({"Authorization", authorization});
        if (!http.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
        request.body = http.body;
        return request;
    }

    static asio::awaitable<Answer> ask(std::shared_ptr<State> state, Command command) {
        auto answer = co_await state->client.send(state->request_of(command));
        state->note(answer);
        Answer told;
        if (answer) told = {answer->status, std::move(answer->body)};
        co_return told;
    }

    static asio::awaitable<Answer> ask_into(
        std::shared_ptr<State> state, Command command, http_client::Sink sink
    ) {
        auto request = state->request_of(command);
        auto answer = co_await state->recordings.send_into(std::move(request), std::move(sink));
        state->note(answer);
        Answer told;
        if (answer) told = {answer->status, std::move(answer->body)};
        co_return told;
    }

    asio::any_io_executor executor;
    LinkSettings settings;
    Ears ears;
    http_client::Url url;
    http_client::Trust trust;
    std::string authorization;
    http_client::Client client;
    http_client::Client recordings;
    asio::steady_timer wait;
    std::unique_ptr<EventSocket> socket;
    bool started = false;
    bool stopped = false;
    bool up = false;
    bool let_go = false;
    int strangers = 0;  // requests in a row that met no certificate we accept
};

std::expected<Link, std::string> Link::open(
    asio::any_io_executor executor, LinkSettings settings, Ears ears
) {
    while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
    auto url = http_client::parse_url(settings.base_url);
    if (!url) return std::unexpected(settings.base_url + ": no http or https address");
    const bool named =
        !settings.application.empty() && std::ranges::all_of(settings.application, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (!named) return std::unexpected("\"" + settings.application + "\": no name for a program");
    auto trust = http_client::trust_in(settings.ca_file);
    if (!trust) return std::unexpected(trust.error());
    return Link(std::make_shared<State>(
        executor, std::move(settings), std::move(ears), std::move(*url), std::move(*trust)
    ));
}

Link::Link(std::shared_ptr<State> state) : state_(std::move(state)) {}
Link::Link(Link&&) noexcept = default;
Link::~Link() {
    if (state_) state_->stop();
}

void Link::start() {
    if (std::exchange(state_->started, true)) return;
    asio::co_spawn(state_->executor, State::run(state_), asio::detached);
}

void Link::stop() {
    state_->stop();
}

asio::awaitable<Link::Answer> Link::ask(Command command) const {
    return State::ask(state_, std::move(command));
}

asio::awaitable<Link::Answer> Link::ask_into(Command command, http_client::Sink sink) const {
    return State::ask_into(state_, std::move(command), std::move(sink));
}

}  // namespace hotline::ari
