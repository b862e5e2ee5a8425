#include "integrations/http/connection.hpp"

#include "integrations/http/address.hpp"
#include "integrations/http/answer_reader.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::http_client {

namespace asio = boost::asio;
using asio::ip::tcp;
using Endpoints = std::vector<tcp::endpoint>;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Closes a socket when time is up, which ends whatever waits for it.
class Alarm {
public:
    Alarm(tcp::socket& socket, Instant when)
        : state_(std::make_shared<State>(
              State{asio::steady_timer(socket.get_executor(), when), &socket, false}
          )) {
        state_->timer.async_wait([state = state_](boost::system::error_code error) {
            if (error || !state->socket) return;
            state->rang = true;
            boost::system::error_code ignored;
            state->socket->close(ignored);
        });
    }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    ~Alarm() {
        state_->socket = nullptr;
        state_->timer.cancel();
    }

    Fault or_else(Fault fault) const { return state_->rang ? Fault::timeout : fault; }

private:
    struct State {
        asio::steady_timer timer;
        tcp::socket* socket;
        bool rang;
    };
    std::shared_ptr<State> state_;
};

// A look-up under way in the system's resolver cannot be called off, only left alone.
struct LookUp {
    tcp::resolver resolver;
    asio::steady_timer done;
    std::optional<Endpoints> found;
};

// RFC 6761 section 6.3: these names are this machine, whatever resolvers and files say, or when
// there are none.
bool is_this_machine(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost");
}

asio::awaitable<std::expected<Endpoints, Fault>> look_up(
    std::string host, std::uint16_t port, Instant until
) {
    boost::system::error_code no_literal;
    const auto literal = asio::ip::make_address(host, no_literal);
    if (!no_literal) co_return Endpoints{{literal, port}};
    if (is_this_machine(host)) {
        co_return Endpoints{
            {asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}
        };
    }

    const auto executor = co_await asio::this_coro::executor;
    auto query = std::make_shared<LookUp>(
        LookUp{tcp::resolver(executor), asio::steady_timer(executor, until), {}}
    );
    query->resolver.async_resolve(
        host,
        std::to_string(port),
        tcp::resolver::numeric_service,
        [query](boost::system::error_code error, const tcp::resolver::results_type& results) {
            query->found.emplace();
            if (!error) query->found->assign(results.begin(), results.end());
            query->done.cancel();
        }
    );
    co_await query->done.async_wait(as_result);
    if (!query->found) co_return std::unexpected(Fault::timeout);
    if (query->found->empty()) co_return std::unexpected(Fault::unreachable);
    co_return std::move(*query->found);
}

// A name with one address that leads inside is refused whole: which of them is taken is not to
// depend on luck.
bool all_admitted(const std::string& host, const Endpoints& endpoints, const Inside& inside) {
    return std::ranges::all_of(endpoints, [&](const tcp::endpoint& endpoint) {
        return is_public(endpoint.address()) || inside.admits(host, endpoint.address());
    });
}

// RFC 6066: the name of a server is named to it, an address is not.
bool name_server(SSL* ssl, std::string& host) {
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

}  // namespace

Connection::Connection(asio::any_io_executor executor)
    : stream_(std::in_place_type<TcpSocket>, std::move(executor)) {}

Connection::TcpSocket& Connection::socket() {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) return tls->next_layer();
    return std::get<TcpSocket>(stream_);
}

std::unexpected<Fault> Connection::fail(Fault fault, std::string why) {
    trouble_ = std::move(why);
    return std::unexpected(fault);
}

void Connection::close() {
    boost::system::error_code ignored;
    socket().close(ignored);
}

asio::awaitable<std::expected<void, Fault>> Connection::open(
    Url url, Limits limits, Trust trust, Instant until
) {
    const auto endpoints = co_await look_up(url.host, url.port, until);
    if (!endpoints) co_return fail(endpoints.error(), "where " + url.host + " is was not found");
    if (limits.public_addresses_only && !all_admitted(url.host, *endpoints, limits.inside)) {
        co_return fail(Fault::not_allowed, url.host + " is at an address that is not called");
    }
    Fault fault = Fault::unreachable;
    for (auto left = endpoints->size(); left > 0; --left) {
        // An address that is silent leaves the others their share of the time.
        const auto now = std::chrono::steady_clock::now();
        const auto share = (until - now) / static_cast<int>(left);
        boost::system::error_code failed;
        {
            const Alarm alarm(socket(), now + share);
            std::tie(failed) =
                co_await socket().async_connect((*endpoints)[endpoints->size() - left], as_result);
            fault = alarm.or_else(Fault::unreachable);
        }
        if (failed) {
            const bool silent = fault == Fault::timeout;
            fail(fault, url.authority() + ": " + (silent ? "no answer" : failed.message()));
            close();
            continue;
        }
        boost::system::error_code ignored;
        socket().set_option(tcp::no_delay(true), ignored);
        if (!url.secure) co_return std::expected<void, Fault>();
        co_return co_await secure(url.host, std::move(trust), until);
    }
    co_return std::unexpected(fault);
}

asio::awaitable<std::expected<void, Fault>> Connection::secure(
    std::string host, Trust trust, Instant until
) {
    TcpSocket plain = std::move(std::get<TcpSocket>(stream_));
    auto& stream = stream_.emplace<TlsStream>(std::move(plain), *trust);
    auto* const ssl = stream.native_handle();
    boost::system::error_code is_name;
    asio::ip::make_address(host, is_name);
    const bool set = is_name
                         ? name_server(ssl, host) && SSL_set1_host(ssl, host.c_str()) == 1
                         : X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    if (!set) co_return fail(Fault::tls, host + " is no name a certificate could be for");
    stream.set_verify_mode(asio::ssl::verify_peer);
    const Alarm alarm(socket(), until);
    const auto [failed] = co_await stream.async_handshake(TlsStream::client, as_result);
    if (!failed) co_return std::expected<void, Fault>();
    const Fault fault = alarm.or_else(Fault::tls);
    if (fault == Fault::timeout) co_return fail(fault, host + " did not come to TLS in time");
    co_return fail(fault, tls_trouble(host, SSL_get_verify_result(ssl), failed.message()));
}

// Not coroutines themselves: the operation's own frame is enough.
asio::awaitable<Connection::IoResult> Connection::read_some(asio::mutable_buffer into) {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) return tls->async_read_some(into, as_result);
    return std::get<TcpSocket>(stream_).async_read_some(into, as_result);
}

asio::awaitable<Connection::IoResult> Connection::write(asio::const_buffer bytes) {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        return asio::async_write(*tls, bytes, as_result);
    }
    return asio::async_write(std::get<TcpSocket>(stream_), bytes, as_result);
}

asio::awaitable<std::expected<Answer, Fault>> Connection::exchange(
    std::string request, bool to_head, std::size_t answer_bytes, Instant until, Sink sink
) {
    reusable_ = false;
    const Alarm alarm(socket(), until);
    // Whoever refuses a request may answer before it has read all of it: what comes is read anyway.
    const auto [unsent, sent] = co_await write(asio::buffer(request));
    AnswerReader reader(answer_bytes, to_head);
    auto state = AnswerReader::State::more;
    std::array<char, 8192> bytes;
    while (state == AnswerReader::State::more) {
        const auto [error, size] = co_await read_some(asio::buffer(bytes));
        if (size > 0) state = reader.feed({bytes.data(), size});
        // Only a proper end counts: over TLS a cut is not one.
        if (error == asio::error::eof && state == AnswerReader::State::more) state = reader.end();
        if (error && state == AnswerReader::State::more) state = AnswerReader::State::broken;
        if (!sink) continue;
        const std::string piece = reader.take_piece();
        if (piece.empty()) continue;
        const bool wanted = co_await sink(piece);
        if (!wanted) co_return std::unexpected(Fault::cut);
    }
    if (state == AnswerReader::State::too_large) co_return std::unexpected(Fault::too_large);
    if (state == AnswerReader::State::broken) co_return std::unexpected(alarm.or_else(Fault::cut));
    reusable_ = !unsent && reader.reusable();
    co_return reader.take();
}

bool Connection::quiet() {
    char byte = 0;
    const auto got = ::recv(socket().native_handle(), &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace hotline::http_client
