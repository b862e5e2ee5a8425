#include "server/api/exports/words.hpp"

#include <algorithm>
#include <utility>

namespace hotline::api {
namespace {

constexpr std::pair<std::string_view, std::string_view> chinese[] = {
    // states
    {"draft", "草稿"},
    {"accepted", "待派单"},
    {"dispatched", "待签收"},
    {"handling", "办理中"},
    {"return_pending", "退单待审"},
    {"suspended", "挂账"},
    {"submitted", "待审核"},
    {"callback", "待回访"},
    {"closed", "已办结"},
    {"archived", "已归档"},
    {"declined", "不予受理"},
    {"merged", "已并案"},
    {"withdrawn", "已撤诉"},
    {"mediating", "调解中"},
    // kinds of appeals
    {"consult", "咨询"},
    {"help", "求助"},
    {"complaint", "投诉"},
    {"report", "举报"},
    {"suggestion", "建议"},
    {"praise", "表扬"},
    // urgency
    {"normal", "一般"},
    {"urgent", "紧急"},
    {"critical", "特急"},
    // channels
    {"web", "网站"},
    {"phone", "电话"},
    {"visit", "走访"},
    {"mini_program", "小程序"},
    {"upper_level", "上级转办"},
    {"walk_in", "来访"},
    {"mailbox", "市长信箱"},
    {"api", "接口"},
    // how a rate's cases are placed
    {"accepted_day", "按受理日"},
    {"dispatch_day", "按派单日"},
    {"limit_or_done_day", "按完成日，未完成按时限"},
    {"due_or_closed_day", "按到期日，提前办结按办结日"},
    {"closed_day", "按办结日"},
    {"review_day", "按审核日"},
    {"survey_day", "按回访日"},
    {"snapshot", "此刻的情况，不属于任何统计期"},
    // sides of a rate
    {"numerator", "分子"},
    {"denominator", "分母"},
    {"missing", "未达到"},
    {"excluded", "未计入"},
    // groupings
    {"none", "不分组"},
    {"division", "按区县"},
    {"unit", "按部门"},
    {"day", "按日"},
    {"official", "按帮扶干部"},
    {"channel", "按渠道"},
    {"type", "按类型"},
    {"topic", "按事项"},
    // lists
    {"red", "红榜"},
    {"black", "黑榜"},
};

constexpr Words weekdays[] = {
    {"周一", "Monday"},
    {"周二", "Tuesday"},
    {"周三", "Wednesday"},
    {"周四", "Thursday"},
    {"周五", "Friday"},
    {"周六", "Saturday"},
    {"周日", "Sunday"},
};

}  // namespace

std::string for_people(std::string_view word, bool english) {
    for (const auto& [known, zh] : chinese) {
        if (known != word) continue;
        std::string text(english ? known : zh);
        std::ranges::replace(text, '_', ' ');
        return text;
    }
    return std::string(word);
}

Words weekday_name(std::size_t weekday) {
    return weekdays[(weekday + 6) % std::size(weekdays)];
}

}  // namespace hotline::api
