#include "server/actions/freeze_period.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "server/actions/frozen_statement.hpp"
#include "server/actions/logs.hpp"
#include "sla/date_text.hpp"
#include "ticketing/facts.hpp"

#include <algorithm>
#include <span>

namespace hotline::actions {
namespace {

using mysql::ChainHead;
using mysql::Connection;
using mysql::Freeze;
using ticketing::Event;
using ticketing::TicketId;

constexpr std::size_t logs_at_once = 500;
constexpr std::chrono::days longest{366};

struct Ledger {
    sla::PeriodFigures figures;
    std::vector<ChainHead> evidence;
};

// One ticket's share of the period; its log becomes evidence when it has one.
Result<void> take_log(
    Ledger& into, std::span<const Event> log, sla::LocalDay from, sla::LocalDay to
) {
    const auto facts = ticketing::facts_of(log);
    if (!facts) {
        const std::string id = std::to_string(log.front().ticket.value);
        return fail(ErrorCode::internal, "unreadable log of ticket id " + id);
    }
    if (sla::add_to(into.figures, sla::contributions(*facts), from, to) != 0) {
        into.evidence.push_back({log.back().ticket, log.back().seq, log.back().hash});
    }
    return {};
}

Result<Ledger> ledger_of(Connection& db, sla::LocalDay from, sla::LocalDay to) {
    const auto tickets = mysql::tickets_of_period(db, from, to);
    if (!tickets) return std::unexpected(tickets.error());
    Ledger ledger;
    for (std::size_t at = 0; at < tickets->size(); at += logs_at_once) {
        const std::span some{*tickets};
        const auto part = some.subspan(at, std::min(logs_at_once, some.size() - at));
        const auto events = mysql::read_events(db, part);
        if (!events) return std::unexpected(events.error());
        Result<void> taken;
        for_each_log(*events, [&](std::span<const Event> log) {
            if (taken) taken = take_log(ledger, log, from, to);
        });
        if (!taken) return std::unexpected(taken.error());
    }
    return ledger;
}

// S40: too early a period is not settled; a correction says why.
Result<void> admit(
    const FreezeOrder& order, const sla::Calendar& calendar, const std::optional<Freeze>& before
) {
    if (order.from > order.to || order.to - order.from >= longest) {
        return fail_field("from", ErrorCode::not_in_list);
    }
    const auto settled = calendar.add_workdays(order.to, order.settled_after).day;
    if (sla::local_day(order.now) < settled) return fail(ErrorCode::guard_failed, "period_settled");
    if (before && order.reason.empty()) {
        return fail(ErrorCode::guard_failed, "correction_explained");
    }
    return {};
}

}  // namespace

Result<Freeze> freeze_period(
    Connection& db,
    const crypto::Signer& signer,
    const sla::Calendar& calendar,
    const FreezeOrder& order
) {
    const auto before = mysql::last_revision(db, order.from, order.to);
    if (!before) return std::unexpected(before.error());
    if (const auto fits = admit(order, calendar, *before); !fits) {
        return std::unexpected(fits.error());
    }
    const auto ledger = ledger_of(db, order.from, order.to);
    if (!ledger) return std::unexpected(ledger.error());
    Freeze freeze;
    freeze.from = order.from;
    freeze.to = order.to;
    freeze.revision = *before ? (*before)->revision + 1 : 1;
    freeze.at = order.now;
    freeze.by = order.by;
    freeze.by_name = order.by_name;
    freeze.reason = order.reason;
    freeze.calendar_version = order.calendar_version;
    freeze.policy_version = order.policy_version;
    freeze.definitions = definitions_in_force();
    freeze.figures = static_cast<std::uint32_t>(ledger->figures.size());
    freeze.tickets = static_cast<std::uint32_t>(ledger->evidence.size());
    FrozenDigest digest;
    for (const auto& [key, amount] : ledger->figures) digest.add(key, amount);
    for (const ChainHead& head : ledger->evidence) digest.add(head);
    freeze.digest = digest.result();
    auto signature = signer.sign(frozen_statement(freeze));
    if (!signature) return std::unexpected(signature.error());
    freeze.signature = signer.key_id() + " " + *signature;
    auto stored = mysql::insert_freeze(db, freeze, ledger->figures, ledger->evidence);
    if (!stored) return std::unexpected(stored.error());
    return freeze;
}

Result<FrozenPage> list_frozen_cases(
    Connection& db, const Freeze& freeze, const CasesAsked& asked
) {
    FrozenPage page;
    TicketId after = asked.after ? asked.after->ticket : TicketId{};
    for (;;) {
        const auto heads = mysql::read_evidence(db, freeze.id, after, logs_at_once);
        if (!heads) return std::unexpected(heads.error());
        std::vector<TicketId> ids;
        for (const ChainHead& head : *heads) ids.push_back(head.ticket);
        const auto events = mysql::read_events(db, ids);
        if (!events) return std::unexpected(events.error());
        auto head = heads->begin();
        for_each_log(*events, [&](std::span<const Event> log) {
            while (head->ticket < log.front().ticket) ++head;
            const auto upto = std::min<std::size_t>(head->seq, log.size());
            const auto facts = ticketing::facts_of(log.first(upto));
            const auto times = facts ? times_among(sla::contributions(*facts), asked) : 0;
            if (times <= 0 || page.next) return;
            if (page.cases.size() == asked.limit) {
                page.next = page.cases.back().head.ticket;
            } else {
                page.cases.push_back({*head, times});
            }
        });
        if (page.next || heads->size() < logs_at_once) return page;
        after = heads->back().ticket;
    }
}

}  // namespace hotline::actions
