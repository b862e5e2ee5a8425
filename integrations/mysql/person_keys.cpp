#include "integrations/mysql/person_keys.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::TicketId;

Result<void> take_numbers(Connection& db, const QueryText& sql, std::vector<PersonNumbers>& into) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        into.push_back({{row.unsigned_integer(0)}, row.string(1), row.string(2)});
    }
    return {};
}

}  // namespace

Result<std::vector<PersonNumbers>> read_person_numbers(
    Connection& db, std::span<const TicketId> tickets
) {
    std::vector<PersonNumbers> numbers;
    const auto done = in_parts(tickets, [&](std::span<const TicketId> some) {
        std::vector<Param> ids;
        for (const TicketId id : some) ids.emplace_back(id.value);
        QueryText sql;
        sql.add("SELECT id, appellant_phone, uscc FROM ticket WHERE ");
        sql.add(QueryText::in("id", std::move(ids)));
        return take_numbers(db, sql, numbers);
    });
    if (!done) return std::unexpected(done.error());
    return numbers;
}

Result<std::vector<PersonNumbers>> next_person_numbers(
    Connection& db, std::uint64_t after, std::size_t limit
) {
    std::vector<PersonNumbers> numbers;
    QueryText sql;
    sql.add(
        "SELECT id, appellant_phone, uscc FROM ticket WHERE id>? ORDER BY id LIMIT ?",
        {after, limit}
    );
    if (auto done = take_numbers(db, sql, numbers); !done) return std::unexpected(done.error());
    return numbers;
}

Result<void> write_person_keys(Connection& db, std::span<const PersonKey> keys) {
    InsertBatch rows("person_key", "mac, ticket_id", "ON DUPLICATE KEY UPDATE ticket_id=ticket_id");
    for (const auto& [mac, ticket] : keys) rows.add({mac, ticket.value});
    if (rows.empty()) return {};
    const auto written = db.insert(rows);
    if (!written) return std::unexpected(written.error());
    return {};
}

Result<std::uint64_t> forget_person_keys(Connection& db, std::size_t limit) {
    return db.execute("DELETE FROM person_key LIMIT ?", {limit});
}

Result<std::vector<std::uint64_t>> tickets_of_person(
    Connection& db, std::string_view mac, std::uint64_t below, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT ticket_id FROM person_key WHERE mac=? AND ticket_id<? "
        "ORDER BY ticket_id DESC LIMIT ?",
        {mac, below, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<std::uint64_t> found;
    for (const Row row : *rows) found.push_back(row.unsigned_integer(0));
    return found;
}

}  // namespace hotline::mysql
