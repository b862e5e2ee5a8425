#include "integrations/mysql/event_row.hpp"

#include <algorithm>

namespace hotline::mysql {

const std::string_view event_columns =
    "ticket_id, seq, act, role, user_id, actor_name, unit_id, at, from_state, to_state, reason, "
    "changes, internal, previous_hash, hash";

std::string_view bytes_of(const ticketing::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

ticketing::Digest digest_of(std::string_view bytes) {
    ticketing::Digest digest{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()), digest.begin());
    return digest;
}

void add_event(InsertBatch& batch, const ticketing::Event& e) {
    batch.add(
        {e.ticket.value,
         e.seq,
         static_cast<int>(e.act),
         static_cast<int>(e.role),
         e.user ? Param{e.user.value} : Param{nullptr},
         e.actor_name,
         e.unit ? Param{e.unit.value} : Param{nullptr},
         e.at,
         static_cast<int>(e.from),
         static_cast<int>(e.to),
         e.reason,
         e.changes,
         e.internal,
         bytes_of(e.previous),
         bytes_of(e.hash)}
    );
}

ticketing::Event read_event(const Row& row, std::size_t c) {
    ticketing::Event e;
    e.ticket = {row.unsigned_integer(c)};
    e.seq = static_cast<std::uint32_t>(row.integer(c + 1));
    e.act = static_cast<ticketing::Act>(row.integer(c + 2));
    e.role = static_cast<ticketing::Role>(row.integer(c + 3));
    e.user = {row.unsigned_integer(c + 4)};
    e.actor_name = row.string(c + 5);
    e.unit = {row.unsigned_integer(c + 6)};
    e.at = row.time(c + 7);
    e.from = static_cast<ticketing::State>(row.integer(c + 8));
    e.to = static_cast<ticketing::State>(row.integer(c + 9));
    e.reason = row.string(c + 10);
    e.changes = row.string(c + 11);
    e.internal = row.flag(c + 12);
    e.previous = digest_of(row.text(c + 13));
    e.hash = digest_of(row.text(c + 14));
    return e;
}

}  // namespace hotline::mysql
