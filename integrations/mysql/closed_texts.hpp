#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/appeal.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace hotline::mysql {

// What a finished ticket said and what it turned out to be.
struct ClosedText {
    std::string title;
    std::string content;
    std::string topic;
    ticketing::AppealType type = ticketing::AppealType::help;
    ticketing::Urgency urgency = ticketing::Urgency::normal;
};

// The newest `most` tickets that were handled to their end, the newest first: closed and archived
// ones, no stubs.
Result<std::vector<ClosedText>> closed_texts(Connection& db, std::size_t most);

}  // namespace hotline::mysql
