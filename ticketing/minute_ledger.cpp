#include "ticketing/minute_ledger.hpp"

#include "ticketing/change_text.hpp"
#include "ticketing/types/appeal.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace hotline::ticketing {
namespace {

class Ledger {
public:
    explicit Ledger(const Surroundings& around) : around_(around) {}

    // False when the event is not one of ours.
    bool take(const Event& event) {
        const auto changes = read_changes(event.changes);
        if (!changes) return false;
        reach(event.at);
        for (const Change& change : *changes) take(change);
        state_ = event.to;
        rang_in_vain_ = event.act == Act::callback && event.to == State::callback;
        return true;
    }

    // What passed since the last event is the present party's. Time does not run backwards: an
    // event noted with an earlier time than the one before counts as done at the same instant.
    void reach(Instant at) {
        if (!at_) at_ = at;
        if (at <= *at_) return;
        if (!is_final(state_)) spend(*at_, at);
        at_ = at;
    }

    MinuteLedger result() && { return std::move(ledger_); }

private:
    void take(const Change& change) {
        if (change.field == "unit") {
            unit_ = {static_cast<std::uint64_t>(number_value(change.after).value_or(0))};
        } else if (change.field == "mediator") {
            mediator_ = {static_cast<std::uint64_t>(number_value(change.after).value_or(0))};
        } else if (change.field == "urgency") {
            const auto word = text_value(change.after);
            const auto urgency = word ? from_name<Urgency>(*word) : std::nullopt;
            round_the_clock_ = urgency && *urgency != Urgency::normal;
        }
    }

    Party party() const {
        switch (state_) {
            case State::draft:
                return Party::appellant;
            case State::dispatched:
            case State::handling:
            case State::mediating:
                return Party::unit;
            case State::suspended:
                return Party::suspended;
            case State::callback:
                return rang_in_vain_ ? Party::appellant : Party::centre;
            default:
                return Party::centre;
        }
    }

    void spend(Instant from, Instant until) {
        const auto all = until - from;
        const Party who = party();
        const UnitId at_work = state_ == State::mediating ? mediator_ : unit_;
        const UnitId unit = who == Party::unit ? at_work : UnitId{};
        const auto& calendar = around_.calendar_of(unit);
        const auto open = round_the_clock_ ? all : calendar.working_time_between(from, until);
        add({who, unit, open});
        if (all > open) add({Party::closed, {}, all - open});
        ledger_.life += all;
    }

    void add(const LedgerLine& line) {
        const auto same = std::ranges::find_if(ledger_.lines, [&](const LedgerLine& known) {
            return known.party == line.party && known.unit == line.unit;
        });
        if (same != ledger_.lines.end()) {
            same->time += line.time;
        } else {
            ledger_.lines.push_back(line);
        }
    }

    const Surroundings& around_;
    MinuteLedger ledger_;
    std::optional<Instant> at_;
    State state_ = State::draft;
    UnitId unit_;
    UnitId mediator_;
    bool round_the_clock_ = false;
    bool rang_in_vain_ = false;
};

}  // namespace

Result<MinuteLedger> minute_ledger(std::span<const Event> events, const Surroundings& around) {
    if (events.empty()) return fail(ErrorCode::internal, "0");
    Ledger ledger(around);
    for (const Event& event : events) {
        if (!ledger.take(event)) return fail(ErrorCode::internal, std::to_string(event.seq));
    }
    ledger.reach(around.now);
    return std::move(ledger).result();
}

}  // namespace hotline::ticketing
