#include "integrations/mysql/notice_work.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/work_rows.hpp"

#include <string>

namespace hotline::mysql {
namespace {

using ticketing::notices::Ending;
using ticketing::notices::Occasion;
using ticketing::notices::Standing;

QueryText among(std::string_view column, const std::vector<std::uint64_t>& ids) {
    return QueryText::in(column, {ids.begin(), ids.end()});
}

}  // namespace

Result<void> hand_on_outbox(Connection& db, std::span<const std::uint64_t> ids) {
    const auto put_up = in_parts(ids, [&](std::span<const std::uint64_t> some) {
        QueryText sql;
        // Locked, so that no other server hands the same ones on meanwhile.
        sql.add(
               "INSERT INTO notice_todo (ticket_id, seq, rank_no) SELECT ticket_id, seq, rank_no "
               "FROM outbox WHERE rank_no<>0 AND "
        )
            .add(QueryText::in("id", {some.begin(), some.end()}))
            .add(" ORDER BY id FOR UPDATE");
        return done(db.execute(sql.text(), sql.values()));
    });
    return put_up ? delete_work(db, "outbox", ids) : put_up;
}

Result<std::vector<NoticeTodo>> take_notice_todo(Connection& db, std::size_t limit) {
    std::vector<NoticeTodo> taken;
    const auto locked = db.query(
        "SELECT id FROM notice_todo ORDER BY rank_no, id LIMIT ? FOR UPDATE SKIP LOCKED", {limit}
    );
    if (!locked) return std::unexpected(locked.error());
    if (locked->empty()) return taken;
    std::vector<std::uint64_t> ids;
    for (const Row row : *locked) ids.push_back(row.unsigned_integer(0));
    // The event's columns under the names the log's reader knows them by.
    QueryText sql;
    std::string columns = "SELECT n.id";
    for (const std::string& name : column_names(event_columns)) columns += ", e." + name;
    sql.add(columns)
        .add(
            " FROM notice_todo n JOIN ticket_event e ON e.ticket_id=n.ticket_id AND e.seq=n.seq "
            "WHERE "
        )
        .add(among("n.id", ids))
        .add(" ORDER BY n.rank_no, n.id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    taken.reserve(rows->size());
    for (const Row row : *rows) taken.push_back({row.unsigned_integer(0), read_event(row, 1)});
    return taken;
}

Result<void> delete_notice_todo(Connection& db, std::span<const std::uint64_t> ids) {
    return delete_work(db, "notice_todo", ids);
}

Result<std::size_t> notice_todo_length(Connection& db, std::size_t most) {
    const auto rows =
        db.query("SELECT COUNT(*) FROM (SELECT 1 FROM notice_todo LIMIT ?) waiting", {most});
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<ticketing::notices::Roster> read_roster(Connection& db) {
    const auto rows =
        db.query("SELECT id, role, unit_id, official_id, division FROM account WHERE disabled=0");
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::notices::Person> people;
    people.reserve(rows->size());
    for (const Row row : *rows) {
        people.push_back(
            {{row.unsigned_integer(0)},
             static_cast<ticketing::Role>(row.integer(1)),
             {row.unsigned_integer(2)},
             {row.unsigned_integer(3)},
             row.string(4)}
        );
    }
    return ticketing::notices::Roster(std::move(people));
}

Result<void> insert_notices(Connection& db, std::span<const NewNotice> notices) {
    InsertBatch batch(
        "notice",
        "ticket_id, seq, receiver, occasion, standing, urgency, numbered, matters, at, made_at, "
        "next_at",
        "ON DUPLICATE KEY UPDATE seq=VALUES(seq)"
    );
    for (const NewNotice& notice : notices) {
        batch.add(
            {notice.ticket.value,
             notice.seq,
             notice.told.receiver.value,
             static_cast<int>(notice.told.occasion),
             static_cast<int>(notice.told.standing),
             static_cast<int>(notice.urgency),
             notice.told.numbered,
             notice.matters,
             notice.at,
             notice.made_at,
             notice.made_at}
        );
    }
    if (batch.empty()) return {};
    return done(db.insert(batch));
}

Result<std::vector<OpenNotice>> open_notices(
    Connection& db, const std::vector<ticketing::TicketId>& tickets
) {
    std::vector<OpenNotice> open;
    if (tickets.empty()) return open;
    std::vector<Param> ids;
    for (const auto ticket : tickets) ids.emplace_back(ticket.value);
    QueryText sql;
    sql.add(
        "SELECT id, ticket_id, receiver, occasion, standing, rung, at, next_at FROM notice "
        "WHERE acknowledged_at IS NULL AND "
    );
    sql.add(QueryText::in("ticket_id", std::move(ids)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        open.push_back(
            {row.unsigned_integer(0),
             {row.unsigned_integer(1)},
             {row.unsigned_integer(2)},
             static_cast<Occasion>(row.integer(3)),
             static_cast<Standing>(row.integer(4)),
             static_cast<std::size_t>(row.integer(5)),
             row.time(6),
             !row.null(7)}
        );
    }
    return open;
}

Result<void> end_notices(Connection& db, const std::vector<std::uint64_t>& ids, Ending ending) {
    if (ids.empty()) return {};
    QueryText sql;
    sql.add(
        "UPDATE notice SET next_at=NULL, held=0, ending=? WHERE next_at IS NOT NULL AND ",
        {static_cast<int>(ending)}
    );
    sql.add(among("id", ids));
    return done(db.execute(sql.text(), sql.values()));
}

Result<void> acknowledge_notices(
    Connection& db, const std::vector<std::uint64_t>& ids, ticketing::Instant at
) {
    if (ids.empty()) return {};
    QueryText sql;
    sql.add(
        "UPDATE notice SET acknowledged_at=COALESCE(acknowledged_at,?), "
        "read_at=COALESCE(read_at,?), ending=IF(next_at IS NULL,ending,?), held=0, next_at=NULL "
        "WHERE ",
        {at, at, static_cast<int>(Ending::acknowledged)}
    );
    sql.add(among("id", ids));
    return done(db.execute(sql.text(), sql.values()));
}

}  // namespace hotline::mysql
