#pragma once

#include "integrations/mysql/settings.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hotline::bench {

struct DemoAccount {
    std::string login;
    std::string password;
    std::string role;
};

// The running instance a benchmark was given: a folder as `hotline` lays it out, found by
// BENCH_CONFIG and BENCH_URL. Throws std::runtime_error with a sentence when something is missing.
class Instance {
public:
    static Instance from_environment();

    std::uint16_t port() const { return port_; }
    std::filesystem::path redis_socket() const { return folder_ / "run" / "redis.sock"; }
    // As the owner of the tables, who may lay out tables of the benchmark's own.
    mysql::Settings owner() const;
    std::filesystem::path secret(const std::string& name) const {
        return folder_ / "secrets" / name;
    }
    mysql::Settings root() const;                     // without a schema
    pid_t process(const std::string& service) const;  // server, redis, mariadb
    // The first account of the role.
    DemoAccount account(const std::string& role) const;

private:
    std::vector<DemoAccount> accounts() const;

    std::filesystem::path folder_;
    std::uint16_t port_ = 0;
};

// What the processes of an instance have used since the meter was made or reset.
class ProcessMeter {
public:
    explicit ProcessMeter(const Instance& instance);
    void reset();
    std::map<std::string, double> cpu_seconds() const;
    double cpu_seconds_of_all() const;
    // The most the process ever held, in MB.
    double peak_rss_mb(const std::string& service) const;
    double rss_mb(const std::string& service) const;

private:
    std::map<std::string, pid_t> processes_;
    std::map<std::string, double> began_;
};

// Processor seconds (user and system) of a process so far.
double cpu_seconds_of(pid_t process);

}  // namespace hotline::bench
