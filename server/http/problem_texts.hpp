#pragma once

#include "ticketing/errors.hpp"

#include <string>
#include <string_view>

namespace hotline::http {

struct BothLanguages {
    std::string_view zh;
    std::string_view en;
};

// How one ErrorCode is told to people. In `advice` a part in [brackets] is dropped when the error
// has no detail; {} stands for the detail. Advice always says what to do next.
struct ProblemText {
    ErrorCode code{};
    int status = 500;
    int retry_after = 0;  // seconds, when the detail names none; 0 = no Retry-After
    BothLanguages title;
    BothLanguages advice;
};

const ProblemText& problem_text(ErrorCode code);

// `advice` with the detail put in.
std::string complete(std::string_view advice, std::string_view detail);

// The sentence for one wrong field; machine words in `detail` (password rules) become words of the
// language.
std::string field_message(const FieldError& error, bool english);

}  // namespace hotline::http
