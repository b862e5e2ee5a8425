#include "server/api/dto.hpp"
#include "server/api/kpi.hpp"
#include "server/calendar/local_text.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>

namespace hotline::api {
namespace {

using mysql::KpiFilter;
using mysql::KpiGrouping;
using ticketing::Actor;
using ticketing::Directory;
using ticketing::Role;
using ticketing::UnitId;

constexpr std::chrono::days longest{3'660};  // ten years
constexpr std::chrono::days longest_by_day{366};
constexpr std::string_view city_code = "610500";

bool serves_a_unit(Role role) {
    return role == Role::unit_clerk || role == Role::unit_leader || role == Role::official;
}

UnitId home_unit(const Actor& actor, const Directory& directory) {
    if (actor.unit) return actor.unit;
    const auto* official = directory.official(actor.official);
    return official != nullptr ? official->unit : UnitId{};
}

// What the actor may see at most.
void limit_to_scope(KpiFilter& filter, const Actor& actor, const Directory& directory) {
    if (serves_a_unit(actor.role)) filter.units = directory.subtree(home_unit(actor, directory));
    if (actor.role == Role::manager && !actor.division.empty()) filter.division = actor.division;
}

bool narrow_to_unit(KpiFilter& filter, UnitId unit, const Directory& directory) {
    if (filter.units && std::ranges::find(*filter.units, unit) == filter.units->end()) return false;
    filter.units = directory.subtree(unit);
    return true;
}

bool narrow_to_division(KpiFilter& filter, const std::string& division) {
    if (division == city_code) return !filter.division;
    if (filter.division && *filter.division != division) return false;
    filter.division = division;
    return true;
}

class Reader {
public:
    explicit Reader(const http::Request& request) : query_(request, errors_) {}

    sla::LocalDay day(const std::string& name, sla::LocalDay otherwise) {
        const auto given = query_.text(name, 10);
        if (!given) return otherwise;
        const auto day = calendar::date_of(*given);
        if (!day) refuse(name, ErrorCode::invalid_format);
        return day.value_or(otherwise);
    }
    KpiGrouping grouping() {
        return query_.name<KpiGrouping>("group_by").value_or(KpiGrouping::none);
    }
    std::vector<sla::RateCode> group_rates() {
        std::vector<sla::RateCode> wanted;
        const std::string list = query_.text("rates", 500).value_or("");
        for (const auto part : std::views::split(list, ',')) {
            const std::string_view word(part.begin(), part.end());
            const auto known = std::ranges::find(
                sla::rate_definitions(), word, [](const auto& rate) { return sla::name(rate.code); }
            );
            if (known == std::end(sla::rate_definitions())) {
                refuse("rates", ErrorCode::not_in_list);
                break;
            }
            wanted.push_back(known->code);
        }
        return wanted;
    }
    void matter(KpiFilter& filter, const Directory& directory) {
        filter.official = {
            static_cast<std::uint64_t>(query_.integer("official_id", {.min = 1}).value_or(0))
        };
        if (filter.official && directory.official(filter.official) == nullptr) {
            refuse("official_id", ErrorCode::unknown_reference);
        }
        if (const auto channel = query_.name<ticketing::Channel>("channel")) {
            filter.channel = static_cast<std::uint8_t>(*channel);
        }
        if (const auto type = query_.name<ticketing::AppealType>("type")) {
            filter.type = static_cast<std::uint8_t>(*type);
        }
        filter.topic = query_.text("topic", 60);
    }
    std::string division(const Directory& directory) {
        const std::string code = query_.text("division", 12).value_or("");
        if (!code.empty() && directory.division(code) == nullptr) {
            refuse("division", ErrorCode::unknown_division);
        }
        return code;
    }
    UnitId unit(const Directory& directory) {
        const UnitId id{static_cast<std::uint64_t>(query_.integer("unit_id", {.min = 1}).value_or(0)
        )};
        if (id && directory.unit(id) == nullptr) refuse("unit_id", ErrorCode::unknown_reference);
        return id;
    }

    void refuse(std::string field, ErrorCode code) {
        errors_.push_back({std::move(field), code, {}});
    }
    std::optional<Error> refusal() { return api::refusal(std::move(errors_)); }

private:
    std::vector<FieldError> errors_;
    QueryFields query_;
};

}  // namespace

Result<KpiQuestion> kpi_question(
    const http::Request& request,
    const Actor& actor,
    const Directory& directory,
    ticketing::Instant now
) {
    Reader reader(request);
    KpiQuestion question;
    const sla::LocalDay today = sla::local_day(now);
    const std::chrono::year_month_day date{today};
    KpiFilter& filter = question.filter;
    filter.to = reader.day("to", today);
    filter.from = reader.day("from", sla::LocalDay{date.year() / date.month() / 1});
    question.grouping = reader.grouping();
    question.group_rates = reader.group_rates();
    const bool by_day = question.grouping == KpiGrouping::day;
    const bool in_order = filter.from <= filter.to;
    if (!in_order || filter.to - filter.from >= (by_day ? longest_by_day : longest)) {
        reader.refuse("from", ErrorCode::not_in_list);
    }
    const std::string division = reader.division(directory);
    const UnitId unit = reader.unit(directory);
    reader.matter(filter, directory);
    if (const auto refused = reader.refusal()) return std::unexpected(*refused);
    limit_to_scope(filter, actor, directory);
    if (unit && !narrow_to_unit(filter, unit, directory)) return fail(ErrorCode::forbidden);
    if (!division.empty() && !narrow_to_division(filter, division)) {
        return fail(ErrorCode::forbidden);
    }
    return question;
}

}  // namespace hotline::api
