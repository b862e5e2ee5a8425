#pragma once

#include "sla/names.hpp"
#include "sla/rollup.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::sla {

// The rates of the line. Numbers are persisted with published figures: never change or reuse one.
enum class RateCode : std::uint8_t {
    closing_rate = 1,                // 办结率
    on_time_rate = 2,                // 按时办结率
    satisfaction_rate = 3,           // 满意率
    satisfaction_rate_adjusted = 4,  // 满意率（剔除不合理诉求）
    solved_rate = 5,                 // 解决率
    on_time_sign_rate = 6,           // 按时签收率
    first_contact_rate = 7,          // 先行联系率
    return_rate = 8,                 // 退单率
    redo_rate = 9,                   // 重办率
    callback_rate = 10,              // 回访率
    overdue_rate = 11,               // 超期率
    direct_answer_rate = 12,         // 直接答复率
    sign_rate = 13,                  // 签收率
    response_rate = 14,              // 响应率
    valid_callback_rate = 15,        // 有效回访率
    refused_return_rate = 16,        // 不当退单率
    extension_rate = 17,             // 延期率
    suspended_rate = 18,             // 挂账率
    repeat_rate = 19,                // 重复诉求率
    dispatch_accuracy_rate = 20,     // 派单准确率
    first_time_rate = 21,            // 一次办结率
    supervised_rate = 22,            // 督办率
};

constexpr auto names_of(RateCode) {
    return NameTable<RateCode, 22>{{
        {RateCode::closing_rate, "closing_rate"},
        {RateCode::on_time_rate, "on_time_rate"},
        {RateCode::satisfaction_rate, "satisfaction_rate"},
        {RateCode::satisfaction_rate_adjusted, "satisfaction_rate_adjusted"},
        {RateCode::solved_rate, "solved_rate"},
        {RateCode::on_time_sign_rate, "on_time_sign_rate"},
        {RateCode::first_contact_rate, "first_contact_rate"},
        {RateCode::return_rate, "return_rate"},
        {RateCode::redo_rate, "redo_rate"},
        {RateCode::callback_rate, "callback_rate"},
        {RateCode::overdue_rate, "overdue_rate"},
        {RateCode::direct_answer_rate, "direct_answer_rate"},
        {RateCode::sign_rate, "sign_rate"},
        {RateCode::response_rate, "response_rate"},
        {RateCode::valid_callback_rate, "valid_callback_rate"},
        {RateCode::refused_return_rate, "refused_return_rate"},
        {RateCode::extension_rate, "extension_rate"},
        {RateCode::suspended_rate, "suspended_rate"},
        {RateCode::repeat_rate, "repeat_rate"},
        {RateCode::dispatch_accuracy_rate, "dispatch_accuracy_rate"},
        {RateCode::first_time_rate, "first_time_rate"},
        {RateCode::supervised_rate, "supervised_rate"},
    }};
}

constexpr std::string_view name(RateCode value) {
    return word_of(value);
}

// Which day places a case in a period (S21 to S25).
enum class PeriodBasis {
    accepted_day,
    dispatch_day,
    limit_or_done_day,  // the earlier of the limit and the deed
    due_or_closed_day,  // 应办结: the earlier of the due date and the closing
    closed_day,
    review_day,
    survey_day,
    snapshot,  // not a period at all: as it stands when asked
};

constexpr auto names_of(PeriodBasis) {
    return NameTable<PeriodBasis, 8>{{
        {PeriodBasis::accepted_day, "accepted_day"},
        {PeriodBasis::dispatch_day, "dispatch_day"},
        {PeriodBasis::limit_or_done_day, "limit_or_done_day"},
        {PeriodBasis::due_or_closed_day, "due_or_closed_day"},
        {PeriodBasis::closed_day, "closed_day"},
        {PeriodBasis::review_day, "review_day"},
        {PeriodBasis::survey_day, "survey_day"},
        {PeriodBasis::snapshot, "snapshot"},
    }};
}

struct RateDefinition {
    RateCode code;
    std::uint16_t version;  // raised whenever numerator, denominator or exclusions change
    PeriodBasis basis;
    std::optional<Metric> numerator;  // nothing for a snapshot
    std::optional<Metric> denominator;
    std::span<const Metric> excluded;  // what was left out, counted by reason; shown beside it
    std::string_view zh_name;
    std::string_view en_name;
    std::string_view zh;  // numerator / denominator / exclusions in one sentence
    std::string_view en;
};

// All rates in the order they are shown.
std::span<const RateDefinition> rate_definitions();
const RateDefinition& definition(RateCode code);
// The definition a figure was published by; nothing for a version this program does not know. A
// definition is only ever added: those of before go on naming their own metrics (S34).
const RateDefinition* definition(RateCode code, std::uint16_t version);
// Why cases were left out, for people: "不予受理".
std::string_view exclusion_name(Metric reason, bool english);

// A rate rounded half up to a tenth of a percent: 985 is 98.5 % (S27).
struct Rate {
    std::int32_t tenths_of_percent = 0;

    double percent() const { return tenths_of_percent / 10.0; }
    auto operator<=>(const Rate&) const = default;
};

// Nothing for an empty denominator: no cases is no rate, not 100 %. Both counts ≥ 0.
std::optional<Rate> rate_of(std::int64_t numerator, std::int64_t denominator);
// "98.5"
std::string text(Rate rate);

// Sums of the daily counters over the days, units and divisions asked for, plus the figures that
// no day holds.
struct PeriodSums {
    std::map<Metric, std::int64_t> counts;
    std::int64_t open_now = 0;
    std::int64_t overdue_now = 0;
    std::int64_t suspended_now = 0;

    std::int64_t of(Metric metric) const;
    void add(const CounterKey& key, std::int64_t amount) { counts[key.metric] += amount; }
};

struct ExcludedCount {
    Metric reason;
    std::int64_t count;

    bool operator==(const ExcludedCount&) const = default;
};

// A rate never travels without its counts.
struct RateResult {
    RateCode code = RateCode::closing_rate;
    std::uint16_t definition_version = 1;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::optional<Rate> rate;
    std::vector<ExcludedCount> excluded;  // tickets of the period left out, by reason, no zeros

    bool operator==(const RateResult&) const = default;
};

RateResult compute(RateCode code, const PeriodSums& sums);
std::vector<RateResult> compute_all(const PeriodSums& sums);

// Fewer cases than this are shown but not ranked: one late ticket of seven says little (S28).
inline constexpr std::int64_t smallest_ranked_denominator = 10;
inline bool may_be_ranked(const RateResult& result) {
    return result.denominator >= smallest_ranked_denominator;
}

}  // namespace hotline::sla
