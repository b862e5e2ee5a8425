#include "integrations/mysql/enterprise_life.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/scope_sql.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

template <class E>
std::optional<E> optional_enum(const Row& row, std::size_t column) {
    const auto value = row.optional_integer(column);
    return value ? std::optional(static_cast<E>(*value)) : std::nullopt;
}

}  // namespace

// One enterprise's tickets are few beside a unit's: its own index leads, the grants only sift.
QueryText enterprise_matters_text(
    const ticketing::Scope& scope, ticketing::EnterpriseId enterprise, std::size_t limit
) {
    const ScopeSql parts = scope_sql(scope);
    QueryText sql;
    sql.add(
        "SELECT t.state,t.channel,t.topic,t.title,t.accepted_at,t.survey_at,t.survey_solved,"
        "t.survey_satisfaction FROM ticket t WHERE t.enterprise_id=? AND t.confidential=0 AND "
        "t.anonymous=0 AND (",
        {enterprise.value}
    );
    for (std::size_t i = 0; i < parts.grants.size(); ++i) {
        if (i > 0) sql.add(" OR ");
        sql.add(parts.grants[i]);
    }
    if (parts.grants.empty()) sql.add("FALSE");
    sql.add(")").also(parts.bar);
    sql.add(" ORDER BY t.id DESC LIMIT ?", {limit});
    return sql;
}

Result<std::vector<ticketing::EnterpriseMatter>> enterprise_matters(
    Connection& db,
    const ticketing::Scope& scope,
    ticketing::EnterpriseId enterprise,
    std::size_t limit
) {
    const auto rows = enterprise_matters_text(scope, enterprise, limit).run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::EnterpriseMatter> matters;
    matters.reserve(rows->size());
    for (const Row row : *rows) {
        matters.push_back({
            .state = static_cast<ticketing::State>(row.integer(0)),
            .channel = static_cast<ticketing::Channel>(row.integer(1)),
            .topic = row.string(2),
            .title = row.string(3),
            .accepted_at = row.time(4),
            .rated_at = row.optional_time(5),
            .solved = optional_enum<ticketing::Solved>(row, 6),
            .satisfaction = optional_enum<ticketing::Satisfaction>(row, 7),
        });
    }
    return matters;
}

Result<std::unordered_map<std::uint64_t, TicketResult>> ticket_results(
    Connection& db, std::span<const std::uint64_t> tickets
) {
    std::unordered_map<std::uint64_t, TicketResult> results;
    if (tickets.empty()) return results;
    QueryText sql;
    sql.add("SELECT id,closed_at,outcome,survey_solved,survey_satisfaction FROM ticket WHERE ");
    sql.add(QueryText::in("id", {tickets.begin(), tickets.end()}));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        results[row.unsigned_integer(0)] = {
            row.optional_time(1),
            optional_enum<ticketing::Outcome>(row, 2),
            optional_enum<ticketing::Solved>(row, 3),
            optional_enum<ticketing::Satisfaction>(row, 4)
        };
    }
    return results;
}

Result<std::vector<PhoneCall>> calls_of_enterprise(
    Connection& db, ticketing::EnterpriseId enterprise, std::uint64_t before, std::size_t limit
) {
    return list_calls(
        db, {.enterprise = enterprise, .before = before, .named_only = true, .limit = limit}
    );
}

Result<std::vector<DirectoryChange>> changes_of_enterprise(
    Connection& db,
    ticketing::EnterpriseId enterprise,
    std::span<const ticketing::organisation::Card> cards,
    std::uint64_t before,
    std::size_t limit
) {
    using ticketing::organisation::Kind;
    HistoryFilter filter{.before_id = before, .limit = limit};
    filter.kind = Kind::enterprise;
    filter.entity = enterprise.value;
    auto changes = list_changes(db, filter);
    if (!changes) return changes;
    filter.kind = Kind::card;
    for (const auto& card : cards) {
        filter.entity = card.id.value;
        auto more = list_changes(db, filter);
        if (!more) return more;
        changes->insert(changes->end(), more->begin(), more->end());
    }
    std::ranges::sort(*changes, std::ranges::greater{}, &DirectoryChange::id);
    if (changes->size() > limit) changes->resize(limit);
    return changes;
}

}  // namespace hotline::mysql
