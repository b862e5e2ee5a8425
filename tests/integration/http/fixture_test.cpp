#include "tests/integration/http/fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <doctest/doctest.h>

#include <future>

namespace hotline::test {

namespace asio = boost::asio;
using asio::ip::tcp;

RunningServer::RunningServer(http::Settings settings, http::Handler handler, http::Hooks hooks) {
    hooks.on_failure = [this](std::string_view where, std::exception_ptr why) {
        const std::lock_guard lock(mutex_);
        try {
            std::rethrow_exception(why);
        } catch (const std::exception& e) {
            failures_.push_back(std::string(where) + ": " + e.what());
        }
    };
    auto server = http::Server::listen(
        io_.get_executor(), std::move(settings), std::move(handler), std::move(hooks)
    );
    REQUIRE_MESSAGE(server, server.error().detail);
    server_ = std::move(*server);
    server_->start();
    thread_ = std::thread([this] { io_.run(); });
}

RunningServer::~RunningServer() {
    if (!stopping_) begin_stop(std::chrono::milliseconds(0));
    wait();
}

http::ServerStats RunningServer::stats() {
    http::ServerStats stats;
    on_loop([&] { stats = server_->stats(); });
    return stats;
}

std::vector<std::string> RunningServer::failures() {
    const std::lock_guard lock(mutex_);
    return failures_;
}

void RunningServer::on_loop(std::function<void()> work) {
    std::promise<void> done;
    asio::post(io_, [&] {
        work();
        done.set_value();
    });
    done.get_future().get();
}

void RunningServer::begin_stop(std::chrono::milliseconds drain) {
    stopping_ = true;
    asio::co_spawn(io_, server_->stop(drain), [](std::exception_ptr) {});
}

void RunningServer::wait() {
    if (thread_.joinable()) thread_.join();
}

std::string Answer::header(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
}

Client::Client(std::uint16_t port) : socket_(io_) {
    socket_.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
    socket_.set_option(tcp::no_delay(true));
    const timeval limit{15, 0};
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool Client::try_send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Client& Client::send(std::string_view bytes) {
    REQUIRE(try_send(bytes));
    return *this;
}

bool Client::fill() {
    char chunk[16 * 1024];
    const auto got = ::recv(socket_.native_handle(), chunk, sizeof chunk, 0);
    if (got > 0) buffer_.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
}

Answer Client::receive(bool head_only) {
    Answer answer;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        if (!fill()) return answer;
    }
    const auto end = buffer_.find("\r\n\r\n") + 4;
    answer.head = buffer_.substr(0, end);
    buffer_.erase(0, end);
    const auto length = answer.header("content-length");
    const std::size_t size = head_only || length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < size) {
        if (!fill()) return answer;
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

std::string Client::receive_line() {
    while (buffer_.find("\r\n") == std::string::npos && fill()) {
    }
    auto line = buffer_.substr(0, buffer_.find("\r\n"));
    buffer_.erase(0, line.size() + 2);
    return line;
}

bool Client::closed() {
    char byte = 0;
    if (!buffer_.empty()) return false;
    const auto got = ::recv(socket_.native_handle(), &byte, 1, 0);
    return got == 0 || (got < 0 && errno == ECONNRESET);
}

std::string get(const std::string& target, const std::string& fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n";
}

std::string post(const std::string& target, const std::string& body, const std::string& fields) {
    return "POST " + target +
           " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           fields + "\r\n" + body;
}

asio::awaitable<http::Response> describe(http::Request request) {
    static constexpr const char* names[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"
    };
    if (request.path == "/echo") co_return http::json(std::move(request.body));
    co_return http::json(
        std::string(names[static_cast<int>(request.method)]) + " " + request.path + " " +
        std::to_string(request.body.size()) + " " + request.remote_address +
        (request.secure ? " secure" : "")
    );
}

}  // namespace hotline::test
