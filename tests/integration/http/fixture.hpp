#pragma once

#include "server/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hotline::test {

// A server on a free port with a thread of its own; stopped, drained and joined at the end.
class RunningServer {
public:
    RunningServer(http::Settings settings, http::Handler handler, http::Hooks hooks = {});
    ~RunningServer();

    std::uint16_t port() const { return server_->port(); }
    http::ServerStats stats();
    std::vector<std::string> failures();
    // Runs on the server's thread and waits for it.
    void on_loop(std::function<void()> work);
    // Begins Server::stop and gives back at once; wait() returns when it is through.
    void begin_stop(std::chrono::milliseconds drain);
    void wait();

private:
    boost::asio::io_context io_{1};
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
    std::mutex mutex_;
    std::vector<std::string> failures_;
    bool stopping_ = false;
};

struct Answer {
    int status = 0;  // 0: the connection ended without one
    std::string head;
    std::string body;

    std::string header(const std::string& name) const;
};

// A client that says exactly what it is told, byte for byte. Every wait ends after 15 s.
class Client {
public:
    explicit Client(std::uint16_t port);

    Client& send(std::string_view bytes);
    // False when the server has gone away under it.
    bool try_send(std::string_view bytes);
    Answer receive(bool head_only = false);
    std::string receive_line();
    // True when the server ends the connection without sending anything more.
    bool closed();
    boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    bool fill();

    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
    std::string buffer_;
};

std::string get(const std::string& target, const std::string& fields = {});
std::string post(
    const std::string& target, const std::string& body, const std::string& fields = {}
);

// Answers "METHOD path body-size remote secure", or the body itself on /echo.
boost::asio::awaitable<http::Response> describe(http::Request request);

}  // namespace hotline::test
