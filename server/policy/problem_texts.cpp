#include "server/policy/problem_texts.hpp"

#include <utility>

namespace hotline::policy {
namespace {

// What sla/policy_text says, by how it begins; what follows it is a word of the text.
constexpr std::pair<std::string_view, std::string_view> chinese[] = {
    {"unknown urgency", "紧急程度应为 normal、urgent、critical 或 *"},
    {"unknown complexity", "难易程度应为 simple、complex 或 *"},
    {"unknown appeal type", "诉求类型应为 consult、help、complaint、report、suggestion、praise 或 *"
    },
    {"unknown clock", "没有这种时限，请对照 sign_for、handle、review 等名称"},
    {"first or redo expected", "这里应写 first（首轮）或 redo（重办）"},
    {"amount expected after outside", "outside 之后应写时长，如 2h"},
    {"amount expected", "这里应写时长，如 30m、2h、4wh 或 5wd"},
    {"percentage and working days", "warn 之后应写百分比和工作日，如 20% 1wd"},
    {"the code of a unit expected", "for 之后应写单位代码，如 city.housing"},
    {"unexpected word", "看不懂这个词："},
    {"count expected", "这里应写 count"},
    {"total expected", "这里应写 total"},
    {"count and total must", "count 和 total 之后应写数字，total 以 wd 结尾，如 5wd"},
    {"clock, step and working days",
     "应依次写时限、level_3 或 level_4、工作日，如 handle level_3 2wd"},
    {"minutes of the day expected", "这里应写一天中的分钟数，如 1020m（17:00）"},
    {"number expected", "这里应写数字"},
    {"unknown setting", "没有这项设置："},
    {"version number expected", "policy 之后应写版本号"},
    {"unknown rule", "规则应以 limit、extension、alarm 或 set 开头，而不是 "},
    {"too many words", "这一行多写了内容"},
    {"no line policy N", "缺少版本行，如 policy 2"},
};

std::string in_chinese(std::string_view english) {
    for (const auto& [begin, words] : chinese) {
        if (!english.starts_with(begin)) continue;
        std::string text(words);
        const bool names_word = words.ends_with("：") || words.ends_with(" ");
        if (names_word) text += english.substr(english.find_last_of(' ') + 1);
        return text;
    }
    return std::string(english);
}

}  // namespace

Problem problem_of(const sla::PolicyTextError& error) {
    return {error.line, in_chinese(error.reason), error.reason};
}

Problem problem_of(sla::PolicyError error) {
    switch (error) {
        case sla::PolicyError::no_handling_limit:
            return {
                0,
                "有的工单在某个单位或某一轮没有办理时限：请在最后加上 limit handle first * * * 和 "
                "limit handle redo * * *",
                "some tickets of some unit or round have no handling limit: end with lines limit "
                "handle first * * * and limit handle redo * * *"
            };
        case sla::PolicyError::bad_amount:
            return {
                0,
                "有的时长或次数为零或超过十年，请改为合理的数值",
                "an amount or count is zero or beyond ten years: give a sensible one"
            };
        case sla::PolicyError::bad_warning:
            break;
    }
    return {
        0,
        "预警应为 0% 到 100%，工作日不能为负",
        "a warning takes 0 to 100 % and no negative working days"
    };
}

Problem unknown_unit(int line, std::string_view code) {
    return {
        line,
        "名录里没有代码为 " + std::string(code) + " 的单位，请核对单位代码",
        "the directory has no unit " + std::string(code) + ": check the code"
    };
}

}  // namespace hotline::policy
