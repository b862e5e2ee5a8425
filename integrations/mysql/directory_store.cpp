#include "integrations/mysql/directory_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/duty_lists.hpp"

#include <charconv>

namespace hotline::mysql {
namespace {

using ticketing::Directory;
using ticketing::Division;
using ticketing::Duty;
using ticketing::Official;
using ticketing::OfficialId;
using ticketing::Unit;
using ticketing::UnitId;

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
    auto rows = db.query(
        "SELECT id, code, name, parent_id, level, division, `function`, active FROM unit ORDER BY "
        "id"
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        Unit unit;
        unit.id = UnitId{row.unsigned_integer(0)};
        unit.code = row.string(1);
        unit.name = row.string(2);
        unit.parent = UnitId{row.unsigned_integer(3)};
        unit.level = static_cast<ticketing::UnitLevel>(row.integer(4));
        unit.division = row.string(5);
        unit.function = row.string(6);
        unit.active = row.flag(7);
        directory.units.push_back(std::move(unit));
    }
    return {};
}

Result<void> read_officials(Connection& db, Directory& directory) {
    auto rows = db.query(
        "SELECT id, name, unit_id, phone, duty, capacity, on_leave, deputy_id, active FROM "
        "official "
        "ORDER BY id"
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        Official official;
        official.id = OfficialId{row.unsigned_integer(0)};
        official.name = row.string(1);
        official.unit = UnitId{row.unsigned_integer(2)};
        official.phone = row.string(3);
        official.duty = row.string(4);
        official.capacity = static_cast<int>(row.integer(5));
        official.on_leave = row.flag(6);
        official.deputy = OfficialId{row.unsigned_integer(7)};
        official.active = row.flag(8);
        directory.officials.push_back(std::move(official));
    }
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

// Tells one content from another without a counter that every writer would have to raise.
std::uint64_t fingerprint(const Directory& directory) {
    std::uint64_t value = 0xCBF29CE484222325ULL;
    const auto mix = [&value](std::string_view text) {
        for (const char c : text) {
            value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
        }
        value = (value ^ 0xFFU) * 0x100000001B3ULL;
    };
    const auto mix_number = [&mix](std::uint64_t number) { mix(std::to_string(number)); };
    for (const auto& unit : directory.units) {
        mix(unit.code);
        mix(unit.name);
        mix_number(unit.parent.value * 2 + (unit.active ? 1 : 0));
    }
    for (const auto& official : directory.officials) {
        mix(official.name);
        mix_number(official.unit.value);
        mix_number(official.deputy.value);
        mix_number(
            static_cast<std::uint64_t>(official.capacity) * 4 + (official.active ? 2 : 0) +
            (official.on_leave ? 1 : 0)
        );
    }
    for (const auto& duty : directory.duties) mix(duty.topic), mix(duty.function);
    mix_number(directory.cards.size());
    return value;
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

Result<Directory> read_directory(Connection& db) {
    Directory directory;
    for (const auto read : {read_divisions, read_units, read_officials, read_duties, read_cards}) {
        if (auto done = read(db, directory); !done) return std::unexpected(done.error());
    }
    directory.version = fingerprint(directory);
    directory.index();
    return directory;
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
    auto rows = db.query(
        "SELECT day, day_off, name FROM calendar_day WHERE version = ? ORDER BY day",
        {calendar.version}
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        calendar.rules.push_back({day_of(row.time(0)), row.flag(1), row.string(2)});
    }
    return calendar;
}

}  // namespace hotline::mysql
