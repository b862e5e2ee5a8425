#include "integrations/telephony/call_state.hpp"
#include "server/actions/call_pictures.hpp"
#include "server/actions/record_cti_events.hpp"
#include "tests/integration/calls/calls_world.hpp"

#include <algorithm>
#include <random>
#include <thread>

using namespace hotline;
using namespace hotline::test;
using actions::CtiOutcome;
using telephony::CallState;
using telephony::CtiEvent;
using telephony::CtiKind;

namespace {

actions::CtiRecord record(CallsStore& store, const std::vector<CtiEvent>& events) {
    return store.now([&](mysql::Connection& db) {
        return actions::record_cti_events(db, "pbx", events, now());
    });
}

std::vector<mysql::PhoneCall> calls(CallsStore& store) {
    return store.now([](mysql::Connection& db) { return mysql::list_calls(db, {.limit = 100}); });
}

CallState state_of(const mysql::PhoneCall& call) {
    return static_cast<CallState>(call.state);
}

std::vector<CtiEvent> random_call(std::mt19937& random) {
    const CtiKind usual[] = {
        CtiKind::offered,
        CtiKind::queued,
        CtiKind::ringing,
        CtiKind::answered,
        CtiKind::held,
        CtiKind::resumed,
        CtiKind::ended,
        CtiKind::recording_ready
    };
    std::vector<CtiEvent> events;
    int second = 0;
    const bool numbered = random() % 2 == 0;
    for (const CtiKind kind : usual) {
        if (random() % 5 == 0) continue;
        auto made = event("c", kind, "e" + std::to_string(second), second);
        made.agent = random() % 2 == 0 ? "8001" : "8002";
        if (kind == CtiKind::recording_ready) made.recording = "rec/1";
        if (numbered) made.seq = second;
        events.push_back(std::move(made));
        ++second;
    }
    return events;
}

// What is put before whoever takes a call of the number.
actions::CallPicture picture_of_ring(CallsStore& store, const std::string& number) {
    auto ringing = event("c1", CtiKind::ringing, "a");
    ringing.ani = number;
    record(store, {ringing});
    const auto pictures = store.now([&](mysql::Connection& db) {
        return actions::call_pictures(db, *mysql::list_calls(db, {}), now());
    });
    REQUIRE(pictures.size() == 1);
    return pictures.front();
}

}  // namespace

TEST_CASE("events sent again are duplicates and change nothing, also within one request") {
    CallsStore store;
    const std::vector<CtiEvent> events{
        event("c1", CtiKind::offered, "a"),
        event("c1", CtiKind::ringing, "b", 1),
        event("c1", CtiKind::ringing, "b", 1)
    };
    const auto first = record(store, events);
    CHECK(
        first.outcomes ==
        std::vector{CtiOutcome::accepted, CtiOutcome::accepted, CtiOutcome::duplicate}
    );
    CHECK(first.calls.size() == 1);
    const auto before = calls(store);
    REQUIRE(before.size() == 1);
    CHECK(state_of(before[0]) == CallState::ringing);

    const auto again = record(store, events);
    CHECK(std::ranges::all_of(again.outcomes, [](auto outcome) {
        return outcome == CtiOutcome::duplicate;
    }));
    CHECK(again.calls.empty());
    CHECK(calls(store) == before);
}

TEST_CASE("T1: whatever the order, the doubles and the requests, a call comes to the same") {
    std::mt19937 random{2026};
    for (int round = 0; round < 25; ++round) {
        CAPTURE(round);
        CallsStore store;
        store.account("li", ticketing::Role::agent, "8001");
        const auto whole = random_call(random);
        auto sent = whole;
        sent.insert(
            sent.end(),
            whole.begin(),
            whole.begin() + std::min<std::ptrdiff_t>(3, std::ssize(whole))
        );
        std::ranges::shuffle(sent, random);
        for (std::size_t at = 0; at < sent.size();) {
            const auto count = std::min<std::size_t>(1 + random() % 4, sent.size() - at);
            record(
                store,
                {sent.begin() + static_cast<std::ptrdiff_t>(at),
                 sent.begin() + static_cast<std::ptrdiff_t>(at + count)}
            );
            at += count;
        }
        if (whole.empty()) continue;
        const auto story = telephony::story_of(whole);
        const auto rows = calls(store);
        REQUIRE(rows.size() == 1);
        CHECK(state_of(rows[0]) == story.state);
        CHECK(rows[0].answered_at == story.answered_at);
        CHECK(rows[0].ended_at == story.ended_at);
        CHECK(rows[0].recording == story.recording);
        CHECK(rows[0].agent_name == (story.agent == "8001" ? "li" : ""));
        const bool ended =
            std::ranges::any_of(whole, [](const auto& one) { return one.kind == CtiKind::ended; });
        CHECK(is_over(state_of(rows[0])) == ended);
    }
}

TEST_CASE("T35: a score that comes late is kept with the call it is of") {
    CallsStore store;
    record(
        store,
        {event("c1", CtiKind::answered, "a"),
         event("c1", CtiKind::ended, "b", 60),
         event("c2", CtiKind::offered, "c")}
    );
    auto scored = event("c1", CtiKind::survey_scored, "s", 90);
    scored.score = 4;
    record(store, {scored});
    for (const auto& call : calls(store)) {
        CHECK(call.score == (call.call_id == "c1" ? std::optional(4) : std::nullopt));
        CHECK(state_of(call) == (call.call_id == "c1" ? CallState::ended : CallState::offered));
    }
}

TEST_CASE("two lines that bring the same events at once keep each of them once") {
    CallsStore store;
    std::vector<CtiEvent> events;
    for (int n = 0; n < 40; ++n) {
        events.push_back(event("c" + std::to_string(n % 7), CtiKind::queued, std::to_string(n), n));
    }
    std::atomic<std::size_t> accepted = 0;
    const auto send = [&] {
        for (std::size_t at = 0; at < events.size(); at += 10) {
            const std::span some(events.data() + at, 10);
            for (;;) {
                const auto done = store.pool.transact_now([&](mysql::Connection& db) {
                    return actions::record_cti_events(db, "pbx", some, now());
                });
                if (!done && done.error().code == ErrorCode::conflict) continue;
                if (!done) std::terminate();
                accepted += static_cast<std::size_t>(
                    std::ranges::count(done->outcomes, CtiOutcome::accepted)
                );
                break;
            }
        }
    };
    std::thread one(send);
    std::thread other(send);
    one.join();
    other.join();
    CHECK(accepted == events.size());
    CHECK(calls(store).size() == 7);
}

TEST_CASE("the caller is the register's enterprise with that number, masked numbers or not") {
    CallsStore store;
    store.enterprise(7, "蒲城果业", "13800138000");
    auto ringing = event("c1", CtiKind::ringing, "a");
    ringing.ani = "+8613800138000";
    record(store, {ringing});
    const auto rows = calls(store);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].enterprise.value == 7);
    CHECK(rows[0].ani == "13800138000");
}

TEST_CASE("a number several firms share tells no firm, unless it has called for one before") {
    CallsStore store;
    store.enterprise(1, "甲公司", "13800138000");
    store.enterprise(2, "乙公司", "13800138000");
    auto ringing = event("c1", CtiKind::ringing, "a");
    ringing.ani = "13800138000";
    record(store, {ringing});
    CHECK_FALSE(calls(store).front().enterprise);

    auto appeal = CallsStore::appeal("13800138000");
    appeal.enterprise = {2};
    store.file(appeal);
    ringing.call_id = "c2";
    ringing.event_id = "b";
    record(store, {ringing});
    CHECK(calls(store).front().enterprise.value == 2);
}

TEST_CASE("a picture shows the last five tickets of number and enterprise, but no confidential ones"
) {
    CallsStore store;
    store.enterprise(7, "蒲城果业", "13800138000");
    std::vector<std::string> numbers;
    for (int n = 0; n < 4; ++n) numbers.push_back(store.file(CallsStore::appeal("13800138000")));
    for (int n = 0; n < 3; ++n) {
        auto appeal = CallsStore::appeal("13700137000");
        appeal.enterprise = {7};
        numbers.push_back(store.file(appeal));
    }
    auto secret = CallsStore::appeal("13800138000");
    secret.appellant.confidential = true;
    store.file(secret);
    const auto picture = picture_of_ring(store, "13800138000");
    REQUIRE(picture.enterprise);
    CHECK(picture.enterprise->name == "蒲城果业");
    REQUIRE(picture.history.size() == 5);
    for (std::size_t n = 0; n < 5; ++n) {
        CHECK(picture.history[n].ticket.number == numbers[numbers.size() - 1 - n]);
    }
}

TEST_CASE("an open ticket stands in the picture before five that were closed since") {
    CallsStore store;
    const std::string open = store.file(CallsStore::appeal("13800138000"));
    for (int n = 0; n < 6; ++n) store.file(CallsStore::appeal("13800138000"));
    const auto closed = static_cast<int>(ticketing::State::closed);
    store.now([&](mysql::Connection& db) {
        return db.execute("UPDATE ticket SET state=? WHERE number<>?", {closed, open});
    });
    const auto picture = picture_of_ring(store, "13800138000");
    REQUIRE(picture.history.size() == 5);
    CHECK(picture.history[0].ticket.number == open);
    for (std::size_t n = 1; n < 5; ++n) {
        CHECK(picture.history[n].ticket.state == ticketing::State::closed);
    }
}

TEST_CASE("a call stays its agent's when the extension has gone to somebody else since") {
    CallsStore store;
    const auto li = store.account("li", ticketing::Role::agent, "8001");
    auto answered = event("c1", CtiKind::answered, "a");
    answered.agent = "8001";
    record(store, {answered});
    REQUIRE(store.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, li, true);
    }));
    const auto wu = store.account("wu", ticketing::Role::agent, "8001");
    record(store, {event("c1", CtiKind::recording_ready, "b", 90)});
    CHECK(calls(store).front().agent == li);
    answered.call_id = "c2";
    answered.event_id = "c";
    record(store, {answered});
    CHECK(calls(store).front().agent == wu);
}

TEST_CASE("a call finds the ticket that was filed with it") {
    CallsStore store;
    record(store, {event("c1", CtiKind::ringing, "a")});
    CHECK(calls(store).front().ticket_no.empty());
    auto appeal = CallsStore::appeal("13800138000");
    appeal.call_id = "c1";
    const auto number = store.file(appeal);
    CHECK(calls(store).front().ticket_no == number);
}

TEST_CASE("a call of a platform in a loop takes no events past its bound; other calls do") {
    CallsStore store;
    for (int block = 0; block < 5; ++block) {
        std::vector<CtiEvent> events;
        for (int n = 0; n < 100; ++n) {
            const auto id = std::to_string(block * 100 + n);
            events.push_back(event("c1", n % 2 == 0 ? CtiKind::held : CtiKind::resumed, id, n));
        }
        record(store, events);
    }
    const auto last =
        record(store, {event("c1", CtiKind::ended, "end"), event("c2", CtiKind::offered, "other")});
    CHECK(last.outcomes == std::vector{CtiOutcome::call_full, CtiOutcome::accepted});
}
