#include "tests/bench/route_quality.hpp"

#include "integrations/files/whole_file.hpp"
#include "server/actions/ticket_content.hpp"
#include "server/cli/replay_file.hpp"
#include "server/cli/replay_report.hpp"
#include "tests/bench/verdict.hpp"
#include "ticketing/router/route.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace hotline::bench {
namespace {

using cli::ReplayAppeal;
using cli::ReplayReport;

// One registered in the district of the appeal, another one each time.
const ticketing::Enterprise* firm_of(
    const RouteCity& city, std::string_view district, std::size_t n
) {
    const auto named = std::ranges::find_if(city.directory.divisions, [&](const auto& division) {
        using Kind = ticketing::Division::Kind;
        const bool fits = division.kind == Kind::county || division.kind == Kind::zone;
        return fits && !district.empty() && district.ends_with(division.name);
    });
    if (named == city.directory.divisions.end()) return nullptr;
    for (std::size_t i = 0; i < city.enterprises.size(); ++i) {
        const auto& firm = city.enterprises[(i + n * 997) % city.enterprises.size()];
        if ((firm.zone.empty() ? firm.division : firm.zone) == named->code) return &firm;
    }
    return nullptr;
}

// What the ticket would show.
boost::json::object routed(
    const ReplayAppeal& said,
    const ticketing::Enterprise* firm,
    const RouteCity& city,
    const ticketing::TextModels& models
) {
    ticketing::Appeal appeal;
    appeal.title = said.title;
    appeal.content = said.text;
    auto cues = city.reader.read(appeal.title, appeal.content, firm ? firm->division : "");
    models.consult(appeal.title, appeal.content, city.directory, cues);
    ticketing::Ticket ticket;
    actions::take_over(ticket, appeal, firm);
    actions::grade(ticket, appeal, cues, firm);
    const auto decision = route(matter_of(appeal, cues), firm, city.directory, city.loads);

    boost::json::object shown;
    shown["type"] = ticketing::name(ticket.type);
    shown["topic"] = ticket.topic;
    shown["urgency"] = ticketing::name(ticket.urgency);
    if (const auto* division = city.directory.division(ticket.division)) {
        shown["division_name"] = division->name;
    }
    if (!waits_for_dispatcher(decision)) {
        shown["unit_name"] = city.directory.unit(decision.lead)->name;
    }
    return shown;
}

}  // namespace

int judge_quality(
    const std::string& file, const RouteCity& city, const ticketing::TextModels& models
) {
    const auto text = files::read_file(file);
    const auto appeals = text ? cli::parse_replay(*text) : std::unexpected(text.error());
    if (!appeals) {
        fmt::print(stderr, "{}\n", appeals.error().detail);
        return 1;
    }
    ReplayReport report{city.directory, false};
    for (std::size_t n = 0; n < appeals->size(); ++n) {
        const ReplayAppeal& appeal = (*appeals)[n];
        report.got(appeal, routed(appeal, firm_of(city, appeal.district, n), city, models));
    }
    report.finish();
    // Of thirty: 27 units, 26 types, 28 districts, 26 urgencies; of others the same shares.
    Verdict verdict;
    const auto& right = report.right();
    const auto goal = [&](std::string_view what, std::size_t got, int of_thirty) {
        const double wanted = std::ceil(static_cast<double>(right.appeals) * of_thirty / 30);
        const auto is = static_cast<double>(got);
        verdict.say(what, is, fmt::format(">= {:.0f}", wanted), is >= wanted, true);
    };
    goal("unit, or its county counterpart", right.department, 27);
    goal("type", right.category, 26);
    goal("district", right.district, 28);
    goal("urgency", right.urgency, 26);
    return verdict.good ? 0 : 1;
}

}  // namespace hotline::bench
