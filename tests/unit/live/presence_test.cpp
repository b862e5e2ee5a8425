#include "server/live/presence.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace hotline::live;
using namespace std::chrono_literals;

namespace {

using Time = PresenceBoard::Instant;
using Names = std::vector<std::string>;

Whereabouts someone(
    std::uint64_t session, std::uint64_t person, const std::string& ticket, Doing doing
) {
    return {session, person, "p" + std::to_string(person), "agent", {ticket, doing}};
}

Whereabouts looking(std::uint64_t session, std::uint64_t person, const std::string& ticket) {
    return someone(session, person, ticket, Doing::viewing);
}

Whereabouts writing(std::uint64_t session, std::uint64_t person, const std::string& ticket) {
    return someone(session, person, ticket, Doing::editing);
}

// "p2*" for somebody who edits.
Names at(const PresenceBoard& board, const std::string& ticket, std::uint64_t asker = 0) {
    Names names;
    for (const auto& one : board.others_at(ticket, asker)) {
        names.push_back(one.name + (one.place.doing == Doing::editing ? "*" : ""));
    }
    return names;
}

}  // namespace

TEST_CASE("J1: those at a ticket are named once each, who edits first, without the asker") {
    PresenceBoard board;
    board.hear("a", {looking(1, 5, "T"), looking(2, 3, "T"), writing(3, 5, "T")}, false, {});
    board.hear("b", {writing(1, 7, "T"), looking(2, 9, "U")}, false, {});
    CHECK(at(board, "T") == Names{"p5*", "p7*", "p3"});
    CHECK(at(board, "T", 5) == Names{"p7*", "p3"});
    CHECK(at(board, "U", 9).empty());
    CHECK(at(board, "unknown").empty());
}

TEST_CASE("J1: only what became different is news") {
    PresenceBoard board;
    CHECK(board.hear("a", {looking(1, 5, "T")}, false, {}) == PresenceBoard::Tickets{"T"});
    CHECK(board.hear("a", {looking(1, 5, "T")}, false, {}).empty());
    CHECK(board.hear("a", {writing(1, 5, "T")}, false, {}) == PresenceBoard::Tickets{"T"});
    CHECK(board.hear("a", {looking(1, 5, "U")}, false, {}) == PresenceBoard::Tickets{"T", "U"});
    CHECK(board.hear("a", {looking(1, 5, "")}, false, {}) == PresenceBoard::Tickets{"U"});
    CHECK(board.hear("a", {looking(1, 5, "")}, false, {}).empty());
    CHECK(board.size() == 0);
}

TEST_CASE("J5: a server that is not heard of takes its people with it, the others stay") {
    PresenceBoard board;
    const Time start{};
    board.hear("a", {looking(1, 5, "T")}, false, start);
    board.hear("b", {looking(1, 6, "T")}, false, start + 20s);
    CHECK(board.forget_silent_since(start + 10s) == PresenceBoard::Tickets{"T"});
    CHECK(at(board, "T") == Names{"p6"});
    CHECK(board.forget_silent_since(start + 10s).empty());
}

TEST_CASE("J5: whatever news were lost, a whole list puts a server's people right") {
    std::mt19937 random(17);
    PresenceBoard board;
    std::map<std::uint64_t, Whereabouts> truth;
    for (int step = 0; step < 10'000; ++step) {
        const std::uint64_t session = random() % 8 + 1;
        Whereabouts one = looking(session, random() % 4 + 1, "T" + std::to_string(random() % 3));
        if (random() % 4 == 0) one.place.ticket.clear();
        if (random() % 2 == 0) one.place.doing = Doing::editing;
        if (one.place.ticket.empty()) {
            truth.erase(session);
        } else {
            truth[session] = one;
        }
        if (random() % 3 != 0) board.hear("a", {one}, false, {});
        if (random() % 5 != 0) continue;
        std::vector<Whereabouts> all;
        for (const auto& [id, there] : truth) all.push_back(there);
        board.hear("a", all, true, {});
        REQUIRE(board.size() == truth.size());
        for (const auto* ticket : {"T0", "T1", "T2"}) {
            std::map<std::uint64_t, bool> wanted;
            for (const auto& there : all) {
                if (there.place.ticket != ticket) continue;
                bool& edits = wanted[there.person];
                edits = edits || there.place.doing == Doing::editing;
            }
            std::map<std::uint64_t, bool> found;
            for (const auto& there : board.others_at(ticket, 0)) {
                found[there.person] = there.place.doing == Doing::editing;
            }
            REQUIRE(found == wanted);
        }
    }
}
