#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/event.hpp"

namespace hotline::mysql {

extern const std::string_view event_columns;

void add_event(InsertBatch& batch, const ticketing::Event& event);
// From a row that selects event_columns, beginning at column `first`.
ticketing::Event read_event(const Row& row, std::size_t first);

// BINARY(32) both ways.
std::string_view bytes_of(const ticketing::Digest& digest);
ticketing::Digest digest_of(std::string_view bytes);

}  // namespace hotline::mysql
