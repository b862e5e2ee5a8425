#include "tests/bench/sla_tickets.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/now.hpp"
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/tables.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/core.h>

#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::bench {
namespace {

using namespace std::chrono_literals;
using ticketing::Act;
using ticketing::Role;

constexpr std::uint64_t first_serial = 60'000'000;  // far above what the server leases
constexpr std::size_t batch_size = 500;
constexpr std::chrono::milliseconds work_goes_back = 15 * 24h;

std::vector<const ticketing::Official*> workers(const City& city) {
    std::vector<const ticketing::Official*> found;
    for (const auto& official : city.directory.officials) {
        if (official.active) found.push_back(&official);
    }
    return found;
}

ticketing::Ticket fresh(std::uint64_t serial, ticketing::Instant now) {
    ticketing::Ticket ticket;
    ticket.id = {serial};
    ticket.number = ticketing::format_ticket_number(now, serial);
    ticket.type = serial % 3 == 0 ? ticketing::AppealType::complaint : ticketing::AppealType::help;
    ticket.title = "施工许可迟迟未办";
    ticket.content = "施工许可申报已逾一月，窗口未给答复，影响开工，请协调。";
    ticket.appellant.phone = "13800001111";
    return ticket;
}

// A ticket and what is told of it so far.
class Life {
public:
    Life(ticketing::Ticket fresh, const City& city, ticketing::Instant at) : city_(city) {
        auto opened = open_ticket(std::move(fresh), {.role = Role::enterprise}, city.at(at));
        take(std::move(opened));
    }

    void act(const ticketing::ActRequest& request, ticketing::Instant at) {
        take(must(decide(entry_.ticket, request, city_.at(at))));
    }
    // What a form would hold.
    void act(Act what, Role role, ticketing::Instant at) {
        ticketing::ActRequest request;
        request.act = what;
        request.actor = {.user = {1}, .role = role, .name = "某人"};
        if (role == Role::official) {
            request.actor.official = entry_.ticket.official;
            request.actor.unit = entry_.ticket.lead_unit;
        }
        request.contact_way = "phone";
        request.contact_result = "已联系";
        request.outcome = ticketing::Outcome::solved;
        request.result_text = "已协调办理，企业认可。";
        request.basis = "依据职责清单";
        request.told_at = at;
        act(request, at);
    }

    void dispatch(const ticketing::Official& official, ticketing::Instant at) {
        ticketing::ActRequest request;
        request.act = Act::dispatch;
        request.actor = {.role = Role::system};
        request.unit = official.unit;
        request.official = official.id;
        act(request, at);
    }

    mysql::NewTicket entry(std::string_view key) && {
        entry_.idempotency_key = fmt::format("{}-{}", key, entry_.ticket.id.value);
        return std::move(entry_);
    }

private:
    void take(ticketing::Decision decision) {
        auto& events = entry_.events;
        decision.event.seq = static_cast<std::uint32_t>(events.size() + 1);
        const auto before = events.empty() ? ticketing::Digest{} : events.back().hash;
        seal(decision.event, before, crypto::sm3);
        events.push_back(std::move(decision.event));
        entry_.ticket = std::move(decision.after);
    }

    const City& city_;
    mysql::NewTicket entry_;
};

mysql::NewTicket dispatched(
    std::uint64_t serial,
    const ticketing::Official& official,
    const City& city,
    ticketing::Instant now
) {
    Life life(fresh(serial, now), city, now);
    life.dispatch(official, now);
    return std::move(life).entry("bench-sla");
}

// How far the work on an open ticket has come: of ten, one waits for dispatch, two for a signature,
// four are worked at, two wait for the review and one for a call.
mysql::NewTicket at_work(
    std::uint64_t serial,
    const ticketing::Official& official,
    const City& city,
    ticketing::Instant came
) {
    const auto stage = serial % 10;
    ticketing::Ticket ticket = fresh(serial, came);
    auto [title, content] = appeal_text(serial);
    ticket.title = std::move(title);
    ticket.content = std::move(content);
    const auto* unit = city.directory.unit(official.unit);
    ticket.division = unit->division == "610500" ? "610502" : unit->division;
    ticket.enterprise_name = fmt::format("渭南某某{}号有限公司", serial % 50'000);
    Life life(std::move(ticket), city, came);
    if (stage > 0) life.dispatch(official, came + 10min);
    if (stage > 2) life.act(Act::sign_for, Role::official, came + 1h);
    if (stage > 3) life.act(Act::first_contact, Role::official, came + 2h);
    if (stage > 6) life.act(Act::submit_result, Role::official, came + 6h);
    if (stage > 8) life.act(Act::review_pass, Role::reviewer, came + 8h);
    return std::move(life).entry("bench-work");
}

// Batch by batch; `told`: what waits for the server to be told, derived and found.
void insert_in_batches(
    mysql::Connection& db,
    std::uint64_t count,
    std::span<const std::string_view> told,
    const std::function<mysql::NewTicket(std::uint64_t)>& ticket
) {
    std::vector<mysql::NewTicket> batch;
    for (std::uint64_t n = 0; n < count; ++n) {
        batch.push_back(ticket(n));
        if (batch.size() < batch_size && n + 1 < count) continue;
        must(db.begin());
        must(mysql::insert_tickets(db, batch));
        for (const auto table : told) {
            must(db.execute(fmt::format("DELETE FROM {} WHERE ticket_id>=?", table), {first_serial})
            );
        }
        must(db.commit());
        batch.clear();
        if ((n + 1) % 20'000 == 0) fmt::print(stderr, "  {} tickets laid down\n", n + 1);
    }
}

}  // namespace

void lay_down_tickets(const Instance& instance, const City& city, std::uint64_t count) {
    auto db = must(mysql::Connection::open(instance.owner()));
    const auto people = workers(city);
    const auto now = hotline::now();
    constexpr std::string_view told[] = {"outbox", "derive_todo"};
    insert_in_batches(db, count, told, [&](std::uint64_t n) {
        return dispatched(first_serial + n, *people[n % people.size()], city, now);
    });
}

void lay_down_work(const Instance& instance, const City& city, std::uint64_t count) {
    auto db = must(mysql::Connection::open(instance.owner()));
    const auto people = workers(city);
    const auto now = hotline::now();
    constexpr std::string_view told[] = {"outbox"};
    insert_in_batches(db, count, told, [&](std::uint64_t n) {
        const auto left = static_cast<std::int64_t>(count - n);
        const auto came = now - work_goes_back * left / static_cast<std::int64_t>(count) - 9h;
        return at_work(first_serial + n, *people[n * 7 % people.size()], city, came);
    });
}

}  // namespace hotline::bench
