#include "integrations/redis/intake_entry.hpp"

#include <charconv>
#include <chrono>
#include <optional>

namespace hotline::redis {

namespace {

// Field names are stored with every entry, so they are short. They are part of the format that a
// newer server must still read: never reuse one.
constexpr std::string_view version_field = "v";
constexpr std::string_view ticket_field = "no";
constexpr std::string_view channel_field = "ch";
constexpr std::string_view key_field = "key";
constexpr std::string_view hash_field = "hash";
constexpr std::string_view origin_field = "by";
constexpr std::string_view accepted_field = "at";  // milliseconds since 1970, UTC
constexpr std::string_view payload_field = "body";
constexpr std::string_view format_version = "1";

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

const std::string* find(const Fields& fields, std::string_view name) {
    for (const auto& [field, value] : fields) {
        if (field == name) return &value;
    }
    return nullptr;
}

std::unexpected<Error> bad(std::string_view field) {
    return fail(ErrorCode::invalid_format, std::string(field));
}

}  // namespace

std::vector<std::string> encode_entry(const IntakeEntry& entry) {
    const auto at = std::to_string(entry.accepted_at.time_since_epoch().count());
    std::vector<std::string> fields;
    fields.reserve(16);
    const auto put = [&fields](std::string_view name, std::string_view value) {
        fields.emplace_back(name);
        fields.emplace_back(value);
    };
    put(version_field, format_version);
    put(ticket_field, entry.ticket_no);
    put(channel_field, ticketing::name(entry.key.channel));
    put(key_field, entry.key.idempotency_key);
    put(hash_field, entry.key.body_hash);
    put(origin_field, entry.origin);
    put(accepted_field, at);
    put(payload_field, entry.payload);
    return fields;
}

Result<IntakeEntry> decode_entry(const Fields& fields) {
    IntakeEntry entry;
    const auto* version = find(fields, version_field);
    if (!version || *version != format_version) return bad(version_field);

    const auto* channel = find(fields, channel_field);
    const auto known = channel ? ticketing::from_name<ticketing::Channel>(*channel) : std::nullopt;
    if (!known) return bad(channel_field);
    entry.key.channel = *known;

    const auto* at = find(fields, accepted_field);
    const auto milliseconds = at ? whole_number<std::int64_t>(*at) : std::nullopt;
    if (!milliseconds) return bad(accepted_field);
    entry.accepted_at = ticketing::Instant(std::chrono::milliseconds(*milliseconds));

    struct Text {
        std::string_view name;
        std::string& to;
        bool may_be_empty;
    };
    const Text texts[] = {
        {ticket_field, entry.ticket_no, false},
        {key_field, entry.key.idempotency_key, false},
        {hash_field, entry.key.body_hash, false},
        {origin_field, entry.origin, true},
        {payload_field, entry.payload, true},
    };
    for (const Text& text : texts) {
        const auto* value = find(fields, text.name);
        if (!value || (value->empty() && !text.may_be_empty)) return bad(text.name);
        text.to = *value;
    }
    return entry;
}

Result<StreamId> parse_stream_id(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return fail(ErrorCode::invalid_format, "stream id");
    const auto milliseconds = whole_number<std::uint64_t>(text.substr(0, dash));
    const auto counter = whole_number<std::uint64_t>(text.substr(dash + 1));
    if (!milliseconds || !counter) return fail(ErrorCode::invalid_format, "stream id");
    return StreamId{*milliseconds, *counter};
}

std::string to_string(StreamId id) {
    return std::to_string(id.milliseconds) + '-' + std::to_string(id.counter);
}

}  // namespace hotline::redis
