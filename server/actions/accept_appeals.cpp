#include "server/actions/accept_appeals.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/dead_letter_store.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/firm_solvers.hpp"
#include "integrations/mysql/store_error.hpp"
#include "server/actions/call_back.hpp"
#include "server/actions/ticket_content.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/router/trace.hpp"
#include "ticketing/text.hpp"
#include "ticketing/ticket_number.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>

namespace hotline::actions {
namespace {

using ticketing::Enterprise;
using ticketing::Ticket;

const ticketing::Actor the_system{.role = ticketing::Role::system, .name = "系统"};

// The enterprises a batch speaks of and who solved matters of theirs before, found with four
// queries at most.
class Firms {
public:
    static Result<Firms> of(mysql::Connection& db, std::span<const PromisedAppeal> appeals) {
        std::vector<std::string> codes;
        std::vector<std::string> phones;
        std::vector<ticketing::EnterpriseId> ids;
        for (const PromisedAppeal& promised : appeals) {
            const ticketing::Appeal& appeal = promised.appeal;
            if (appeal.enterprise) {
                ids.push_back(appeal.enterprise);
            } else if (!appeal.uscc.empty()) {
                codes.push_back(appeal.uscc);
            } else if (!appeal.appellant.phone.empty()) {
                phones.push_back(appeal.appellant.phone);
            }
        }
        Firms firms;
        if (auto done = firms.take(mysql::find_enterprises_by_id(db, ids)); !done) {
            return std::unexpected(done.error());
        }
        if (auto done = firms.take(mysql::find_enterprises_by_uscc(db, codes)); !done) {
            return std::unexpected(done.error());
        }
        if (auto done = firms.take(mysql::find_enterprises_by_phone(db, phones)); !done) {
            return std::unexpected(done.error());
        }
        if (auto done = firms.find_solvers(db); !done) return std::unexpected(done.error());
        return firms;
    }

    // A telephone number that several enterprises share says nothing.
    const Enterprise* of(const ticketing::Appeal& appeal) const {
        if (appeal.enterprise) return found(by_id_, appeal.enterprise.value);
        if (!appeal.uscc.empty()) return found(by_uscc_, appeal.uscc);
        const auto sharing = by_phone_.find(appeal.appellant.phone);
        if (sharing == by_phone_.end() || sharing->second.size() != 1) return nullptr;
        return found(by_id_, *sharing->second.begin());
    }

    // Valid as long as this.
    std::span<const ticketing::OfficialId> solvers_of(const Enterprise* firm) const {
        const auto found = firm ? solvers_.find(firm->id.value) : solvers_.end();
        if (found == solvers_.end()) return {};
        return found->second;
    }

private:
    Result<void> find_solvers(mysql::Connection& db) {
        std::vector<ticketing::EnterpriseId> ids;
        for (const auto& [id, firm] : by_id_) ids.push_back(firm->id);
        auto solvers = mysql::firm_solvers(db, ids);
        if (!solvers) return std::unexpected(solvers.error());
        solvers_ = std::move(*solvers);
        return {};
    }

    template <class Map, class Key>
    static const Enterprise* found(const Map& map, const Key& key) {
        const auto at = map.find(key);
        return at == map.end() ? nullptr : at->second.get();
    }

    Result<void> take(Result<std::vector<Enterprise>> rows) {
        if (!rows) return std::unexpected(rows.error());
        for (Enterprise& row : *rows) {
            auto firm = std::make_shared<const Enterprise>(std::move(row));
            by_uscc_.emplace(firm->uscc, firm);
            if (!firm->phone.empty()) by_phone_[firm->phone].insert(firm->id.value);
            by_id_.emplace(firm->id.value, std::move(firm));
        }
        return {};
    }

    using Firm = std::shared_ptr<const Enterprise>;
    std::unordered_map<std::uint64_t, Firm> by_id_;
    std::unordered_map<std::string, Firm> by_uscc_;
    std::unordered_map<std::string, std::set<std::uint64_t>> by_phone_;
    mysql::FirmSolvers solvers_;
};

Ticket ticket_from(const PromisedAppeal& promised, const Enterprise* firm) {
    Ticket ticket;
    ticket.number = promised.ticket_no;
    if (const auto number = ticketing::parse_ticket_number(promised.ticket_no)) {
        ticket.id = {number->serial};
    }
    ticket.channel = promised.appeal.channel;
    take_over(ticket, promised.appeal, firm);
    return ticket;
}

ticketing::ActRequest dispatch_by_router(const ticketing::RouteDecision& route) {
    ticketing::ActRequest request;
    request.act = ticketing::Act::dispatch;
    request.actor = the_system;
    request.unit = route.lead;
    request.co_units = route.co_units;
    request.official = route.official;
    return request;
}

void append(mysql::NewTicket& entry, ticketing::Event event) {
    event.seq = static_cast<std::uint32_t>(entry.events.size() + 1);
    const auto previous = entry.events.empty() ? ticketing::Digest{} : entry.events.back().hash;
    ticketing::seal(event, previous, crypto::sm3);
    entry.events.push_back(std::move(event));
}

ticketing::Actor filed_by(const ticketing::Appeal& appeal) {
    using ticketing::Role;
    ticketing::Actor actor{.user = appeal.created_by, .role = Role::enterprise, .name = "诉求人"};
    if (appeal.channel == ticketing::Channel::visit) {
        actor.role = Role::official;
        actor.official = appeal.visiting_official;
        actor.name = "走访登记";
    } else if (appeal.created_by) {
        actor.role = Role::agent;
        actor.name = "坐席登记";
    }
    return actor;
}

// Pure but for what it is given: an appeal becomes a ticket with its unit, official and clocks.
mysql::NewTicket make_ticket(
    const PromisedAppeal& promised,
    const Firms& firms,
    const City& city,
    ticketing::Loads& loads,
    ticketing::Instant now
) {
    mysql::NewTicket entry;
    entry.idempotency_key = promised.appeal.idempotency_key;
    entry.body_hash = promised.body_hash;
    ticketing::Appeal appeal = promised.appeal;
    const Enterprise* firm = firms.of(appeal);
    const std::string_view home = firm ? std::string_view(firm->division) : std::string_view();
    const ticketing::Cues cues = city.read(appeal.title, appeal.content, home);
    Ticket ticket = ticket_from(promised, firm);
    grade(ticket, appeal, cues, firm);
    const auto surroundings = city.at(std::max(now, promised.accepted_at));
    auto matter = matter_of(appeal, cues);
    matter.solved_before = firms.solvers_of(firm);
    const auto route = ticketing::route(
        matter, firm, city.directory, loads, *city.misroutes->current(), &surroundings
    );
    ticket.category = route.category;
    ticket.complexity = route.complexity;
    ticket.case_owner = route.case_owner;
    ticket.route_trace = ticketing::render_trace(route, city.directory, &cues);

    auto opened = open_ticket(std::move(ticket), filed_by(appeal), city.at(promised.accepted_at));
    append(entry, opened.event);
    entry.ticket = std::move(opened.after);
    if (waits_for_dispatcher(route)) return entry;
    auto sent = decide(
        entry.ticket, dispatch_by_router(route), city.at(std::max(now, promised.accepted_at))
    );
    if (!sent) return entry;  // the dispatcher finds it under 待派 with its reasons
    append(entry, sent->event);
    entry.ticket = std::move(sent->after);
    if (route.official) {
        ticketing::OfficialDesk& desk = loads[route.official.value];
        desk.open_weighted += ticketing::desk_weight(entry.ticket.urgency, entry.ticket.complexity);
        desk.given += 1;
    }
    return entry;
}

Acceptance acceptance_of(mysql::NewTicket entry) {
    return {Acceptance::Kind::committed, entry.ticket.number, std::move(entry.ticket)};
}

// The key is known: the same appeal again, or another one under a used key. A second number leads
// to the first one's ticket.
Result<Acceptance> replay(
    mysql::Connection& db, const PromisedAppeal& promised, const mysql::IntakeMatch& match
) {
    if (match.body_hash != promised.body_hash) {
        return Acceptance{Acceptance::Kind::other_body, match.number, {}};
    }
    if (match.number != promised.ticket_no) {
        if (auto done = mysql::add_alias(db, promised.ticket_no, match.id); !done) {
            return std::unexpected(done.error());
        }
    }
    return Acceptance{Acceptance::Kind::replayed, match.number, {}};
}

// Within one batch the same key may come twice (two servers, a re-injected orphan): the first
// stands.
std::optional<mysql::IntakeMatch> earlier_in_batch(
    std::span<const mysql::NewTicket> fresh, const PromisedAppeal& promised
) {
    for (const mysql::NewTicket& entry : fresh) {
        if (entry.ticket.channel == promised.appeal.channel &&
            entry.idempotency_key == promised.appeal.idempotency_key) {
            return mysql::IntakeMatch{entry.ticket.id, entry.ticket.number, entry.body_hash};
        }
    }
    return std::nullopt;
}

std::vector<std::string> calls_they_came_by(std::span<const mysql::NewTicket> tickets) {
    std::vector<std::string> calls;
    for (const mysql::NewTicket& entry : tickets) {
        if (!entry.ticket.call_id.empty()) calls.push_back(entry.ticket.call_id);
    }
    return calls;
}

}  // namespace

Result<std::vector<Acceptance>> accept_appeals(
    mysql::Connection& db,
    std::span<const PromisedAppeal> appeals,
    const City& city,
    ticketing::Loads& loads,
    ticketing::Instant now,
    bool look_first
) {
    const auto firms = Firms::of(db, appeals);
    if (!firms) return std::unexpected(firms.error());
    std::vector<Acceptance> results(appeals.size());
    std::vector<mysql::NewTicket> fresh;
    std::vector<std::size_t> places;
    fresh.reserve(appeals.size());
    for (std::size_t i = 0; i < appeals.size(); ++i) {
        const PromisedAppeal& promised = appeals[i];
        if (look_first) {
            auto match =
                mysql::find_intake(db, promised.appeal.channel, promised.appeal.idempotency_key);
            if (!match) return std::unexpected(match.error());
            if (!*match) *match = earlier_in_batch(fresh, promised);
            if (*match) {
                auto replayed = replay(db, promised, **match);
                if (!replayed) return std::unexpected(replayed.error());
                results[i] = std::move(*replayed);
                continue;
            }
        }
        fresh.push_back(make_ticket(promised, *firms, city, loads, now));
        places.push_back(i);
    }
    if (!fresh.empty()) {
        if (auto written = mysql::insert_tickets(db, fresh); !written) {
            return std::unexpected(written.error());
        }
        if (auto settled = settle_by_tickets(db, calls_they_came_by(fresh), now); !settled) {
            return std::unexpected(settled.error());
        }
    }
    for (std::size_t k = 0; k < fresh.size(); ++k) {
        results[places[k]] = acceptance_of(std::move(fresh[k]));
    }
    return results;
}

Result<Acceptance> bury_dead_letter(
    mysql::Connection& db, const DeadLetter& letter, const City& city, ticketing::Instant now
) {
    const auto known = mysql::find_dead_letter(db, letter.stream_id);
    if (!known) return std::unexpected(known.error());
    if (*known) return Acceptance{Acceptance::Kind::replayed, letter.ticket_no, {}};

    Ticket ticket;
    ticket.number = letter.ticket_no;
    if (const auto number = ticketing::parse_ticket_number(letter.ticket_no)) {
        ticket.id = {number->serial};
    }
    ticket.channel = letter.channel;
    ticket.title = "需人工补录";
    ticket.needs_entry = true;
    mysql::NewTicket entry;
    // Its own key space: the original key stays free for a mended copy sent by the caller.
    entry.idempotency_key = "dead-letter:" + letter.stream_id;
    entry.body_hash = letter.body_hash;
    auto opened =
        open_ticket(std::move(ticket), the_system, city.at(std::min(letter.accepted_at, now)));
    append(entry, opened.event);
    entry.ticket = std::move(opened.after);
    if (auto written = mysql::insert_tickets(db, {&entry, 1}); !written) {
        return std::unexpected(written.error());
    }
    auto kept = mysql::add_dead_letter(
        db, {letter.stream_id, entry.ticket.id, letter.payload, letter.error, now}
    );
    if (!kept) return std::unexpected(kept.error());
    return acceptance_of(std::move(entry));
}

}  // namespace hotline::actions
