#include "integrations/mysql/scope_sql.hpp"

namespace hotline::mysql {
namespace {

std::vector<Param> values_of(const std::vector<ticketing::UnitId>& units) {
    std::vector<Param> values;
    values.reserve(units.size());
    for (const auto unit : units) values.emplace_back(unit.value);
    return values;
}

QueryText condition(std::string_view text, Params values) {
    QueryText part;
    part.add(text, values);
    return part;
}

}  // namespace

ScopeSql scope_sql(const ticketing::Scope& scope) {
    ScopeSql sql;
    if (scope.everything) {
        sql.grants.push_back(condition("TRUE", {}));
    } else {
        if (!scope.units.empty()) {
            const auto units = values_of(scope.units);
            sql.grants.push_back(QueryText::in("t.lead_unit_id", units));
            QueryText helping;
            helping.add("t.id IN (SELECT c.ticket_id FROM ticket_co_unit c WHERE ");
            helping.add(QueryText::in("c.unit_id", units)).add(")");
            sql.grants.push_back(std::move(helping));
        }
        if (!scope.charged.empty()) {
            QueryText charged;
            charged.add("t.id IN (SELECT h.ticket_id FROM ticket_charge h WHERE ");
            charged.add(QueryText::in("h.unit_id", values_of(scope.charged))).add(")");
            sql.grants.push_back(std::move(charged));
        }
        if (scope.official) {
            for (const auto* text :
                 {"t.official_id=?", "t.case_owner_id=?", "t.visiting_official_id=?"}) {
                sql.grants.push_back(condition(text, {scope.official.value}));
            }
        }
        if (scope.filed_by) {
            sql.grants.push_back(condition("t.created_by=?", {scope.filed_by.value}));
        }
        if (!scope.division.empty()) {
            sql.grants.push_back(condition("t.division=?", {scope.division}));
        }
    }
    if (!scope.closed_complaints.empty()) {
        // With a padding NULL in the list IN answers NULL where it should say no.
        sql.bar.add("NOT COALESCE(");
        sql.bar.add(QueryText::in("t.complained_unit_id", values_of(scope.closed_complaints)));
        sql.bar.add(",FALSE)");
    }
    return sql;
}

}  // namespace hotline::mysql
