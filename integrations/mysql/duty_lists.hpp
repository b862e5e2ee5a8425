#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <string_view>

// The lists of a duty as the JSON texts of table duty. Reading fails with `internal` when somebody
// put anything else there.
namespace hotline::mysql {

std::string functions_text(const ticketing::Duty& duty);
std::string exceptions_text(const ticketing::Duty& duty);  // [["word","function"], …]
std::string words_text(const ticketing::Duty& duty);       // [["word", weight], …]

Result<void> read_functions(std::string_view text, ticketing::Duty& duty);
Result<void> read_exceptions(std::string_view text, ticketing::Duty& duty);
Result<void> read_words(std::string_view text, ticketing::Duty& duty);

}  // namespace hotline::mysql
