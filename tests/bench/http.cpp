// `./hotline bench http [SECONDS] [OPERATION]`: what people do all day, at 10 000 tickets, logged
// in, with permissions applied: throughput, latency and processor time of all processes per
// operation, beside three products measured on a machine of the same size. Exit code 1 when an
// operation fails or is not as much cheaper as promised.
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/instance.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/tables.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>
#include <thread>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t tickets_wanted = 10'000;

// CPU ms per operation of all processes, 10 000 tickets, MariaDB with a flush per commit, two
// cores: Request Tracker 5.0.3, Redmine 5.0.4, osTicket 1.18.1.
struct Peers {
    double request_tracker;
    double redmine;
    double osticket;

    double best() const { return std::min({request_tracker, redmine, osticket}); }
};

struct Operation {
    std::string name;
    Peers peers;
    double times_cheaper;  // than the best of them: the promise
    NextRequest next;
    OnAnswer answered;
};

struct Measured {
    LoadResult load;
    double cpu_ms = 0;
    std::uint64_t failed = 0;
};

Measured measure(
    const Operation& operation,
    std::uint16_t port,
    std::size_t clients,
    std::chrono::seconds duration,
    ProcessMeter& meter
) {
    Measured measured;
    meter.reset();
    measured.load = run_load({port, clients, duration}, operation.next, [&](const Answer& answer) {
        if (answer.status < 200 || answer.status > 299) {
            if (measured.failed++ == 0) {
                fmt::print("  {}: {} {}\n", operation.name, answer.status, answer.body);
            }
        }
        if (operation.answered) operation.answered(answer);
    });
    const double answers = static_cast<double>(std::max<std::uint64_t>(measured.load.answers, 1));
    measured.cpu_ms = meter.cpu_seconds_of_all() * 1000 / answers;
    measured.failed += measured.load.broken + measured.load.unanswered;
    return measured;
}

// Work that a request leaves behind (figures, search text, notices) is done before the next is
// measured.
void settle(const Instance& instance) {
    for (int tries = 0; tries < 600; ++tries) {
        const auto left = count(
            instance,
            "SELECT (SELECT COUNT(*) FROM derive_todo)+(SELECT COUNT(*) FROM search_todo)+"
            "(SELECT COUNT(*) FROM outbox)"
        );
        if (left == 0) return;
        std::this_thread::sleep_for(100ms);
    }
    fmt::print("  work tables are not empty after a minute\n");
}

void fill(const Instance& instance) {
    std::uint64_t there = count(instance, "SELECT COUNT(*) FROM ticket");
    std::uint64_t serial = 1'000'000;
    while (there < tickets_wanted) {
        std::uint64_t left = tickets_wanted - there;
        run_load(
            {instance.port(), 32, 60s},
            [&](std::size_t, std::string& out) {
                if (left == 0) return;
                --left;
                const std::string headers = fmt::format(
                    "Prefer: respond-async\r\nIdempotency-Key: fill-{}-{}\r\n", ::getpid(), ++serial
                );
                write_request(out, "POST", "/api/v1/appeals", headers, appeal_body(serial));
            },
            [](const Answer&) {}
        );
        std::this_thread::sleep_for(2s);
        there = count(instance, "SELECT COUNT(*) FROM ticket");
    }
    settle(instance);
}

// Reading needs only a session and a target that varies.
Operation reading(
    std::string name,
    Peers peers,
    const Session& session,
    std::function<std::string(std::uint64_t)> target
) {
    auto serial = std::make_shared<std::uint64_t>(0);
    return {
        std::move(name),
        peers,
        20,
        [headers = session.headers, target = std::move(target), serial](
            std::size_t, std::string& out
        ) { write_request(out, "GET", target(++*serial), headers); },
        {}
    };
}

Operation creating(const Session& agent) {
    auto serial = std::make_shared<std::uint64_t>(2'000'000);
    return {
        "create",
        {180, 55, 38},
        100,
        [headers = agent.headers, serial](std::size_t, std::string& out) {
            const std::uint64_t n = ++*serial;
            const std::string key = fmt::format("Idempotency-Key: create-{}-{}\r\n", ::getpid(), n);
            write_request(out, "POST", "/api/v1/tickets", headers + key, ticket_body(n));
        },
        {}
    };
}

// A unit's leader gives tickets of his unit to one official and then to another. Each connection
// is a leader of its own with the tickets of his unit, one after the other, whose versions it
// learns from the answers.
struct Desk {
    struct Case {
        std::string ticket_no;
        std::string etag;
        std::size_t next = 0;  // of the officials: never the one who has it
    };
    std::string headers;
    std::vector<std::string> officials;
    std::vector<Case> cases;
    std::uint64_t acts = 0;

    Case& at_hand() { return cases[acts % cases.size()]; }
};

std::vector<std::string> officials_of(const Instance& instance, const std::string& unit) {
    return column(
        instance,
        "SELECT id FROM official WHERE active=1 AND unit_id=" + unit +
            " AND id NOT IN (SELECT official_id FROM official_leave WHERE active=1)"
    );
}

std::vector<Desk::Case> cases_of(
    const Instance& instance, const std::string& unit, const std::vector<std::string>& officials
) {
    const auto rows = column(
        instance,
        "SELECT CONCAT_WS(' ',number,version,COALESCE(official_id,0)) FROM ticket WHERE "
        "state IN (3,4) AND lead_unit_id=" +
            unit + " ORDER BY id"
    );
    std::vector<Desk::Case> cases;
    for (const std::string& line : rows) {
        std::istringstream row(line);
        std::string number;
        std::string version;
        std::string holder;
        row >> number >> version >> holder;
        const auto at = std::ranges::find(officials, holder) - officials.begin();
        const auto next = static_cast<std::size_t>(at + 1) % officials.size();
        cases.push_back({number, '"' + version + '"', next});
    }
    return cases;
}

// A leader for the unit, with the password of one that is there.
Session leader_of(const Instance& instance, const std::string& unit) {
    DemoAccount model = instance.account("unit_leader");
    const std::string login = "bench-leader-" + unit;
    execute(
        instance,
        "INSERT IGNORE INTO account (login,name,role,unit_id,division,password,password_at) "
        "SELECT '" +
            login + "',name,role," + unit +
            ",division,password,password_at FROM account WHERE login='" + model.login + "'"
    );
    model.login = login;
    return log_in(instance.port(), model);
}

// The units with the most to do: the more tickets go round, the fewer acts stand in the log of
// each, as in life, where a ticket changes hands once or twice.
std::vector<Desk> all_desks(const Instance& instance, std::size_t connections) {
    const auto units = column(
        instance,
        "SELECT lead_unit_id FROM ticket WHERE state IN (3,4) GROUP BY lead_unit_id "
        "ORDER BY COUNT(*) DESC, 1"
    );
    std::vector<Desk> desks;
    for (const std::string& unit : units) {
        if (desks.size() == connections) return desks;
        Desk desk{.officials = officials_of(instance, unit)};
        if (desk.officials.size() < 2) continue;
        desk.headers = leader_of(instance, unit).headers;
        desk.cases = cases_of(instance, unit, desk.officials);
        desks.push_back(std::move(desk));
    }
    throw std::runtime_error("too few tickets to assign");
}

Operation assigning(const Instance& instance, std::size_t connections) {
    auto desks = std::make_shared<std::vector<Desk>>(all_desks(instance, connections));
    return {
        "assign",
        {69, 82, 11},
        20,
        [desks](std::size_t i, std::string& out) {
            Desk& desk = (*desks)[i];
            const std::uint64_t n = ++desk.acts;
            Desk::Case& ticket = desk.at_hand();
            const std::string& official = desk.officials[ticket.next];
            ticket.next = (ticket.next + 1) % desk.officials.size();
            const std::string headers = fmt::format(
                "{}If-Match: {}\r\nIdempotency-Key: assign-{}-{}-{}\r\n",
                desk.headers,
                ticket.etag,
                ::getpid(),
                i,
                n
            );
            write_request(
                out,
                "POST",
                "/api/v1/tickets/" + ticket.ticket_no + "/actions/reassign",
                headers,
                fmt::format(R"({{"official_id":{},"reason":"轮换"}})", official)
            );
        },
        [desks](const Answer& answer) {
            (*desks)[answer.connection].at_hand().etag = std::string(answer.header("etag"));
        }
    };
}

// All of them, or the one named.
std::vector<Operation> operations(const Instance& instance, std::string_view only) {
    const std::uint16_t port = instance.port();
    const Session dispatcher = log_in(port, instance.account("dispatcher"));
    const Session manager = log_in(port, instance.account("manager"));
    const Session agent = log_in(port, instance.account("agent"));
    auto numbers = std::make_shared<std::vector<std::string>>(
        column(instance, "SELECT number FROM ticket ORDER BY RAND(1) LIMIT 5000")
    );
    std::vector<Operation> all;
    all.push_back(creating(agent));
    all.push_back(reading("read one", {23.5, 21.7, 34}, dispatcher, [numbers](std::uint64_t n) {
        return "/api/v1/tickets/" + (*numbers)[n % numbers->size()];
    }));
    all.push_back(reading("list of 50", {37, 113, 244}, dispatcher, [](std::uint64_t) {
        return std::string("/api/v1/tickets?limit=50&state=open");
    }));
    all.push_back(reading("search", {28, 113, 183}, dispatcher, [](std::uint64_t n) {
        return "/api/v1/tickets?limit=50&q=" + percent_encoded(word_to_search(n));
    }));
    if (only.empty() || only == "assign") all.push_back(assigning(instance, 32));
    all.push_back(reading("report", {84, 164, 89}, manager, [](std::uint64_t) {
        return std::string("/api/v1/kpi?group_by=division");
    }));
    if (!only.empty()) std::erase_if(all, [&](const Operation& one) { return one.name != only; });
    if (all.empty()) throw std::runtime_error("there is no operation " + std::string(only));
    return all;
}

bool run_operation(
    const Instance& instance,
    const Operation& operation,
    std::chrono::seconds duration,
    ProcessMeter& meter
) {
    double cheapest = 0;
    std::uint64_t failed = 0;
    for (const std::size_t clients : {1U, 8U, 32U}) {
        const Measured measured = measure(operation, instance.port(), clients, duration, meter);
        failed += measured.failed;
        fmt::print(
            "{:<12} {:>7} {:>9.0f} {:>8.1f} {:>8.1f} {:>8.3f}\n",
            clients == 1 ? operation.name : "",
            clients,
            measured.load.per_second(),
            measured.load.percentile_ms(0.5),
            measured.load.percentile_ms(0.99),
            measured.cpu_ms
        );
        std::fflush(stdout);
        if (clients == 8) cheapest = measured.cpu_ms;
        settle(instance);
    }
    const double times = operation.peers.best() / cheapest;
    const bool met = times >= operation.times_cheaper && failed == 0;
    fmt::print(
        "{:<12} Request Tracker {:.1f} ms, Redmine {:.1f} ms, osTicket {:.1f} ms: {:.0f} times "
        "cheaper than the "
        "best with 8 clients (promised {:.0f}), {} failed: {}\n\n",
        "",
        operation.peers.request_tracker,
        operation.peers.redmine,
        operation.peers.osticket,
        times,
        operation.times_cheaper,
        failed,
        met ? "met" : "NOT MET"
    );
    return met;
}

// Every operation, or the one named.
int run(std::chrono::seconds duration, std::string_view only) {
    const Instance instance = Instance::from_environment();
    fill(instance);
    ProcessMeter meter(instance);
    fmt::print("{} tickets\n", count(instance, "SELECT COUNT(*) FROM ticket"));
    fmt::print(
        "{:<12} {:>7} {:>9} {:>8} {:>8} {:>8}\n",
        "operation",
        "clients",
        "per s",
        "p50 ms",
        "p99 ms",
        "CPU ms"
    );
    bool good = true;
    for (const Operation& operation : operations(instance, only)) {
        good = run_operation(instance, operation, duration, meter) && good;
    }
    fmt::print("server memory {:.0f} MB\n", meter.rss_mb("server"));
    return good ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    try {
        const std::chrono::seconds duration(argc > 1 ? std::atoi(argv[1]) : 5);
        return hotline::bench::run(duration, argc > 2 ? argv[2] : "");
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench http: {}\n", error.what());
        return 2;
    }
}
