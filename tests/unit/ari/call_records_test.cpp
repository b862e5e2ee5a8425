#include "integrations/ari/call_records.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;
using telephony::CallDetail;
using telephony::Direction;
using ticketing::Instant;

namespace {

const Instant noon = Instant(std::chrono::sys_days{std::chrono::year{2026} / 11 / 28}) + 12h;

// A line as Asterisk 22 writes it.
struct Written {
    std::string name;
    std::string context = "hotline-claimed";
    std::string began = "2026-11-28 12:00:10";
    std::string answered = "2026-11-28 12:00:10";
    std::string ended = "2026-11-28 12:01:00";
    std::string program = "StasisBroadcast";
    std::string other = "PJSIP/8001-00000001";
    std::string outcome = "ANSWERED";
};

ari::RecordLine line_of(const Written& one, std::size_t number = 1) {
    return {
        number,
        {"",
         "13900000001",
         "12345",
         one.context,
         "\"\" <13900000001>",
         "PJSIP/trunk-00000000",
         one.other,
         one.program,
         "",
         one.began,
         one.answered,
         one.ended,
         "50",
         "50",
         one.outcome,
         "DOCUMENTATION",
         one.name}
    };
}

std::vector<CallDetail> details(const std::vector<ari::RecordLine>& lines) {
    auto read = ari::details_of_records(lines, noon, noon + 1h);
    REQUIRE(read);
    return std::move(*read);
}

}  // namespace

TEST_CASE("A30: a caller's line is a call, told without an answer: the PBX answers before an agent"
) {
    const auto calls = details({line_of({.name = "17.1"})});
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].call_id == "17.1");
    CHECK(calls[0].direction == Direction::in);
    CHECK(calls[0].ani == "13900000001");
    CHECK(calls[0].dnis == "12345");
    CHECK(calls[0].offered_at == noon + 10s);
    CHECK(calls[0].ended_at == noon + 60s);
    CHECK_FALSE(calls[0].answered);
}

TEST_CASE("A30: legs, and what desks say to each other, are no calls of the hotline") {
    CHECK(details({line_of({.name = "agent-17.1-1", .context = "from-desk"}),
                   line_of({.name = "third-17.1-1", .context = "from-trunk"}),
                   line_of({.name = "17.9", .context = "from-desk"})})
              .empty());
}

TEST_CASE("A30: a call of ours is answered by the other end or not, and the books know which") {
    const auto calls = details(
        {line_of({.name = "out-17.1", .context = "from-trunk", .program = "Stasis"}),
         line_of({.name = "out-17.2", .context = "from-trunk", .answered = "", .other = ""})}
    );
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].direction == Direction::out);
    CHECK(calls[0].answered_at == noon + 10s);
    CHECK(calls[0].dnis.empty());
    CHECK(calls[1].answered == false);
    CHECK_FALSE(calls[1].answered_at);
}

TEST_CASE("A30: what the queue without a server did is told by whom it rang through to") {
    const Written taken{
        .name = "17.1",
        .context = "hotline-fallback",
        .program = "Queue",
        .other = "PJSIP/1001-00000014"
    };
    auto given_up = taken;
    given_up.name = "17.2";
    given_up.other = "";
    auto rung_in_vain = taken;
    rung_in_vain.name = "17.3";
    rung_in_vain.outcome = "NO ANSWER";
    const auto calls = details({line_of(taken), line_of(given_up), line_of(rung_in_vain)});
    REQUIRE(calls.size() == 3);
    CHECK(calls[2].answered == false);
    CHECK(calls[2].agent.empty());
    CHECK(calls[0].answered == true);
    CHECK_FALSE(calls[0].answered_at);
    CHECK(calls[0].agent == "1001");
    CHECK(calls[1].answered == false);
    CHECK_FALSE(calls[1].answered_at);
}

TEST_CASE("A30: a caller who spoke with several has a line for each, and is one call") {
    const auto calls = details(
        {line_of({.name = "17.1"}),
         line_of({.name = "17.1", .began = "2026-11-28 12:01:00", .ended = "2026-11-28 12:02:00"})}
    );
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].offered_at == noon + 10s);
    CHECK(calls[0].ended_at == noon + 120s);
}

TEST_CASE("T41: only what ended in the time asked for is told") {
    CHECK(details({line_of({.name = "17.1", .ended = "2026-11-28 11:59:59"}),
                   line_of({.name = "17.2", .ended = "2026-11-28 13:00:00"})})
              .empty());
    CHECK(details({line_of({.name = "17.1", .ended = "2026-11-28 12:59:59"})}).size() == 1);
}

TEST_CASE("A30: a line that is not as our configuration has it is refused with its number") {
    const auto refused = [](const ari::RecordLine& line) {
        const auto read = ari::details_of_records({&line, 1}, noon, noon + 1h);
        return !read && read.error().detail.starts_with("line 7 ");
    };
    auto short_line = line_of({.name = "17.1"}, 7);
    short_line.cells.pop_back();
    CHECK(refused(short_line));
    CHECK(refused(line_of({.name = ""}, 7)));
    CHECK(refused(line_of({.name = "17.1", .ended = "28.11.2026 12:00"}, 7)));
    CHECK(refused(line_of({.name = "17.1", .began = "2026-11-28 12:00:10 +0800"}, 7)));
}
