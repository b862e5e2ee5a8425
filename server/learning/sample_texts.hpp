#pragma once

#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotline::learning {

// A text and what it turned out to be.
struct KnownAppeal {
    std::string text;  // ticketing::model_text
    std::string topic;
    ticketing::AppealType type = ticketing::AppealType::help;
    ticketing::Urgency urgency = ticketing::Urgency::normal;
    // What it was made of: the phrase tells its topic, the frame its type, the ending its urgency.
    // 0: by nobody.
    std::uint64_t phrase = 0, frame = 0, ending = 0;
};

// Made from templates over the duty list: its words and what firms say beside them, in every type
// and urgency. The same list gives the same texts.
std::vector<KnownAppeal> sample_appeals(const ticketing::Directory& directory);

}  // namespace hotline::learning
