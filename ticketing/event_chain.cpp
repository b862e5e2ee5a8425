#include "ticketing/event_chain.hpp"

namespace hotline::ticketing {
namespace {

void append_number(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((value >> shift) & 0xFF);
    }
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

Digest digest_of(const Event& event, HashFunction hash) {
    const std::string bytes = canonical_bytes(event);
    return hash({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace

std::string canonical_bytes(const Event& event) {
    std::string out;
    out.reserve(200 + event.reason.size() + event.changes.size());
    out.append(reinterpret_cast<const char*>(event.previous.data()), event.previous.size());
    append_number(out, event.ticket.value);
    append_number(out, event.seq);
    append_number(out, static_cast<std::uint64_t>(event.act));
    append_number(out, static_cast<std::uint64_t>(event.role));
    append_number(out, event.user.value);
    append_text(out, event.actor_name);
    append_number(out, event.unit.value);
    append_number(out, static_cast<std::uint64_t>(event.at.time_since_epoch().count()));
    append_number(out, static_cast<std::uint64_t>(event.from));
    append_number(out, static_cast<std::uint64_t>(event.to));
    append_text(out, event.reason);
    append_text(out, event.changes);
    append_number(out, event.internal ? 1 : 0);
    return out;
}

void seal(Event& event, const Digest& previous, HashFunction hash) {
    event.previous = previous;
    event.hash = digest_of(event, hash);
}

std::optional<std::uint32_t> first_broken(std::span<const Event> events, HashFunction hash) {
    Digest previous{};
    std::uint32_t expected = 1;
    for (const Event& event : events) {
        const bool intact = event.seq == expected && event.ticket == events.front().ticket &&
                            event.previous == previous && event.hash == digest_of(event, hash);
        if (!intact) return expected;
        previous = event.hash;
        ++expected;
    }
    return std::nullopt;
}

}  // namespace hotline::ticketing
