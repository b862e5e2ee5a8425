#pragma once

#include "ticketing/errors.hpp"

#include <expected>

namespace hotline::mysql {

// That a statement went well, for whoever does not ask how many rows it wrote or what it read.
template <class T>
Result<void> done(const Result<T>& outcome) {
    if (!outcome) return std::unexpected(outcome.error());
    return {};
}

}  // namespace hotline::mysql
