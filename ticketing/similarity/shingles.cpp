#include "ticketing/similarity/shingles.hpp"

#include "ticketing/classifier/ngrams.hpp"
#include "ticketing/text.hpp"
#include "ticketing/utf8.hpp"

#include <algorithm>

namespace hotline::ticketing::similarity {
namespace {

constexpr unsigned pair_length = 2;
constexpr std::size_t least_characters = 3;
constexpr std::size_t most_characters = 12;
constexpr std::size_t shared_phrases_told = 4;

// Calls visit(key, begin, end) for each pair, in the order of the text.
template <class Visit>
void for_each_pair(std::string_view text, Visit&& visit) {
    classifier::for_each_ngram(text, [&](auto key, float, auto begin, auto end) {
        if (classifier::length_of(key) == pair_length) visit(key, begin, end);
    });
}

// D1 takes all digits for the same: what is told to be shared must not hold one.
bool has_digit(std::string_view pair) {
    for (std::size_t at = 0; at < pair.size();) {
        const Character read = character_at(pair, at);
        if (classifier::normalised(read.value) == '0') return true;
        at += read.bytes;
    }
    return false;
}

bool within_one(const std::vector<std::string>& phrases, std::string_view phrase) {
    return std::ranges::any_of(phrases, [&](const std::string& one) {
        return one.find(phrase) != std::string::npos;
    });
}

}  // namespace

Shingles::Shingles(std::string_view text) {
    keys_.reserve(std::min(text.size() / 3 + 1, classifier::characters_read));
    for_each_pair(text, [this](auto key, auto, auto) { keys_.push_back(key); });
    std::ranges::sort(keys_);
    const auto twice = std::ranges::unique(keys_);
    keys_.erase(twice.begin(), twice.end());
}

bool Shingles::contains(std::uint64_t key) const {
    return std::ranges::binary_search(keys_, key);
}

double jaccard(std::size_t a, std::size_t b, std::size_t both) {
    const std::size_t all = a + b - both;
    return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

Likeness likeness(const Shingles& a, const Shingles& b) {
    std::size_t both = 0;
    auto x = a.keys().begin();
    auto y = b.keys().begin();
    while (x != a.keys().end() && y != b.keys().end()) {
        if (*x == *y) ++both;
        const bool step_x = *x <= *y;
        const bool step_y = *y <= *x;
        if (step_x) ++x;
        if (step_y) ++y;
    }
    const std::size_t shorter = std::min(a.size(), b.size());
    const double contained =
        shorter == 0 ? 0 : static_cast<double>(both) / static_cast<double>(shorter);
    return {jaccard(a.size(), b.size(), both), contained};
}

std::vector<std::string> phrases_of(
    std::string_view text, const std::function<bool(std::uint64_t)>& passes, std::size_t most
) {
    std::vector<std::string_view> runs;
    std::size_t run_begin = 0;
    std::size_t run_end = 0;
    const auto end_run = [&] {
        const std::string_view run = text.substr(run_begin, run_end - run_begin);
        if (characters(run) >= least_characters) runs.push_back(run);
    };
    for_each_pair(text, [&](std::uint64_t key, std::size_t begin, std::size_t end) {
        if (!passes(key) || has_digit(text.substr(begin, end - begin))) return;
        if (begin >= run_end) {
            end_run();
            run_begin = begin;
        }
        run_end = end;
    });
    end_run();
    std::ranges::stable_sort(runs, std::greater{}, characters);
    std::vector<std::string> phrases;
    for (const std::string_view run : runs) {
        if (phrases.size() == most) break;
        std::string phrase{first_characters(run, most_characters)};
        if (!within_one(phrases, phrase)) phrases.push_back(std::move(phrase));
    }
    return phrases;
}

std::vector<std::string> shared_phrases(std::string_view text, const Shingles& other) {
    return phrases_of(
        text, [&](std::uint64_t key) { return other.contains(key); }, shared_phrases_told
    );
}

}  // namespace hotline::ticketing::similarity
