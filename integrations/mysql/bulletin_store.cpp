#include "integrations/mysql/bulletin_store.hpp"

#include "integrations/mysql/notice_work.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/json_text.hpp"

#include <unordered_map>

namespace hotline::mysql {
namespace {

using ticketing::notices::Occasion;
using ticketing::notices::Standing;

std::string audience_text(const Bulletin& bulletin) {
    ticketing::JsonObject out;
    out.raw("roles", ticketing::json_array(bulletin.roles, [](ticketing::Role role) {
                return ticketing::json_string(name(role));
            }));
    out.raw("units", ticketing::json_array(bulletin.asked_units, [](ticketing::UnitId unit) {
                return std::to_string(unit.value);
            }));
    return out.str();
}

// The columns of a bulletin, read from the first on.
constexpr std::string_view select_bulletin =
    "SELECT b.id, b.at, b.author, b.title, b.body, b.title_en, b.body_en, b.audience, "
    "b.receivers, COALESCE(a.name,'') FROM bulletin b LEFT JOIN account a ON a.id=b.author ";

BulletinProgress read_bulletin_row(const Row& row) {
    BulletinProgress progress;
    Bulletin& bulletin = progress.bulletin;
    bulletin.id = row.unsigned_integer(0);
    bulletin.at = row.time(1);
    bulletin.author = {row.unsigned_integer(2)};
    bulletin.title = row.string(3);
    bulletin.body = row.string(4);
    bulletin.title_en = row.string(5);
    bulletin.body_en = row.string(6);
    progress.audience = row.string(7);
    bulletin.receivers = static_cast<std::size_t>(row.integer(8));
    progress.author_name = row.string(9);
    return progress;
}

constexpr std::string_view not_reached_sql =
    "(n.delivered_at IS NULL AND n.read_at IS NULL AND n.next_at IS NULL AND NOT EXISTS (SELECT 1 "
    "FROM notice_delivery w WHERE w.notice_id=n.id AND w.state=1))";

std::string_view condition_of(Receipt receipt) {
    switch (receipt) {
        case Receipt::read:
            return " AND n.read_at IS NOT NULL";
        case Receipt::delivered:
            return " AND n.read_at IS NULL AND n.delivered_at IS NOT NULL";
        case Receipt::not_reached:
            return " AND (n.delivered_at IS NULL AND n.read_at IS NULL AND n.next_at IS NULL AND "
                   "NOT EXISTS (SELECT 1 FROM notice_delivery w WHERE w.notice_id=n.id AND "
                   "w.state=1))";
        case Receipt::waiting:
            break;
    }
    return " AND n.delivered_at IS NULL AND n.read_at IS NULL AND (n.next_at IS NOT NULL OR EXISTS "
           "(SELECT 1 FROM notice_delivery w WHERE w.notice_id=n.id AND w.state=1))";
}

Result<void> count_receipts(Connection& db, BulletinProgress& progress) {
    const int occasion = static_cast<int>(Occasion::bulletin);
    const std::uint64_t id = progress.bulletin.id;
    const auto told = db.query(
        "SELECT COUNT(*), COALESCE(SUM(n.delivered_at IS NOT NULL OR n.read_at IS NOT NULL),0), "
        "COALESCE(SUM(n.read_at IS NOT NULL),0), COALESCE(SUM(" +
            std::string(not_reached_sql) +
            "),0) FROM notice n WHERE n.ticket_id=0 AND n.seq=? AND n.occasion=?",
        {id, occasion}
    );
    if (!told) return std::unexpected(told.error());
    progress.kept = told->front().integer(0) > 0;
    progress.told = static_cast<std::size_t>(told->front().integer(1));
    progress.read = static_cast<std::size_t>(told->front().integer(2));
    progress.not_reached = static_cast<std::size_t>(told->front().integer(3));
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
    return {};
}

Result<void> read_ways(Connection& db, std::vector<BulletinReceipt>& receipts) {
    if (receipts.empty()) return {};
    std::vector<Param> ids;
    std::unordered_map<std::uint64_t, BulletinReceipt*> by_notice;
    for (BulletinReceipt& receipt : receipts) {
        ids.emplace_back(receipt.notice);
        by_notice[receipt.notice] = &receipt;
    }
    QueryText sql;
    sql.add("SELECT notice_id, channel, state, detail FROM notice_delivery WHERE ");
    sql.add(QueryText::in("notice_id", std::move(ids))).add(" ORDER BY channel, id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        by_notice[row.unsigned_integer(0)]->ways.push_back(
            {static_cast<ticketing::notices::Channel>(row.integer(1)),
             static_cast<int>(row.integer(2)),
             row.string(3)}
        );
    }
    return {};
}

}  // namespace

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

Result<Bulletin> add_bulletin(Connection& db, Bulletin bulletin) {
    const auto receivers = audience_of(db, bulletin);
    if (!receivers) return std::unexpected(receivers.error());
    bulletin.receivers = receivers->size();
    const std::string audience = audience_text(bulletin);
    const auto made = db.execute(
        "INSERT INTO bulletin (at, author, title, body, title_en, body_en, audience, receivers) "
        "VALUES (?,?,?,?,?,?,?,?)",
        {bulletin.at,
         bulletin.author.value,
         bulletin.title,
         bulletin.body,
         bulletin.title_en,
         bulletin.body_en,
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
    const auto rows = db.query(std::string(select_bulletin) + "WHERE b.id=?", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<BulletinProgress>{};
    auto progress = read_bulletin_row(rows->front());
    if (auto done = count_receipts(db, progress); !done) return std::unexpected(done.error());
    return std::optional(std::move(progress));
}

Result<std::vector<BulletinProgress>> list_bulletins(
    Connection& db, std::uint64_t before, std::size_t limit
) {
    QueryText sql;
    sql.add(select_bulletin);
    if (before != 0) sql.add("WHERE b.id<?", {before});
    sql.add(" ORDER BY b.id DESC LIMIT ?", {limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<BulletinProgress> list;
    for (const Row row : *rows) {
        list.push_back(read_bulletin_row(row));
        if (auto done = count_receipts(db, list.back()); !done) {
            return std::unexpected(done.error());
        }
    }
    return list;
}

Result<std::vector<BulletinReceipt>> list_receipts(Connection& db, const ReceiptListing& listing) {
    QueryText sql;
    sql.add(
        "SELECT n.id, a.name, a.role, COALESCE(u.name,''), n.delivered_at, n.read_at, n.next_at IS "
        "NOT NULL OR EXISTS (SELECT 1 FROM notice_delivery w WHERE w.notice_id=n.id AND w.state=1) "
        "FROM notice n JOIN account a ON a.id=n.receiver LEFT JOIN official o ON "
        "o.id=a.official_id LEFT JOIN unit u ON u.id=COALESCE(a.unit_id,o.unit_id) WHERE "
        "n.ticket_id=0 AND n.seq=? AND n.occasion=? AND n.id>?",
        {listing.bulletin, static_cast<int>(Occasion::bulletin), listing.after}
    );
    if (listing.receipt) sql.add(condition_of(*listing.receipt));
    sql.add(" ORDER BY n.id LIMIT ?", {listing.limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<BulletinReceipt> receipts;
    for (const Row row : *rows) {
        BulletinReceipt& one = receipts.emplace_back();
        one.notice = row.unsigned_integer(0);
        one.name = row.string(1);
        one.role = static_cast<ticketing::Role>(row.integer(2));
        one.unit_name = row.string(3);
        one.delivered_at = row.optional_time(4);
        one.read_at = row.optional_time(5);
        one.receipt = row.flag(6) ? Receipt::waiting : Receipt::not_reached;
        if (one.delivered_at) one.receipt = Receipt::delivered;
        if (one.read_at) one.receipt = Receipt::read;
    }
    if (auto done = read_ways(db, receipts); !done) return std::unexpected(done.error());
    return receipts;
}

}  // namespace hotline::mysql
