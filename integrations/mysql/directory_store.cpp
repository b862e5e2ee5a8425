#include "integrations/mysql/directory_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/directory_writer.hpp"
#include "integrations/mysql/duty_lists.hpp"

#include <charconv>
#include <unordered_set>

namespace hotline::mysql {
namespace {

using ticketing::Directory;
using ticketing::Division;
using ticketing::Duty;
using ticketing::Official;
using ticketing::OfficialId;
using ticketing::Unit;

Result<void> read_divisions(Connection& db, Directory& directory) {
    auto rows = db.query("SELECT code, name, parent, kind FROM division ORDER BY kind, code");
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        directory.divisions.push_back(
            {row.string(0),
             row.string(1),
             row.string(2),
             static_cast<Division::Kind>(row.integer(3))}
        );
    }
    return {};
}

Result<void> read_units(Connection& db, Directory& directory) {
    auto units = find_entries<Unit>(db, "TRUE ORDER BY e.id", {});
    if (!units) return std::unexpected(units.error());
    directory.units.reserve(units->size());
    for (auto& stored : *units) directory.units.push_back(std::move(stored.entry));
    return {};
}

Result<void> read_officials(Connection& db, Directory& directory) {
    auto officials = find_entries<StaffedOfficial>(db, "TRUE ORDER BY e.id", {});
    if (!officials) return std::unexpected(officials.error());
    directory.officials.reserve(officials->size());
    for (auto& stored : *officials) {
        directory.officials.push_back(std::move(stored.entry.official));
    }
    return {};
}

Result<void> read_leave(Connection& db, Directory& directory) {
    const auto rows = db.query(
        "SELECT official_id FROM official_leave WHERE active = 1 AND from_day <= ? AND "
        "(to_day IS NULL OR to_day >= ?)",
        {day_param(directory.day), day_param(directory.day)}
    );
    if (!rows) return std::unexpected(rows.error());
    std::unordered_set<std::uint64_t> away;
    for (const Row row : *rows) away.insert(row.unsigned_integer(0));
    for (Official& official : directory.officials) {
        official.on_leave = away.contains(official.id.value);
    }
    return {};
}

// A turn of the night before may still run.
Result<void> read_turns(Connection& db, Directory& directory) {
    constexpr std::chrono::days one{1};
    auto turns = find_entries<ticketing::Turn>(
        db,
        "e.active = 1 AND e.day BETWEEN ? AND ? ORDER BY e.id",
        {day_param(directory.day - one), day_param(directory.day + one)}
    );
    if (!turns) return std::unexpected(turns.error());
    for (auto& stored : *turns) directory.turns.push_back(std::move(stored.entry));
    return {};
}

Result<void> read_duties(Connection& db, Directory& directory) {
    auto rows = db.query(
        "SELECT topic, category, `function`, county_has_power, zone_has_power, co_functions, "
        "exceptions, words, mediable FROM duty ORDER BY topic"
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        Duty duty;
        duty.topic = row.string(0);
        duty.category = row.string(1);
        duty.function = row.string(2);
        duty.county_has_power = row.flag(3);
        duty.zone_has_power = row.flag(4);
        if (auto done = read_functions(row.text(5), duty); !done) return done;
        if (auto done = read_exceptions(row.text(6), duty); !done) return done;
        if (auto done = read_words(row.text(7), duty); !done) return done;
        duty.mediable = row.flag(8);
        directory.duties.push_back(std::move(duty));
    }
    return {};
}

Result<void> read_cards(Connection& db, Directory& directory) {
    return db.for_each(
        "SELECT enterprise_id, official_id FROM contact_card WHERE active = 1 "
        "ORDER BY enterprise_id, official_id",
        {},
        [&](const Row& row) {
            directory.cards[row.unsigned_integer(0)].push_back(OfficialId{row.unsigned_integer(1)});
            return true;
        }
    );
}

// "2024,2025,2026".
std::vector<std::chrono::year> years_of(std::string_view text) {
    std::vector<std::chrono::year> years;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        int year = 0;
        const auto [next, error] = std::from_chars(at, end, year);
        if (error == std::errc{}) years.emplace_back(year);
        at = next == at ? at + 1 : next;
    }
    return years;
}

}  // namespace

Result<Directory> read_directory(Connection& db, sla::LocalDay day, Cards cards) {
    Directory directory;
    directory.day = day;
    // First: what changes while the rows are read is read again.
    const auto revision = directory_revision(db);
    if (!revision) return std::unexpected(revision.error());
    directory.version = *revision;
    for (const auto read :
         {read_divisions, read_units, read_officials, read_leave, read_turns, read_duties}) {
        if (auto done = read(db, directory); !done) return std::unexpected(done.error());
    }
    if (cards == Cards::read) {
        if (auto done = read_cards(db, directory); !done) return std::unexpected(done.error());
    }
    directory.index();
    return directory;
}

Result<std::vector<sla::DayRule>> read_calendar_days(Connection& db, std::uint32_t version) {
    const auto rows = db.query(
        "SELECT day, day_off, name FROM calendar_day WHERE version = ? ORDER BY day", {version}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<sla::DayRule> days;
    for (const Row row : *rows) days.push_back({day_of(row.time(0)), row.flag(1), row.string(2)});
    return days;
}

Result<sla::CalendarData> read_calendar(Connection& db) {
    sla::CalendarData calendar;
    auto version =
        db.query("SELECT version, years FROM calendar_version ORDER BY version DESC LIMIT 1");
    if (!version) return std::unexpected(version.error());
    if (!version->empty()) {
        calendar.version = static_cast<std::uint32_t>(version->front().unsigned_integer(0));
        calendar.years = years_of(version->front().text(1));
    }
    auto days = read_calendar_days(db, calendar.version);
    if (!days) return std::unexpected(days.error());
    calendar.rules = std::move(*days);
    return calendar;
}

}  // namespace hotline::mysql
