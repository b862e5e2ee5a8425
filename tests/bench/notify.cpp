// `./hotline bench notify [TICKETS]`: from an act to an open page and to the push service, a
// bulletin to everybody by three channels, and whether intake suffers. On stores of its own, with
// stand-ins of the foreign systems that answer at once.
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/page.hpp"
#include "tests/bench/percentile.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/verdict.hpp"
#include "tests/faults/told_world.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using test::ToldWorld;

constexpr double page_goal_ms = 200;
constexpr double push_goal_ms = 1000;
constexpr double bulletin_goal_s = 10;

double ms_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

DemoAccount demo_account(const ToldWorld& told, const std::string& role) {
    std::ifstream in(told.world.accounts_file());
    for (std::string line; std::getline(in, line);) {
        std::istringstream columns(line);
        DemoAccount account;
        std::getline(columns, account.login, '\t');
        std::getline(columns, account.password, '\t');
        std::getline(columns, account.role, '\t');
        if (account.role == role) return account;
    }
    throw std::runtime_error("no demonstration account for " + role);
}

// A clerk and two officials of his unit, one of whom has a page open; a ticket goes to and fro.
struct Unit {
    Session clerk;
    Session official;
    std::string watched;  // official and account
    std::string watched_account;
    std::string other;
    std::string ticket_no;
};

Unit lay_down_unit(ToldWorld& told) {
    const std::uint16_t port = told.world.port();
    Unit unit;
    const auto clerk = demo_account(told, "unit_clerk");
    const auto worker = demo_account(told, "official");
    const std::string its =
        told.world.column("SELECT unit_id FROM account WHERE login='" + clerk.login + "'").at(0);
    const auto officials = told.world.column(
        "SELECT id FROM official WHERE active=1 AND unit_id=" + its + " ORDER BY id LIMIT 2"
    );
    if (officials.size() < 2) throw std::runtime_error("the clerk's unit has no two officials");
    unit.watched = officials[0];
    unit.other = officials[1];
    told.world.execute(
        "UPDATE account a JOIN account w ON w.login='" + worker.login +
        "' SET a.password=w.password WHERE a.official_id=" + unit.watched
    );
    const std::string login =
        told.world.column("SELECT login FROM account WHERE official_id=" + unit.watched).at(0);
    unit.watched_account =
        told.world.column("SELECT id FROM account WHERE official_id=" + unit.watched).at(0);
    unit.clerk = log_in(port, clerk);
    unit.official = log_in(port, {login, worker.password, "official"});
    const std::string body = appeal_body(1);
    const auto answer =
        ask(port, "POST", "/api/v1/appeals", "Idempotency-Key: bench-notify-ticket\r\n", body);
    unit.ticket_no = json_values(answer, "ticket_no").at(0);
    while (told.count("SELECT COUNT(*) FROM ticket WHERE number='" + unit.ticket_no + "'") == 0) {
        std::this_thread::sleep_for(50ms);
    }
    told.world.execute(
        "UPDATE ticket SET state=4, lead_unit_id=" + its + ", official_id=" + unit.other +
        ", complained_unit_id=NULL WHERE number='" + unit.ticket_no + "'"
    );
    return unit;
}

void reassign(ToldWorld& told, const Unit& unit, const std::string& to) {
    const std::string version =
        told.world.column("SELECT version FROM ticket WHERE number='" + unit.ticket_no + "'").at(0);
    static int n = 0;
    ask(told.world.port(),
        "POST",
        "/api/v1/tickets/" + unit.ticket_no + "/actions/reassign",
        unit.clerk.headers + "If-Match: \"" + version + "\"\r\nIdempotency-Key: reassign-" +
            std::to_string(++n) + "-" + std::to_string(::getpid()) + "\r\n",
        R"({"official_id":)" + to + "}");
}

struct Ways {
    std::vector<double> page_ms;
    std::vector<double> push_ms;
};

Ways measure_ways(ToldWorld& told, const Unit& unit, int times) {
    const std::uint16_t port = told.world.port();
    const auto ticket = json_values(
        ask(port, "POST", "/api/v1/live/ticket", unit.official.headers, "{}"), "ticket"
    );
    Page page(port, ticket.at(0));
    const std::string& endpoint = told.endpoints.at(unit.watched_account);
    Ways ways;
    for (int i = 0; i < times; ++i) {
        const std::size_t before = told.push.pushed_to(endpoint).size();
        const auto began = Clock::now();
        reassign(told, unit, unit.watched);
        for (;;) {
            const auto frame = page.next(5s);
            if (!frame) throw std::runtime_error("the page heard nothing");
            if (frame->find("reassigned_to_you") != frame->npos) break;
        }
        ways.page_ms.push_back(ms_since(began));
        while (told.push.pushed_to(endpoint).size() == before && ms_since(began) < 10'000) {
            std::this_thread::sleep_for(1ms);
        }
        ways.push_ms.push_back(ms_since(began));
        reassign(told, unit, unit.other);
        while (page.next(200ms)) {
        }
    }
    return ways;
}

void show_bar(std::size_t done, std::size_t all, double seconds) {
    const std::size_t width = 40;
    const std::size_t full = all == 0 ? width : done * width / all;
    fmt::print(
        "\r  [{:=<{}}{:<{}}] {}/{}  {:.1f} s", "", full, "", width - full, done, all, seconds
    );
    std::fflush(stdout);
}

// Seconds until everybody was handed to all three channels.
double send_bulletin(ToldWorld& told, const Session& supervisor) {
    const auto answer =
        ask(told.world.port(),
            "POST",
            "/api/v1/bulletins",
            supervisor.headers,
            R"({"title":"停机通知","body":"今晚维护一小时。"})");
    const std::string id = json_values(answer, "id").at(0);
    const std::size_t all = std::stoull(json_values(answer, "receivers").at(0)) * 3;
    const auto began = Clock::now();
    std::size_t sent = 0;
    while (sent < all && ms_since(began) < 120'000) {
        std::this_thread::sleep_for(200ms);
        const auto progress =
            ask(told.world.port(), "GET", "/api/v1/bulletins/" + id, supervisor.headers);
        const auto channels = json_values(progress, "channel");
        const auto taken = json_values(progress, "sent");
        sent = 0;
        for (std::size_t i = 0; i < channels.size(); ++i) {
            if (channels[i] != "live") sent += std::stoull(taken.at(i));
        }
        show_bar(sent, all, ms_since(began) / 1000);
    }
    fmt::print("\n");
    return ms_since(began) / 1000;
}

// The time until an appeal is committed, at a pace that leaves the machine air.
double intake_p99(ToldWorld& told, std::chrono::seconds duration, int run) {
    std::uint64_t n = 0;
    const auto load = run_load(
        {told.world.port(), 1, duration},
        [&](std::size_t, std::string& out) {
            const std::string key = fmt::format("Idempotency-Key: paced-{}-{}\r\n", run, ++n);
            const std::uint64_t serial = 10'000'000ULL * static_cast<unsigned>(run) + n;
            write_request(out, "POST", "/api/v1/appeals", key, appeal_body(serial));
            std::this_thread::sleep_for(5ms);
        },
        [](const Answer&) {}
    );
    return load.percentile_ms(0.99);
}

int run(int times) {
    ToldWorld told;
    told.world.start_server();
    const Unit unit = lay_down_unit(told);
    const Session supervisor = log_in(told.world.port(), demo_account(told, "supervisor"));
    Verdict verdict;
    const auto ways = measure_ways(told, unit, times);
    const double page = percentile(ways.page_ms, 0.99);
    const double push = percentile(ways.push_ms, 0.99);
    verdict.say("act to open page, p99 ms", page, "< 200", page < page_goal_ms, false);
    verdict.say("act to push service, p99 ms", push, "< 1000", push < push_goal_ms, false);
    const double alone = intake_p99(told, 8s, 1);
    double seconds = 0;
    std::jthread bulletin([&] { seconds = send_bulletin(told, supervisor); });
    const double beside = intake_p99(told, 8s, 2);
    bulletin.join();
    verdict.say(
        "intake beside a bulletin, p99 ms",
        beside,
        fmt::format("{:.1f} without", alone),
        beside < alone * 2 + 20,
        false
    );
    const double quiet = send_bulletin(told, supervisor);
    verdict.say("bulletin beside intake, s", seconds, "told", true, false);
    verdict.say(
        "bulletin to all officials by three channels, s",
        quiet,
        "< 10",
        quiet < bulletin_goal_s,
        false
    );
    told.world.stop_server();
    return verdict.good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    try {
        return hotline::bench::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 100);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
