#pragma once

#include "ticketing/classifier/model.hpp"
#include "ticketing/cues.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing {

// The fields of an appeal a model can tell, and the names of such models: "topic" with topics of
// the duty list as labels, "type" and "urgency" with the words of the API, "function" with the
// functions of units (R16), "acceptance" with `accepted`, `too_little` and reasons to decline
// (Q13).
inline constexpr std::string_view topic_model = "topic";
inline constexpr std::string_view type_model = "type";
inline constexpr std::string_view urgency_model = "urgency";
inline constexpr std::string_view function_model = "function";
inline constexpr std::string_view acceptance_model = "acceptance";
inline constexpr std::string_view accepted = "accept";
inline constexpr std::string_view too_little = "clarify";

// An appeal as models learn it and are asked about it.
std::string model_text(std::string_view title, std::string_view content);

// Models learned from closed tickets, beside the cues (rules Q9 to Q13 in router/README.md). Built
// once, then read by any number of threads.
class TextModels {
public:
    explicit TextModels(std::vector<classifier::Model> models) : models_(std::move(models)) {}

    // Adds what they say to what the words said.
    void consult(
        std::string_view title, std::string_view content, const Directory& directory, Cues& cues
    ) const;

    const std::vector<classifier::Model>& all() const { return models_; }

private:
    std::vector<classifier::Model> models_;
};

}  // namespace hotline::ticketing
