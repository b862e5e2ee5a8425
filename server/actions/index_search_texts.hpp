#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/connection.hpp"

#include <cstddef>

namespace hotline::actions {

// Takes at most `limit` texts that search does not know yet and indexes them, with the numbers of
// those who raised them; returns how many rows of work that were. In a transaction of the caller.
Result<std::size_t> index_search_texts(
    mysql::Connection& db, std::size_t limit, const crypto::BlindIndex& blind
);

// Takes up a piece of what was there before the indexes of initials and numbers; whether there was
// one. In a transaction of the caller.
Result<bool> catch_up_indexes(
    mysql::Connection& db, std::size_t limit, const crypto::BlindIndex& blind
);

// What stands for the numbers of tickets in their index.
std::string key_of_phone(const crypto::BlindIndex& blind, std::string_view phone);
std::string key_of_code(const crypto::BlindIndex& blind, std::string_view code);

}  // namespace hotline::actions
