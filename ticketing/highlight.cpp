#include "ticketing/highlight.hpp"

#include "ticketing/text.hpp"
#include "ticketing/utf8.hpp"

#include <algorithm>
#include <set>

namespace hotline::ticketing {
namespace {

constexpr std::size_t excerpt_length = 60;  // H2, in characters
constexpr std::size_t before_hit = 12;
constexpr std::size_t most_hits = 200;  // of one text; more would only cost time

struct Hit {
    std::size_t begin = 0;  // in bytes
    std::size_t end = 0;
    std::size_t term = 0;
};

// The store compares the letters of its own alphabet in either case; more than ASCII is not typed.
std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return lower;
}

// In the order of their places; they may overlap.
std::vector<Hit> hits_in(std::string_view text, std::span<const std::string> terms) {
    const std::string lower = in_lower_case(text);
    std::vector<Hit> hits;
    for (std::size_t term = 0; term < terms.size(); ++term) {
        const std::string wanted = in_lower_case(terms[term]);
        if (wanted.empty()) continue;
        std::size_t at = lower.find(wanted);
        while (at != std::string::npos && hits.size() < most_hits) {
            hits.push_back({at, at + wanted.size(), term});
            at = lower.find(wanted, at + 1);
        }
    }
    std::ranges::sort(hits, {}, &Hit::begin);
    return hits;
}

void add(std::vector<TextPart>& parts, std::string_view text, bool hit) {
    if (!text.empty()) parts.push_back({std::string(text), hit});
}

// Of the text from `begin` on; what overlaps or touches is one part.
std::vector<TextPart> parts_of(std::string_view text, std::span<const Hit> hits) {
    std::vector<TextPart> parts;
    std::size_t at = 0;
    for (std::size_t i = 0; i < hits.size();) {
        const std::size_t begin = hits[i].begin;
        std::size_t end = begin;
        for (; i < hits.size() && hits[i].begin <= std::max(end, begin); ++i) {
            end = std::max(end, hits[i].end);
        }
        add(parts, text.substr(at, begin - at), false);
        add(parts, text.substr(begin, end - begin), true);
        at = end;
    }
    add(parts, text.substr(at), false);
    return parts;
}

// Bytes of the last `count` characters of the text.
std::size_t bytes_of_last(std::string_view text, std::size_t count) {
    std::size_t at = text.size();
    for (; count > 0 && at > 0; --count) {
        do --at;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80);
    }
    return text.size() - at;
}

// The hit from which an excerpt has the most different words.
const Hit& best_of(std::string_view text, std::span<const Hit> hits) {
    const Hit* best = &hits.front();
    std::size_t most = 0;
    for (const Hit& first : hits) {
        const auto seen = first_characters(text.substr(first.begin), excerpt_length - before_hit);
        std::set<std::size_t> terms;
        for (const Hit& other : hits) {
            if (other.begin >= first.begin && other.end <= first.begin + seen.size()) {
                terms.insert(other.term);
            }
        }
        if (terms.size() > most) {
            most = terms.size();
            best = &first;
        }
    }
    return *best;
}

}  // namespace

std::vector<TextPart> marked(std::string_view text, std::span<const std::string> terms) {
    return parts_of(text, hits_in(text, terms));
}

std::vector<TextPart> excerpt(std::string_view text, std::span<const std::string> terms) {
    const std::vector<Hit> hits = hits_in(text, terms);
    if (hits.empty()) return {};
    const std::size_t hit = best_of(text, hits).begin;
    const std::size_t begin = hit - bytes_of_last(text.substr(0, hit), before_hit);
    const std::string_view kept = first_characters(text.substr(begin), excerpt_length);
    std::string line(kept);
    std::ranges::replace(line, '\n', ' ');
    auto parts = marked(line, terms);
    if (begin > 0) parts.insert(parts.begin(), {"…", false});
    if (begin + kept.size() < text.size()) parts.push_back({"…", false});
    return parts;
}

}  // namespace hotline::ticketing
