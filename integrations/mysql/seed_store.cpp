#include "integrations/mysql/seed_store.hpp"

#include "integrations/mysql/duty_lists.hpp"
#include "integrations/mysql/enterprise_initials.hpp"

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

// Zero is "none" in the core and NULL in the tables.
template <class Id>
Param reference_to(Id id) {
    return id ? Param{id.value} : Param{nullptr};
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
    return {};
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

Result<void> insert_units(Connection& db, std::span<const ticketing::Unit> units) {
    InsertBatch batch{"unit", "id, code, name, parent_id, level, division, `function`, active"};
    for (const auto& unit : units) {
        batch.add(
            {unit.id.value,
             unit.code,
             unit.name,
             reference_to(unit.parent),
             static_cast<int>(unit.level),
             unit.division,
             unit.function,
             unit.active}
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

Result<void> insert_officials(Connection& db, std::span<const StaffedOfficial> officials) {
    InsertBatch batch{
        "official",
        "id, staff_no, name, unit_id, phone, duty, capacity, on_leave, deputy_id, active, "
        "demonstration"
    };
    for (const auto& [official, staff_no, demonstration] : officials) {
        batch.add(
            {official.id.value,
             staff_no,
             official.name,
             official.unit.value,
             official.phone,
             official.duty,
             official.capacity,
             official.on_leave,
             reference_to(official.deputy),
             official.active,
             demonstration}
        );
    }
    return send(db, batch);
}

Result<void> insert_enterprises(
    Connection& db, std::span<const ticketing::Enterprise> enterprises
) {
    InsertBatch batch{
        "enterprise",
        "id, uscc, name, division, zone, town, address, phone, industry, size, five_above, "
        "demonstration"
    };
    for (const auto& firm : enterprises) {
        batch.add(
            {firm.id.value,
             firm.uscc.empty() ? Param{nullptr} : Param{firm.uscc},
             firm.name,
             firm.division,
             firm.zone,
             firm.town,
             firm.address,
             firm.phone,
             firm.industry,
             firm.size,
             firm.five_above,
             firm.demonstration}
        );
    }
    if (auto sent = send(db, batch); !sent) return sent;
    return write_enterprise_initials(db, enterprises);
}

Result<void> insert_cards(
    Connection& db, std::span<const ContactCard> cards, ticketing::Instant since
) {
    InsertBatch batch{"contact_card", "enterprise_id, official_id, since, active"};
    const std::string day =
        date(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(since)});
    for (const auto& card : cards) {
        batch.add({card.enterprise.value, card.official.value, day, true});
    }
    return send(db, batch);
}

}  // namespace hotline::mysql
