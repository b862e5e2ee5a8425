// `./hotline bench search [TICKETS]`: the first page of a search, over HTTP, at a million tickets:
// rare, common and several words, numbers and initials, with filters and without, for somebody who
// sees all and somebody who sees his unit's. Exit code 1 when a hundredth takes longer than
// promised.
#include "tests/bench/instance.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/search_fill.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/tables.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double promised_ms = 100;
constexpr int times = 50;

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

class Measure {
public:
    Measure(const Instance& instance, Session session, std::string who)
        : instance_(instance), session_(std::move(session)), who_(std::move(who)) {}

    void tickets(std::string_view typed, std::string_view filters = {}) {
        ask_often(fmt::format("/api/v1/tickets?q={}{}", encoded(typed), filters), typed, filters);
    }
    void enterprises(std::string_view typed) {
        ask_often("/api/v1/enterprises?q=" + encoded(typed), typed, " (enterprises)");
    }
    double worst() const { return worst_; }

private:
    void ask_often(const std::string& target, std::string_view typed, std::string_view filters) {
        std::vector<double> took;
        std::size_t lines = 0;
        for (int i = 0; i < times; ++i) {
            const auto start = Clock::now();
            const auto answer = ask(instance_.port(), "GET", target, session_.headers);
            took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
            lines = json_values(answer, "accepted_at").size() + json_values(answer, "uscc").size();
        }
        const double p99 = percentile(took, 0.99);
        worst_ = std::max(worst_, p99);
        fmt::print(
            "{:<11} p50 {:>6.1f} ms  p99 {:>6.1f} ms  {:>3} lines  {}{}\n",
            who_,
            percentile(took, 0.5),
            p99,
            lines,
            typed,
            filters
        );
        std::fflush(stdout);
    }

    const Instance& instance_;
    Session session_;
    std::string who_;
    double worst_ = 0;
};

double megabytes(const Instance& instance, const std::string& table) {
    return static_cast<double>(count(
               instance,
               "SELECT data_length+index_length FROM information_schema.tables "
               "WHERE table_schema=DATABASE() AND table_name='" +
                   table + "'"
           )) /
           1e6;
}

std::string day(int back) {
    const auto at = std::chrono::system_clock::now() - std::chrono::hours{24} * back;
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
    return fmt::format(
        "{}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

int run(std::uint64_t tickets) {
    const Instance instance = Instance::from_environment();
    const auto began = Clock::now();
    fill_search(instance, {.tickets = tickets});
    fmt::print(
        "{} tickets in {:.0f} s\n",
        tickets,
        std::chrono::duration<double>(Clock::now() - began).count()
    );
    for (const char* table :
         {"ticket", "search_posting", "search_span", "person_key", "enterprise_initials"}) {
        fmt::print("{:>8.0f} MB {}\n", megabytes(instance, table), table);
    }
    const std::string week = "&from=" + day(187) + "&to=" + day(180);
    const std::string narrow = "&state=handling&division=610526&type=help" + week;
    const std::string unit = "&unit_id=" + column(instance, "SELECT MAX(id) FROM unit").at(0);
    Measure all(instance, log_in(instance.port(), instance.account("dispatcher")), "dispatcher");
    const std::string rare(rare_word);
    for (const std::string& typed :
         {rare,
          std::string("停电"),
          std::string("我们是"),
          std::string("变压器 大荔县"),
          std::string("停电 变压器 留抵退税"),
          std::string("没有这几个字"),
          std::string("电")}) {
        all.tickets(typed);
        for (const std::string& filters :
             {std::string("&state=open"),
              std::string("&division=610526&type=help"),
              week,
              unit,
              narrow,
              std::string("&sort=due&state=open")}) {
            all.tickets(typed, filters);
        }
    }
    all.tickets(phone_of(42));
    all.tickets(phone_of(42) + " 停电");
    const auto initials =
        column(instance, "SELECT initials FROM enterprise_initials ORDER BY enterprise_id LIMIT 1");
    for (const std::size_t letters : {1, 2, 4, 8}) {
        all.enterprises(initials.at(0).substr(0, letters));
    }
    Measure own(instance, log_in(instance.port(), instance.account("unit_clerk")), "unit clerk");
    for (const std::string& typed : {rare, std::string("停电"), std::string("变压器 大荔县")}) {
        own.tickets(typed);
        own.tickets(typed, week);
    }
    const ProcessMeter meter(instance);
    fmt::print(
        "memory: server {:.0f} MB, MariaDB {:.0f} MB\n",
        meter.rss_mb("server"),
        meter.rss_mb("mariadb")
    );
    const double worst = std::max(all.worst(), own.worst());
    fmt::print("promised: p99 < {} ms: {}\n", promised_ms, worst < promised_ms ? "met" : "NOT MET");
    return worst < promised_ms ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    const hotline::mysql::ThreadScope thread;
    try {
        return hotline::bench::run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench search: {}\n", error.what());
        return 2;
    }
}
