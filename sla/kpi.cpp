#include "sla/kpi.hpp"

#include <algorithm>
#include <array>

namespace hotline::sla {

namespace {

constexpr std::array common_exclusions{
    Metric::excluded_declined,
    Metric::excluded_withdrawn,
    Metric::excluded_merged,
    Metric::excluded_praise,
    Metric::excluded_test,
};

template <std::size_t N>
constexpr auto and_also(const std::array<Metric, N>& more) {
    std::array<Metric, common_exclusions.size() + N> all{};
    std::ranges::copy(common_exclusions, all.begin());
    std::ranges::copy(more, all.begin() + common_exclusions.size());
    return all;
}

constexpr auto left_by_survey = and_also(std::array{Metric::left_unreached});
constexpr auto left_by_adjustment =
    and_also(std::array{Metric::left_unreached, Metric::left_unreasonable});
constexpr auto left_by_dispatch = and_also(std::array{Metric::left_given_back});
constexpr auto left_by_callback = and_also(std::array{Metric::left_no_contact});
constexpr std::array left_but_merged{
    Metric::excluded_declined,
    Metric::excluded_withdrawn,
    Metric::excluded_praise,
    Metric::excluded_test,
};

struct ExclusionName {
    Metric reason;
    std::string_view zh;
    std::string_view en;
};

constexpr std::array exclusion_names{
    ExclusionName{Metric::excluded_declined, "不予受理", "Declined"},
    ExclusionName{Metric::excluded_withdrawn, "撤诉", "Withdrawn"},
    ExclusionName{Metric::excluded_merged, "并案", "Merged"},
    ExclusionName{Metric::excluded_praise, "表扬", "Praise"},
    ExclusionName{Metric::excluded_test, "测试", "Test"},
    ExclusionName{Metric::left_unreasonable, "不合理诉求", "Found unreasonable"},
    ExclusionName{Metric::left_unreached, "未联系上", "Not reached"},
    ExclusionName{Metric::left_given_back, "退单获准", "Given back with approval"},
    ExclusionName{Metric::left_no_contact, "无法回访", "Nobody to call back"},
};

// Raise the version of a definition with every change of what it counts: published figures keep
// the version they were reckoned by.
constexpr std::array<RateDefinition, 22> definitions{{
    {RateCode::closing_rate,
     1,
     PeriodBasis::due_or_closed_day,
     Metric::closing_due_closed,
     Metric::closing_due,
     common_exclusions,
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
     common_exclusions,
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
     left_by_survey,
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
     left_by_adjustment,
     "满意率（剔除不合理诉求）",
     "Satisfaction rate, adjusted",
     "同满意率，但分子分母都剔除经认定的不合理诉求。",
     "As the satisfaction rate, without tickets found unreasonable on either side."},
    {RateCode::solved_rate,
     1,
     PeriodBasis::survey_day,
     Metric::solved,
     Metric::solving_asked,
     left_by_survey,
     "解决率",
     "Solved rate",
     "回访答“已解决” ÷ 对是否解决作出回答的回访。部分解决不算解决。",
     "Answered “solved” ÷ surveys with an answer on it. Partly solved is not solved."},
    {RateCode::on_time_sign_rate,
     1,
     PeriodBasis::limit_or_done_day,
     Metric::signed_on_time,
     Metric::sign_due,
     left_by_dispatch,
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
     left_by_dispatch,
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
     common_exclusions,
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
     common_exclusions,
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
     left_by_callback,
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
     common_exclusions,
     "超期率",
     "Overdue rate",
     "当前已超期未提交结果 ÷ 当前在办工单。",
     "Past due without a result now ÷ open now."},
    {RateCode::direct_answer_rate,
     1,
     PeriodBasis::accepted_day,
     Metric::closed_on_call,
     Metric::accepted,
     common_exclusions,
     "直接答复率",
     "Direct answer rate",
     "当场答复办结 ÷ 有效受理，按受理日计。不含不予受理、撤诉、并案、表扬和测试工单。",
     "Closed on the call ÷ valid tickets accepted, by day of acceptance. Without declined, "
     "withdrawn, merged, praise and test tickets."},
    {RateCode::sign_rate,
     1,
     PeriodBasis::dispatch_day,
     Metric::signed_ever,
     Metric::sign_owed,
     left_by_dispatch,
     "签收率",
     "Signing rate",
     "已签收（不论早晚）÷ 派单，按派单日计。未签收即退单并获准的不计入。",
     "Signed, early or late ÷ dispatches, by day of dispatch. Those given back unsigned with "
     "approval are not counted."},
    {RateCode::response_rate,
     1,
     PeriodBasis::dispatch_day,
     Metric::responded,
     Metric::response_owed,
     left_by_dispatch,
     "响应率",
     "Response rate",
     "在时限内联系诉求人 ÷ 应当联系的派单，按派单日计。无法联系的和时限内退单并获准的不计入。",
     "Appellant contacted within the limit ÷ dispatches that owe a contact, by day of dispatch. "
     "Those with nobody to contact or returned in time with approval are not counted."},
    {RateCode::valid_callback_rate,
     1,
     PeriodBasis::review_day,
     Metric::callback_answered,
     Metric::callback_done,
     left_by_callback,
     "有效回访率",
     "Answered callback rate",
     "对满意度作出评价的回访 ÷ 已完成的回访，按审核日计。",
     "Callbacks with an answer on satisfaction ÷ callbacks done, by day of review."},
    {RateCode::refused_return_rate,
     1,
     PeriodBasis::dispatch_day,
     Metric::return_refused,
     Metric::dispatched,
     common_exclusions,
     "不当退单率",
     "Wrong return rate",
     "经认定不当的退单 ÷ 全部派单，按派单日计。退得对的不计。",
     "Returns judged wrong ÷ all dispatches, by day of dispatch. Right returns do not count."},
    {RateCode::extension_rate,
     1,
     PeriodBasis::due_or_closed_day,
     Metric::extended,
     Metric::closing_due,
     common_exclusions,
     "延期率",
     "Extension rate",
     "获准延期的工单 ÷ 应办结。",
     "Tickets given a longer limit ÷ due to be closed."},
    {RateCode::suspended_rate,
     1,
     PeriodBasis::snapshot,
     std::nullopt,
     std::nullopt,
     common_exclusions,
     "挂账率",
     "Parked rate",
     "当前挂账 ÷ 当前在办工单。",
     "Parked now ÷ open now."},
    {RateCode::repeat_rate,
     1,
     PeriodBasis::accepted_day,
     Metric::repeated,
     Metric::appeals_heard,
     left_but_merged,
     "重复诉求率",
     "Repeat rate",
     "并案或重新打开的诉求 ÷ 有效受理与并案之和，按受理日计。",
     "Merged or reopened appeals ÷ accepted and merged ones, by day of acceptance."},
    {RateCode::dispatch_accuracy_rate,
     1,
     PeriodBasis::dispatch_day,
     Metric::dispatched_right,
     Metric::dispatched_tickets,
     common_exclusions,
     "派单准确率",
     "Dispatch accuracy",
     "从未被退单的工单 ÷ 已派工单，按首次派单日计。",
     "Tickets never returned ÷ tickets dispatched, by day of the first dispatch."},
    {RateCode::first_time_rate,
     1,
     PeriodBasis::closed_day,
     Metric::closed_first_time,
     Metric::closed,
     common_exclusions,
     "一次办结率",
     "First-time rate",
     "没有重办、重新打开和审核退回的工单 ÷ 经单位办理后办结的工单，按办结日计。",
     "Closed without redo, reopening or refusal by the review ÷ tickets closed after handling, by "
     "day of closing."},
    {RateCode::supervised_rate,
     1,
     PeriodBasis::due_or_closed_day,
     Metric::supervised,
     Metric::closing_due,
     common_exclusions,
     "督办率",
     "Supervision rate",
     "被督办的工单 ÷ 应办结。",
     "Tickets put under supervision ÷ due to be closed."},
}};

constexpr std::int64_t tenths_in_whole = 1000;

}  // namespace

std::span<const RateDefinition> rate_definitions() {
    return definitions;
}

const RateDefinition& definition(RateCode code) {
    // Codes are numbered from one in the order of the table.
    return definitions.at(static_cast<std::size_t>(code) - 1);
}

const RateDefinition* definition(RateCode code, std::uint16_t version) {
    const auto found = std::ranges::find_if(definitions, [&](const RateDefinition& known) {
        return known.code == code && known.version == version;
    });
    return found == definitions.end() ? nullptr : &*found;
}

std::string_view exclusion_name(Metric reason, bool english) {
    for (const ExclusionName& known : exclusion_names) {
        if (known.reason == reason) return english ? known.en : known.zh;
    }
    return name(reason);
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
    const auto now = code == RateCode::suspended_rate ? sums.suspended_now : sums.overdue_now;
    result.numerator = defined.numerator ? sums.of(*defined.numerator) : now;
    result.denominator = defined.denominator ? sums.of(*defined.denominator) : sums.open_now;
    result.rate = rate_of(result.numerator, result.denominator);
    for (const auto metric : defined.excluded) {
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
