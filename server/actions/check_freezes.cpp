#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/derive_store.hpp"
#include "server/actions/freeze_period.hpp"
#include "server/actions/frozen_statement.hpp"
#include "server/actions/logs.hpp"
#include "sla/date_text.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/facts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::ChainHead;
using ticketing::Event;

constexpr std::size_t heads_at_once = 500;

// Reads the logs of the evidence again, as far as they had been read, and reckons.
class Rebuild {
public:
    Rebuild(const mysql::Freeze& freeze, CheckResult& result) : freeze_(freeze), result_(result) {}

    void take(const ChainHead& head, std::span<const Event> log) {
        digest_.add(head);
        ++tickets_;
        const auto read = log.first(std::min<std::size_t>(head.seq, log.size()));
        if (read.size() < head.seq || read.empty()) {
            return fault(fmt::format("ticket id {}: its log is cut off", head.ticket.value));
        }
        const bool chained = !ticketing::first_broken(read, crypto::sm3);
        const auto facts = ticketing::facts_of(read);
        if (!chained || read.back().hash != head.hash || !facts) {
            return fault(fmt::format("ticket id {}: its log was changed", head.ticket.value));
        }
        sla::add_to(figures_, sla::contributions(*facts), freeze_.from, freeze_.to);
    }

    // Against what was stored, last of all.
    void finish(const sla::PeriodFigures& stored, const crypto::Signer& signer) {
        FrozenDigest whole;
        for (const auto& [key, amount] : stored) whole.add(key, amount);
        whole.add(digest_);
        result_.looked_at += stored.size();
        if (stored.size() != freeze_.figures || tickets_ != freeze_.tickets ||
            whole.result() != freeze_.digest) {
            fault("figures, tickets and digest do not fit");
        } else if (!signed_by(signer)) {
            fault("not signed with this key");
        }
        if (!definitions_known(freeze_.definitions)) fault("a definition is not known any more");
        for (const auto& [key, amount] : figures_) compare(key, amount, stored);
        for (const auto& [key, amount] : stored) {
            if (!figures_.contains(key)) compare(key, 0, stored);
        }
    }

private:
    void compare(
        const sla::FigureKey& key, std::int64_t rebuilt, const sla::PeriodFigures& stored
    ) {
        const auto found = stored.find(key);
        const auto published = found == stored.end() ? 0 : found->second;
        if (published == rebuilt) return;
        fault(fmt::format(
            "{} of {} '{}': published {}, rebuilt {}",
            name(key.metric),
            name(key.dimension),
            key.group,
            published,
            rebuilt
        ));
    }
    bool signed_by(const crypto::Signer& signer) const {
        const std::string prefix = signer.key_id() + " ";
        return freeze_.signature.starts_with(prefix) &&
               signer.verify(
                   frozen_statement(freeze_),
                   std::string_view{freeze_.signature}.substr(prefix.size())
               );
    }
    void fault(const std::string& what) {
        result_.fault(fmt::format(
            "{} to {}, revision {}: {}",
            sla::date_text(freeze_.from),
            sla::date_text(freeze_.to),
            freeze_.revision,
            what
        ));
    }

    const mysql::Freeze& freeze_;
    CheckResult& result_;
    sla::PeriodFigures figures_;
    FrozenDigest digest_;  // of the evidence
    std::uint32_t tickets_ = 0;
};

Result<void> rebuild(mysql::Connection& db, std::uint64_t freeze, Rebuild& into) {
    ticketing::TicketId after;
    for (;;) {
        const auto heads = mysql::read_evidence(db, freeze, after, heads_at_once);
        if (!heads) return std::unexpected(heads.error());
        if (heads->empty()) return {};
        std::vector<ticketing::TicketId> ids;
        for (const ChainHead& head : *heads) ids.push_back(head.ticket);
        const auto events = mysql::read_events(db, ids);
        if (!events) return std::unexpected(events.error());
        auto head = heads->begin();
        for_each_log(*events, [&](std::span<const Event> log) {
            for (; head->ticket < log.front().ticket; ++head) into.take(*head, {});
            into.take(*head, log);
            ++head;
        });
        for (; head != heads->end(); ++head) into.take(*head, {});
        after = heads->back().ticket;
    }
}

}  // namespace

Result<void> verify_freeze(
    mysql::Connection& db,
    const crypto::Signer& signer,
    const mysql::Freeze& freeze,
    CheckResult& result
) {
    const auto stored = mysql::read_figures(db, freeze.id);
    if (!stored) return std::unexpected(stored.error());
    Rebuild again(freeze, result);
    if (auto done = rebuild(db, freeze.id, again); !done) return done;
    again.finish(*stored, signer);
    return {};
}

Result<CheckResult> check_freezes(mysql::Connection& db, const crypto::Signer& signer) {
    CheckResult result{.name = "frozen"};
    const auto freezes = mysql::list_freezes(db);
    if (!freezes) return std::unexpected(freezes.error());
    for (const mysql::Freeze& freeze : *freezes) {
        if (auto done = verify_freeze(db, signer, freeze, result); !done) {
            return std::unexpected(done.error());
        }
    }
    return result;
}

}  // namespace hotline::actions
