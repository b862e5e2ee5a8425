#include "integrations/mysql/closed_texts.hpp"

#include "ticketing/types/state.hpp"

namespace hotline::mysql {

Result<std::vector<ClosedText>> closed_texts(Connection& db, std::size_t most) {
    using ticketing::State;
    const auto rows = db.query(
        "SELECT title, content, topic, type, urgency FROM ticket "
        "WHERE state IN (?, ?) AND needs_entry = 0 ORDER BY id DESC LIMIT ?",
        {static_cast<int>(State::closed), static_cast<int>(State::archived), most}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ClosedText> texts;
    for (const Row row : *rows) {
        texts.push_back(
            {row.string(0),
             row.string(1),
             row.string(2),
             static_cast<ticketing::AppealType>(row.unsigned_integer(3)),
             static_cast<ticketing::Urgency>(row.unsigned_integer(4))}
        );
    }
    return texts;
}

}  // namespace hotline::mysql
