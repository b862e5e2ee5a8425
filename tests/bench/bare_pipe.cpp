// The measure of `bench pipe`: the same way of an appeal (POST, stream with fsync, 202, batch
// worker, one transaction over three tables, acknowledge) with nothing else in it: no parsing,
// keys, routing, clocks, hashes, waiting or logs. Prints its port and its appeals' tables are
// bench_ticket, bench_event and bench_clock; ends with its standard input.
#include "integrations/mysql/pool.hpp"
#include "integrations/redis/connection.hpp"
#include "server/http/server.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"
#include "tests/bench/instance.hpp"
#include "ticketing/types/ids.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <fmt/core.h>
#include <unistd.h>

#include <thread>

namespace hotline::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using redis::command_of;

constexpr int batch_size = 256;
constexpr int workers = 2;

struct Appeal {
    std::string stream_id;
    std::uint64_t serial = 0;
    std::string number;
    std::string body;
};

Result<void> write(mysql::Connection& db, const std::vector<Appeal>& appeals) {
    mysql::InsertBatch tickets("bench_ticket", "id, number, idempotency_key, content, accepted_at");
    mysql::InsertBatch events("bench_event", "ticket_id, seq, act, at, changes");
    mysql::InsertBatch clocks("bench_clock", "ticket_id, kind, started_at, due_at");
    const auto at = now();
    for (const Appeal& appeal : appeals) {
        tickets.add({appeal.serial, appeal.number, appeal.stream_id, appeal.body, at});
        events.add({appeal.serial, 1, 1, at, appeal.number});
        clocks.add({appeal.serial, 1, at, at + std::chrono::hours(2)});
    }
    for (const mysql::InsertBatch* batch : {&tickets, &events, &clocks}) {
        if (auto done = db.insert(*batch); !done) return std::unexpected(done.error());
    }
    return {};
}

class BarePipe {
public:
    BarePipe(asio::io_context& io, const Instance& instance)
        : tasks_(io.get_executor()),
          commands_(io.get_executor(), redis_settings(instance)),
          pool_(instance.owner(), {.threads = 4}) {
        for (int i = 0; i < workers; ++i) {
            readers_.push_back(
                std::make_unique<redis::Connection>(io.get_executor(), redis_settings(instance))
            );
        }
        http::Settings settings;
        settings.limits.connections_per_address = 0;
        auto server = http::Server::listen(io.get_executor(), settings, [this](http::Request r) {
            return accept(std::move(r));
        });
        if (!server) throw std::runtime_error(server.error().detail);
        server_ = std::move(*server);
    }

    asio::awaitable<void> run() {
        tasks_.spawn("commands", commands_.run());
        for (auto& reader : readers_) tasks_.spawn("reader", reader->run());
        (void)co_await commands_.wait_available(5s);
        (void)co_await commands_.command(
            command_of("XGROUP", "CREATE", "bench:bare", "bare", "0", "MKSTREAM")
        );
        for (auto& reader : readers_) tasks_.spawn("worker", work(*reader));
        server_->start();
        fmt::print("{}\n", server_->port());
        std::fflush(stdout);
    }

private:
    static redis::ConnectionSettings redis_settings(const Instance& instance) {
        redis::ConnectionSettings settings;
        settings.unix_socket = instance.redis_socket();
        return settings;
    }

    asio::awaitable<http::Response> accept(http::Request request) {
        const std::string number = fmt::format("BENCH{:016}", ++serial_);
        const auto added = co_await commands_.command(
            command_of("XADD", "bench:bare", "*", "ticket", number, "payload", request.body)
        );
        if (!added || added->is_error()) {
            co_return http::problem(request, ErrorCode::store_unavailable);
        }
        co_return http::json("{\"ticket_no\":\"" + number + "\"}", 202);
    }

    asio::awaitable<void> work(redis::Connection& reader) {
        const std::string consumer = std::to_string(++consumers_);
        for (;;) {
            redis::Command take = command_of("XREADGROUP", "GROUP", "bare", consumer, "COUNT");
            take.insert(
                take.end(),
                {std::to_string(batch_size), "BLOCK", "500", "STREAMS", "bench:bare", ">"}
            );
            auto reply = co_await reader.command(std::move(take), 2s);
            if (!reply || !reply->is_array()) continue;
            co_await keep(appeals_of(*reply));
        }
    }

    static std::vector<Appeal> appeals_of(redis::Reply& reply) {
        std::vector<Appeal> appeals;
        for (redis::Reply& entry : reply.elements.at(0).elements.at(1).elements) {
            auto& fields = entry.elements.at(1).elements;
            Appeal appeal;
            appeal.stream_id = std::move(entry.elements.at(0).text);
            appeal.number = std::move(fields.at(1).text);
            appeal.serial = std::stoull(appeal.number.substr(5));
            appeal.body = std::move(fields.at(3).text);
            appeals.push_back(std::move(appeal));
        }
        return appeals;
    }

    asio::awaitable<void> keep(std::vector<Appeal> appeals) {
        const auto done =
            co_await pool_.transact([&](mysql::Connection& db) { return write(db, appeals); });
        if (!done) throw std::runtime_error("bare pipe: " + done.error().detail);
        redis::Command ack = command_of("XACK", "bench:bare", "bare");
        redis::Command del = command_of("XDEL", "bench:bare");
        for (const Appeal& appeal : appeals) {
            ack.push_back(appeal.stream_id);
            del.push_back(appeal.stream_id);
        }
        std::vector<redis::Command> both;
        both.push_back(std::move(ack));
        both.push_back(std::move(del));
        (void)co_await commands_.pipeline(std::move(both));
    }

    TaskGroup tasks_;
    redis::Connection commands_;
    std::vector<std::unique_ptr<redis::Connection>> readers_;
    mysql::Pool pool_;
    std::unique_ptr<http::Server> server_;
    std::uint64_t serial_ = 0;
    int consumers_ = 0;
};

}  // namespace
}  // namespace hotline::bench

int main() {
    using namespace hotline;
    mysql::Connection::initialise_library();
    const auto instance = bench::Instance::from_environment();
    boost::asio::io_context io{1};
    bench::BarePipe pipe(io, instance);
    boost::asio::co_spawn(io, pipe.run(), boost::asio::detached);
    // The benchmark closes our input when it is done; nothing here is worth an orderly end.
    std::thread([] {
        char byte = 0;
        while (::read(STDIN_FILENO, &byte, 1) > 0) continue;
        ::_exit(0);
    }).detach();
    io.run();
}
