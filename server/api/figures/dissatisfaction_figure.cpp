#include "server/api/figures/figures.hpp"
#include "server/api/kpi_groups.hpp"

#include <algorithm>
#include <charconv>

namespace hotline::api {
namespace {

using sla::Metric;
using ticketing::JsonObject;

struct UnitVoices {
    std::string unit;
    sla::PeriodSums sums;
};

std::string reasons_json(const sla::PeriodSums& sums, bool english) {
    std::string out = "[";
    std::size_t place = 0;
    for (const sla::CountDefinition& reason : sla::dissatisfaction_reasons()) {
        auto one = share_json(sums.of(reason.metric), sums.of(Metric::dissatisfied));
        one.text("metric", name(reason.metric)).text("name", reason.called.in(english));
        one.text("definition", reason.definition.in(english));
        one.raw("exclusive", place < sla::exclusive_reasons ? "true" : "false");
        if (place++ > 0) out += ',';
        out += one.str();
    }
    return out + "]";
}

std::string unit_json(const UnitVoices& voices, const FigureQuestion& question) {
    std::uint64_t id = 0;
    std::from_chars(voices.unit.data(), voices.unit.data() + voices.unit.size(), id);
    const std::int64_t rated = voices.sums.of(Metric::rated);
    const std::int64_t discontent = voices.sums.of(Metric::dissatisfied);
    JsonObject out;
    out.number("unit_id", static_cast<std::int64_t>(id));
    out.text(
        "name",
        group_name(sla::Dimension::unit, voices.unit, question.city->directory, question.english)
    );
    out.number("rated", rated).number("dissatisfied", discontent);
    if (rated >= sla::smallest_ranked_denominator) {
        out.raw("percent", text(*sla::rate_of(discontent, rated)));
    }
    const auto count = [&](const sla::CountDefinition& reason) {
        return std::to_string(voices.sums.of(reason.metric));
    };
    return out.raw("counts", ticketing::json_array(sla::dissatisfaction_reasons(), count)).str();
}

}  // namespace

Result<std::string> dissatisfaction_figure(mysql::Connection& db, const FigureQuestion& question) {
    std::vector<Metric> metrics{Metric::dissatisfied};
    for (const auto& reason : sla::dissatisfaction_reasons()) metrics.push_back(reason.metric);
    const auto told = sums_of(db, question, std::move(metrics), sla::Dimension::unit);
    if (!told) return std::unexpected(told.error());
    const auto rated = sums_of(db, question, {Metric::rated}, sla::Dimension::unit);
    if (!rated) return std::unexpected(rated.error());
    sla::PeriodSums total;
    std::map<std::string, UnitVoices> units;
    for (const auto* part : {&*told, &*rated}) {
        for (const auto& [unit, counts] : *part) {
            for (const auto& [metric, count] : counts.counts) {
                units[unit].sums.counts[metric] += count;
                total.counts[metric] += count;
            }
        }
    }
    std::vector<UnitVoices> lines;
    for (auto& [unit, voices] : units) {
        voices.unit = unit;
        if (voices.sums.of(Metric::dissatisfied) != 0) lines.push_back(std::move(voices));
    }
    std::ranges::stable_sort(lines, std::greater{}, [](const UnitVoices& voices) {
        return voices.sums.of(Metric::dissatisfied);
    });
    auto out = figure_head(sla::FigureCode::dissatisfaction, question);
    out.number("smallest", sla::smallest_ranked_denominator);
    out.raw("share", share_json(total.of(Metric::dissatisfied), total.of(Metric::rated)).str());
    out.raw("reasons", reasons_json(total, question.english));
    out.raw("units", ticketing::json_array(lines, [&](const UnitVoices& voices) {
                return unit_json(voices, question);
            }));
    return out.str();
}

}  // namespace hotline::api
