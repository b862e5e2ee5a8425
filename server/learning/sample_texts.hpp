#pragma once

#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::learning {

// A text and what it turned out to be.
struct KnownAppeal {
    std::string text;  // ticketing::model_text
    std::string topic;
    ticketing::AppealType type = ticketing::AppealType::help;
    ticketing::Urgency urgency = ticketing::Urgency::normal;
};

// sample_appeals.tsv, built in: topic, type, urgency and text of a line, parted by tabs.
extern const std::string_view sample_appeals_file;

// What firms say about the topics of the list. The same list gives the same texts.
std::vector<KnownAppeal> sample_appeals(const ticketing::Directory& directory);

}  // namespace hotline::learning
