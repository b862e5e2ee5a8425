#include "integrations/mysql/dead_letter_store.hpp"

#include "ticketing/text.hpp"

namespace hotline::mysql {
namespace {

constexpr std::size_t error_limit = 500;  // characters

constexpr std::string_view select =
    "SELECT d.stream_id, d.ticket_id, d.payload, d.error, d.at, d.id, t.number, d.requeued_at "
    "FROM dead_letter d JOIN ticket t ON t.id=d.ticket_id ";

DeadLetterRow read(const Row& row) {
    return {
        .stream_id = row.string(0),
        .ticket = {row.unsigned_integer(1)},
        .payload = row.string(2),
        .error = row.string(3),
        .at = row.time(4),
        .id = row.unsigned_integer(5),
        .ticket_no = row.string(6),
        .requeued_at = row.optional_time(7),
    };
}

Result<std::vector<DeadLetterRow>> list(Connection& db, std::string_view rest, Params params) {
    const auto rows = db.query(std::string(select) + std::string(rest), params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<DeadLetterRow> letters;
    for (const Row row : *rows) letters.push_back(read(row));
    return letters;
}

Result<std::optional<DeadLetterRow>> first(Connection& db, std::string_view rest, Params params) {
    auto letters = list(db, rest, params);
    if (!letters) return std::unexpected(letters.error());
    if (letters->empty()) return std::nullopt;
    return std::move(letters->front());
}

}  // namespace

Result<std::optional<DeadLetterRow>> find_dead_letter(Connection& db, std::string_view stream_id) {
    return first(db, "WHERE d.stream_id=?", {stream_id});
}

Result<std::optional<DeadLetterRow>> lock_dead_letter(Connection& db, std::uint64_t id) {
    return first(db, "WHERE d.id=? FOR UPDATE", {id});
}

Result<void> add_dead_letter(Connection& db, const DeadLetterRow& letter) {
    const std::string_view error = ticketing::first_characters(letter.error, error_limit);
    const auto added = db.execute(
        "INSERT INTO dead_letter (stream_id, ticket_id, payload, error, at) VALUES (?,?,?,?,?)",
        {letter.stream_id, letter.ticket.value, letter.payload, error, letter.at}
    );
    if (!added) return std::unexpected(added.error());
    return {};
}

Result<std::vector<DeadLetterRow>> list_dead_letters(Connection& db, std::size_t limit) {
    return list(db, "ORDER BY d.id DESC LIMIT ?", {limit});
}

Result<void> mark_requeued(
    Connection& db, std::uint64_t id, ticketing::UserId by, ticketing::Instant at
) {
    const auto marked = db.execute(
        "UPDATE dead_letter SET requeued_at=?, requeued_by=? WHERE id=? AND requeued_at IS NULL",
        {at, by.value, id}
    );
    if (!marked) return std::unexpected(marked.error());
    if (*marked != 1) return fail(ErrorCode::conflict);
    return {};
}

}  // namespace hotline::mysql
