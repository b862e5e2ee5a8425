#include "server/actions/find_similar.hpp"

#include "integrations/mysql/outbox_store.hpp"
#include "ticketing/lifecycle/merging.hpp"

#include <algorithm>
#include <tuple>

namespace hotline::actions {
namespace {

using mysql::TicketLine;
using ticketing::State;
using ticketing::Ticket;
using ticketing::TicketId;
using ticketing::similarity::Comparison;
using ticketing::similarity::Shingles;
using ticketing::similarity::Suspicion;

constexpr std::size_t of_one_caller = 20;

Result<void> add_callers(
    mysql::Connection& db,
    const std::string& phone,
    ticketing::Instant now,
    std::vector<TicketId>& tickets
) {
    if (phone.empty()) return {};
    ticketing::Scope everything;
    everything.everything = true;
    mysql::TicketFilter filter;
    filter.phone = phone;
    const mysql::TicketListing listing{
        .scope = everything, .filter = filter, .after = {}, .limit = of_one_caller, .now = now
    };
    const auto lines = mysql::list_tickets(db, listing);
    if (!lines) return std::unexpected(lines.error());
    for (const TicketLine& line : *lines) tickets.push_back(line.ticket.id);
    std::ranges::sort(tickets);
    const auto twice = std::ranges::unique(tickets);
    tickets.erase(twice.begin(), twice.end());
    return {};
}

// One appeal held against others.
class Comparer {
public:
    Comparer(
        const SimilarAppeals& appeals,
        const SimilarAsked& asked,
        const Asker& asker,
        ticketing::Instant now
    )
        : rules_(appeals.rules().suspicion),
          appeal_(asked.appeal),
          asker_(asker),
          today_(sla::local_day(now)),
          party_known_(views_of(asker.actor, appeal_, asker.scope).uscc != ticketing::View::hidden),
          text_(compared_text(appeal_.title, appeal_.content)),
          shingles_(text_) {}

    const Shingles& shingles() const { return shingles_; }
    sla::LocalDay recent() const { return today_ - std::chrono::days(rules_.recent_days); }

    void take(TicketLine&& line, SimilarTickets& into) const {
        SimilarTicket found{.line = std::move(line)};
        const Ticket& other = found.line.ticket;
        if (other.id == appeal_.id) return;
        if (ticketing::similarity::set_aside(other.state, other.needs_entry)) return;
        const auto views = views_of(asker_.actor, other, asker_.scope);
        // A7: whose it is is neither told nor to be found out by asking, of either.
        if (party_known_ && views.uscc != ticketing::View::hidden) {
            found.same_enterprise = same_enterprise(other, appeal_);
            found.same_caller = same_caller(other, appeal_);
        }
        const Shingles pairs{compared_text(other.title, other.content)};
        found.likeness = likeness(shingles_, pairs);
        const Suspicion suspicion = suspicion_of(comparison(found, pairs), rules_);
        if (suspicion == Suspicion::none) return;
        found.duplicate = suspicion == Suspicion::duplicate;
        if (!may_see(asker_.scope, scope_keys(other))) {
            if (found.duplicate && may_be_counted(other)) ++into.elsewhere;
            return;
        }
        found.phrases = shared_phrases(text_, pairs);
        into.items.push_back(std::move(found));
    }

private:
    Comparison comparison(const SimilarTicket& found, const Shingles& pairs) const {
        const Ticket& other = found.line.ticket;
        const auto days_ago = (today_ - sla::local_day(other.accepted_at)).count();
        return {
            .likeness = found.likeness,
            .enough_text = shingles_.tells() && pairs.tells(),
            .same_party = found.same_enterprise || found.same_caller,
            .same_topic = !appeal_.topic.empty() && appeal_.topic == other.topic,
            .over = other.state == State::closed || other.state == State::archived,
            .days_ago = static_cast<int>(days_ago)
        };
    }

    bool may_be_counted(const Ticket& ticket) const {
        return may(asker_.actor.role, ticketing::Verb::ticket_file) &&
               !ticket.appellant.confidential && !ticket.appellant.anonymous;
    }

    const ticketing::similarity::SuspicionRules& rules_;
    const Ticket& appeal_;
    const Asker& asker_;
    sla::LocalDay today_;
    bool party_known_;
    std::string text_;
    Shingles shingles_;
};

void put_in_order(SimilarTickets& found, std::size_t limit) {
    const auto place = [](const SimilarTicket& one) {
        const Ticket& ticket = one.line.ticket;
        return std::tuple(
            !one.duplicate, is_final(ticket.state), -one.likeness.jaccard, ~ticket.id.value
        );
    };
    std::ranges::sort(found.items, {}, place);
    if (found.items.size() > limit) found.items.resize(limit);
}

}  // namespace

Result<SimilarTickets> find_similar(
    mysql::Connection& db,
    const SimilarAppeals& appeals,
    const SimilarAsked& asked,
    const Asker& asker,
    ticketing::Instant now
) {
    if (asked.appeal.state == State::merged) return SimilarTickets{};  // what it repeats is known
    const Comparer comparer{appeals, asked, asker, now};
    auto tickets =
        appeals.candidates(comparer.shingles(), asked.appeal.enterprise, comparer.recent());
    if (auto added = add_callers(db, asked.appeal.appellant.phone, now, tickets); !added) {
        return std::unexpected(added.error());
    }
    auto lines = mysql::changed_tickets(db, tickets);
    if (!lines) return std::unexpected(lines.error());
    SimilarTickets found;
    for (TicketLine& line : *lines) comparer.take(std::move(line), found);
    put_in_order(found, asked.limit);
    return found;
}

}  // namespace hotline::actions
