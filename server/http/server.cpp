#include "server/http/server.hpp"

#include "server/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace hotline::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

// After so long cancelled requests must be gone; they have nothing left to wait for.
constexpr std::chrono::seconds unwind_limit{5};
// An accept fails when descriptors run out; trying again at once would spin.
constexpr std::chrono::milliseconds accept_pause{100};

awaitable<void> keep_time(std::shared_ptr<Core> core) {
    co_await core->deadlines.run();
}

awaitable<void> accept_connections(
    std::shared_ptr<Core> core, std::shared_ptr<tcp::acceptor> acceptor
) {
    while (acceptor->is_open()) {
        auto [error, socket] = co_await acceptor->async_accept(asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            core->failed("accept", std::make_exception_ptr(boost::system::system_error(error)));
            co_await sleep_for(accept_pause);
        } else {
            admit(core, std::move(socket));
        }
    }
}

Result<tcp::acceptor> bind(const asio::any_io_executor& executor, const Settings& settings) {
    boost::system::error_code error;
    const auto where = settings.address + ":" + std::to_string(settings.port);
    const auto address = asio::ip::make_address(settings.address, error);
    if (error) return fail(ErrorCode::internal, where + ": " + error.message());
    const tcp::endpoint endpoint(address, settings.port);
    tcp::acceptor acceptor(executor);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && address.is_v6()) acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return fail(ErrorCode::internal, where + ": " + error.message());
    return acceptor;
}

Result<std::optional<asio::ssl::context>> tls_context(const Settings& settings) {
    using asio::ssl::context;
    std::optional<context> tls;
    if (settings.certificate_file.empty() && settings.private_key_file.empty()) return tls;
    tls.emplace(context::tls_server);
    boost::system::error_code error;
    tls->set_options(
        context::default_workarounds | context::no_sslv2 | context::no_sslv3 | context::no_tlsv1 |
            context::no_tlsv1_1 | context::single_dh_use,
        error
    );
    // Renegotiation and compression have nothing to offer here but load and leaks.
    SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    if (!error) tls->use_certificate_chain_file(settings.certificate_file, error);
    if (error) {
        return fail(ErrorCode::internal, settings.certificate_file + ": " + error.message());
    }
    tls->use_private_key_file(settings.private_key_file, context::pem, error);
    if (error) {
        return fail(ErrorCode::internal, settings.private_key_file + ": " + error.message());
    }
    return tls;
}

}  // namespace

class Server::Impl {
public:
    Impl(asio::any_io_executor executor, std::shared_ptr<Core> c, std::shared_ptr<tcp::acceptor> a)
        : core(std::move(c)),
          acceptor(std::move(a)),
          background(std::move(executor), core->hooks.on_failure) {}

    std::shared_ptr<Core> core;
    std::shared_ptr<tcp::acceptor> acceptor;
    TaskGroup background;
};

Result<std::unique_ptr<Server>> Server::listen(
    asio::any_io_executor executor, Settings settings, Handler handler, Hooks hooks
) {
    auto proxies = AddressSet::parse(settings.trusted_proxies);
    if (!proxies) return fail(ErrorCode::internal, "trusted_proxies: " + proxies.error().detail);
    auto tls = tls_context(settings);
    if (!tls) return std::unexpected(tls.error());
    auto acceptor = bind(executor, settings);
    if (!acceptor) return std::unexpected(acceptor.error());
    auto core = std::make_shared<Core>(
        executor, std::move(settings), std::move(handler), std::move(hooks), std::move(*proxies)
    );
    core->tls = std::move(*tls);
    auto impl = std::make_unique<Impl>(
        executor, std::move(core), std::make_shared<tcp::acceptor>(std::move(*acceptor))
    );
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
    boost::system::error_code error;
    return impl_->acceptor->local_endpoint(error).port();
}

ServerStats Server::stats() const {
    auto stats = impl_->core->stats;
    stats.timed_out = impl_->core->deadlines.expired_count();
    stats.loop_lag = impl_->core->deadlines.lag();
    return stats;
}

void Server::start() {
    impl_->background.spawn("tick", keep_time(impl_->core));
    impl_->background.spawn("accept", accept_connections(impl_->core, impl_->acceptor));
}

awaitable<void> Server::stop(std::chrono::milliseconds drain) {
    auto& core = *impl_->core;
    boost::system::error_code ignored;
    impl_->acceptor->close(ignored);
    core.draining = true;
    core.deadlines.cancel_idle();
    if (!co_await core.connections.wait_for(drain)) {
        core.connections.stop();
        core.deadlines.close_all();
        co_await core.connections.wait_for(unwind_limit);
    }
    impl_->background.stop();
    co_await impl_->background.wait_for(unwind_limit);
}

}  // namespace hotline::http
