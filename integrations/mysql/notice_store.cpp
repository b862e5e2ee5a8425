#include "integrations/mysql/notice_store.hpp"

#include "integrations/mysql/query_text.hpp"
#include "ticketing/notices/plan.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view reading =
    "UPDATE notice SET read_at=COALESCE(read_at,?), acknowledged_at=COALESCE(acknowledged_at,?), "
    "delivered_at=COALESCE(delivered_at,?), ending=IF(next_at IS NULL,ending,?), held=0, "
    "next_at=NULL WHERE receiver=? AND ";

const int acknowledged = static_cast<int>(ticketing::notices::Ending::acknowledged);

}  // namespace

const std::string_view notice_columns =
    "n.id, n.receiver, n.occasion, n.standing, n.urgency, n.at, IF(n.numbered=1,t.number,NULL), "
    "n.matters, b.title, b.body, n.read_at, n.acknowledged_at, b.title_en, b.body_en";
const std::string_view notice_joins =
    " LEFT JOIN ticket t ON t.id=n.ticket_id LEFT JOIN bulletin b ON n.ticket_id=0 AND "
    "n.occasion=20 AND b.id=n.seq ";

Notice read_notice_row(const Row& row, std::size_t first) {
    Notice notice;
    notice.id = row.unsigned_integer(first);
    notice.receiver = {row.unsigned_integer(first + 1)};
    notice.occasion = static_cast<ticketing::notices::Occasion>(row.integer(first + 2));
    notice.standing = static_cast<ticketing::notices::Standing>(row.integer(first + 3));
    notice.urgency = static_cast<ticketing::Urgency>(row.integer(first + 4));
    notice.at = row.time(first + 5);
    notice.ticket_no = row.string(first + 6);
    notice.matters = static_cast<std::size_t>(row.integer(first + 7));
    notice.bulletin_title = row.string(first + 8);
    notice.bulletin_body = row.string(first + 9);
    notice.read_at = row.optional_time(first + 10);
    notice.acknowledged_at = row.optional_time(first + 11);
    notice.bulletin_title_en = row.string(first + 12);
    notice.bulletin_body_en = row.string(first + 13);
    return notice;
}

Result<std::vector<Notice>> list_notices(Connection& db, const NoticeListing& listing) {
    QueryText sql;
    sql.add("SELECT ").add(notice_columns).add(" FROM notice n").add(notice_joins);
    sql.add("WHERE n.receiver=?", {listing.receiver.value});
    if (listing.unread) sql.add(" AND n.read_at IS NULL");
    if (listing.before != 0) sql.add(" AND n.id<?", {listing.before});
    sql.add(" ORDER BY n.id DESC LIMIT ?", {listing.limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Notice> notices;
    for (const Row row : *rows) notices.push_back(read_notice_row(row, 0));
    return notices;
}

Result<std::size_t> count_unread(Connection& db, ticketing::UserId receiver, std::size_t most) {
    const auto rows = db.query(
        "SELECT COUNT(*) FROM (SELECT 1 FROM notice WHERE receiver=? AND read_at IS NULL LIMIT ?) "
        "unread",
        {receiver.value, most}
    );
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<bool> read_notice(
    Connection& db, ticketing::UserId receiver, std::uint64_t id, ticketing::Instant now
) {
    const auto found = db.execute(
        std::string(reading) + "id=?", {now, now, now, acknowledged, receiver.value, id}
    );
    if (!found) return std::unexpected(found.error());
    return *found > 0;
}

Result<void> read_notices_upto(
    Connection& db, ticketing::UserId receiver, std::uint64_t id, ticketing::Instant now
) {
    const auto found = db.execute(
        std::string(reading) + "read_at IS NULL AND id<=?",
        {now, now, now, acknowledged, receiver.value, id}
    );
    if (!found) return std::unexpected(found.error());
    return {};
}

Result<bool> notice_shown(
    Connection& db,
    ticketing::UserId receiver,
    std::uint64_t id,
    std::string_view device,
    ticketing::Instant now
) {
    const auto found = db.execute(
        "UPDATE notice SET shown_at=COALESCE(shown_at,?), delivered_at=COALESCE(delivered_at,?) "
        "WHERE receiver=? AND id=?",
        {now, now, receiver.value, id}
    );
    if (!found) return std::unexpected(found.error());
    if (*found == 0) return false;
    const auto noted = db.execute(
        "UPDATE notice_delivery SET shown_at=COALESCE(shown_at,?) WHERE notice_id=? AND channel=2 "
        "AND device_id=?",
        {now, id, device}
    );
    if (!noted) return std::unexpected(noted.error());
    return true;
}

}  // namespace hotline::mysql
