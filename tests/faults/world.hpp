#pragma once

#include "integrations/mysql/connection.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/private_stores.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hotline::test {

// A whole hotline of processes of its own: MariaDB, Redis, hotline-server, migrated and seeded.
// What is killed is brought back by the test, from the main thread, as its supervisor would.
class World {
public:
    // `overrides`: HOTLINE_SECTION_KEY=value for the server.
    explicit World(std::vector<std::string> overrides = {});
    ~World();

    std::uint16_t port() const { return port_; }
    PrivateMariadb& mariadb() { return mariadb_; }
    PrivateRedis& redis() { return redis_; }

    void start_server();   // and waits until it is ready; throws with the log's last words when not
    void launch_server();  // without waiting
    bool server_running() { return server_.running(); }
    void kill_server();  // SIGKILL
    void stop_server();  // SIGTERM, and waits
    // Exit status of hotline-server with these arguments, as from waitpid.
    int run(const std::vector<std::string>& arguments);

    // What Redis answers to one inline command, first line only.
    std::string redis_says(const std::string& command) const;
    // The queue is empty: what was accepted is in MySQL.
    bool settled() const { return redis_says("XLEN intake") == ":0"; }
    // The first column of every row, read past the server.
    std::vector<std::string> column(const std::string& sql) const;
    void execute(const std::string& sql) const;
    std::string log_tail() const;
    std::filesystem::path accounts_file() const { return folder_.path() / "accounts.txt"; }
    double server_rss_mb() const;

private:
    std::vector<std::string> command(const std::vector<std::string>& arguments) const;
    void write_config() const;
    bool ready() const;

    TemporaryFolder folder_;
    PrivateMariadb mariadb_;
    PrivateRedis redis_;
    std::uint16_t port_;
    std::vector<std::string> overrides_;
    mysql::Settings database_;
    ChildProcess server_;
};

// How many times each fault is tried: HOTLINE_FAULT_ROUNDS, or a few.
int fault_rounds();

}  // namespace hotline::test
