#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::cli {

struct LabelledText {
    std::string text;
    std::string label;
};

struct LineFault {
    std::size_t line = 0;  // from 1
    std::string reason;
};

struct LabelledTexts {
    std::vector<LabelledText> texts;
    std::vector<LineFault> faults;
};

// JSON Lines {"text","label"}; a "title" is put in front of the text, a number may be a label. What
// a line lacks is told with its number, and the others are taken. Empty lines are none.
LabelledTexts parse_labelled(std::string_view lines);

// To standard error: the first of them, and how many more there are.
void tell_faults(const std::vector<LineFault>& faults);

// One line of it without its label, as somebody asks about it.
struct Question {
    std::string text;
    std::string id;     // as JSON; empty without one
    std::string fault;  // when it is no question
};
Question parse_question(std::string_view line);

}  // namespace hotline::cli
