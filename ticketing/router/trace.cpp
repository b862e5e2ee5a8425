#include "ticketing/router/trace.hpp"

#include "ticketing/json_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hotline::ticketing {
namespace {

// {} takes the reason's inputs in order.
constexpr std::array<std::pair<std::string_view, std::string_view>, 28> sentences{{
    {"emergency_services", "文中似有正在发生的险情，请同时转110、119、120或122"},
    {"consult", "咨询类诉求，可凭知识库当场答复"},
    {"complained_about", "诉求投诉的对象是{}，该单位回避，由上一级处理"},
    {"owner_barred", "连心卡干部{}属于被投诉单位，回避"},
    {"card", "企业的连心卡帮扶干部是{}，负责全程跟踪"},
    {"visitor_follows", "诉求由{}走访带回，由其全程跟踪"},
    {"no_card", "企业没有有效的连心卡"},
    {"owner_handles", "跟踪干部{}所在单位即主办单位，由其直接办理"},
    {"owner_elsewhere", "跟踪干部{}所在单位不掌握此项职权，只跟踪不办理"},
    {"owner_away", "跟踪干部{}休假、满员或不分管此事，由单位其他人员办理"},
    {"deputy_handles", "跟踪干部{}不在岗或满员，由其副手{}办理"},
    {"duty_list", "派单目录：“{}”由职能对应单位主办"},
    {"exception", "派单目录：“{}”中涉及“{}”，改由对应职能单位主办"},
    {"trade", "{}属国民经济行业{}门类，由行业主管部门主办"},
    {"place_of_matter", "事发地在{}"},
    {"place_registered", "未写明事发地，按企业登记地{}"},
    {"place_unknown", "事发地与登记地均不明，由市级单位受理"},
    {"zone_power", "开发区有此权限，由{}主办"},
    {"county_power", "县（市、区）有此权限，属地优先，由{}主办"},
    {"city_power", "由市级单位{}主办"},
    {"central", "垂直管理单位，由{}主办，不经县级政府"},
    {"helper", "{}按派单目录协办（{}）"},
    {"second_topic", "诉求同时涉及另一事项，{}协办（{}）"},
    {"office", "没有其他适宜单位，由{}兜底协调"},
    {"least_loaded", "{}在主办单位适任人员中在手工单最少"},
    {"all_full", "主办单位适任人员均已满员或不在岗，由单位联络员指派"},
    {"no_officials", "主办单位没有登记帮扶干部，由单位联络员指派"},
    {"returned_before", "{}已退单且获批准，不再派往"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> acceptance{{
    {"decline", "文中有不予受理的线索（{}），请分办员判断"},
    {"clarify", "内容过于简略，建议先联系诉求人补充"},
    {"designate", "已退单{}次，建议由督办员指定承办"},
}};

std::string_view pattern_of(std::string_view code) {
    const auto is = [code](const auto& entry) { return entry.first == code; };
    if (const auto at = std::ranges::find_if(sentences, is); at != sentences.end()) {
        return at->second;
    }
    const auto at = std::ranges::find_if(acceptance, is);
    return at == acceptance.end() ? code : at->second;
}

constexpr std::string_view name_of(RouteSuggestion::Kind kind) {
    using Kind = RouteSuggestion::Kind;
    switch (kind) {
        case Kind::decline:
            return "decline";
        case Kind::clarify:
            return "clarify";
        case Kind::transfer:
            return "transfer";
        case Kind::answer:
            return "answer";
        case Kind::designate:
            return "designate";
    }
    return {};
}

// Thousandths are enough to see why one came before the other.
std::string decimal(double value) {
    const auto thousandths = std::llround(std::abs(value) * 1000);
    const std::string fraction = std::to_string(1000 + thousandths % 1000).substr(1);
    return (value < 0 && thousandths > 0 ? "-" : "") + std::to_string(thousandths / 1000) + "." +
           fraction;
}

template <class List, class Each>
std::string array_of(const List& list, Each&& each) {
    std::string out = "[";
    for (const auto& entry : list) {
        if (out.size() > 1) out += ',';
        out += each(entry);
    }
    return out + "]";
}

// What became of a candidate, in a word or two.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> outcomes{{
    {"chosen", "选定"},
    {"later", "候补"},
    {"refused", "已退单"},
    {"conflict", "回避"},
    {"eligible", "可承办"},
    {"on_leave", "不在岗"},
    {"full", "已满员"},
    {"other_duty", "不分管"},
}};

std::string_view text_of(std::string_view outcome) {
    const auto* at =
        std::ranges::find(outcomes, outcome, [](const auto& row) { return row.first; });
    return at == outcomes.end() ? outcome : at->second;
}

std::string candidate(
    std::string_view id_key,
    std::uint64_t id,
    std::string_view name,
    double score,
    std::string_view outcome
) {
    return JsonObject{}
        .number(id_key, static_cast<std::int64_t>(id))
        .text("name", name)
        .raw("score", decimal(score))
        .text("text", text_of(outcome))
        .str();
}

std::string read_from_text(const Cues& cues) {
    JsonObject out;
    out.text("type", name(cues.type)).text("topic", cues.topic).text("urgency", name(cues.urgency));
    if (!cues.division.empty()) out.text("division", cues.division);
    out.raw("words", array_of(cues.found, [](const std::string& word) {
                return json_string(word);
            }));
    out.raw("confidence", decimal(cues.topic_confidence));
    return out.str();
}

}  // namespace

std::string sentence(const RouteReason& reason) {
    const std::string_view pattern = pattern_of(reason.code);
    std::string text;
    std::size_t input = 0;
    std::size_t from = 0;
    for (auto hole = pattern.find("{}"); hole != std::string_view::npos;
         hole = pattern.find("{}", from)) {
        text += pattern.substr(from, hole - from);
        if (input < reason.inputs.size()) text += reason.inputs[input++];
        from = hole + 2;
    }
    text += pattern.substr(from);
    return text;
}

std::string render_trace(
    const RouteDecision& decision, const Directory& directory, const Cues* cues
) {
    const auto reason = [](const RouteReason& row) {
        return JsonObject{}
            .text("rule", "R" + std::to_string(static_cast<int>(row.rule)))
            .text("code", row.code)
            .text("text", sentence(row))
            .str();
    };
    const auto official = [&](const OfficialCandidate& row) {
        const Official* known = directory.official(row.official);
        return candidate(
            "official_id", row.official.value, known ? known->name : "", row.score, row.outcome
        );
    };
    const auto unit = [&](const UnitCandidate& row) {
        const Unit* known = directory.unit(row.unit);
        return candidate("id", row.unit.value, known ? known->name : "", row.score, row.outcome);
    };
    const auto suggestion = [](const RouteSuggestion& row) {
        return JsonObject{}
            .text("kind", name_of(row.kind))
            .text("code", row.code)
            .raw("confidence", decimal(row.confidence))
            .str();
    };
    JsonObject trace;
    trace.raw("reasons", array_of(decision.reasons, reason));
    trace.raw("candidates", array_of(decision.officials, official));
    trace.raw("units", array_of(decision.units, unit));
    trace.raw("suggestions", array_of(decision.suggestions, suggestion));
    if (cues) trace.raw("suggested", read_from_text(*cues));
    return trace.str();
}

}  // namespace hotline::ticketing
