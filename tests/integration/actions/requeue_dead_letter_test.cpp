#include "server/actions/requeue_dead_letter.hpp"

#include "integrations/mysql/dead_letter_store.hpp"
#include "server/actions/accept_appeals.hpp"
#include "tests/integration/actions/desk.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

using namespace hotline;
using namespace hotline::ticketing;
using test::Desk;

namespace {

std::uint64_t buried(Desk& desk) {
    actions::DeadLetter letter;
    letter.stream_id = "1-1";
    letter.ticket_no = format_ticket_number(desk.now, ++desk.serial);
    letter.payload = "\xFFnot json";
    letter.error = "malformed_json";
    letter.accepted_at = desk.now;
    const auto stub = desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::bury_dead_letter(db, letter, desk.city, desk.now);
    });
    REQUIRE(stub);
    REQUIRE(stub->ticket.needs_entry);
    const auto kept =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::list_dead_letters(db, 10); });
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    return kept->front().id;
}

Appeal mended(const Desk& desk) {
    Appeal appeal;
    appeal.content = "厂区变压器烧坏，全厂停电，请尽快抢修";
    appeal.division = "610526";
    appeal.appellant.name = "陈先生";
    appeal.appellant.phone = "13800001234";
    return normalise(std::move(appeal), desk.city.directory)->appeal;
}

Result<actions::Requeued> requeued(Desk& desk, std::uint64_t letter) {
    const Actor admin{.user = {3}, .role = Role::admin, .name = "管理员"};
    return desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::requeue_dead_letter(
            db, letter, mended(desk), admin, desk.city, desk.loads, desk.now
        );
    });
}

}  // namespace

TEST_CASE("T2 a mended dead letter becomes the ticket its stub stood for, routed and timed") {
    Desk desk;
    const auto letter = buried(desk);
    desk.now += std::chrono::minutes{10};
    const auto done = requeued(desk, letter);
    REQUIRE(done);
    const Ticket ticket = desk.ticket(done->after.number);
    CHECK(!ticket.needs_entry);
    CHECK(ticket.topic == "用电");
    CHECK(ticket.appellant.phone == "13800001234");
    CHECK(ticket.division == "610526");
    CHECK(ticket.state == State::dispatched);
    CHECK(ticket.lead_unit == desk.small.unit("city.state_grid"));
    CHECK(open_clock(ticket, sla::ClockKind::entry) == nullptr);
    CHECK(open_clock(ticket, sla::ClockKind::handle) != nullptr);
    const auto events = desk.log(ticket.number);
    REQUIRE(events.size() == 3);
    CHECK(events[1].act == Act::requeue);
    CHECK(events[1].changes.find("\"contactable\":[false,true]") != std::string::npos);
    CHECK(!first_broken(events, crypto::sm3));
}

TEST_CASE("a dead letter is mended once") {
    Desk desk;
    const auto letter = buried(desk);
    REQUIRE(requeued(desk, letter));
    const auto again = requeued(desk, letter);
    REQUIRE(!again);
    CHECK(again.error().code == ErrorCode::conflict);
    const auto none = requeued(desk, letter + 1);
    REQUIRE(!none);
    CHECK(none.error().code == ErrorCode::not_found);
}
