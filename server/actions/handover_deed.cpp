#include "server/actions/handover_deed.hpp"

#include "server/actions/partner_word.hpp"
#include "ticketing/permissions.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

using mysql::Handover;
using mysql::HandoverState;
using ticketing::Role;

bool may_settle(
    const ticketing::Actor& actor,
    const ticketing::Ticket& ticket,
    const ticketing::Directory& directory
) {
    switch (actor.role) {
        case Role::dispatcher:
        case Role::supervisor:
            return true;
        case Role::unit_clerk:
        case Role::unit_leader:
        case Role::official:
            return answers_for(actor, ticket, directory);
        default:
            return false;
    }
}

// What is under way at the partner is not sent a second time; what has ended is not ended again.
bool fits(HandoverDeed deed, HandoverState state) {
    using enum HandoverState;
    switch (deed) {
        case HandoverDeed::again:
            return state != sending && state != token && state != accepted;
        case HandoverDeed::adopt:
            return state != accepted && state != closed && state != kept_back;
        case HandoverDeed::settle:
            return state != ended;
    }
    return false;
}

std::string apply(Handover& handover, const HandoverCommand& command, ticketing::Instant now) {
    handover.told_at.reset();
    handover.next_at = now;
    handover.fault.clear();
    handover.status = 0;
    switch (command.deed) {
        case HandoverDeed::again:
            handover.state = HandoverState::waiting;
            handover.request_id.clear();
            handover.token.clear();
            handover.words.clear();
            handover.attempts = 0;
            handover.seen_at.reset();
            return fmt::format("重新转交“{}”。", handover.partner_name);
        case HandoverDeed::adopt:
            handover.state = HandoverState::accepted;
            handover.request_id = command.request_id;
            handover.words.clear();
            handover.seen_at = now;
            return fmt::format(
                "经核实“{}”已收到，登记对方编号 {}。", handover.partner_name, command.request_id
            );
        case HandoverDeed::settle:
            break;
    }
    handover.state = HandoverState::ended;
    handover.words = partner_said(command.reason);
    return fmt::format(
        "不再由“{}”办理，改由本单位自行办理：{}", handover.partner_name, command.reason
    );
}

}  // namespace

Result<Handover> do_handover_deed(
    mysql::Connection& db,
    const City& city,
    const ticketing::Ticket& ticket,
    const HandoverCommand& command,
    ticketing::Instant now
) {
    const auto found = mysql::find_handover(db, ticket.id, true);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    if (!may_settle(command.actor, ticket, city.directory)) return fail(ErrorCode::forbidden);
    Handover after = **found;
    const bool with_unit = ticket.lead_unit && !is_final(ticket.state);
    if (!with_unit || !fits(command.deed, after.state)) {
        return fail(ErrorCode::guard_failed, "handover_fits");
    }
    const HandoverState was = after.state;
    std::string text = apply(after, command, now);
    const auto written = mysql::write_handover(db, after, was);
    if (!written) return std::unexpected(written.error());
    if (command.deed != HandoverDeed::settle) {
        if (auto ok = mysql::requeue_handover(db, after.id, now); !ok) {
            return std::unexpected(ok.error());
        }
        after.queued_at = now;
    }
    const auto noted = note_partner_word(
        db, city, ticket.id, command.actor, PartnerWord::progress, std::move(text), now
    );
    if (!noted) return std::unexpected(noted.error());
    return after;
}

}  // namespace hotline::actions
