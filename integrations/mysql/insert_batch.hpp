#pragma once

#include "integrations/mysql/param.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// Many rows for one table, sent by Connection::insert in as few statements as the packet size
// allows. Copies what is added, so its sources may die; clear() keeps the memory for the next
// batch.
//     InsertBatch events{"ticket_event", "ticket_id, seq, kind, at"};
//     for (...) events.add({id, seq, kind, at});
//     auto inserted = db.insert(events);
class InsertBatch {
public:
    // `table` and `columns` are SQL text of ours, never user input.
    InsertBatch(std::string_view table, std::string_view columns);

    void add(Params row);  // as many values as columns
    void clear();
    std::size_t size() const { return ends_.size(); }
    bool empty() const { return ends_.empty(); }

    // Statements of at most `max_bytes` (a single longer row goes alone), in order of adding.
    std::vector<std::string> statements(std::size_t max_bytes) const;

private:
    std::string head_;
    std::string rows_;
    std::vector<std::size_t> ends_;
};

}  // namespace hotline::mysql
