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
    std::string
        function;  // of the unit that led it in the end; empty: a zone's body, which has all
    std::string declined_because;  // reason code; else it was handled to its end
};

// The newest `most` tickets that were handled to their end or declined, the newest first: no stubs.
Result<std::vector<ClosedText>> closed_texts(Connection& db, std::size_t most);

}  // namespace hotline::mysql
