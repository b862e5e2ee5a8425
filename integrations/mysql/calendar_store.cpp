#include "integrations/mysql/calendar_store.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>

namespace hotline::mysql {
namespace {

Result<void> send(Connection& db, const InsertBatch& batch) {
    if (batch.empty()) return {};
    const auto sent = db.insert(batch);
    if (!sent) return std::unexpected(sent.error());
    return {};
}

Result<void> insert_days(Connection& db, const sla::CalendarData& usual) {
    InsertBatch batch{"calendar_day", "version, day, day_off, name"};
    for (const auto& rule : usual.rules) {
        const std::string day = sla::date_text(rule.date);
        batch.add({usual.version, day, rule.off, rule.name});
    }
    return send(db, batch);
}

Result<void> insert_named(Connection& db, const CalendarVersion& version) {
    InsertBatch calendars{"calendar_variant", "version, name, body"};
    for (const auto& [name, body] : version.named) {
        calendars.add({version.usual.version, name, body});
    }
    if (auto done = send(db, calendars); !done) return done;
    InsertBatch units{"calendar_unit", "version, unit_id, name"};
    for (const auto& [unit, name] : version.units) {
        units.add({version.usual.version, unit.value, name});
    }
    return send(db, units);
}

}  // namespace

Result<std::vector<CalendarVersionLine>> list_calendar_versions(Connection& db) {
    const auto rows = db.query(
        "SELECT version, years, source, loaded_at FROM calendar_version ORDER BY version DESC"
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<CalendarVersionLine> versions;
    for (const Row row : *rows) {
        const auto number = static_cast<std::uint32_t>(row.unsigned_integer(0));
        versions.push_back({number, row.string(1), row.string(2), row.time(3)});
    }
    return versions;
}

Result<std::uint32_t> newest_calendar_version(Connection& db) {
    const auto rows = db.query("SELECT COALESCE(MAX(version), 0) FROM calendar_version");
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::uint32_t>(rows->front().unsigned_integer(0));
}

Result<CalendarVersion> read_calendar_version(Connection& db) {
    auto usual = read_calendar(db);
    if (!usual) return std::unexpected(usual.error());
    CalendarVersion version{std::move(*usual), {}, {}};
    const auto named = db.query(
        "SELECT name, body FROM calendar_variant WHERE version = ? ORDER BY name",
        {version.usual.version}
    );
    if (!named) return std::unexpected(named.error());
    for (const Row row : *named) version.named.push_back({row.string(0), row.string(1)});
    const auto units = db.query(
        "SELECT unit_id, name FROM calendar_unit WHERE version = ? ORDER BY unit_id",
        {version.usual.version}
    );
    if (!units) return std::unexpected(units.error());
    for (const Row row : *units) {
        version.units.push_back({ticketing::UnitId{row.unsigned_integer(0)}, row.string(1)});
    }
    return version;
}

Result<void> insert_calendar_version(
    Connection& db, const CalendarVersion& version, std::string_view source, ticketing::Instant now
) {
    std::string years;
    for (const auto year : version.usual.years) {
        years += fmt::format("{}{}", years.empty() ? "" : ",", static_cast<int>(year));
    }
    // First, so that two who add the same number meet here and not with half their days written.
    const auto added = db.execute(
        "INSERT INTO calendar_version (version, years, source, loaded_at) VALUES (?, ?, ?, ?)",
        {version.usual.version, years, source, now}
    );
    if (!added) return std::unexpected(added.error());
    if (auto done = insert_days(db, version.usual); !done) return done;
    return insert_named(db, version);
}

}  // namespace hotline::mysql
