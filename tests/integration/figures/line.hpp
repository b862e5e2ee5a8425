#pragma once

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/derive_tickets.hpp"
#include "server/actions/index_search_texts.hpp"
#include "tests/support/emptied_schema.hpp"
#include "tests/unit/ticketing/walk.hpp"
#include "ticketing/event_chain.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hotline::test {

// A ticket in the database that lives a random life.
class Life {
public:
    Life(const walk::World& world, std::uint64_t seed, std::uint64_t id, std::chrono::minutes later)
        : walk_(world, seed, {id}, later) {}

    Result<void> open(mysql::Connection& db) {
        mysql::NewTicket fresh;
        fresh.ticket = walk_.ticket();
        fresh.idempotency_key = "key-" + std::to_string(walk_.ticket().id.value);
        fresh.events = {sealed(walk_.events().front())};
        return mysql::insert_tickets(db, {&fresh, 1});
    }

    // False when nothing more can be done to the ticket.
    bool live_on() {
        step_ = walk_.step();
        return step_.has_value();
    }
    Result<void> store(mysql::Connection& db) {
        mysql::MovedTicket moved{{step_->before, seq_, hash_}, step_->after, {}};
        moved.events.push_back(sealed(step_->event));
        return mysql::store_tickets(db, {&moved, 1});
    }

    const walk::Walk& walk() const { return walk_; }

private:
    ticketing::Event sealed(ticketing::Event event) {
        ticketing::seal(event, hash_, crypto::sm3);
        hash_ = event.hash;
        seq_ = event.seq;
        return event;
    }

    walk::Walk walk_;
    std::optional<walk::Step> step_;
    std::uint32_t seq_ = 0;
    ticketing::Digest hash_{};
};

struct Line {
    mysql::Settings schema = emptied_schema({"audit", "audit_head"});
    mysql::Pool pool{schema, {.threads = 4}};
    walk::World world;
    std::vector<Life> lives;

    ~Line() { pool.stop(); }

    template <class F>
    auto in_transaction(F job) {
        auto done = pool.transact_now(std::move(job));
        REQUIRE(done);
        return done;
    }
    void run(std::string_view sql) {
        in_transaction([sql](mysql::Connection& db) { return db.execute(sql); });
    }
    std::int64_t number(std::string_view sql) {
        const auto rows = in_transaction([sql](mysql::Connection& db) { return db.query(sql); });
        return rows->empty() ? -1 : rows->front().integer(0);
    }

    // One every so many minutes; without, all at the same moment.
    void open(std::uint64_t count, std::uint64_t first_seed = 1, std::chrono::minutes every = {}) {
        lives.reserve(lives.size() + count);
        for (std::uint64_t i = 0; i < count; ++i) {
            Life& life = lives.emplace_back(
                world, first_seed + i, lives.size() + 1, every * static_cast<int>(i)
            );
            in_transaction([&life](mysql::Connection& db) { return life.open(db); });
        }
    }
    void live_on(Life& life, int steps) {
        for (int i = 0; i < steps && life.live_on(); ++i) {
            in_transaction([&life](mysql::Connection& db) { return life.store(db); });
        }
    }
    void live_on(int steps) {
        for (Life& life : lives) live_on(life, steps);
    }

    // All work there is; how many rows it was.
    // Roll-ups, then search.
    std::size_t derive(std::size_t batch = 500) {
        const std::size_t rows = derive_figures(batch);
        for (std::size_t done = 1; done > 0;) {
            const auto indexed = pool.transact_now([batch](mysql::Connection& db) {
                return actions::index_search_texts(db, batch, crypto::BlindIndex("a key"));
            });
            REQUIRE(indexed);
            done = *indexed;
        }
        return rows;
    }
    std::size_t derive_figures(std::size_t batch) {
        std::size_t rows = 0;
        for (;;) {
            const auto done = pool.transact_now([batch](mysql::Connection& db) {
                return actions::derive_tickets(db, batch);
            });
            REQUIRE(done);
            REQUIRE(done->unreadable.empty());
            if (done->rows == 0) return rows;
            rows += done->rows;
        }
    }
};

}  // namespace hotline::test
