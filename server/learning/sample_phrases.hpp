#pragma once

#include <span>
#include <string_view>

// What the sample texts are made of. Lists in one text, parted by "|".
namespace hotline::learning::sample_phrases {

// What firms have to say about a topic of the duty list.
struct TopicPhrases {
    std::string_view topic;
    std::string_view phrases;
};
std::span<const TopicPhrases> topics();

// Sentences around a phrase, which stands for "{}", by the words of the API.
struct Frames {
    std::string_view type;
    std::string_view frames;
};
std::span<const Frames> types();

// What is added when time presses, or does not.
struct Endings {
    std::string_view urgency;
    std::string_view endings;
};
std::span<const Endings> urgencies();

// How a text begins.
std::string_view openings();

}  // namespace hotline::learning::sample_phrases
