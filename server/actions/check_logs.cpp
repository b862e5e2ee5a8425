#include "server/actions/check_logs.hpp"

#include "integrations/crypto/digest.hpp"
#include "sla/date_text.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/replay.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::actions {
namespace {

std::string text(const sla::RollupKey& key) {
    const sla::CounterKey& counter = key.counter;
    return fmt::format(
        "cut {} {} {} unit {} division '{}' official {} channel {} type {} topic '{}' "
        "hour {}",
        static_cast<int>(key.cut),
        sla::date_text(counter.day),
        name(counter.metric),
        counter.unit,
        counter.division,
        counter.official,
        counter.channel,
        counter.type,
        counter.topic,
        counter.hour
    );
}

std::string text(const mysql::Sources::key_type& key) {
    return fmt::format("sources of {}, ticket id {}", sla::date_text(key.first), key.second);
}

std::string text(std::int64_t amount) {
    return std::to_string(amount);
}

std::string text(const sla::MonthBits& bits) {
    return fmt::format("metrics {:x}, unmet {:x}", bits.metrics, bits.unmet);
}

bool agree(std::int64_t kept, std::int64_t counted) {
    return kept == counted;
}

bool agree(const sla::MonthBits& kept, const sla::MonthBits& counted) {
    const bool told = kept.unmet != sla::unmet_untold;
    return kept.metrics == counted.metrics && (!told || kept.unmet == counted.unmet);
}

// Both the same, key by key; what is not there is 0.
template <class Sums>
void compare(const Sums& kept, const Sums& counted, CheckResult& result) {
    using Value = Sums::mapped_type;
    for (const auto& [key, value] : counted) {
        ++result.looked_at;
        const auto found = kept.find(key);
        const Value was = found == kept.end() ? Value{} : found->second;
        if (agree(was, value)) continue;
        result.fault(fmt::format("{}: kept {}, recomputed {}", text(key), text(was), text(value)));
    }
    for (const auto& [key, value] : kept) {
        if (counted.contains(key)) continue;
        result.fault(fmt::format("{}: kept {}, recomputed 0", text(key), text(value)));
    }
}

}  // namespace

void LogProof::take(ticketing::Event event, const mysql::RowHead& head) {
    if (!log_.empty() && log_.front().ticket != event.ticket) close_ticket();
    head_ = head;
    log_.push_back(std::move(event));
}

void LogProof::close_ticket() {
    const std::string where = fmt::format("ticket id {}", log_.front().ticket.value);
    chains.looked_at += log_.size();
    if (const auto broken = ticketing::first_broken(log_, crypto::sm3)) {
        chains.fault(fmt::format("{}, event {}", where, *broken));
    }
    check_row(where);
    add_up(where);
    log_.clear();
}

void LogProof::check_row(const std::string& where) {
    ++rows.looked_at;
    const ticketing::Event& last = log_.back();
    if (!head_.there) {
        rows.fault(where + ": the ticket is gone, its log is not");
    } else if (head_.last_seq != last.seq || head_.last_hash != last.hash) {
        rows.fault(fmt::format("{}: row at event {}, log at {}", where, head_.last_seq, last.seq));
    } else if (head_.state != last.to) {
        rows.fault(fmt::format("{}: row {}, log {}", where, name(head_.state), name(last.to)));
    } else if (head_.row) {
        check_fields(*head_.row, where);
    }
}

void LogProof::check_fields(const ticketing::Ticket& row, const std::string& where) {
    const auto again = ticketing::replayed(log_);
    if (!again) {
        rows.fault(fmt::format("{}, event {}: unreadable", where, again.error().detail));
        return;
    }
    const auto field = ticketing::first_difference(row, *again);
    if (!field.empty()) rows.fault(fmt::format("{}: {} is not what the log says", where, field));
}

void LogProof::add_up(const std::string& where) {
    const bool behind = head_.derived_upto < log_.back().seq;
    if (behind && !to_derive_.contains(log_.front().ticket.value)) {
        rollups.fault(fmt::format("{}: counted up to event {} only", where, head_.derived_upto));
    }
    // The same history the kept counters were made from.
    const auto end = std::ranges::find_if(log_, [this](const ticketing::Event& event) {
        return event.seq > head_.derived_upto;
    });
    if (end == log_.begin()) return;
    const auto facts = ticketing::facts_of({log_.begin(), end});
    if (facts) {
        const auto made = sla::contributions(*facts);
        sla::add_to(counted_, made);
        for (const auto& [month, bits] : sla::counted_months(made)) {
            sources_[{month, log_.front().ticket.value}] = bits;
        }
    } else {
        rollups.fault(fmt::format("{}, event {}: unreadable", where, facts.error().detail));
    }
}

void LogProof::finish(const sla::Rollups& kept, const mysql::Sources& sources) {
    if (!log_.empty()) close_ticket();
    sla::Rollups counted;
    sla::add_to(counted, counted_);
    compare(kept, counted, rollups);
    compare(sources, sources_, rollups);
}

}  // namespace hotline::actions
