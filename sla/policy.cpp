#include "sla/policy.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace hotline::sla {

namespace {

template <class Row>
bool matches(const Row& row, const Grading& grading) {
    return row.unit.empty() && (!row.urgency || *row.urgency == grading.urgency) &&
           (!row.complexity || *row.complexity == grading.complexity) &&
           (!row.type || *row.type == grading.type);
}

// Ten years: beyond it a number is a slip of the pen, and dates would leave the calendar's range.
constexpr std::int32_t most_days = 3'660;

bool sound(const std::optional<Limit>& limit) {
    if (!limit) return true;
    const bool by_day = limit->unit == LimitUnit::working_days;
    return limit->amount > 0 && limit->amount <= (by_day ? most_days : most_days * 24 * 60);
}

bool is_day_count(std::int32_t days) {
    return 0 <= days && days <= most_days;
}

bool sound(const Warning& warning) {
    return 0 <= warning.percent_left && warning.percent_left <= 100 &&
           is_day_count(warning.working_days_before);
}

bool counts_make_sense(const Policy& policy) {
    const auto& p = policy;
    const auto bad_extension = [](const ExtensionRow& row) {
        return !is_day_count(row.max_count) || !is_day_count(row.max_total_days);
    };
    const auto bad_step = [](const EscalationRow& row) {
        return !is_day_count(row.working_days_after);
    };
    const auto counts = {
        p.max_redos, p.callback_attempts, p.callback_days, p.reopen_days, p.archive_days
    };
    return std::ranges::none_of(p.extensions, bad_extension) &&
           std::ranges::none_of(p.escalation, bad_step) &&
           std::ranges::all_of(counts, [](auto count) { return count > 0 && is_day_count(count); });
}

bool has_handling_limit(const Policy& policy, const Grading& grading) {
    for (const auto round : {Round::first, Round::redo}) {
        const auto* row = find_row(policy, grading, ClockKind::handle, round);
        if (row == nullptr || !row->limit) return false;
    }
    return true;
}

// `policy` as for_unit() gives it.
bool every_grading_ends(const Policy& policy) {
    for (const auto& [type, type_word] : names_of(AppealType{})) {
        if (type == AppealType::praise) continue;
        for (const auto& [urgency, urgency_word] : names_of(Urgency{})) {
            for (const auto& [complexity, complexity_word] : names_of(Complexity{})) {
                if (!has_handling_limit(policy, {type, urgency, complexity})) return false;
            }
        }
    }
    return true;
}

// A unit's first matching line is also the first one of some single unit among those above it, or
// of everybody: it is enough to look at each by itself.
bool every_unit_ends(const Policy& whole) {
    if (!every_grading_ends(for_unit(whole, {}))) return false;
    return std::ranges::all_of(units_named(whole), [&](const std::string& code) {
        return every_grading_ends(for_unit(whole, std::array{std::string_view{code}}));
    });
}

template <class Row>
std::vector<Row> lines_for(const std::vector<Row>& lines, std::span<const std::string_view> codes) {
    std::vector<Row> kept;
    for (const Row& line : lines) {
        const bool named = std::ranges::find(codes, line.unit) != codes.end();
        if (!line.unit.empty() && !named) continue;
        kept.push_back(line);
        kept.back().unit.clear();
    }
    return kept;
}

// One line of a ladder decides when its step is taken: the first, as everywhere.
std::vector<EscalationRow> first_of_each(const std::vector<EscalationRow>& lines) {
    std::vector<EscalationRow> kept;
    for (const EscalationRow& line : lines) {
        const bool there = std::ranges::any_of(kept, [&](const EscalationRow& other) {
            return other.kind == line.kind && other.step == line.step;
        });
        if (!there) kept.push_back(line);
    }
    return kept;
}

}  // namespace

Policy for_unit(const Policy& whole, std::span<const std::string_view> codes) {
    Policy policy = whole;
    policy.limits = lines_for(whole.limits, codes);
    policy.extensions = lines_for(whole.extensions, codes);
    policy.escalation = first_of_each(lines_for(whole.escalation, codes));
    return policy;
}

std::vector<std::string> units_named(const Policy& whole) {
    std::set<std::string> codes;
    for (const auto& line : whole.limits) codes.insert(line.unit);
    for (const auto& line : whole.extensions) codes.insert(line.unit);
    for (const auto& line : whole.escalation) codes.insert(line.unit);
    codes.erase("");
    return {codes.begin(), codes.end()};
}

const PolicyRow* find_row(
    const Policy& policy, const Grading& grading, ClockKind kind, Round round
) {
    const auto decides = [&](const PolicyRow& row) {
        return row.kind == kind && row.round == round && matches(row, grading);
    };
    const auto found = std::ranges::find_if(policy.limits, decides);
    return found == policy.limits.end() ? nullptr : &*found;
}

std::optional<Limit> limit_for(
    const Policy& policy,
    const Grading& grading,
    ClockKind kind,
    Round round,
    Instant at,
    const Calendar& calendar
) {
    const auto* row = find_row(policy, grading, kind, round);
    if (row == nullptr) return std::nullopt;
    return row->outside_office && !calendar.is_open(at) ? row->outside_office : row->limit;
}

ExtensionRow extension_for(const Policy& policy, const Grading& grading) {
    const auto decides = [&](const ExtensionRow& row) { return matches(row, grading); };
    const auto found = std::ranges::find_if(policy.extensions, decides);
    return found == policy.extensions.end() ? ExtensionRow{} : *found;
}

Instant extension_deadline(const Policy& policy, Instant due_at) {
    return std::min(due_at, at_local(local_day(due_at), policy.extension_cut_off));
}

std::expected<void, PolicyError> check(const Policy& policy) {
    for (const auto& row : policy.limits) {
        if (!sound(row.limit) || !sound(row.outside_office)) {
            return std::unexpected(PolicyError::bad_amount);
        }
        if (row.warning && !sound(*row.warning)) return std::unexpected(PolicyError::bad_warning);
    }
    if (!counts_make_sense(policy)) return std::unexpected(PolicyError::bad_amount);
    if (!every_unit_ends(policy)) return std::unexpected(PolicyError::no_handling_limit);
    return {};
}

}  // namespace hotline::sla
