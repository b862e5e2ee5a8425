#include "integrations/mysql/seed_store.hpp"

#include "integrations/mysql/directory_writer.hpp"
#include "integrations/mysql/duty_lists.hpp"

#include <array>
#include <cstdio>
#include <set>

namespace hotline::mysql {
namespace {

Result<void> send(Connection& db, const InsertBatch& batch) {
    if (batch.empty()) return {};
    auto sent = db.insert(batch);
    if (!sent) return std::unexpected(sent.error());
    return {};
}

std::string date(const std::chrono::year_month_day& day) {
    std::array<char, 16> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02u",
        static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day())
    );
    return text.data();
}

Result<std::uint64_t> count(Connection& db, std::string_view sql) {
    auto rows = db.query(sql);
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

}  // namespace

Result<Contents> contents(Connection& db) {
    Contents found;
    const auto units = count(db, "SELECT COUNT(*) FROM unit");
    if (!units) return std::unexpected(units.error());
    const auto tickets = count(db, "SELECT COUNT(*) FROM (SELECT id FROM ticket LIMIT 1) AS some");
    if (!tickets) return std::unexpected(tickets.error());
    const auto real = count(db, "SELECT COUNT(*) FROM enterprise WHERE demonstration = 0");
    if (!real) return std::unexpected(real.error());
    return Contents{*units, *tickets, *real};
}

Result<void> clear_city(Connection& db) {
    constexpr std::array statements{
        "DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE demonstration = 1)",
        "DELETE FROM account WHERE demonstration = 1",
        "DELETE FROM contact_card",
        "DELETE FROM official_leave",
        "DELETE FROM duty_turn",
        "DELETE FROM directory_change",
        "DELETE FROM enterprise_initials",
        "DELETE FROM enterprise",
        "DELETE FROM official",
        "DELETE FROM duty",
        "DELETE FROM unit",
        "DELETE FROM division",
        "DELETE FROM calendar_unit",
        "DELETE FROM calendar_variant",
        "DELETE FROM calendar_day",
        "DELETE FROM calendar_version",
        "DELETE FROM policy_version",
    };
    for (const auto* statement : statements) {
        if (auto done = db.execute(statement); !done) return std::unexpected(done.error());
    }
    return raise_directory_revision(db);
}

Result<void> insert_places(Connection& db, std::span<const reference::Place> places) {
    InsertBatch batch{"division", "code, name, parent, kind, grid_col, grid_row"};
    for (const auto& [division, tile] : places) {
        batch.add(
            {division.code,
             division.name,
             division.parent,
             static_cast<int>(division.kind),
             tile ? Param{tile->column} : Param{nullptr},
             tile ? Param{tile->row} : Param{nullptr}}
        );
    }
    return send(db, batch);
}

Result<void> insert_duties(Connection& db, std::span<const ticketing::Duty> duties) {
    InsertBatch batch{
        "duty",
        "topic, category, `function`, county_has_power, zone_has_power, co_functions, exceptions, "
        "words, mediable"
    };
    for (const auto& duty : duties) {
        batch.add(
            {duty.topic,
             duty.category,
             duty.function,
             duty.county_has_power,
             duty.zone_has_power,
             functions_text(duty),
             exceptions_text(duty),
             words_text(duty),
             duty.mediable}
        );
    }
    return send(db, batch);
}

Result<void> insert_calendar(
    Connection& db,
    std::span<const reference::CalendarDay> days,
    std::string_view source,
    ticketing::Instant now
) {
    InsertBatch batch{"calendar_day", "version, day, day_off, name"};
    std::set<int> years;
    for (const auto& day : days) {
        batch.add({1, date(day.day), day.off, day.name});
        years.insert(static_cast<int>(day.day.year()));
    }
    if (auto done = send(db, batch); !done) return done;
    std::string covered;
    for (const int year : years) covered += (covered.empty() ? "" : ",") + std::to_string(year);
    auto done = db.execute(
        "INSERT INTO calendar_version (version, years, source, loaded_at) VALUES (1, ?, ?, ?)",
        {covered, source, now}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> insert_officials(
    Connection& db, std::span<const StaffedOfficial> officials, ticketing::Instant now
) {
    if (auto done = insert_entries(db, officials); !done) return done;
    std::vector<ticketing::organisation::Leave> leaves;
    for (const auto& [official, staff_no, demonstration] : officials) {
        if (!official.on_leave) continue;
        leaves.push_back({.official = official.id, .from = sla::local_day(now)});
    }
    return insert_entries(db, std::span<const ticketing::organisation::Leave>{leaves});
}

}  // namespace hotline::mysql
