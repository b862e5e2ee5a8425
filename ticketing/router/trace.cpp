#include "ticketing/router/trace.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/label_words.hpp"
#include "ticketing/reasons.hpp"
#include "ticketing/text_models.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>

namespace hotline::ticketing {
namespace {

struct ReasonText {
    std::string_view code;
    std::string_view zh;
    std::string_view en;
};

// {} takes the reason's inputs in order.
constexpr ReasonText sentences[] = {
    {"emergency_services",
     "文中似有正在发生的险情，请同时转110、119、120或122",
     "The words point to an emergency in progress: call 110, 119, 120 or 122 as well"},
    {"consult",
     "咨询类诉求，可凭知识库当场答复",
     "A question: may be answered on the call from the knowledge base"},
    {"complained_about",
     "诉求投诉的对象是{}，该单位回避，由上一级处理",
     "The complaint is about {}, which takes no part; the next unit above handles it"},
    {"owner_barred",
     "连心卡干部{}属于被投诉单位，回避",
     "{}, who holds the contact card, belongs to the unit complained of and takes no part"},
    {"card",
     "企业的连心卡帮扶干部是{}，负责全程跟踪",
     "{} holds the enterprise's contact card and follows the matter"},
    {"visitor_follows",
     "诉求由{}走访带回，由其全程跟踪",
     "{} brought the matter from a visit and follows it"},
    {"no_card", "企业没有有效的连心卡", "The enterprise has no contact card in force"},
    {"owner_handles",
     "跟踪干部{}所在单位即主办单位，由其直接办理",
     "The unit of {}, who follows the matter, leads: he handles it himself"},
    {"owner_elsewhere",
     "跟踪干部{}所在单位不掌握此项职权，只跟踪不办理",
     "The unit of {}, who follows the matter, has no power over it: he follows only"},
    {"owner_away",
     "跟踪干部{}休假、满员或不分管此事，由单位其他人员办理",
     "{}, who follows the matter, is away, has a full desk or another duty: others of the unit "
     "handle it"},
    {"deputy_handles",
     "跟踪干部{}不在岗或满员，由其副手{}办理",
     "{} is away or has a full desk: his deputy {} handles it"},
    {"deputy_follows",
     "跟踪干部{}休假，由其副手{}跟踪",
     "{}, who follows the matter, is on leave: his deputy {} follows it"},
    {"on_duty",
     "{}已过办公时间，紧急事项由值班人员{}承办",
     "Outside the office hours of {} what is urgent goes to {}, who is on duty"},
    {"duty_list",
     "派单目录：“{}”由职能对应单位主办",
     "Duty list: “{}” is led by the unit of that function"},
    {"exception",
     "派单目录：“{}”中涉及“{}”，改由对应职能单位主办",
     "Duty list: “{}” with “{}” in it is led by another unit"},
    {"read_power",
     "文本模型：文中“{}”等表明属{}的职责（把握{}）",
     "The text model: “{}” speaks for the powers of {} (confidence {})"},
    {"asked",
     "诉求人请{}办理，“{}”中有一部分由该单位负责",
     "{} is asked to act, and “{}” is partly in its hands"},
    {"praised", "表扬的是{}，转该单位", "{} is praised: it is told"},
    {"trade",
     "{}属国民经济行业{}门类，由行业主管部门主办",
     "{} is section {} of the trade classification: the trade's own authority leads"},
    {"place_of_matter", "事发地在{}", "The place of the matter is {}"},
    {"place_registered",
     "未写明事发地，按企业登记地{}",
     "No place is named: {}, where the enterprise is registered"},
    {"place_unknown",
     "事发地与登记地均不明，由市级单位受理",
     "Neither place nor registration is known: a unit of the city takes it"},
    {"zone_power", "开发区有此权限，由{}主办", "The development zone has this power: {} leads"},
    {"county_power",
     "县（市、区）有此权限，属地优先，由{}主办",
     "The county has this power: {} leads"},
    {"city_power", "由市级单位{}主办", "{} of the city leads"},
    {"central",
     "垂直管理单位，由{}主办，不经县级政府",
     "Centrally managed: {} leads, past the county's government"},
    {"helper", "{}按派单目录协办（{}）", "{} helps, by the duty list ({})"},
    {"second_topic", "诉求同时涉及另一事项，{}协办（{}）", "A second matter is in it: {} helps ({})"
    },
    {"office", "没有其他适宜单位，由{}兜底协调", "No other unit fits: {} coordinates"},
    {"least_loaded",
     "{}在主办单位适任人员中在手工单最少",
     "{} has the least open work of those in the lead unit who may"},
    {"all_full",
     "主办单位适任人员均已满员或不在岗，由单位联络员指派",
     "All who may in the lead unit are away or have full desks: the unit's clerk assigns"},
    {"no_officials",
     "主办单位没有登记帮扶干部，由单位联络员指派",
     "The lead unit has no officials on record: the unit's clerk assigns"},
    {"returned_before",
     "{}已退单且获批准，不再派往",
     "{} returned it, which was approved: not asked again"},
    {"gave_such_back",
     "同一地区的此类事项近期派往{}，已有{}次获准退回并由{}承办，现直接派往后者",
     "Matters of this kind from this place were sent to {}, returned with approval {} times and "
     "went to {}, which is now asked first"},
    // What models learned from closed tickets said of the text (Q9 to Q12).
    {"learned_topic",
     "文本模型判断事项为“{}”，把握{}，主要依据：{}",
     "The text model reads the topic “{}”, confidence {}, by: {}"},
    {"learned_type",
     "文本模型判断类型为“{}”，把握{}，主要依据：{}",
     "The text model reads the type “{}”, confidence {}, by: {}"},
    {"learned_urgency",
     "文本模型判断紧急程度为“{}”，把握{}，主要依据：{}",
     "The text model reads the urgency “{}”, confidence {}, by: {}"},
    {"learned_unsure",
     "文本模型意见“{}”把握{}，未采用，以字词规则为准，请分办员判断",
     "The text model's “{}”, confidence {}, is not taken: the words stand, a dispatcher judges"},
    {"rules_alone",
     "没有可用的文本模型，仅按派单目录的字词规则判断",
     "There is no text model: judged by the words of the duty list alone"},
    // For the one who decides on acceptance.
    {"decline",
     "文中有不予受理的线索（{}），请分办员判断",
     "The words hint that it is not for this line ({}): a dispatcher decides"},
    {"clarify", "内容过于简略，建议先联系诉求人补充", "Too short to act on: ask the appellant first"
    },
    {"designate",
     "已退单{}次，建议由督办员指定承办",
     "Returned {} times: a supervisor should designate"},
};

// What became of a candidate, in a word or two.
constexpr ReasonText outcomes[] = {
    {"chosen", "选定", "chosen"},
    {"later", "候补", "next in line"},
    {"gave_back", "近期同类退单", "gave such back"},
    {"refused", "已退单", "returned it"},
    {"conflict", "回避", "takes no part"},
    {"eligible", "可承办", "may take it"},
    {"on_leave", "不在岗", "away"},
    {"full", "已满员", "full desk"},
    {"other_duty", "不分管", "another duty"},
};

// A code without a row, which a test excludes, tells itself.
ReasonText told(std::span<const ReasonText> table, std::string_view code) {
    const auto at = std::ranges::find(table, code, &ReasonText::code);
    return at == table.end() ? ReasonText{code, code, code} : *at;
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
        .text("outcome", outcome)
        .str();
}

std::string learned_json(const LearnedHint& hint) {
    return JsonObject{}
        .text("field", hint.field)
        .text("label", hint.label)
        .raw("confidence", decimal(hint.confidence))
        .raw("taken", hint.taken ? "true" : "false")
        .raw("words", array_of(hint.words, json_string))
        .str();
}

std::string read_from_text(const Cues& cues) {
    JsonObject out;
    out.text("type", name(cues.type)).text("topic", cues.topic).text("urgency", name(cues.urgency));
    if (!cues.division.empty()) out.text("division", cues.division);
    out.raw("words", array_of(cues.found, json_string));
    out.raw("confidence", decimal(cues.topic_confidence));
    if (!cues.learned.empty()) out.raw("learned", array_of(cues.learned, learned_json));
    return out.str();
}

std::string reason_row(
    std::string_view rule, std::string_view code, std::span<const std::string> inputs
) {
    return JsonObject{}
        .text("rule", rule)
        .text("code", code)
        .raw("inputs", array_of(inputs, json_string))
        .str();
}

std::string learned_row(const LearnedHint& hint) {
    std::string spoken;
    for (const auto& word : hint.words) spoken += (spoken.empty() ? "" : "、") + word;
    const std::string percent = std::to_string(std::lround(hint.confidence * 100)) + "%";
    const std::string code = hint.taken ? "learned_" + hint.field : "learned_unsure";
    const std::array inputs{hint.label, percent, spoken};
    return reason_row(hint.taken ? "Q10" : "Q9", code, inputs);
}

// Why it was read so, for who has to believe it.
void add_learned(const Cues& cues, std::vector<std::string>& rows) {
    if (cues.rules_alone) rows.push_back(reason_row("Q12", "rules_alone", {}));
    for (const auto& hint : cues.learned) {
        // Of powers and acceptance R16 and R12 tell, where the router follows the model.
        const bool told = hint.field == function_model || hint.field == acceptance_model;
        if (!told) rows.push_back(learned_row(hint));
    }
}

std::string completed(std::string_view pattern, std::span<const std::string> inputs) {
    std::string text;
    std::size_t input = 0;
    std::size_t from = 0;
    for (auto hole = pattern.find("{}"); hole != std::string_view::npos;
         hole = pattern.find("{}", from)) {
        text += pattern.substr(from, hole - from);
        if (input < inputs.size()) text += inputs[input++];
        from = hole + 2;
    }
    text += pattern.substr(from);
    return text;
}

// What is put into a sentence: codes are said in words, each in its language.
Sentence spoken(std::string_view code, const std::string& input) {
    if (code.starts_with("learned_")) return {std::string(label_word(input)), input};
    const Reason* why = code == "decline" ? find_reason(decline_reasons, input) : nullptr;
    if (why == nullptr) return {input, input};
    return {std::string(why->zh), std::string(why->en)};
}

}  // namespace

Sentence sentence(std::string_view code, std::span<const std::string> inputs) {
    const ReasonText pattern = told(sentences, code);
    std::vector<std::string> chinese;
    std::vector<std::string> english;
    for (const std::string& input : inputs) {
        auto words = spoken(code, input);
        chinese.push_back(std::move(words.zh));
        english.push_back(std::move(words.en));
    }
    return {completed(pattern.zh, chinese), completed(pattern.en, english)};
}

Sentence outcome_word(std::string_view outcome) {
    const ReasonText words = told(outcomes, outcome);
    return {std::string(words.zh), std::string(words.en)};
}

std::string render_trace(
    const RouteDecision& decision, const Directory& directory, const Cues* cues
) {
    std::vector<std::string> reasons;
    for (const RouteReason& row : decision.reasons) {
        const std::string rule = "R" + std::to_string(static_cast<int>(row.rule));
        reasons.push_back(reason_row(rule, row.code, row.inputs));
    }
    if (cues) add_learned(*cues, reasons);
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
    trace.raw("reasons", array_of(reasons, std::identity{}));
    trace.raw("candidates", array_of(decision.officials, official));
    trace.raw("units", array_of(decision.units, unit));
    trace.raw("suggestions", array_of(decision.suggestions, suggestion));
    if (cues) trace.raw("suggested", read_from_text(*cues));
    return trace.str();
}

}  // namespace hotline::ticketing
