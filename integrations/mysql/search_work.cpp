#include "integrations/mysql/search_work.hpp"

#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/work_rows.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::TicketId;

// Numbers are persisted.
enum class Part : std::uint8_t { appeal = 1, result = 2 };

void each_once(std::vector<TicketId>& tickets) {
    std::ranges::sort(tickets);
    const auto twice = std::ranges::unique(tickets);
    tickets.erase(twice.begin(), twice.end());
}

}  // namespace

Result<void> note_search_texts(Connection& db, const SearchTextsWanted& written) {
    InsertBatch rows("search_todo", "ticket_id, part");
    rows.reserve(written.appeals.size() + written.results.size());
    for (const TicketId id : written.appeals) rows.add({id.value, static_cast<int>(Part::appeal)});
    for (const TicketId id : written.results) rows.add({id.value, static_cast<int>(Part::result)});
    if (rows.empty()) return {};
    const auto noted = db.insert(rows);
    if (!noted) return std::unexpected(noted.error());
    return {};
}

Result<SearchWork> take_search_work(Connection& db, std::size_t limit) {
    const auto rows = db.query(
        "SELECT id, ticket_id, part FROM search_todo ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
        {limit}
    );
    if (!rows) return std::unexpected(rows.error());
    SearchWork work;
    for (const Row row : *rows) {
        work.rows.push_back(row.unsigned_integer(0));
        const bool appeal = row.integer(2) == static_cast<int>(Part::appeal);
        auto& tickets = appeal ? work.texts.appeals : work.texts.results;
        tickets.push_back({row.unsigned_integer(1)});
    }
    each_once(work.texts.appeals);
    each_once(work.texts.results);
    return work;
}

Result<void> finish_search_work(Connection& db, std::span<const std::uint64_t> rows) {
    return delete_work(db, "search_todo", rows);
}

Result<std::uint64_t> search_backlog(Connection& db) {
    return count_work(db, "search_todo");
}

}  // namespace hotline::mysql
