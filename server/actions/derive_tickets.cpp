#include "server/actions/derive_tickets.hpp"

#include "integrations/mysql/appeal_texts.hpp"
#include "integrations/mysql/derive_store.hpp"
#include "integrations/mysql/misroute_store.hpp"
#include "integrations/mysql/search_work.hpp"
#include "server/actions/logs.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/facts_text.hpp"
#include "ticketing/router/misroutes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>

namespace hotline::actions {
namespace {

using mysql::StoredFacts;
using ticketing::Act;
using ticketing::Event;
using ticketing::TicketId;

// Acts that write a text which can be searched.
bool writes_appeal(Act act) {
    return act == Act::create || act == Act::complete || act == Act::requeue || act == Act::regrade;
}

bool writes_result(Act act) {
    return act == Act::submit_result || act == Act::close_on_call || act == Act::decline;
}

// Acts after which others look for the text, or no longer do (D8).
bool concerns_similarity(Act act) {
    return writes_appeal(act) || act == Act::merge || act == Act::unmerge || act == Act::withdraw ||
           act == Act::decline;
}

// What a batch comes to before it is written.
struct Changes {
    std::map<TicketId, StoredFacts> facts;  // of tickets whose log grew
    std::vector<TicketId> born;             // whose facts are stored and now counted
    sla::DailyCounters counters;
    std::map<mysql::SourceKey, sla::MonthBits> sources;
    std::map<TicketId, std::vector<ticketing::Misroute>>
        misroutes;  // of tickets where they changed
    std::map<std::tuple<std::string, std::string, ticketing::UnitId>, ticketing::Kept> kept;
    std::vector<TicketId> moved;
    mysql::SearchTextsWanted texts;  // written since
    std::vector<TicketId> retold;    // for the indexes of similar appeals
    std::vector<TicketId> unreadable;
};

// Where the ticket counts now, and nothing where it no longer does.
void move_sources(
    Changes& into,
    TicketId ticket,
    std::span<const sla::Contribution> was,
    std::span<const sla::Contribution> is
) {
    auto months = sla::counted_months(is);
    for (const auto& [month, bits] : sla::counted_months(was)) {
        const auto [now, gone] = months.try_emplace(month);
        if (!gone && now->second == bits) months.erase(now);
    }
    for (const auto& [month, bits] : months) into.sources[{month, ticket}] = bits;
}

// R13. What was kept once stays so: a later one of the kind takes its place.
void learn(
    Changes& into,
    TicketId ticket,
    const std::optional<sla::TicketFacts>& was,
    const sla::TicketFacts& is
) {
    const auto before = was ? ticketing::lessons_of(*was) : ticketing::Lessons{};
    auto now = ticketing::lessons_of(is);
    if (now.misroutes != before.misroutes) into.misroutes[ticket] = std::move(now.misroutes);
    if (!now.kept || now.kept == before.kept) return;
    auto& last = into.kept[{now.kept->topic, now.kept->place, now.kept->unit}];
    if (last.sent_at < now.kept->sent_at) last = std::move(*now.kept);
}

// A ticket as it was born: its facts stand in its row, only the sums do not know them yet. A birth
// writes an appeal and no result; one whose sums alone are made anew (seq 0) wrote nothing. False
// when the facts cannot be read.
bool take_newborn(Changes& into, TicketId ticket, const StoredFacts& known, bool writes) {
    const auto facts = ticketing::facts_from(known.facts);
    if (!facts) return false;
    const auto is = sla::contributions(*facts);
    sla::add_to(into.counters, is);
    move_sources(into, ticket, {}, is);
    if (writes) {
        into.moved.push_back(ticket);
        into.texts.appeals.push_back(ticket);
        into.retold.push_back(ticket);
    }
    into.born.push_back(ticket);
    return true;
}

void take_ticket(Changes& into, std::span<const Event> log, const StoredFacts& known) {
    const TicketId ticket = log.front().ticket;
    if (log.back().seq <= known.upto_seq) return;  // another row of work was here before
    into.moved.push_back(ticket);
    const auto since = [&](bool (*writes)(Act)) {
        return std::ranges::any_of(log, [&](const Event& event) {
            return event.seq > known.upto_seq && writes(event.act);
        });
    };
    if (since(writes_appeal)) into.texts.appeals.push_back(ticket);
    if (since(writes_result)) into.texts.results.push_back(ticket);
    if (since(concerns_similarity)) into.retold.push_back(ticket);
    const auto facts = ticketing::facts_of(log);
    const auto before = ticketing::facts_from(known.facts);
    if (!facts || (!known.facts.empty() && !before)) {
        into.unreadable.push_back(ticket);
        return;
    }
    const auto was = before ? sla::contributions(*before) : std::vector<sla::Contribution>{};
    const auto is = sla::contributions(*facts);
    sla::add_to(into.counters, sla::delta(std::span(was), std::span(is)));
    move_sources(into, ticket, was, is);
    learn(into, ticket, before, *facts);
    into.facts[ticket] = {log.back().seq, true, ticketing::to_text(*facts)};
}

// What was not counted counts as nothing.
StoredFacts counted(const StoredFacts& known) {
    return known.counted ? known : StoredFacts{};
}

Result<Changes> changes_of(
    mysql::Connection& db,
    const mysql::DeriveWork& work,
    const std::map<TicketId, StoredFacts>& known
) {
    Changes changes;
    std::vector<TicketId> grown;
    for (const auto& [ticket, upto] : work.upto_seq) {
        const StoredFacts& stored = known.at(ticket);
        const bool newborn = !stored.counted && upto <= stored.upto_seq;
        if (!newborn || !take_newborn(changes, ticket, stored, upto > 0)) grown.push_back(ticket);
    }
    const auto events = mysql::read_events(db, grown);
    if (!events) return std::unexpected(events.error());
    for_each_log(*events, [&](std::span<const Event> log) {
        take_ticket(changes, log, counted(known.at(log.front().ticket)));
    });
    for (auto* tickets : {&changes.moved, &changes.retold, &changes.texts.appeals}) {
        std::ranges::sort(*tickets);
    }
    return changes;
}

Result<void> write(mysql::Connection& db, const Changes& changes) {
    if (auto done = mysql::store_facts(db, changes.facts); !done) return done;
    if (auto done = mysql::set_counted(db, changes.born); !done) return done;
    sla::Rollups sums;
    sla::add_to(sums, changes.counters);
    if (auto done = mysql::add_to_rollups(db, sums); !done) return done;
    if (auto done = mysql::store_sources(db, changes.sources); !done) return done;
    if (auto done = mysql::store_misroutes(db, changes.misroutes); !done) return done;
    std::vector<ticketing::Kept> kept;
    for (const auto& [kind, last] : changes.kept) kept.push_back(last);
    if (auto done = mysql::store_kept(db, kept); !done) return done;
    if (auto done = mysql::note_search_texts(db, changes.texts); !done) return done;
    if (auto done = mysql::note_moved_chains(db, changes.moved); !done) return done;
    return mysql::note_text_changes(db, changes.retold);
}

}  // namespace

Result<Derived> derive_tickets(mysql::Connection& db, std::size_t limit) {
    const auto work = mysql::take_derive_work(db, limit);
    if (!work) return std::unexpected(work.error());
    if (work->rows.empty()) return Derived{};
    std::vector<TicketId> tickets;
    tickets.reserve(work->upto_seq.size());
    for (const auto& [ticket, upto] : work->upto_seq) tickets.push_back(ticket);
    // The logs are read after the locks: what another server derived meanwhile is seen with them.
    const auto known = mysql::lock_facts(db, tickets);
    if (!known) return std::unexpected(known.error());
    auto changes = changes_of(db, *work, *known);
    if (!changes) return std::unexpected(changes.error());
    if (auto done = write(db, *changes); !done) return std::unexpected(done.error());
    if (auto done = mysql::finish_derive_work(db, work->rows); !done) {
        return std::unexpected(done.error());
    }
    return Derived{work->rows.size(), tickets.size(), std::move(changes->unreadable)};
}

}  // namespace hotline::actions
