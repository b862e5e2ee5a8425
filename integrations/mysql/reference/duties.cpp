#include "integrations/mysql/reference/lines.hpp"
#include "integrations/mysql/reference/tables.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <charconv>

namespace hotline::reference {
namespace {

using ticketing::Duty;

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (const std::string_view word : parted(text, ' ')) {
        if (!word.empty()) words.push_back(word);
    }
    return words;
}

// "停电*8", or "停电" with its number of characters as weight.
std::optional<Duty::Cue> cue_of(std::string_view text) {
    const auto star = text.find('*');
    const std::string_view word = text.substr(0, star);
    if (star == std::string_view::npos) {
        return Duty::Cue{std::string{word}, static_cast<int>(ticketing::characters(word))};
    }
    const std::string_view digits = text.substr(star + 1);
    int weight = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    if (!whole || weight < 1 || weight > 99 || word.empty()) return std::nullopt;
    return Duty::Cue{std::string{word}, weight};
}

// The first mention of a word counts; a list people maintain repeats some.
void add_cue(Duty& duty, Duty::Cue cue) {
    for (const auto& known : duty.words) {
        if (known.word == cue.word) return;
    }
    duty.words.push_back(std::move(cue));
}

Result<void> set(Duty& duty, const Line& line, std::string_view key, std::string_view value) {
    if (key == "category") {
        duty.category = value;
    } else if (key == "function") {
        duty.function = value;
    } else if (key == "power") {
        for (const std::string_view word : words_of(value)) {
            if (word != "county" && word != "zone") return faulty(line, "county or zone expected");
            (word == "county" ? duty.county_has_power : duty.zone_has_power) = true;
        }
    } else if (key == "co") {
        for (const std::string_view word : words_of(value)) duty.co_functions.emplace_back(word);
    } else if (key == "exception") {
        const auto words = words_of(value);
        if (words.size() != 2) return faulty(line, "exception takes a word and a function");
        const bool hidden = std::ranges::any_of(duty.exceptions, [&](const auto& earlier) {
            return words[0].contains(earlier.word);
        });
        if (hidden) return faulty(line, "an earlier exception is part of this one");
        duty.exceptions.push_back({std::string{words[0]}, std::string{words[1]}});
    } else if (key == "mediation") {
        if (value != "yes") return faulty(line, "yes expected");
        duty.mediable = true;
    } else if (key == "words") {
        for (const std::string_view word : words_of(value)) {
            auto cue = cue_of(word);
            if (!cue) return faulty(line, "a weight runs from 1 to 99");
            add_cue(duty, std::move(*cue));
        }
    } else {
        return faulty(line, "unknown key");
    }
    return {};
}

}  // namespace

Result<std::vector<Duty>> parse_duties(std::string_view text) {
    std::vector<Duty> duties;
    for (const Line& line : lines_of("duties.ini", text)) {
        if (line.text.front() == '[') {
            if (line.text.back() != ']') return faulty(line, "] is missing");
            duties.emplace_back();
            duties.back().topic = line.text.substr(1, line.text.size() - 2);
            continue;
        }
        const auto equals = line.text.find('=');
        if (duties.empty() || equals == std::string_view::npos) {
            return faulty(line, "expected [topic] or key = value");
        }
        const auto done =
            set(duties.back(),
                line,
                trimmed(line.text.substr(0, equals)),
                trimmed(line.text.substr(equals + 1)));
        if (!done) return std::unexpected(done.error());
    }
    return duties;
}

}  // namespace hotline::reference
