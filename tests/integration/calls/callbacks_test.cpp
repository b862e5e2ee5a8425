#include "server/actions/call_back.hpp"
#include "server/actions/on_the_line.hpp"
#include "server/actions/record_cti_events.hpp"
#include "tests/integration/calls/calls_world.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using telephony::CallbackEnd;
using telephony::CallbackOutcome;
using telephony::CtiEvent;
using telephony::CtiKind;

namespace {

// A floor with two agents whose calls come by a platform.
struct Floor {
    CallsStore store;
    ticketing::UserId li = store.account("li", ticketing::Role::agent, "8001");
    ticketing::UserId zhao = store.account("zhao", ticketing::Role::agent, "8002");
    ticketing::Instant clock = hotline::now();
    int events = 0;

    CtiEvent event_of(
        const std::string& call, CtiKind kind, std::chrono::seconds after, std::string ani
    ) {
        CtiEvent made;
        made.call_id = call;
        made.event_id = "e" + std::to_string(++events);
        made.kind = kind;
        made.occurred_at = clock + after;
        made.ani = std::move(ani);
        return made;
    }
    bool tell(const std::vector<CtiEvent>& told) {
        return store
            .now([&](mysql::Connection& db) {
                return actions::record_cti_events(db, "pbx", told, clock);
            })
            .callbacks;
    }
    bool miss(const std::string& call, const std::string& ani, std::chrono::seconds from = 0s) {
        return tell(
            {event_of(call, CtiKind::offered, from, ani),
             event_of(call, CtiKind::abandoned, from + 20s, ani)}
        );
    }
    bool answer(const std::string& call, const std::string& ani, std::chrono::seconds at) {
        return tell({event_of(call, CtiKind::answered, at, ani)});
    }

    std::vector<mysql::CallbackLine> waiting(ticketing::UserId who = {}, bool ended = false) {
        return store.now([&](mysql::Connection& db) {
            return mysql::list_callbacks(db, {.asker = who, .waiting = !ended});
        });
    }
    mysql::CallbackCounts counts(ticketing::UserId who) {
        return store.now([&](mysql::Connection& db) {
            return mysql::count_callbacks(db, who, clock);
        });
    }
    ErrorCode claim(std::uint64_t id, ticketing::UserId who) {
        return code(store.pool.transact_now([&](mysql::Connection& db) {
            return actions::claim_callback(
                db, {id, {.user = who, .role = ticketing::Role::agent}}, clock
            );
        }));
    }
    void release(std::uint64_t id, ticketing::UserId who) {
        REQUIRE(store.pool.transact_now([&](mysql::Connection& db) {
            return actions::release_callback(
                db, {id, {.user = who, .role = ticketing::Role::agent}}
            );
        }));
    }
    ErrorCode attempt(
        std::uint64_t id,
        ticketing::UserId who,
        CallbackOutcome outcome,
        const std::string& key,
        const std::string& note = ""
    ) {
        actions::TryCommand command;
        command.callback = id;
        command.actor = {.user = who, .role = ticketing::Role::agent};
        command.outcome = outcome;
        command.note = note;
        command.key = key;
        return code(store.pool.transact_now([&](mysql::Connection& db) {
            return actions::record_callback_try(db, command, clock);
        }));
    }

    static constexpr ErrorCode fine = ErrorCode::internal;
    static ErrorCode code(const Result<void>& result) {
        return result ? fine : result.error().code;
    }
};

mysql::Settings without_callbacks() {
    return emptied_schema({"callback", "callback_call", "callback_try", "callback_seen"});
}

// Empties what the common world does not know of, before it is made.
struct CleanFloor {
    mysql::Settings emptied = without_callbacks();
    Floor floor;
};

CallbackEnd end_of(const mysql::CallbackLine& line) {
    REQUIRE(line.callback.ended_as);
    return static_cast<CallbackEnd>(*line.callback.ended_as);
}

}  // namespace

TEST_CASE("T7 missed calls of one number are one entry, told once, whatever is sent again") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.store.enterprise(7, "蒲城果业", "13800138000");
    const auto offered = floor.event_of("c1", CtiKind::offered, 0s, "13800138000");
    const auto left = floor.event_of("c1", CtiKind::abandoned, 9s, "13800138000");
    CHECK_FALSE(floor.tell({offered}));
    CHECK(floor.tell({left}));
    CHECK_FALSE(floor.tell({offered, left}));
    CHECK(floor.miss("c2", "13800138000", 60s));
    CHECK(floor.miss("c3", "13700137000"));
    CHECK_FALSE(floor.tell({floor.event_of("c4", CtiKind::abandoned, 0s, "anonymous")}));
    const auto waiting = floor.waiting();
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].callback.number == "13800138000");
    CHECK(waiting[0].callback.missed == 2);
    CHECK(waiting[0].enterprise_name == "蒲城果业");
    CHECK(waiting[0].call_id == "c2");
    CHECK(waiting[1].callback.missed == 1);
    CHECK(floor.counts(floor.li).waiting == 2);
}

TEST_CASE("T34 who asked to be called back waits once, due since he came into the line") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    const std::string number = "13800138000";
    floor.miss("other", "13700137000", 10s);
    const std::vector told{
        floor.event_of("c1", CtiKind::offered, -90s, number),
        floor.event_of("c1", CtiKind::queued, -88s, number),
        floor.event_of("c1", CtiKind::callback_requested, -1s, number)
    };
    CHECK(floor.tell(told));
    CHECK_FALSE(floor.tell(told));
    CHECK_FALSE(floor.tell({floor.event_of("c1", CtiKind::ended, 2s, number)}));
    auto waiting = floor.waiting();
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].callback.number == number);
    CHECK(waiting[0].callback.missed == 1);
    CHECK(waiting[0].callback.next_at == floor.clock - 88s);
    CHECK(waiting[0].callback.first_missed_at == floor.clock - 88s);
    CHECK(floor.counts(floor.li).due == 2);
    // Asked again by another call: still one number.
    CHECK(floor.tell(
        {floor.event_of("c2", CtiKind::queued, 20s, number),
         floor.event_of("c2", CtiKind::callback_requested, 22s, number)}
    ));
    waiting = floor.waiting();
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].callback.missed == 2);
    // He was answered all the same, and that is told late.
    CHECK(floor.answer("c2", number, 21s));
    CHECK(floor.waiting().size() == 1);
}

TEST_CASE("20: a repeat call that gets through settles the number by itself, also told late") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    CHECK(floor.answer("c2", "13800138000", 90s));
    CHECK(floor.waiting().empty());
    CHECK(end_of(floor.waiting({}, true).at(0)) == CallbackEnd::called_again);
    // The answered call was told first, the missed one before it only now.
    CHECK_FALSE(floor.miss("c3", "13800138000", 10s));
    CHECK(floor.waiting().empty());
    // A new call after all that waits again.
    CHECK(floor.miss("c4", "13800138000", 200s));
    CHECK(floor.waiting().size() == 1);
}

TEST_CASE("T8 a call out that is answered settles it, one answered before the last missed does not"
) {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000", 100s);
    CHECK_FALSE(floor.answer("c0", "13800138000", 50s));
    auto out = floor.event_of("out", CtiKind::answered, 300s, "12345");
    out.dnis = "13800138000";
    out.direction = telephony::Direction::out;
    out.agent = "8001";
    CHECK(floor.tell({out}));
    const auto ended = floor.waiting({}, true);
    REQUIRE(ended.size() == 1);
    CHECK(end_of(ended[0]) == CallbackEnd::reached);
    CHECK(ended[0].ended_by_name == "li");
}

TEST_CASE("T8 told late that it had been answered, an entry forgets the call") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    floor.miss("c2", "13800138000", 60s);
    // Answered at second 5; the second call was missed all the same.
    CHECK(floor.answer("c1", "13800138000", 5s));
    REQUIRE(floor.waiting().size() == 1);
    CHECK(floor.waiting()[0].callback.missed == 1);
    CHECK(floor.answer("c2", "13800138000", 62s));
    CHECK(floor.waiting().empty());
    CHECK(end_of(floor.waiting({}, true).at(0)) == CallbackEnd::answered);
}

TEST_CASE("T8 a ticket filed with one of its calls settles it") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    floor.miss("c2", "13800138000", 60s);
    auto appeal = CallsStore::appeal("13800138000");
    appeal.call_id = "c1";
    const auto number = floor.store.file(std::move(appeal));
    CHECK(floor.waiting().empty());
    const auto ended = floor.waiting({}, true);
    REQUIRE(ended.size() == 1);
    CHECK(end_of(ended[0]) == CallbackEnd::ticket);
    CHECK(ended[0].ticket_no == number);
}

TEST_CASE("T9 two agents cannot call the same number: a claim holds until its lease runs out") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    const auto id = floor.waiting().at(0).callback.id;
    CHECK(floor.claim(id, floor.li) == Floor::fine);
    CHECK(floor.claim(id, floor.li) == Floor::fine);
    CHECK(floor.claim(id, floor.zhao) == ErrorCode::validation_failed);
    CHECK(floor.counts(floor.zhao).due == 0);
    CHECK(floor.waiting(floor.zhao).at(0).claimed_by_name == "li");
    floor.release(id, floor.zhao);  // not his: nothing happens
    CHECK(floor.claim(id, floor.zhao) == ErrorCode::validation_failed);
    floor.release(id, floor.li);
    CHECK(floor.claim(id, floor.zhao) == Floor::fine);
    floor.clock += telephony::claim_lease;
    CHECK(floor.claim(id, floor.li) == Floor::fine);
    CHECK(floor.claim(9999, floor.li) == ErrorCode::not_found);
}

TEST_CASE("T10 tries are the holder's, come later and later, and the same one twice is one") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    const auto id = floor.waiting().at(0).callback.id;
    using enum CallbackOutcome;
    CHECK(floor.attempt(id, floor.li, no_answer, "key-1") == ErrorCode::validation_failed);
    floor.claim(id, floor.li);
    CHECK(floor.attempt(id, floor.li, no_answer, "key-1", "响了很久") == Floor::fine);
    CHECK(floor.attempt(id, floor.li, no_answer, "key-1", "响了很久") == Floor::fine);
    CHECK(floor.attempt(id, floor.li, reached, "key-1") == ErrorCode::idempotency_key_reused);
    auto line = floor.waiting().at(0);
    CHECK(line.callback.tries == 1);
    CHECK(line.callback.next_at == floor.clock + 30min);
    CHECK_FALSE(line.callback.claimed(floor.clock));
    REQUIRE(line.tries.size() == 1);
    CHECK(line.tries[0].note == "响了很久");
    CHECK(line.tries[0].user_name == "li");
    CHECK(floor.counts(floor.li).due == 0);
    // Who calls again meanwhile does not wait for the next try.
    floor.clock += 1min;
    floor.miss("c2", "13800138000");
    CHECK(floor.counts(floor.li).due == 1);
    for (const char* key : {"key-2", "key-3"}) {
        floor.claim(id, floor.zhao);
        CHECK(floor.attempt(id, floor.zhao, no_answer, key) == Floor::fine);
    }
    CHECK(floor.waiting().empty());
    CHECK(end_of(floor.waiting({}, true).at(0)) == CallbackEnd::not_reached);
    CHECK(floor.attempt(id, floor.zhao, reached, "key-4") == ErrorCode::validation_failed);
}

TEST_CASE("20: what one agent has seen is news to the other, and one more call to both") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    floor.miss("c1", "13800138000");
    floor.miss("c2", "13700137000");
    const auto see_all = [&](ticketing::UserId who) {
        std::vector<mysql::SeenCallback> seen;
        for (const auto& line : floor.waiting(who)) {
            seen.push_back({line.callback.id, line.callback.missed});
        }
        REQUIRE(floor.store.pool.transact_now([&](mysql::Connection& db) {
            return mysql::see_callbacks(db, who, seen);
        }));
    };
    CHECK(floor.counts(floor.li).unseen == 2);
    see_all(floor.li);
    CHECK(floor.counts(floor.li).unseen == 0);
    CHECK(floor.waiting(floor.li).at(0).seen);
    CHECK(floor.counts(floor.zhao).unseen == 2);
    see_all(floor.zhao);
    floor.miss("c3", "13700137000", 60s);
    CHECK(floor.counts(floor.li).unseen == 1);
    CHECK(floor.counts(floor.zhao).unseen == 1);
}

TEST_CASE("A17 whose caller is on the line sees the caller's tickets, until an hour later") {
    CleanFloor clean;
    Floor& floor = clean.floor;
    const ticketing::Actor agent{.user = floor.li, .role = ticketing::Role::agent};
    ticketing::Ticket ticket;
    ticket.appellant.phone = "13800138000";
    const auto sees = [&](const ticketing::Actor& who) {
        return floor.store.now([&](mysql::Connection& db) {
            return actions::is_of_caller(db, who, ticket, floor.clock);
        });
    };
    CHECK_FALSE(sees(agent));
    auto rings = floor.event_of("c1", CtiKind::ringing, 0s, "13800138000");
    rings.agent = "8001";
    floor.tell({rings});
    CHECK(sees(agent));
    CHECK_FALSE(sees({.user = floor.zhao, .role = ticketing::Role::agent}));
    CHECK_FALSE(sees({.user = floor.li, .role = ticketing::Role::official}));
    ticket.appellant.confidential = true;
    CHECK_FALSE(sees(agent));
    ticket.appellant.confidential = false;
    auto over = floor.event_of("c1", CtiKind::ended, 30s, "13800138000");
    floor.tell({over});
    CHECK(sees(agent));
    floor.clock += 2h;
    CHECK_FALSE(sees(agent));
    ticket.appellant.phone = "13700137000";
    floor.clock -= 2h;
    CHECK_FALSE(sees(agent));
}
