#include "integrations/mysql/notice_steps.hpp"

#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/notice_prefs.hpp"
#include "integrations/mysql/query_text.hpp"

#include <map>
#include <tuple>

namespace hotline::mysql {
namespace {

using ticketing::notices::Channel;
using ticketing::notices::Occasion;
using ticketing::notices::Standing;

std::vector<Param> users_of(const std::vector<ticketing::UserId>& users) {
    std::vector<Param> ids;
    for (const auto user : users) ids.emplace_back(user.value);
    return ids;
}

// What is the same for many is one statement.
struct Move {
    std::size_t rung;
    std::optional<ticketing::Instant> next_at;
    bool held;
    int ending;

    auto operator<=>(const Move&) const = default;
};

Result<void> move(Connection& db, const Move& to, std::span<const std::uint64_t> all) {
    return in_parts(all, [&](std::span<const std::uint64_t> ids) -> Result<void> {
        QueryText sql;
        sql.add(
            "UPDATE notice SET rung=?, next_at=?, held=?, ending=? WHERE ",
            {to.rung, to.next_at, to.held, to.ending}
        );
        sql.add(QueryText::in("id", {ids.begin(), ids.end()}));
        const auto moved = db.execute(sql.text(), sql.values());
        if (!moved) return std::unexpected(moved.error());
        return {};
    });
}

void add_deliveries(InsertBatch& batch, const StepTaken& taken, ticketing::Instant now) {
    for (const auto& [channel, word] : names_of(Channel{})) {
        if (!taken.step.send.has(channel)) continue;
        const int number = static_cast<int>(channel);
        if (channel != Channel::web_push) {
            batch.add({taken.notice, number, "", 1, now, now});
            continue;
        }
        for (const std::string& device : taken.devices) {
            batch.add({taken.notice, number, device, 1, now, now});
        }
    }
}

}  // namespace

Result<std::vector<DueNotice>> take_due_notices(
    Connection& db, ticketing::Instant now, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT id, ticket_id, seq, receiver, occasion, standing, urgency, rung, delivered_at, "
        "held, at FROM notice WHERE next_at<=? ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED",
        {now, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<DueNotice> due;
    due.reserve(rows->size());
    for (const Row row : *rows) {
        DueNotice& notice = due.emplace_back();
        notice.id = row.unsigned_integer(0);
        notice.ticket = {row.unsigned_integer(1)};
        notice.seq = row.unsigned_integer(2);
        notice.receiver = {row.unsigned_integer(3)};
        notice.course.occasion = static_cast<Occasion>(row.integer(4));
        notice.course.standing = static_cast<Standing>(row.integer(5));
        notice.course.urgency = static_cast<ticketing::Urgency>(row.integer(6));
        notice.course.rung = static_cast<std::size_t>(row.integer(7));
        notice.course.delivered = !row.null(8);
        notice.held = row.flag(9);
        notice.at = row.time(10);
    }
    return due;
}

Result<std::unordered_map<std::uint64_t, Reach>> read_reach(
    Connection& db, const std::vector<ticketing::UserId>& receivers, bool mail
) {
    std::unordered_map<std::uint64_t, Reach> reach;
    const auto some = [&](std::span<const ticketing::UserId> part) -> Result<void> {
        const std::vector<ticketing::UserId> users(part.begin(), part.end());
        QueryText sql;
        sql.add(
            "SELECT a.id, o.phone, p.quiet_from, p.quiet_to, p.language, p.channels "
            "FROM account a LEFT JOIN official o ON o.id=a.official_id "
            "LEFT JOIN notice_preference p ON p.account_id=a.id WHERE a.disabled=0 AND "
        );
        sql.add(QueryText::in("a.id", users_of(users)));
        const auto rows = sql.run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) {
            Reach& one = reach[row.unsigned_integer(0)];
            // Staff number or log-in: everybody has an id in the city's work chat.
            one.addresses =
                ticketing::notices::Channels::of({Channel::live, Channel::wecom, Channel::dingtalk}
                );
            if (!row.text(1).empty()) {
                one.addresses.add(Channel::sms);
                one.addresses.add(Channel::voice);
            }
            if (mail) one.addresses.add(Channel::email);
            one.own = !row.null(2);
            if (one.own) one.preferences = read_preferences(row, 2);
        }
        QueryText devices;
        devices.add("SELECT account_id, id FROM device WHERE endpoint<>'' AND wiped_at IS NULL AND "
        );
        devices.add(QueryText::in("account_id", users_of(users)));
        const auto found = devices.run(db);
        if (!found) return std::unexpected(found.error());
        for (const Row row : *found) {
            const auto one = reach.find(row.unsigned_integer(0));
            if (one == reach.end()) continue;
            one->second.addresses.add(Channel::web_push);
            one->second.devices.push_back(row.string(1));
        }
        return {};
    };
    if (auto done = in_parts(std::span(receivers), some); !done) {
        return std::unexpected(done.error());
    }
    return reach;
}

Result<void> take_steps(Connection& db, std::span<const StepTaken> steps, ticketing::Instant now) {
    InsertBatch deliveries(
        "notice_delivery",
        "notice_id, channel, device_id, state, next_at, made_at",
        "ON DUPLICATE KEY UPDATE channel=VALUES(channel)"
    );
    std::map<Move, std::vector<std::uint64_t>> moves;
    for (const StepTaken& taken : steps) {
        add_deliveries(deliveries, taken, now);
        const auto& step = taken.step;
        moves[{step.rung, step.next_at, step.held, static_cast<int>(step.ending)}].push_back(
            taken.notice
        );
    }
    if (!deliveries.empty()) {
        if (auto made = db.insert(deliveries); !made) return std::unexpected(made.error());
    }
    for (const auto& [to, ids] : moves) {
        if (auto moved = move(db, to, ids); !moved) return moved;
    }
    return {};
}

Result<std::optional<ticketing::Instant>> next_notice_at(Connection& db) {
    const auto rows = db.query("SELECT MIN(next_at) FROM notice");
    if (!rows) return std::unexpected(rows.error());
    return rows->front().optional_time(0);
}

Result<std::uint64_t> purge_notices(
    Connection& db, ticketing::Instant now, ticketing::Instant before
) {
    // For a channel this hotline no longer has, nobody comes to take them.
    const auto expired = db.execute(
        "UPDATE notice_delivery SET state=4, next_at=NULL, detail='expired' WHERE channel BETWEEN "
        "1 AND 7 AND next_at<?",
        {now - std::chrono::hours(24)}
    );
    if (!expired) return std::unexpected(expired.error());
    const auto first = db.query("SELECT MIN(id) FROM notice");
    if (!first) return std::unexpected(first.error());
    const std::uint64_t until = first->front().unsigned_integer(0) + 2000;
    const auto deliveries = db.execute(
        "DELETE d FROM notice_delivery d JOIN notice n ON n.id=d.notice_id WHERE n.id<? AND "
        "n.next_at IS NULL AND n.made_at<?",
        {until, before}
    );
    if (!deliveries) return std::unexpected(deliveries.error());
    return db.execute(
        "DELETE FROM notice WHERE id<? AND next_at IS NULL AND made_at<?", {until, before}
    );
}

}  // namespace hotline::mysql
