#include "ticketing/lifecycle/changes.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <concepts>

namespace hotline::ticketing {
namespace {

std::string to_json(const std::string& value) {
    return value.empty() ? "null" : json_string(value);
}

std::string to_json(std::integral auto value) {
    return std::to_string(value);
}

std::string to_json(bool value) {
    return value ? "true" : "false";
}

// Instants as milliseconds of Unix time.
std::string to_json(Instant value) {
    return std::to_string(value.time_since_epoch().count());
}

template <class Tag>
std::string to_json(Id<Tag> value) {
    return value ? std::to_string(value.value) : "null";
}

template <class E>
    requires std::is_enum_v<E>
std::string to_json(E value) {
    return json_string(name(value));
}

template <class T>
std::string to_json(const std::optional<T>& value) {
    return value ? to_json(*value) : "null";
}

template <class Tag>
std::string to_json(const std::vector<Id<Tag>>& values) {
    std::string out = "[";
    for (const auto& value : values) {
        if (out.size() > 1) out += ',';
        out += to_json(value);
    }
    return out + "]";
}

// The due date in force of a kind: of its newest clock that was not cancelled. An earlier unit's
// clock is not the present one's.
std::optional<Instant> due(const Ticket& ticket, sla::ClockKind kind) {
    for (auto clock = ticket.clocks.rbegin(); clock != ticket.clocks.rend(); ++clock) {
        if (clock->kind != kind || clock->state == sla::ClockState::cancelled) continue;
        if (!ticket.dispatched_at || clock->started_at >= *ticket.dispatched_at) {
            return clock->due_at;
        }
    }
    return std::nullopt;
}

class Changes {
public:
    template <class T>
    void compare(std::string_view field, const T& before, const T& after) {
        if (before == after) return;
        object_.raw(field, "[" + to_json(before) + "," + to_json(after) + "]");
    }
    std::string str() const { return object_.str(); }

private:
    JsonObject object_;
};

std::optional<Solved> solved(const Ticket& t) {
    return t.survey ? std::optional(t.survey->solved) : std::nullopt;
}

std::optional<Satisfaction> satisfaction(const Ticket& t) {
    return t.survey ? std::optional(t.survey->satisfaction) : std::nullopt;
}

// Whether there is anybody to call back; who it is stays out of the log.
bool contactable(const Ticket& t) {
    return !t.appellant.phone.empty();
}

// How the appeal came, told at its birth: it never changes.
std::optional<Channel> channel(const Ticket& t) {
    return t.id ? std::optional(t.channel) : std::nullopt;
}

std::string return_reason(const Ticket& t) {
    return t.pending_return ? t.pending_return->reason_code : std::string();
}

}  // namespace

std::string changes_between(const Ticket& before, const Ticket& after) {
    using sla::ClockKind;
    Changes c;  // keys in ascending order
    c.compare("category", before.category, after.category);
    c.compare("channel", channel(before), channel(after));
    c.compare("closed_as", before.closed_as, after.closed_as);
    c.compare("co_answered", before.co_answered, after.co_answered);
    c.compare("co_units", before.co_units, after.co_units);
    c.compare("complained_unit", before.complained_unit, after.complained_unit);
    c.compare("complexity", std::optional(before.complexity), std::optional(after.complexity));
    c.compare("contactable", contactable(before), contactable(after));
    c.compare("decline_reason", before.decline_reason, after.decline_reason);
    c.compare("designated", before.designated, after.designated);
    c.compare("division", before.division, after.division);
    c.compare(
        "due_contact", due(before, ClockKind::first_contact), due(after, ClockKind::first_contact)
    );
    c.compare("due_handle", due(before, ClockKind::handle), due(after, ClockKind::handle));
    c.compare("due_sign", due(before, ClockKind::sign_for), due(after, ClockKind::sign_for));
    c.compare(
        "due_supervision", due(before, ClockKind::supervision), due(after, ClockKind::supervision)
    );
    c.compare(
        "due_suspension", due(before, ClockKind::suspension), due(after, ClockKind::suspension)
    );
    c.compare("extension_count", before.extension_count, after.extension_count);
    c.compare("extension_days", before.extension_days, after.extension_days);
    c.compare("extension_days_asked", before.extension_days_asked, after.extension_days_asked);
    c.compare("extension_pending", before.extension_pending, after.extension_pending);
    c.compare("hard_case", before.hard_case, after.hard_case);
    c.compare("needs_entry", before.needs_entry, after.needs_entry);
    c.compare("official", before.official, after.official);
    c.compare("outcome", before.outcome, after.outcome);
    c.compare("parent", before.parent, after.parent);
    c.compare("repeat_count", before.repeat_count, after.repeat_count);
    c.compare("result_basis", before.result_basis, after.result_basis);
    c.compare("result_text", before.result_text, after.result_text);
    c.compare("return_reason", return_reason(before), return_reason(after));
    c.compare("round", before.round, after.round);
    c.compare("satisfaction", satisfaction(before), satisfaction(after));
    c.compare("solved", solved(before), solved(after));
    c.compare("supervise_level", before.supervise_level, after.supervise_level);
    c.compare("suspend_count", before.suspend_count, after.suspend_count);
    c.compare("suspend_reason", before.suspend_reason, after.suspend_reason);
    c.compare("topic", before.topic, after.topic);
    c.compare("type", before.type, after.type);
    c.compare("unit", before.lead_unit, after.lead_unit);
    c.compare("urgency", before.urgency, after.urgency);
    return c.str();
}

}  // namespace hotline::ticketing
