// What `./hotline bench screens` looks at: `fill_screens [TICKETS] [OPEN]` lays down a million
// archived tickets of the last year with their words, facts and sums, as many calls, and beside
// them the open tickets of a city at work with clocks and logs.
#include "integrations/mysql/derive_store.hpp"
#include "server/now.hpp"
#include "sla/counted_months.hpp"
#include "sla/rollup_cut.hpp"
#include "tests/bench/instance.hpp"
#include "tests/bench/invented_life.hpp"
#include "tests/bench/search_fill.hpp"
#include "tests/bench/session.hpp"
#include "tests/bench/sla_tickets.hpp"
#include "tests/bench/tables.hpp"
#include "ticketing/facts_text.hpp"

#include <fmt/core.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <utility>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Days are only read at the ends of a period, and no period of the board ends earlier.
constexpr std::chrono::days days_kept{92};

// What the derive worker makes of the logs, for tickets that have none.
class Ledger {
public:
    void take(mysql::Connection& db, std::span<const LaidTicket> tickets) {
        std::map<ticketing::TicketId, mysql::StoredFacts> stored;
        std::map<mysql::SourceKey, sla::MonthBits> sources;
        for (const LaidTicket& ticket : tickets) {
            const sla::TicketFacts facts = life_of(ticket);
            const auto made = sla::contributions(facts);
            sla::add_to(counters_, made);
            stored[{ticket.id}] = {1, true, ticketing::to_text(facts)};
            for (const auto& [month, bits] : sla::counted_months(made)) {
                sources[{month, {ticket.id}}] = bits;
            }
        }
        must(mysql::store_facts(db, stored));
        must(mysql::store_sources(db, sources));
        if (++batches_ % 8 == 0) store_sums(db);
    }

    void store_sums(mysql::Connection& db) {
        sla::Rollups sums;
        sla::add_to(sums, counters_);
        const auto first = sla::local_day(now()) - days_kept;
        std::erase_if(sums, [&](const auto& sum) {
            const auto cut = sum.first.cut;
            const bool by_case = cut == sla::Cut::official || cut == sla::Cut::matter;
            return by_case && sum.first.counter.day < first;
        });
        must(mysql::add_to_rollups(db, sums));
        counters_.clear();
    }

private:
    sla::TicketFacts life_of(const LaidTicket& ticket) {
        sla::TicketFacts facts;
        facts.accepted_at = ticket.accepted_at;
        facts.division = ticket.division;
        facts.channel = 1;
        facts.type = ticket.type;
        facts.topic = ticket.topic;
        return lives_.life(std::move(facts), ticket.unit, ticket.official);
    }

    InventedLives lives_{20261127};
    sla::DailyCounters counters_;
    std::size_t batches_ = 0;
};

// A call for every ticket, each of them answered, by ten agents in turn. Piece by piece: a
// statement has to end in time.
void lay_down_calls(const Instance& instance) {
    constexpr std::uint64_t piece = 50'000;
    const auto ids = column(instance, "SELECT id FROM ticket ORDER BY id");
    for (std::size_t first = 0; first < ids.size(); first += piece) {
        const auto last = std::min<std::size_t>(ids.size(), first + piece) - 1;
        execute(
            instance,
            "INSERT INTO phone_call (source, call_id, state, ani, dnis, queue, agent_user_id, "
            "enterprise_id, offered_at, ringing_at, answered_at, ended_at) "
            "SELECT 'bench', CONCAT('bench-', id), 8, appellant_phone, '12345', 'enterprise', "
            "1 + id MOD 10, enterprise_id, accepted_at, accepted_at, accepted_at, accepted_at "
            "FROM ticket WHERE id BETWEEN " +
                ids[first] + " AND " + ids[last] + " ORDER BY id"
        );
    }
}

bool answers(const Instance& instance) {
    try {
        ask(instance.port(), "GET", "/readyz");
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

// What a server reads when it starts it shall read with all this in place; its keeper starts it.
// Then whatever it derives, finds and fires has to be done.
void start_anew(const Instance& instance) {
    const pid_t before = instance.process("server");
    ::kill(before, SIGTERM);
    while (::kill(before, 0) == 0) std::this_thread::sleep_for(100ms);
    while (!answers(instance)) std::this_thread::sleep_for(100ms);
    int quiet = 0;
    while (quiet < 3) {
        std::this_thread::sleep_for(2s);
        const auto waiting = count(
            instance,
            "SELECT (SELECT COUNT(*) FROM derive_todo) + (SELECT COUNT(*) FROM search_todo) + "
            "(SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM notice_todo) + "
            "(SELECT COUNT(*) FROM ticket WHERE next_fire_at<UTC_TIMESTAMP(3))"
        );
        fmt::print(stderr, "  {} rows of work wait\n", waiting);
        quiet = waiting == 0 ? quiet + 1 : 0;
    }
}

void run(std::uint64_t tickets, std::uint64_t open) {
    const Instance instance = Instance::from_environment();
    const auto began = Clock::now();
    auto db = must(mysql::Connection::open(instance.owner()));
    lay_down_work(instance, *must(read_city(db, now())), open);
    Ledger ledger;
    const SearchFilling filling{
        .tickets = tickets,
        .open_percent = 0,
        .also = [&](mysql::Connection& at,
                    std::span<const LaidTicket> laid) { ledger.take(at, laid); }
    };
    fill_search(instance, filling);
    must(db.begin());
    ledger.store_sums(db);
    must(db.commit());
    lay_down_calls(instance);
    execute(instance, "ANALYZE TABLE ticket, rollup, kpi_source, ticket_facts, phone_call");
    fmt::print(
        "{} archived and {} open tickets, {} sums, {} calls in {:.0f} s\n",
        tickets,
        open,
        count(instance, "SELECT COUNT(*) FROM rollup"),
        count(instance, "SELECT COUNT(*) FROM phone_call"),
        std::chrono::duration<double>(Clock::now() - began).count()
    );
    std::fflush(stdout);
    start_anew(instance);
}

}  // namespace
}  // namespace hotline::bench

int main(int argc, char** argv) {
    hotline::mysql::Connection::initialise_library();
    const hotline::mysql::ThreadScope thread;
    try {
        hotline::bench::run(
            argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000,
            argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20'000
        );
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "fill_screens: {}\n", error.what());
        return 2;
    }
}
