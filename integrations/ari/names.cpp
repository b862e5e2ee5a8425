#include "integrations/ari/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hotline::ari {
namespace {

struct Prefix {
    Part part;
    std::string_view text;
    bool numbered;
};

constexpr std::array<Prefix, 14> prefixes{{
    {Part::hold, "hold-", false},
    {Part::conversation, "conv-", false},
    {Part::agent, "agent-", true},
    {Part::third, "third-", true},
    {Part::watch, "watch-", true},
    {Part::ear, "ear-", true},
    {Part::booth, "booth-", true},
    {Part::recording, "rec-", false},
    {Part::greeting, "pos-", false},
    {Part::notice, "say-", true},
    {Part::survey, "survey-", false},
    {Part::survey_again, "again-", false},
    {Part::thanks, "thanks-", false},
    {Part::goodbye, "bye-", false},
}};

// Takes "-7" off the end.
std::optional<int> cut_number(std::string_view& text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto digits = text.substr(dash + 1);
    int number = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc() || stopped != end || number < 0) return std::nullopt;
    text = text.substr(0, dash);
    return number;
}

}  // namespace

std::string name_of(Part part, std::string_view call, int number) {
    const auto& prefix = *std::ranges::find(prefixes, part, &Prefix::part);
    std::string name(prefix.text);
    name += call;
    if (prefix.numbered) name += "-" + std::to_string(number);
    return name;
}

std::optional<Named> read_name(std::string_view name) {
    for (const Prefix& prefix : prefixes) {
        if (!name.starts_with(prefix.text)) continue;
        name.remove_prefix(prefix.text.size());
        const auto number = prefix.numbered ? cut_number(name) : std::optional(0);
        if (!number || name.empty()) return std::nullopt;
        return Named{prefix.part, std::string(name), *number};
    }
    return std::nullopt;
}

bool is_safe_name(std::string_view name) {
    constexpr std::size_t longest = 150;
    const auto safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._:@+").find(c) != std::string_view::npos;
    };
    return !name.empty() && name.size() <= longest && name != "." && name != ".." &&
           std::ranges::all_of(name, safe);
}

}  // namespace hotline::ari
