#include "server/actions/hand_over.hpp"

#include "integrations/crypto/stored_secret.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "integrations/mysql/webhook_deliveries.hpp"
#include "server/actions/follow_ups.hpp"
#include "server/actions/partner_word.hpp"

#include <algorithm>
#include <map>

namespace hotline::actions {
namespace {

using mysql::Handover;
using mysql::HandoverState;
using mysql::Partner;
using ticketing::Ticket;

constexpr std::string_view key_place = "partner api_key";
// What is settled without a call is cheap, but one transaction must end.
constexpr int most_on_the_way = 20;
constexpr std::chrono::minutes ruling_wait{10};

// E11, E19: what is not to be sent; true when it has been settled here.
Result<bool> settled_here(
    mysql::Connection& db,
    const City& city,
    const PartnerTask& task,
    const Ticket& ticket,
    const open311::ServiceMapping* mapping,
    ticketing::Instant now
) {
    Handover after = task.handover;
    if (!is_with_partner(ticket, task.partner)) {
        after.state = HandoverState::ended;
    } else if (ticket.state == ticketing::State::return_pending) {
        // Its unit says that it is not the one: until that is ruled on nothing is sent.
        after.next_at = now + ruling_wait;
    } else if (task.handover.state == HandoverState::waiting) {
        const auto why = open311::kept_back(ticket, mapping);
        if (why == open311::KeptBack::no) return false;
        after.state = HandoverState::kept_back;
        after.told_at = now;
        const bool confidential = why == open311::KeptBack::confidential;
        after.words = kept_back_words(after, confidential);
        const auto noted = note_partner_word(
            db, city, ticket.id, the_system(), PartnerWord::progress, after.words, now
        );
        if (!noted) return noted;
    } else {
        return false;
    }
    const auto written = mysql::write_handover(db, after, task.handover.state);
    if (!written) return written;
    return true;
}

Result<void> prepare(
    mysql::Connection& db,
    const City& city,
    PartnerTask& task,
    const Ticket& ticket,
    const open311::ServiceMapping* mapping,
    ticketing::Instant now,
    std::chrono::milliseconds lease
) {
    const HandoverState was = task.handover.state;
    task.handover.next_at = now + lease;
    task.ticket_no = ticket.number;
    if (was == HandoverState::waiting) {
        task.kind = PartnerTask::Kind::post;
        task.handover.state = HandoverState::sending;
        task.handover.service_code = mapping->service_code;
        task.handover.sent_at = now;
        ++task.handover.attempts;
        task.body = open311::request_body(task.endpoint, *mapping, ticket, city.directory);
    } else {
        task.kind =
            was == HandoverState::token ? PartnerTask::Kind::token : PartnerTask::Kind::look;
    }
    const auto written = mysql::write_handover(db, task.handover, was);
    if (!written) return std::unexpected(written.error());
    return {};
}

}  // namespace

bool is_with_partner(const Ticket& ticket, const Partner& partner) {
    return ticket.lead_unit == partner.unit && !is_final(ticket.state);
}

open311::Endpoint endpoint_of(const Partner& partner, std::string_view key) {
    open311::Endpoint endpoint;
    endpoint.base_url = partner.base_url;
    endpoint.jurisdiction_id = partner.jurisdiction_id;
    endpoint.format = partner.json ? open311::Format::json : open311::Format::xml;
    endpoint.shares_contact = partner.shares_contact;
    if (!partner.api_key.empty()) {
        endpoint.api_key = crypto::decrypt_stored(key, key_place, partner.api_key).value_or("");
    }
    return endpoint;
}

std::string encrypted_key(std::string_view key, std::string_view api_key) {
    return api_key.empty() ? std::string() : crypto::encrypt_stored(key, key_place, api_key);
}

std::vector<open311::ServiceMapping> mappings_of(const Partner& partner) {
    std::vector<open311::ServiceMapping> mappings;
    for (const mysql::PartnerService& service : partner.services) {
        auto& one = mappings.emplace_back();
        one.topic = service.topic;
        one.service_code = service.service_code;
        std::string_view rest = service.attributes;
        while (!rest.empty()) {
            const auto line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            const auto equals = line.find('=');
            if (equals == std::string_view::npos) continue;
            one.attributes.emplace_back(line.substr(0, equals), line.substr(equals + 1));
        }
    }
    return mappings;
}

Result<void> queue_handovers(
    mysql::Connection& db, std::span<const mysql::OutboxRow> rows, ticketing::Instant now
) {
    const auto partners = mysql::active_partners(db);
    if (!partners) return std::unexpected(partners.error());
    std::vector<mysql::OutboxRow> fresh;
    for (const auto& row : rows) {
        if (row.attempts == 1) fresh.push_back(row);
    }
    if (partners->empty() || fresh.empty()) return {};
    std::map<std::uint64_t, std::uint64_t> by_unit;
    for (const Partner& one : *partners) by_unit.emplace(one.unit.value, one.id);
    const auto events = mysql::told_events(db, fresh);
    if (!events) return std::unexpected(events.error());
    std::vector<mysql::NewHandover> handovers;
    for (const auto& [event, ticket] : *events) {
        const bool sent =
            event.act == ticketing::Act::dispatch || event.act == ticketing::Act::designate;
        const auto partner = by_unit.find(ticket.lead_unit.value);
        if (sent && partner != by_unit.end()) {
            handovers.push_back({event.ticket, partner->second, now});
        }
    }
    return mysql::insert_handovers(db, handovers);
}

Result<std::optional<PartnerTask>> take_partner_task(
    mysql::Connection& db,
    const City& city,
    std::uint64_t partner,
    std::string_view key,
    ticketing::Instant now,
    std::chrono::milliseconds lease
) {
    const auto found = mysql::find_partner(db, partner);
    if (!found) return std::unexpected(found.error());
    const bool open =
        *found && (*found)->active && (!(*found)->paused_until || *(*found)->paused_until <= now);
    if (!open) return std::optional<PartnerTask>();
    PartnerTask task;
    task.partner = **found;
    task.endpoint = endpoint_of(task.partner, key);
    const auto mappings = mappings_of(task.partner);
    for (int on_the_way = 0; on_the_way < most_on_the_way; ++on_the_way) {
        auto due = mysql::lock_due_handover(db, partner, now);
        if (!due) return std::unexpected(due.error());
        if (!*due) break;
        task.handover = std::move(**due);
        const auto stored = mysql::lock_ticket(db, task.handover.ticket);
        if (!stored) return std::unexpected(stored.error());
        const Ticket ticket = *stored ? (*stored)->ticket : Ticket();
        const auto* mapping = open311::mapping_of(mappings, ticket.topic);
        const auto settled = settled_here(db, city, task, ticket, mapping, now);
        if (!settled) return std::unexpected(settled.error());
        if (*settled) continue;
        if (auto ok = prepare(db, city, task, ticket, mapping, now, lease); !ok) {
            return std::unexpected(ok.error());
        }
        return std::optional(std::move(task));
    }
    return std::optional<PartnerTask>();
}

}  // namespace hotline::actions
