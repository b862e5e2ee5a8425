#include "integrations/mysql/figure_store.hpp"
#include "server/actions/mean_times.hpp"
#include "server/api/dto.hpp"
#include "server/api/figures/figures.hpp"
#include "server/api/kpi_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace hotline::api {
namespace {

using mysql::DeskLoad;
using sla::Metric;
using ticketing::JsonObject;

constexpr std::size_t most_lines = 300;

struct Line {
    std::uint64_t id = 0;
    DeskLoad load;
    sla::PeriodSums sums;
    actions::TimesTaken times;
};

std::string hours_json(std::int64_t cases, std::chrono::milliseconds time) {
    JsonObject out;
    out.number("cases", cases);
    if (cases > 0) {
        const double hours = std::chrono::duration<double, std::ratio<3600>>(time).count();
        out.raw("hours", fmt::format("{:.1f}", hours / static_cast<double>(cases)));
    }
    return out.str();
}

// S28: too few cases make no rate.
std::string rate_json(const sla::PeriodSums& sums, Metric numerator, Metric denominator) {
    const std::int64_t of = sums.of(denominator);
    if (of >= sla::smallest_ranked_denominator) return share_json(sums.of(numerator), of).str();
    return JsonObject().number("numerator", sums.of(numerator)).number("denominator", of).str();
}

std::string line_json(const Line& line, const FigureQuestion& question, bool measured) {
    const ticketing::Directory& directory = question.city->directory;
    const auto grouping = question.by_official ? sla::Dimension::official : sla::Dimension::unit;
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(line.id));
    out.text("name", group_name(grouping, std::to_string(line.id), directory, question.english));
    if (question.by_official) {
        if (const auto* official = directory.official({line.id})) {
            const auto* unit = directory.unit(official->unit);
            if (unit != nullptr) out.text("unit_name", unit->name);
            out.raw("on_leave", official->on_leave ? "true" : "false");
        }
    }
    out.number("open", line.load.open).number("due_today", line.load.due_today);
    out.number("overdue", line.load.overdue).number("closed", line.sums.of(Metric::closed));
    out.raw("on_time", rate_json(line.sums, Metric::closing_due_on_time, Metric::closing_due));
    out.raw("satisfied", rate_json(line.sums, Metric::satisfied, Metric::rated));
    if (measured) {
        out.raw("to_sign", hours_json(line.times.signatures, line.times.to_sign));
        out.raw("to_resolve", hours_json(line.times.results, line.times.to_resolve));
    }
    return out.str();
}

// All desks that have anything, the fullest first.
std::vector<Line> lines_from(
    const std::map<std::uint64_t, DeskLoad>& loads,
    const mysql::KpiGroups& sums,
    const actions::TimesByDesk& times
) {
    std::map<std::uint64_t, Line> desks;
    for (const auto& [id, load] : loads) desks[id].load = load;
    for (const auto& [key, counts] : sums) {
        std::uint64_t id = 0;
        std::from_chars(key.data(), key.data() + key.size(), id);
        desks[id].sums = counts;
    }
    if (times) {
        for (const auto& [id, taken] : *times) desks[id].times = taken;
    }
    std::vector<Line> lines;
    for (auto& [id, line] : desks) {
        line.id = id;
        lines.push_back(std::move(line));
    }
    std::ranges::stable_sort(lines, std::greater{}, [](const Line& line) {
        return std::tuple{line.load.open, line.sums.of(Metric::closed)};
    });
    return lines;
}

}  // namespace

Result<std::string> load_figure(mysql::Connection& db, const FigureQuestion& question) {
    const auto today = sla::local_day(question.now);
    const mysql::LoadAsked asked{
        .filter = question.filter,
        .by_official = question.by_official,
        .now = question.now,
        .end_of_today = sla::at_local(today + std::chrono::days{1}, {})
    };
    const auto loads = mysql::read_desk_loads(db, asked);
    if (!loads) return std::unexpected(loads.error());
    const auto sums = sums_of(
        db,
        question,
        {Metric::closed,
         Metric::closing_due,
         Metric::closing_due_on_time,
         Metric::rated,
         Metric::satisfied},
        question.by_official ? sla::Dimension::official : sla::Dimension::unit
    );
    if (!sums) return std::unexpected(sums.error());
    const auto times =
        actions::mean_times(db, question.filter, question.by_official, question.city->calendar);
    if (!times) return std::unexpected(times.error());
    auto lines = lines_from(*loads, *sums, *times);
    const std::size_t all = lines.size();
    lines.resize(std::min(all, most_lines));
    const bool measured = times->has_value();
    auto out = figure_head(sla::FigureCode::load, question);
    out.text("at", to_text(question.now)).text("by", question.by_official ? "official" : "unit");
    out.number("smallest", sla::smallest_ranked_denominator);
    out.raw("measured", measured ? "true" : "false");
    out.number("left_off", static_cast<std::int64_t>(all - lines.size()));
    out.raw("lines", ticketing::json_array(lines, [&](const Line& line) {
                return line_json(line, question, measured);
            }));
    return out.str();
}

}  // namespace hotline::api
