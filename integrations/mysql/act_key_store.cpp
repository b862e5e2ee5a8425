#include "integrations/mysql/act_key_store.hpp"

#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/store_error.hpp"

namespace hotline::mysql {

// Inserted first and looked at only when it is there: the usual act costs one statement.
Result<KeyUse> note_act_key(Connection& db, const ActKey& key) {
    const auto inserted = db.execute(
        "INSERT INTO act_key (user_id, idempotency_key, body_hash, ticket_id, seq, at) "
        "VALUES (?,?,?,?,?,?)",
        {key.user.value, key.key, bytes_of(key.body_hash), key.ticket.value, key.seq, key.at}
    );
    if (inserted) return KeyUse::fresh;
    if (!is_duplicate(inserted.error(), "PRIMARY")) return std::unexpected(inserted.error());
    const auto rows = db.query(
        "SELECT body_hash, ticket_id FROM act_key WHERE user_id=? AND idempotency_key=?",
        {key.user.value, key.key}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::conflict);  // forgotten in between: ask again
    const Row row = rows->front();
    const bool same =
        digest_of(row.text(0)) == key.body_hash && row.unsigned_integer(1) == key.ticket.value;
    return same ? KeyUse::replayed : KeyUse::other_body;
}

Result<std::uint64_t> forget_act_keys(
    Connection& db, ticketing::Instant before, std::size_t limit
) {
    return db.execute("DELETE FROM act_key WHERE at < ? LIMIT ?", {before, limit});
}

}  // namespace hotline::mysql
