#include "tests/bench/instance.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hotline::bench {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        throw std::runtime_error(
            std::string(name) + " is not set: run this by way of `./hotline bench`"
        );
    }
    return value;
}

std::string first_line(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error("cannot read " + file.string());
    return line;
}

// A "Name:  123 kB" line of /proc/PID/status, in MB.
double status_mb(pid_t process, const std::string& name) {
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name)) return std::stod(line.substr(name.size() + 1)) / 1024;
    }
    return 0;
}

}  // namespace

Instance Instance::from_environment() {
    Instance instance;
    instance.folder_ = std::filesystem::path(variable("BENCH_CONFIG")).parent_path();
    const std::string url = variable("BENCH_URL");
    instance.port_ = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    return instance;
}

mysql::Settings Instance::owner() const {
    mysql::Settings settings;
    settings.socket = folder_ / "run" / "mariadb.sock";
    settings.user = "hotline_owner";
    settings.password = first_line(folder_ / "secrets" / "mysql_owner_password");
    settings.schema = "hotline";
    return settings;
}

mysql::Settings Instance::root() const {
    mysql::Settings settings = owner();
    settings.user = "root";
    settings.password = first_line(folder_ / "secrets" / "mysql_root_password");
    settings.schema.clear();
    return settings;
}

pid_t Instance::process(const std::string& service) const {
    return std::stoi(first_line(folder_ / "run" / (service + ".pid")));
}

std::vector<DemoAccount> Instance::accounts() const {
    std::ifstream in(folder_ / "secrets" / "demo-accounts.txt");
    std::vector<DemoAccount> all;
    for (std::string line; std::getline(in, line);) {
        std::istringstream columns(line);
        DemoAccount account;
        std::getline(columns, account.login, '\t');
        std::getline(columns, account.password, '\t');
        std::getline(columns, account.role, '\t');
        all.push_back(std::move(account));
    }
    return all;
}

DemoAccount Instance::account(const std::string& role) const {
    for (DemoAccount& account : accounts()) {
        if (account.role == role) return std::move(account);
    }
    throw std::runtime_error("there is no demonstration account of role " + role);
}

double cpu_seconds_of(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(in, text);
    // The second field is the name in parentheses and may hold spaces.
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

ProcessMeter::ProcessMeter(const Instance& instance) {
    for (const char* service : {"server", "redis", "mariadb"}) {
        processes_[service] = instance.process(service);
    }
    reset();
}

void ProcessMeter::reset() {
    for (const auto& [service, process] : processes_) began_[service] = cpu_seconds_of(process);
}

std::map<std::string, double> ProcessMeter::cpu_seconds() const {
    std::map<std::string, double> used;
    for (const auto& [service, process] : processes_) {
        used[service] = cpu_seconds_of(process) - began_.at(service);
    }
    return used;
}

double ProcessMeter::cpu_seconds_of_all() const {
    double sum = 0;
    for (const auto& [service, seconds] : cpu_seconds()) sum += seconds;
    return sum;
}

double ProcessMeter::peak_rss_mb(const std::string& service) const {
    return status_mb(processes_.at(service), "VmHWM:");
}

double ProcessMeter::rss_mb(const std::string& service) const {
    return status_mb(processes_.at(service), "VmRSS:");
}

}  // namespace hotline::bench
