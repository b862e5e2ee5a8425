#include "ticketing/event_chain.hpp"

#include "ticketing/json_text.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using namespace hotline::ticketing;

namespace {

// FNV-1a over four lanes: enough to show what the chain sees; the server passes SM3.
Digest toy_hash(std::span<const std::uint8_t> bytes) {
    Digest digest{};
    for (std::uint64_t lane = 0; lane < 4; ++lane) {
        std::uint64_t value = 14695981039346656037ULL + lane;
        for (const std::uint8_t byte : bytes) value = (value ^ byte) * 1099511628211ULL;
        for (std::size_t i = 0; i < 8; ++i) {
            digest[lane * 8 + i] = static_cast<std::uint8_t>(value >> (8 * i));
        }
    }
    return digest;
}

std::vector<Event> chain(std::uint32_t length) {
    std::vector<Event> events;
    Digest previous{};
    for (std::uint32_t seq = 1; seq <= length; ++seq) {
        Event event;
        event.ticket = {7};
        event.seq = seq;
        event.act = Act::note;
        event.actor_name = "某人";
        event.reason = "第" + std::to_string(seq) + "步";
        event.changes = "{}";
        seal(event, previous, toy_hash);
        previous = event.hash;
        events.push_back(event);
    }
    return events;
}

}  // namespace

TEST_CASE("C1 two different events never have the same bytes") {
    const Event plain;
    std::vector<Event> others(13, plain);
    others[0].ticket = {1};
    others[1].seq = 1;
    others[2].act = Act::note;
    others[3].role = Role::agent;
    others[4].user = {1};
    others[5].actor_name = "a";
    others[6].unit = {1};
    others[7].at += std::chrono::milliseconds{1};
    others[8].from = State::callback;
    others[9].to = State::callback;
    others[10].reason = "a";
    others[11].changes = "a";
    others[12].internal = true;
    std::set<std::string> bytes{canonical_bytes(plain)};
    for (const Event& other : others) CHECK(bytes.insert(canonical_bytes(other)).second);
    Event left, right;
    left.reason = "ab";
    right.reason = "a";
    right.changes = "b";
    CHECK(canonical_bytes(left) != canonical_bytes(right));
}

TEST_CASE("C2 the first event is sealed onto zero, each later one onto the one before") {
    const auto events = chain(3);
    CHECK(events[0].previous == Digest{});
    CHECK(events[2].previous == events[1].hash);
    CHECK(!first_broken(events, toy_hash));
    CHECK(!first_broken({}, toy_hash));
}

TEST_CASE("C3 whatever is changed, missing, swapped or foreign breaks the chain there") {
    const auto whole = chain(6);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto changed = whole;
        changed[i].reason += "。";
        CHECK(first_broken(changed, toy_hash) == i + 1);
        auto foreign = whole;
        foreign[i].ticket = {8};
        seal(foreign[i], foreign[i].previous, toy_hash);
        CHECK(first_broken(foreign, toy_hash).has_value());
        if (i + 1 == whole.size()) continue;
        auto missing = whole;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(first_broken(missing, toy_hash) == i + 1);
        auto swapped = whole;
        std::swap(swapped[i], swapped[i + 1]);
        CHECK(first_broken(swapped, toy_hash) == i + 1);
    }
}

TEST_CASE("JSON text escapes what RFC 8259 demands and nothing else") {
    CHECK(json_string("渭南\"\\\n\t") == "\"渭南\\\"\\\\\\n\\u0009\"");
    CHECK(json_string(std::string_view("\x01", 1)) == "\"\\u0001\"");
    CHECK(JsonObject().str() == "{}");
    CHECK(
        JsonObject().text("a", "b").number("n", -3).raw("r", "[1]").str() ==
        R"({"a":"b","n":-3,"r":[1]})"
    );
}
