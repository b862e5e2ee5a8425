#include "server/api/kpi_json.hpp"

#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hotline::api {
namespace {

using sla::RateCode;
using ticketing::JsonObject;

// The part of a rate that never changes, without its closing brace.
std::string head(const sla::RateDefinition& rate, bool english) {
    JsonObject object;
    object.text("code", name(rate.code));
    object.number("definition_version", rate.version);
    if (!target(rate.code).empty()) object.raw("target", target(rate.code));
    object.text("name", english ? rate.en_name : rate.zh_name);
    object.text("definition", english ? rate.en : rate.zh);
    object.text("basis", sla::word_of(rate.basis));
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

std::string counts_json(const sla::RateResult& rate) {
    std::string out =
        fmt::format(R"("numerator":{},"denominator":{})", rate.numerator, rate.denominator);
    if (rate.rate) out += fmt::format(R"(,"percent":{})", text(*rate.rate));
    return out;
}

std::string excluded_json(const sla::RateResult& rate, bool english) {
    std::string out = "[";
    for (const auto& [reason, count] : rate.excluded) {
        if (out.size() > 1) out += ',';
        JsonObject line;
        line.text("reason", name(reason)).text("name", sla::exclusion_name(reason, english));
        out += line.number("count", count).str();
    }
    return out + "]";
}

// A line of a table has the counts alone: what they mean stands once, above it.
std::string group_rates_json(const sla::PeriodSums& sums, const std::vector<RateCode>& wanted) {
    std::string out = "[";
    for (const sla::RateResult& rate : sla::compute_all(sums)) {
        if (!wanted.empty() && std::ranges::find(wanted, rate.code) == wanted.end()) continue;
        if (out.size() > 1) out += ',';
        out += fmt::format(
            R"({{"code":"{}","definition_version":{},{}}})",
            name(rate.code),
            rate.definition_version,
            counts_json(rate)
        );
        if (const auto aim = target(rate.code); !aim.empty()) {
            out.insert(out.size() - 1, fmt::format(R"(,"target":{})", aim));
        }
    }
    return out + "]";
}

void add_counts(JsonObject& object, const Figures& figures) {
    if (figures.with_accepted) {
        object.number("accepted", figures.sums.of(sla::Metric::accepted));
    }
    if (figures.with_snapshot) {
        object.number("open", figures.sums.open_now).number("overdue", figures.sums.overdue_now);
    }
}

std::string groups_json(const KpiAnswer& answer) {
    std::string out = "[";
    for (const Figures& figures : *answer.groups) {
        if (out.size() > 1) out += ',';
        JsonObject object;
        object.text("key", figures.key).text("name", figures.name);
        add_counts(object, figures);
        out += object.raw("rates", group_rates_json(figures.sums, answer.group_rates)).str();
    }
    return out + "]";
}

}  // namespace

std::string_view target(RateCode code) {
    if (code == RateCode::closing_rate) return "100";
    if (code == RateCode::satisfaction_rate) return "95.6";
    return {};
}

std::string rates_json(const sla::PeriodSums& sums, bool english) {
    std::string out = "[";
    for (const sla::RateResult& rate : sla::compute_all(sums)) {
        if (out.size() > 1) out += ',';
        out += head(rate.code, english) + ',' + counts_json(rate);
        out += R"(,"excluded":)" + excluded_json(rate, english) + '}';
    }
    return out + "]";
}

std::string kpi_json(const KpiAnswer& answer, bool english) {
    JsonObject object;
    object.text("from", sla::date_text(answer.from)).text("to", sla::date_text(answer.to));
    add_counts(object, answer.total);
    object.raw("rates", rates_json(answer.total.sums, english));
    if (answer.groups) object.raw("groups", groups_json(answer));
    return object.str();
}

}  // namespace hotline::api
