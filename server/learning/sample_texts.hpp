#pragma once

#include "ticketing/types/appeal.hpp"
#include "ticketing/types/directory.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::learning {

// A text and what it turned out to be; what is empty it does not teach.
struct KnownAppeal {
    std::string text;  // ticketing::model_text
    std::string topic;
    std::optional<ticketing::AppealType> type;
    std::optional<ticketing::Urgency> urgency;
    std::string function;    // of the unit that dealt with it
    std::string acceptance;  // ticketing::accepted, ticketing::too_little or why it was declined
};

// sample_appeals.tsv, built in: topic, type, urgency, function and text of a line, parted by tabs;
// function "-" where it is the firm's trade that decides (R7).
extern const std::string_view sample_appeals_file;
// sample_refusals.tsv, built in: acceptance and text.
extern const std::string_view sample_refusals_file;

// What firms say about the topics of the list, and what is not for the hotline. The same list gives
// the same texts.
std::vector<KnownAppeal> sample_appeals(const ticketing::Directory& directory);

}  // namespace hotline::learning
