#pragma once

#include "integrations/mysql/settings.hpp"
#include "tests/support/child_process.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hotline::test {

// A MariaDB of the test process alone, in a folder of its own, reached by unix socket only. Durable
// as in production (innodb_flush_log_at_trx_commit=1), so kill -9 tests mean something.
class PrivateMariadb {
public:
    PrivateMariadb();  // starts and waits until it answers; throws when it does not
    ~PrivateMariadb();

    // As root, without a schema; for connections of the test's own.
    mysql::Settings settings() const;
    // A new empty schema each time. Unit of isolation of a test case.
    mysql::Settings new_schema();
    // The same with all migrations applied.
    mysql::Settings migrated_schema();

    const std::filesystem::path& socket() const { return socket_; }
    void start();
    void stop();
    void crash();   // kill -9
    void freeze();  // SIGSTOP: accepts connections, never answers
    void thaw();
    void restart() { crash(), start(); }

private:
    TemporaryFolder folder_;
    std::filesystem::path socket_;
    ChildProcess process_;
    unsigned schemas_ = 0;
};

// A Redis of the test process alone: appendonly, fsync always, noeviction, as the server demands.
// On a unix socket and on a free port of 127.0.0.1.
class PrivateRedis {
public:
    PrivateRedis();
    ~PrivateRedis();

    const std::filesystem::path& socket() const { return socket_; }
    std::uint16_t port() const { return port_; }
    void start();
    void stop();
    void crash();
    void freeze();
    void thaw();
    void restart() { crash(), start(); }

private:
    TemporaryFolder folder_;
    std::filesystem::path socket_;
    std::uint16_t port_;
    ChildProcess process_;
};

// One of each per test process, started at first use, stopped at exit. Call from the main thread: a
// child dies with the thread that started it. A test that crashes one must bring it back, or take
// an instance of its own.
PrivateMariadb& mariadb();
PrivateRedis& redis();

// Free at the moment of asking.
std::uint16_t free_port();

}  // namespace hotline::test
