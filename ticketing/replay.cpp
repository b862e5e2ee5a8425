#include "ticketing/replay.hpp"

#include "ticketing/change_text.hpp"
#include "ticketing/lifecycle/logged_fields.hpp"

#include <string>
#include <type_traits>

namespace hotline::ticketing {
namespace {

// Reads one value of the log into a field of its type; false when it is of another one.
bool read(std::string_view json, std::string& value) {
    if (json == "null") {
        value.clear();
        return true;
    }
    auto text = text_value(json);
    if (text) value = std::move(*text);
    return text.has_value();
}

bool read(std::string_view json, bool& value) {
    const auto flag = flag_value(json);
    value = flag.value_or(false);
    return flag.has_value();
}

template <class T>
    requires std::is_integral_v<T>
bool read(std::string_view json, T& value) {
    const auto number = number_value(json);
    value = static_cast<T>(number.value_or(0));
    return number.has_value();
}

bool read(std::string_view json, Instant& value) {
    const auto number = number_value(json);
    value = Instant{std::chrono::milliseconds{number.value_or(0)}};
    return number.has_value();
}

template <class Tag>
bool read(std::string_view json, Id<Tag>& value) {
    value = {};
    return json == "null" || read(json, value.value);
}

template <class E>
    requires std::is_enum_v<E>
bool read(std::string_view json, E& value) {
    const auto word = text_value(json);
    const auto found = word ? from_name<E>(*word) : std::nullopt;
    if (found) value = *found;
    return found.has_value();
}

template <class T>
bool read(std::string_view json, std::optional<T>& value) {
    value.reset();
    return json == "null" || read(json, value.emplace());
}

// Calls `take` with each entry of a flat list of numbers and flags.
template <class Take>
bool each_entry(std::string_view json, Take take) {
    if (!json.starts_with('[')) return false;  // it is whole: read_changes() found its end
    json = json.substr(1, json.size() - 2);
    while (!json.empty()) {
        const std::string_view entry = json.substr(0, json.find(','));
        if (!take(entry)) return false;
        json.remove_prefix(std::min(entry.size() + 1, json.size()));
    }
    return true;
}

template <class Tag>
bool read(std::string_view json, std::vector<Id<Tag>>& value) {
    value.clear();
    return each_entry(json, [&](std::string_view entry) {
        return read(entry, value.emplace_back());
    });
}

bool read(std::string_view json, std::vector<CallbackAttempt>& value) {
    value.clear();
    bool flag_next = false;
    const bool good = each_entry(json, [&](std::string_view entry) {
        flag_next = !flag_next;
        if (flag_next) return read(entry, value.emplace_back().at);
        return read(entry, value.back().reached);
    });
    return good && !flag_next;
}

template <class Field>
concept put_back =
    requires(const Field& field, Ticket& ticket) { field.set(ticket, field.get(ticket)); };

bool take(Ticket& ticket, const Change& change) {
    bool good = true;
    for_each_logged([&](const auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (put_back<Field>) {
            if (field.name != change.field) return;
            std::remove_cvref_t<decltype(field.get(ticket))> value{};
            good = read(change.after, value);
            if (good) field.set(ticket, std::move(value));
        }
    });
    return good;
}

}  // namespace

Result<Ticket> replayed(std::span<const Event> events) {
    if (events.empty()) return fail(ErrorCode::internal, "0");
    Ticket ticket;
    ticket.id = events.front().ticket;
    ticket.accepted_at = events.front().at;
    for (const Event& event : events) {
        const auto changes = read_changes(event.changes);
        bool good = changes.has_value();
        if (good) {
            for (const Change& change : *changes) good = good && take(ticket, change);
        }
        if (!good) return fail(ErrorCode::internal, std::to_string(event.seq));
        ticket.state = event.to;
        ticket.version = event.seq;  // every act raises it by one and is one event
    }
    return ticket;
}

std::string_view first_difference(const Ticket& row, const Ticket& replayed) {
    if (row.id != replayed.id) return "id";
    if (row.state != replayed.state) return "state";
    if (row.version != replayed.version) return "version";
    if (row.accepted_at != replayed.accepted_at) return "accepted_at";
    std::string_view first;
    for_each_logged([&](const auto& field) {
        if constexpr (put_back<std::remove_cvref_t<decltype(field)>>) {
            if (first.empty() && field.get(row) != field.get(replayed)) first = field.name;
        }
    });
    return first;
}

}  // namespace hotline::ticketing
