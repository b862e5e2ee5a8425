#include "integrations/mysql/bulletin_store.hpp"

#include "integrations/mysql/notice_work.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::notices::Occasion;
using ticketing::notices::Standing;

std::string audience_text(const Bulletin& bulletin) {
    ticketing::JsonObject out;
    out.raw("roles", ticketing::json_array(bulletin.roles, [](ticketing::Role role) {
                return ticketing::json_string(name(role));
            }));
    out.raw("units", ticketing::json_array(bulletin.units, [](ticketing::UnitId unit) {
                return std::to_string(unit.value);
            }));
    return out.str();
}

Result<std::vector<ticketing::UserId>> audience_of(Connection& db, const Bulletin& bulletin) {
    QueryText sql;
    sql.add(
        "SELECT a.id FROM account a LEFT JOIN official o ON o.id=a.official_id WHERE "
        "a.disabled=0 AND a.id<>? AND ",
        {bulletin.author.value}
    );
    std::vector<Param> roles;
    for (const auto role : bulletin.roles) roles.emplace_back(static_cast<int>(role));
    if (roles.empty()) roles.emplace_back(static_cast<int>(ticketing::Role::official));
    sql.add(QueryText::in("a.role", std::move(roles)));
    if (!bulletin.units.empty()) {
        std::vector<Param> units;
        for (const auto unit : bulletin.units) units.emplace_back(unit.value);
        sql.add(" AND ").add(QueryText::in("COALESCE(a.unit_id,o.unit_id)", std::move(units)));
    }
    sql.add(" ORDER BY a.id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::UserId> receivers;
    for (const Row row : *rows) receivers.push_back({row.unsigned_integer(0)});
    return receivers;
}

}  // namespace

Result<Bulletin> add_bulletin(Connection& db, Bulletin bulletin) {
    const auto receivers = audience_of(db, bulletin);
    if (!receivers) return std::unexpected(receivers.error());
    bulletin.receivers = receivers->size();
    const std::string audience = audience_text(bulletin);
    const auto made = db.execute(
        "INSERT INTO bulletin (at, author, title, body, audience, receivers) VALUES (?,?,?,?,?,?)",
        {bulletin.at,
         bulletin.author.value,
         bulletin.title,
         bulletin.body,
         audience,
         bulletin.receivers}
    );
    if (!made) return std::unexpected(made.error());
    bulletin.id = db.last_id();
    std::vector<NewNotice> notices;
    notices.reserve(receivers->size());
    for (const auto receiver : *receivers) {
        NewNotice& notice = notices.emplace_back();
        notice.seq = bulletin.id;
        notice.told = {receiver, Occasion::bulletin, Standing::reader, true};
        notice.at = notice.made_at = bulletin.at;
    }
    if (auto done = insert_notices(db, notices); !done) return std::unexpected(done.error());
    return bulletin;
}

Result<std::optional<BulletinProgress>> bulletin_progress(Connection& db, std::uint64_t id) {
    const auto rows = db.query("SELECT at, title, receivers FROM bulletin WHERE id=?", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<BulletinProgress>{};
    BulletinProgress progress;
    progress.bulletin.id = id;
    progress.bulletin.at = rows->front().time(0);
    progress.bulletin.title = rows->front().string(1);
    progress.bulletin.receivers = static_cast<std::size_t>(rows->front().integer(2));
    const int occasion = static_cast<int>(Occasion::bulletin);
    const auto told = db.query(
        "SELECT COALESCE(SUM(delivered_at IS NOT NULL),0), COALESCE(SUM(read_at IS NOT NULL),0) "
        "FROM notice WHERE ticket_id=0 AND seq=? AND occasion=?",
        {id, occasion}
    );
    if (!told) return std::unexpected(told.error());
    progress.told = static_cast<std::size_t>(told->front().integer(0));
    progress.read = static_cast<std::size_t>(told->front().integer(1));
    const auto channels = db.query(
        "SELECT d.channel, SUM(d.state=1), SUM(d.state=2), SUM(d.state>2) FROM notice n JOIN "
        "notice_delivery d ON d.notice_id=n.id WHERE n.ticket_id=0 AND n.seq=? AND n.occasion=? "
        "GROUP BY d.channel ORDER BY d.channel",
        {id, occasion}
    );
    if (!channels) return std::unexpected(channels.error());
    for (const Row row : *channels) {
        progress.channels.push_back(
            {static_cast<ticketing::notices::Channel>(row.integer(0)),
             static_cast<std::size_t>(row.integer(1)),
             static_cast<std::size_t>(row.integer(2)),
             static_cast<std::size_t>(row.integer(3))}
        );
    }
    return std::optional(std::move(progress));
}

}  // namespace hotline::mysql
