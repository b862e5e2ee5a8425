#include "integrations/webhooks/event.hpp"
#include "integrations/webhooks/retry.hpp"
#include "tests/unit/ticketing/small_city.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::webhooks;
using namespace std::chrono_literals;
using ticketing::Act;
using ticketing::State;

namespace {

std::string fixed_time(ticketing::Instant) {
    return "2026-11-27T04:00:00.000Z";
}

}  // namespace

TEST_CASE("steps of a ticket are told by what they led to (V1)") {
    struct Row {
        Act act;
        State from, to;
        std::optional<Kind> kind;
    };
    const Row table[] = {
        {Act::create, State::draft, State::accepted, Kind::created},
        {Act::create, State::draft, State::draft, std::nullopt},
        {Act::complete, State::draft, State::accepted, Kind::created},
        {Act::dispatch, State::accepted, State::dispatched, Kind::dispatched},
        {Act::designate, State::return_pending, State::dispatched, Kind::dispatched},
        {Act::sign_for, State::dispatched, State::handling, Kind::signed_for},
        {Act::first_contact, State::handling, State::handling, Kind::contacted},
        {Act::return_ticket, State::handling, State::return_pending, Kind::returned},
        {Act::approve_extension, State::handling, State::handling, Kind::extended},
        {Act::submit_result, State::handling, State::submitted, Kind::result_submitted},
        {Act::review_pass, State::submitted, State::callback, Kind::resolved},
        {Act::review_pass, State::submitted, State::closed, Kind::closed},
        {Act::review_fail, State::submitted, State::handling, Kind::redo},
        {Act::callback, State::callback, State::closed, Kind::closed},
        {Act::callback, State::callback, State::dispatched, Kind::redo},
        {Act::callback, State::callback, State::callback, std::nullopt},
        {Act::reopen, State::closed, State::handling, Kind::redo},
        {Act::close_on_call, State::accepted, State::closed, Kind::closed},
        {Act::decline, State::accepted, State::declined, Kind::declined},
        {Act::merge, State::accepted, State::merged, Kind::merged},
        {Act::withdraw, State::handling, State::withdrawn, Kind::withdrawn},
        {Act::suspend, State::handling, State::suspended, Kind::suspended},
        {Act::resume, State::suspended, State::handling, Kind::resumed},
        {Act::yellow_card, State::handling, State::handling, Kind::card_yellow},
        {Act::red_card, State::handling, State::handling, Kind::card_red},
        {Act::sign_overdue, State::dispatched, State::dispatched, Kind::overdue},
        {Act::escalate, State::handling, State::handling, Kind::escalated},
        {Act::urge, State::handling, State::handling, Kind::urged},
        {Act::note, State::handling, State::handling, std::nullopt},
        {Act::attach, State::handling, State::handling, std::nullopt},
        {Act::archive, State::closed, State::archived, std::nullopt},
    };
    for (const Row& row : table) {
        CAPTURE(ticketing::name(row.act));
        CHECK(kind_of(row.act, row.from, row.to) == row.kind);
    }
}

TEST_CASE("a message tells numbers, topics, units and dates and nothing anybody wrote (V2)") {
    const auto city = small_city::make();
    ticketing::Ticket ticket;
    ticket.number = "WN2026112700000178";
    ticket.topic = "用电";
    ticket.title = "陈大文的厂子停电";
    ticket.content = "请联系 13800001111";
    ticket.place = "某路1号";
    ticket.enterprise_name = "某某公司";
    ticket.uscc = "91610500MA6Y2A0K30";
    ticket.appellant.name = "陈大文";
    ticket.appellant.phone = "13800001111";
    ticket.result_text = "已回复陈大文";
    ticket.division = city.divisions.front().code;
    ticket.lead_unit = city.units.front().id;
    const Step step{Kind::dispatched, 5, State::dispatched, {}};
    const std::string body = body_of(step, ticket, city, fixed_time);
    CHECK(body.starts_with(R"({"type":"ticket.dispatched","timestamp":"2026-11-27T04:00:00.000Z")")
    );
    CHECK(
        body.find(R"("ticket_no":"WN2026112700000178","seq":5,"state":"dispatched")") !=
        std::string::npos
    );
    CHECK(body.find(city.units.front().name) != std::string::npos);
    CHECK(body.size() < 2048);
    for (const std::string_view secret :
         {"陈大文", "1380000", "某路", "某某公司", "9161", "停电"}) {
        CHECK(body.find(secret) == std::string::npos);
    }
    CHECK(message_id(ticket.number, 5) == "WN2026112700000178_5");
    CHECK(message_id(ticket.number, 5).find('.') == std::string::npos);
}

TEST_CASE("what an endpoint wants is kept as a list and read back (V1)") {
    const std::set<Kind> wanted{Kind::closed, Kind::created};
    CHECK(kinds_from(list_of(wanted)) == wanted);
    CHECK(kinds_from("").empty());
    CHECK(kinds_from("ticket.closed,nothing,").size() == 1);
    CHECK(list_of({}).empty());
}

TEST_CASE("every attempt waits longer, up to six hours, each message a little differently (V5)") {
    for (std::uint64_t message = 1; message < 200; ++message) {
        std::chrono::seconds last{0};
        for (unsigned attempts = 1; attempts <= 12; ++attempts) {
            const auto wait = back_off(attempts, message);
            CHECK(wait >= last);
            CHECK(wait <= 6h);
            last = wait;
        }
        CHECK(last >= 6h * 8 / 10);
        CHECK(back_off(1, message) >= 4s);
        CHECK(back_off(1, message) <= 5s);
    }
    CHECK(back_off(0, 1) == back_off(1, 1));
    CHECK(back_off(6, 1) != back_off(6, 2));
}

TEST_CASE("a longer Retry-After counts, a shorter or a boundless one does not (V5)") {
    CHECK(wait_before(1, 1, std::nullopt) == back_off(1, 1));
    CHECK(wait_before(1, 1, 60s) == 60s);
    CHECK(wait_before(6, 1, 1s) == back_off(6, 1));
    CHECK(wait_before(1, 1, std::chrono::seconds(24h)) == 6h);
}

TEST_CASE("an endpoint that fails again and again is left alone, five minutes at most (V6)") {
    CHECK(pause(1, std::nullopt) == 0s);
    CHECK(pause(2, std::nullopt) == 0s);
    CHECK(pause(3, std::nullopt) == 8s);
    CHECK(pause(8, std::nullopt) == 256s);
    CHECK(pause(9, std::nullopt) == 5min);
    CHECK(pause(4'000'000, std::nullopt) == 5min);
    CHECK(pause(1, 30s) == 30s);
    CHECK(pause(9, 30s) == 5min);
}

TEST_CASE("only 2xx takes a message and 410 ends it (V5, V7)") {
    CHECK(verdict_of(200) == Verdict::delivered);
    CHECK(verdict_of(204) == Verdict::delivered);
    CHECK(verdict_of(410) == Verdict::gone);
    for (const unsigned status : {0U, 199U, 301U, 400U, 404U, 429U, 500U, 503U}) {
        CHECK(verdict_of(status) == Verdict::again);
    }
}
