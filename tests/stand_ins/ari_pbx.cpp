#include "tests/stand_ins/ari_pbx.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>
#include <sstream>
#include <thread>

namespace hotline::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

constexpr auto as_outcome = asio::as_tuple(asio::use_awaitable);
// "hotline:the pbx's password"
constexpr auto authorization = "Basic aG90bGluZTp0aGUgcGJ4J3MgcGFzc3dvcmQ=";

using RestRequest = beast::http::request<beast::http::string_body>;

Seen seen_of_request(const RestRequest& request) {
    Seen seen;
    seen.method = std::string(request.method_string());
    std::string_view target(request.target().data(), request.target().size());
    seen.path = percent_decoded(target.substr(0, target.find('?')));
    target.remove_prefix(std::min(target.find('?'), target.size() - 1) + 1);
    while (!target.empty()) {
        const auto pair = target.substr(0, target.find('&'));
        target.remove_prefix(std::min(pair.size() + 1, target.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        seen.query.emplace_back(
            percent_decoded(pair.substr(0, equals)), percent_decoded(pair.substr(equals + 1))
        );
    }
    seen.body = request.body();
    return seen;
}

}  // namespace

struct AriPbx::Core : std::enable_shared_from_this<AriPbx::Core> {
    struct Listener {
        explicit Listener(tcp::socket socket) : stream(std::move(socket)) {}
        beast::websocket::stream<tcp::socket> stream;
        std::string application;
        std::deque<std::string> unsent;
        bool writing = false;
        bool open = true;
    };

    explicit Core(int s)
        : speed(s),
          model(std::chrono::floor<AriModel::Milliseconds>(std::chrono::system_clock::now())),
          start(model.now()),
          began(std::chrono::steady_clock::now()),
          acceptor(io, {asio::ip::address_v4::loopback(), 0}) {}

    AriModel::Instant time() const {
        const auto passed = std::chrono::steady_clock::now() - began;
        return start + std::chrono::floor<AriModel::Milliseconds>(passed * speed);
    }

    asio::awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(as_outcome);
            if (error) co_return;
            asio::co_spawn(io, talk(std::move(socket)), asio::detached);
        }
    }

    asio::awaitable<void> run_clock() {
        asio::steady_timer timer(io);
        for (;;) {
            timer.expires_after(1ms);
            co_await timer.async_wait(as_outcome);
            const std::lock_guard lock(mutex);
            model.advance_to(time());
            tell();
        }
    }

    asio::awaitable<void> talk(tcp::socket socket) {
        beast::flat_buffer buffer;
        bool first = true;
        for (;;) {
            RestRequest request;
            const auto [error, size] =
                co_await beast::http::async_read(socket, buffer, request, as_outcome);
            if (error) co_return;
            const bool known = request[beast::http::field::authorization] == authorization;
            if (known && beast::websocket::is_upgrade(request)) {
                co_return co_await listen(std::move(socket), std::move(request));
            }
            if (std::exchange(first, false)) {
                const std::lock_guard lock(mutex);
                ++connections;
            }
            auto answer =
                known ? answer_to(seen_of_request(request)) : AriModel::Answer{.status = 401};
            if (answer.after > 0ms) {
                asio::steady_timer wait(io, answer.after);
                co_await wait.async_wait(as_outcome);
            }
            if (answer.status == 0) co_return;
            beast::http::response<beast::http::string_body> response;
            response.result(answer.status);
            response.body() = std::move(answer.body);
            response.prepare_payload();
            if (answer.cut) {
                std::ostringstream whole;
                whole << response;
                const std::string half = whole.str().substr(0, whole.str().size() / 2);
                co_await asio::async_write(socket, asio::buffer(half), as_outcome);
                co_return;
            }
            const auto [unsent, sent] =
                co_await beast::http::async_write(socket, response, as_outcome);
            if (unsent) co_return;
        }
    }

    AriModel::Answer answer_to(const Seen& seen) {
        const std::lock_guard lock(mutex);
        model.advance_to(time());
        requests.push_back(
            seen.method + " " + seen.path.substr(std::min<std::size_t>(4, seen.path.size()))
        );
        AriModel::Answer answer;
        const auto status = instead ? instead(seen) : std::nullopt;
        if (status) {
            answer.status = *status;
        } else {
            answer = model.ask(seen);
            answer.after /= speed;
        }
        answer.cut = !cut_ending.empty() && seen.path.ends_with(cut_ending);
        if (!slow_ending.empty() && seen.path.ends_with(slow_ending)) answer.after += late;
        tell();
        return answer;
    }

    asio::awaitable<void> listen(tcp::socket socket, RestRequest request) {
        auto listener = std::make_shared<Listener>(std::move(socket));
        const auto [refused] = co_await listener->stream.async_accept(request, as_outcome);
        if (refused) co_return;
        const auto seen = seen_of_request(request);
        {
            const std::lock_guard lock(mutex);
            listener->application = seen.parameter("app");
            take_name(listener->application);
            listeners.push_back(listener);
        }
        beast::flat_buffer buffer;
        while (listener->open) {
            const auto [error, size] = co_await listener->stream.async_read(buffer, as_outcome);
            if (error) break;
            buffer.clear();
        }
        const std::lock_guard lock(mutex);
        listener->open = false;
        std::erase(listeners, listener);
    }

    // Whoever had it before is told, and hears no more.
    void take_name(const std::string& application) {
        for (const auto& listener : listeners) {
            if (listener->application != application) continue;
            push(
                listener,
                R"({"type":"ApplicationReplaced","timestamp":"2026-11-23T21:47:57.649+0000",)"
                R"("application":")" +
                    application + R"("})"
            );
            listener->application.clear();
        }
    }

    void tell() {
        for (const auto& [application, text] : model.take_events()) {
            for (const auto& listener : listeners) {
                const bool his = application == "*" || application == listener->application;
                if (!his || listener->application.empty()) continue;
                push(listener, text);
                if (twice) push(listener, text);
            }
        }
    }

    void push(const std::shared_ptr<Listener>& listener, std::string text) {
        listener->unsent.push_back(std::move(text));
        if (std::exchange(listener->writing, true)) return;
        // Posted: begun at once it would wait for the lock we hold.
        asio::post(io, [self = shared_from_this(), listener] {
            asio::co_spawn(self->io, self->write(listener), asio::detached);
        });
    }

    asio::awaitable<void> write(std::shared_ptr<Listener> listener) {
        for (;;) {
            std::string text;
            {
                const std::lock_guard lock(mutex);
                if (listener->unsent.empty()) listener->writing = false;
                if (!listener->writing) co_return;
                text = std::move(listener->unsent.front());
                listener->unsent.pop_front();
            }
            const auto [error, sent] =
                co_await listener->stream.async_write(asio::buffer(text), as_outcome);
            if (error) co_return;
        }
    }

    const int speed;
    mutable std::mutex mutex;
    AriModel model;
    const AriModel::Instant start;
    const std::chrono::steady_clock::time_point began;
    asio::io_context io{1};
    tcp::acceptor acceptor;
    std::vector<std::shared_ptr<Listener>> listeners;
    std::vector<std::string> requests;
    std::size_t connections = 0;
    std::function<std::optional<unsigned>(const Seen&)> instead;
    std::string slow_ending;
    std::string cut_ending;
    std::chrono::milliseconds late{};
    bool twice = false;
    std::thread thread;
};

AriPbx::AriPbx(int speed) : core_(std::make_shared<Core>(speed)) {
    asio::co_spawn(core_->io, core_->accept(), asio::detached);
    asio::co_spawn(core_->io, core_->run_clock(), asio::detached);
    core_->thread = std::thread([core = core_.get()] { core->io.run(); });
}

AriPbx::~AriPbx() {
    core_->io.stop();
    core_->thread.join();
}

std::string AriPbx::base_url() const {
    return "http://127.0.0.1:" + std::to_string(port()) + "/ari";
}
std::uint16_t AriPbx::port() const {
    return core_->acceptor.local_endpoint().port();
}
AriModel::Instant AriPbx::now() const {
    return core_->time();
}
std::mutex& AriPbx::mutex() const {
    return core_->mutex;
}
AriModel& AriPbx::model() {
    core_->model.advance_to(core_->time());
    return core_->model;
}
void AriPbx::tell() {
    core_->tell();
}

std::vector<std::string> AriPbx::requests() const {
    const std::lock_guard lock(core_->mutex);
    return core_->requests;
}
std::size_t AriPbx::connections() const {
    const std::lock_guard lock(core_->mutex);
    return core_->connections;
}
std::size_t AriPbx::listeners() const {
    const std::lock_guard lock(core_->mutex);
    return core_->listeners.size();
}
void AriPbx::instead(std::function<std::optional<unsigned>(const Seen&)> answer) {
    const std::lock_guard lock(core_->mutex);
    core_->instead = std::move(answer);
}
void AriPbx::be_slow(std::string ending, std::chrono::milliseconds late) {
    const std::lock_guard lock(core_->mutex);
    core_->slow_ending = std::move(ending);
    core_->late = late;
}
void AriPbx::cut(std::string ending) {
    const std::lock_guard lock(core_->mutex);
    core_->cut_ending = std::move(ending);
}
void AriPbx::drop_listeners() {
    asio::post(core_->io, [core = core_] {
        const std::lock_guard lock(core->mutex);
        for (const auto& listener : core->listeners) {
            boost::system::error_code ignored;
            listener->stream.next_layer().close(ignored);
        }
    });
}
void AriPbx::replace(const std::string& application) {
    const std::lock_guard lock(core_->mutex);
    core_->take_name(application);
}
void AriPbx::tell_twice(bool on) {
    const std::lock_guard lock(core_->mutex);
    core_->twice = on;
}
void AriPbx::send(const std::string& application, const std::string& text) {
    const std::lock_guard lock(core_->mutex);
    for (const auto& listener : core_->listeners) {
        if (listener->application == application) core_->push(listener, text);
    }
}

}  // namespace hotline::test
