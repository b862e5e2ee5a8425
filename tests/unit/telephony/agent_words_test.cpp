#include "integrations/telephony/agent_words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace hotline::telephony;
using hotline::ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr Instant noon{1'795'420'800'000ms};

CtiEvent told(CtiKind kind, int second, std::string agent = "") {
    CtiEvent event;
    event.event_id = std::to_string(second) + std::string(hotline::ticketing::name(kind));
    event.call_id = "c";
    event.kind = kind;
    event.occurred_at = noon + std::chrono::seconds(second);
    event.agent = std::move(agent);
    return event;
}

// Two agents and the words of one call, as they are told bit by bit.
struct Room {
    std::map<std::string, AgentStanding> seats;
    std::vector<CtiEvent> known;

    Room() {
        for (const char* extension : {"8001", "8002"}) {
            seats[extension].since = noon - 1h;
            choose(
                seats[extension],
                {AgentState::ready, AgentReason::none},
                AgentCause::agent,
                noon - 1h
            );
        }
    }
    void tell(std::vector<CtiEvent> fresh) {
        for (const AgentWord& word : agent_words(known, fresh)) {
            for (auto& [extension, standing] : seats) {
                const bool here = standing.call == "c";
                if (!here && word.whom != AgentWord::Whom::him) continue;
                if (concerns(word, extension, standing)) hear(standing, word.word, "c", word.at);
            }
        }
        known.insert(known.end(), fresh.begin(), fresh.end());
    }
    AgentState state(const std::string& extension) { return seats.at(extension).place.state; }
};

}  // namespace

TEST_CASE("T19: a call that rings on leaves the first agent ready; one told unanswered does not") {
    Room room;
    room.tell({told(CtiKind::ringing, 1, "8001")});
    CHECK(room.state("8001") == AgentState::ringing);
    room.tell({told(CtiKind::ringing, 9, "8002")});
    CHECK(room.state("8001") == AgentState::ready);
    room.tell({told(CtiKind::no_answer, 24, "8002")});
    CHECK(room.seats["8002"].place.reason == AgentReason::no_answer);
}

TEST_CASE("T19: who hands a call on talks until the other answers, then wraps up") {
    Room room;
    room.tell({told(CtiKind::ringing, 1, "8001"), told(CtiKind::answered, 3, "8001")});
    room.tell({told(CtiKind::transferred, 60), told(CtiKind::ringing, 61, "8002")});
    CHECK(room.state("8001") == AgentState::talking);
    CHECK(room.state("8002") == AgentState::ringing);
    room.tell({told(CtiKind::answered, 65, "8002")});
    CHECK(room.state("8001") == AgentState::wrap_up);
    CHECK(room.state("8002") == AgentState::talking);
    room.tell({told(CtiKind::ended, 90)});
    CHECK(room.state("8002") == AgentState::wrap_up);
}

TEST_CASE("T19: what is told late, after a later word or the end, moves nobody") {
    Room room;
    room.tell({told(CtiKind::answered, 5, "8001")});
    room.tell({told(CtiKind::ringing, 2, "8001")});
    CHECK(room.state("8001") == AgentState::talking);
    room.tell({told(CtiKind::ended, 50)});
    room.tell({told(CtiKind::ringing, 3, "8002"), told(CtiKind::answered, 60, "8002")});
    CHECK(room.state("8001") == AgentState::wrap_up);
    CHECK(room.state("8002") == AgentState::ready);
    room.tell({told(CtiKind::recording_ready, 70)});
    CHECK(room.state("8001") == AgentState::wrap_up);
}

TEST_CASE("T19: an outgoing call rings at the other end, not at its agent") {
    Room room;
    auto dialled = told(CtiKind::ringing, 1, "8001");
    dialled.direction = Direction::out;
    room.tell({dialled});
    CHECK(room.state("8001") == AgentState::ready);
    room.tell({told(CtiKind::answered, 7, "8001")});
    CHECK(room.state("8001") == AgentState::talking);
}

TEST_CASE("T19: however its events are shuffled, cut and doubled, a call that ended holds nobody") {
    const std::vector<CtiEvent> whole = {
        told(CtiKind::offered, 0),
        told(CtiKind::queued, 1),
        told(CtiKind::ringing, 2, "8001"),
        told(CtiKind::no_answer, 17, "8001"),
        told(CtiKind::ringing, 18, "8002"),
        told(CtiKind::answered, 20, "8002"),
        told(CtiKind::held, 30, "8002"),
        told(CtiKind::resumed, 40, "8002"),
        told(CtiKind::ended, 90),
    };
    std::mt19937 random(3);
    for (int round = 0; round < 400; ++round) {
        Room room;
        auto events = whole;
        std::ranges::shuffle(events, random);
        events.resize(1 + random() % events.size());
        if (std::ranges::find(events, CtiKind::ended, &CtiEvent::kind) == events.end()) {
            events.push_back(whole.back());
        }
        while (!events.empty()) {
            const std::size_t some = 1 + random() % events.size();
            room.tell({events.begin(), events.begin() + static_cast<std::ptrdiff_t>(some)});
            events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(some));
        }
        for (const auto& [extension, standing] : room.seats) {
            CHECK_FALSE(is_on_call(standing.place.state));
        }
    }
}
