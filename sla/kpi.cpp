#include "sla/kpi.hpp"

#include <array>

namespace hotline::sla {

namespace {

// Raise the version of a definition with every change of what it counts: published figures keep
// the version they were reckoned by.
constexpr std::array<RateDefinition, 12> definitions{{
    {RateCode::closing_rate,
     1,
     PeriodBasis::due_or_closed_day,
     Metric::closing_due_closed,
     Metric::closing_due,
     "办结率",
     "Closing rate",
     "已办结 ÷ 应办结（期内到期或提前办结的已派工单）。不含不予受理、撤诉、并案、表扬和测试工单。",
     "Closed ÷ due to be closed (dispatched tickets due in the period or closed early). Without "
     "declined, withdrawn, merged, praise and test tickets."},
    {RateCode::on_time_rate,
     1,
     PeriodBasis::due_or_closed_day,
     Metric::closing_due_on_time,
     Metric::closing_due,
     "按时办结率",
     "On-time rate",
     "在期限内（含批准的延期和挂账）提交办理结果，且重办也未超期 ÷ "
     "应办结。不含不予受理、撤诉、并案、"
     "表扬和测试工单。",
     "Result submitted by the due date (approved extensions and suspensions included) and no redo "
     "late ÷ due to be closed. Without declined, withdrawn, merged, praise and test tickets."},
    {RateCode::satisfaction_rate,
     1,
     PeriodBasis::survey_day,
     Metric::satisfied,
     Metric::rated,
     "满意率",
     "Satisfaction rate",
     "非常满意、满意和基本满意 ÷ 对满意度作出评价的回访。未联系上的不计入。",
     "Very, plainly and basically satisfied ÷ surveys with an answer. Those not reached are not "
     "counted."},
    {RateCode::satisfaction_rate_adjusted,
     1,
     PeriodBasis::survey_day,
     Metric::satisfied_adjusted,
     Metric::rated_adjusted,
     "满意率（剔除不合理诉求）",
     "Satisfaction rate, adjusted",
     "同满意率，但分子分母都剔除经认定的不合理诉求。",
     "As the satisfaction rate, without tickets found unreasonable on either side."},
    {RateCode::solved_rate,
     1,
     PeriodBasis::survey_day,
     Metric::solved,
     Metric::solving_asked,
     "解决率",
     "Solved rate",
     "回访答“已解决” ÷ 对是否解决作出回答的回访。部分解决不算解决。",
     "Answered “solved” ÷ surveys with an answer on it. Partly solved is not solved."},
    {RateCode::on_time_sign_rate,
     1,
     PeriodBasis::limit_or_done_day,
     Metric::signed_on_time,
     Metric::sign_due,
     "按时签收率",
     "On-time signing rate",
     "在时限内签收 ÷ 已签收或签收时限已到的派单。时限内退单并获准的不计入。",
     "Signed within the limit ÷ dispatches signed or past the limit. Those returned in time with "
     "approval are not counted."},
    {RateCode::first_contact_rate,
     1,
     PeriodBasis::limit_or_done_day,
     Metric::contacted_on_time,
     Metric::contact_due,
     "先行联系率",
     "First contact rate",
     "在时限内先行联系 ÷ 已联系或联系时限已到的派单。时限内退单并获准的不计入。",
     "First contact within the limit ÷ dispatches contacted or past the limit. Those returned in "
     "time with approval are not counted."},
    {RateCode::return_rate,
     1,
     PeriodBasis::dispatch_day,
     Metric::returned,
     Metric::dispatched,
     "退单率",
     "Return rate",
     "被退回的派单 ÷ 全部派单，按派单日计。经认定的不当退单另行列出。",
     "Dispatches returned ÷ all dispatches, by day of dispatch. Returns judged wrong are listed "
     "apart."},
    {RateCode::redo_rate,
     1,
     PeriodBasis::closed_day,
     Metric::closed_after_redo,
     Metric::closed,
     "重办率",
     "Redo rate",
     "因不满意重办过的工单 ÷ 经单位办理后办结的工单，按办结日计。审核退回不算重办。",
     "Tickets redone for dissatisfaction ÷ tickets closed after handling, by day of closing. Sent "
     "back by review is no redo."},
    {RateCode::callback_rate,
     1,
     PeriodBasis::review_day,
     Metric::callback_done,
     Metric::callback_due,
     "回访率",
     "Callback rate",
     "已完成回访或按规定次数联系未果 ÷ 审核通过且可联系的工单，按审核日计。",
     "Surveyed, or tried as often as the rule asks ÷ tickets past review that can be contacted, by "
     "day of review."},
    {RateCode::overdue_rate,
     1,
     PeriodBasis::snapshot,
     std::nullopt,
     std::nullopt,
     "超期率",
     "Overdue rate",
     "当前已超期未提交结果 ÷ 当前在办工单。",
     "Past due without a result now ÷ open now."},
    {RateCode::direct_answer_rate,
     1,
     PeriodBasis::accepted_day,
     Metric::closed_on_call,
     Metric::accepted,
     "直接答复率",
     "Direct answer rate",
     "当场答复办结 ÷ 有效受理，按受理日计。不含不予受理、撤诉、并案、表扬和测试工单。",
     "Closed on the call ÷ valid tickets accepted, by day of acceptance. Without declined, "
     "withdrawn, merged, praise and test tickets."},
}};

constexpr std::array exclusion_metrics{
    Metric::excluded_declined,
    Metric::excluded_withdrawn,
    Metric::excluded_merged,
    Metric::excluded_praise,
    Metric::excluded_test,
};

constexpr std::int64_t tenths_in_whole = 1000;

}  // namespace

std::span<const RateDefinition> rate_definitions() {
    return definitions;
}

const RateDefinition& definition(RateCode code) {
    // Codes are numbered from one in the order of the table.
    return definitions.at(static_cast<std::size_t>(code) - 1);
}

std::optional<Rate> rate_of(std::int64_t numerator, std::int64_t denominator) {
    if (denominator <= 0) return std::nullopt;
    const auto tenths = (numerator * tenths_in_whole * 2 + denominator) / (denominator * 2);
    return Rate{static_cast<std::int32_t>(tenths)};
}

std::string text(Rate rate) {
    return std::to_string(rate.tenths_of_percent / 10) + "." +
           std::to_string(rate.tenths_of_percent % 10);
}

std::int64_t PeriodSums::of(Metric metric) const {
    const auto found = counts.find(metric);
    return found == counts.end() ? 0 : found->second;
}

RateResult compute(RateCode code, const PeriodSums& sums) {
    const auto& defined = definition(code);
    RateResult result;
    result.code = code;
    result.definition_version = defined.version;
    result.numerator = defined.numerator ? sums.of(*defined.numerator) : sums.overdue_now;
    result.denominator = defined.denominator ? sums.of(*defined.denominator) : sums.open_now;
    result.rate = rate_of(result.numerator, result.denominator);
    for (const auto metric : exclusion_metrics) {
        if (const auto count = sums.of(metric); count != 0) {
            result.excluded.push_back({metric, count});
        }
    }
    return result;
}

std::vector<RateResult> compute_all(const PeriodSums& sums) {
    std::vector<RateResult> results;
    results.reserve(std::size(definitions));
    for (const auto& defined : definitions) results.push_back(compute(defined.code, sums));
    return results;
}

}  // namespace hotline::sla
