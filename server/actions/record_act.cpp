#include "server/actions/record_act.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/act_key_store.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/knowledge_store.hpp"
#include "integrations/mysql/store_error.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/course.hpp"
#include "server/actions/file_to_attach.hpp"
#include "server/actions/follow_ups.hpp"
#include "server/actions/on_the_line.hpp"
#include "ticketing/lifecycle/changes.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/lifecycle/merging.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::StoredTicket;
using ticketing::Act;
using ticketing::ActRequest;
using ticketing::Ticket;

// By the names of POST …/actions/{action}; a file has a route of its own.
std::string listed(const std::vector<Act>& acts) {
    std::string text;
    for (const Act act : acts) {
        if (act == Act::attach) continue;
        if (!text.empty()) text += ", ";
        text += name(act);
    }
    return text;
}

// The asker is told what he can do instead.
Error with_choices(
    Error error,
    const Ticket& ticket,
    const ActRequest& request,
    const City& city,
    ticketing::Instant now
) {
    if (error.code == ErrorCode::not_allowed_in_state) {
        error.detail = listed(allowed_acts(ticket, request.actor, city.at(now)));
    }
    return error;
}

bool visible(const Ticket& ticket, const ticketing::Actor& actor, const City& city) {
    return may_see(scope_of(actor, city.directory), scope_keys(ticket));
}

// The act and the ticket are part of what a key stands for, and an appellant's key is good for his
// own ticket only.
mysql::ActKey key_of(
    const ActCommand& command, const StoredTicket& stored, ticketing::Instant now
) {
    const ticketing::UserId user = command.request.actor.user;
    const std::string_view act = name(command.request.act);
    std::string body(act);
    body += '\n';
    body += mysql::bytes_of(command.body_hash);
    std::string key =
        user ? *command.idempotency_key : stored.ticket.number + ":" + *command.idempotency_key;
    return {
        user,
        std::move(key),
        crypto::sm3(std::string_view(body)),
        stored.ticket.id,
        stored.last_seq + 1,
        now
    };
}

Result<StoredTicket> find_parent(
    mysql::Connection& db,
    const ActCommand& command,
    ActRequest& request,
    const Ticket& child,
    const City& city
) {
    auto parent = mysql::lock_ticket(db, command.parent_no);
    if (!parent) return std::unexpected(parent.error());
    if (!*parent || (command.check_scope && !visible((*parent)->ticket, request.actor, city))) {
        return fail_field("parent_ticket_no", ErrorCode::unknown_reference);
    }
    request.parent = (*parent)->ticket.id;
    request.parent_fits = fits_as_parent((*parent)->ticket, child);
    return std::move(**parent);
}

// T5: the parent is told that the same matter came in again, or was another one after all; its
// deadline stays.
Result<void> count_repeat(
    mysql::Connection& db,
    const StoredTicket& parent,
    const ActRequest& request,
    const Ticket& child,
    ticketing::Instant now
) {
    Course course(parent);
    Ticket& after = course.changed();
    after.repeat_count += request.act == Act::merge ? 1 : -1;
    ++after.version;
    ticketing::Event event;
    event.ticket = after.id;
    event.act = request.act;
    event.role = request.actor.role;
    event.user = request.actor.user;
    event.actor_name = request.actor.name;
    event.unit = request.actor.unit;
    event.at = now;
    event.from = event.to = after.state;
    event.reason = child.number;
    event.changes = changes_between(parent.ticket, after);
    course.log(std::move(event));
    return course.store(db);
}

// K9: the answer rests on what is in force now, as its reader saw it.
Result<bool> article_fits(
    mysql::Connection& db, const ActRequest& request, ticketing::Instant now
) {
    if (!request.article) return false;
    const auto found = mysql::read_article(db, request.article, mysql::Hold::yes);
    if (!found) return std::unexpected(found.error());
    using ticketing::knowledge::Standing;
    return found->has_value() && (*found)->article.published == request.article_version &&
           standing_of((*found)->article, (*found)->text, sla::local_day(now)) ==
               Standing::in_force;
}

bool needs_loads(Act act) {
    return act == Act::dispatch || act == Act::designate || act == Act::approve_return;
}

// T10: what an approved return leads to at once.
Result<void> send_on(
    mysql::Connection& db,
    Course& course,
    const ActRequest& request,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    ActRequest dispatch;
    if (request.unit) {
        dispatch = request;
        dispatch.act = Act::dispatch;
        if (!dispatch.official) {
            auto chosen = choose_official(db, dispatch, course.ticket(), city, loads, now);
            if (!chosen) return chosen;
        }
    } else {
        auto routed = routed_again(db, course.ticket(), city, loads, now);
        if (!routed) return std::unexpected(routed.error());
        if (!*routed) return {};
        dispatch = std::move(**routed);
    }
    auto decision = decide(course.ticket(), dispatch, city.at(now));
    // What a person asked for and cannot have he is told; what the router cannot do waits.
    if (!decision && request.unit) return std::unexpected(decision.error());
    if (decision) course.take(std::move(*decision));
    return {};
}

Result<void> perform(
    mysql::Connection& db,
    const ActCommand& command,
    std::optional<ticketing::FileToAttach> file,
    Course& course,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    ActRequest request = command.request;
    request.file = std::move(file);
    const auto fits = article_fits(db, request, now);
    if (!fits) return std::unexpected(fits.error());
    request.article_fits = *fits;
    const Ticket before = course.ticket();
    std::optional<StoredTicket> parent;
    if (request.act == Act::merge) {
        auto found = find_parent(db, command, request, before, city);
        if (!found) return std::unexpected(found.error());
        parent = std::move(*found);
    } else if (request.act == Act::unmerge) {
        auto found = mysql::lock_ticket(db, before.parent);
        if (!found) return std::unexpected(found.error());
        parent = std::move(*found);
    }
    const bool hands_over = request.act == Act::dispatch || request.act == Act::designate;
    if (hands_over && !request.official) {
        auto chosen = choose_official(db, request, before, city, loads, now);
        if (!chosen) return chosen;
    }
    auto decision = decide(before, request, city.at(now));
    if (!decision) {
        return std::unexpected(with_choices(decision.error(), before, request, city, now));
    }
    course.take(std::move(*decision));
    if (request.act == Act::approve_return) {
        if (auto sent = send_on(db, course, request, city, loads, now); !sent) return sent;
    }
    if (parent) return count_repeat(db, *parent, request, before, now);
    const Ticket& after = course.ticket();
    if (!after.article || before.article) return {};
    return mysql::note_article_use(db, after.article, after.article_version, after.id, now);
}

}  // namespace

Result<ActOutcome> record_act(
    mysql::Connection& db,
    const ActCommand& command,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    const auto locked = mysql::lock_ticket(db, command.ticket_no);
    if (!locked) return std::unexpected(locked.error());
    if (!*locked) return fail(ErrorCode::not_found);
    const StoredTicket& stored = **locked;
    if (command.check_scope && !visible(stored.ticket, command.request.actor, city)) {
        const auto of_caller = is_of_caller(db, command.request.actor, stored.ticket, now);
        if (!of_caller) return std::unexpected(of_caller.error());
        if (!*of_caller) return fail(ErrorCode::not_found);
    }
    if (command.idempotency_key) {
        const auto use = mysql::note_act_key(db, key_of(command, stored, now));
        if (!use) return std::unexpected(use.error());
        if (*use == mysql::KeyUse::other_body) return fail(ErrorCode::idempotency_key_reused);
        if (*use == mysql::KeyUse::replayed) return ActOutcome{stored.ticket, stored.ticket, true};
    }
    if (command.if_match && *command.if_match != stored.ticket.version) {
        return fail(ErrorCode::stale_version);
    }
    Result<FilePlan> plan;
    if (command.file || command.release) {
        plan = plan_file(db, command, stored.ticket, city, now);
        if (!plan) return std::unexpected(plan.error());
        if (plan->there) return ActOutcome{stored.ticket, stored.ticket, true, plan->row.seq};
    }
    Course course(stored);
    if (auto done = perform(db, command, plan->file, course, city, loads, now); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = course.store(db); !done) return std::unexpected(done.error());
    if (plan->file) {
        plan->row.seq = stored.last_seq + 1;
        if (auto done = mysql::add_attachment(db, stored.ticket.id, plan->row); !done) {
            return std::unexpected(done.error());
        }
    }
    return ActOutcome{stored.ticket, course.ticket(), false, plan->row.seq};
}

boost::asio::awaitable<Result<ActOutcome>> record_act(
    mysql::Pool& pool,
    const CitySource& city,
    DeskLoads& loads,
    ActCommand command,
    ticketing::Instant now,
    AlsoRead also_read
) {
    const CityPtr snapshot = city.current();
    const ticketing::Loads desks =
        needs_loads(command.request.act) ? loads.copy() : ticketing::Loads();
    const auto job = [&](mysql::Connection& db) -> Result<ActOutcome> {
        auto outcome = record_act(db, command, *snapshot, desks, now);
        if (!outcome || !also_read) return outcome;
        if (auto read = also_read(db, *outcome); !read) return std::unexpected(read.error());
        return outcome;
    };
    auto outcome = co_await pool.transact(job);
    if (!outcome && mysql::outcome_unknown(outcome.error()) && command.idempotency_key) {
        outcome = co_await pool.transact(job);
    }
    if (outcome && !outcome->replayed) loads.moved(outcome->before, outcome->after);
    co_return outcome;
}

}  // namespace hotline::actions
