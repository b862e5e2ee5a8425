#pragma once

#include "ticketing/notices/plan.hpp"

#include <string>
#include <string_view>

namespace hotline::ticketing::notices {

struct Text {
    std::string title;
    std::string body;

    bool operator==(const Text&) const = default;
};

// Both sentences of an occasion with places for {no} and {n}; for looking at the rules.
struct Template {
    std::string_view title;
    std::string_view body;
};
Template template_of(Occasion occasion, Standing standing, Language language);

// G16: what the receiver reads: his language, the ticket's number and nothing else of it. `number`
// is empty when the ticket is not named to him, `matters` counts what a summary stands for.
Text text_of(
    Occasion occasion,
    Standing standing,
    Language language,
    std::string_view number,
    std::size_t matters = 0
);

}  // namespace hotline::ticketing::notices
