#include "sla/scorecard.hpp"

#include <charconv>
#include <map>

namespace hotline::sla {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    line = line.substr(0, line.find('#'));
    constexpr std::string_view blanks = " \t\r";
    for (;;) {
        const auto from = line.find_first_not_of(blanks);
        if (from == line.npos) return words;
        line.remove_prefix(from);
        const auto end = line.find_first_of(blanks);
        words.push_back(line.substr(0, end));
        line.remove_prefix(end == line.npos ? line.size() : end);
    }
}

std::optional<int> whole(std::string_view word) {
    int value = 0;
    const char* end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, value);
    constexpr int most = 10'000;
    if (read.ec != std::errc{} || read.ptr != end || value < 0 || value > most) return std::nullopt;
    return value;
}

// "12.5" as 1250; two places at most.
std::optional<int> hundredths_of(std::string_view word) {
    const auto dot = word.find('.');
    const auto units = whole(word.substr(0, dot));
    if (!units) return std::nullopt;
    if (dot == word.npos) return *units * 100;
    std::string places(word.substr(dot + 1));
    if (places.empty() || places.size() > 2) return std::nullopt;
    places.resize(2, '0');
    const auto rest = whole(places);
    return rest ? std::optional(*units * 100 + *rest) : std::nullopt;
}

// "" when the line is read, else why not.
std::string read_line(const std::vector<std::string_view>& words, ScoreLine& line) {
    if (words.size() < 2) return "a rate is missing";
    const auto rate = value_of<RateCode>(words[1]);
    if (!rate) return "no such rate: " + std::string(words[1]);
    if (!definition(*rate).numerator) return "a picture of now cannot be scored";
    line.rate = *rate;
    const std::map<std::string_view, int*> amounts{
        {"points", &line.points},
        {"target", &line.target},
        {"per_point", &line.per_point},
        {"floor", &line.floor},
        {"cliff", &line.cliff.emplace()},
    };
    bool with_cliff = false;
    for (std::size_t i = 2; i < words.size(); ++i) {
        if (words[i] == "low") {
            line.low_is_good = true;
            continue;
        }
        const auto amount = amounts.find(words[i]);
        if (amount == amounts.end()) return "not understood: " + std::string(words[i]);
        const auto value = i + 1 < words.size() ? hundredths_of(words[i + 1]) : std::nullopt;
        if (!value) return "a number from 0 to 10000 must follow " + std::string(words[i]);
        with_cliff = with_cliff || words[i] == "cliff";
        *amount->second = *value;
        ++i;
    }
    if (!with_cliff) line.cliff.reset();
    if (line.points == 0) return "points are missing";
    return line.floor > line.points ? "the floor is above the points" : "";
}

std::string read_words(const std::vector<std::string_view>& words, Scorecard& card) {
    if (words.front() == "line") {
        ScoreLine line;
        auto why = read_line(words, line);
        if (why.empty()) card.lines.push_back(line);
        return why;
    }
    const std::map<std::string_view, int*> numbers{
        {"scorecard", &card.version}, {"smallest", &card.smallest}, {"listed", &card.listed}
    };
    const auto number = numbers.find(words.front());
    if (number == numbers.end()) return "not understood: " + std::string(words.front());
    const auto value = words.size() == 2 ? whole(words[1]) : std::nullopt;
    if (!value) return "a whole number must follow " + std::string(words.front());
    *number->second = *value;
    return {};
}

}  // namespace

std::string to_text(const Scorecard& card) {
    std::string text = "scorecard " + std::to_string(card.version) + "\nsmallest " +
                       std::to_string(card.smallest) + "\nlisted " + std::to_string(card.listed) +
                       "\n";
    for (const ScoreLine& line : card.lines) {
        text += "line " + std::string(name(line.rate)) + " points " + hundredths_text(line.points);
        text += " target " + hundredths_text(line.target);
        text += " per_point " + hundredths_text(line.per_point);
        text += " floor " + hundredths_text(line.floor);
        if (line.cliff) text += " cliff " + hundredths_text(*line.cliff);
        text += line.low_is_good ? " low\n" : "\n";
    }
    return text;
}

std::expected<Scorecard, ScorecardFault> parse_scorecard(std::string_view text) {
    Scorecard card;
    int number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const auto words = words_of(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (words.empty()) continue;
        if (auto why = read_words(words, card); !why.empty()) {
            return std::unexpected(ScorecardFault{number, std::move(why)});
        }
    }
    if (card.lines.empty()) return std::unexpected(ScorecardFault{number, "no rate is scored"});
    return card;
}

}  // namespace hotline::sla
