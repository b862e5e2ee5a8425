#include "sla/figure.hpp"

#include <chrono>
#include <utility>

namespace hotline::sla {
namespace {

constexpr FigureDefinition figures[] = {
    {.code = FigureCode::hours,
     .version = 1,
     .called = {"来件时段", "When appeals come"},
     .numerator =
         {"该星期、该小时受理的有效工单", "Valid tickets accepted in that hour of that weekday"},
     .denominator = {"统计期内受理的有效工单", "Valid tickets accepted in the period"},
     .definition =
         {"按受理时刻（北京时间）分星期和小时计数；不予受理、撤诉、并案、表扬和测试不计。部门只计现"
          "由其负责的工单。",
          "Counted by weekday and hour of acceptance (China time); declined, withdrawn and merged "
          "tickets, praise and tests are left out. A unit counts what it answers for now."},
     .untold = {}},
    {.code = FigureCode::funnel,
     .version = 1,
     .called = {"办理漏斗", "How far tickets have got"},
     .numerator = {"走到该环节或其后环节的工单", "Tickets that reached the step or a later one"},
     .denominator = {"统计期内受理的有效工单", "Valid tickets accepted in the period"},
     .definition =
         {"统计期内受理的工单，各环节至今走到多少；走到后面环节的也算走到前面各环节。接话即时办结的"
          "单列。",
          "Of the tickets accepted in the period, how many have reached each step by now; who "
          "reached a later step reached those before. Answered on the call stands apart."},
     .untold = {}},
    {.code = FigureCode::ageing,
     .version = 1,
     .called = {"在办时长", "Age of open tickets"},
     .numerator = {"处于该时长段的在办工单", "Open tickets in that band"},
     .denominator = {"此刻全部在办工单", "All open tickets at this moment"},
     .definition =
         {"此刻在办（不含表扬）的工单，从受理次日数到今天：办理时限按工作日或工作时间计的数工作日，"
          "按自然时间计的数自然日；尚无办理时限的数工作日。",
          "Open tickets at this moment (without praise), counted from the day after acceptance to "
          "today: working days where the handling limit runs in working time, all days where it "
          "runs around the clock; working days while there is no limit yet."},
     .untold = {}},
    {.code = FigureCode::load,
     .version = 1,
     .called = {"工作负荷", "Load"},
     .numerator = {"各列所称的工单", "Tickets as each column says"},
     .denominator =
         {"平均用时：统计期内办结且有该时刻的工单",
          "Mean times: tickets closed in the period that have that moment"},
     .definition =
         {"在办、今日到期、超期为此刻情况；办结按办结日计入统计期。签收用时、办理用时从派单到签收、"
          "到提交结果，只数中心的工作时间，按办结日计入，取最后一次派单。",
          "Open, due today and overdue as of now; closed by the day of closing. Time to sign and "
          "to "
          "resolve from the last dispatch to signature and to the result, in the centre's office "
          "hours, by the day of closing."},
     .untold =
         {"工单之外的工作、协办的工作量没有记录。",
          "Work besides tickets and the work of helping units is not recorded."}},
    {.code = FigureCode::topics,
     .version = 1,
     .called = {"诉求事项", "Topics"},
     .numerator = {"该事项受理的有效工单", "Valid tickets accepted on that topic"},
     .denominator = {"统计期内受理的有效工单", "Valid tickets accepted in the period"},
     .definition =
         {"按受理日计数，与紧挨在前、天数相同的一段比较；整月与此前同样多的整月比较。事项按现在的分"
          "类。",
          "By the day of acceptance, held against as many days right before; whole months against "
          "as "
          "many whole months. Topics as they are classed now."},
     .untold = {}},
    {.code = FigureCode::calls,
     .version = 2,
     .called = {"电话接听", "Calls"},
     .numerator =
         {"接通：坐席接起；15 秒：等待不超过 15 秒接起",
          "Answered: by an agent; within 15 s: after a wait of 15 s at most"},
     .denominator =
         {"要求人工且已接起或已结束的呼入",
          "Incoming calls that asked for an agent and were answered or are over"},
     .definition =
         {"按来电时刻计入统计期。排过队、振过铃或接起的呼入算要求人工；等待从排队起（未排队的从来电"
          "起）到接起；放弃为未接起而结束；排队中改为回拨的单列，计入呼入而不算放弃。",
          "By the moment the call came. A call that queued, rang or was answered asked for an "
          "agent; "
          "the wait runs from the queue (else from the call) to the answer; abandoned is over "
          "without an answer; who left the line to be called back is counted apart, among those "
          "that asked and not as abandoned."},
     .untold =
         {"在语音导航中挂断的、未报来电时刻的不计；话务平台不报坐席的就绪、离席和话后整理时间，因此"
          "没有工时利用率；转接的通话记在最后一位坐席名下。",
          "Calls ended in the menu or without a moment of coming are not counted. The platform "
          "does "
          "not tell when agents are ready, away or finishing, so there is no occupancy. A "
          "transferred "
          "call counts for the last agent."}},
    {.code = FigureCode::dissatisfaction,
     .version = 1,
     .called = {"不满意原因", "Why not content"},
     .numerator = {"因该原因不满意的回访", "Dissatisfied surveys for that reason"},
     .denominator = {"统计期内对满意度作了回答的回访", "Surveys of the period that rated"},
     .definition =
         {"按最后一次回访日计入，记在负责单位名下。先按“是否解决”的回答分为四类，合计即不满意；超期"
          "办结、重办过为另外查实的情况，可与四类重叠。",
          "By the day of the last survey, under the unit that answers. Told apart by the answer on "
          "“is it solved” into four, which add up to the dissatisfied; a late result and a redo "
          "are "
          "known besides and may overlap."},
     .untold =
         {"回访人说的原因是自由文字，不作自动归类，打开工单可见。",
          "What people give as their reason is free text and not classed; it stands in the ticket."}
    },
};

constexpr CountDefinition steps[] = {
    {Metric::received,
     {"受理", "Accepted"},
     {"有效工单，按受理日", "Valid tickets by day of acceptance"}},
    {Metric::received_dispatched, {"派发", "Dispatched"}, {"派到过承办单位", "Was sent to a unit"}},
    {Metric::received_signed, {"签收", "Signed"}, {"有单位签收过", "A unit has signed for it"}},
    {Metric::received_resolved,
     {"办结", "Resolved"},
     {"提交了有效的办理结果", "A result was submitted and stands"}},
    {Metric::received_reviewed,
     {"审核", "Reviewed"},
     {"结果通过审核", "The result passed the review"}},
    {Metric::received_called,
     {"回访", "Called back"},
     {"回访完成、按规定次数未接通，或无法联系",
      "Surveyed, tried as often as the rule asks, or nobody to call"}},
    {Metric::received_closed,
     {"归结", "Closed"},
     {"由单位办理后结案", "Closed after handling by a unit"}},
};

constexpr CountDefinition reasons[] = {
    {Metric::dissatisfied_unsolved,
     {"问题未解决", "Not solved"},
     {"回答“未解决”", "Answered “not solved”"}},
    {Metric::dissatisfied_partly,
     {"部分解决", "Partly solved"},
     {"回答“部分解决”", "Answered “partly solved”"}},
    {Metric::dissatisfied_solved,
     {"已解决仍不满意", "Solved, yet not content"},
     {"回答“已解决”", "Answered “solved”"}},
    {Metric::dissatisfied_untold,
     {"未说明是否解决", "Not told"},
     {"没有回答是否解决", "No answer on “is it solved”"}},
    {Metric::dissatisfied_late,
     {"超期办结", "Late"},
     {"结果提交晚于办理时限，或重办超期", "The result or a redo came after its limit"}},
    {Metric::dissatisfied_again,
     {"重办过", "After a redo"},
     {"至少因不满意重办过一次", "Redone at least once"}},
};

using std::chrono::year_month;
using std::chrono::year_month_day;

bool whole_months(LocalDay from, LocalDay to) {
    const year_month_day after{to + std::chrono::days{1}};
    return year_month_day{from}.day() == std::chrono::day{1} && after.day() == std::chrono::day{1};
}

}  // namespace

const FigureDefinition& definition(FigureCode code) {
    return figures[std::to_underlying(code) - 1];
}

std::span<const CountDefinition> funnel_steps() {
    return steps;
}

std::span<const CountDefinition> dissatisfaction_reasons() {
    return reasons;
}

std::pair<LocalDay, LocalDay> period_before(LocalDay from, LocalDay to) {
    const LocalDay last = from - std::chrono::days{1};
    if (!whole_months(from, to)) return {from - (to - from) - std::chrono::days{1}, last};
    const year_month_day first{from};
    const year_month_day end{to};
    const auto length = end.year() / end.month() - first.year() / first.month();
    const year_month before = first.year() / first.month() - length - std::chrono::months{1};
    return {LocalDay{before / 1}, last};
}

}  // namespace hotline::sla
