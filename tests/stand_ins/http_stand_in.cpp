#include "tests/stand_ins/http_stand_in.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

namespace hotline::test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::string find(const Fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Fields::value_type::first);
    return found == fields.end() ? std::string() : found->second;
}

// Up to `end` and past it.
std::string_view cut_off(std::string_view& text, std::string_view end) {
    const auto at = std::min(text.find(end), text.size());
    const auto part = text.substr(0, at);
    text.remove_prefix(std::min(at + end.size(), text.size()));
    return part;
}

Seen seen_of(std::string_view head) {
    Seen seen;
    seen.method = cut_off(head, " ");
    auto target = cut_off(head, " ");
    cut_off(head, "\r\n");
    seen.path = percent_decoded(cut_off(target, "?"));
    while (!target.empty()) {
        auto pair = cut_off(target, "&");
        const auto name = cut_off(pair, "=");
        seen.query.emplace_back(percent_decoded(name), percent_decoded(pair));
    }
    while (!head.empty()) {
        auto line = cut_off(head, "\r\n");
        if (line.empty()) break;
        std::string name(cut_off(line, ":"));
        std::ranges::transform(name, name.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        while (line.starts_with(' ')) line.remove_prefix(1);
        seen.fields.emplace_back(name, line);
    }
    return seen;
}

std::string text_of(const Reply& reply) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " said\r\n";
    for (const auto& [name, value] : reply.fields) text += name + ": " + value + "\r\n";
    return text + "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            unsigned byte = 0;
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
            result += static_cast<char>(byte);
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string Seen::field(std::string_view name) const {
    return find(fields, name);
}
std::string Seen::parameter(std::string_view name) const {
    return find(query, name);
}

struct HttpStandIn::Core {
    Core(Answerer a, std::optional<TlsFiles> tls)
        : answerer(std::move(a)), acceptor(io, {asio::ip::address_v4::loopback(), 0}) {
        if (tls) context = tls_showing(*tls);
    }

    asio::awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(as_result);
            if (error) co_return;
            {
                const std::lock_guard lock(mutex);
                ++connections;
            }
            if (context) {
                asio::co_spawn(io, greet(std::move(socket)), asio::detached);
            } else {
                asio::co_spawn(io, talk(std::move(socket)), asio::detached);
            }
        }
    }

    asio::awaitable<void> greet(tcp::socket socket) {
        asio::ssl::stream<tcp::socket> stream(std::move(socket), *context);
        const auto [error] =
            co_await stream.async_handshake(asio::ssl::stream_base::server, as_result);
        if (!error) co_await talk(std::move(stream));
    }

    template <class Stream>
    asio::awaitable<void> talk(Stream stream) {
        std::string buffer;
        bool again = true;
        while (again) again = co_await one_request(stream, buffer);
    }

    template <class Stream>
    asio::awaitable<bool> one_request(Stream& stream, std::string& buffer) {
        const auto [error, end] = co_await asio::async_read_until(
            stream, asio::dynamic_buffer(buffer), "\r\n\r\n", as_result
        );
        if (error) co_return false;
        Seen seen = seen_of(std::string_view(buffer).substr(0, end));
        buffer.erase(0, end);
        const auto size = std::strtoul(seen.field("content-length").c_str(), nullptr, 10);
        if (buffer.size() < size) {
            const auto [cut, more] = co_await asio::async_read(
                stream,
                asio::dynamic_buffer(buffer),
                asio::transfer_exactly(size - buffer.size()),
                as_result
            );
            if (cut) co_return false;
        }
        seen.body = buffer.substr(0, size);
        buffer.erase(0, size);
        const Reply reply = reply_to(seen);
        {
            const std::lock_guard lock(mutex);
            requests.push_back(std::move(seen));
        }
        co_return co_await say(stream, reply);
    }

    Reply reply_to(const Seen& seen) {
        unsigned ill = 0;
        {
            const std::lock_guard lock(mutex);
            if (fixed) return *fixed;
            if (dice() % 100 < sick_percent) ill = 1 + static_cast<unsigned>(dice() % 5);
        }
        switch (ill) {
            case 0:
                return answerer(seen);
            case 1:
                return {.status = 500};
            case 2:
                return {.status = 429, .fields = {{"Retry-After", "1"}}};
            case 3:
                return {.manner = Reply::Manner::hang};
            case 4:
                return {.manner = Reply::Manner::cut};
            default:
                answerer(seen);
                return {.manner = Reply::Manner::cut};
        }
    }

    template <class Stream>
    asio::awaitable<bool> say(Stream& stream, Reply reply) {
        using enum Reply::Manner;
        if (reply.manner == cut) co_return false;
        if (reply.manner == hang) {
            // Until the client has had enough or the stand-in goes away.
            char byte = 0;
            co_await stream.async_read_some(asio::buffer(&byte, 1), as_result);
            co_return false;
        }
        std::string text = reply.manner == raw ? reply.body : text_of(reply);
        if (reply.manner == cut_within) text.resize(text.size() - text.size() / 3 - 1);
        const auto [error, sent] =
            co_await asio::async_write(stream, asio::buffer(text), as_result);
        co_return !error && reply.manner == whole;
    }

    Answerer answerer;
    asio::io_context io{1};
    tcp::acceptor acceptor;
    std::shared_ptr<asio::ssl::context> context;  // none: without TLS
    mutable std::mutex mutex;
    std::vector<Seen> requests;
    std::size_t connections = 0;
    std::optional<Reply> fixed;
    unsigned sick_percent = 0;
    std::mt19937 dice;
    std::thread thread;
};

HttpStandIn::HttpStandIn(Answerer answerer, std::optional<TlsFiles> tls)
    : core_(std::make_unique<Core>(std::move(answerer), std::move(tls))) {
    asio::co_spawn(core_->io, core_->accept(), asio::detached);
    core_->thread = std::thread([this] { core_->io.run(); });
}

HttpStandIn::~HttpStandIn() {
    core_->io.stop();
    core_->thread.join();
}

std::uint16_t HttpStandIn::port() const {
    return core_->acceptor.local_endpoint().port();
}

std::string HttpStandIn::url(std::string_view path) const {
    return (core_->context ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port()) +
           std::string(path);
}

std::vector<Seen> HttpStandIn::seen() const {
    const std::lock_guard lock(core_->mutex);
    return core_->requests;
}

std::size_t HttpStandIn::connections() const {
    const std::lock_guard lock(core_->mutex);
    return core_->connections;
}

void HttpStandIn::reply_with(std::optional<Reply> fixed) {
    const std::lock_guard lock(core_->mutex);
    core_->fixed = std::move(fixed);
}

void HttpStandIn::fall_sick(unsigned percent, std::uint32_t seed) {
    const std::lock_guard lock(core_->mutex);
    core_->sick_percent = percent;
    core_->dice.seed(seed);
}

}  // namespace hotline::test
