#include "server/calendar/versions.hpp"

#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/reference/reference.hpp"
#include "server/calendar/hours_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace hotline::calendar {
namespace {

std::unexpected<Error> senseless(std::string_view why) {
    return fail(
        ErrorCode::internal, fmt::format("The calendar in the database makes no sense: {}.", why)
    );
}

// Without what a wrong file says of other years.
void restrict_to(Notice& notice, std::chrono::year year) {
    std::erase_if(notice.days, [year](const sla::DayRule& rule) {
        return notice_year(rule) != year;
    });
    notice.years = {year};
}

std::string joined(const std::vector<std::string>& papers) {
    std::string text;
    for (const auto& paper : papers) text += (text.empty() ? "" : " ") + paper;
    return text;
}

// The beginning of a text, cut between characters.
std::string_view within(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

void propose_notice(
    Proposal& proposal, std::string_view bytes, std::optional<std::chrono::year> only
) {
    auto notice = read_notice(bytes);
    if (only) restrict_to(notice, *only);
    check(notice);
    proposal.problems = std::move(notice.problems);
    proposal.remarks = std::move(notice.remarks);
    if (!notice.papers.empty()) proposal.source += " " + joined(notice.papers);
    auto amendment = amended(proposal.version.usual, notice);
    proposal.version.usual = std::move(amendment.data);
    proposal.changes = std::move(amendment.changes);
    proposal.new_years = std::move(amendment.new_years);
}

}  // namespace

Result<Calendars> build(const mysql::CalendarVersion& version) {
    sla::CalendarData usual = version.usual;
    std::map<std::string, sla::Calendar> named;
    for (const auto& [name, body] : version.named) {
        auto data = named_calendar(body, version.usual);
        if (!data) return senseless(name + ": " + data.error().detail);
        if (name == usual_name) {
            usual = std::move(*data);
            continue;
        }
        auto calendar = sla::Calendar::build(std::move(*data));
        if (!calendar) return senseless(name + " never opens or contradicts itself");
        named.emplace(name, std::move(*calendar));
    }
    auto calendar = sla::Calendar::build(std::move(usual));
    if (!calendar) return senseless("the usual one never opens or contradicts itself");
    std::unordered_map<std::uint64_t, std::string> units;
    for (const auto& [unit, name] : version.units) units.emplace(unit.value, name);
    return Calendars{
        std::move(*calendar), ticketing::UnitCalendars{std::move(named), std::move(units)}
    };
}

Result<Calendars> read_calendars(mysql::Connection& db) {
    const auto version = mysql::read_calendar_version(db);
    if (!version) return std::unexpected(version.error());
    return build(*version);
}

Result<sla::Calendar> delivered_calendar() {
    const auto reference = reference::parse(reference::embedded_files());
    if (!reference) return std::unexpected(reference.error());
    sla::CalendarData data;
    std::set<std::chrono::year> years;
    for (const auto& day : reference->days) {
        data.rules.push_back({sla::LocalDay{day.day}, day.off, day.name});
        years.insert(day.day.year());
    }
    data.years.assign(years.begin(), years.end());
    auto calendar = sla::Calendar::build(std::move(data));
    if (!calendar) return fail(ErrorCode::internal, "The delivered calendar makes no sense.");
    return std::move(*calendar);
}

Result<Proposal> propose(
    mysql::Connection& db,
    std::string_view bytes,
    std::string_view file_name,
    std::optional<std::chrono::year> only
) {
    auto present = mysql::read_calendar_version(db);
    if (!present) return std::unexpected(present.error());
    Proposal proposal;
    proposal.version = std::move(*present);
    proposal.source = file_name;
    if (is_hours_file(bytes)) {
        const auto directory = mysql::read_directory(db, {}, mysql::Cards::left_out);
        if (!directory) return std::unexpected(directory.error());
        propose_hours(proposal, bytes, *directory);
    } else {
        propose_notice(proposal, bytes, only);
    }
    // Also what is right by itself must fit what is there.
    if (proposal.problems.empty()) {
        const auto built = build(proposal.version);
        if (!built)
            proposal.problems.push_back({{"整个日历", "the whole calendar"}, built.error().detail});
    }
    ++proposal.version.usual.version;
    return proposal;
}

Result<void> add(mysql::Connection& db, const Proposal& proposal, ticketing::Instant now) {
    const std::string source{within(proposal.source, 300)};
    return mysql::insert_calendar_version(db, proposal.version, source, now);
}

}  // namespace hotline::calendar
