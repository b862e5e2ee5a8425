#include "integrations/mysql/firm_solvers.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

bool solved(const ticketing::Ticket& ticket) {
    return ticket.survey && ticket.survey->solved == ticketing::Solved::yes;
}

}  // namespace

Result<FirmSolvers> firm_solvers(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
) {
    FirmSolvers solvers;
    const auto read = in_parts(enterprises, [&](auto some) -> Result<void> {
        std::vector<Param> ids;
        for (const auto enterprise : some) ids.emplace_back(enterprise.value);
        QueryText sql;
        sql.add("SELECT enterprise_id, official_id FROM firm_solver WHERE ");
        sql.add(QueryText::in("enterprise_id", std::move(ids)));
        const auto rows = sql.run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) {
            solvers[row.unsigned_integer(0)].push_back({row.unsigned_integer(1)});
        }
        return {};
    });
    if (!read) return std::unexpected(read.error());
    return solvers;
}

Result<void> note_solver(
    Connection& db, const ticketing::Ticket& before, const ticketing::Ticket& after
) {
    if (!solved(after) || solved(before) || !after.enterprise || !after.official) return {};
    return done(db.execute(
        "INSERT INTO firm_solver (enterprise_id, official_id) VALUES (?,?) "
        "ON DUPLICATE KEY UPDATE official_id=official_id",
        {after.enterprise.value, after.official.value}
    ));
}

}  // namespace hotline::mysql
