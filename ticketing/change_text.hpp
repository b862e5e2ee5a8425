#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Reading back what lifecycle/changes.cpp writes into the log: one object of [before, after] pairs.
// Not a JSON reader for what strangers send; whatever we do not write ourselves is refused.
namespace hotline::ticketing {

// One changed field. The values are JSON text as it stands in the log; views into that text.
struct Change {
    std::string_view field;
    std::string_view before;
    std::string_view after;

    bool operator==(const Change&) const = default;
};

// Nothing when the text is not one of ours (cut off, altered by hand). `changes` must outlive the
// result. The empty text of an event without changes reads as no changes.
std::optional<std::vector<Change>> read_changes(std::string_view changes);

// One value. Nothing for null and for a value of another type.
std::optional<std::string> text_value(std::string_view value);
std::optional<std::int64_t> number_value(std::string_view value);
std::optional<bool> flag_value(std::string_view value);

}  // namespace hotline::ticketing
