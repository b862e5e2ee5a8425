#include "ticketing/lifecycle/changes.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/logged_fields.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <concepts>
#include <string_view>
#include <utility>

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

// As milliseconds and whether he was reached, one after the other.
std::string to_json(const std::vector<CallbackAttempt>& attempts) {
    std::string out = "[";
    for (const CallbackAttempt& attempt : attempts) {
        if (out.size() > 1) out += ',';
        out += to_json(attempt.at) + ',' + to_json(attempt.reached);
    }
    return out + "]";
}

// Due dates that are told when they move, besides those told whenever they are set.
constexpr std::pair<std::string_view, sla::ClockKind> moving_dues[] = {
    {"moved_callback", sla::ClockKind::callback},
    {"moved_dispatch", sla::ClockKind::dispatch},
    {"moved_entry", sla::ClockKind::entry},
    {"moved_feedback", sla::ClockKind::feedback},
    {"moved_return_window", sla::ClockKind::return_window},
    {"moved_review", sla::ClockKind::review},
    {"moved_ruling", sla::ClockKind::ruling},
};

void tell_moved_dues(JsonObject& changes, const Ticket& before, const Ticket& after) {
    for (const auto& [field, kind] : moving_dues) {
        const sla::Clock* given = open_clock(before, kind);
        const sla::Clock* now = open_clock(after, kind);
        if (given == nullptr || now == nullptr || given->generation != now->generation) continue;
        if (given->due_at == now->due_at) continue;
        changes.raw(field, "[" + to_json(given->due_at) + "," + to_json(now->due_at) + "]");
    }
}

}  // namespace

std::string changes_between(const Ticket& before, const Ticket& after) {
    JsonObject changes;
    for_each_logged([&](const auto& field) {
        const auto& was = field.get(before);
        const auto& is = field.get(after);
        if (was != is) changes.raw(field.name, "[" + to_json(was) + "," + to_json(is) + "]");
    });
    tell_moved_dues(changes, before, after);
    return changes.str();
}

std::string change_of_file(const FileToAttach& file) {
    const std::string said =
        std::string(name(file.kind)) + " " + std::to_string(file.bytes) + " sha256:" + file.digest;
    return JsonObject().raw("file", "[null," + json_string(said) + "]").str();
}

}  // namespace hotline::ticketing
