#pragma once

#include "integrations/mysql/search_index.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

// Texts that search does not know yet: noted by whoever derives a ticket's figures, taken by
// whoever indexes them.
namespace hotline::mysql {

Result<void> note_search_texts(Connection& db, const SearchTextsWanted& written);

// Locked until the end of the transaction, unseen by other workers.
struct SearchWork {
    std::vector<std::uint64_t> rows;  // of search_todo
    SearchTextsWanted texts;          // each once, ascending
};
Result<SearchWork> take_search_work(Connection& db, std::size_t limit);
Result<void> finish_search_work(Connection& db, std::span<const std::uint64_t> rows);
// From the oldest row waiting to the newest: as many rows wait, or fewer.
Result<std::uint64_t> search_backlog(Connection& db);

}  // namespace hotline::mysql
