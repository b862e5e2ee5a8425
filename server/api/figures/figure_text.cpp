#include "server/api/figures/figure_text.hpp"

#include "server/actions/count_tickets.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::UnitId;

// The topmost of the units asked for: the others lie below it.
const ticketing::Unit* topmost(
    const std::vector<UnitId>& units, const ticketing::Directory& directory
) {
    for (const UnitId id : units) {
        const auto* unit = directory.unit(id);
        if (unit != nullptr && std::ranges::find(units, unit->parent) == units.end()) return unit;
    }
    return nullptr;
}

std::string scope_text(const FigureQuestion& question) {
    const auto& [filter, by_official, city, now, english] = question;
    if (filter.units) {
        const auto* unit = topmost(*filter.units, city->directory);
        if (unit == nullptr) return english ? "No unit" : "没有单位";
        if (filter.units->size() == 1) return unit->name;
        return unit->name + (english ? " and those below it" : "及下属单位");
    }
    if (filter.division) {
        const auto* division = city->directory.division(*filter.division);
        return division != nullptr ? division->name : *filter.division;
    }
    return english ? "The whole city" : "全市";
}

}  // namespace

JsonObject figure_head(sla::FigureCode code, const FigureQuestion& question) {
    const sla::FigureDefinition& figure = sla::definition(code);
    const bool english = question.english;
    JsonObject out;
    out.text("code", name(code)).number("definition_version", figure.version);
    out.text("name", figure.called.in(english));
    out.text("definition", figure.definition.in(english));
    out.text("numerator_text", figure.numerator.in(english));
    out.text("denominator_text", figure.denominator.in(english));
    if (!figure.untold.zh.empty()) out.text("untold", figure.untold.in(english));
    out.text("from", sla::date_text(question.filter.from));
    out.text("to", sla::date_text(question.filter.to));
    out.text("scope", scope_text(question));
    return out;
}

JsonObject share_json(std::int64_t numerator, std::int64_t denominator) {
    JsonObject out;
    out.number("numerator", numerator).number("denominator", denominator);
    if (const auto rate = sla::rate_of(numerator, denominator)) out.raw("percent", text(*rate));
    return out;
}

Result<mysql::KpiGroups> sums_of(
    mysql::Connection& db,
    const FigureQuestion& question,
    std::vector<sla::Metric> metrics,
    sla::Dimension grouping
) {
    mysql::KpiFilter filter = question.filter;
    filter.metrics = std::move(metrics);
    return actions::count_groups(db, filter, grouping);
}

Result<std::string> left_out_json(mysql::Connection& db, const FigureQuestion& question) {
    if (question.filter.units) return "[]";
    const auto reasons = sla::definition(sla::RateCode::direct_answer_rate).excluded;
    const auto sums = sums_of(db, question, {reasons.begin(), reasons.end()}, sla::Dimension::none);
    if (!sums) return std::unexpected(sums.error());
    std::string out = "[";
    for (const auto& [group, counts] : *sums) {
        for (const auto& [reason, count] : counts.counts) {
            if (count == 0) continue;
            if (out.size() > 1) out += ',';
            JsonObject line;
            line.text("reason", name(reason));
            line.text("name", sla::exclusion_name(reason, question.english));
            out += line.number("count", count).str();
        }
    }
    return out + "]";
}

}  // namespace hotline::api
