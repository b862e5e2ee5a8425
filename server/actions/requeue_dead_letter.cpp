#include "server/actions/requeue_dead_letter.hpp"

#include "integrations/mysql/dead_letter_store.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/ticket_stub.hpp"
#include "server/actions/course.hpp"
#include "server/actions/follow_ups.hpp"
#include "server/actions/ticket_content.hpp"
#include "ticketing/lifecycle/changes.hpp"
#include "ticketing/lifecycle/decide.hpp"

namespace hotline::actions {
namespace {

using ticketing::Appeal;
using ticketing::Enterprise;
using ticketing::Ticket;

// As at intake: the chosen firm, else the one with the code, else the only one with the number.
Result<std::optional<Enterprise>> firm_of(mysql::Connection& db, const Appeal& appeal) {
    Result<std::vector<Enterprise>> found;
    if (appeal.enterprise) {
        found = mysql::find_enterprises_by_id(db, {&appeal.enterprise, 1});
    } else if (!appeal.uscc.empty()) {
        found = mysql::find_enterprises_by_uscc(db, {&appeal.uscc, 1});
    } else if (!appeal.appellant.phone.empty()) {
        found = mysql::find_enterprises_by_phone(db, {&appeal.appellant.phone, 1});
    }
    if (!found) return std::unexpected(found.error());
    if (found->size() != 1) return std::nullopt;
    return found->front();
}

ticketing::ActRequest completion(const Ticket& filled, const ticketing::Actor& actor) {
    ticketing::ActRequest request;
    request.act = ticketing::Act::requeue;
    request.actor = actor;
    request.title = filled.title;
    request.content = filled.content;
    request.type = filled.type;
    request.topic = filled.topic;
    request.category = filled.category;
    request.urgency = filled.urgency;
    request.division = filled.division;
    return request;
}

// What no act changes is put onto the ticket beside the decision.
void fill(Ticket& ticket, const Ticket& filled) {
    ticket.appellant = filled.appellant;
    ticket.enterprise = filled.enterprise;
    ticket.enterprise_name = filled.enterprise_name;
    ticket.uscc = filled.uscc;
    ticket.place = filled.place;
    ticket.wanted = filled.wanted;
    ticket.town = filled.town;
    ticket.amount_fen = filled.amount_fen;
    ticket.risk_flags = filled.risk_flags;
    ticket.complained_unit = filled.complained_unit;
}

Result<Ticket> filled_in(
    mysql::Connection& db, const Ticket& stub, Appeal appeal, const City& city
) {
    const auto firm = firm_of(db, appeal);
    if (!firm) return std::unexpected(firm.error());
    const Enterprise* known = *firm ? &**firm : nullptr;
    const std::string_view home = known ? std::string_view(known->division) : std::string_view();
    const auto cues = city.read(appeal.title, appeal.content, home);
    Ticket filled = stub;
    take_over(filled, appeal, known);
    grade(filled, appeal, cues, known);
    if (const auto* duty = city.directory.duty(filled.topic)) filled.category = duty->category;
    return filled;
}

Result<void> dispatch_if_clear(
    mysql::Connection& db,
    Course& course,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    const auto routed = routed_again(db, course.ticket(), city, loads, now);
    if (!routed) return std::unexpected(routed.error());
    if (!*routed) return {};
    if (auto sent = decide(course.ticket(), **routed, city.at(now))) course.take(std::move(*sent));
    return {};
}

}  // namespace

Result<Requeued> requeue_dead_letter(
    mysql::Connection& db,
    std::uint64_t dead_letter,
    Appeal appeal,
    const ticketing::Actor& actor,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    const auto letter = mysql::lock_dead_letter(db, dead_letter);
    if (!letter) return std::unexpected(letter.error());
    if (!*letter) return fail(ErrorCode::not_found);
    if ((*letter)->requeued_at) return fail(ErrorCode::conflict);
    const auto stored = mysql::lock_ticket(db, (*letter)->ticket);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return fail(ErrorCode::not_found);
    const auto filled = filled_in(db, (*stored)->ticket, std::move(appeal), city);
    if (!filled) return std::unexpected(filled.error());

    Course course(**stored);
    auto decision = decide(course.ticket(), completion(*filled, actor), city.at(now));
    if (!decision) return std::unexpected(decision.error());
    fill(decision->after, *filled);
    decision->event.changes = changes_between(course.ticket(), decision->after);
    course.take(std::move(*decision));
    if (auto done = dispatch_if_clear(db, course, city, loads, now); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = mysql::fill_stub(db, course.ticket()); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = course.store(db); !done) return std::unexpected(done.error());
    if (auto done = mysql::mark_requeued(db, dead_letter, actor.user, now); !done) {
        return std::unexpected(done.error());
    }
    return Requeued{(*stored)->ticket, course.ticket()};
}

}  // namespace hotline::actions
