#include "integrations/mysql/closed_texts.hpp"

#include "ticketing/types/directory.hpp"
#include "ticketing/types/state.hpp"

namespace hotline::mysql {

Result<std::vector<ClosedText>> closed_texts(Connection& db, std::size_t most) {
    using ticketing::State;
    const auto rows = db.query(
        "SELECT t.title, t.content, t.topic, t.type, t.urgency, u.`function`, "
        "CASE t.state WHEN ? THEN t.decline_reason ELSE '' END "
        "FROM ticket t LEFT JOIN unit u ON u.id = t.lead_unit_id AND u.level <> ? "
        "WHERE t.state IN (?, ?, ?) AND t.needs_entry = 0 ORDER BY t.id DESC LIMIT ?",
        {static_cast<int>(State::declined),
         static_cast<int>(ticketing::UnitLevel::zone),
         static_cast<int>(State::closed),
         static_cast<int>(State::archived),
         static_cast<int>(State::declined),
         most}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ClosedText> texts;
    for (const Row row : *rows) {
        texts.push_back(
            {row.string(0),
             row.string(1),
             row.string(2),
             static_cast<ticketing::AppealType>(row.unsigned_integer(3)),
             static_cast<ticketing::Urgency>(row.unsigned_integer(4)),
             row.optional_string(5).value_or(""),
             row.string(6)}
        );
    }
    return texts;
}

}  // namespace hotline::mysql
