#include "server/api/kpi_json.hpp"

#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <fmt/format.h>

#include <map>

namespace hotline::api {
namespace {

using sla::RateCode;
using ticketing::JsonObject;

// What the city has published for the line and is measured by: every appeal closed, 95.6 %
// satisfied.
std::string_view target(RateCode code) {
    if (code == RateCode::closing_rate) return "100";
    if (code == RateCode::satisfaction_rate) return "95.6";
    return {};
}

// The part of a rate that never changes, without its closing brace: a table of units repeats it two
// thousand times.
std::string head(const sla::RateDefinition& rate, bool english) {
    JsonObject object;
    object.text("code", name(rate.code));
    object.text("name", english ? rate.en_name : rate.zh_name);
    object.text("definition", english ? rate.en : rate.zh);
    object.number("definition_version", rate.version);
    if (!target(rate.code).empty()) object.raw("target", target(rate.code));
    std::string text = object.str();
    text.pop_back();
    return text;
}

const std::string& head(RateCode code, bool english) {
    using Heads = std::map<RateCode, std::string>;
    const auto make = [](bool in_english) {
        Heads heads;
        for (const auto& rate : sla::rate_definitions()) heads[rate.code] = head(rate, in_english);
        return heads;
    };
    static const Heads zh = make(false);
    static const Heads en = make(true);
    return (english ? en : zh).at(code);
}

std::string rates_json(const sla::PeriodSums& sums, bool english) {
    std::string out = "[";
    for (const sla::RateResult& rate : sla::compute_all(sums)) {
        if (out.size() > 1) out += ',';
        out += head(rate.code, english);
        out += fmt::format(R"(,"numerator":{},"denominator":{})", rate.numerator, rate.denominator);
        if (rate.rate) out += fmt::format(R"(,"percent":{})", text(*rate.rate));
        out += '}';
    }
    return out + "]";
}

void add_figures(JsonObject& object, const Figures& figures, bool english) {
    if (figures.with_accepted) {
        object.number("accepted", figures.sums.of(sla::Metric::accepted));
    }
    if (figures.with_snapshot) {
        object.number("open", figures.sums.open_now).number("overdue", figures.sums.overdue_now);
    }
    object.raw("rates", rates_json(figures.sums, english));
}

std::string groups_json(const std::vector<Figures>& groups, bool english) {
    std::string out = "[";
    for (const Figures& figures : groups) {
        if (out.size() > 1) out += ',';
        JsonObject object;
        object.text("key", figures.key).text("name", figures.name);
        add_figures(object, figures, english);
        out += object.str();
    }
    return out + "]";
}

}  // namespace

std::string kpi_json(const KpiAnswer& answer, bool english) {
    JsonObject object;
    object.text("from", sla::date_text(answer.from)).text("to", sla::date_text(answer.to));
    add_figures(object, answer.total, english);
    if (answer.groups) object.raw("groups", groups_json(*answer.groups, english));
    return object.str();
}

}  // namespace hotline::api
