#include "tests/stand_ins/tls_front.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <mutex>
#include <thread>

namespace hotline::test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto as_front_result = asio::as_tuple(asio::use_awaitable);

// Both ways of one visit.
struct Visit {
    Visit(tcp::socket visitor, asio::ssl::context& context)
        : front(std::move(visitor), context), back(front.get_executor()) {}

    void end() {
        boost::system::error_code ignored;
        front.next_layer().close(ignored);
        back.close(ignored);
    }

    asio::ssl::stream<tcp::socket> front;
    tcp::socket back;
};

}  // namespace

struct TlsFront::Core {
    Core(std::uint16_t port, const TlsFiles& files)
        : behind(asio::ip::address_v4::loopback(), port),
          acceptor(io, {asio::ip::address_v4::loopback(), 0}),
          context(tls_showing(files)) {}

    asio::awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(as_front_result);
            if (error) co_return;
            const std::lock_guard lock(mutex);
            auto visit = std::make_shared<Visit>(std::move(socket), *context);
            asio::co_spawn(io, greet(std::move(visit)), asio::detached);
        }
    }

    asio::awaitable<void> greet(std::shared_ptr<Visit> visit) {
        const auto [refused] =
            co_await visit->front.async_handshake(asio::ssl::stream_base::server, as_front_result);
        {
            const std::lock_guard lock(mutex);
            const char* name =
                SSL_get_servername(visit->front.native_handle(), TLSEXT_NAMETYPE_host_name);
            asked.emplace_back(name == nullptr ? "" : name);
        }
        if (refused) co_return;
        const auto [nobody] = co_await visit->back.async_connect(behind, as_front_result);
        if (nobody) co_return visit->end();
        asio::co_spawn(io, carry(visit, visit->back, visit->front, nullptr), asio::detached);
        co_await carry(visit, visit->front, visit->back, &said);
    }

    template <class From, class To>
    asio::awaitable<void> carry(
        std::shared_ptr<Visit> visit, From& from, To& to, std::size_t* count
    ) {
        std::array<char, 16384> bytes;
        for (;;) {
            const auto [ended, size] =
                co_await from.async_read_some(asio::buffer(bytes), as_front_result);
            if (ended) co_return visit->end();
            if (count) {
                const std::lock_guard lock(mutex);
                *count += size;
            }
            const auto [gone, sent] =
                co_await asio::async_write(to, asio::buffer(bytes, size), as_front_result);
            if (gone) co_return visit->end();
        }
    }

    asio::io_context io{1};
    tcp::endpoint behind;
    tcp::acceptor acceptor;
    mutable std::mutex mutex;
    std::shared_ptr<asio::ssl::context> context;
    std::vector<std::string> asked;
    std::size_t said = 0;
    std::thread thread;
};

TlsFront::TlsFront(std::uint16_t behind, const TlsFiles& files)
    : core_(std::make_unique<Core>(behind, files)) {
    asio::co_spawn(core_->io, core_->accept(), asio::detached);
    core_->thread = std::thread([this] { core_->io.run(); });
}

TlsFront::~TlsFront() {
    core_->io.stop();
    core_->thread.join();
}

std::uint16_t TlsFront::port() const {
    return core_->acceptor.local_endpoint().port();
}

void TlsFront::show(const TlsFiles& files) {
    const std::lock_guard lock(core_->mutex);
    core_->context = tls_showing(files);
}

std::size_t TlsFront::heard() const {
    const std::lock_guard lock(core_->mutex);
    return core_->said;
}

std::vector<std::string> TlsFront::names() const {
    const std::lock_guard lock(core_->mutex);
    return core_->asked;
}

}  // namespace hotline::test
