#include "integrations/redis/stream_replies.hpp"

#include <charconv>
#include <chrono>

namespace hotline::redis {

std::unexpected<Error> odd_reply(std::string_view command) {
    return fail(ErrorCode::internal, "odd reply of redis to " + std::string(command));
}

Result<RawEntry> raw_entry(const Reply& reply) {
    if (reply.elements.size() != 2) return odd_reply("stream read");
    const Reply& id = reply.elements[0];
    const Reply& fields = reply.elements[1];
    if (!id.is_text()) return odd_reply("stream read");
    RawEntry entry{.id = id.text, .deleted = fields.is_nil(), .fields = {}};
    if (entry.deleted) return entry;
    if (!fields.is_array() || fields.elements.size() % 2 != 0) return odd_reply("stream read");
    entry.fields.reserve(fields.elements.size() / 2);
    for (std::size_t i = 0; i + 1 < fields.elements.size(); i += 2) {
        entry.fields.emplace_back(fields.elements[i].text, fields.elements[i + 1].text);
    }
    return entry;
}

Result<std::vector<RawEntry>> raw_entries(const Reply& reply) {
    if (!reply.is_array()) return odd_reply("stream read");
    std::vector<RawEntry> entries;
    entries.reserve(reply.elements.size());
    for (const Reply& element : reply.elements) {
        if (element.is_nil()) continue;  // XAUTOCLAIM before 7.0: deleted while pending
        auto entry = raw_entry(element);
        if (!entry) return std::unexpected(std::move(entry.error()));
        entries.push_back(std::move(*entry));
    }
    return entries;
}

Result<std::vector<RawEntry>> read_entries(const Reply& reply) {
    if (reply.is_nil()) return std::vector<RawEntry>{};
    if (reply.elements.size() != 1 || reply.elements[0].elements.size() != 2) {
        return odd_reply("stream read");
    }
    return raw_entries(reply.elements[0].elements[1]);
}

Delivery deliver(RawEntry raw) {
    if (raw.deleted) {
        return Delivery{
            .id = std::move(raw.id),
            .entry = fail(ErrorCode::not_found, "deleted while pending"),
            .raw = {},
        };
    }
    auto entry = decode_entry(raw.fields);
    Delivery delivery{.id = std::move(raw.id), .entry = std::move(entry), .raw = {}};
    if (!delivery.entry) delivery.raw = std::move(raw.fields);
    return delivery;
}

std::vector<Delivery> deliver(std::vector<RawEntry> raw) {
    std::vector<Delivery> deliveries;
    deliveries.reserve(raw.size());
    for (RawEntry& entry : raw) deliveries.push_back(deliver(std::move(entry)));
    return deliveries;
}

Result<ticketing::Instant> redis_time(const Reply& reply) {
    if (reply.elements.size() != 2) return odd_reply("TIME");
    std::int64_t parts[2] = {};
    for (int i : {0, 1}) {
        const std::string& text = reply.elements[static_cast<std::size_t>(i)].text;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), parts[i]);
        if (read.ec != std::errc{}) return odd_reply("TIME");
    }
    constexpr std::int64_t plausible_seconds = 1LL << 40;
    if (parts[0] < 0 || parts[0] > plausible_seconds) return odd_reply("TIME");
    return ticketing::Instant(
        std::chrono::milliseconds(parts[0] * 1000) + std::chrono::milliseconds(parts[1] / 1000)
    );
}

const Reply* value_of(const Reply& list, std::string_view name) {
    for (std::size_t i = 0; i + 1 < list.elements.size(); i += 2) {
        if (list.elements[i].text == name) return &list.elements[i + 1];
    }
    return nullptr;
}

}  // namespace hotline::redis
