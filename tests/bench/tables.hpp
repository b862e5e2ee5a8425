#pragma once

#include "integrations/mysql/connection.hpp"
#include "tests/bench/instance.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace hotline::bench {

// The value, or std::runtime_error with the store's words: a benchmark ends with its first failure.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error("database: " + result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// One-off statements as the owner of the tables. They throw std::runtime_error with the store's
// words.
void execute(const Instance& instance, const std::string& sql);
std::uint64_t count(const Instance& instance, const std::string& sql);
// The first column of every row.
std::vector<std::string> column(const Instance& instance, const std::string& sql);

// Tickets per second that `connections` sessions write into copies of the tables a new ticket
// touches, in the server's own multi-row statements and its batch size, from tickets that are there
// already; nothing but inserting and committing.
double raw_inserts_per_second(const Instance& instance, int connections, double seconds);

}  // namespace hotline::bench
