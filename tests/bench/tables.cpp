#include "tests/bench/tables.hpp"

#include "integrations/mysql/ticket_store.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace hotline::bench {
namespace {

constexpr std::size_t batch_size = 256;
constexpr const char* tables[] = {
    "ticket",
    "ticket_facts",
    "ticket_route",
    "ticket_co_unit",
    "ticket_event",
    "outbox",
    "derive_todo",
};

mysql::Connection open(const mysql::Settings& settings) {
    return must(mysql::Connection::open(settings));
}

// Copies lie in a schema of their own, made by root's leave once per run and dropped after it.
mysql::Settings copies_of_tables(const Instance& instance) {
    mysql::Settings settings = instance.root();
    mysql::Connection db = open(settings);
    must(db.execute("DROP DATABASE IF EXISTS hotline_bench"));
    must(db.execute("CREATE DATABASE hotline_bench CHARACTER SET utf8mb4"));
    for (const std::string table : tables) {
        must(db.execute("CREATE TABLE hotline_bench." + table + " LIKE hotline." + table));
    }
    settings.schema = "hotline_bench";
    return settings;
}

// One batch of real tickets with their routes, clocks and events.
std::vector<mysql::NewTicket> pattern(const Instance& instance) {
    mysql::Connection db = open(instance.owner());
    const auto rows =
        must(db.query("SELECT number FROM ticket WHERE last_seq<=2 ORDER BY id DESC LIMIT 256"));
    std::vector<mysql::NewTicket> tickets;
    for (const auto row : rows) {
        auto stored = must(mysql::read_ticket(db, row.text(0)));
        mysql::NewTicket entry;
        entry.ticket = std::move(stored->ticket);
        entry.ticket.route_trace = must(mysql::read_route(db, entry.ticket.id));
        entry.events = must(mysql::read_events(db, entry.ticket.id));
        tickets.push_back(std::move(entry));
    }
    if (tickets.size() < batch_size) throw std::runtime_error("too few tickets to copy");
    return tickets;
}

void renumber(std::vector<mysql::NewTicket>& tickets, std::atomic<std::uint64_t>& serial) {
    for (mysql::NewTicket& entry : tickets) {
        const std::uint64_t id = ++serial;
        entry.ticket.id = {id};
        entry.ticket.number = "BENCH" + std::to_string(id);
        entry.idempotency_key = "bench-" + std::to_string(id);
        for (auto& event : entry.events) event.ticket = {id};
    }
}

}  // namespace

void execute(const Instance& instance, const std::string& sql) {
    const mysql::ThreadScope scope;
    must(open(instance.owner()).execute(sql));
}

std::uint64_t count(const Instance& instance, const std::string& sql) {
    const mysql::ThreadScope scope;
    return must(open(instance.owner()).query(sql)).front().unsigned_integer(0);
}

std::vector<std::string> column(const Instance& instance, const std::string& sql) {
    const mysql::ThreadScope scope;
    mysql::Connection db = open(instance.owner());
    std::vector<std::string> values;
    must(db.for_each(sql, {}, [&](const mysql::Row& row) {
        values.push_back(row.string(0));
        return true;
    }));
    return values;
}

double raw_inserts_per_second(const Instance& instance, int connections, double seconds) {
    const mysql::ThreadScope scope;
    const mysql::Settings settings = copies_of_tables(instance);
    const std::vector<mysql::NewTicket> tickets = pattern(instance);
    std::atomic<std::uint64_t> serial = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto end = start + std::chrono::duration<double>(seconds);
    std::vector<std::jthread> threads;
    for (int i = 0; i < connections; ++i) {
        threads.emplace_back([&] {
            const mysql::ThreadScope own;
            mysql::Connection db = open(settings);
            auto batch = tickets;
            while (std::chrono::steady_clock::now() < end) {
                renumber(batch, serial);
                must(db.begin());
                must(mysql::insert_tickets(db, batch));
                must(db.commit());
            }
        });
    }
    threads.clear();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    must(open(instance.root()).execute("DROP DATABASE hotline_bench"));
    return static_cast<double>(serial.load()) / took.count();
}

}  // namespace hotline::bench
